"""What is written down in the counselling card, and how somebody fares half a year after the end.

An entry is never overwritten: a mistake is struck out with its reason, and on the same day the strike can
be taken back. The follow-up (OUT-04) is a dated task with a form of its own.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef

from participants.enums import Destination, EndReason, EntryKind, EntryVisibility, FollowUpState
from participants.models import CardEntry, FollowUp, Participation
from participants.services.participations import touch_contact
from reintegration.accounts.models import User
from reintegration.core import clock, slots
from reintegration.core.dates import add_months
from reintegration.core.errors import InputError
from reintegration.core.formats import format_date

MONTHS_AFTER = 6
# Whom nobody asks half a year later: who died, and who never began.
NEVER_ASKED = frozenset({EndReason.DEATH, EndReason.RESIGNED})
# A note is written without the person; the family assistant's visit is no contact of the unit.
CONTACTS = frozenset({EntryKind.COUNSELLING, EntryKind.CONTACT, EntryKind.VISIT})


@dataclass(frozen=True, slots=True)
class EntryData:
    """One meeting or note, as its form asks for it."""

    kind: str
    held_on: date
    course: str
    minutes: int | None = None
    service: str = ""
    plan: str = ""
    effect: str = ""
    next_on: date | None = None
    next_time: time | None = None
    visibility: str = EntryVisibility.TEAM
    # The family assistant has no account here: whoever types the entry says whose it is.
    led_by: str = ""


def add_entry(*, participation_id: UUID, data: EntryData, author_id: UUID) -> CardEntry:
    """Write an entry into the rolling part; a meeting moves the day of the last contact."""
    case: Participation = Participation.objects.get(pk=participation_id)
    today = clock.today()
    if data.held_on > today:
        raise InputError("Ten dzień jeszcze nie nastąpił. Wpisz datę do dziś.", field="held_on")
    if data.held_on < case.opened_on:
        opened = format_date(case.opened_on, today=today)
        raise InputError(f"Sprawę otwarto {opened}. Wpisz ten dzień albo późniejszy.", field="held_on")
    if data.next_on is not None and data.next_on <= data.held_on:
        raise InputError("Następne spotkanie jest po tym. Wpisz późniejszy dzień.", field="next_on")
    if data.next_time is not None and data.next_on is None:
        raise InputError("Wpisz też dzień następnego spotkania.", field="next_on")
    assistant = data.kind == EntryKind.FAMILY_ASSISTANT
    if assistant and not data.led_by.strip():
        raise InputError("Wpisz imię i nazwisko asystenta rodziny.", field="led_by")
    author = User.objects.get(pk=author_id)
    entry = CardEntry(
        participation=case,
        person_id=case.person_id,
        kind=data.kind,
        held_on=data.held_on,
        minutes=data.minutes,
        service=data.service,
        author=author,
        author_name=data.led_by.strip() if assistant else author.get_full_name(),
        course=data.course,
        plan=data.plan,
        effect=data.effect,
        next_on=data.next_on,
        next_time=data.next_time,
        visibility=data.visibility,
        made_at=clock.now(),
    )
    entry.full_clean(exclude=["participation", "person"])
    _ask_others(entry)
    entry.save()
    if data.kind in CONTACTS:
        touch_contact(participation_id=case.pk, day=data.held_on)
    for provider in slots.providers("participants.entry_added"):
        provider(entry)
    return entry


def strike_entry(*, entry_id: UUID, reason: str, by: UUID, leads: bool = False) -> CardEntry:
    """Strike an entry out: its author may, and whoever leads the unit's cases. It stays readable."""
    entry = _locked(entry_id)
    if entry.author_id != by and not leads:
        raise InputError("Ten wpis zrobił ktoś inny. Skreślić może go autor albo kierownik.")
    if entry.struck_at is not None:
        raise InputError("Ten wpis jest już skreślony.")
    if not reason.strip():
        raise InputError("Wpisz, dlaczego skreślasz ten wpis.", field="reason")
    _ask_others(entry)
    entry.struck_at, entry.struck_by_id, entry.struck_reason = clock.now(), by, reason.strip()
    entry.save(update_fields=["struck_at", "struck_by", "struck_reason"])
    return entry


def restore_entry(*, entry_id: UUID, by: UUID, leads: bool = False) -> CardEntry:
    """Take a strike back on the day it was made; later the struck entry is part of the card."""
    entry = _locked(entry_id)
    if entry.struck_at is None:
        raise InputError("Ten wpis nie jest skreślony.")
    if entry.struck_by_id != by and not leads:
        raise InputError("Skreślenie cofa ten, kto skreślił, albo kierownik.")
    if clock.day_of(entry.struck_at) != clock.today():
        raise InputError("Skreślenie można cofnąć tylko tego samego dnia. Dodaj nowy wpis.")
    _ask_others(entry)
    entry.struck_at, entry.struck_by, entry.struck_reason = None, None, ""
    entry.save(update_fields=["struck_at", "struck_by", "struck_reason"])
    return entry


