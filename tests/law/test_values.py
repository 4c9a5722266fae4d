"""Values of the law: exact, dated, and refused where there is none."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from reintegration.core.errors import InputError
from reintegration.law.enums import Unit
from reintegration.law.sources import book_of_files
from reintegration.law.values import NoValue, UnknownParameter, WrongUnit, parse, show

BOOK = book_of_files()


@pytest.mark.parametrize(
    ("day", "amount"),
    [
        (date(2014, 6, 1), "831.10"),
        (date(2018, 5, 31), "831.10"),
        (date(2018, 6, 1), "847.80"),
        (date(2019, 6, 1), "861.40"),
        (date(2020, 6, 1), "881.30"),
        (date(2020, 8, 31), "881.30"),
        (date(2020, 9, 1), "1200.00"),
        (date(2021, 6, 1), "1240.80"),
        (date(2022, 6, 1), "1304.10"),
        (date(2023, 6, 1), "1491.90"),
        (date(2024, 6, 1), "1662.00"),
        (date(2025, 6, 1), "1721.90"),
        (date(2026, 5, 31), "1721.90"),
        (date(2026, 6, 1), "1783.90"),
        (date(2031, 1, 1), "1783.90"),
    ],
)
def test_the_allowance_is_the_one_in_force_on_the_day(day, amount):
    assert BOOK.amount("allowance", on=day) == Decimal(amount)


@pytest.mark.parametrize(
    ("key", "before", "value", "day", "after"),
    [
        ("factor_trial", date(2021, 12, 31), Fraction(1, 2), date(2022, 1, 1), Fraction(6, 5)),
        ("factor_main", date(2021, 12, 31), Fraction(1), date(2022, 1, 1), Fraction(6, 5)),
        ("sick_days_limit", date(2022, 2, 14), 14, date(2022, 2, 15), 21),
        ("premium_cap", date(2022, 2, 14), Fraction(1, 2), date(2022, 2, 15), Fraction(1)),
        ("longest_extension", date(2021, 12, 31), 6, date(2022, 1, 1), 12),
    ],
)
def test_a_change_of_the_act_takes_effect_on_its_day(key, before, value, day, after):
    assert BOOK.value(key, on=before) == value
    assert BOOK.value(key, on=day) == after


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("unexcused_days_limit", 3),
        ("unexcused_fraction", Fraction(1, 20)),
        ("sick_fraction", Fraction(1, 40)),
        ("day_fraction", Fraction(1, 30)),
        ("free_days_main", 6),
        ("free_days_extension", 6),
        ("trial_length", 1),
        ("main_length", 11),
        ("weekly_hours_least", 30),
        ("weekly_hours_most", 40),
        ("disability_daily_hours_most", 7),
        ("disability_weekly_hours_most", 35),
        ("participants_per_leader", 10),
        ("programme_tail", 6),
        ("graduate_status", 6),
        ("pension_insured", Fraction(976, 10000)),
        ("pension_payer", Fraction(976, 10000)),
        ("disability_insured", Fraction(15, 1000)),
        ("disability_payer", Fraction(65, 1000)),
        ("tax_advance_rate", Fraction(12, 100)),
        ("tax_monthly_reduction", Decimal("300.00")),
    ],
)
def test_the_values_of_today_are_exact(key, value):
    found = BOOK.value(key, on=date(2026, 11, 20))
    assert (found, isinstance(found, float)) == (value, False)


def test_contributions_add_up_to_the_rates_of_the_act():
    day = date(2026, 11, 20)
    assert BOOK.share("pension_insured", on=day) * 2 == Fraction(1952, 10000)
    assert BOOK.share("disability_insured", on=day) + BOOK.share("disability_payer", on=day) == Fraction(
        8, 100
    )


def test_a_day_without_a_value_is_refused_by_parameter_and_day():
    with pytest.raises(NoValue, match=r"factor_trial.*23\.10\.2015"):
        BOOK.value("factor_trial", on=date(2015, 10, 23))


def test_rates_that_serve_every_month_serve_earlier_ones_too():
    assert BOOK.value("tax_advance_rate", on=date(2016, 1, 31)) == Fraction(12, 100)


def test_an_unknown_parameter_is_a_mistake_of_the_program():
    with pytest.raises(UnknownParameter):
        BOOK.value("alowance", on=date(2026, 1, 1))


def test_an_amount_is_not_taken_for_a_share():
    with pytest.raises(WrongUnit):
        BOOK.share("allowance", on=date(2026, 1, 1))


def test_a_day_of_the_year_becomes_a_date():
    assert BOOK.due_day("annual_report_due", year=2027) == date(2027, 3, 31)


def test_a_book_cannot_be_changed():
    with pytest.raises(TypeError):
        BOOK.parameters["allowance"] = None


@pytest.mark.parametrize(
    ("typed", "unit", "kept"),
    [
        ("1 783,90 zł", Unit.PLN, "1783.90"),
        ("1853", Unit.PLN, "1853.00"),
        ("9,76", Unit.PERCENT, "9.76"),
        ("120 %", Unit.PERCENT, "120"),
        ("12,00", Unit.PERCENT, "12"),
        ("1/20", Unit.FRACTION, "1/20"),
        (" 1 / 40 ", Unit.FRACTION, "1/40"),
        ("21", Unit.DAYS, "21"),
        ("31.03", Unit.YEARLY_DAY, "03-31"),
        ("20", Unit.DAY_OF_MONTH, "20"),
    ],
)
def test_a_value_is_read_as_people_type_it(typed, unit, kept):
    assert parse(typed, unit) == kept


@pytest.mark.parametrize(
    ("typed", "unit"),
    [
        ("1.783", Unit.PLN),
        ("-5", Unit.PLN),
        ("dużo", Unit.PERCENT),
        ("5000", Unit.PERCENT),
        ("1/0", Unit.FRACTION),
        ("0,05", Unit.FRACTION),
        ("2,5", Unit.DAYS),
        ("٣", Unit.DAYS),
        ("9" * 300, Unit.DAYS),
        ("32", Unit.DAY_OF_MONTH),
        ("31.02", Unit.YEARLY_DAY),
        ("", Unit.YEARLY_DAY),
    ],
)
def test_what_is_no_value_is_refused_with_a_sentence(typed, unit):
    with pytest.raises(InputError) as caught:
        parse(typed, unit)
    assert caught.value.message.endswith(".")


@pytest.mark.parametrize(
    ("kept", "unit", "shown"),
    [
        ("1783.90", Unit.PLN, "1 783,90 zł"),
        ("9.76", Unit.PERCENT, "9,76 %"),
        ("1/20", Unit.FRACTION, "1/20"),
        ("21", Unit.DAYS, "21 dni"),
        ("1", Unit.MONTHS, "1 miesiąc"),
        ("5", Unit.YEARS, "5 lat"),
        ("03-31", Unit.YEARLY_DAY, "31 marca"),
    ],
)
def test_a_value_is_shown_in_polish(kept, unit, shown):
    assert show(kept, unit).replace("\u00a0", " ") == shown
