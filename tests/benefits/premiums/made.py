"""Premiums made by the services themselves."""

from decimal import Decimal
from typing import Any

from benefits.models import Premium
from benefits.services import premiums
from participants.models import Participation
from reintegration.core.dates import Month
from tests.benefits.lists.made import OCTOBER

WHY = "Prowadzi pracownię, gdy instruktor jest na szkoleniu."


def proposed(file: Participation, amount: str = "200.00", *, month: Month = OCTOBER, **given: Any) -> Premium:
    given = {"reason": WHY} | given
    return premiums.propose(participation_id=file.pk, month=month, amount=Decimal(amount), **given)


def granted(file: Participation, amount: str = "200.00", **given: Any) -> Premium:
    return premiums.grant(premium_id=proposed(file, amount, **given).pk)
