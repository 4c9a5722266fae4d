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
        if one.found.unanswered and one.found.received:
            yield _task(one, "Zapisz odpowiedź urzędu do wniosku", "wpłynęło mniej, niż w nim jest")
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
            action="Zrób wniosek o refundację",
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
    """What was asked against what came, and what makes the difference, to the grosz."""
    rows = [("We wniosku", found.asked), ("Wpłynęło", found.received)]
    if found.from_advance:
        rows.append(("Z zaliczki", found.from_advance))
    rows.append(("Różnica", found.asked - found.received - found.from_advance))
    rows.append(("– z tego urząd nie przyznał, z powodem", found.refused))
    if found.unanswered:
        return [*rows, ("– z tego czeka na odpowiedź albo wpłatę", found.open)]
    if found.open < 0:
        return [*rows, ("– z tego nadpłata do zwrotu", found.open)]
    return [*rows, ("– z tego przyznane, a jeszcze nie wpłynęło", found.open)]


def answer_of(line: FundLine) -> Badge:
    """What the office said of a row."""
    if line.granted is None:
        return Badge("czeka na odpowiedź", "info") if line.asked else Badge("pominięta", "plain")
    if not line.refused:
        return Badge("przyznano", "ok")
    if line.granted:
        return Badge("przyznano część", "warn")
    return Badge("odmowa", "bad")
