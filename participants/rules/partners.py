"""Asking somebody outside the unit: for what kind of help, and when the words tell who the person is."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from reintegration.core.text import search_key

# With which kind of help a barrier is met; the rest is for whoever asks to say.
OTHER: Final = "other"
_HELP: Final[Mapping[str, str]] = {
    "child_care": "care",
    "elder_care": "care",
    "disabled_care": "care",
    "distance": "transport",
    "communication": "language",
    "digital": "equipment",
}
# A Polish name changes its end (Dąbek, Dąbka; Wierzba, Wierzbie; Kowalski, Kowalskiego).
_VOWELS: Final = frozenset("aeiouy")
_ENDINGS: Final = re.compile(
    "(a|ach|ami|e|ego|em|emu|i|ich|ie|iego|iej|iem|iemu|im|ej|o|om|ow|owi|owie|owej|u|y|ych|ym)?"
)
_WORD: Final = re.compile(r"[^\W_]+")


def help_for(barrier: str) -> str:
    """The kind of help that a barrier asks for."""
    return _HELP.get(barrier, OTHER)


def tells_who(text: str, *, last_name: str, pesel: str) -> bool:
    """Whether words that go outside without a consent say whose they are: the surname or the number."""
    if pesel and pesel in re.sub(r"[\s-]", "", text):
        return True
    words = [search_key(word) for word in _WORD.findall(text)]
    return any(_is_form(word, search_key(part)) for part in _WORD.findall(last_name) for word in words)


def _is_form(word: str, name: str) -> bool:
    return any(word.startswith(stem) and _ENDINGS.fullmatch(word, len(stem)) for stem in _stems(name))


def _stems(name: str) -> Iterator[str]:
    yield name
    if name[-1:] in _VOWELS:
        yield name[:-1]
    if name[-2:-1] == "e":
        yield name[:-2] + name[-1]