def _ask_others(entry: CardEntry) -> None:
    """Whoever counts the minutes of an entry may refuse that they come or go."""
    for provider in slots.providers("participants.entry_counts"):
        provider(entry)


def _locked(entry_id: UUID) -> CardEntry:
    found: CardEntry = CardEntry.objects.select_for_update(of=("self",)).get(pk=entry_id)
    return found


# Half a year later


def plan_follow_up(*, participation_id: UUID, due_on: date | None = None) -> FollowUp:
    """Promise a talk with somebody whose participation ended; by itself half a year after that."""
    case: Participation = Participation.objects.get(pk=participation_id)
    if case.ended_on is None:
        raise InputError("Uczestnictwo jeszcze trwa. Rozmowę zaplanujesz po jego zakończeniu.")
    day = due_on or add_months(case.ended_on, MONTHS_AFTER)
    if day <= case.ended_on:
        raise InputError("Wpisz dzień po zakończeniu uczestnictwa.", field="due_on")
    made: FollowUp
    made, _ = FollowUp.objects.get_or_create(
        participation=case, due_on=day, defaults={"person_id": case.person_id}
    )
    return made


def plan_missing_follow_ups(*, today: date) -> int:
    """Plan the talk for everybody of this unit who ended within a year and has none planned."""
    planned = FollowUp.objects.filter(participation=OuterRef("pk"))
    ended = Participation.objects.filter(
        ~Exists(planned), ended_on__lt=today, ended_on__gt=add_months(today, -2 * MONTHS_AFTER)
    ).exclude(end_reason__in=NEVER_ASKED)
    keys = list(ended.order_by("pk").values_list("pk", flat=True))
    for key in keys:
        plan_follow_up(participation_id=key)
    return len(keys)


def record_follow_up(
    *, follow_up_id: UUID, held_on: date, situation: str, answers: Mapping[str, Any], by: UUID
) -> FollowUp:
    """Write down the talk; what was said is encrypted, the situation is counted."""
    found = _waiting(follow_up_id, held_on)
    found.state, found.held_on, found.done_by_id = FollowUpState.DONE, held_on, by
    found.situation = Destination(situation)
    found.answers = {name: value for name, value in answers.items() if value not in (None, "")}
    found.save(update_fields=["state", "held_on", "done_by", "situation", "answers"])
    return found


def miss_follow_up(*, follow_up_id: UUID, held_on: date, by: UUID, again_on: date | None = None) -> FollowUp:
    """Write down that nobody could be reached, and perhaps when to try again."""
    found = _waiting(follow_up_id, held_on)
    if again_on is not None and again_on <= held_on:
        raise InputError("Kolejna próba jest po tej. Wpisz późniejszy dzień.", field="again_on")
    found.state, found.held_on, found.done_by_id = FollowUpState.UNREACHABLE, held_on, by
    found.save(update_fields=["state", "held_on", "done_by"])
    if again_on is not None:
        plan_follow_up(participation_id=found.participation_id, due_on=again_on)
    return found


def move_follow_up(*, follow_up_id: UUID, due_on: date) -> FollowUp:
    """Put the talk off, or forward."""
    found: FollowUp = FollowUp.objects.select_for_update(of=("self",)).get(pk=follow_up_id)
    if found.state != FollowUpState.DUE:
        raise InputError("Ta rozmowa jest już zapisana.")
    if due_on < clock.today():
        raise InputError("Ten dzień już minął. Wpisz dziś albo późniejszy.", field="due_on")
    same_day = FollowUp.objects.filter(participation=found.participation_id, due_on=due_on)
    if same_day.exclude(pk=found.pk).exists():
        raise InputError("Na ten dzień jest już rozmowa z tą osobą.", field="due_on")
    found.due_on = due_on
    found.save(update_fields=["due_on"])
    return found


def _waiting(follow_up_id: UUID, held_on: date) -> FollowUp:
    rows = FollowUp.objects.select_for_update(of=("self",)).select_related("participation")
    found: FollowUp = rows.get(pk=follow_up_id)
    if found.state != FollowUpState.DUE:
        raise InputError("Ta rozmowa jest już zapisana.")
    if held_on > clock.today():
        raise InputError("Ten dzień jeszcze nie nastąpił. Wpisz datę do dziś.", field="held_on")
    if found.participation.ended_on is not None and held_on < found.participation.ended_on:
        raise InputError("Wtedy uczestnictwo jeszcze trwało. Wpisz późniejszy dzień.", field="held_on")
    return found
