"""A year of fifty people: the books balance each month, and the year is what the statements are."""

from datetime import date
from decimal import Decimal

import pytest
from django.db.models import Sum

from benefits.enums import LedgerAccount as A
from benefits.enums import PublicKind
from benefits.models import Correction, FundLine, PaidLine, PayrollList, Premium, PublicPayment, Statement
from benefits.queries import ledger, public_money
from benefits.rules.month import PARTS
from ipzs.models import DayMark, SickLeave
from participants.models import Participation
from reintegration.core import slots
from tests.benefits.year.made import MONTHS, PEOPLE, YEAR, Year
from tests.cast import World

pytestmark = pytest.mark.django_db
SPAN = (date(YEAR, 1, 1), date(YEAR + 1, 12, 31))


def sums(rows: object, *names: str) -> Decimal:
    """What some columns make together."""
    found = rows.aggregate(**{name: Sum(name) for name in names})  # type: ignore[attr-defined]
    return sum((amount for amount in found.values() if amount is not None), Decimal("0.00"))


def test_a_year_of_fifty_people_balances(world: World, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(slots._filled, "participants.entry_conditions", [])
    year = Year(world, seed=2026)
    for month in MONTHS:
        year.live(month)
        with world.scope("cis", "ewa"):
            assert all(sum(one.amounts.values()) == 0 for one in ledger.by_month(month.next.first.year))
    with world.scope("cis", "ewa"):
        balances = {one.account: one.after for one in ledger.trial_balance(*SPAN)}
        statements, corrections = Statement.objects.all(), Correction.objects.all()
        assert balances[A.BENEFITS] == sums(statements, "benefit", "corrected")
        assert balances[A.PREMIUMS] == sums(statements, "premium")
        assert balances[A.CONTRIBUTIONS] == sums(statements, *PARTS) + sums(corrections, *PARTS)
        # Everybody has what is theirs: the people, ZUS, the tax office and the unit itself.
        assert [balances[one] for one in (A.PEOPLE, A.TAX, A.LABOUR_FUND)] == [0, 0, 0]
        # A month that was paid and came out lower paid for the next one by so much: nothing is left over.
        assert {one.left for kind in PublicKind for one in public_money.months_of(kind)} == {0}
        assert balances[A.ZUS] == 0
        assert PublicPayment.objects.filter(counted_from__isnull=False).exists()
        # Whoever owes more for the months before than the office is asked for, lowers what it gives.
        assert -balances[A.REFUNDS] == balances[A.BENEFITS] + balances[A.CONTRIBUTIONS]
        assert -balances[A.BANK] - balances[A.CASH] == balances[A.PREMIUMS] + balances[A.ZUS]
        assert all(row.state == "closed" for row in PayrollList.objects.order_by("month"))
        # An entitlement that came back was paid again once.
        again = PaidLine.objects.filter(attempt__gt=1)
        assert again.count() == PaidLine.objects.filter(state="returned").count() > 5
        assert set(again.values_list("state", flat=True).order_by("state")) == {"paid"}
        # What the year was made of: a year in which nothing happens shows nothing.
        assert Participation.objects.count() == PEOPLE
        assert min(
            DayMark.objects.filter(kind="unexcused").count(),
            SickLeave.objects.count(),
            Premium.objects.count(),
            corrections.count(),
            Participation.objects.filter(ended_on__isnull=False).count(),
            statements.filter(method="cash").count(),
            FundLine.objects.filter(kind="carried").count(),
        ) > 5  # fmt: skip
