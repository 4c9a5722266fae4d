import contextlib
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reintegration.core.dates import (
    DateSpan,
    Month,
    add_months,
    full_years,
    parse_date,
    total_days,
    union,
)
from reintegration.core.errors import InputError

TODAY = date(2026, 11, 20)

days = st.dates(date(2019, 12, 1), date(2020, 4, 30))
spans = st.tuples(days, days).map(lambda pair: DateSpan(min(pair), max(pair)))
open_or_closed = st.one_of(spans, days.map(DateSpan))
WINDOW = DateSpan(date(2019, 12, 1), date(2020, 4, 30))


def listed(*items):
    """The days themselves: the definition every operation is compared with."""
    return {day for item in items for day in (item.clip(WINDOW) or ())}


def test_a_span_counts_both_its_ends():
    assert DateSpan(date(2026, 10, 12), date(2026, 10, 14)).days == 3
    assert DateSpan.single(TODAY).days == 1
    assert list(DateSpan(date(2026, 2, 27), date(2026, 3, 1))) == [
        date(2026, 2, 27),
        date(2026, 2, 28),
        date(2026, 3, 1),
    ]


def test_a_span_that_ends_before_it_begins_is_refused():
    with pytest.raises(ValueError, match="cannot end"):
        DateSpan(date(2026, 10, 12), date(2026, 10, 11))


def test_an_instant_is_no_calendar_day():
    with pytest.raises(TypeError):
        DateSpan(datetime(2026, 10, 12, 8))
    with pytest.raises(TypeError):
        DateSpan(date(2026, 10, 12), datetime(2026, 10, 12, 8))


def test_an_open_span_has_neither_days_nor_a_list_nor_a_last_month():
    span = DateSpan(TODAY)
    assert span.is_open
    assert date.max in span
    with pytest.raises(ValueError, match="open"):
        _ = span.days
    with pytest.raises(ValueError, match="open"):
        iter(span)
    with pytest.raises(ValueError, match="open"):
        next(span.months())


@given(open_or_closed, open_or_closed)
def test_overlap_is_having_a_day_in_common(one, other):
    common = one.clip(other)
    assert one.overlaps(other) == other.overlaps(one) == (common is not None)
    assert one.overlaps(other) == bool(listed(one) & listed(other))
    assert listed(*filter(None, [common])) == listed(one) & listed(other)


@given(open_or_closed, st.lists(open_or_closed, max_size=4))
def test_subtracting_leaves_exactly_the_other_days(span, taken):
    left = span.subtract(*taken)
    assert listed(*left) == listed(span) - listed(*taken)
    assert union(left) == left
    assert not any(part.overlaps(other) for part in left for other in taken)


@given(st.lists(open_or_closed, max_size=6))
def test_a_union_keeps_every_day_and_leaves_gaps_between_its_parts(several):
    joined = union(several)
    assert listed(*joined) == listed(*several)
    for one, other in zip(joined, joined[1:], strict=False):
        assert not one.is_open
        assert (other.first - one.last).days > 1


@given(open_or_closed, open_or_closed)
def test_containing_is_leaving_nothing_over(one, other):
    assert one.contains(other) == (other.subtract(one) == [])


@given(spans)
def test_the_months_of_a_span_cut_it_without_loss(span):
    parts = [span.clip(month) for month in span.months()]
    assert None not in parts
    assert sum(part.days for part in parts) == span.days == total_days(parts)
    assert union(parts) == [span]


def test_spans_that_follow_one_another_touch_and_join():
    one = DateSpan(date(2024, 2, 1), date(2024, 2, 29))
    other = DateSpan(date(2024, 3, 1))
    assert one.touches(other)
    assert not one.overlaps(other)
    assert union([other, one]) == [DateSpan(date(2024, 2, 1))]


def test_the_last_day_of_the_calendar_is_a_day_like_any_other():
    to_the_end = DateSpan(date(9999, 12, 1), date.max)
    assert to_the_end.days == 31
    assert DateSpan(date(9999, 12, 1)).contains(to_the_end)
    assert not to_the_end.contains(DateSpan(date(9999, 12, 1)))
    assert DateSpan(date(9999, 12, 1)).subtract(to_the_end) == []
    assert list(to_the_end.months()) == [Month(9999, 12)]


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2026, 10, 15), 1, date(2026, 11, 15)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 3, 31), 0, date(2026, 3, 31)),
    ],
)
def test_adding_months_stops_at_the_end_of_a_shorter_month(start, months, end):
    assert add_months(start, months) == end


