"""Which passwords are accepted: long ones that nobody would try first (ASVS 5.0, V6.2).

There are no rules about capitals and digits, and a password never has to be changed because of its age.
"""

import hashlib
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError

from reintegration.core.formats import counted
from reintegration.core.text import search_key

SHORTEST = 12
LONGEST = 256
# What a context word or a known password must leave over to be harmless inside a longer one.
ENOUGH_BESIDE = 8
SHORTEST_WORD = 4
PREFIX = 5
LIST = Path(__file__).parent / "data" / "breached.bin"

HINT = (
    f"Co najmniej {SHORTEST} znaków. Najlepiej kilka słów, na przykład trzy, które razem coś Ci mówią. "
    "Spacje i polskie litery są w porządku."
)


def normal(password: str) -> str:
    """One form for passwords that look the same on different keyboards."""
    return unicodedata.normalize("NFKC", password)


class LongEnough:
    def validate(self, password: str, user: Any = None) -> None:
        missing = SHORTEST - len(password)
        if missing > 0:
            raise ValidationError(
                f"Za krótkie: brakuje {counted(missing, 'znaku', 'znaków', 'znaków')}. Dodaj jedno słowo.",
                code="password_too_short",
            )
        if len(password) > LONGEST:
            raise ValidationError(f"Za długie: mieści się {LONGEST} znaków.", code="password_too_long")

    def get_help_text(self) -> str:
        return HINT


class NotAboutYou:
    """Names of the person, of the address, of the organisation and of the program are tried first."""

    def validate(self, password: str, user: Any = None) -> None:
        said = bare(password)
        for word in sorted(context_words(user), key=len, reverse=True):
            if word in said and len(said) - len(word) < ENOUGH_BESIDE:
                raise ValidationError(
                    "To hasło łatwo zgadnąć: składa się z nazwiska, adresu albo nazwy. Wybierz inne słowa.",
                    code="password_context",
                )

    def get_help_text(self) -> str:
        return "Hasło nie może składać się z nazwiska, adresu e-mail ani nazwy jednostki."


class NotBreached:
    """Refuses passwords of known thefts, also with digits and marks added around them."""

    def validate(self, password: str, user: Any = None) -> None:
        if is_breached(password):
            raise ValidationError(
                "To hasło jest na listach haseł wykradzionych. Wybierz inne.", code="password_breached"
            )

    def get_help_text(self) -> str:
        return "Hasło nie może być na listach haseł wykradzionych."


def bare(text: str) -> str:
    """Letters and digits alone, small, without Polish marks."""
    return "".join(letter for letter in search_key(normal(text)) if letter.isalnum())


def context_words(user: Any) -> set[str]:
    words = {"reintegra", "reintegracja"}
    if user is not None:
        name, _, host = str(getattr(user, "email", "") or "").partition("@")
        words |= {bare(name), *map(bare, host.split(".")), *map(bare, name.replace("-", ".").split("."))}
        words |= {bare(getattr(user, "first_name", "") or ""), bare(getattr(user, "last_name", "") or "")}
        for organisation in getattr(user, "known_organisations", ()):
            words |= {bare(part) for part in organisation.split()} | {bare(organisation)}
    return {word for word in words if len(word) >= SHORTEST_WORD}


def is_breached(password: str) -> bool:
    """Whether the list holds this password, or what is left without the digits and marks around it."""
    said = normal(password).lower().strip()
    letters = said.strip("0123456789!@#$%^&*()-_=+[]{};:'\",.<>/?\\|`~ ")
    around = said.replace(letters, "", 1) if letters else ""
    forms = {said, "".join(said.split())}
    if len(around) <= ENOUGH_BESIDE or _monotonous(around):
        forms.add(letters)
    forms |= {_once(form) for form in tuple(forms)}
    return _monotonous(said) or any(len(form) >= SHORTEST_WORD and _listed(form) for form in forms)


def _once(text: str) -> str:
    """`haslohaslohaslo` is `haslo`."""
    for size in range(1, len(text) // 2 + 1):
        if len(text) % size == 0 and text[:size] * (len(text) // size) == text:
            return text[:size]
    return text


def _monotonous(text: str) -> bool:
    """A few letters over and over, or letters and digits in their own order: `aaaa1111`, `123456789012`."""
    if len(set(text)) <= 3:
        return True
    steps = {ord(after) - ord(before) for before, after in zip(text, text[1:], strict=False)}
    return steps <= {1, -9} or steps <= {-1, 9}


def fingerprint(form: str) -> bytes:
    return hashlib.sha256(form.encode()).digest()[:PREFIX]


@cache
def _list() -> bytes:
    return LIST.read_bytes()


def _listed(form: str) -> bool:
    """Look a form up among the sorted fingerprints."""
    wanted, held = fingerprint(form), _list()
    low, high = 0, len(held) // PREFIX
    while low < high:
        middle = (low + high) // 2
        found = held[middle * PREFIX : (middle + 1) * PREFIX]
        if found == wanted:
            return True
        low, high = (middle + 1, high) if found < wanted else (low, middle)
    return False
