"""Supported employment by the calendar and to the grosz (art. 16), and older agreements by older rules."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benefits.rules import supported_work as rules
from benefits.rules.law import ALLOWANCE
from participants.rules.codes import PeriodKind
from participants.rules.stages import Period
from reintegration.core.calendar_pl import is_working_day
from reintegration.core.dates import DateSpan, Month
from reintegration.core.errors import InputError
from reintegration.core.money import ZERO
from tests.benefits.rules.made import LAW

TRIAL, MAIN, EXTENSION = PeriodKind
NOW = rules.terms(date(2026, 11, 2), LAW)
OLD = rules.terms(date(2021, 5, 4), LAW)


def periods(*spans: tuple[PeriodKind, str, str]) -> list[Period]:
    return [
        Period(kind, DateSpan(date.fromisoformat(first), date.fromisoformat(last)))
        for kind, first, last in spans
    ]


IN_CIS = periods((TRIAL, "2026-01-12", "2026-02-11"), (MAIN, "2026-02-12", "2027-01-11"))
IN_KIS = periods((MAIN, "2026-01-12", "2026-04-11"))
WITH_BREAK = periods((MAIN, "2026-01-01", "2026-03-31"), (MAIN, "2026-05-01", "2026-12-31"))


@pytest.mark.parametrize(
    ("found", "ended_on", "first"),
    [
        # Six months of classes, counted without the trial.
        (IN_CIS, None, "2026-08-12"),
        # Who left before goes by the end: after the participation.
        (IN_CIS, "2026-05-31", "2026-06-01"),
        (IN_CIS, "2026-08-11", "2026-08-12"),
        (IN_CIS, "2026-12-31", "2026-08-12"),
        # A KIS sets the length with each person; three months are over before six.
        (IN_KIS, None, "2026-04-12"),
        # 90 days, a break, and 90 more.
        (WITH_BREAK, None, "2026-07-30"),
        # A trial alone is not yet participation in classes.
        (IN_CIS[:1], "2026-02-11", None),
        (IN_CIS, "2026-02-11", None),
        ([], None, None),
    ],
)
def test_pup_may_refer_after_the_classes_or_after_six_months_of_them(
    found: list[Period], ended_on: str | None, first: str | None
) -> None:
    end = date.fromisoformat(ended_on) if ended_on else None
    day = rules.referral_from(found, end, LAW.count("early_referral_least", date(2026, 11, 2)))
    assert day == (date.fromisoformat(first) if first else None)


def test_until_the_end_a_referral_is_an_early_one() -> None:
    assert rules.end_of(IN_CIS, None) == date(2027, 1, 11)
    assert rules.end_of(IN_CIS, date(2026, 5, 31)) == date(2026, 5, 31)
    assert rules.end_of(IN_KIS, date(2026, 5, 31)) == date(2026, 4, 11)
    assert rules.end_of([], None) is None


@pytest.mark.parametrize(
    ("agreed_on", "least", "stages"),
    [
        ("2007-07-14", 12, [(3, "100"), (3, "80"), (6, "60")]),
        ("2022-02-14", 12, [(3, "100"), (3, "80"), (6, "60")]),
        ("2022-02-15", 6, [(6, "100")]),
        ("2026-11-02", 6, [(6, "100")]),
    ],
)
def test_the_day_of_the_agreement_says_by_which_rules_it_goes(
    agreed_on: str, least: int, stages: list[tuple[int, str]]
) -> None:
    found = rules.terms(date.fromisoformat(agreed_on), LAW)
    assert found.least == least
    assert [(one.months, one.share) for one in found.stages] == [
        (months, Fraction(share) / 100) for months, share in stages
    ]


def test_agreements_of_long_ago_are_not_settled_here() -> None:
    with pytest.raises(InputError, match="14.07.2007"):
        rules.terms(date(2007, 7, 13), LAW)


@pytest.mark.parametrize(
    ("since", "least", "refunded", "months"),
    [
        ("2026-11-01", "2027-04-30", "2027-04-30", 6),
        ("2026-11-16", "2027-05-15", "2027-05-15", 7),
        # The month has no 31st, so its last day stands for it.
        ("2026-08-31", "2027-02-27", "2027-02-27", 7),
    ],
)
def test_six_months_are_counted_from_the_first_day_of_work(
    since: str, least: str, refunded: str, months: int
) -> None:
    first = date.fromisoformat(since)
    assert rules.least_until(first, NOW).isoformat() == least
    until = rules.refund_until(first, NOW)
    assert until.isoformat() == refunded
    assert len(rules.months_of(first, until)) == months


@pytest.mark.parametrize(
    ("month", "since", "until", "found", "share"),
    [
        # Whole months, of whatever length.
        ("2026-12", "2026-11-16", "2027-05-15", NOW, "1"),
        ("2027-02", "2026-11-16", "2027-05-15", NOW, "1"),
        # The first and the last month by thirtieths: 15 days each.
        ("2026-11", "2026-11-16", "2027-05-15", NOW, "15/30"),
        ("2027-05", "2026-11-16", "2027-05-15", NOW, "15/30"),
        # Thirty days of a longer month are the whole allowance.
        ("2026-12", "2026-12-02", "2027-06-01", NOW, "1"),
        # Work that was broken off.
        ("2027-01", "2026-11-01", "2027-01-20", NOW, "20/30"),
        ("2027-02", "2026-11-01", "2027-01-20", NOW, "0"),
        ("2026-10", "2026-11-01", "2027-04-30", NOW, "0"),
        # The older rules, with a month in which one stage gives way to the next: 14 days of 31 at 100 %.
        ("2021-06", "2021-05-15", "2022-05-14", OLD, "1"),
        ("2021-08", "2021-05-15", "2022-05-14", OLD, "276/310"),
        ("2021-09", "2021-05-15", "2022-05-14", OLD, "8/10"),
        ("2022-04", "2021-05-15", "2022-05-14", OLD, "6/10"),
    ],
)
def test_how_much_of_the_allowance_a_month_may_bring(
    month: str, since: str, until: str, found: rules.Terms, share: str
) -> None:
    got = rules.share_of(
        Month.parse(month), since=date.fromisoformat(since), until=date.fromisoformat(until), found=found
    )
    assert got == Fraction(share)


@pytest.mark.parametrize(
    ("pay", "contributions", "share", "refunded", "with_it"),
    [
        # More than the allowance: its whole amount, and 1783,90 / 4806 of the contributions.
        ("4806.00", "861.72", "1", "1783.90", "319.85"),
        # Less: what was paid.
        ("1200.00", "215.16", "1", "1200.00", "215.16"),
        ("1783.90", "319.85", "1", "1783.90", "319.85"),
        # Nobody pays contributions from a pay that brings none.
        ("4806.00", "0.00", "1", "1783.90", "0.00"),
        # Half a month: half-up to a grosz.
        ("2403.00", "430.86", "1/2", "891.95", "159.93"),
        ("4806.00", "861.72", "0", "0.00", "0.00"),
        ("0.00", "0.00", "1", "0.00", "0.00"),
    ],
)
def test_the_refund_is_of_the_pay_up_to_the_cap_with_contributions_on_that_part(
    pay: str, contributions: str, share: str, refunded: str, with_it: str
) -> None:
    found = rules.refund(
        Decimal(pay), Decimal(contributions), share=Fraction(share), allowance=Decimal("1783.90")
    )
    assert (str(found.pay), str(found.contributions)) == (refunded, with_it)
    assert found.total == found.pay + found.contributions


def test_the_most_that_an_employer_is_told_goes_by_the_law_of_the_month() -> None:
    before, after = (rules.highest(Month(2026, number), Decimal("1.67"), LAW) for number in (5, 6))
    assert (str(before.pay), str(after.pay)) == ("1721.90", "1783.90")
    # 9,76 % + 6,5 % + 1,67 % of 1783,90, each to a grosz.
    assert str(after.contributions) == "319.85"
    assert str(rules.contributions_of(Decimal(4806), Decimal("1.67"), LAW, date(2026, 11, 1))) == "861.72"


@pytest.mark.parametrize(
    ("asked_on", "due"),
    [("2026-11-02", "2026-12-02"), ("2026-11-05", "2026-12-07"), ("2026-11-25", "2026-12-28")],
)
def test_pup_has_thirty_days_and_the_next_working_day(asked_on: str, due: str) -> None:
    assert rules.due_on(date.fromisoformat(asked_on), LAW).isoformat() == due


days = st.dates(date(2022, 3, 1), date(2030, 12, 31))
amounts = st.decimals(ZERO, Decimal(20_000), places=2)
rates = st.decimals(ZERO, Decimal("3.33"), places=2)


@given(since=days, length=st.integers(0, 200))
def test_together_the_months_bring_no_more_than_the_law_gives(since: date, length: int) -> None:
    until = min(rules.refund_until(since, NOW), since + timedelta(days=length))
    months = rules.months_of(since, until)
    shares = [rules.share_of(month, since=since, until=until, found=NOW) for month in months]
    assert all(0 < one <= 1 for one in shares)
    # Two incomplete months may have 31 days between them.
    assert sum(shares) <= NOW.refunded + Fraction(1, rules.DAYS_OF_MONTH)
    assert len(months) <= NOW.refunded + 1
    around = (months[0].previous, months[-1].next)
    assert all(rules.share_of(month, since=since, until=until, found=NOW) == 0 for month in around)


@given(since=days, length=st.integers(1, 180))
def test_a_day_more_of_work_never_brings_less(since: date, length: int) -> None:
    last = rules.refund_until(since, NOW)

    def whole(until: date) -> Fraction:
        found = min(until, last)
        return sum(
            (
                rules.share_of(month, since=since, until=found, found=NOW)
                for month in rules.months_of(since, found)
            ),
            Fraction(0),
        )

    day = since + timedelta(days=length)
    assert whole(day - timedelta(days=1)) <= whole(day)


@given(pay=amounts, more=amounts, rate=rates, share=st.fractions(0, 1), day=days)
def test_a_refund_is_never_above_the_pay_nor_the_cap_and_grows_with_the_pay(
    pay: Decimal, more: Decimal, rate: Decimal, share: Fraction, day: date
) -> None:
    month = Month.of(day)
    allowance = LAW.amount(ALLOWANCE, month.first)

    def of(amount: Decimal) -> rules.Refund:
        paid = rules.contributions_of(amount, rate, LAW, month.first)
        return rules.refund(amount, paid, share=share, allowance=allowance)

    found, larger = of(pay), of(pay + more)
    assert ZERO <= found.pay <= min(pay, found.cap)
    assert found.contributions <= rules.contributions_of(pay, rate, LAW, month.first)
    assert found.pay <= larger.pay
    # Three contributions are rounded by themselves: their part may differ by as many halves of a grosz.
    most = rules.contributions_of(found.cap, rate, LAW, month.first)
    assert found.contributions <= most + Decimal("0.03")


@given(asked_on=days)
def test_the_term_is_a_working_day_thirty_days_on_or_soon_after(asked_on: date) -> None:
    due = rules.due_on(asked_on, LAW)
    assert is_working_day(due)
    assert 30 <= (due - asked_on).days <= 35
