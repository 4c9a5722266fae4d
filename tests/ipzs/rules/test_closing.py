from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipzs.rules.balances import DayReadings, Mark, Opening, SickLeave, balances, kinds_by_day, period_on
from ipzs.rules.closing import NO_JOURNAL, Journal, findings, may_close
from ipzs.rules.codes import FindingCode, MarkKind, Severity, UnexcusedLimit
from reintegration.core.calendar_pl import working_days
from reintegration.core.dates import DateSpan, Month
from tests.ipzs.rules.course import LIMITS, LITERAL, facts, leave, near, openings, readings, spans

MONTH = Month(2026, 3)
CLASSES = frozenset(working_days(MONTH))
AFTER = date(2026, 4, 1)


def day(number):
    return date(2026, 3, number)


def whole(*marks, **more):
    """A month in which everybody was there, but for the marks given."""
    known = facts(*((each, "present") for each in sorted(CLASSES)), class_days=CLASSES, **more)
    for number, kind in marks:
        known = known.with_mark(Mark(day(number), MarkKind(kind)))
    return known


def told(known, *, today=AFTER, reading=LITERAL, month=MONTH, journal=NO_JOURNAL, speaks=False):
    return findings(
        known, month, today=today, limits=LIMITS, readings=reading, journal=journal, journal_speaks=speaks
    )


def codes(known, **more):
    return [one.code.value for one in told(known, **more)]


def test_a_month_with_a_mark_on_every_class_day_may_be_closed():
    assert told(whole()) == ()
    assert may_close(told(whole()))


def test_a_class_day_without_a_mark_blocks():
    (found,) = told(whole().without_mark(day(3)).without_mark(day(4)).without_mark(day(17)))
    assert (found.code, found.severity) == (FindingCode.UNMARKED, Severity.BLOCKS)
    assert found.sentence == "Brakuje wpisu: 3–4 i 17 marca."
    assert not may_close([found])


def test_a_leave_and_a_granted_day_speak_for_their_days():
    known = whole(leaves=(leave(day(9), day(10)),), granted=frozenset({day(12)}))
    for number in (9, 10, 12):
        known = known.without_mark(day(number))
    assert told(known) == ()


def test_a_mark_on_a_day_without_classes_blocks():
    (found,) = told(whole((7, "present")))
    assert found.code is FindingCode.NO_CLASS
    assert found.sentence.startswith("Wpis w dniu bez zajęć: 7 marca.")


def test_a_closed_unit_may_be_marked_on_any_day():
    assert told(whole((7, "closed"), (9, "closed"))) == ()
    assert told(whole((9, "closed"), leaves=(leave(day(9), day(9)),))) == ()


def test_sickness_may_be_marked_on_a_weekend_of_its_leave():
    known = whole((6, "sick"), (7, "sick"), leaves=(leave(day(6), day(8)),))
    assert told(known) == ()
    assert codes(whole((7, "sick"))) == ["no_class", "sick_without_leave"]


def test_a_leave_without_a_paper_blocks_for_its_days_of_the_month():
    bare = leave(date(2026, 2, 27), day(2), has_paper=False)
    (found,) = told(whole((2, "sick"), leaves=(bare,)))
    assert (found.code, found.days) == (FindingCode.NO_PAPER, (day(1), day(2)))
    assert codes(whole(leaves=(leave(date(2026, 2, 27), date(2026, 2, 28), has_paper=False),))) == []


def test_somebody_cannot_be_present_in_a_sick_leave():
    (found,) = told(whole((9, "sick"), leaves=(leave(day(9), day(10)),)))
    assert (found.code, found.days) == (FindingCode.MARK_IN_LEAVE, (day(10),))


@pytest.mark.parametrize(
    ("number", "kind", "journal", "blocks"),
    [
        (9, "unexcused", Journal(came=frozenset({day(9)})), True),
        (9, "excused", Journal(came=frozenset({day(9)})), True),
        (9, "closed", Journal(came=frozenset({day(9)})), True),
        (9, "present", Journal(came=frozenset({day(9)})), False),
        # After practice somebody may come to a class.
        (9, "employer", Journal(came=frozenset({day(9)})), False),
        (9, "employer", Journal(missed=frozenset({day(9)})), False),
        (9, "present", Journal(missed=frozenset({day(9)})), True),
        (9, "unexcused", Journal(missed=frozenset({day(9)})), False),
        (9, "present", Journal(came=frozenset({date(2026, 2, 27)})), False),
    ],
)
def test_a_day_and_the_journal_of_it_say_one_thing(number, kind, journal, blocks):
    found = told(whole((number, kind)), journal=journal)
    assert [one.code for one in found] == [FindingCode.JOURNAL] * blocks
    assert all(one.blocks and one.days == (day(number),) for one in found)


