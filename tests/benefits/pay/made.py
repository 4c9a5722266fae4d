"""What somebody is paid by, made by the services themselves."""

from datetime import date
from typing import Any

from benefits.models import Grant
from benefits.services import pay
from participants.models import Participation
from reintegration.core.dates import Month
from tests.participants.participations.made import TRIAL, in_classes

ACCOUNT = "61109010140000071219812874"


def asked(file: Participation | None = None, on: date = TRIAL) -> Grant:
    return pay.apply(participation_id=(file or in_classes()).pk, asked_on=on)


def granted(file: Participation | None = None, since: date = TRIAL) -> Grant:
    row = asked(file, on=since)
    return pay.grant(grant_id=row.pk, granted_from=since, decided_on=since)


def payable(file: Participation, since: date = TRIAL, **way: Any) -> Participation:
    """Everything that a payment needs."""
    granted(file, since)
    given = {"method": "transfer", "account": ACCOUNT} | way
    pay.set_way(participation_id=file.pk, since=since, **given)
    pay.set_tax(participation_id=file.pk, since=Month.of(since), pit2=True, filed_on=since)
    pay.add_title(participation_id=file.pk, kind="benefit", since=since, until=None, registered_on=since)
    return file
