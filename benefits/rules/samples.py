"""One small month for each open point of the act, on which its answers pay differently."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from benefits.rules.facts import Basis, Excused, Participation, Readings
from benefits.rules.law import Law
from benefits.rules.month import count_month, premium_most
from ipzs.rules.codes import PayRule
from reintegration.core.dates import DateSpan, Month
from reintegration.law.readings import DEFAULTS, READINGS

MONTH: Final = Month(2026, 10)
_PREMIUM: Final = "premium_cap"
_LONG: Final = Participation(date(2026, 2, 2))


@dataclass(frozen=True, slots=True)
class Sample:
    """What happened to somebody in the month, in words and as facts."""

    story: str
    participation: Participation = _LONG
    granted_from: date = _LONG.start
    unexcused: tuple[date, ...] = ()
    sick: tuple[DateSpan, ...] = ()
    excused: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class Answered:
    """What one answer pays in the sample."""

    value: str
    label: str
    amount: Decimal


def _day(day: int, month: int = MONTH.month) -> date:
    return date(MONTH.year, month, day)


def _sick(first: int, last: int, month: int = MONTH.month) -> DateSpan:
    return DateSpan(_day(first, month), _day(last, month))


SAMPLES: Mapping[str, Sample] = MappingProxyType(
    {
        "rate_rounding": Sample("Cały październik, bez nieobecności."),
        "payout_rounding": Sample("Cały październik, jeden dzień choroby.", sick=(_sick(7, 7),)),
        "fraction_base": Sample(
            "Świadczenie przyznane od 16 października, jeden dzień nieusprawiedliwiony.",
            granted_from=_day(16),
            unexcused=(_day(20),),
        ),
        "unexcused_over_limit": Sample(
            "Cztery dni nieusprawiedliwione: 2, 8, 15 i 22 października.",
            unexcused=(_day(2), _day(8), _day(15), _day(22)),
        ),
        "sick_day_count": Sample(
            "Zwolnienie od czwartku 8 do poniedziałku 12 października.", sick=(_sick(8, 12),)
        ),
        "sick_pool": Sample(
            "20 dni choroby w lipcu, od 1 października przedłużenie i zwolnienie od 5 do 9 października.",
            participation=replace(_LONG, extension_from=_day(1)),
            sick=(_sick(1, 20, 7), _sick(5, 9)),
        ),
        "sick_trial": Sample(
            "Okres próbny od 1 października, zwolnienie od 5 do 9 października.",
            participation=Participation(_day(1)),
            granted_from=_day(1),
            sick=(_sick(5, 9),),
        ),
        "sick_over": Sample(
            "21 dni choroby w lipcu, potem zwolnienie od 5 do 9 października.",
            sick=(_sick(1, 21, 7), _sick(5, 9)),
        ),
        "excused_other": Sample("Dwa dni wezwania do sądu: 6 i 7 października.", excused=(_day(6), _day(7))),
        "trial_end": Sample(
            "Początek 15 września, dzień choroby 15 października.",
            participation=Participation(_day(15, 9)),
            granted_from=_day(15, 9),
            sick=(_sick(15, 15),),
        ),
        _PREMIUM: Sample(
            "Świadczenie przyznane od 16 października. Kwota to najwyższa premia.", granted_from=_day(16)
        ),
    }
)


def answers(key: str, current: Mapping[str, str], law: Law) -> list[Answered]:
    """What each answer to an open point pays in its sample, beside the unit's answers to the others."""
    # A unit that still has to choose sees the other points without rounding.
    others = {"rate_rounding": "exact", **DEFAULTS, **current}
    return [
        Answered(option.value, option.label, _paid(key, {**others, key: option.value}, law))
        for option in READINGS[key].options
    ]


def _paid(key: str, values: Mapping[str, str], law: Law) -> Decimal:
    sample, readings = SAMPLES[key], Readings.of(values)
    basis = Basis(
        month=MONTH,
        readings=readings,
        participation=sample.participation,
        granted_from=sample.granted_from,
        unexcused=sample.unexcused,
        sick=sample.sick,
        excused=tuple(Excused(day, PayRule(readings.excused_other)) for day in sample.excused),
    )
    benefit = count_month(basis, law).benefit
    return premium_most(basis, law, benefit) if key == _PREMIUM else benefit
