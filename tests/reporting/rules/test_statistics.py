from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from participants.rules.ages import age_band
from reintegration.core.dates import DateSpan
from reporting.rules import graduates, statistics
from reporting.rules.definitions import FIGURES
from reporting.rules.facts import GroupSpan, ReferralFacts, Talk
from tests.reporting.rules.made import any_file, cis, key, kis

YEAR = DateSpan(date(2026, 1, 1), date(2026, 12, 31))
AFTER = DateSpan(date(2027, 1, 1), date(2027, 12, 31))


def counts(figure, files, span=YEAR, referrals=()):
    found = statistics.count(files, referrals, span)[figure]
    return {line.key: len(line) for line in found.lines}


def test_a_person_with_two_files_is_one_participant():
    files = [cis(1), cis(1, opened_on=date(2026, 10, 1)), cis(2, sex="F")]
    assert counts("participants", files) == {"all": 2, "new": 2, "earlier": 0}
    assert counts("participants", files, AFTER) == {"all": 0, "new": 0, "earlier": 0}


def test_what_happens_stands_on_its_own_day():
    graduate = cis(1, certificate_on=date(2026, 10, 2), talks=(Talk(date(2027, 3, 30), "open_market"),))
    left = cis(2, destination="inactive", opened_on=date(2026, 1, 1))
    came = [ReferralFacts(key(9), date(2026, 5, 5), "F"), ReferralFacts(key(8), date(2025, 5, 5))]
    assert counts("flow", [graduate, left], referrals=came) == {
        "referred": 1, "started": 2, "qualified": 2, "graduated": 1, "employed": 1, "still_employed": 0,
    }  # fmt: skip
    assert counts("flow", [graduate, left], AFTER)["still_employed"] == 1
    assert counts("cohort", [graduate, left]) == {
        "started": 2, "qualified": 2, "left": 2, "graduated": 1, "employed": 1, "still_employed": 1,
    }  # fmt: skip
    assert "qualified" not in counts("flow", [kis(1)])
    assert counts("situation", [graduate, left], AFTER) == {"open_market": 1}


def test_a_group_that_ended_before_the_span_is_not_counted():
    before = GroupSpan("2", True, DateSpan(date(2020, 1, 1), date(2025, 12, 31)))
    now = GroupSpan("5", False, DateSpan(date(2025, 6, 1), None))
    other = GroupSpan("8", False, DateSpan(date(2026, 6, 1), None))
    files = [cis(1, groups=(before, other, now)), cis(2)]
    assert counts("group_main", files) == {"": 1, "5": 1}
    assert counts("group_any", files) == {"": 1, "5": 1, "8": 1}


@pytest.mark.parametrize(
    ("born", "band"),
    [
        (date(2002, 1, 1), "15"),
        (date(2001, 12, 31), "25"),
        (date(2012, 1, 1), "15"),
        (date(1950, 1, 1), "65"),
        (None, ""),
    ],
)
def test_age_is_that_of_the_last_day(born, band):
    assert age_band(born, date(2026, 12, 31)) == band


def test_who_died_ended_and_has_no_effect():
    files = [cis(1, end_reason="death", destination=""), cis(2, changes=2)]
    assert counts("end_reason", files) == {"completed": 1, "death": 1}
    assert counts("destination", files) == {"open_market": 1}
    assert counts("effects", files) == {
        "left": 1, "employment": 1, "social": 1, "both": 1, "independent": 0, "not_asked": 0,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("destination", "work", "kind"),
    [
        ("open_market", "employment", "employment"),
        ("open_market", "civil", "civil"),
        ("open_market", "", "open_market"),
        ("training", "internship", "internship"),
        # Who only learns does not work.
        ("training", "", ""),
        ("supported", "", "supported"),
        ("business", "", "business"),
        ("cooperative", "", "cooperative"),
        # Noted before the destination was corrected.
        ("business", "employment", "business"),
        ("open_market", "internship", "open_market"),
        ("inactive", "civil", ""),
        ("", "employment", ""),
    ],
)
def test_work_counts_by_its_kind(destination, work, kind):
    file = cis(1, destination=destination, work=work)
    assert counts("work", [file, cis(2, end_reason="death", destination="")]) == ({kind: 1} if kind else {})
    assert counts("work", [file], AFTER) == {}
    # Whoever never began has left nothing.
    assert counts("work", [cis(1, destination=destination, work=work, periods=())]) == {}


@settings(max_examples=60, deadline=None)
@given(st.lists(any_file(), max_size=12))
def test_whatever_the_files_the_tables_agree_with_each_other(files):
    found = statistics.count(files, (), YEAR)
    assert set(found) <= set(FIGURES)
    everybody = found["participants"].total
    for figure in ("group_main", "age", "education", "source"):
        # Each person stands in one row.
        assert sum(len(line) for line in found[figure].lines) == len(everybody)
        assert found[figure].total == everybody
    assert found["participants"].line("new") <= found["flow"].line("started") | everybody
    cohort = found["cohort"]
    for line in cohort.lines:
        assert line.people <= cohort.line("started")
    assert cohort.line("still_employed") <= cohort.line("employed") <= cohort.line("left")
    effects = found["effects"]
    assert effects.line("both") == effects.line("employment") & effects.line("social")
    work = found["work"]
    assert work.total - work.line("internship") <= effects.line("employment") <= work.total
    assert effects.line("social").isdisjoint(effects.line("not_asked")) or len(files) > len(
        {one.person for one in files}
    )
    assert found["flow"].line("employed") <= effects.line("employment") | {
        one.person for one in files if one.end_reason == graduates.DEATH
    }


def test_places_are_taken_on_the_average_of_the_days():
    ten = DateSpan(date(2026, 3, 1), date(2026, 3, 10))
    taken = [DateSpan(date(2026, 1, 1), None), DateSpan(date(2026, 3, 6), date(2026, 3, 8)), AFTER]
    assert statistics.on_average(taken, ten) == Decimal("1.3")
    assert statistics.on_average([], ten) == 0


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ([12, 7, 0], [12, 7, 0]),
        # One alone could be reckoned from the whole.
        ([12, 7, 3], [12, None, None]),
        ([12, 4, 3], [12, None, None]),
        # Two that together are two can only be one each.
        ([12, 1, 1, 8], [12, None, None, None]),
        ([4, 0], [None, 0]),
        ([], []),
    ],
)
def test_few_people_are_not_told_outside(counts, shown):
    assert statistics.covered(counts) == shown


@given(st.lists(st.integers(0, 30), max_size=8))
def test_what_is_covered_cannot_be_reckoned_from_the_whole(counts):
    shown = statistics.covered(counts)
    assert all(number is None or number == 0 or number >= statistics.FEWEST for number in shown)
    hidden = [number for number, one in zip(counts, shown, strict=True) if one is None]
    told = [number for number in shown if number]
    assert not hidden or not told or (len(hidden) > 1 and sum(hidden) >= statistics.FEWEST)


def test_every_figure_says_what_it_counts():
    assert len({one.title for one in FIGURES.values()}) == len(FIGURES)
    assert all(one.definition.endswith((".", ")")) for one in FIGURES.values())
