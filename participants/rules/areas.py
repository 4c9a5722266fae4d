"""Whom an offer of free places is for: areas are prefixes of TERYT codes.

`06` is a voivodeship, `0609` a powiat, `0609011` a gmina. Two areas meet when one lies in the other.
"""

from collections.abc import Iterable

LENGTHS = (2, 4, 7)


def is_area(code: str) -> bool:
    """Whether the text is a code of a voivodeship, a powiat or a gmina."""
    return code.isascii() and code.isdigit() and len(code) in LENGTHS


def meet(one: Iterable[str], other: Iterable[str]) -> bool:
    """Whether any two areas lie one in the other; a gmina and its powiat meet, two gminas do not."""
    others = tuple(other)
    return any(a.startswith(b) or b.startswith(a) for a in one for b in others)
