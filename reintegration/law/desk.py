"""Lines on the desk that follow from the law and are no stored tasks."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse

from reintegration.core.dates import Month
from reintegration.core.formats import format_long_date
from reintegration.law import perms
from reintegration.law.queries import indexation_gap, unchosen
from reintegration.notices.desk import DeskLine, desk_lines
from reintegration.notices.enums import Urgency
from reintegration.notices.rules import Section
from reintegration.tenancy.enums import Role, UnitType


@desk_lines
def law_lines(request: Any, today: date) -> Iterator[DeskLine]:
    """For managers: the allowance nobody has confirmed, and readings without which nothing is counted."""
    principal = request.principal
    if Role.MANAGER in principal.roles:
        gap = indexation_gap(today=today)
        if gap is not None:
            yield DeskLine(
                Section.GAPS,
                f"Zasiłek od {format_long_date(gap)} nie jest potwierdzony",
                reverse("law:parameters"),
                text="Program liczy dotychczasową kwotą. Operator ma to na swoim pulpicie.",
                urgency=Urgency.WARN,
                icon="scale",
                action="Zobacz prawo",
            )
    if principal.place.subtype == UnitType.CIS and principal.may(perms.READING_PROPOSE):
        for spec in unchosen(principal.place.id, Month.of(today)):
            yield DeskLine(
                Section.GAPS,
                f"Odczyt do wyboru: {spec.label}",
                reverse("law:reading", args=[spec.key]),
                text="Bez niego program nie policzy żadnej wypłaty.",
                urgency=Urgency.WARN,
                icon="scale",
                action="Wybierz",
            )
