"""What a referral puts on the desks of its two organisations, and whom it tells.

The desk follows from the state, so it can be brought up to date at any time. Each organisation's own
scope does it; for the other one a job is promised in the same transaction.
"""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.urls import reverse

from participants.enums import ReferralState, ReturnReason
from participants.models import Intake, Referral, ReferralEntry
from participants.models.referral import CLOSED
from participants.notice_kinds import referrals as kinds
from participants.transitions import LEFT, STARTED, STAYS, Transition
from reintegration.core import clock
from reintegration.core.formats import format_date, format_moment
from reintegration.jobs.services import enqueue
from reintegration.notices.services import notify, raise_task, settle_task
from reintegration.tenancy.models import Membership
from reintegration.tenancy.scope import current_scope

S = ReferralState
TELL_JOB = "participants.referral_told"

UNIT_TASKS = (kinds.NEW, kinds.ANSWER_DUE, kinds.INTERVIEW, kinds.TRIAL_START, kinds.OPINION_MISSING)
SENDER_TASKS = (kinds.OPINION_DUE, kinds.TO_COMPLETE)
IN_WORK = (S.RECEIVED, S.IN_STUDY, S.WAITING, S.TRIAL_OFFERED)
_TITLES = {
    Transition.SEND: "przyszło skierowanie",
    Transition.RECEIVE: "jednostka odebrała skierowanie",
    Transition.STUDY: "jednostka rozpatruje skierowanie",
    Transition.INVITE: "rozmowa w jednostce",
    Transition.WAIT: "na liście oczekujących",
    Transition.OFFER: "zaproszenie na okres próbny",
    Transition.ACCEPT: "skierowanie przyjęte",
    Transition.REFUSE: "odmowa przyjęcia",
    Transition.RETURN: "skierowanie do uzupełnienia",
    Transition.WITHDRAW: "skierowanie wycofane",
    Transition.OBSOLETE: "skierowanie nieaktualne",
    Transition.HAND_OVER: "skierowanie przekazane innej jednostce",
    Transition.REOPEN: "skierowanie otwarte ponownie",
    Transition.RESUME: "skierowanie wznowione",
    "message": "wiadomość",
    "opinion": "nowa opinia",
    "file": "nowy załącznik",
    "copy": "skierowanie przekazane z innej jednostki",
    STARTED: "pierwszy dzień zajęć",
    LEFT: "koniec udziału",
    STAYS: "udział trwa dalej",
}


def tell(referral: Referral, entry: ReferralEntry) -> None:
    """After a step: the own desk now, the other organisation's by a job of this transaction."""
    bring_up_to_date(referral)
    here = current_scope().organisation_id
    if referral.sender_id is None:
        if not entry.by_unit:
            announce(referral, entry)
        return
    other = referral.sender_id if referral.unit_id == here else referral.unit_id
    enqueue(
        kind=TELL_JOB,
        payload={"referral": referral.pk, "entry": entry.pk, "other": other},
        key=f"told:{entry.pk}",
    )


def tell_other_side(*, referral_id: UUID, entry_id: UUID) -> None:
    """The job's part, in the other organisation: what it may no longer see leaves its desk."""
    referral = Referral.objects.filter(pk=referral_id).first()
    if referral is None:
        settle(referral_id, UNIT_TASKS + SENDER_TASKS)
        return
    bring_up_to_date(referral)
    entry = ReferralEntry.objects.filter(pk=entry_id).first()
    if entry is not None:
        announce(referral, entry)


def bring_up_to_date(referral: Referral) -> None:
    """Raise the tasks that the state asks for on the current organisation's desk, and settle the rest."""
    on_unit = referral.unit_id == current_scope().organisation_id
    wanted = _unit_tasks(referral) if on_unit else _sender_tasks(referral)
    everything = UNIT_TASKS if on_unit else SENDER_TASKS
    settle(referral.pk, [kind for kind in everything if kind.key not in wanted])
    person_id = _assigned(referral.pk) if on_unit else _author(referral)
    for key, values in wanted.items():
        raise_task(
            kind=key,
            key=str(referral.pk),
            link=page_of(referral, unit=on_unit),
            subject_id=referral.pk,
            person_id=person_id,
            **values,
        )


def settle(referral_id: UUID, tasks: Iterable[Any]) -> None:
    for kind in tasks:
        settle_task(kind=kind.key, key=str(referral_id))


