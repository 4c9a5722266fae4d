"""What holds for every month of every person, whatever the readings."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from benefits.cases import basis_of, document_of
from benefits.rules.checks import BadBasis
from benefits.rules.codes import Part, PayoutRounding, SickOver
from benefits.rules.days import Calendar, due_span, trial_end
from benefits.rules.facts import Basis, Excused, Opening, Participation
from benefits.rules.month import benefit_of_month, count_month
from ipzs.rules.codes import PayRule
from reintegration.core.dates import DateSpan
from reintegration.core.money import ZERO, grosz, up10
from tests.benefits.rules.made import LAW, START, bases, basis, readings


def most(one: Basis) -> Decimal:
    """The full benefit of the month, rounded as it is paid."""
    full = max(LAW.full(part, one.month.first, one.readings.rate_rounding) for part in Part)
    return grosz(full) if one.readings.payout_rounding is PayoutRounding.GROSZ else up10(full)


@given(bases())
def test_a_benefit_lies_between_nothing_and_the_full_one(one: Basis):
    assert ZERO <= count_month(one, LAW).benefit <= most(one)


@given(bases())
def test_rows_make_the_benefit(one: Basis):
    counted = count_month(one, LAW)
    assert sum((row.amount for row in counted.rows), ZERO) == counted.benefit
    assert (
        counted.refund == counted.benefit + counted.contributions.pension + counted.contributions.disability
    )
    assert counted.to_pay + counted.tax == counted.benefit + counted.premium


@given(bases())
def test_a_month_that_was_paid_is_counted_again_to_the_same_benefit(one: Basis):
    assert benefit_of_month(one, LAW) == count_month(one, LAW).benefit


@given(bases())
def test_a_stored_basis_gives_the_same_rows_for_ever(one: Basis):
    stored = json.loads(json.dumps(document_of(one)))
    again = basis_of(stored)
    assert document_of(again) == stored
    assert count_month(again, LAW) == count_month(one, LAW)


@given(bases(), st.data())
def test_one_more_absence_never_pays_more(one: Basis, data: st.DataObject):
    assume(one.readings.sick_over is not SickOver.DAYS_DUE)
    away = {*one.unexcused, *one.free, *(excused.day for excused in one.excused)}
    left = [day for day in one.month if day not in away and all(day not in leave for leave in one.sick)]
    assume(left)
    day = data.draw(st.sampled_from(left))
    more = [
        replace(one, sick=(*one.sick, DateSpan.single(day))),
        replace(one, excused=(*one.excused, Excused(day, PayRule.PER_30))),
        replace(one, excused=(*one.excused, Excused(day, PayRule.FULL))),
    ]
    if day in one.participation and Calendar(one.class_days).is_class_day(day):
        more.append(replace(one, unexcused=(*one.unexcused, day)))
    before = count_month(one, LAW).benefit
    assert [count_month(changed, LAW).benefit <= before for changed in more] == [True] * len(more)


@given(bases())
def test_a_whole_month_of_one_kind_without_absence_pays_the_full_benefit(one: Basis):
    start = min(one.participation.start, one.month.first)
    clean = replace(basis(str(one.month)), readings=one.readings, participation=Participation(start))
    clean = replace(clean, granted_from=start)
    end = trial_end(clean)
    assume(end < clean.month.first or end >= clean.month.last)
    assert due_span(clean) == clean.month.span
    part = Part.MAIN if end < clean.month.first else Part.TRIAL
    full = LAW.full(part, clean.month.first, clean.readings.rate_rounding)
    paid = grosz if clean.readings.payout_rounding is PayoutRounding.GROSZ else up10
    assert count_month(clean, LAW).benefit == paid(full)


def test_with_days_due_one_more_day_of_sickness_can_pay_more():
    """31 days without one are thirty: the day over the limit costs nothing, and pays for no class missed."""
    over = readings(sick_over="days_due")
    sick = (DateSpan(date(2025, 7, 1), date(2025, 7, 21)),)
    absent = basis(readings=over, sick=sick, excused=(Excused(date(2025, 10, 1), PayRule.PER_30),))
    ill = replace(absent, sick=(*sick, DateSpan.single(date(2025, 10, 1))), excused=())
    assert count_month(ill, LAW).benefit > count_month(absent, LAW).benefit


@given(bases(), st.data())
def test_two_absences_on_a_day_are_refused_by_its_date(one: Basis, data: st.DataObject):
    away = [
        *one.unexcused,
        *one.free,
        *(excused.day for excused in one.excused),
        *(s.first for s in one.sick),
    ]
    assume(away)
    day = data.draw(st.sampled_from(away))
    with pytest.raises(BadBasis, match=f"{day.day}.{day.month:02}.{day.year}|{day:%d.%m.%Y}"):
        count_month(replace(one, excused=(*one.excused, Excused(day, PayRule.FULL))), LAW)
    with pytest.raises(BadBasis):
        benefit_of_month(replace(one, excused=(*one.excused, Excused(day, PayRule.FULL))), LAW)


def test_a_rate_is_printed_and_never_counted_with():
    """1721.90 × 120 % ÷ 30 has three places; thirty of them are the full benefit to the grosz."""
    (row,) = count_month(basis(), LAW).rows
    assert (row.quantity, str(row.rate), str(row.amount)) == (30, "68.8760", "2066.28")
    assert LAW.full(Part.MAIN, date(2025, 10, 1), basis().readings.rate_rounding) == Fraction("2066.28")


def _ill(first: date, last: date, **given: object) -> Decimal:
    return count_month(basis(sick=(DateSpan(first, last),), **given), LAW).benefit


def test_days_used_up_before_the_unit_began_here_fill_the_pool():
    """19 of 21 days were used until September: of five in October two lie within the limit."""
    spent = Opening(date(2025, 9, 30), sick=19)
    first, last = date(2025, 10, 6), date(2025, 10, 10)
    shares = Fraction(2, 40) + Fraction(3, 30)
    full = LAW.full(Part.MAIN, date(2025, 10, 1), readings().rate_rounding)
    assert _ill(first, last, opening=spent) == grosz(full * (1 - shares))
    # One pool for all: what was used up on an extension counts too. A new pool does not know the old days.
    long = Participation(START, extension_from=date(2025, 9, 1))
    held = Opening(date(2025, 9, 30), sick=15, sick_extension=4)
    assert _ill(first, last, opening=held, participation=long) == grosz(full * (1 - shares))
    fresh = {"readings": readings(sick_pool="per_extension"), "participation": long}
    assert _ill(first, last, opening=held, **fresh) == grosz(full * (1 - Fraction(5, 40)))


def test_a_leave_that_the_opening_speaks_for_is_not_counted_twice():
    spent = Opening(date(2025, 9, 30), sick=21)
    within = DateSpan(date(2025, 9, 1), date(2025, 9, 21))
    told = basis(opening=spent, sick=(within,))
    assert count_month(told, LAW).benefit == count_month(basis(), LAW).benefit
