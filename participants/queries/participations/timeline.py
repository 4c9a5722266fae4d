"""What happened in a file, from its own rows and those that other rooms add; one question for all."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from participants.enums import AgreementState, Destination
from participants.happened import Chip, Happened, Part
from participants.models import Agreement, Participation, Period, TeamMember
from participants.queries.participations.stage import end_label
from participants.rules.codes import UnitType
from reintegration.core import slots
from reintegration.core.formats import format_span, format_table_date
from reintegration.core.together import together

_BEGINS = {
    "trial": ("Początek okresu próbnego", "player-play"),
    "main": ("Początek okresu uczestnictwa", "user-check"),
    "extension": ("Początek przedłużenia", "hourglass"),
}
# What a KIS agrees to is a contract (art. 18), and its periods are simply classes.
_CLASSES = ("Początek zajęć", "user-check")


def timeline(request: Any, file: Participation, *, today: date, unit_type: UnitType) -> list[Happened]:
    """Everything up to today; the caller sorts and filters."""
    parts = [_of_periods(file, today, unit_type), _of_agreements(file), _of_team(file, today)]
    for provider in slots.providers("participants.timeline"):
        parts += provider(request, file)
    found = list(_of_file(file, unit_type))
    for part, rows in zip(parts, together(*(part.rows for part in parts)), strict=True):
        for row in rows:
            found += part.each(row)
    return found


def _of_file(file: Participation, unit_type: UnitType) -> Iterator[Happened]:
    yield Happened(file.opened_on, "Otwarcie sprawy", Chip.STAGES, f"Numer {file.number}.", icon="folder")
    if file.programme_signed_on:
        title = "Podpisanie programu" if unit_type is UnitType.CIS else "Podpisanie kontraktu"
        yield Happened(file.programme_signed_on, title, Chip.PAPERS, icon="signature")
    if file.ended_on:
        text = end_label(file.end_reason, unit_type).capitalize()
        if file.destination:
            text += f". Dokąd: {Destination(file.destination).label}"
        yield Happened(file.ended_on, "Zakończenie", Chip.STAGES, f"{text}.", icon="flag")
    if file.certificate_on:
        yield Happened(file.certificate_on, "Zaświadczenie", Chip.PAPERS, icon="certificate")
    if file.reopened_on:
        yield Happened(
            file.reopened_on, "Ponowne otwarcie sprawy", Chip.STAGES, file.reopen_reason, icon="lock-open"
        )


def _of_periods(file: Participation, today: date, unit_type: UnitType) -> Part:
    def begun(row: Period) -> Iterator[Happened]:
        title, icon = _BEGINS[row.kind] if unit_type is UnitType.CIS else _CLASSES
        span = format_span(row.since, row.planned_until or row.until, today=today)
        yield Happened(row.since, title, Chip.STAGES, f"Plan: {span}.", icon=icon)

    return Part(Period.objects.filter(participation=file, since__lte=today).order_by("since"), begun)


def _of_agreements(file: Participation) -> Part:
    def asked(row: Agreement) -> Iterator[Happened]:
        yield Happened(
            row.asked_at,
            f"Prośba o uzgodnienie programu, wersja {row.version}",
            Chip.PAPERS,
            f"{row.body_name}. Termin: {format_table_date(row.due_on)}.",
            by=row.asked_by.get_full_name(),
            icon="send",
        )
        if row.answered_at is not None:
            agreed = row.state == AgreementState.AGREED
            yield Happened(
                row.answered_at,
                f"{'Program uzgodniony' if agreed else 'Uwagi do programu'}, wersja {row.version}",
                Chip.PAPERS,
                row.remarks,
                by=row.answered_name,
                icon="circle-check" if agreed else "message-circle",
            )

    rows = Agreement.objects.select_related("asked_by").filter(participation=file)
    return Part(rows.order_by("version"), asked)


def _of_team(file: Participation, today: date) -> Part:
    def joined(row: TeamMember) -> Iterator[Happened]:
        yield Happened(
            row.since, f"W zespole: {row.user.get_full_name()}", Chip.STAGES, row.task, icon="users"
        )

    rows = TeamMember.objects.select_related("user").filter(participation=file, since__lte=today)
    return Part(rows.order_by("since"), joined)
