"""The end of a participation, its correction, and the certificate (art. 13 ust. 4, 5, 5a)."""

from datetime import date
from uuid import UUID

from participants.enums import Destination, EndReason, FollowUpState
from participants.models import FollowUp, Participation, Period, TeamMember
from participants.services.participations.agreements import drop_asked
from participants.services.participations.asked import ask_again, withdraw_asked
from participants.services.participations.common import (
    locked,
    locked_open,
    not_in_future,
    periods_of,
    stored,
)
from reintegration.core import clock, slots
from reintegration.core.dates import add_months
from reintegration.core.errors import InputError
from reintegration.core.formats import format_table_date

FOLLOW_UP_MONTHS = 6
# These say of themselves where a person went.
_KNOWN_DESTINATION = {
    EndReason.BUSINESS: Destination.BUSINESS,
    EndReason.COOPERATIVE: Destination.COOPERATIVE,
}
_NOT_OPEN = "Ta sprawa nie jest zakończona."


def end_participation(
    *, participation_id: UUID, ended_on: date, reason: str, destination: str = "", note: str = ""
) -> Participation:
    """End a file: the running period is cut, the team ends, partners are asked no more.

    Half a year later one asks how it goes.
    """
    file = locked_open(participation_id)
    rows = periods_of(file)
    _check_end(file, rows, ended_on, reason)
    _set_end(file, ended_on, reason, destination, note)
    _cut(rows, ended_on)
    for member in TeamMember.objects.filter(participation=file, until__isnull=True):
        member.until = max(member.since, ended_on)
        member.save(update_fields=["until"])
    drop_asked(file)
    withdraw_asked(file)
    _plan_follow_up(file)
    _tell("participants.ended", file)
    return file


def correct_end(
    *, participation_id: UUID, ended_on: date, reason: str, destination: str = "", note: str = ""
) -> Participation:
    """Put right the day, the reason or the destination of an end."""
    file = _ended(participation_id)
    rows = periods_of(file)
    newer = _newer(file)
    if newer is not None and newer.opened_on <= ended_on:
        opened = format_table_date(newer.opened_on)
        message = f"Nowszą sprawę {newer.number} otwarto {opened}. Ta kończy się wcześniej."
        raise InputError(message, field="ended_on")
    _check_end(file, rows, ended_on, reason)
    _set_end(file, ended_on, reason, destination, note)
    _cut(rows, ended_on)
    FollowUp.objects.filter(participation=file, state=FollowUpState.DUE).delete()
    _plan_follow_up(file)
    _tell("participants.ended", file)
    return file


def reopen(*, participation_id: UUID, reason: str) -> Participation:
    """Take back an end that was a mistake; the periods are again as long as planned."""
    file = _ended(participation_id)
    if not reason.strip():
        raise InputError("Napisz, dlaczego otwierasz sprawę ponownie.", field="reason")
    newer = _newer(file)
    if newer is not None:
        raise InputError(f"Ta osoba ma nowszą sprawę {newer.number}. Ta zostaje zakończona.")
    for member in TeamMember.objects.filter(participation=file, until=file.ended_on):
        member.until = None
        member.save(update_fields=["until"])
    _cut(periods_of(file), date.max)
    FollowUp.objects.filter(participation=file, state=FollowUpState.DUE).delete()
    file.ended_on, file.end_reason, file.destination, file.end_note = None, "", "", ""
    file.certificate_on = None
    file.reopened_on, file.reopen_reason = clock.today(), reason.strip()
    stored(file)
    ask_again(file)
    _tell("participants.reopened", file)
    return file


def note_certificate(*, participation_id: UUID, day: date | None) -> Participation:
    """Note the day of the certificate of art. 13 ust. 5a (or 18 ust. 5a), or take it back."""
    file = _ended(participation_id)
    if day is not None:
        not_in_future(day, field="certificate_on")
        if file.ended_on is not None and day < file.ended_on:
            ended = format_table_date(file.ended_on)
            raise InputError(f"Zaświadczenie wydaje się po zakończeniu, czyli od {ended}.", field="day")
    file.certificate_on = day
    stored(file)
    _tell("participants.certificate_noted", file)
    return file


def _tell(slot: str, file: Participation) -> None:
    """Let other rooms follow; one that cannot refuses the whole with a sentence."""
    for provider in slots.providers(slot):
        provider(file)


def _ended(participation_id: UUID) -> Participation:
    file = locked(participation_id)
    if file.ended_on is None:
        raise InputError(_NOT_OPEN)
    return file


def _check_end(file: Participation, rows: list[Period], ended_on: date, reason: str) -> None:
    not_in_future(ended_on, field="ended_on")
    if ended_on < file.opened_on:
        opened = format_table_date(file.opened_on)
        raise InputError(f"Sprawę otwarto {opened}. Koniec nie może być wcześniejszy.", field="ended_on")
    begun = [row for row in rows if row.since <= ended_on]
    last = max((row.planned_until or row.until for row in rows), default=None)
    if last is not None and ended_on > last:
        raise InputError(
            f"Okres skończył się {format_table_date(last)}. Wpisz ten dzień albo wcześniejszy.",
            field="ended_on",
        )
    if reason == EndReason.COMPLETED and ended_on != last:
        message = (
            f"Okres trwa do {format_table_date(last)}. Wcześniejszy koniec ma inny powód."
            if last is not None
            else "Nie było jeszcze żadnego okresu. Wybierz inny powód."
        )
        raise InputError(message, field="end_reason")
    if reason == EndReason.RESIGNED and begun:
        raise InputError("Zajęcia już się zaczęły. Wybierz inny powód.", field="end_reason")
    if reason == EndReason.TRIAL_FAILED and not (begun and begun[-1].kind == "trial"):
        raise InputError("Tego dnia nie trwał okres próbny. Wybierz inny powód.", field="end_reason")


def _set_end(file: Participation, ended_on: date, reason: str, destination: str, note: str) -> None:
    if not destination and reason != EndReason.DEATH:
        destination = _KNOWN_DESTINATION.get(EndReason(reason), Destination.UNKNOWN).value
    file.ended_on, file.end_reason = ended_on, reason
    file.destination = "" if reason == EndReason.DEATH else destination
    file.end_note = note.strip()
    stored(file)


def _cut(rows: list[Period], ended_on: date) -> None:
    """Let each period last until it was to last or until the end; what begins later goes."""
    for row in rows:
        planned = row.planned_until or row.until
        until = min(planned, ended_on)
        if row.since > ended_on:
            row.delete()
        elif until != row.until:
            row.until, row.planned_until = until, planned if until < planned else None
            stored(row)


def _newer(file: Participation) -> Participation | None:
    rows = Participation.objects.filter(person_id=file.person_id, opened_on__gt=file.opened_on)
    found: Participation | None = rows.exclude(pk=file.pk).order_by("opened_on").first()
    return found


def _plan_follow_up(file: Participation) -> None:
    if file.end_reason == EndReason.DEATH or file.ended_on is None:
        return
    due_on = add_months(file.ended_on, FOLLOW_UP_MONTHS)
    FollowUp.objects.get_or_create(participation=file, due_on=due_on, defaults={"person_id": file.person_id})
