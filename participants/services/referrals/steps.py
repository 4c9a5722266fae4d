"""The steps of a referral, one function each: lock, check by the table, write, tell both sides."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from participants.enums import ObsoleteReason, RefusalReason, ReturnReason, WithdrawalReason
from participants.models import Intake, IntakeSettings, Referral, ReferralOpinion
from participants.services.referrals.desk import tell
from participants.transitions import TABLE, Side, Transition, append, apply, locked
from reintegration.core import clock
from reintegration.core.errors import InputError
from reintegration.core.text import clean
from reintegration.tenancy.scope import current_scope

LATEST_START = timedelta(days=366)


def receive(*, referral_id: UUID) -> Referral:
    """Confirm that it came; from this day the terms run that the unit set for itself."""
    found = _made(referral_id, Transition.RECEIVE, received_at=clock.now(), **terms(referral_id))
    Intake.objects.get_or_create(referral=found)
    return found


def study(*, referral_id: UUID, text: str = "") -> Referral:
    """Begin to study it, or take it up again from the waiting list."""
    return _made(referral_id, Transition.STUDY, text=text)


def invite(*, referral_id: UUID, interview_at: datetime, place: str, text: str = "") -> Referral:
    """Invite the person to an interview, or move it to another day."""
    if interview_at <= clock.now():
        raise InputError("Ten termin już minął.", field="interview_at")
    if interview_at > clock.now() + LATEST_START:
        raise InputError("Wybierz termin w ciągu najbliższego roku.", field="interview_at")
    if not clean(place):
        raise InputError("Wpisz, gdzie jest rozmowa.", field="place")
    return _made(
        referral_id, Transition.INVITE, text=text, interview_at=interview_at, interview_place=clean(place)
    )


def put_on_waiting_list(*, referral_id: UUID, text: str = "") -> Referral:
    """Let the person wait for a place; the order of the list is that of this day."""
    return _made(referral_id, Transition.WAIT, text=text)


def offer_trial(*, referral_id: UUID, since: date, text: str = "") -> Referral:
    """Say from which day the person may begin the trial (art. 15 ust. 1)."""
    if since < clock.today():
        raise InputError("Ten dzień już minął.", field="since")
    if since > clock.today() + LATEST_START:
        raise InputError("Wybierz dzień w ciągu najbliższego roku.", field="since")
    return _made(referral_id, Transition.OFFER, text=text, trial_since=since)


def refuse(*, referral_id: UUID, reason: str, text: str) -> Referral:
    """Refuse, with a reason from the list and what the sender is told."""
    return _made(referral_id, Transition.REFUSE, reason=_chosen(RefusalReason, reason), text=_said(text))


def return_to_sender(*, referral_id: UUID, reason: str, text: str) -> Referral:
    """Give it back to be completed: it is a draft of its sender again, and every entry stays.

    Without an account nobody could hold the draft: the referral stays where it is, and the reason stands
    in its entries, which the sender reads by a signed link.
    """
    found = locked(referral_id)
    reason, text = _chosen(ReturnReason, reason), _said(text)
    if found.sender_id is not None:
        return _made(referral_id, Transition.RETURN, reason=reason, text=text)
    TABLE.refuse_state(found, Transition.RETURN)
    entry = append(
        found,
        step=Transition.RETURN,
        from_state=found.state,
        to_state=found.state,
        reason=reason,
        text=text,
        by_unit=True,
    )
    tell(found, entry)
    return found


def withdraw(
    *, referral_id: UUID, reason: str, text: str = "", side: Side | None = None, by_name: str = ""
) -> Referral:
    """Take the referral back; the sender's step, also for a draft that will not be sent."""
    return _made(
        referral_id, Transition.WITHDRAW, reason=_chosen(WithdrawalReason, reason), text=text,
        side=side, by_name=by_name,
    )  # fmt: skip


def make_obsolete(*, referral_id: UUID, reason: str, text: str = "") -> Referral:
    """Close what nothing will come of any more, such as of a person taken elsewhere."""
    if reason == ObsoleteReason.TRANSFERRED:
        raise InputError("Przekazanie ma osobny krok: „Przekaż innej jednostce”.", field="reason")
    return _made(referral_id, Transition.OBSOLETE, reason=_chosen(ObsoleteReason, reason), text=text)


def reopen(*, referral_id: UUID, text: str = "") -> Referral:
    """Open a closed one again: a refused or obsolete one by the unit, a withdrawn one by its sender."""
    found = locked(referral_id)
    if found.state == "withdrawn":
        return _made(referral_id, Transition.RESUME, text=text)
    if found.handed_to_id is not None:
        raise InputError("To skierowanie przekazano innej jednostce i tam jest rozpatrywane.")
    return _made(referral_id, Transition.REOPEN, text=text, received_at=clock.now(), **terms(referral_id))


def _made(referral_id: UUID, transition: Transition, **values: Any) -> Referral:
    found, entry = apply(referral_id=referral_id, transition=transition, **values)
    tell(found, entry)
    return found


def terms(referral_id: UUID | None = None) -> dict[str, date | None]:
    """The days by the unit's own settings, from today; the act knows none."""
    own = IntakeSettings.objects.filter(unit=current_scope().organisation_id).first() or IntakeSettings()
    today = clock.today()
    has_opinion = ReferralOpinion.objects.filter(referral_id=referral_id).exists()
    return {
        "opinion_due_on": None if has_opinion else today + timedelta(days=own.opinion_days),
        "answer_due_on": today + timedelta(days=own.study_days),
    }


def _chosen(choices: Any, reason: str) -> str:
    if reason not in choices.values:
        raise InputError("Wybierz powód z listy.", field="reason")
    return reason


def _said(text: str) -> str:
    if not clean(text, lines=True):
        raise InputError("Napisz, co z tego wynika dla osoby i dla kierującego.", field="text")
    return text
