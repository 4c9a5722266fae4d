"""The calendar of the unit's terms on the desk: ZUS, the tax office, the employment office, the report."""

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import groupby
from typing import Any

from django.urls import reverse

from benefits import perms
from benefits.queries.terms import Coming, coming
from benefits.rules.terms import Kind, Term
from reintegration.core import slots
from reintegration.core.components import DueDay, DueItem
from reintegration.core.formats import format_date, format_money, format_month
from reintegration.core.slots import Panel
from reintegration.notices.desk import DeskLine, desk_lines
from reintegration.notices.enums import Urgency
from reintegration.notices.rules import Section, section_of
from reintegration.tenancy.enums import UnitType

MONTHLY: Mapping[Kind, tuple[str, str]] = {
    Kind.CLAIM: ("Wniosek do urzędu pracy", "benefits:fund"),
    Kind.ZUS: ("Składki ZUS", "benefits:contributions"),
    Kind.TAX: ("Zaliczki na podatek", "benefits:tax"),
}
YEARLY: Mapping[Kind, tuple[str, str]] = {
    Kind.PIT_OFFICE: ("PIT-11 i PIT-4R do urzędu skarbowego", "benefits:tax"),
    Kind.PIT_PEOPLE: ("PIT-11 dla uczestników", "benefits:tax"),
    Kind.REPORT: ("Sprawozdanie roczne do wojewody", ""),
}
# The employment office has lines of its own, which know more of it.
OWN = frozenset({Kind.CLAIM})


def _coming(request: Any, today: date) -> list[Coming]:
    """Kept with the request: the desk asks twice."""
    found: list[Coming] | None = getattr(request, "coming_terms", None)
    if found is None:
        found = coming(today, pays=request.principal.place.subtype == UnitType.CIS)
        request.coming_terms = found
    return found


def _may(request: Any) -> bool:
    return request.principal.place.subtype in UnitType.values and request.may(perms.CLOSE_SHOW)


def title_of(term: Term) -> str:
    if term.kind in MONTHLY:
        return f"{MONTHLY[term.kind][0]} za {format_month(term.about)}"
    return f"{YEARLY[term.kind][0]} za {term.about.year} rok"


def url_of(term: Term) -> str:
    name = {**MONTHLY, **YEARLY}[term.kind][1]
    return reverse(name) if name else ""


def amount_of(one: Coming) -> str:
    return f"Do zapłaty {format_money(one.amount)}." if one.amount is not None else ""


@desk_lines
def near(request: Any, today: date) -> Iterator[DeskLine]:
    """What is due within a week, and what was to be paid and is not."""
    for one in _coming(request, today) if _may(request) else ():
        section = section_of(one.term.day, today=today)
        url = url_of(one.term)
        if section is None or one.term.kind in OWN or not url:
            continue
        late = one.term.day < today
        yield DeskLine(
            section,
            title_of(one.term),
            url,
            text=amount_of(one),
            urgency=Urgency.BAD if late else Urgency.WARN if section is Section.TODAY else Urgency.INFO,
            icon="calendar",
            end=f"termin minął {format_date(one.term.day, today=today)}" if late else "",
            on=one.term.day,
        )


def later(request: Any, today: date) -> Panel | None:
    """The terms after this week, so that nobody is surprised."""
    if not _may(request):
        return None
    found = [
        one
        for one in _coming(request, today)
        if section_of(one.term.day, today=today) is None or not url_of(one.term)
    ]
    if not found:
        return None
    days = [
        DueDay(day, [DueItem(title_of(one.term), url_of(one.term), amount_of(one)) for one in rows])
        for day, rows in groupby(found, key=lambda one: one.term.day)
    ]
    return Panel("kolejne-terminy", "Kolejne terminy", "benefits/desk/terms.html", {"days": days}, len(found))


slots.fill("desk.rail", later, order=40)