def test_presence_in_the_journal_contradicts_a_leave_that_speaks_for_its_days():
    known = whole(leaves=(leave(day(9), day(10)),)).without_mark(day(9)).without_mark(day(10))
    (found,) = told(known, journal=Journal(came=frozenset({day(10)})))
    assert found.sentence == "W dzienniku zajęć jest obecność, a dzień mówi co innego: 10 marca."


@pytest.mark.parametrize(
    ("journal", "speaks", "expected"),
    [
        (Journal(came=frozenset({day(9)})), True, []),
        (Journal(came=frozenset({day(9)})), False, ["unmarked"]),
        (Journal(came=frozenset({day(10)})), True, ["unmarked"]),
        # Who was at none of the classes is not marked by them.
        (Journal(missed=frozenset({day(9)})), True, ["unmarked"]),
    ],
)
def test_presence_at_a_class_speaks_for_its_day_where_the_journal_does(journal, speaks, expected):
    assert codes(whole().without_mark(day(9)), journal=journal, speaks=speaks) == expected


def test_a_journal_that_speaks_still_contradicts_a_mark():
    found = codes(whole((9, "unexcused")), journal=Journal(came=frozenset({day(9)})), speaks=True)
    assert found == ["journal"]


def test_two_leaves_of_one_day_block():
    ill = (leave(day(9), day(10)), leave(day(10), day(11)))
    (found,) = told(whole((9, "sick"), (10, "sick"), (11, "sick"), leaves=ill))
    assert (found.code, found.days) == (FindingCode.LEAVES_OVERLAP, (day(10),))


def test_sickness_needs_a_leave_and_a_free_day_a_consent():
    assert codes(whole((9, "sick"))) == ["sick_without_leave"]
    assert codes(whole((9, "free"))) == ["free_without_consent"]
    assert codes(whole((9, "free"), granted=frozenset({day(9)}))) == []


def test_a_seventh_free_day_blocks():
    taken = [(number, "free") for number in (2, 3, 4, 5, 6, 9, 10)]
    granted = frozenset(day(number) for number, _ in taken)
    (found,) = told(whole(*taken, granted=granted))
    assert (found.code, found.days) == (FindingCode.FREE_OVER, (day(10),))


def test_a_free_day_in_the_trial_blocks_with_its_own_words():
    trial_day = date(2026, 1, 20)
    known = facts((trial_day, "free"), granted=frozenset({trial_day}), class_days=frozenset({trial_day}))
    (found,) = told(known, month=Month(2026, 1))
    assert found.sentence.startswith("W okresie próbnym nie ma dni wolnych: 20 stycznia.")


def test_a_mark_outside_the_participation_blocks():
    (found,) = told(whole(ended_on=day(30)))
    assert (found.code, found.days) == (FindingCode.OUTSIDE, (day(31),))


def test_a_month_is_closed_after_its_last_classes():
    known = whole()
    assert codes(known, today=day(31)) == []
    (found,) = told(known, today=day(30))
    assert (found.code, found.days) == (FindingCode.FUTURE, (day(31),))
    assert codes(known.without_mark(day(31)), today=day(30)) == ["future"]


def test_sickness_known_ahead_is_no_mark_of_the_future():
    known = facts((day(7), "sick"), leaves=(leave(day(7), day(8)),))
    assert codes(known, today=day(6)) == []
    assert codes(facts((day(7), "present")), today=day(6)) == ["no_class", "future"]


def test_what_an_opening_speaks_for_asks_for_no_mark():
    known = facts(
        *((each, "present") for each in sorted(CLASSES) if each > day(16)),
        class_days=CLASSES,
        opening=Opening(until=day(16)),
    )
    assert told(known) == ()


