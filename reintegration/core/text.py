"""Texts that people type: cleaned on the way in, folded for search, ordered as the Polish alphabet is.

`search_key` and `polish_order` have twins in the database (`core/sql.py`) that generated columns use;
both are built from the tables below and a test compares them. PostgreSQL here knows no Polish collation,
so the order is spelled out in bytes of the C collation.
"""

import unicodedata

from reintegration.core.errors import InputError

# Letters that Unicode does not take apart, and letters that become two.
_BASE = dict(zip("łøđðħıŧŀŋ", "loddhitln", strict=True))
MULTIPLE = {"ß": "ss", "ẞ": "ss", "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "þ": "th", "Þ": "th"}

# Latin with the marks of European languages and of Vietnamese, and the Cyrillic of our neighbours.
_RANGES = ((0x41, 0x5B), (0xC0, 0x180), (0x218, 0x21C), (0x1EA0, 0x1EFA), (0x400, 0x460), (0x490, 0x492))
_MARKS = "".join(map(chr, range(0x300, 0x370)))
_APOSTROPHES = "'’‘`´ʼ"
_SEPARATORS = '-‐‑‒–—_./,;:()"„”“«»&+\t\n\r\u00a0\u202f'

ALPHABET = "aąbcćdeęfghijklłmnńoópqrsśtuvwxyzźż"
_ORDER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_abcde"


def _base(letter: str) -> str:
    lower = letter.lower()[0]
    return _BASE.get(lower) or unicodedata.normalize("NFD", lower)[0]


def _table(order: bool) -> dict[str, str]:
    """Map one character to one; what must go stands last, mapped to nothing, as translate() wants it."""
    ordered = dict(zip(ALPHABET, _ORDER, strict=True)) if order else {}
    letters = [chr(code) for first, end in _RANGES for code in range(first, end)]
    table = dict(ordered)
    for letter in letters:
        if letter in MULTIPLE or not letter.isalpha():
            continue
        base = _base(letter)
        to = ordered.get(letter.lower(), ordered.get(base, base))
        if to != letter:
            table[letter] = to
    table |= dict.fromkeys(_SEPARATORS, " ")
    return table | dict.fromkeys(_APOSTROPHES + _MARKS, "")


SEARCH_TABLE = _table(order=False)
ORDER_TABLE = _table(order=True)

_SEARCH = str.maketrans(SEARCH_TABLE)
_SORT = str.maketrans(ORDER_TABLE)
_MULTIPLE = str.maketrans(MULTIPLE)


def search_key(text: str) -> str:
    """Fold a text so that what people type finds it: `Żółć-Nowak` and `zolc nowak` are the same."""
    return _squeezed(text.translate(_MULTIPLE).translate(_SEARCH))


def polish_order(text: str) -> str:
    """Turn a text into a key whose bytes sort as the Polish alphabet does; foreign marks fall away."""
    return _squeezed(text.translate(_MULTIPLE).translate(_SORT))


def _squeezed(text: str) -> str:
    return " ".join(part for part in text.split(" ") if part)


def deletion_keys(word: str) -> frozenset[str]:
    """The folded word and every way to leave out one letter of it.

    Two words one typo apart (a letter more, less, other, or two swapped) have a key in common, so that a
    search by equality finds them; `one_typo_apart` then sorts out those that are two typos apart.
    """
    key = search_key(word)
    return frozenset({key, *(key[:place] + key[place + 1 :] for place in range(len(key)))})


def one_typo_apart(one: str, other: str) -> bool:
    """Tell whether the folded words are the same, or a letter more, less, other, or two swapped apart."""
    a, b = sorted((search_key(one), search_key(other)), key=len)
    if len(b) - len(a) > 1:
        return False
    same = next((place for place, letter in enumerate(a) if letter != b[place]), len(a))
    rest_a, rest_b = a[same:], b[same:]
    if len(a) != len(b):
        return rest_a == rest_b[1:]
    return rest_a[1:] == rest_b[1:] or (rest_a[:2] == rest_b[1::-1] and rest_a[2:] == rest_b[2:])


# Invisible characters that come along when a text is copied and mean nothing in it.
_INVISIBLE = dict.fromkeys([0xAD, 0x200B, 0x200E, 0x200F, 0x2060, 0xFEFF])
_SPACES = dict.fromkeys([0x09, 0xA0, 0x2007, 0x2009, 0x202F], " ")
# Direction overrides can make a text read otherwise than it is stored.
_REFUSED = {"Cc", "Cs", "Co"}
_OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def clean(text: str, *, lines: bool = False) -> str:
    """Bring a typed text into one form: NFC, single spaces, no control characters.

    A text of several lines keeps its line breaks. A character that has no place in a text is refused
    and its position named; nothing that a person can see is removed.
    """
    normal = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    normal = unicodedata.normalize("NFC", normal.translate(_INVISIBLE).translate(_SPACES))
    for place, character in enumerate(normal, 1):
        if character != "\n" and (character in _OVERRIDES or unicodedata.category(character) in _REFUSED):
            raise InputError(
                f"W tekście jest znak sterujący (miejsce {place}). Usuń go albo wpisz tekst ręcznie."
            )
    if not lines:
        return " ".join(normal.split())
    return "\n".join(" ".join(line.split()) for line in normal.split("\n")).strip("\n")
