"""The labour office's notice to a welfare centre that has an account: a row there and a task on its desk."""

from uuid import UUID

from django.urls import reverse

from participants.models import OpsNotice, Referral
from participants.notice_kinds import referrals as kinds
from reintegration.core import clock
from reintegration.jobs.services import enqueue
from reintegration.notices.services import raise_task, settle_task
from reintegration.tenancy.scope import current_scope

NOTICE_JOB = "participants.ops_told"


def promise_notice(referral: Referral) -> None:
    """After a sending: who sends may not write at the centre, so a job does, first for the unit."""
    if referral.ops_id is not None and referral.ops_notified_on is not None:
        enqueue(
            kind=NOTICE_JOB,
            payload={"referral": referral.pk, "unit": referral.unit_id, "ops": referral.ops_id},
            key=f"ops:{referral.pk}:{referral.ops_id}",
        )


def write_notice(*, referral_id: UUID, ops_id: UUID) -> OpsNotice | None:
    """In the unit: what the centre is told; nothing of a referral that was given back meanwhile."""
    referral = Referral.objects.filter(pk=referral_id, ops=ops_id, ops_notified_on__isnull=False).first()
    if referral is None:
        return None
    place = " ".join(part for part in (referral.postcode, referral.town) if part)
    made: OpsNotice = OpsNotice.objects.get_or_create(
        referral=referral,
        sender_id=ops_id,
        defaults={
            "person_name": str(referral),
            "address": ", ".join(part for part in (referral.street, place) if part),
            "office_name": referral.sender_name,
            "notified_on": referral.ops_notified_on,
            "told_at": clock.now(),
        },
    )[0]
    return made


def put_on_desk(*, notice_id: UUID) -> None:
    """In the centre: a task until somebody has read it."""
    notice = OpsNotice.objects.filter(pk=notice_id, read_at__isnull=True).first()
    if notice is None:
        return
    raise_task(
        kind=kinds.OPS_TOLD.key,
        key=str(notice.pk),
        title=f"Zawiadomienie z urzędu pracy: {notice}",
        text=notice.office_name,
        link=reverse("participants:ops_notice", args=[notice.pk]),
        subject_id=notice.referral_id,
    )


def mark_read(*, notice_id: UUID) -> OpsNotice:
    """Somebody of the centre has read it; the first one stays written down."""
    rows = OpsNotice.objects.select_for_update(of=("self",)).filter(sender=current_scope().organisation_id)
    notice: OpsNotice = rows.get(pk=notice_id)
    if notice.read_at is None:
        notice.read_at, notice.read_by_id = clock.now(), current_scope().user_id
        notice.save(update_fields=["read_at", "read_by"])
    settle_task(kind=kinds.OPS_TOLD.key, key=str(notice.pk))
    return notice
