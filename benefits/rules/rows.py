"""The rows of a benefit: what a screen shows, a statement prints and a test asserts (section 5)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import Final

from benefits.rules.codes import RowCode
from reintegration.core.money import ZERO, grosz

_RATE_PLACES: Final = 4


@dataclass(frozen=True, slots=True)
class RowKind:
    """What a row is called, its article, and what it was counted by."""

    label: str
    act: str
    # Parameters of the law and readings of the unit, by their keys.
    law: tuple[str, ...] = ()
    readings: tuple[str, ...] = ()


_SICK_OVER: Final = ("sick_over", "sick_day_count", "sick_pool")
KINDS: Mapping[RowCode, RowKind] = MappingProxyType(
    {
        RowCode.TRIAL: RowKind(
            "Dni okresu próbnego",
            "art. 15 ust. 4 i 6",
            ("allowance", "factor_trial", "day_fraction"),
            ("rate_rounding", "trial_end"),
        ),
        RowCode.MAIN: RowKind(
            "Dni okresu uczestnictwa",
            "art. 15 ust. 4 i 6",
            ("allowance", "factor_main", "day_fraction"),
            ("rate_rounding",),
        ),
        RowCode.UNEXCUSED_TRIAL: RowKind(
            "Dni nieusprawiedliwione w okresie próbnym",
            "art. 15 ust. 7",
            ("unexcused_fraction",),
            ("fraction_base",),
        ),
        RowCode.UNEXCUSED_MAIN: RowKind(
            "Dni nieusprawiedliwione", "art. 15 ust. 7", ("unexcused_fraction",), ("fraction_base",)
        ),
        RowCode.SICK_TRIAL: RowKind(
            "Dni choroby w okresie próbnym", "art. 15 ust. 1", (), ("sick_trial", "sick_day_count")
        ),
        RowCode.SICK: RowKind(
            "Dni choroby w limicie",
            "art. 15 ust. 7a",
            ("sick_fraction", "sick_days_limit"),
            ("fraction_base", "sick_day_count", "sick_pool"),
        ),
        RowCode.SICK_OVER: RowKind(
            "Dni choroby ponad limit", "art. 15 ust. 7a", ("sick_days_limit",), ("fraction_base", *_SICK_OVER)
        ),
        RowCode.SICK_NOT_DUE: RowKind(
            "Dni choroby ponad limit, za które świadczenie się nie należy",
            "art. 15 ust. 6 i 7a",
            ("sick_days_limit",),
            _SICK_OVER,
        ),
        RowCode.EXCUSED_TRIAL: RowKind(
            "Inne dni usprawiedliwione w okresie próbnym, z potrąceniem",
            "regulamin (art. 4 ust. 2 pkt 12)",
            (),
            ("excused_other", "fraction_base"),
        ),
        RowCode.EXCUSED_MAIN: RowKind(
            "Inne dni usprawiedliwione, z potrąceniem",
            "regulamin (art. 4 ust. 2 pkt 12)",
            (),
            ("excused_other", "fraction_base"),
        ),
        RowCode.EXCUSED_FULL: RowKind(
            "Inne dni usprawiedliwione, bez potrącenia",
            "regulamin (art. 4 ust. 2 pkt 12)",
            (),
            ("excused_other",),
        ),
        RowCode.FREE: RowKind("Dni wolne, bez potrącenia", "art. 15 ust. 6a"),
        RowCode.FORFEITED: RowKind(
            "Miesiąc bez świadczenia przez dni nieusprawiedliwione",
            "art. 15 ust. 7",
            ("unexcused_days_limit",),
            ("unexcused_over_limit",),
        ),
        RowCode.FLOOR: RowKind("Wyrównanie do zera", "art. 15 ust. 7 i 7a"),
        RowCode.ROUNDING: RowKind("Zaokrąglenie", "art. 15 ust. 4", (), ("payout_rounding",)),
    }
)


@dataclass(frozen=True, slots=True)
class Row:
    """One line: a number of days at a rate, and the amount that it adds."""

    code: RowCode
    quantity: int
    # As it is printed, to four places; nothing is counted with it.
    rate: Decimal
    amount: Decimal

    @property
    def kind(self) -> RowKind:
        return KINDS[self.code]


def row(code: RowCode, quantity: int, rate: Fraction) -> Row:
    return Row(code, quantity, _printed(rate), grosz(rate * quantity))


def add_up(rows: Sequence[Row], benefit: Decimal) -> tuple[Row, ...]:
    """The rows, and a last one with what rounding each of them leaves, so that they make the benefit."""
    left = benefit - sum((one.amount for one in rows), ZERO)
    return (*rows, row(RowCode.ROUNDING, 1, Fraction(left))) if left else tuple(rows)


def _printed(rate: Fraction) -> Decimal:
    above, below = abs(rate.numerator) * 10**_RATE_PLACES, rate.denominator
    size = (2 * above + below) // (2 * below)
    return Decimal(-size if rate < 0 else size).scaleb(-_RATE_PLACES)
