"""Bases for tests of the rules: a participation that began on 3 March 2025, unless a test says otherwise."""

from datetime import date
from typing import Any

from hypothesis import strategies as st

from benefits.cases import readings_of
from benefits.rules.days import Calendar, trial_end
from benefits.rules.facts import Basis, Excused, Participation
from benefits.rules.law import Law
from ipzs.rules.codes import PayRule
from reintegration.core.dates import ONE_DAY, DateSpan, Month
from reintegration.law.readings import READINGS
from reintegration.law.sources import book_of_files

LAW = Law(book_of_files())
START = date(2025, 3, 3)


def readings(**given: str) -> Any:
    return readings_of({"rate_rounding": "exact", **given})


def basis(month: str = "2025-10", **given: Any) -> Basis:
    given.setdefault("readings", readings())
    given.setdefault("participation", Participation(START))
    given.setdefault("granted_from", given["participation"].start)
    return Basis(month=Month.parse(month), **given)


def _one_of(key: str) -> st.SearchStrategy[str]:
    return st.sampled_from([one.value for one in READINGS[key].options])


ANY_READINGS = st.fixed_dictionaries({key: _one_of(key) for key in READINGS}).map(readings_of)
_ABSENCES = st.sampled_from(["", "", "", "unexcused", "sick", "free", "full", "per_30"])


@st.composite
def bases(draw: st.DrawFn) -> Basis:
    """Any month of any participation, with absences of its days and the weeks before, all lawful."""
    month = Month(draw(st.integers(2016, 2027)), draw(st.integers(1, 12)))
    # Near the month more often than not: it is where trials, grants and ends fall into it.
    start = month.first - ONE_DAY * draw(st.integers(-20, 45) | st.integers(45, 700))
    end = draw(st.none() | st.integers(0, 60).map(lambda days: max(start, month.first) + ONE_DAY * days))
    taking = Participation(start, end)
    plain = Basis(month=month, readings=draw(ANY_READINGS), participation=taking)
    trial = trial_end(plain)
    extension = max(trial, month.first) + ONE_DAY * draw(st.integers(1, 20))
    if draw(st.booleans()) and (end is None or extension <= end):
        taking = Participation(start, end, extension)
    calendar = Calendar(frozenset())
    said: dict[str, list[date]] = {"unexcused": [], "sick": [], "free": [], "full": [], "per_30": []}
    first = month.first - ONE_DAY * draw(st.sampled_from([0, 0, 40]))
    for day in DateSpan(first, month.last):
        what = draw(_ABSENCES)
        if what == "unexcused" and not (day in taking and calendar.is_class_day(day)):
            continue
        if what == "free" and not (day in taking and day > trial):
            continue
        if what:
            said[what].append(day)
    granted = draw(st.none() | st.integers(-30, 40).map(lambda days: start + ONE_DAY * days))
    return Basis(
        month=month,
        readings=plain.readings,
        participation=taking,
        granted_from=granted,
        unexcused=tuple(said["unexcused"]),
        sick=tuple(DateSpan.single(day) for day in said["sick"]),
        free=tuple(said["free"]),
        excused=tuple(Excused(day, rule) for rule in PayRule for day in said[rule.value]),
        pit2=draw(st.booleans()),
    )