def announce(referral: Referral, entry: ReferralEntry) -> None:
    """Tell who works on the referral here what the other side did."""
    on_unit = referral.unit_id == current_scope().organisation_id
    person_id = _assigned(referral.pk) if on_unit else _author(referral)
    people = get_user_model().objects.filter(pk=person_id, is_active=True) if person_id else None
    notify(
        kind=_notice(entry, on_unit=on_unit).key,
        to=people,
        title=f"{referral}: {_TITLES[entry.transition]}",
        text="" if on_unit else _details(referral, entry),
        link=page_of(referral, unit=on_unit),
        key=str(entry.pk),
        subject_id=referral.pk,
    )


def page_of(referral: Referral, *, unit: bool) -> str:
    """Each side has its own page of the referral."""
    name = "participants:referral" if unit else "participants:own_referral"
    return reverse(name, args=[referral.pk])


def _notice(entry: ReferralEntry, *, on_unit: bool) -> Any:
    if on_unit:
        return kinds.CAME if entry.transition in {Transition.SEND, "copy"} else kinds.CHANGED
    if entry.transition == Transition.RETURN:
        return kinds.RETURNED
    return kinds.DECIDED if entry.to_state in CLOSED else kinds.STEP


def _details(referral: Referral, entry: ReferralEntry) -> str:
    if entry.transition == Transition.INVITE and referral.interview_at is not None:
        when = format_moment(referral.interview_at, today=clock.today())
        return f"{when}, {referral.interview_place}"
    if entry.transition == Transition.OFFER and referral.trial_since is not None:
        return f"Może zacząć: {format_date(referral.trial_since, today=clock.today())}"
    if entry.transition == STARTED and referral.started_on is not None:
        return f"Zajęcia od: {format_date(referral.started_on, today=clock.today())}"
    if entry.transition == LEFT and referral.left_on is not None:
        return f"Ostatni dzień: {format_date(referral.left_on, today=clock.today())}"
    return ""


def _unit_tasks(referral: Referral) -> dict[str, dict[str, Any]]:
    today = clock.today()
    wanted: dict[str, dict[str, Any]] = {}
    if referral.state == S.SENT:
        wanted[kinds.NEW.key] = {"title": f"Skierowanie: {referral}", "text": referral.sender_name}
    if referral.state in IN_WORK and referral.opinion_due_on and referral.opinion_due_on < today:
        wanted[kinds.OPINION_MISSING.key] = {
            "title": f"Brak opinii: {referral}",
            "text": f"Termin minął {format_date(referral.opinion_due_on, today=today)}.",
        }
    planned = referral.interview_at if referral.state == S.IN_STUDY else None
    if planned is not None:
        wanted[kinds.INTERVIEW.key] = {
            "title": f"Rozmowa: {referral}",
            "text": f"{format_moment(planned, today=today)}, {referral.interview_place}",
            "due_on": clock.day_of(planned),
        }
    if referral.state in (S.RECEIVED, S.IN_STUDY) and referral.answer_due_on:
        wanted[kinds.ANSWER_DUE.key] = {
            "title": f"Odpowiedz na skierowanie: {referral}",
            "due_on": referral.answer_due_on,
        }
    if referral.state == S.TRIAL_OFFERED:
        wanted[kinds.TRIAL_START.key] = {
            "title": f"Początek okresu próbnego: {referral}",
            "due_on": referral.trial_since,
        }
    return wanted


def _sender_tasks(referral: Referral) -> dict[str, dict[str, Any]]:
    wanted: dict[str, dict[str, Any]] = {}
    if referral.state in IN_WORK and referral.opinion_due_on:
        wanted[kinds.OPINION_DUE.key] = {
            "title": f"Opinia: {referral}",
            "text": "Po rozmowie w miejscu zamieszkania (art. 12 ust. 2).",
            "due_on": referral.opinion_due_on,
        }
    if referral.state == S.DRAFT:
        returned = ReferralEntry.objects.filter(referral=referral, transition=Transition.RETURN)
        if (last := returned.order_by("-at", "-pk").first()) is not None:
            # The message stays encrypted where it was written; a desk is kept in the clear.
            reason = f"{ReturnReason(last.reason).label}.".capitalize() if last.reason else ""
            wanted[kinds.TO_COMPLETE.key] = {"title": f"Uzupełnij skierowanie: {referral}", "text": reason}
    return wanted


def _assigned(referral_id: UUID) -> UUID | None:
    """Who in the unit works on it, while they work here."""
    found = Intake.objects.filter(referral=referral_id).values_list("assigned_to", flat=True).first()
    return _still_here(found)


def _author(referral: Referral) -> UUID | None:
    return _still_here(referral.sent_by_id)


def _still_here(user_id: UUID | None) -> UUID | None:
    if user_id is None:
        return None
    here = Membership.objects.active(today=clock.today()).filter(
        organisation_id=current_scope().organisation_id, user_id=user_id, user__is_active=True
    )
    return user_id if here.exists() else None
