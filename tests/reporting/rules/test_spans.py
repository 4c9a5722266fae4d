from datetime import date

import pytest

from reintegration.core.dates import DateSpan
from reporting.rules.spans import compared, known, presets


def span(first: str, last: str) -> DateSpan:
    return DateSpan(date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    ("first", "last", "how", "expected"),
    [
        ("2026-01-01", "2026-12-31", "rok", ("2025-01-01", "2025-12-31")),
        ("2026-01-01", "2026-11-22", "rok", ("2025-01-01", "2025-11-22")),
        ("2025-02-01", "2025-02-28", "rok", ("2024-02-01", "2024-02-29")),
        ("2024-02-01", "2024-02-29", "rok", ("2023-02-01", "2023-02-28")),
        ("2026-10-01", "2026-12-31", "poprzedni", ("2026-07-01", "2026-09-30")),
        ("2026-03-01", "2026-03-31", "poprzedni", ("2026-02-01", "2026-02-28")),
        ("2026-11-11", "2026-11-20", "poprzedni", ("2026-11-01", "2026-11-10")),
        ("2026-11-11", "2026-11-11", "poprzedni", ("2026-11-10", "2026-11-10")),
    ],
)
def test_a_span_is_compared_with_the_one_before(first, last, how, expected):
    assert compared(span(first, last), how) == span(*expected)


def test_nothing_is_compared_with_nothing():
    assert compared(span("2026-01-01", "2026-12-31"), "bez") is None


@pytest.mark.parametrize("other", [("2023-05-04", "2023-06-17"), ("2026-02-01", "2026-12-31")])
def test_any_other_span_is_compared_as_it_was_asked_for(other):
    """Also a longer one, and one that reaches into the first."""
    assert compared(span("2026-01-01", "2026-12-31"), "inny", span(*other)) == span(*other)


def test_an_other_span_counts_only_where_it_was_chosen():
    asked = span("2023-01-01", "2023-12-31")
    assert compared(span("2026-03-01", "2026-03-31"), "bez", asked) is None
    assert compared(span("2026-03-01", "2026-03-31"), "rok", asked) == span("2025-03-01", "2025-03-31")


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("2026-01-01", "2026-11-21", ("2026-01-01", "2026-11-21")),
        ("2026-01-01", "2026-11-22", ("2026-01-01", "2026-11-22")),
        ("2026-01-01", "2026-11-23", ("2026-01-01", "2026-11-22")),
        ("2026-12-01", "2026-12-31", ("2026-11-22", "2026-11-22")),
    ],
)
def test_what_is_planned_is_not_counted(first, last, expected):
    days = date.fromisoformat(first), date.fromisoformat(last)
    assert known(*days, date(2026, 11, 22)) == span(*expected)


def test_what_is_asked_for_most():
    assert dict(presets(date(2026, 1, 5))) == {
        "rok 2026": span("2026-01-01", "2026-12-31"),
        "rok 2025": span("2025-01-01", "2025-12-31"),
        "ten kwartał": span("2026-01-01", "2026-03-31"),
        "poprzedni kwartał": span("2025-10-01", "2025-12-31"),
        "ten miesiąc": span("2026-01-01", "2026-01-31"),
        "poprzedni miesiąc": span("2025-12-01", "2025-12-31"),
    }
