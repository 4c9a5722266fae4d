"""Ways to work at every step, made by the services themselves. All names are invented."""

from datetime import date
from decimal import Decimal
from typing import Any

from benefits.models import SupportedJob, SupportedMonth
from benefits.services import supported, supported_refunds
from participants.models import Participation, Period
from reintegration.core.dates import Month
from tests.participants.participations.made import candidate, ended

TODAY = date(2026, 11, 20)
# Classes ended in the spring, and the work began with September.
ENDED, SENT, REFERRED, AGREED, SINCE = (
    date(2026, 6, 30), date(2026, 7, 6), date(2026, 8, 3), date(2026, 8, 20), date(2026, 9, 1),
)  # fmt: skip
UNTIL = date(2027, 2, 28)
EMPLOYER, POSITION, PUP = "Tartak Jodła sp. z o.o.", "pomocnik stolarza", "PUP w Modrzewnie"
FULL, WITH_IT = Decimal("1783.90"), Decimal("2103.75")
MONTHS = [Month(2026, 9), Month(2026, 10), Month(2026, 11)]


def graduate(name: str = "Marek Dąbek", **given: Any) -> Participation:
    return ended(name, on=ENDED, **given)


def drafted(file: Participation | None = None, **given: Any) -> SupportedJob:
    said = {
        "place": "employer", "pup_name": PUP, "employer_name": EMPLOYER, "position": POSITION, "reason": "",
    }  # fmt: skip
    return supported.propose(participation_id=(file or graduate()).pk, **said | given)


def sent(file: Participation | None = None, on: date = SENT, **given: Any) -> SupportedJob:
    row = drafted(file, **given)
    signed = {"manager_on": on, "participant_on": on} if row.unit_type == "CIS" else {}
    return supported.send(job_id=row.pk, sent_on=on, social_worker_on=on, **signed)


def referred(file: Participation | None = None, **given: Any) -> SupportedJob:
    row = sent(file, **given)
    return supported.refer(job_id=row.pk, answered_on=REFERRED, employer_name=EMPLOYER, position=POSITION)


def agreement(**given: Any) -> dict[str, Any]:
    said: dict[str, Any] = {
        "agreed_on": AGREED, "agreement_number": "ZW/7/2026", "since": SINCE, "until": UNTIL,
        "monthly_pay": Decimal(4806), "de_minimis_note": "",
    }  # fmt: skip
    return said | given


def agreed(file: Participation | None = None, **given: Any) -> SupportedJob:
    return supported.agree(job_id=referred(file).pk, **agreement(**given))


def working(file: Participation | None = None, **given: Any) -> SupportedJob:
    row = agreed(file, **given)
    return supported.start(job_id=row.pk, since=row.since, until=row.until)


def prepared(job: SupportedJob, month: Month = MONTHS[0], **given: Any) -> SupportedMonth:
    said = {"pay": Decimal(4806), "contributions": None} | given
    return supported_refunds.prepare(job_id=job.pk, month=month, **said)


def asked(job: SupportedJob, month: Month = MONTHS[0], on: date = date(2026, 10, 5)) -> SupportedMonth:
    return supported_refunds.ask(refund_id=prepared(job, month).pk, asked_on=on)


def paid(job: SupportedJob, month: Month = MONTHS[0], amount: Decimal = WITH_IT) -> SupportedMonth:
    row = asked(job, month)
    return supported_refunds.pay(refund_id=row.pk, paid_on=date(2026, 11, 2), paid=amount)


def in_club(name: str = "Marek Dąbek") -> Participation:
    """Somebody whose time in a club is over; its length was set with the person."""
    file = candidate(name, opened_on=date(2026, 1, 5))
    Period.objects.create(
        participation=file, person_id=file.person_id, kind="main", since=date(2026, 1, 12), until=ENDED
    )
    return file
