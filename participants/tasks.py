"""Work of this room that happens by itself or takes long."""

from typing import Any

from participants import referral_tasks  # noqa: F401 - declares its jobs
from participants.erasure import Followed, follow, to_follow
from participants.services.cards import plan_missing_follow_ups
from participants.services.exports import KIND, make_person_export
from participants.services.reminders import remind
from reintegration.core import clock
from reintegration.jobs.registry import job_handler
from reintegration.jobs.worker import Work
from reintegration.notices.sms import text_sender
from reintegration.tenancy.enums import OrganisationKind
from reintegration.tenancy.models import Organisation

SHARING = (OrganisationKind.UNIT, OrganisationKind.REFERRING_BODY)


@job_handler(KIND, title="Dane jednej osoby na żądanie", max_attempts=3)
def person_export(work: Work) -> dict[str, str]:
    return make_person_export(work)


@job_handler("participants.plan_follow_ups", title="Rozmowy po zakończeniu", in_steps=True)
def plan_follow_ups(work: Work) -> dict[str, Any]:
    today, planned = clock.today(), 0
    for organisation in Organisation.objects.filter(kind=OrganisationKind.UNIT).order_by("pk"):
        with work.step(organisation.pk):
            planned += plan_missing_follow_ups(today=today)
    return {"planned": planned}


@job_handler("participants.remind_daily", title="SMS-y o spotkaniach", in_steps=True)
def remind_daily(work: Work) -> dict[str, Any]:
    """Promise the text messages for tomorrow; nothing where no gateway sends them."""
    promised = 0
    if text_sender().sends:
        for organisation in Organisation.objects.filter(kind=OrganisationKind.UNIT).order_by("pk"):
            with work.step(organisation.pk):
                promised += remind(today=clock.today())
    return {"promised": promised}


@job_handler("participants.follow_erasures", title="Usunięcie danych po drugiej stronie", in_steps=True)
def follow_erasures(work: Work) -> dict[str, Any]:
    """Let the other side of each shared row erase what one side has erased; the keeper blanks later."""
    found: dict[Any, list[Followed]] = {}
    for organisation in Organisation.objects.filter(kind__in=SHARING).order_by("pk"):
        with work.step(organisation.pk):
            for one in to_follow():
                if one.organisation_id != organisation.pk:
                    found.setdefault(one.organisation_id, []).append(one)
    count = 0
    for organisation_id, erasures in sorted(found.items()):
        with work.step(organisation_id):
            count += sum(follow(one) for one in erasures)
    return {"followed": count}
