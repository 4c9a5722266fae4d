"""The demo's Labour Fund: an agreement that holds, an application, and an agreement that is waited for."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from benefits.models import FundAgreement, FundApplication, PayrollList
from benefits.queries import fund as queries
from benefits.services.fund import agreements, applications, receipts
from reintegration.accounts.models import User
from reintegration.administration.demo_data import email_of
from reintegration.core import clock
from reintegration.core.demo import demo_id, demo_step, moment_of
from reintegration.tenancy.scope import scope

UNIT = "nowymost"
# So long after an application its money came.
WITHIN = timedelta(days=20)
ASKED: dict[str, Any] = {
    "office": "Powiatowy Urząd Pracy w Modrzewnie",
    "address": "",
    "mode": "refund",
    "remark": "",
}


@demo_step("the Labour Fund", order=102)
def load_fund() -> None:
    """Every paid list is asked for, and the office has paid for all but the last one.

    The agreement of the next year is not signed yet.
    """
    user = User.objects.get(email=email_of("ewa.jarzebina", UNIT))
    with scope(organisation_id=demo_id(f"organisation:{UNIT}"), user_id=user.pk, source="demo"):
        if FundAgreement.objects.exists():
            return
        today = clock.today()
        since = _signed(today)
        agreements.ask(asked_on=today - timedelta(days=19), places=24, **ASKED)
        paid = PayrollList.objects.filter(paid_on__isnull=False, month__gte=since).order_by("month")
        sent = [_sent(row.pk, row.paid_on or today) for row in paid]
        for made in sent[:-1]:
            _refunded(made.pk, (made.sent_on or today) + WITHIN)


def _sent(list_id: UUID, day: date) -> FundApplication:
    with clock.frozen(moment_of(day)):
        made = applications.draw(list_id=list_id)
        return applications.send(application_id=made.pk, sent_on=day)


def _refunded(application_id: UUID, day: date) -> None:
    with clock.frozen(moment_of(day)):
        row = FundApplication.objects.select_related("agreement").get(pk=application_id)
        owed = queries.account_of(row.agreement).of(row).found.open
        receipts.receive(application_id=row.pk, day=day, amount=owed)
        applications.settle(application_id=row.pk)


def _signed(today: date) -> date:
    """From the last month of the year before on, whose refund is this year's."""
    row = agreements.ask(asked_on=date(today.year - 1, 10, 3), places=20, **ASKED)
    agreements.sign(
        agreement_id=row.pk, number="UM/12/FP", signed_on=date(today.year - 1, 11, 15),
        since=date(today.year - 1, 12, 1), until=date(today.year, 12, 31), places=20, mode="refund",
        apply_by=15, pays_within=30, attachments="", remark="", amount=Decimal("40000.00"),
    )  # fmt: skip
    agreements.set_budget(agreement_id=row.pk, year=today.year, amount=Decimal("480000.00"))
    return date(today.year - 1, 12, 1)