def test_sickness_over_the_limit_is_lawful_and_shown():
    span = leave(date(2026, 2, 23), day(17))
    known = whole(*((each.day, "sick") for each in span.span if each.month == 3), leaves=(span,))
    (found,) = told(known)
    assert (found.code, found.severity) == (FindingCode.SICK_OVER, Severity.SHOWN)
    assert found.days == (day(16), day(17))
    assert "ponad limit 21 dni: 16–17 marca" in found.sentence
    assert may_close([found])


def test_a_forfeited_month_is_shown():
    known = whole(*((number, "unexcused") for number in (2, 3, 9, 12)))
    (found,) = told(known)
    assert (found.code, found.blocks) == (FindingCode.FORFEITED, False)
    assert found.sentence == (
        "W marcu 2026: 4 dni nieusprawiedliwione, więcej niż 3. "
        "Świadczenie za ten miesiąc nie przysługuje. (art. 15 ust. 7)"
    )
    assert told(known, reading=DayReadings(unexcused=UnexcusedLimit.CONSECUTIVE)) == ()


def test_a_free_day_lost_to_sickness_is_shown():
    known = whole((9, "sick"), leaves=(leave(day(9), day(10)),), granted=frozenset({day(10)}))
    (found,) = told(known.without_mark(day(10)))
    assert (found.code, found.blocks) == (FindingCode.FREE_IN_LEAVE, False)


def test_what_blocks_stands_before_what_is_shown():
    known = whole(*((number, "unexcused") for number in (2, 3, 9, 12)), (31, "sick"))
    assert codes(known) == ["sick_without_leave", "forfeited"]


# Properties

MONTHS = (Month(2026, 1), Month(2026, 2), Month(2026, 3), Month(2027, 1), Month(2027, 6))
marks = st.dictionaries(near, st.sampled_from([kind.value for kind in MarkKind]), max_size=25)
leaves = st.lists(st.builds(SickLeave, spans, st.booleans()), max_size=2).map(tuple)
months = st.sampled_from(MONTHS)


@st.composite
def people(draw):
    return facts(
        *draw(marks).items(),
        leaves=draw(leaves),
        granted=draw(st.frozensets(near, max_size=10)),
        class_days=draw(st.frozensets(near)),
        opening=draw(openings),
        ended_on=draw(st.none() | near.filter(lambda found: found >= date(2026, 1, 12))),
    )


@given(people(), months, near, readings)
def test_findings_are_about_days_of_the_month_and_read_as_sentences(known, month, today, reading):
    found = told(known, today=today, reading=reading, month=month)
    for one in found:
        assert all(each in month for each in one.days)
        assert list(one.days) == sorted(set(one.days))
        assert one.days or one.code is FindingCode.FORFEITED
        assert one.sentence.endswith((".", ")"))
    assert [one.blocks for one in found] == sorted((one.blocks for one in found), reverse=True)


@given(people(), months, readings)
def test_what_may_be_closed_says_one_thing_of_every_class_day(known, month, reading):
    """Once nothing blocks, the benefit has what its contract asks for (benefit-spec, section 2)."""
    known = replace(known, opening=None)
    last = date(2028, 1, 1)
    if not may_close(told(known, today=last, reading=reading, month=month)):
        return
    kinds = kinds_by_day(known)
    for each in month:
        if period_on(known, each) is None:
            assert known.mark_on(each) in {None, MarkKind.CLOSED}
            continue
        if each in known.class_days:
            assert each in kinds
        if kinds.get(each) is MarkKind.UNEXCUSED:
            assert each in known.class_days
        if known.mark_on(each) is MarkKind.SICK:
            assert any(each in one.span and one.has_paper for one in known.leaves)


@given(people(), months, readings)
def test_a_month_is_shown_as_forfeited_when_the_balance_says_so(known, month, reading):
    found = told(known, reading=reading, month=month)
    forfeits = balances(known, month.last, limits=LIMITS, readings=reading).forfeits
    assert (FindingCode.FORFEITED in {one.code for one in found}) is forfeits


@pytest.mark.parametrize("kind", MarkKind)
def test_each_kind_of_mark_on_a_free_sunday_is_judged(kind):
    blocked = not may_close(told(whole((8, kind.value))))
    assert blocked is (kind is not MarkKind.CLOSED)


def test_a_month_before_the_participation_has_nothing_to_close():
    known = facts(class_days=frozenset(DateSpan(date(2025, 12, 1), date(2025, 12, 5))))
    assert told(known, month=Month(2025, 12)) == ()
