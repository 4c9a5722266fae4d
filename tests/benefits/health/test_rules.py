"""Who covers a person on each day: the cases of the law, and what holds for any of them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benefits.rules.health import (
    Cover,
    Programme,
    Registration,
    Terms,
    Title,
    after_the_end,
    begins,
    changes,
    decision_until,
    events,
    gaps,
    next_gap,
    stretches,
    timeline,
    until_insured,
)
from reintegration.core.dates import DateSpan

TERMS = Terms(wait=30, after=30, decision=90, registration=7)
START, END = date(2026, 3, 2), date(2027, 3, 1)
YEAR = Programme(START, END)
# Thirty whole days after 2 March are over on 1 April.
ARISES = date(2026, 4, 2)


def day(text: str) -> date:
    return date.fromisoformat(text)


def own(since: str, until: str | None = None) -> Title:
    return Title(Cover.OWN, DateSpan(day(since), day(until) if until else None))


CASES = {
    "nobody else insures": ([], ["gap 2026-03-02 2026-04-01", "programme 2026-04-02 2027-03-01"]),
    "work ended the day before, the right lasts thirty days": (
        [own("2020-01-01", "2026-03-01")],
        ["after 2026-03-02 2026-03-31", "gap 2026-04-01 2026-04-01", "programme 2026-04-02 2027-03-01"],
    ),
    "struck off the labour office on the first day": (
        [own("2025-01-01", "2026-03-02")],
        ["own 2026-03-02 2026-03-02", "after 2026-03-03 2026-04-01", "programme 2026-04-02 2027-03-01"],
    ),
    "work ended ten days before": (
        [own("2020-01-01", "2026-02-20")],
        ["after 2026-03-02 2026-03-22", "gap 2026-03-23 2026-04-01", "programme 2026-04-02 2027-03-01"],
    ),
    "a pension goes on, so the programme insures nobody": (
        [own("2020-01-01")],
        ["own 2026-03-02 2027-03-01"],
    ),
    "a family member covers until the programme does": (
        [Title(Cover.FAMILY, DateSpan(day("2026-03-02")))],
        ["family 2026-03-02 2026-04-01", "programme 2026-04-02 2027-03-01"],
    ),
    "a decision from the fifth day": (
        [Title(Cover.DECISION, DateSpan(day("2026-03-06"), day("2026-06-03")))],
        ["gap 2026-03-02 2026-03-05", "decision 2026-03-06 2026-04-01", "programme 2026-04-02 2027-03-01"],
    ),
    "a job in the middle interrupts the programme, and the OPS registers twice": (
        [own("2026-06-01", "2026-06-30")],
        [
            "gap 2026-03-02 2026-04-01",
            "programme 2026-04-02 2026-05-31",
            "own 2026-06-01 2026-06-30",
            "programme 2026-07-01 2027-03-01",
        ],
    ),
    "whoever is asked first said that a family member reports them, and works": (
        [Title(Cover.FAMILY, DateSpan(day("2026-01-01"))), own("2026-01-01", "2026-03-10")],
        [
            "own 2026-03-02 2026-03-10",
            "family 2026-03-11 2026-04-01",
            "programme 2026-04-02 2027-03-01",
        ],
    ),
}


@pytest.mark.parametrize(("titles", "said"), CASES.values(), ids=CASES)
def test_cases(titles: list[Title], said: list[str]) -> None:
    found = timeline([YEAR], titles, TERMS)
    assert [f"{one.cover} {one.since} {one.until}" for one in found] == said


def test_a_programme_shorter_than_the_wait_insures_nobody() -> None:
    short = Programme(START, START + timedelta(days=30))
    found = timeline([short], [], TERMS)
    assert [(one.cover, one.days) for one in found] == [(Cover.GAP, 31)]
    assert stretches(found) == []
    longer = Programme(START, START + timedelta(days=31))
    assert stretches(timeline([longer], [], TERMS)) == [DateSpan.single(ARISES)]


def test_a_second_programme_waits_anew_and_the_first_one_lasts_thirty_days() -> None:
    first = Programme(START, day("2026-06-30"))
    second = Programme(day("2026-07-15"), day("2026-12-31"))
    found = timeline([first, second], [], TERMS)
    assert [f"{one.cover} {one.since} {one.until}" for one in found] == [
        "gap 2026-03-02 2026-04-01",
        "programme 2026-04-02 2026-06-30",
        "after 2026-07-01 2026-07-30",
        "gap 2026-07-31 2026-08-14",
        "programme 2026-08-15 2026-12-31",
    ]


def test_the_gap_is_told_before_it_comes_while_it_runs_and_no_more() -> None:
    found = timeline([YEAR], [own("2020-01-01", "2026-02-20")], TERMS)
    gap = next_gap(found, day("2026-02-25"))
    assert gap is not None
    assert (gap.since, gap.until) == (day("2026-03-23"), day("2026-04-01"))
    assert next_gap(found, day("2026-04-01")) == gap
    assert next_gap(found, ARISES) is None


def test_no_programme_has_no_days() -> None:
    assert timeline([], [own("2020-01-01")], TERMS) == []
    assert after_the_end([], TERMS) is None


def test_after_the_end_the_right_lasts_thirty_days() -> None:
    assert after_the_end(timeline([YEAR], [], TERMS), TERMS) == day("2027-03-31")
    assert after_the_end(timeline([YEAR], [own("2020-01-01")], TERMS), TERMS) is None


def test_a_decision_has_ninety_days_with_its_first() -> None:
    assert decision_until(day("2026-01-01"), TERMS) == day("2026-03-31")


# What the OPS is told

SPAN = DateSpan(ARISES, END)


def test_the_ops_registers_within_seven_days_and_ends_it_within_seven() -> None:
    (event,) = events([Registration("a", SPAN)], TERMS)
    assert (event.registers, event.day, event.term) == (True, ARISES, day("2026-04-09"))
    assert not event.is_due(day("2026-04-01"))
    assert event.is_due(ARISES)
    assert not event.is_late(day("2026-04-09"))
    assert event.is_late(day("2026-04-10"))
    (event,) = events([Registration("a", SPAN, registered_on=day("2026-04-05"))], TERMS)
    assert (event.registers, event.day, event.term) == (False, day("2027-03-02"), day("2027-03-09"))
    assert events([Registration("a", SPAN, day("2026-04-05"), day("2027-03-03"))], TERMS) == []


def test_what_was_cancelled_is_deregistered_from_its_first_day_or_forgotten() -> None:
    assert events([Registration("a", SPAN, cancelled=True)], TERMS) == []
    (event,) = events([Registration("a", SPAN, day("2026-04-05"), cancelled=True)], TERMS)
    assert (event.registers, event.day) == (False, ARISES)


CHANGES = {
    "nothing was told": ([], [SPAN], [(None, SPAN)]),
    "it is as it was told": ([Registration("a", SPAN)], [SPAN], []),
    "the programme ended earlier": (
        [Registration("a", SPAN, day("2026-04-05"))],
        [DateSpan(ARISES, day("2026-08-31"))],
        [("a", DateSpan(ARISES, day("2026-08-31")))],
    ),
    "the programme came to nothing": ([Registration("a", SPAN)], [], [("a", None)]),
    "what was deregistered stays": (
        [Registration("a", DateSpan(day("2025-01-01"), day("2025-06-30")), START, START)],
        [SPAN],
        [(None, SPAN)],
    ),
    "a job in the middle makes two of one": (
        [Registration("a", SPAN, day("2026-04-05"))],
        [DateSpan(ARISES, day("2026-05-31")), DateSpan(day("2026-07-01"), END)],
        [("a", DateSpan(ARISES, day("2026-05-31"))), (None, DateSpan(day("2026-07-01"), END))],
    ),
    "what nobody acted upon follows a programme that moved": (
        [Registration("a", DateSpan(day("2025-01-01"), day("2025-06-30")))],
        [SPAN],
        [("a", SPAN)],
    ),
    "what was cancelled comes back": (
        [Registration("a", SPAN, cancelled=True)],
        [SPAN],
        [("a", SPAN)],
    ),
}


@pytest.mark.parametrize(("told", "wanted", "said"), CHANGES.values(), ids=CHANGES)
def test_changes(told: list[Registration], wanted: list[DateSpan], said: list[object]) -> None:
    assert [(one.key, one.span) for one in changes(told, wanted)] == said


# Laws

DAYS = st.dates(date(2025, 1, 1), date(2027, 12, 31))


@st.composite
def spans(draw: st.DrawFn, *, opened: bool = True) -> DateSpan:
    first, second = sorted((draw(DAYS), draw(DAYS)))
    return DateSpan(first, None if opened and draw(st.booleans()) else second)


@st.composite
def programmes(draw: st.DrawFn) -> Programme:
    span = draw(spans(opened=False))
    assert span.last is not None
    return Programme(span.first, span.last)


TITLES = st.lists(
    st.builds(Title, st.sampled_from([Cover.OWN, Cover.FAMILY, Cover.DECISION]), spans()), max_size=4
)
MANY = st.lists(programmes(), min_size=1, max_size=3)


def covered(day_: date, programmes_: list[Programme], titles: list[Title]) -> bool:
    """The same said the slow way, of one day."""
    if any(day_ in one.span for one in titles):
        return True
    if any(begins(one, TERMS) <= day_ <= one.until for one in programmes_):
        return True
    ended = [one.span.last for one in titles if one.cover is Cover.OWN and one.span.last is not None]
    ended += [one.until for one in programmes_ if begins(one, TERMS) <= one.until]
    return any(last < day_ <= last + timedelta(days=30) for last in ended)


@given(MANY, TITLES)
def test_the_segments_are_every_day_once(of: list[Programme], titles: list[Title]) -> None:
    found = timeline(of, titles, TERMS)
    assert found[0].since == min(one.since for one in of)
    assert found[-1].until == max(one.until for one in of)
    for one, after in zip(found, found[1:], strict=False):
        assert after.since == one.until + timedelta(days=1)
        assert after.cover is not one.cover


@given(MANY, TITLES, DAYS)
def test_a_gap_is_what_nothing_covers(of: list[Programme], titles: list[Title], on: date) -> None:
    found = timeline(of, titles, TERMS)
    within = next((one for one in found if one.since <= on <= one.until), None)
    if within is not None:
        assert within.is_gap is not covered(on, of, titles)


@given(MANY, TITLES, spans())
def test_another_title_never_makes_a_gap(of: list[Programme], titles: list[Title], span: DateSpan) -> None:
    before = sum(one.days for one in gaps(timeline(of, titles, TERMS)))
    for cover in (Cover.FAMILY, Cover.DECISION, Cover.OWN):
        after = sum(one.days for one in gaps(timeline(of, [*titles, Title(cover, span)], TERMS)))
        assert after <= before


@given(st.lists(spans(opened=False), max_size=3), MANY, TITLES)
def test_changes_that_were_made_leave_none(
    told: list[DateSpan], of: list[Programme], titles: list[Title]
) -> None:
    """What was told, followed once, says what holds: telling twice tells nothing new."""
    rows = {str(at): Registration(str(at), span) for at, span in enumerate(told)}
    wanted = stretches(timeline(of, titles, TERMS))
    for at, change in enumerate(changes(list(rows.values()), wanted)):
        key = change.key if change.key is not None else f"new {at}"
        if change.span is None:
            rows[str(key)] = Registration(key, rows[str(key)].span, cancelled=True)
        else:
            rows[str(key)] = Registration(key, change.span)
    live = [one.span for one in rows.values() if not one.cancelled]
    assert sorted(live, key=lambda one: one.first) == wanted
    assert changes(list(rows.values()), wanted) == []


BEFORE = date(2026, 2, 16)


@pytest.mark.parametrize(
    ("titles", "said"),
    [
        ([], ["gap 2026-02-16 2026-04-01", "programme 2026-04-02"]),
        (
            [own("2020-01-01", "2026-03-05")],
            ["own 2026-02-16 2026-03-05", "after 2026-03-06 2026-04-01", "programme 2026-04-02"],
        ),
        # A title of one's own that has no end leaves nothing for the programme to insure.
        ([own("2020-01-01")], ["own 2026-02-16"]),
        (
            [Title(Cover.FAMILY, DateSpan(BEFORE))],
            ["family 2026-02-16 2026-04-01", "programme 2026-04-02"],
        ),
        (
            [own("2020-01-01", "2026-06-30")],
            ["own 2026-02-16 2026-06-30", "programme 2026-07-01"],
        ),
        (
            [Title(Cover.DECISION, DateSpan(BEFORE, date(2026, 3, 20)))],
            ["decision 2026-02-16 2026-03-20", "gap 2026-03-21 2026-04-01", "programme 2026-04-02"],
        ),
    ],
)
def test_what_covers_until_the_programme_does(titles: list[Title], said: list[str]):
    *before, last = until_insured(START, titles, TERMS, seen_from=BEFORE)
    assert [*(f"{one.cover} {one.since} {one.until}" for one in before), f"{last.cover} {last.since}"] == said
