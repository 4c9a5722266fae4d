"""Facts of files for the rules: spoken for by a day and a few words."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from hypothesis import strategies as st

from participants.rules.codes import PeriodKind, UnitType
from participants.rules.stages import Period
from reintegration.core.dates import DateSpan
from reporting.rules.facts import FileFacts, GroupSpan, Talk

JANUARY = date(2026, 1, 1)


def key(number: int) -> UUID:
    return UUID(int=number)


def period(kind: str, first: str, last: str) -> Period:
    return Period(PeriodKind(kind), DateSpan(date.fromisoformat(first), date.fromisoformat(last)))


def cis(number: int = 1, **more: Any) -> FileFacts:
    """Somebody who was in a CIS from January to September and was qualified after a month."""
    values: dict[str, Any] = {
        "opened_on": date(2025, 12, 20),
        "periods": (
            period("trial", "2026-01-01", "2026-01-31"),
            period("main", "2026-02-01", "2026-09-30"),
        ),
        "ended_on": date(2026, 9, 30),
        "end_reason": "completed",
        "destination": "open_market",
    }
    return FileFacts(key(1000 + number), key(number), UnitType.CIS, **(values | more))


def kis(number: int = 1, **more: Any) -> FileFacts:
    values: dict[str, Any] = {
        "opened_on": date(2025, 12, 20),
        "periods": (period("main", "2026-01-01", "2026-06-30"),),
        "ended_on": date(2026, 6, 30),
        "end_reason": "completed",
        "destination": "cis",
    }
    return FileFacts(key(1000 + number), key(number), UnitType.KIS, **(values | more))


days = st.integers(0, 900).map(lambda passed: JANUARY - timedelta(days=300) + timedelta(days=passed))


@st.composite
def any_file(draw: st.DrawFn) -> FileFacts:
    first = draw(days)
    lasted = draw(st.integers(0, 500))
    last = first + timedelta(days=lasted)
    ended = draw(st.none() | st.just(last))
    periods = draw(st.sampled_from(["none", "trial", "both"]))
    spans = {
        "none": (),
        "trial": (Period(PeriodKind.TRIAL, DateSpan(first, last)),),
        "both": (
            Period(PeriodKind.TRIAL, DateSpan(first, first)),
            *([Period(PeriodKind.MAIN, DateSpan(first + timedelta(days=1), last))] if lasted else []),
        ),
    }[periods]
    later = st.integers(0, 400).map(lambda passed: last + timedelta(days=passed))
    groups = draw(
        st.lists(
            st.builds(GroupSpan, st.sampled_from("123456789"), st.booleans(), st.just(DateSpan(first, None)))
        )
    )
    situations = st.sampled_from(["open_market", "inactive", "business", "unknown", "training"])
    return FileFacts(
        key(draw(st.integers(1000, 10**9))),
        key(draw(st.integers(1, 8))),
        UnitType.CIS,
        opened_on=first,
        periods=spans,
        ended_on=ended,
        end_reason=draw(st.sampled_from(["completed", "job", "breach", "death"])) if ended else "",
        destination=draw(situations) if ended else "",
        certificate_on=draw(st.none() | later) if ended else None,
        sex=draw(st.sampled_from(["F", "M", ""])),
        birth_date=draw(st.none() | st.dates(date(1940, 1, 1), date(2008, 1, 1))),
        education=draw(st.sampled_from(["", "primary", "higher"])),
        source=draw(st.sampled_from(["", "OPS", "self"])),
        groups=tuple(groups),
        talks=tuple(draw(st.lists(st.builds(Talk, later, situations), max_size=2))) if ended else (),
        changes=draw(st.none() | st.integers(0, 9)),
        independent=draw(st.none() | st.booleans()),
        work=draw(st.sampled_from(["", "employment", "civil", "internship"])),
    )
