"""Months in which everything happens that a statement has words for."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from benefits.explain.absences import next_absences, told_absences
from benefits.explain.balances import told_balances
from benefits.explain.lines import Belongs, explained, not_taken
from benefits.explain.totals import Settled
from benefits.rules.corrections import Applied, Change, Differs, Due
from benefits.rules.facts import Basis, Excused, Participation
from benefits.rules.month import NO_CONTRIBUTIONS, count_month
from benefits.rules.tax import Pit2, Relief, Together
from ipzs.rules.balances import Balance, Balances
from ipzs.rules.codes import BalanceKind, PayRule, UnexcusedLimit
from reintegration.core.dates import DateSpan, Month
from reintegration.core.money import ZERO
from reintegration.law.readings import READINGS
from tests.benefits.rules.made import LAW, basis, readings


def october(*days: int) -> tuple[date, ...]:
    return tuple(date(2025, 10, day) for day in days)


def sick(first: int, last: int, month: int = 10) -> tuple[DateSpan, ...]:
    return (DateSpan(date(2025, month, first), date(2025, month, last)),)


def excused(rule: PayRule, *days: int) -> tuple[Excused, ...]:
    return tuple(Excused(day, rule) for day in october(*days))


_TRIAL = Participation(date(2025, 9, 15))
_ABSENT: dict[str, Any] = {
    "unexcused": october(6, 20),
    "excused": (*excused(PayRule.PER_30, 7, 21), *excused(PayRule.FULL, 22)),
}


def months(**said: str) -> Iterator[Basis]:
    """With these answers of the unit, at least one month for each row and each sentence."""
    given = readings(**said)
    whole = basis(readings=given)
    yield whole
    yield replace(whole, **_ABSENT, sick=(*sick(1, 21, 7), *sick(8, 9)), free=october(23))
    yield replace(whole, **_ABSENT, participation=_TRIAL, granted_from=_TRIAL.start, sick=sick(8, 9))
    yield replace(whole, participation=_TRIAL, granted_from=_TRIAL.start)
    yield replace(whole, granted_from=date(2025, 10, 16), sick=sick(20, 21), premium=Decimal("50.00"))
    yield replace(whole, unexcused=october(6, 7, 8, 9))
    yield replace(whole, unexcused=october(6, 7, 8))
    # Few days due, and more to take off than they bring.
    yield replace(whole, granted_from=date(2025, 10, 29), unexcused=october(29, 30, 31), sick=())
    yield replace(whole, granted_from=None)
    yield replace(whole, granted_from=date(2025, 11, 3))
    yield basis("2025-01", readings=given)
    yield replace(whole, pit2=True)


def balances(left: int, **given: int) -> Balances:
    """The three with so many days left; below zero is over the limit."""

    def one(kind: BalanceKind, limit: int) -> Balance:
        return Balance(kind, limit, limit - min(left, limit), applies=not given.get("trial"))

    free, sickness = one(BalanceKind.FREE, 6), one(BalanceKind.SICK, 21)
    return Balances(free, sickness, Balance(BalanceKind.UNEXCUSED, 3, 3 - min(left, 3)))


def everything_said(language: str) -> set[str]:
    """Each text that a reader can meet."""
    said: set[str] = set()
    for key, spec in READINGS.items():
        for option in spec.options:
            for one in months(**{key: option.value}):
                said |= set(texts_of(one, language))
    for limit in UnexcusedLimit:
        for found in (*map(balances, (-1, 0, 1, 2, 3, 5)), balances(5, trial=1)):
            said |= {part for one in told_balances(found, limit, language) for part in (one.label, one.value)}
    for paid in corrected():
        one = basis()
        lines = explained(count_month(one, LAW), one, LAW, language, paid=paid)
        said |= {part for line in lines for part in (line.label, line.sentence)}
    return said


def applied(month: Month, difference: str, done: str, *differs: Differs) -> Applied:
    return Applied(Due(month, Decimal(difference), differs), Decimal(done), NO_CONTRIBUTIONS)


PIT2, OVER = Relief(Pit2(holds=True)), Relief(Pit2(over=True))


def corrected() -> Iterator[Settled]:
    """Months before, put right in every way and for every reason, and every way of a reduction."""
    september = Month(2025, 9)
    days = (date(2025, 8, 29), date(2025, 9, 1))
    for change in Change:
        paid_more = applied(september, "50.00", "50.00", Differs(change, days, days))
        yield Settled(ZERO, Decimal("2116.28"), PIT2, corrections=(paid_more,))
    parts = (applied(september, "-50.00", "-20.00"), applied(september, "-50.00", "0.00"))
    yield Settled(ZERO, Decimal("2046.28"), PIT2, corrections=parts)
    whole = Together(Decimal("4232.56"), Decimal("208.00"))
    yield Settled(ZERO, Decimal("2116.28"), PIT2, together=whole)
    # Reduced by what another payment of the month left, by nothing, and not after the end.
    for relief in (Relief(Pit2(holds=True), Decimal(257)), Relief(Pit2(holds=True), Decimal(300)), OVER):
        yield Settled(Decimal(17), Decimal("2099.28"), relief)


# The month of the benefit, the month of a payment, and one that has not come yet.
BELONGS = (
    Belongs(by_payment=False, month=Month(2025, 10)),
    Belongs(by_payment=True, month=Month(2025, 11)),
    Belongs(by_payment=True, month=None),
)


def texts_of(one: Basis, language: str) -> Iterator[str]:
    counted = count_month(one, LAW)
    for line in explained(counted, one, LAW, language):
        yield from (line.label, line.count, line.shown, line.sentence, line.article)
        for named in (*line.parameters, *line.readings):
            yield from (named.label, named.value)
    for belongs in BELONGS:
        yield from not_taken(counted, language, belongs, corrected=True)
    found = next_absences(one, LAW)
    yield from told_absences(found, language)
    # More than before: what a month pays in which a day over the limit is not a day due.
    yield from told_absences([replace(each, difference=-each.difference) for each in found], language)
    assert counted.benefit >= ZERO
