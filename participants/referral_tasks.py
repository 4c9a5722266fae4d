"""What is done about referrals in the name of the other organisation, and every morning in each."""

from typing import Any
from uuid import UUID

from django.urls import reverse

from participants.models import Referral
from participants.notice_kinds import referrals as kinds
from participants.queries.referrals import OPEN, stale
from participants.services.referrals.desk import IN_WORK, TELL_JOB, bring_up_to_date, page_of, tell_other_side
from participants.services.referrals.handing import HAND_JOB, take_over
from participants.services.referrals.notices import NOTICE_JOB, bring_to_desk, write_notices
from reintegration.core import clock
from reintegration.jobs.registry import job_handler
from reintegration.jobs.worker import Work
from reintegration.notices.services import notify
from reintegration.tenancy.enums import OrganisationKind
from reintegration.tenancy.models import Organisation

DAILY_JOB = "participants.referrals_daily"
# A term that passed long ago is old news: it stands on the desk and no more mails come of it.
NEWS_DAYS = 30
MOST_A_RUN = 200


@job_handler(TELL_JOB, title="Wiadomość o skierowaniu dla drugiej strony", in_steps=True)
def tell_about_referral(work: Work) -> None:
    """Bring the other organisation's desk up to date, and tell its people."""
    with work.step(UUID(work.payload["other"])):
        tell_other_side(referral_id=UUID(work.payload["referral"]), entry_id=UUID(work.payload["entry"]))


@job_handler(NOTICE_JOB, title="Zawiadomienie OPS o skierowaniu z urzędu pracy", in_steps=True)
def tell_centre(work: Work) -> None:
    """The rows are the unit's and each centre's, the tasks each centre's own."""
    with work.step(UUID(work.payload["unit"])):
        notices = write_notices(referral_id=UUID(work.payload["referral"]))
    for notice in notices:
        with work.step(notice.sender_id):
            bring_to_desk(notice_id=notice.pk)


@job_handler(HAND_JOB, title="Przekazanie skierowania innej jednostce", in_steps=True)
def hand_over_referral(work: Work) -> dict[str, Any]:
    """Let the receiving unit make its copy."""
    made = take_over(work, referral_id=UUID(work.payload["referral"]), unit_id=UUID(work.payload["unit"]))
    return {"referral": str(made)}


@job_handler(DAILY_JOB, title="Terminy skierowań", in_steps=True)
def look_at_terms(work: Work) -> None:
    """In each organisation: tasks whose day has come, a mail once for each term, and what lies still."""
    with work.step():
        rows = Organisation.objects.filter(
            kind__in=[OrganisationKind.UNIT, OrganisationKind.REFERRING_BODY], closed_on=None
        )
        organisations = list(rows.order_by("pk").values_list("pk", "kind"))
    for done, (organisation_id, kind) in enumerate(organisations, 1):
        with work.step(organisation_id):
            if kind == OrganisationKind.UNIT:
                _of_unit(organisation_id)
            else:
                _of_sender(organisation_id)
        work.progress(done, len(organisations))


def _of_unit(unit_id: UUID) -> None:
    today = clock.today()
    late = Referral.objects.filter(unit=unit_id, state__in=IN_WORK, opinion_due_on__lt=today)
    for referral in late.order_by("opinion_due_on", "pk")[:MOST_A_RUN]:
        bring_up_to_date(referral)
    if stale(today).exists():
        # Once a month, whatever their number.
        notify(
            kind=kinds.STALE.key,
            title="Skierowania, w których od trzech miesięcy nic się nie dzieje",
            link=reverse("participants:referral_list"),
            key=f"stale:{today:%Y-%m}",
        )


def _of_sender(body_id: UUID) -> None:
    today = clock.today()
    late = Referral.objects.filter(sender=body_id, state__in=OPEN, opinion_due_on__lt=today)
    fresh = [row for row in late.order_by("-opinion_due_on", "pk")[:MOST_A_RUN] if _is_news(row, today)]
    for referral in fresh:
        notify(
            kind=kinds.OPINION_LATE.key,
            title=f"Minął termin opinii: {referral}",
            link=page_of(referral, unit=False),
            key=f"{referral.pk}:{referral.opinion_due_on}",
            subject_id=referral.pk,
        )


def _is_news(referral: Referral, today: Any) -> bool:
    return bool((today - referral.opinion_due_on).days <= NEWS_DAYS)
