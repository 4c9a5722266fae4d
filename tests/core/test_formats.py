from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reintegration.core import formats
from reintegration.core.dates import Month
from reintegration.core.formats import (
    counted,
    distance,
    format_date,
    format_day_of_week,
    format_long_date,
    format_moment,
    format_money,
    format_month,
    format_month_locative,
    format_number,
    format_percent,
    format_size,
    format_span,
    format_table_date,
    format_table_moment,
    format_table_span,
    format_time,
    join_words,
    plural,
    weekday,
    weekday_short,
)
from reintegration.core.money import parse_money

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        ("1966.06", "1\u00a0966,06\u00a0zł"),
        ("0", "0,00\u00a0zł"),
        ("-214.07", "\u2212214,07\u00a0zł"),
        ("999.9", "999,90\u00a0zł"),
        ("1860000", "1\u00a0860\u00a0000,00\u00a0zł"),
        ("1E+3", "1\u00a0000,00\u00a0zł"),
        ("5.0000", "5,00\u00a0zł"),
    ],
)
def test_an_amount_has_a_comma_hard_spaces_and_a_real_minus(amount, text):
    assert format_money(Decimal(amount)) == text


def test_a_plus_stands_only_in_differences():
    assert format_money(Decimal("160.55"), plus=True, unit=False) == "+160,55"
    assert format_money(Decimal("0.00"), plus=True, unit=False) == "0,00"
    assert format_money(Decimal("-0.01"), plus=True, unit=False) == "\u22120,01"


def test_no_amount_is_a_dash():
    assert format_money(None) == format_number(None) == "–"


def test_an_amount_finer_than_a_grosz_is_refused_and_not_rounded():
    with pytest.raises(ValueError, match="round it where the law says so"):
        format_money(Decimal("53.517"))


@pytest.mark.parametrize("amount", [1.5, 1, True, "1,00"])
def test_only_a_decimal_is_money(amount):
    with pytest.raises(TypeError):
        format_money(amount)


@pytest.mark.parametrize("number", [Decimal("NaN"), Decimal("Infinity")])
def test_what_is_no_finite_number_is_refused(number):
    with pytest.raises(ValueError, match="finite"):
        format_number(number)


@given(st.decimals(min_value=-9999999999, max_value=9999999999, places=2))
def test_an_amount_reads_back_as_it_was_written(amount):
    assert parse_money(format_money(amount), negative=True) == amount


def test_numbers_are_grouped_by_three():
    assert format_number(1234567) == "1\u00a0234\u00a0567"
    assert format_number(1000) == "1\u00a0000"
    assert format_number(999) == "999"
    assert format_number(-5) == "\u22125"
    assert format_number(Decimal("3.50")) == "3,5"
    assert format_number(Decimal("3.5"), places=2) == "3,50"
    assert format_percent(Decimal("19.52")) == "19,52\u00a0%"


@pytest.mark.parametrize(
    ("size", "text"),
    [
        (0, "0 B"),
        (999, "999 B"),
        (1000, "1 kB"),
        (1234, "1,2 kB"),
        (340_000, "340 kB"),
        (999_499, "999 kB"),
        (999_500, "1 MB"),
        (1_200_000, "1,2 MB"),
        (5_000_000_000, "5 GB"),
    ],
)
def test_a_file_size_has_at_most_three_digits(size, text):
    assert format_size(size).replace("\u00a0", " ") == text


def test_the_year_falls_away_when_it_is_the_current_one():
    assert format_date(TODAY, today=TODAY) == "20 listopada"
    assert format_date(TODAY, today=date(2027, 1, 1)) == "20 listopada 2026"
    assert format_long_date(TODAY) == "20 listopada 2026"
    assert format_table_date(date(2026, 3, 1)) == "01.03.2026"
    assert format_day_of_week(date(2026, 11, 25), today=TODAY) == "środa, 25 listopada"


def test_an_instant_is_the_day_in_poland():
    soon_after_midnight = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
    assert format_date(soon_after_midnight, today=TODAY) == "23 listopada"
    assert format_long_date(soon_after_midnight) == "23 listopada 2026"
    assert format_table_date(soon_after_midnight) == "23.11.2026"
    assert format_day_of_week(soon_after_midnight, today=TODAY) == "poniedziałek, 23 listopada"


