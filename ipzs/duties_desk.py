"""What duties put into other rooms' screens: a tab, the desk, the timeline, the export of a person."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse

from ipzs.enums import AccidentState, DutyKind
from ipzs.models import Accident, DutyRecord, IssuedItem
from ipzs.perms import duties as perms
from ipzs.queries import duties as queries
from ipzs.services.duties import rules
from ipzs.views.duties.tab import tab
from participants.happened import Chip, Happened, Part
from participants.models import Participation
from participants.person_export import SLOT, Section, described
from reintegration.core import clock, slots
from reintegration.core.formats import format_date
from reintegration.notices.desk import DeskLine, desk_lines, first_of
from reintegration.notices.enums import Urgency
from reintegration.notices.rules import Section as DeskSection
from reintegration.tenancy.enums import Role

# They answer for every file; the others are told of those they lead.
_FOR_ALL = frozenset({Role.MANAGER, Role.OFFICE})
ICONS = {
    DutyKind.SAFETY: "shield-check",
    DutyKind.MEDICAL: "stethoscope",
    DutyKind.MEAL: "home",
    DutyKind.ACCIDENT_COVER: "info-circle",
    DutyKind.SPECIALISTS: "users",
}
NEXT = {
    AccidentState.REPORTED: "Ustal okoliczności",
    AccidentState.EXAMINED: "Zatwierdź protokół",
    AccidentState.CONFIRMED: "Przekaż do ZUS",
}


@desk_lines
def running_out(request: Any, today: date) -> Iterator[DeskLine]:
    """Duties that are missing or run out within the unit's time, a line for each person."""
    if not request.principal.may(perms.DUTY_LIST):
        return
    of = rules()
    rows = queries.needs_work(of, today=today)
    if _FOR_ALL.isdisjoint(request.principal.roles):
        rows = rows.filter(case_manager=request.principal.user_id)

    def line(row: Any) -> DeskLine:
        late = row.first_end < today
        return DeskLine(
            DeskSection.GAPS if late else DeskSection.TODAY,
            f"Obowiązki: {row.person}",
            reverse("ipzs:duty_show", args=[row.pk]),
            text=queries.words(row, of, today=today),
            urgency=Urgency.WARN if late else Urgency.INFO,
            icon="shield-check",
            action="Uzupełnij",
            subject_id=row.person_id,
        )

    yield from first_of(rows, line, rest="Obowiązki: kolejne osoby", url=reverse("ipzs:duty_list"))


@desk_lines
def accidents_on_their_way(request: Any, today: date) -> Iterator[DeskLine]:
    """Accidents whose protocol did not go to ZUS yet."""
    if not request.principal.may(perms.ACCIDENT_LIST):
        return
    rows = queries.unfinished()
    if _FOR_ALL.isdisjoint(request.principal.roles):
        rows = rows.filter(participation__case_manager=request.principal.user_id)

    def line(row: Accident) -> DeskLine:
        return DeskLine(
            DeskSection.TODAY,
            f"Wypadek {row.number}: {row.person}",
            reverse("ipzs:accident_show", args=[row.pk]),
            text=f"Zgłoszony {format_date(row.reported_on, today=today)}, stan: {row.get_state_display()}.",
            urgency=Urgency.WARN,
            icon="alert-octagon",
            action=NEXT[AccidentState(row.state)],
            subject_id=row.person_id,
        )

    yield from first_of(
        rows,
        line,
        rest="Wypadki bez przekazanego protokołu: kolejne",
        url=reverse("ipzs:accident_list"),
        action="Zobacz rejestr",
    )


def timeline(request: Any, file: Participation) -> Iterator[Part]:
    """Duties done: that they were and when, never what a doctor wrote."""
    if not request.may(perms.DUTY_SHOW):
        return
    url = reverse("ipzs:duty_show", args=[file.pk])

    def done(row: DutyRecord) -> Iterator[Happened]:
        kind = DutyKind(row.kind)
        name = str(kind.label)
        until = format_date(row.valid_until, today=clock.today()) if row.valid_until else ""
        yield Happened(
            at=row.done_on,
            title=name[:1].upper() + name[1:],
            chip=Chip.PAPERS,
            text=f"ważne do {until}" if until else "",
            by=str(row.made_by),
            icon=ICONS.get(kind, "clipboard-check"),
            url=url,
        )

    rows = DutyRecord.objects.filter(participation=file).defer("note").select_related("made_by")
    yield Part(rows.order_by("done_on", "pk"), done)


def told_of(person_id: UUID) -> Iterator[Section]:
    """What this part keeps of a person."""
    for model in (DutyRecord, IssuedItem, Accident):
        rows = model.objects.filter(person=person_id).order_by("pk")
        title = str(model._meta.verbose_name_plural)
        yield Section(model._meta.label_lower, title, [described(row) for row in rows])


slots.fill("participants.file_tabs", tab, order=50)
slots.fill("participants.timeline", timeline, order=70)
slots.fill("participants.entry_conditions", queries.entry_conditions, order=40)
slots.fill("participants.missing_papers", queries.missing_paper, order=40)
slots.fill(SLOT, told_of, order=60)
