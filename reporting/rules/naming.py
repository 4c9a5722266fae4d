"""Whether free words name somebody: a PESEL of anybody, or a first name beside the surname of a known person.

Polish declines names ("z Markiem Dąbkiem"), so that a word is compared by its beginning. A surname alone is
often a common word (Maj, Kowal, Zima) and is not taken for a name.
"""

import re
from collections.abc import Iterable
from typing import Final

from reintegration.core.errors import InputError
from reintegration.core.identifiers import parse_pesel
from reintegration.core.text import search_key

_DIGITS: Final = re.compile(r"(?<!\d)\d(?:[ -]?\d){10}(?!\d)")
_LETTERS: Final = re.compile(r"[a-z]+")
_ADDRESSED: Final = frozenset({"p", "pan", "pana", "panu", "panem", "pani", "pania"})
# What an ending takes from the word and adds to it: Dąbek, Dąbka; Anna, Annie.
_TAKEN: Final = 2
_ADDED: Final = 4
_SHORTEST: Final = 3

Name = tuple[str, str]


def has_pesel(words: str) -> bool:
    return any(_is_pesel(found.group()) for found in _DIGITS.finditer(words))


def _is_pesel(digits: str) -> bool:
    try:
        parse_pesel(digits)
    except InputError:
        return False
    return True


def names_one_of(words: str, people: Iterable[Name]) -> bool:
    """Whether a first name, its initial or a form of address stands beside the surname that goes with it."""
    said = _LETTERS.findall(search_key(words))
    beside = list(zip(said, said[1:], strict=False))
    pairs = {*beside, *((after, before) for before, after in beside)}
    beginnings = {word[:_SHORTEST] for word in said}
    for first, last in people:
        firsts = _LETTERS.findall(search_key(first))
        lasts = [one for one in _LETTERS.findall(search_key(last)) if one[:_SHORTEST] in beginnings]
        if firsts and any(
            _goes_with(before, firsts) and any(_is(word, one) for one in lasts) for before, word in pairs
        ):
            return True
    return False


def _goes_with(word: str, firsts: Iterable[str]) -> bool:
    return word in _ADDRESSED or any(word == one[0] or _is(word, one) for one in firsts)


def _is(word: str, name: str) -> bool:
    """Whether a word is a name in some case."""
    stem = name[: max(_SHORTEST, len(name) - _TAKEN)]
    return len(name) >= _SHORTEST and word.startswith(stem) and len(word) <= len(name) + _ADDED