@given(st.dates(date(1900, 1, 1), date(2200, 1, 1)), st.integers(-400, 400))
def test_adding_months_lands_in_the_month_counted(day, months):
    moved = add_months(day, months)
    assert Month.of(moved) == Month.of(day).plus(months)
    assert moved.day == min(day.day, Month.of(moved).days)


def test_age_grows_on_the_birthday_and_after_29_february_on_1_march():
    assert full_years(date(1990, 11, 20), TODAY) == 36
    assert full_years(date(1990, 11, 21), TODAY) == 35
    assert full_years(date(2000, 2, 29), date(2018, 2, 28)) == 17
    assert full_years(date(2000, 2, 29), date(2018, 3, 1)) == 18


def test_a_month_knows_its_days_and_neighbours():
    month = Month.parse("2024-02")
    assert (month.first, month.last, month.days) == (date(2024, 2, 1), date(2024, 2, 29), 29)
    assert (month.previous, month.next) == (Month(2024, 1), Month(2024, 3))
    assert Month(2026, 12).next == Month(2027, 1)
    assert Month(2026, 1).previous == Month(2025, 12)
    assert str(month) == "2024-02"
    assert date(2024, 2, 29) in month
    assert date(2023, 2, 28) not in month
    assert sum(1 for _ in month) == 29
    assert Month(2025, 12) < Month(2026, 1)


@pytest.mark.parametrize(
    "text", ["2026-13", "2026-00", "2026-1", "26-01", "2026-11-01", "٢٠٢٦-11", "0000-01", ""]
)
def test_what_is_no_month_is_refused(text):
    with pytest.raises(ValueError, match="month"):
        Month.parse(text)


@given(st.dates(date(1, 1, 1), date.max))
def test_a_month_reads_back_what_it_writes(day):
    month = Month.of(day)
    assert Month.parse(str(month)) == month
    assert day in month


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("20.11.2026", date(2026, 11, 20)),
        ("1.3.26", date(2026, 3, 1)),
        (" 1. 3. 2026 r. ", date(2026, 3, 1)),
        ("1/3/2026", date(2026, 3, 1)),
        ("01-03-2026", date(2026, 3, 1)),
        ("1 3 26", date(2026, 3, 1)),
        ("2026-03-01", date(2026, 3, 1)),
        ("01032026", date(2026, 3, 1)),
        ("1.3.85", date(1985, 3, 1)),
        ("1.3.36", date(2036, 3, 1)),
        ("1.3.37", date(1937, 3, 1)),
        ("29.2.24", date(2024, 2, 29)),
    ],
)
def test_a_date_is_read_as_people_type_it(text, day):
    assert parse_date(text, today=TODAY) == day


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "Wpisz dzień"),
        ("wczoraj", "Wpisz dzień"),
        ("1.3.026", "Wpisz dzień"),
        ("1.13.2026", "Miesiąc ma numer od 1 do 12, wpisano 13."),
        ("29.2.2026", "Ten miesiąc ma dni od 1 do 28, wpisano 29."),
        ("0.2.2026", "wpisano 0"),
        ("1.1.0001", "Wpisz rok czterema cyframi"),
        ("١.٣.٢٠٢٦", "Wpisz dzień"),
        ("1.3.2026\x00", "Wpisz dzień"),
    ],
)
def test_a_date_that_does_not_exist_is_refused_with_the_reason(text, says):
    with pytest.raises(InputError, match=says):
        parse_date(text, today=TODAY)


@given(st.text(max_size=12))
def test_any_text_is_a_date_or_a_sentence(text):
    with contextlib.suppress(InputError):
        assert parse_date(text, today=TODAY).year >= 1000


@given(st.dates(TODAY - timedelta(days=365 * 88), TODAY + timedelta(days=365 * 10)))
def test_two_digits_of_a_year_mean_the_years_people_talk_about(day):
    assert parse_date(f"{day:%d.%m.%y}", today=TODAY) == day
