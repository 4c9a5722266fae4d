"""What partners put on the desk, on the page of a file and on the list of participants."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.urls import reverse

from participants.enums import RequestState
from participants.happened import Chip, Happened, Part
from participants.models import Participation, PartnerRequest
from participants.perms import CASE
from participants.perms import partners as perms
from participants.queries import partners as queries
from reintegration.core import clock, slots
from reintegration.core.formats import format_date
from reintegration.core.lists import Column
from reintegration.notices.desk import DeskLine, desk_lines, first_of
from reintegration.notices.enums import Urgency
from reintegration.notices.rules import Section
from reintegration.tenancy.enums import Role

WEEK = timedelta(days=7)


@desk_lines
def help_from_outside(request: Any, today: date) -> Iterator[DeskLine]:
    """Promises whose day came and questions that nobody answered, a week ahead too."""
    if not CASE & request.principal.roles:
        return
    led = Participation.objects.all()
    if Role.MANAGER not in request.principal.roles:
        led = led.filter(case_manager=request.principal.user_id)

    def line(row: Any) -> DeskLine:
        promised = row.state == RequestState.PROMISED
        on = format_date(row.day, today=today)
        title = "Obiecana pomoc" if promised else "Prośba bez odpowiedzi"
        said = f"na {on}. Przyszła?" if promised else f"potrzebne do {on}. Zapytaj jeszcze raz."
        soon = row.day > today
        return DeskLine(
            Section.WEEK if soon else Section.GAPS if row.day < today else Section.TODAY,
            f"{title}: {row.person}",
            reverse("participants:partner_answer", args=[row.pk]),
            text=f"{row.partner}, {said}",
            urgency=Urgency.INFO if soon else Urgency.WARN,
            icon="heart-handshake",
            action="Wpisz wynik",
            on=row.day,
            subject_id=row.person_id,
        )

    yield from first_of(
        queries.due(led, until=today + WEEK),
        line,
        rest="Prośby do partnerów: kolejne osoby",
        url=f"{reverse('participants:partner_request_list')}?stan=w-toku",
    )


def network_tab(request: Any, file: Participation) -> tuple[str, str] | None:
    allowed = request.may(perms.NETWORK) and queries.may_read(request.principal, file, today=clock.today())
    if not allowed:
        return None
    return ("Pomoc", reverse("participants:network", args=[file.pk]))


def requests_column(request: Any) -> Column | None:
    """How many partners were asked and have not helped yet; the list counts them."""
    if not request.may(perms.REQUEST_LIST):
        return None
    return Column(
        "open_requests",
        "Prośby w toku",
        number=True,
        cell=lambda row: row.open_requests or None,
        phone="hide",
    )


def asked(request: Any, file: Participation) -> Iterator[Part]:
    """Requests as the timeline tells them: who was asked, what was promised, what came."""
    if network_tab(request, file) is None:
        return
    url = reverse("participants:network", args=[file.pk])

    def told(row: PartnerRequest) -> Iterator[Happened]:
        what = f"{row.partner}, {row.get_help_kind_display()}"
        yield Happened(
            row.asked_at, "Prośba do partnera", Chip.PLAN, what, str(row.asked_by), "heart-handshake", url
        )
        if row.ended_at is not None:
            state = str(row.get_state_display())
            by = str(row.ended_by or "program")
            yield Happened(row.ended_at, state.capitalize(), Chip.PLAN, what, by, "heart-handshake", url)

    rows = PartnerRequest.objects.filter(participation=file).select_related("partner", "asked_by", "ended_by")
    yield Part(rows.order_by("asked_at", "pk"), told)


slots.fill("participants.file_tabs", network_tab, order=35)
slots.fill("participants.list_columns", requests_column, order=35)
slots.fill("participants.timeline", asked, order=35)
