"""The labour office's notice to a welfare centre that has an account: a row there and a task on its desk."""

from datetime import date
from uuid import UUID

from django.db.models import F
from django.urls import reverse

from participants.models import OpsNotice, Referral, ReferralEntry
from participants.notice_kinds import referrals as kinds
from reintegration.core import clock
from reintegration.jobs.services import enqueue
from reintegration.notices.services import notify, raise_task, settle_task
from reintegration.tenancy.scope import current_scope

NOTICE_JOB = "participants.ops_told"


def promise_notice(referral: Referral, entry: ReferralEntry) -> None:
    """After a sending: who sends may not write at a centre, so a job does, first for the unit.

    Also when no account is named: one may have been before.
    """
    if referral.ops_notified_on is not None:
        enqueue(
            kind=NOTICE_JOB,
            payload={"referral": referral.pk, "unit": referral.unit_id},
            key=f"ops:{entry.pk}",
        )


def write_notices(*, referral_id: UUID) -> list[OpsNotice]:
    """In the unit: the centre that is named is told, and one that was named before is told no longer.

    Nothing changes while a referral that was given back waits to be sent again.
    """
    referral = Referral.objects.select_for_update(of=("self",)).filter(pk=referral_id).first()
    if referral is None or referral.ops_notified_on is None:
        return []
    told = OpsNotice.objects.filter(referral=referral)
    # Whose the person is not has no need to know where they live.
    before = told.filter(taken_back_at__isnull=True).exclude(sender=referral.ops_id)
    before.update(taken_back_at=clock.now(), address="")
    if referral.ops_id is not None:
        known = told.filter(sender=referral.ops_id).first()
        _write(referral, known, notified_on=referral.ops_notified_on)
    return list(told.order_by(F("taken_back_at").asc(nulls_last=True), "pk"))


def _write(referral: Referral, known: OpsNotice | None, *, notified_on: date) -> None:
    """What the centre reads, as the referral says it now; told anew, it is read anew."""
    row: OpsNotice = known or OpsNotice(referral=referral, sender_id=referral.ops_id)
    if known is None or known.taken_back_at is not None:
        row.told_at, row.taken_back_at = clock.now(), None
        row.read_at = row.read_by = None
    place = " ".join(part for part in (referral.postcode, referral.town) if part)
    row.person_name = str(referral)
    row.address = ", ".join(part for part in (referral.street, place) if part)
    row.office_name, row.notified_on = referral.sender_name, notified_on
    row.save()


def bring_to_desk(*, notice_id: UUID) -> None:
    """In the centre: a task until somebody has read it; what is the centre's no longer leaves the desk."""
    notice = OpsNotice.objects.filter(pk=notice_id).first()
    if notice is None:
        return
    link = reverse("participants:ops_notice", args=[notice.pk])
    if notice.taken_back_at is not None:
        settle_task(kind=kinds.OPS_TOLD.key, key=str(notice.pk))
        if notice.read_at is not None:
            # Somebody may have begun to work on what they read.
            notify(
                kind=kinds.OPS_TAKEN_BACK.key,
                title=f"Zawiadomienie cofnięte: {notice}",
                text="Urząd pracy wskazał inny ośrodek.",
                link=link,
                key=f"{notice.pk}:{notice.taken_back_at:%Y%m%d%H%M%S%f}",
                subject_id=notice.referral_id,
            )
    elif notice.read_at is None:
        raise_task(
            kind=kinds.OPS_TOLD.key,
            key=str(notice.pk),
            title=f"Zawiadomienie z urzędu pracy: {notice}",
            text=notice.office_name,
            link=link,
            subject_id=notice.referral_id,
        )


def mark_read(*, notice_id: UUID) -> OpsNotice:
    """Somebody of the centre has read it; the first one stays written down."""
    rows = OpsNotice.objects.select_for_update(of=("self",)).filter(sender=current_scope().organisation_id)
    notice: OpsNotice = rows.get(pk=notice_id)
    if notice.read_at is None and notice.taken_back_at is None:
        notice.read_at, notice.read_by_id = clock.now(), current_scope().user_id
        notice.save(update_fields=["read_at", "read_by"])
    settle_task(kind=kinds.OPS_TOLD.key, key=str(notice.pk))
    return notice
