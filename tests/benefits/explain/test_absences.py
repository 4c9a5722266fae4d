"""What one more absence would do is what the calculator says of a month that has it."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given

from benefits.explain.absences import Absence, next_absences, next_unexcused, on_day, told_absences
from benefits.explain.balances import told_balances
from benefits.rules.codes import RowCode
from benefits.rules.days import Calendar, due_span
from benefits.rules.facts import Basis, Participation
from benefits.rules.month import count_month
from ipzs.rules.codes import UnexcusedLimit
from reintegration.core.dates import DateSpan
from tests.benefits.explain.made import balances, october
from tests.benefits.rules.made import LAW, bases, basis, readings


def test_each_absence_is_told_with_what_it_costs():
    found = next_absences(basis(), LAW)
    assert [(one.kind, one.day, one.difference, one.forfeits) for one in found] == [
        (Absence.UNEXCUSED, date(2025, 10, 1), Decimal("-103.31"), False),
        (Absence.SICK, date(2025, 10, 1), Decimal("-51.66"), False),
        (Absence.FREE, date(2025, 10, 1), Decimal("0.00"), False),
    ]
    assert [text.replace("\u00a0", " ") for text in told_absences(found, "pl")] == [
        "Jeszcze jeden dzień bez usprawiedliwienia: świadczenie mniejsze o 103,31 zł.",
        "Jeszcze jeden dzień choroby ze zwolnieniem: świadczenie mniejsze o 51,66 zł.",
        "Jeszcze jeden dzień wolny: świadczenie bez zmian.",
    ]


def test_the_day_that_would_cost_the_month_says_so():
    unexcused, ill, _ = next_absences(basis(unexcused=october(1, 2, 3)), LAW)
    assert (unexcused.day, unexcused.forfeits, unexcused.benefit) == (
        date(2025, 10, 6),
        True,
        Decimal("0.00"),
    )
    assert not ill.forfeits
    assert "lost (−PLN\u00a01,756.34)" in told_absences([unexcused], "en")[0]


def test_a_month_that_is_lost_or_full_or_not_due_has_no_next_absence():
    assert next_absences(basis(unexcused=october(1, 2, 3, 6)), LAW) == ()
    assert next_absences(basis(sick=(DateSpan(date(2025, 10, 1), date(2025, 10, 31)),)), LAW) == ()
    assert next_absences(basis(granted_from=None), LAW) == ()


def test_no_free_day_is_promised_in_a_trial():
    trial = basis(participation=Participation(date(2025, 9, 15)))
    assert [(one.kind, one.day.day) for one in next_absences(trial, LAW)][-1] == (Absence.FREE, 15)
    only = basis(participation=Participation(date(2025, 10, 6)))
    assert [one.kind for one in next_absences(only, LAW)] == [Absence.UNEXCUSED, Absence.SICK]


def test_a_premium_at_its_cap_does_not_stop_the_question():
    """One more absence would push the cap below a premium that was granted already."""
    one = basis(readings=readings(premium_cap="due"))
    full = replace(one, premium=count_month(one, LAW).benefit)
    assert next_absences(full, LAW) == next_absences(one, LAW)


@given(bases())
def test_what_is_told_is_what_the_calculator_says(one: Basis):
    before = count_month(one, LAW)
    for found in next_absences(one, LAW):
        changed = {
            Absence.UNEXCUSED: replace(one, unexcused=(*one.unexcused, found.day)),
            Absence.SICK: replace(one, sick=(*one.sick, DateSpan.single(found.day))),
            Absence.FREE: replace(one, free=(*one.free, found.day)),
        }[found.kind]
        after = count_month(changed, LAW)
        assert (found.benefit, found.difference) == (after.benefit, after.benefit - before.benefit)
        assert found.forfeits == any(row.code is RowCode.FORFEITED for row in after.rows)
        assert found.day in (due_span(one) or ())
        assert Calendar(one.class_days).is_class_day(found.day)


def test_balances_are_told_in_the_form_that_their_number_needs():
    def free(left: int, language: str) -> str:
        return told_balances(balances(left), UnexcusedLimit.TOTAL, language)[0].value

    assert [free(left, "pl") for left in (1, 2, 5)] == [
        "Został 1 dzień wolny z 6.",
        "Zostały 2 dni wolne z 6.",
        "Zostało 5 dni wolnych z 6.",
    ]
    assert [free(left, "uk") for left in (1, 2, 5)] == [
        "Залишився 1 вільний день із 6.",
        "Залишилися 2 вільні дні з 6.",
        "Залишилося 5 вільних днів із 6.",
    ]
    assert [free(left, "en") for left in (1, 2)] == [
        "1 free day is left of 6.",
        "2 free days are left of 6.",
    ]


def test_used_up_exceeded_and_not_yet_given_are_told_apart():
    def sickness(left: int, **given: int) -> str:
        return told_balances(balances(left, **given), UnexcusedLimit.TOTAL, "en")[1].value

    assert sickness(0) == "The limit of sick days is used up: 21 of 21. No benefit is due for further days."
    assert sickness(-2) == "The limit of sick days is exceeded: 23, and the limit is 21."
    assert sickness(3, trial=1) == "The limit of sick days starts after the trial period."


def test_unexcused_days_are_told_as_the_unit_counts_them():
    in_a_row = told_balances(balances(1), UnexcusedLimit.CONSECUTIVE, "pl")[2]
    assert in_a_row.label == "Dni bez usprawiedliwienia z rzędu"
    assert in_a_row.value == "Było: 2. Świadczenie za miesiąc przepada, gdy z rzędu jest ich więcej niż 3."


def test_a_day_is_told_as_if_nothing_stood_on_it():
    """Marking the same day again, as anything, costs the same."""
    day = date(2025, 10, 3)
    bare = on_day(day, basis(), LAW)
    assert [(one.kind, one.difference) for one in bare] == [
        (Absence.UNEXCUSED, Decimal("-103.31")),
        (Absence.SICK, Decimal("-51.66")),
        (Absence.FREE, Decimal("0.00")),
    ]
    assert on_day(day, basis(unexcused=(day,)), LAW) == bare
    assert on_day(day, basis(free=(day,)), LAW) == bare
    assert [one.forfeits for one in on_day(day, basis(unexcused=october(1, 2, 3, 6)), LAW)] == [
        True,
        False,
        False,
    ]


def test_of_some_days_nothing_is_told():
    saturday, day = date(2025, 10, 4), date(2025, 10, 9)
    assert on_day(saturday, basis(), LAW) == ()
    assert on_day(day, basis(sick=(DateSpan(day, day),)), LAW) == ()
    assert on_day(day, basis(participation=Participation(date(2025, 10, 10))), LAW) == ()
    assert on_day(day, basis(unexcused=october(1, 2, 3, 6)), LAW) == ()


def test_the_next_unexcused_day_is_one_that_is_left():
    found = next_unexcused(date(2025, 10, 3), basis(unexcused=october(1, 2, 3)), LAW)
    assert found is not None
    assert (found.day, found.forfeits) == (date(2025, 10, 6), True)
    assert next_unexcused(date(2025, 10, 31), basis(), LAW) is None
    assert next_unexcused(date(2025, 10, 7), basis(unexcused=october(1, 2, 3, 6)), LAW) is None
