"""A participation for tests: a month of trial, eleven months, and an extension."""

from datetime import date

from hypothesis import strategies as st

from ipzs.rules.balances import Dated, DayLimits, DayReadings, Facts, Mark, Opening, SickLeave
from ipzs.rules.codes import FreeCarry, FreeRound, MarkKind, SickCount, SickPool, UnexcusedLimit
from participants.rules.codes import PeriodKind
from participants.rules.stages import Period
from reintegration.core.dates import DateSpan

TRIAL, MAIN, EXTENSION = PeriodKind
PERIODS = (
    Period(TRIAL, DateSpan(date(2026, 1, 12), date(2026, 2, 11))),
    Period(MAIN, DateSpan(date(2026, 2, 12), date(2027, 1, 11))),
    Period(EXTENSION, DateSpan(date(2027, 1, 12), date(2027, 6, 11))),
)
FIRST, LAST = date(2026, 1, 12), date(2027, 6, 11)
LIMITS = DayLimits(
    free_main=6,
    free_extension=6,
    unexcused=3,
    sick=Dated(((date(2015, 10, 24), 14), (date(2022, 2, 15), 21))),
)
LITERAL = DayReadings()


def facts(*marks, **more):
    """Facts with marks given as (day, kind)."""
    return Facts(PERIODS, marks=tuple(Mark(day, MarkKind(kind)) for day, kind in marks), **more)


def leave(first, last, *, has_paper=True):
    return SickLeave(DateSpan(first, last), has_paper)


readings = st.builds(
    DayReadings,
    free_round=st.sampled_from(FreeRound),
    free_carry=st.sampled_from(FreeCarry),
    sick_count=st.sampled_from(SickCount),
    sick_pool=st.sampled_from(SickPool),
    unexcused=st.sampled_from(UnexcusedLimit),
)
# Few enough days that marks, leaves and free days often meet; some lie outside the participation.
near = st.sampled_from(
    [
        *DateSpan(date(2026, 1, 10), date(2026, 1, 14)),
        *DateSpan(date(2026, 2, 7), date(2026, 3, 3)),
        *DateSpan(date(2027, 1, 7), date(2027, 1, 25)),
        *DateSpan(date(2027, 6, 9), date(2027, 6, 14)),
    ]
)
spans = st.builds(lambda one, other: DateSpan(min(one, other), max(one, other)), near, near)
openings = st.none() | st.builds(
    Opening,
    until=near,
    free_main=st.integers(0, 7),
    free_extension=st.integers(0, 3),
    sick_main=st.integers(0, 22),
    sick_extension=st.integers(0, 22),
    unexcused=st.integers(0, 4),
)
