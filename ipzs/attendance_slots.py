"""What attendance tells a file: absences on its timeline, days in "everything of one person".

It also keeps the card from changing the hours of a month that is closed.
"""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.urls import reverse

from ipzs.enums import FreeDayState
from ipzs.models import ClassPresence, DayMark, FreeDayRequest, OpeningBalance, SickLeave
from ipzs.perms import attendance as perms
from ipzs.services.attendance.common import refuse_closed
from participants.enums import EntryKind
from participants.happened import Chip, Happened, Part
from participants.models import CardEntry, Participation
from participants.person_export import SLOT, Section, described
from reintegration.core import slots
from reintegration.core.formats import format_table_span

SAID = {
    FreeDayState.ASKED: "Wniosek o dni wolne",
    FreeDayState.GRANTED: "Zgoda na dni wolne",
    FreeDayState.REFUSED: "Odmowa dni wolnych",
    FreeDayState.WITHDRAWN: "Wycofany wniosek o dni wolne",
}
OF_PERSON = (DayMark, SickLeave, FreeDayRequest, OpeningBalance, ClassPresence)


def happened(request: Any, file: Participation) -> Iterator[Part]:
    """Papers of absence; the days themselves stand on the tab."""
    if not request.may(perms.PERSON_SHOW):
        return
    url = reverse("ipzs:attendance_person", args=[file.pk])

    def ill(leave: SickLeave) -> Iterator[Happened]:
        span = format_table_span(leave.since, leave.until)
        yield Happened(leave.since, "Zwolnienie lekarskie", Chip.PAPERS, text=span, url=url)

    def free(row: FreeDayRequest) -> Iterator[Happened]:
        span = format_table_span(row.since, row.until)
        title = SAID[FreeDayState(row.state)]
        yield Happened(row.decided_on or row.asked_on, title, Chip.PAPERS, text=span, url=url)

    yield Part(SickLeave.objects.filter(participation=file).order_by("since"), ill)
    yield Part(FreeDayRequest.objects.filter(participation=file).order_by("asked_on", "pk"), free)


def days_of(person_id: UUID) -> Iterator[Section]:
    """The days of a person with the papers on which they rest."""
    for model in OF_PERSON:
        rows: Any = model._default_manager.filter(person=person_id)
        title = str(model._meta.verbose_name_plural)
        yield Section(model._meta.label_lower, title, [described(row) for row in rows.order_by("pk")])


def keep_hours(entry: CardEntry) -> None:
    """Counselling with minutes stands in the balance of hours of its month."""
    if entry.kind == EntryKind.COUNSELLING and entry.minutes is not None:
        refuse_closed([entry.held_on], field="held_on")


slots.fill("participants.timeline", happened, order=30)
slots.fill("participants.entry_counts", keep_hours, order=30)
slots.fill(SLOT, days_of, order=60)
