"""Text messages to participants: of a meeting that was agreed, and of the talk half a year after the end.

What holds when a message is sent decides: a consent to be written to, a number, and that the day is still
to come. The words say when and whom to call, and nothing of what the unit is or why.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q

from participants.enums import ConsentKind, FollowUpState
from participants.models import CardEntry, Consent, FollowUp, Person
from participants.services.consents import holds
from reintegration.core import clock
from reintegration.core.formats import clock_text, format_table_date, weekday
from reintegration.core.identifiers import format_phone
from reintegration.notices.registry import NotWanted, Text, text_kind
from reintegration.notices.services import text_to
from reintegration.tenancy.models import Organisation
from reintegration.tenancy.scope import current_scope

DAY = timedelta(days=1)
NO_CONSENT = "nie ma zgody na kontakt SMS lub e-mail"
NO_PHONE = "w kartotece nie ma telefonu"
NO_OWN_PHONE = "jednostka nie ma w danych telefonu, pod który można oddzwonić"
PASSED = "ten dzień już minął"


@dataclass(frozen=True, slots=True)
class Appointment:
    """What somebody is reminded of."""

    person: Person
    what: str
    on: date
    hour: time | None = None


def remind(*, today: date) -> int:
    """Promise the messages of this unit for tomorrow, each once."""
    tomorrow = today + DAY
    meetings = CardEntry.objects.filter(
        next_on=tomorrow, struck_at__isnull=True, participation__ended_on__isnull=True
    )
    talks = FollowUp.objects.filter(due_on=tomorrow, state=FollowUpState.DUE)
    keys = [(MEETING, key) for key in meetings.order_by("pk").values_list("pk", flat=True)]
    keys += [(TALK, key) for key in talks.order_by("pk").values_list("pk", flat=True)]
    for kind, key in keys:
        text_to(kind=kind.key, key=str(key))
    return len(keys)


def meeting_of(entry: CardEntry) -> Appointment:
    """The meeting that an entry has announced, unless it was struck out or another one was agreed since."""
    later = CardEntry.objects.filter(
        Q(made_at__gt=entry.made_at) | Q(made_at=entry.made_at, pk__gt=entry.pk),
        participation=entry.participation_id, author=entry.author_id,
        struck_at__isnull=True, next_on__isnull=False,
    )  # fmt: skip
    if entry.next_on is None or entry.struck_at is not None or later.exists():
        raise NotWanted("umówiono coś innego")
    if entry.participation.ended_on is not None:
        raise NotWanted("udział tej osoby się zakończył")
    return Appointment(entry.person, "spotkanie", entry.next_on, entry.next_time)


def talk_of(talk: FollowUp) -> Appointment:
    if talk.state != FollowUpState.DUE:
        raise NotWanted("tę rozmowę już zapisano")
    return Appointment(talk.person, "rozmowa telefoniczna", talk.due_on)


def text_of(found: Appointment) -> Text:
    """To whom and in what words, or why not; asked when it is sent."""
    if datetime.combine(found.on, found.hour or time.max, tzinfo=clock.WARSAW) < clock.now():
        raise NotWanted(PASSED)
    given = Consent.objects.filter(
        person=found.person.pk, kind=ConsentKind.CONTACT, withdrawn_on__isnull=True
    ).order_by("pk")
    if not any(holds(one, day=clock.today()) for one in given):
        raise NotWanted(NO_CONSENT)
    if not found.person.phone:
        raise NotWanted(NO_PHONE)
    if not _own_phone():
        raise NotWanted(NO_OWN_PHONE)
    return Text(found.person.phone, words_of(found))


def words_of(found: Appointment) -> str:
    """The words alone, also for whoever says them on the phone."""
    hour = f", godz. {clock_text(found.hour)}" if found.hour is not None else ""
    said = f"Przypomnienie: {found.what}, {weekday(found.on)} {format_table_date(found.on)}{hour}."
    phone = _own_phone()
    return f"{said} Pytania albo inny termin: tel. {phone}." if phone else said


def _own_phone() -> str:
    """With plain spaces: one that does not break would make a message of the dear kind."""
    own = Organisation.objects.values_list("phone", flat=True).get(pk=current_scope().organisation_id)
    return " ".join(format_phone(own).split())


def _meeting(key: str) -> Text:
    return text_of(meeting_of(_found(CardEntry, key)))


def _talk(key: str) -> Text:
    return text_of(talk_of(_found(FollowUp, key)))


def _found(model: Any, key: str) -> Any:
    row = model.objects.select_related("person", "participation").filter(pk=UUID(key)).first()
    if row is None:
        raise NotWanted("tego wpisu już nie ma")
    return row


MEETING = text_kind("participants.meeting_text", title="Przypomnienie o spotkaniu", words=_meeting)
TALK = text_kind("participants.talk_text", title="Przypomnienie o rozmowie po zakończeniu", words=_talk)
