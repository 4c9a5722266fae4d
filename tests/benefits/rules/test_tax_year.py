"""Tax by the day of payment: December is January's, parts make the whole. All people are numbers."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from benefits.rules.law import Law
from benefits.rules.month import advance
from benefits.rules.tax_year import (
    Paid,
    by_month,
    due_at_office,
    due_at_person,
    due_on,
    holds_at_the_latest,
    year_by_month,
    year_by_person,
)
from reintegration.core.dates import Month
from reintegration.core.money import ZERO
from reintegration.law.sources import book_of_files

LAW = Law(book_of_files())
OCTOBER = Month(2026, 10)
FULL = Decimal("2140.68")


def paid(person: int, day: date, benefit: Decimal = FULL, premium: Decimal = ZERO, tax: str = "0") -> Paid:
    return Paid(person, day, benefit, premium, Decimal(tax))


def test_december_paid_in_january_is_of_the_new_year():
    found = [paid(1, date(2026, 12, 10), tax="257"), paid(1, date(2027, 1, 11), tax="257")]
    (old,), (new,) = year_by_person(2026, found), year_by_person(2027, found)
    assert (old.income, old.tax) == (new.income, new.tax) == (FULL, Decimal(257))
    assert [one.tax for one in year_by_month(2027, found)] == [Decimal(257), *[ZERO] * 11]


def test_a_month_counts_each_person_once_and_leaves_out_who_got_nothing():
    day = date(2026, 11, 10)
    rows = [paid(1, day, tax="257"), paid(1, day + timedelta(days=9)), paid(2, day), paid(3, day, ZERO)]
    (found,) = by_month(rows)
    assert (found.people, found.taxed) == (2, 1)
    assert (found.income, found.tax) == (3 * FULL, Decimal(257))
    assert {one.person for one in year_by_person(2026, rows)} == {1, 2}


def test_benefit_and_premium_are_one_income():
    (found,) = year_by_person(2026, [paid(1, date(2026, 11, 10), premium=Decimal("200.00"))])
    assert (found.benefit, found.premium, found.income) == (FULL, Decimal("200.00"), Decimal("2340.68"))


def test_a_deduction_makes_the_income_of_its_own_day_smaller():
    rows = [paid(1, date(2026, 10, 9)), paid(1, date(2026, 11, 10), FULL - Decimal("107.03"))]
    (found,) = year_by_person(2026, rows)
    assert [one.income for one in found.months] == [FULL, Decimal("2033.65")]


def test_the_terms_of_the_act():
    assert due_on(OCTOBER) == date(2026, 11, 20)
    # The twentieth of December is a Sunday, and so are the last days of January and February.
    assert due_on(Month(2026, 11)) == date(2026, 12, 21)
    assert due_on(Month(2026, 12)) == date(2027, 1, 20)
    assert (due_at_office(2026), due_at_person(2026)) == (date(2027, 2, 1), date(2027, 3, 1))
    assert due_at_person(2027) == date(2028, 2, 29)
    assert holds_at_the_latest(date(2026, 12, 31)) == Month(2027, 1)


grosze = st.integers(0, 10**6).map(lambda amount: Decimal(amount) / 100)
days = st.dates(date(2025, 11, 1), date(2028, 2, 28))


@given(st.lists(st.tuples(st.integers(1, 5), days, grosze, grosze, st.booleans()), max_size=40))
def test_people_and_months_make_the_same_year(rows: list[tuple[int, date, Decimal, Decimal, bool]]):
    found = [
        Paid(who, day, benefit, premium, advance(benefit + premium, pit2=pit2, month=OCTOBER, law=LAW))
        for who, day, benefit, premium, pit2 in rows
    ]
    for year in (2025, 2026, 2027, 2028):
        here = [one for one in found if one.paid_on.year == year]
        people, months = year_by_person(year, found), year_by_month(year, found)
        for name in ("income", "tax"):
            total = sum((getattr(one, name) for one in here), ZERO)
            assert sum((getattr(one, name) for one in people), ZERO) == total
            assert sum((getattr(one, name) for one in months), ZERO) == total
        for one in people:
            assert sum((part.tax for part in one.months), ZERO) == one.tax <= one.income
        # Advances are whole złoty, so is every sum of them.
        assert all(one.tax == one.tax.to_integral_value() for one in months)
