"""What the screens of the Labour Fund say: states, what is done next, and how an application stands."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.urls import reverse

from benefits import perms
from benefits.enums import FundAgreementState, FundApplicationState
from benefits.models import FundLine
from benefits.queries.fund import Standing
from benefits.queries.fund_board import Board
from benefits.rules import fund
from reintegration.core.components import Badge, Task
from reintegration.core.formats import counted, format_date, format_money, format_month

AGREEMENTS: Mapping[str, Badge] = {
    FundAgreementState.ASKED: Badge("czeka na podpis", "warn"),
    FundAgreementState.SIGNED: Badge("podpisana", "ok"),
    FundAgreementState.REFUSED: Badge("odmowa", "bad"),
    FundAgreementState.ENDED: Badge("zakończona", "plain"),
}
APPLICATIONS: Mapping[str, Badge] = {
    FundApplicationState.DRAFT: Badge("roboczy", "brand"),
    FundApplicationState.SENT: Badge("wysłany", "info"),
    FundApplicationState.SETTLED: Badge("rozliczony", "ok"),
    FundApplicationState.WITHDRAWN: Badge("wycofany", "plain"),
}
DAYS = ("dzień", "dni", "dni")


def todo(request: Any, board: Board, today: date) -> Sequence[Task]:
    """In the order of the work; the first one has the button of the page."""
    found = list(_todo(request, board, today))
    return [replace(one, next=number == 0) for number, one in enumerate(found)]


def _todo(request: Any, board: Board, today: date) -> Iterator[Task]:
    if request.may(perms.FUND_PREPARE):
        yield from _to_apply(board, today)
    if request.may(perms.FUND_MONEY):
        for one in board.drafts:
            yield _task(one, "Wyślij wniosek", "sprawdź listę osób i kwoty")
    for one in board.unpaid:
        if one.found.is_even:
            yield _task(one, "Rozlicz wniosek", "wyszło do 0,00 zł")
    for one in board.unpaid:
        if over := one.over(today):
            waits = _task(one, "Zapytaj urząd o wniosek", f"czeka {format_money(one.found.open)}")
            yield replace(waits, kind="warn", end=f"{counted(over, *DAYS)} po terminie")


def _to_apply(board: Board, today: date) -> Iterator[Task]:
    for one in board.to_apply:
        late = one.due < today
        yield Task(
            f"Zrób wniosek za {format_month(one.month)}",
            f"Lista {one.row.number} jest wypłacona.",
            kind="warn" if late else "",
            icon="file-text",
            action="Zrób wniosek",
            action_url=reverse("benefits:fund_draw", args=[one.row.pk]),
            end=f"termin {'minął ' if late else ''}{format_date(one.due, today=today)}",
        )


def _task(one: Standing, title: str, text: str) -> Task:
    url = reverse("benefits:fund_application", args=[one.row.pk])
    return Task(
        f"{title} {one.row.number}",
        f"Za {format_month(one.month)}: {text}.",
        url,
        icon="file-text",
        action="Otwórz wniosek",
        action_url=url,
    )


def sums(found: fund.Standing) -> list[tuple[str, Any]]:
    """How an application stands, from what was asked to what is still open."""
    rows = [("We wniosku", found.asked)]
    if found.pending or found.unanswered:
        rows.append(("Bez odpowiedzi urzędu", found.pending))
    if found.refused:
        rows.append(("Nie przyznano", found.refused))
    rows += [("Przyznano", found.granted), ("Wpłynęło", found.received)]
    if found.from_advance:
        rows.append(("Z zaliczki", found.from_advance))
    return rows


def answer_of(line: FundLine) -> Badge:
    """What the office said of a row."""
    if line.granted is None:
        return Badge("czeka na odpowiedź", "info") if line.asked else Badge("pominięta", "plain")
    if not line.refused:
        return Badge("przyznano", "ok")
    if line.granted:
        return Badge("przyznano część", "warn")
    return Badge("odmowa", "bad")
