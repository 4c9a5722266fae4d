"""The demo's Labour Fund: an agreement that holds, an application, and an agreement that is waited for."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from benefits.models import FundAgreement, PayrollList
from benefits.services.fund import agreements, applications
from reintegration.accounts.models import User
from reintegration.administration.demo_data import email_of
from reintegration.core import clock
from reintegration.core.demo import demo_id, demo_step
from reintegration.tenancy.scope import scope

UNIT = "nowymost"
ASKED: dict[str, Any] = {
    "office": "Powiatowy Urząd Pracy w Modrzewnie",
    "address": "",
    "mode": "refund",
    "remark": "",
}


@demo_step("the Labour Fund", order=102)
def load_fund() -> None:
    """The paid list is asked for; the agreement of the next year is not signed yet."""
    user = User.objects.get(email=email_of("ewa.jarzebina", UNIT))
    with scope(organisation_id=demo_id(f"organisation:{UNIT}"), user_id=user.pk, source="demo"):
        if FundAgreement.objects.exists():
            return
        today = clock.today()
        _signed(today)
        agreements.ask(asked_on=today - timedelta(days=19), places=24, **ASKED)
        paid = PayrollList.objects.filter(paid_on__isnull=False).order_by("-month").first()
        if paid is not None:
            made = applications.draw(list_id=paid.pk)
            applications.send(application_id=made.pk, sent_on=today)


def _signed(today: date) -> None:
    """From the last month of the year before on, whose refund is this year's."""
    row = agreements.ask(asked_on=date(today.year - 1, 10, 3), places=20, **ASKED)
    agreements.sign(
        agreement_id=row.pk, number="UM/12/FP", signed_on=date(today.year - 1, 11, 15),
        since=date(today.year - 1, 12, 1), until=date(today.year, 12, 31), places=20, mode="refund",
        apply_by=15, pays_within=30, attachments="", remark="", amount=Decimal("40000.00"),
    )  # fmt: skip
    agreements.set_budget(agreement_id=row.pk, year=today.year, amount=Decimal("480000.00"))
