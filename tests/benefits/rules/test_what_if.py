"""Another basis for the same calculator: what is asked comes true, and nothing else changes."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given

from benefits.explain.absences import Absence, next_absences
from benefits.explain.compare import compared
from benefits.explain.lines import explained
from benefits.explain.texts import Total
from benefits.rules.checks import BadBasis
from benefits.rules.codes import RowCode
from benefits.rules.facts import Basis, Participation
from benefits.rules.month import count_month
from benefits.rules.what_if import asked, question_of
from reintegration.core.dates import DateSpan
from reintegration.core.money import ZERO
from tests.benefits.rules.made import LAW, bases, basis


def benefit(of: Basis) -> Decimal:
    return count_month(of, LAW).benefit


def october(*days: int) -> tuple[date, ...]:
    return tuple(date(2025, 10, day) for day in days)


@given(bases())
def test_a_question_that_changes_nothing_pays_the_same(one: Basis):
    same = asked(one, question_of(one))
    assert count_month(same, LAW) == count_month(one, LAW)
    assert question_of(same) == question_of(one)


@given(bases())
def test_one_more_absence_pays_what_a_statement_says_of_the_next_one(one: Basis):
    one = replace(one, premium=ZERO)
    question = question_of(one)
    for found in next_absences(one, LAW):
        name = {Absence.UNEXCUSED: "unexcused", Absence.SICK: "sick", Absence.FREE: "free"}[found.kind]
        more = replace(question, **{name: getattr(question, name) + 1})
        assert benefit(asked(one, more)) == found.benefit
        assert question_of(asked(one, more)) == more


def test_fewer_absences_leave_the_first_ones():
    real = basis(unexcused=october(6, 7, 20), free=october(21), sick=(DateSpan(*october(8, 9)),))
    made = asked(real, replace(question_of(real), unexcused=2, free=0, sick=1))
    assert made.unexcused == october(6, 7)
    assert made.free == ()
    assert [span.first for span in made.sick] == list(october(8))


def test_a_leave_of_the_month_before_stays_whatever_is_asked():
    real = basis(sick=(DateSpan(date(2025, 9, 20), date(2025, 10, 5)),))
    made = asked(real, replace(question_of(real), sick=0))
    assert made.sick == (DateSpan(date(2025, 9, 20), date(2025, 9, 30)),)


def test_a_later_first_day_takes_away_what_lies_before_it():
    real = basis(
        participation=Participation(date(2025, 8, 1)), unexcused=october(6, 20), free=october(7, 21),
        sick=(DateSpan(*october(8, 9)),),
    )  # fmt: skip
    start = date(2025, 10, 9)
    made = asked(
        real, replace(question_of(real), start=start, granted_from=start, unexcused=1, free=0, sick=1)
    )
    assert made.unexcused == october(20)
    assert [span.first for span in made.sick] == [start]
    # All of the month is in the trial now.
    assert made.free == ()
    assert RowCode.TRIAL in {row.code for row in count_month(made, LAW).rows}


def test_more_days_than_the_month_has_are_refused():
    real = basis()
    with pytest.raises(BadBasis, match="nie ma tylu dni zajęć: bez wpisu zostaje 0 dni"):
        asked(real, replace(question_of(real), unexcused=23, free=1))
    trial = basis(participation=Participation(date(2025, 9, 20)))
    assert asked(trial, replace(question_of(trial), free=5)).free == october(20, 21, 22, 23, 24)


def test_a_grant_that_is_taken_away_pays_nothing():
    real = basis(premium=Decimal("50.00"))
    made = asked(real, replace(question_of(real), granted_from=None, premium=ZERO, pit2=True))
    assert benefit(made) == ZERO


@given(bases())
def test_what_is_compared_adds_up(one: Basis):
    other = asked(one, replace(question_of(one), unexcused=0, sick=0, free=0))
    pairs = compared(*(explained(count_month(each, LAW), each, LAW, "pl") for each in (one, other)))
    by_key = {pair.line.key: pair for pair in pairs}
    assert by_key[Total.BENEFIT].difference == benefit(other) - benefit(one)
    rows = [pair.difference for pair in pairs if isinstance(pair.line.key, RowCode)]
    assert sum(rows, ZERO) == by_key[Total.BENEFIT].difference
    assert pairs[-1].line.key is Total.TO_PAY
