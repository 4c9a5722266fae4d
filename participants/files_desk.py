"""What the files of participants put on the desk: silence, and programmes that wait for an answer."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef
from django.db.models.functions import Coalesce
from django.urls import reverse

from participants.enums import AgreementState
from participants.models import Agreement, Participation
from participants.perms import CASE
from participants.perms import participations as perms
from participants.queries import participations as queries
from reintegration.core.formats import counted, format_date
from reintegration.notices.desk import DeskLine, desk_lines, first_of
from reintegration.notices.enums import Urgency
from reintegration.notices.rules import Section
from reintegration.tenancy.enums import Role


def silent(request: Any, today: date) -> Iterator[DeskLine]:
    """Open files of this worker without a contact for as many days as the unit says."""
    if not CASE & request.principal.roles:
        return
    days = queries.terms().contact_days
    rows = (
        queries.led_by(request.principal.user_id)
        .annotate(contact_since=Coalesce("last_contact_on", "opened_on"))
        .filter(contact_since__lt=today - timedelta(days=days - 1))
        .order_by("contact_since", "pk")
    )

    def line(row: Any) -> DeskLine:
        passed = counted((today - row.contact_since).days, "dzień", "dni", "dni")
        return DeskLine(
            Section.GAPS,
            f"Bez kontaktu: {row.person}",
            reverse("participants:file", args=[row.pk]),
            text=f"{passed}. Zadzwoń albo umów spotkanie.",
            urgency=Urgency.WARN,
            icon="phone",
            action="Otwórz kartę",
            subject_id=row.person_id,
        )

    yield from first_of(
        rows,
        line,
        rest=f"Bez kontaktu od {days} dni: kolejne osoby",
        url=f"{reverse('participants:list')}?opiekun=moi&uwaga=kontakt",
    )


def unanswered(request: Any, today: date) -> Iterator[DeskLine]:
    """Programmes of this unit that a body has not answered in time, and those it wants changed."""
    if not CASE & request.principal.roles:
        return
    newer = Agreement.objects.filter(
        unit=OuterRef("unit"), participation=OuterRef("participation"), version__gt=OuterRef("version")
    )
    rows = Agreement.objects.filter(
        ~Exists(newer), participation__in=_mine(request), participation__ended_on__isnull=True
    ).select_related("participation")
    late = rows.filter(state=AgreementState.ASKED, due_on__lt=today)

    def line(row: Agreement) -> DeskLine:
        asked = row.state == AgreementState.ASKED
        return DeskLine(
            Section.GAPS,
            f"{'Uzgodnienie po terminie' if asked else 'Uwagi do programu'}: {row.person_name}",
            reverse("participants:file", args=[row.participation_id]),
            text=f"{row.body_name}, termin {format_date(row.due_on, today=today)}."
            if asked
            else row.body_name,
            urgency=Urgency.BAD if asked else Urgency.WARN,
            icon="signature",
            action="Otwórz kartę",
            subject_id=row.participation.person_id,
        )

    yield from first_of(
        (late | rows.filter(state=AgreementState.REMARKS)).order_by("due_on", "pk"),
        line,
        rest="Uzgodnienia programów: kolejne osoby",
        url=reverse("participants:list"),
    )


def _mine(request: Any) -> Any:
    """A manager answers for every file, the others for those they lead."""
    rows = Participation.objects.all()
    if Role.MANAGER not in request.principal.roles:
        rows = rows.filter(case_manager=request.principal.user_id)
    return rows.values("pk")


def to_agree(request: Any, today: date) -> Iterator[DeskLine]:
    """Programmes that wait for the answer of this body's head."""
    if not request.principal.may(perms.AGREEMENT_ANSWER):
        return

    def line(row: Agreement) -> DeskLine:
        late = row.due_on < today
        return DeskLine(
            Section.GAPS if late else Section.TODAY,
            f"Uzgodnij program: {row.person_name}",
            reverse("participants:agreement", args=[row.pk]),
            text=f"{row.unit.organisation.short_name}, do {format_date(row.due_on, today=today)}.",
            urgency=Urgency.BAD if late else Urgency.INFO,
            icon="signature",
            action="Zobacz program",
            subject_id=row.participation_id,
        )

    yield from first_of(
        queries.asked_of_body().filter(state=AgreementState.ASKED),
        line,
        rest="Programy do uzgodnienia: kolejne",
        url=reverse("participants:agreement_list"),
    )


for provider in (silent, unanswered, to_agree):
    desk_lines(provider)
