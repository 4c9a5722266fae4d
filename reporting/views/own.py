"""What the register says of the unit that looks, and what the unit has with its office."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.urls import path, reverse

from reintegration.core import clock
from reintegration.core.components import Link
from reintegration.core.formats import format_long_date
from reintegration.core.identifiers import format_phone
from reintegration.core.views import Page
from reintegration.tenancy.enums import UnitType
from reporting import perms
from reporting.queries import inspections, procedures
from reporting.queries.registers import entry_of_unit
from reporting.views.cases import OPEN, capital, case_badge, case_url
from reporting.views.inspections import badge_of
from reporting.views.registers import standing_badge
from reporting.views.supervision import letter_badge


class OwnEntry(Page):
    """The same that everybody reads of the unit; from here it writes to the office."""

    action = perms.REGISTER_OWN
    title = "Wpis w rejestrze"
    template_name = "reporting/registers/own.html"
    request: Any

    def get(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        self.row = entry_of_unit(request.principal.place.id, clock.today())
        self.cases = procedures.cases_of_unit() if request.may(perms.PROCEDURE_SHOW) else []
        return self.answer()

    def lead(self) -> str:
        if self.row is None:
            return "Tu zgłosisz jednostkę do rejestru wojewody i zobaczysz, co o niej mówi."
        return "Tak Waszą jednostkę pokazuje rejestr wojewody."

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [(self.title, "")]

    def actions(self) -> Sequence[Link]:
        if not self.request.may(perms.PROCEDURE_WRITE):
            return []
        here = self.request.principal.place.id
        entered = procedures.entry_of(here) is not None
        if self.request.principal.place.subtype == UnitType.CIS:
            begins = {"prolong": ("Wniosek o przedłużenie", "application_new")}
            if procedures.prolongable_of(here, clock.today()) is None:
                begins = {"grant": ("Wniosek o status", "application_new")}
        elif entered:
            begins = {
                "change": ("Zgłoś zmianę danych", "notice_change"),
                "closing": ("Zgłoś zaprzestanie", "notice_closing"),
            }
        else:
            begins = {"entry": ("Zgłoś Klub do rejestru", "notice_new")}
        # What was begun stands in the list below.
        begun = {one.kind for one in self.cases if one.state in OPEN}
        offered = [(label, name) for kind, (label, name) in begins.items() if kind not in begun]
        return [
            Link(label, reverse(f"reporting:{name}"), current=at == 0)
            for at, (label, name) in enumerate(offered)
        ]

    def page(self) -> Mapping[str, Any]:
        letters = procedures.letters() if self.request.may(perms.LETTER_SHOW) else []
        inspected = inspections.inspections() if self.request.may(perms.INSPECTION_SHOW) else []
        return {
            "row": self.row,
            "badge": standing_badge(self.row) if self.row else None,
            "facts": list(_facts(self.row)),
            "cases": [(one, capital(str(one)), case_url(one), case_badge(one)) for one in self.cases],
            "letters": [(one, letter_badge(one)) for one in letters],
            "inspections": [(one, badge_of(one)) for one in inspected],
        }


def _facts(row: Any) -> Iterable[tuple[str, Any]]:
    if row is None:
        return
    yield "Numer", row.entry.number
    yield "Nazwa", row.name
    yield "Adres", f"{row.street}, {row.postcode} {row.town}"
    yield "Telefon", format_phone(row.phone) if row.phone else ""
    yield "E-mail", row.email
    yield "Prowadzi", f"{row.founder_name}, {row.founder_town}"
    if row.entry.unit_type == UnitType.CIS:
        yield "Rodzaj działalności", row.activity
    yield "W rejestrze od", format_long_date(row.first_on) if row.first_on else ""
    if row.valid_until:
        yield "Status do", format_long_date(row.valid_until)


urlpatterns = [path("rejestr-wojewody/", OwnEntry.as_view(), name="own_entry")]
