"""How a programme ends, and until when a decision can be complained of."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipzs.rules.endings import (
    COMPLAINT_DAYS,
    DECIDED,
    ENDING_NAMES,
    WORK_NAMES,
    End,
    Ending,
    Field,
    WorkKind,
    complaint,
    end_problems,
    end_remarks,
    endings,
    instruction,
    is_binding,
    issue_problems,
    needed,
    needs_decision,
    participation_reason,
)
from participants.enums import EndReason
from participants.rules.codes import UnitType
from reintegration.core.calendar_pl import is_working_day
from tests.ipzs.programmes_rules.made import FIRST, LAST, ONE

CIS, KIS = UnitType
ON = date(2027, 3, 15)

ENDS = {
    Ending.BREACH: End(
        Ending.BREACH,
        ON,
        number="CIS.1.2027",
        decided_on=date(2027, 3, 10),
        reasons="Trzeci raz praca pod wpływem alkoholu.",
        instructed=True,
        delivered_on=date(2027, 3, 12),
    ),
    Ending.STATEMENT: End(Ending.STATEMENT, ON, statement_on=ON),
    Ending.WORK: End(Ending.WORK, ON, work_kind=WorkKind.EMPLOYMENT, work_started_on=date(2027, 3, 1)),
    Ending.PERIOD_OVER: End(Ending.PERIOD_OVER, LAST),
    Ending.CONTRACT_FULFILLED: End(Ending.CONTRACT_FULFILLED, ON),
    Ending.OTHER: End(Ending.OTHER, ON, reasons="Przeprowadzka do innego miasta."),
}
ENDS[Ending.ABANDONMENT] = replace(ENDS[Ending.BREACH], ending=Ending.ABANDONMENT)


def found(end, unit_type=CIS, **more):
    return end_problems(end, unit_type=unit_type, since=FIRST, **({"period_until": LAST} | more))


@pytest.mark.parametrize("unit_type", UnitType)
@pytest.mark.parametrize("ending", Ending)
def test_an_end_with_all_it_needs_is_accepted(ending, unit_type):
    assert found(ENDS[ending], unit_type) == ()
    assert end_remarks(ENDS[ending]) == ()


@pytest.mark.parametrize(
    ("unit_type", "ending", "field"),
    [(unit, ending, field) for unit in UnitType for ending in Ending for field in needed(ending, unit)],
)
def test_each_missing_field_is_named(unit_type, ending, field):
    empty = {"reasons": " ", "number": "", "instructed": False}.get(field)
    (problem,) = found(replace(ENDS[ending], **{field: empty}), unit_type)

    assert problem.field == field
    assert problem.sentence.endswith((".", ")"))


def test_only_a_centre_decides_and_only_on_breach_and_abandonment():
    assert {one for one in Ending if needs_decision(one, CIS)} == DECIDED
    assert not any(needs_decision(one, KIS) for one in Ending)
    assert needed(Ending.BREACH, KIS) == (Field.REASONS,)


def test_a_contract_is_fulfilled_only_in_a_club():
    assert Ending.CONTRACT_FULFILLED not in endings(CIS)
    assert set(endings(KIS)) == set(Ending)


def test_a_decision_is_issued_before_it_is_delivered():
    issued = replace(ENDS[Ending.BREACH], delivered_on=None)

    assert issue_problems(issued) == ()
    (problem,) = found(issued)
    assert problem.field == Field.DELIVERED_ON
    assert [one.field for one in issue_problems(End(Ending.BREACH, ON))] == [
        Field.NUMBER,
        Field.DECIDED_ON,
        Field.REASONS,
        Field.INSTRUCTED,
    ]


@pytest.mark.parametrize(
    ("ending", "change", "field"),
    [
        (Ending.STATEMENT, {"statement_on": ON + ONE}, "statement_on"),
        (Ending.BREACH, {"delivered_on": date(2027, 3, 9)}, "delivered_on"),
        (Ending.OTHER, {"ended_on": FIRST - ONE}, "ended_on"),
        (Ending.OTHER, {"ended_on": LAST + ONE}, "ended_on"),
        (Ending.PERIOD_OVER, {"ended_on": LAST - ONE}, "ended_on"),
        (Ending.WORK, {"ended_on": date(2027, 9, 2)}, "ended_on"),
        (Ending.WORK, {"ended_on": date(2027, 2, 28)}, "ended_on"),
        (Ending.WORK, {"work_started_on": FIRST - ONE}, "work_started_on"),
    ],
)
def test_days_that_cannot_be_are_named_at_their_field(ending, change, field):
    (problem,) = found(replace(ENDS[ending], **change))
    assert problem.field == field


def test_work_lets_a_programme_run_past_the_planned_period():
    late = replace(ENDS[Ending.WORK], work_started_on=LAST, ended_on=LAST + timedelta(days=90))
    assert found(late) == ()


def test_a_period_without_a_last_day_does_not_end_by_itself():
    (problem,) = found(ENDS[Ending.PERIOD_OVER], period_until=None)
    assert "nie ma ostatniego dnia" in problem.sentence
    assert found(replace(ENDS[Ending.OTHER], ended_on=LAST + ONE), period_until=None) == ()


def test_an_end_before_the_delivery_is_remarked():
    (sentence,) = end_remarks(replace(ENDS[Ending.BREACH], ended_on=date(2027, 3, 11)))
    assert "12.03.2027" in sentence


def test_the_participation_ends_for_the_same_reason():
    for ending in Ending:
        for work in WorkKind:
            reason = participation_reason(ending, work)
            assert reason in EndReason.values or ending is Ending.OTHER
    assert participation_reason(Ending.WORK, WorkKind.COOPERATIVE) == EndReason.COOPERATIVE
    assert participation_reason(Ending.WORK) is None


def test_every_end_has_its_words():
    assert set(ENDING_NAMES) == set(Ending)
    assert set(WORK_NAMES) == set(WorkKind)


# The complaint


@pytest.mark.parametrize(
    ("delivered", "until"),
    [
        # 14 April 2027 is a Wednesday.
        (date(2027, 3, 15), date(2027, 4, 14)),
        # Saturday 17 April: Monday.
        (date(2027, 3, 18), date(2027, 4, 19)),
        # Saturday 1 May and Monday 3 May are holidays: Tuesday.
        (date(2027, 4, 1), date(2027, 5, 4)),
        # Corpus Christi, Thursday 27 May: Friday.
        (date(2027, 4, 27), date(2027, 5, 28)),
        # 24 December is free from 2025, then Christmas and a Sunday: Monday 28 December.
        (date(2026, 11, 24), date(2026, 12, 28)),
        # Over the end of February.
        (date(2028, 1, 30), date(2028, 2, 29)),
    ],
)
def test_a_complaint_has_thirty_days_and_ends_on_a_working_day(delivered, until):
    term = complaint(delivered)

    assert term.until == until
    assert term.binding_from == until + ONE


@given(st.dates(date(2020, 1, 1), date(2040, 12, 31)))
def test_the_term_moves_only_over_days_that_are_free(delivered):
    plain = delivered + timedelta(days=COMPLAINT_DAYS)
    until = complaint(delivered).until

    assert is_working_day(until)
    assert plain <= until
    between = (plain + timedelta(days=more) for more in range((until - plain).days))
    assert not any(is_working_day(day) for day in between)


def test_a_decision_is_binding_when_the_term_passed_without_a_complaint():
    delivered = date(2027, 3, 15)

    assert not is_binding(delivered, date(2027, 4, 14))
    assert is_binding(delivered, date(2027, 4, 15))
    assert not is_binding(delivered, date(2030, 1, 1), complained=True)
    assert not is_binding(None, date(2030, 1, 1))


def test_the_instruction_names_the_court_and_the_term():
    assert "wojewódzkiego sądu administracyjnego" in instruction()
    assert f"{COMPLAINT_DAYS} dni od dnia doręczenia" in instruction()