def test_no_date_is_a_dash():
    assert format_date(None, today=TODAY) == format_long_date(None) == format_table_date(None) == "–"
    assert format_moment(None, today=TODAY) == format_table_moment(None) == "–"


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        (date(2026, 10, 12), date(2026, 10, 14), "12–14 października"),
        (date(2026, 10, 12), date(2026, 10, 12), "12 października"),
        (date(2025, 10, 12), date(2025, 10, 14), "12–14 października 2025"),
        (date(2026, 9, 28), date(2026, 10, 3), "28 września – 3 października"),
        (date(2025, 9, 28), date(2025, 10, 3), "28 września – 3 października 2025"),
        (date(2025, 12, 28), date(2026, 1, 3), "28 grudnia 2025 – 3 stycznia 2026"),
        (date(2026, 3, 3), None, "od 3 marca"),
        (date(2025, 3, 3), None, "od 3 marca 2025"),
    ],
)
def test_a_span_says_each_part_once(first, last, text):
    assert format_span(first, last, today=TODAY) == text


def test_a_span_in_a_table_is_written_in_digits():
    assert format_table_span(date(2026, 10, 12), date(2026, 10, 14)) == "12.10.2026–14.10.2026"
    assert format_table_span(date(2026, 10, 12), date(2026, 10, 12)) == "12.10.2026"
    assert format_table_span(date(2026, 10, 12), None) == "od 12.10.2026"


def test_a_span_that_ends_before_it_begins_is_not_written():
    with pytest.raises(ValueError, match="ends"):
        format_span(TODAY, TODAY - timedelta(days=1), today=TODAY)


@pytest.mark.parametrize(
    ("days", "text"),
    [
        (0, "dziś"),
        (1, "jutro"),
        (2, "za 2 dni"),
        (3, "za 3 dni"),
        (21, "za 21 dni"),
        (-1, "wczoraj"),
        (-2, "2 dni temu"),
        (-30, "30 dni temu"),
    ],
)
def test_a_deadline_says_how_far_it_is(days, text):
    assert distance(TODAY + timedelta(days=days), today=TODAY) == text


@pytest.mark.parametrize(
    ("number", "form"),
    [
        (0, "osób"),
        (1, "osoba"),
        (2, "osoby"),
        (4, "osoby"),
        (5, "osób"),
        (11, "osób"),
        (12, "osób"),
        (14, "osób"),
        (21, "osób"),
        (22, "osoby"),
        (25, "osób"),
        (101, "osób"),
        (102, "osoby"),
        (111, "osób"),
        (112, "osób"),
        (122, "osoby"),
        (1012, "osób"),
        (-1, "osoba"),
        (-3, "osoby"),
    ],
)
def test_a_noun_follows_its_number(number, form):
    assert plural(number, "osoba", "osoby", "osób") == form


def test_a_counted_noun_stands_after_its_number():
    assert counted(5, "osoba", "osoby", "osób") == "5 osób"
    assert counted(1202, "osoba", "osoby", "osób") == "1\u00a0202 osoby"


def test_words_are_joined_as_in_a_sentence():
    assert join_words([]) == ""
    assert join_words(["a"]) == "a"
    assert join_words(["a", "b"]) == "a i b"
    assert join_words(["a", "b", "c"]) == "a, b i c"
    assert join_words(["a", "b"], conjunction="lub") == "a lub b"


def test_an_instant_is_shown_in_polish_time():
    assert format_time(datetime(2026, 11, 20, 9, 42, tzinfo=UTC)) == "10:42"
    assert format_time(datetime(2026, 7, 20, 8, 42, tzinfo=UTC)) == "10:42"
    assert format_table_moment(datetime(2026, 11, 20, 23, 30, tzinfo=UTC)) == "21.11.2026 00:30"


def test_an_instant_near_today_is_named():
    late = datetime(2026, 11, 19, 23, 5, tzinfo=UTC)
    assert format_moment(late, today=TODAY) == "dziś, 00:05"
    assert format_moment(late, today=date(2026, 11, 21)) == "wczoraj, 00:05"
    assert format_moment(late, today=date(2026, 11, 30)) == "20 listopada, 00:05"
    assert format_moment(late, today=date(2027, 11, 30)) == "20 listopada 2026, 00:05"


def test_an_instant_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="zone"):
        format_time(datetime(2026, 11, 20, 9, 42))


def test_months_and_weekdays_have_their_polish_names():
    assert format_month(Month(2026, 10)) == "październik 2026"
    assert f"w {format_month_locative(Month(2026, 10))}" == "w październiku 2026"
    assert weekday(TODAY) == "piątek"
    assert weekday_short(TODAY) == "pt."
    assert len({*formats.MONTHS, *formats.MONTHS_GENITIVE, *formats.MONTHS_LOCATIVE}) == 36
