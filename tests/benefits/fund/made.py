"""The Labour Fund, made by the services themselves. All names are invented."""

from datetime import date
from decimal import Decimal
from typing import Any

from benefits.enums import LedgerAccount
from benefits.models import FundAgreement, FundApplication, FundLine, PayrollList, Posting
from benefits.queries import fund as queries
from benefits.rules import fund as rules
from benefits.services import lists
from benefits.services.fund import agreements, applications
from reintegration.core import clock
from reintegration.core.dates import Month
from tests.benefits.lists import made
from tests.cast import World

OFFICE = "Powiatowy Urząd Pracy w Brzozowej"
TERMS: dict[str, Any] = {
    "since": date(2026, 1, 1), "until": date(2035, 12, 31), "places": 20, "mode": "refund",
    "apply_by": 15, "pays_within": 30, "attachments": "", "remark": "",
}  # fmt: skip
# Of one person for a whole month: 2140.68 and the four parts of its contributions.
FULL = Decimal("2729.79")


def asked(on: date = date(2025, 11, 3), **given: Any) -> FundAgreement:
    said = {"office": OFFICE, "address": "", "places": 20, "mode": "refund", "remark": ""} | given
    return agreements.ask(asked_on=on, **said)


def signed(amount: str = "100000.00", **terms: Any) -> FundAgreement:
    """Until long after today, with an amount for today's year too."""
    row = agreements.sign(
        agreement_id=asked().pk, number="UM/1/2026", signed_on=date(2025, 12, 15),
        amount=Decimal(amount), **TERMS | terms,
    )  # fmt: skip
    agreements.set_budget(agreement_id=row.pk, year=clock.today().year, amount=Decimal(amount))
    return row


def paid(world: World, month: Month = made.OCTOBER, on: date | None = None) -> PayrollList:
    """A list that went its whole way."""
    row = made.approved(world, month)
    with world.scope("cis", "ewa"):
        return lists.confirm_payment(list_id=row.pk, paid_on=on or clock.today(), without_file=True)


def sent(row: PayrollList) -> FundApplication:
    drawn = applications.draw(list_id=row.pk)
    return applications.send(application_id=drawn.pk, sent_on=clock.today())


def lines(row: FundApplication) -> list[FundLine]:
    return list(queries.lines_of(row))


def standing(row: FundApplication) -> rules.Standing:
    return queries.account_of(row.agreement).of(row).found


def balanced(agreement: FundAgreement) -> None:
    """The journal says of the office what the applications say."""
    assert queries.faults(queries.account_of(agreement)) == []


def posted_of(row: FundApplication) -> Decimal:
    """What the office owes for the list of an application by the journal, advances aside."""
    rows = Posting.objects.filter(
        entry__agreement=row.agreement_id,
        entry__payroll_list=row.payroll_list_id,
        account=LedgerAccount.LABOUR_FUND,
    )
    return sum(rows.values_list("amount", flat=True), Decimal(0))
