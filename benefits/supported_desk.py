"""What supported employment puts on the desk: silent motions, refunds over the term, months to ask for."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse

from benefits import perms
from benefits.models import SupportedJob, SupportedMonth
from benefits.queries import supported as queries
from reintegration.core.dates import Month
from reintegration.core.formats import counted, format_date, format_money, format_month
from reintegration.notices.desk import MOST_OF_A_KIND, DeskLine, desk_lines, first_of
from reintegration.notices.enums import Urgency
from reintegration.notices.rules import Section


@desk_lines
def silent_motions(request: Any, today: date) -> Iterator[DeskLine]:
    """Motions that PUP has had for more than thirty days."""
    if not request.may(perms.SUPPORTED_WRITE) or not request.principal.place.is_unit:
        return

    def line(row: SupportedJob) -> DeskLine:
        return DeskLine(
            Section.GAPS,
            f"Wniosek do PUP bez odpowiedzi: {row.person}",
            _page(row),
            text=f"{row.pup_name}. Zapytaj albo zamknij bez skutku.",
            urgency=Urgency.WARN,
            icon="briefcase",
            action="Zobacz",
            end=counted(queries.waiting_days(row, today) or 0, "dzień", "dni", "dni"),
            subject_id=row.person_id,
        )

    yield from first_of(
        queries.silent(today), line, rest="Wnioski do PUP bez odpowiedzi: kolejne", url=_list("stan=sent")
    )


@desk_lines
def late_refunds(request: Any, today: date) -> Iterator[DeskLine]:
    """Refunds that PUP should have paid the employer by now."""
    if not request.may(perms.SUPPORTED_REFUND) or not request.principal.place.is_unit:
        return

    def line(row: SupportedMonth) -> DeskLine:
        said = f"{row.job.employer_name}, {format_money(row.asked)}."
        return DeskLine(
            Section.GAPS,
            f"PUP nie zapłacił refundacji za {format_month(Month.of(row.month))}: {row.person}",
            _page(row.job),
            text=f"{said} Zapytaj urząd, a pracodawcę uprzedź.",
            urgency=Urgency.WARN,
            icon="coins",
            action="Zobacz",
            end=f"termin minął {format_date(row.due_on, today=today)}",
            on=row.due_on,
            subject_id=row.person_id,
        )

    url = reverse("benefits:supported_refunds")
    yield from first_of(queries.late(today), line, rest="Refundacje po terminie: kolejne", url=url)


@desk_lines
def months_to_ask(request: Any, today: date) -> Iterator[DeskLine]:
    """Months of work that are over, and that the employer has not asked for."""
    if not request.may(perms.SUPPORTED_REFUND) or not request.principal.place.is_unit:
        return
    found = list(queries.all_to_ask(today))
    for job, month in found[:MOST_OF_A_KIND]:
        yield DeskLine(
            Section.GAPS,
            f"Wniosek o refundację za {format_month(month)}: {job.person}",
            reverse("benefits:supported_prepare", args=[job.pk, str(month)]),
            text=f"{job.employer_name} pyta PUP o refundację co miesiąc. (art. 16 ust. 5)",
            icon="coins",
            action="Przygotuj",
            subject_id=job.person_id,
        )
    if len(found) > MOST_OF_A_KIND:
        yield DeskLine(
            Section.GAPS,
            "Wnioski o refundację: kolejne",
            _list("stan=working"),
            icon="coins",
            action="Zobacz",
        )


def _page(job: SupportedJob) -> str:
    return reverse("benefits:supported_job", args=[job.pk])


def _list(asked: str) -> str:
    return f"{reverse('benefits:supported')}?{asked}"
