"""What cards and consents put on the desk and on the page of a file."""

from collections.abc import Iterator
from datetime import date, time, timedelta
from typing import Any
from uuid import UUID

from django.urls import reverse

from participants.enums import ConsentKind, EntryKind
from participants.happened import Chip, Happened, Part
from participants.models import CardEntry, Consent, FollowUp, Participation
from participants.perms import cards as card_perms
from participants.perms import consents as consent_perms
from participants.person_export import SLOT, own_sections
from participants.queries import cards as card_queries
from participants.queries import consents as consent_queries
from reintegration.core import clock, slots
from reintegration.core.formats import clock_text, counted, format_date
from reintegration.notices.desk import DeskLine, desk_lines, first_of
from reintegration.notices.enums import Urgency
from reintegration.notices.rules import Section

WEEK = timedelta(days=7)
ICONS = {
    EntryKind.COUNSELLING: "message",
    EntryKind.CONTACT: "phone",
    EntryKind.VISIT: "home",
    EntryKind.FAMILY_ASSISTANT: "users",
    EntryKind.NOTE: "pencil",
}
# A timeline is read, not searched.
MOST_ON_TIMELINE = 200


@desk_lines
def talks_after_the_end(request: Any, today: date) -> Iterator[DeskLine]:
    if not request.principal.may(card_perms.FOLLOW_UP_LIST):
        return

    def line(one: FollowUp) -> DeskLine:
        late = one.due_on < today
        now = one.due_on <= today
        return DeskLine(
            Section.TODAY if now else Section.WEEK,
            f"Rozmowa po zakończeniu: {one.person}",
            reverse("participants:follow_up_record", args=[one.pk]),
            text="Minęło pół roku. Zapytaj, co ta osoba robi i czy potrzebuje pomocy.",
            urgency=Urgency.BAD if late else Urgency.WARN if now else Urgency.INFO,
            icon="phone",
            action="Zapisz rozmowę",
            end=f"termin minął {format_date(one.due_on, today=today)}" if late else "",
            on=one.due_on,
            subject_id=one.person_id,
        )

    yield from first_of(
        card_queries.due_follow_ups(until=today + WEEK),
        line,
        rest="Rozmowy po zakończeniu: kolejne osoby",
        url=reverse("participants:follow_up_list"),
    )


def at(hour: time | None) -> str:
    return "" if hour is None else clock_text(hour)


@desk_lines
def meetings_today(request: Any, today: date) -> Iterator[DeskLine]:
    """Meetings that entries have announced for today; one that was written down is done."""
    if not request.principal.may(card_perms.CARD_ADD):
        return
    for entry in card_queries.meetings_on(today, request.principal):
        yield DeskLine(
            Section.TODAY,
            f"Spotkanie: {entry.person}",
            reverse("participants:card_add", args=[entry.participation_id]),
            text=", ".join(
                filter(None, (at(entry.next_time), entry.service or str(entry.get_kind_display())))
            ),
            icon="message",
            action="Dodaj wpis",
            done=entry.held,
            subject_id=entry.person_id,
        )


@desk_lines
def withdrawn(request: Any, today: date) -> Iterator[DeskLine]:
    """Withdrawn consents, until whoever leads the case says that what rested on them has stopped."""
    if not request.principal.may(consent_perms.CONSENT_HEED):
        return

    def line(one: Any) -> DeskLine:
        recipient = f", {one.recipient}" if one.recipient else ""
        return DeskLine(
            Section.GAPS if one.withdrawn_on < today else Section.TODAY,
            f"Cofnięta zgoda: {one.person}",
            reverse("participants:consent_heed", args=[one.pk]),
            text=f"{one.get_kind_display()}{recipient}. Sprawdź, co trzeba wstrzymać.",
            urgency=Urgency.BAD,
            icon="signature",
            action="Co wstrzymać",
            on=one.withdrawn_on,
            subject_id=one.person_id,
        )

    yield from first_of(
        consent_queries.to_heed(request.principal),
        line,
        rest="Cofnięte zgody: kolejne osoby",
        url=reverse("participants:list"),
    )


@desk_lines
def files_that_came(request: Any, today: date) -> Iterator[DeskLine]:
    if not request.principal.may(consent_perms.TRANSFER_LIST) or not request.principal.place.is_unit:
        return
    count = consent_queries.waiting_here().count()
    if count:
        yield DeskLine(
            Section.TODAY,
            f"Przekazane do Was: {counted(count, 'sprawa', 'sprawy', 'spraw')}",
            reverse("participants:transfer_list"),
            text="Inna jednostka przekazała dane za zgodą osoby i czeka na odpowiedź.",
            urgency=Urgency.WARN,
            icon="inbox",
            action="Zobacz",
        )


def card_tab(request: Any, file: Participation) -> tuple[str, str] | None:
    if not request.may(card_perms.CARD_SHOW):
        return None
    return ("Doradztwo", reverse("participants:card_show", args=[file.pk]))


def consents_tab(request: Any, file: Participation) -> tuple[str, str] | None:
    if not request.may(consent_perms.CONSENT_LIST):
        return None
    return ("Zgody", reverse("participants:consent_list", args=[file.pk]))


def talks(request: Any, file: Participation) -> Iterator[Part]:
    """Entries as the timeline tells them: that there was one, not what was said."""
    if not request.may(card_perms.CARD_SHOW):
        return
    card = reverse("participants:card_show", args=[file.pk])

    def talked(entry: CardEntry) -> Iterator[Happened]:
        kind = EntryKind(entry.kind)
        time = f"{entry.minutes} min" if entry.minutes else ""
        yield Happened(
            at=entry.held_on,
            title=kind.label[:1].upper() + kind.label[1:],
            chip=Chip.TALKS,
            text=", ".join(part for part in (entry.service, time) if part),
            by=entry.author_name,
            icon=ICONS[kind],
            url=f"{card}#wpis-{entry.pk}",
        )

    entries = card_queries.entries_of(file, request.principal, today=clock.today())
    yield Part(entries.filter(struck_at__isnull=True)[:MOST_ON_TIMELINE], talked)


def agreed(request: Any, file: Participation) -> Iterator[Part]:
    """Consents given and withdrawn."""
    if not request.may(consent_perms.CONSENT_LIST):
        return
    url = reverse("participants:consent_list", args=[file.pk])

    def consented(one: Consent) -> Iterator[Happened]:
        told = one.kind == ConsentKind.INFORMATION
        kind = one.get_kind_display()
        title = kind[:1].upper() + kind[1:] if told else f"Zgoda: {kind}"
        yield Happened(
            at=one.since, title=title, chip=Chip.PAPERS, text=one.recipient, by=str(one.taken_by),
            icon="signature", url=url,
        )  # fmt: skip
        if one.withdrawn_on is not None:
            yield Happened(
                at=one.withdrawn_on, title=f"Cofnięto zgodę: {kind}", chip=Chip.PAPERS, text=one.recipient,
                icon="x", url=url,
            )  # fmt: skip

    rows = Consent.objects.filter(person=file.person_id).select_related("taken_by")
    yield Part(rows.order_by("since"), consented)


def told_of(person_id: UUID) -> Any:
    return own_sections(person_id)


slots.fill("participants.file_tabs", card_tab, order=30)
slots.fill("participants.file_tabs", consents_tab, order=60)
slots.fill("participants.timeline", talks, order=30)
slots.fill("participants.timeline", agreed, order=60)
slots.fill("participants.missing_papers", consent_queries.untold, order=60)
slots.fill(SLOT, told_of, order=10)
