"""What the screens say of a reminder: sent, unknown, to come, or to be said by whoever works here."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from participants.models import CardEntry, FollowUp
from participants.services import reminders
from reintegration.core import clock
from reintegration.core.formats import format_table_date
from reintegration.core.identifiers import format_phone
from reintegration.notices.enums import MailState
from reintegration.notices.models import Mail
from reintegration.notices.registry import NotWanted
from reintegration.notices.sms import text_sender


def of_entries(entries: Iterable[CardEntry], *, today: date) -> dict[UUID, str]:
    """What became of the reminder of each meeting that is still to come; of talks likewise below."""
    coming = [
        one for one in entries if one.next_on is not None and one.next_on >= today and one.struck_at is None
    ]
    return _told(reminders.MEETING.key, coming, reminders.meeting_of)


def of_talks(talks: Iterable[FollowUp], *, today: date) -> dict[UUID, str]:
    coming = [one for one in talks if one.due_on >= today]
    return _told(reminders.TALK.key, coming, reminders.talk_of)


def _told(kind: str, rows: list[Any], appointment: Any) -> dict[UUID, str]:
    if not rows:
        return {}
    messages = Mail.objects.filter(kind=kind, key__in=[str(one.pk) for one in rows]).order_by("pk")
    known = {one.key: one for one in messages}
    found = {}
    for row in rows:
        message = known.get(str(row.pk))
        try:
            found[row.pk] = _went(message) if message else _to_come(appointment(row))
        except NotWanted as reason:
            found[row.pk] = f"SMS-a nie będzie: {reason}."
    return found


def _went(message: Mail) -> str:
    if message.state == MailState.SENT:
        sent = format_table_date(clock.day_of(message.sent_at)) if message.sent_at else ""
        return f"SMS wysłano {sent}."
    if message.state == MailState.UNCLEAR:
        return "Nie wiadomo, czy SMS doszedł. Zadzwoń."
    if message.state == MailState.FAILED:
        return f"SMS nie wyszedł: {message.error.rstrip('.')}. Zadzwoń."
    return "SMS czeka na wysłanie."


def _to_come(found: reminders.Appointment) -> str:
    if text_sender().sends:
        reminders.text_of(found)
        return "Dzień wcześniej pójdzie SMS."
    phone = f", tel. {format_phone(found.person.phone)}" if found.person.phone else ""
    return f"Program nie wysyła tu SMS-ów. Możesz przekazać{phone}: „{reminders.words_of(found)}”"
