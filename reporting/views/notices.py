"""Notices of a club: written by the unit, taken into the register by the office (art. 18a)."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.urls import path, reverse

from reintegration.core import clock
from reintegration.core.components import Badge, Empty, Link
from reintegration.core.formats import format_long_date
from reintegration.core.lists import Column, ListPage
from reintegration.core.views import FormPage
from reintegration.tenancy.enums import UnitType
from reporting import perms
from reporting import procedure_papers as papers
from reporting.enums import NoticeKind, ProcedureState
from reporting.forms import procedures as forms
from reporting.forms.registers import ChangeForm, EnterKisForm
from reporting.models import ClubNotice
from reporting.queries import procedures as queries
from reporting.rules import procedures as rules
from reporting.services import notices as services
from reporting.services import proceedings, registers
from reporting.tables import preview
from reporting.views.cases import OPEN, OWN, OneCase, ShowCase, capital, case_badge, case_url, left_badge

SUBMIT = {
    NoticeKind.ENTRY: "Wpisz do rejestru",
    NoticeKind.CHANGE: "Zapisz w rejestrze",
    NoticeKind.CLOSING: "Wykreśl z rejestru",
}


def _unit_cell(row: Any) -> str:
    return str(row.unit.organisation.name)


def _state_cell(row: Any) -> Badge:
    return case_badge(row)


def _left_cell(row: Any) -> Any:
    return left_badge(row.due_on, row.state, clock.today())


class CaseList(ListPage):
    """The cases of one kind at the office, the nearest term first."""

    action = perms.PROCEDURE_LIST
    filter_form = forms.CaseFilter
    default_sort = "due_on"
    model: Any
    row_url_name = ""
    request: Any
    columns = (
        Column("unit", "Jednostka", cell=_unit_cell),
        Column("kind", "Sprawa", cell=lambda row: capital(str(row)), phone="hide"),
        Column("sent_on", "Wysłano", sort="sent_on", phone="hide"),
        Column("due_on", "Termin urzędu", sort="due_on", phone="hide"),
        Column("left", "Zostało", cell=_left_cell),
        Column("state", "Stan", sort="state", cell=_state_cell, phone="main"),
    )

    def queryset(self) -> QuerySet[Any]:
        return queries.at_office(self.model)

    def lead(self) -> str:
        waiting = queries.waiting(self.model).count()
        return f"Czeka na urząd: {waiting}." if waiting else "Nic nie czeka na urząd."

    def empty(self, *, filtered: bool) -> Empty:
        if filtered:
            return super().empty(filtered=True)
        return Empty("Nic tu nie czeka", "Sprawy pojawią się, gdy jednostki je wyślą.")


class NoticeList(CaseList):
    title = "Zgłoszenia KIS"
    file_name = "zgloszenia-kis"
    model = ClubNotice
    row_url_name = "reporting:notice"


class Show(ShowCase):
    case: ClubNotice
    only = (ClubNotice,)
    template_name = "reporting/procedures/notice.html"

    def complete(self) -> bool:
        return not self.missing

    @cached_property
    def missing(self) -> list[str]:
        return queries.missing_of_notice(self.case)

    def writing(self) -> list[Link]:
        act = rules.ACT_OF_CLUB in self.missing
        data = bool(self.missing) and self.missing != [rules.ACT_OF_CLUB]
        return [
            self.link("Popraw dane", "notice_data", main=data),
            self.link("Dodaj załącznik", "case_attach", main=act and not data),
        ]

    def page(self) -> Mapping[str, Any]:
        writable = not self.office and self.case.state in proceedings.WRITABLE
        return {**super().page(), "missing": self.missing if writable else []}

    def deciding(self) -> list[Link]:
        return [self.link(SUBMIT[NoticeKind(self.case.kind)], "notice_take", main=True)]

    def facts(self) -> Iterable[tuple[str, Any]]:
        said = papers.said_of(self.case.content)

        def day(name: str) -> str:
            return format_long_date(said[name]) if said.get(name) else ""

        if self.case.since is not None:
            closing = self.case.kind == NoticeKind.CLOSING
            yield ("Zaprzestanie" if closing else "Dane od"), format_long_date(self.case.since)
            if closing:
                last = rules.closing_due(self.case.since)
                late = self.case.sent_on is not None and self.case.sent_on > last
                yield "Termin zgłoszenia", f"{format_long_date(last)}{', zgłoszono po nim' if late else ''}"
        yield from self.changes()
        yield "Klub", said.get("name", "")
        place = f"{said.get('street', '')}, {said.get('postcode', '')} {said.get('town', '')}"
        yield "Adres", place.strip(", ")
        yield "Gmina i powiat", ", ".join(filter(None, [said.get("gmina"), said.get("powiat")]))
        yield "Miejsca usług", said.get("service_places", "")
        yield "Utworzono", day("created_on")
        yield "Rozpoczęcie działalności", day("starts_on")
        yield "Kierownik", said.get("manager_name", "")
        yield "Telefon", said.get("phone")
        yield "E-mail", said.get("email", "")
        yield (
            "Prowadzi",
            ", ".join(
                filter(None, [said.get(f"founder_{name}") for name in ("name", "kind", "form", "town")])
            ),
        )
        numbers = [said.get(f"founder_{name}") for name in ("nip", "regon", "krs")]
        yield "NIP, REGON, KRS", ", ".join(filter(None, numbers))

    def changes(self) -> Iterable[tuple[str, str]]:
        """What the register will say otherwise, as long as it does not."""
        case = self.case
        if case.kind != NoticeKind.CHANGE or case.state not in OPEN or queries.entry_of(case.unit_id) is None:
            return
        now = dict(preview(UnitType.KIS, queries.data_of_unit(case.unit_id)))
        then = dict(preview(UnitType.KIS, queries.data_from(case.content)))
        found = [label for label in {**now, **then} if now.get(label) != then.get(label)]
        for label in found:
            yield f"Zmiana: {label}", f"{now.get(label) or 'puste'} → {then.get(label) or 'puste'}"
        if not found:
            yield "Zmiana", "w rejestrze nic się nie zmieni"


class OfClub(FormPage):
    """A form of the club about its notice."""

    action = perms.PROCEDURE_WRITE
    form_class = forms.NoticeForm
    submit = "Zapisz"

    def next_url(self, result: ClubNotice) -> str:
        return case_url(result)


class New(OfClub):
    kind = NoticeKind.ENTRY
    request: Any

    @property
    def back_url(self) -> str:  # type: ignore[override]
        return reverse(OWN[1])

    def get_title(self) -> str:
        return capital(str(self.kind.label))

    def lead(self) -> str:
        if self.kind is NoticeKind.ENTRY:
            return "Wpisz dane Klubu. Urząd ma 30 dni na wpis od dnia zgłoszenia. (art. 18a ust. 2)"
        return "Urząd dostanie to po wysłaniu."

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [(OWN[0], self.back_url), (self.get_title(), "")]

    def form_kwargs(self) -> Mapping[str, Any]:
        return {"kind": self.kind}

    def initial(self) -> Mapping[str, Any]:
        return queries.data_of_club(self.request.principal.place.id)

    def save(self, form: Any) -> ClubNotice:
        return services.start(kind=self.kind, **form.cleaned_data)

    def success(self, form: Any, result: ClubNotice) -> str:
        if queries.missing_of_notice(result):
            return "Zapisano szkic. Na stronie zgłoszenia jest lista tego, czego brakuje."
        return "Zapisano szkic. Możesz go wysłać."


class Data(OneCase, OfClub):
    title = "Dane zgłoszenia"
    case: ClubNotice
    only = (ClubNotice,)

    @property
    def asked(self) -> bool:
        """Whether the office waits for these data: they go to it with the button."""
        return bool(self.case.state == ProcedureState.TO_COMPLETE)

    @property
    def submit(self) -> str:  # type: ignore[override]
        return "Wyślij uzupełnienie" if self.asked else "Zapisz"

    def lead(self) -> str:
        if self.asked:
            return "Po wysłaniu sprawa wraca do urzędu. Jeśli urząd prosi też o załącznik, dodaj go najpierw."
        return super().lead()

    def form_kwargs(self) -> Mapping[str, Any]:
        return {"kind": self.case.kind}

    def initial(self) -> Mapping[str, Any]:
        return {**queries.data_from(self.case.content), "since": self.case.since}

    def save(self, form: Any) -> ClubNotice:
        return services.write(notice_id=self.case.pk, **form.cleaned_data)

    def success(self, form: Any, result: ClubNotice) -> str:
        return "Zapisano." if result.sent_on is None else "Wysłano uzupełnienie do urzędu."


class Take(OneCase, FormPage):
    """The office takes a notice into its register; what it writes may differ from what it was told."""

    action = perms.PROCEDURE_DECIDE
    template_name = "reporting/procedures/decide.html"
    case: ClubNotice
    only = (ClubNotice,)

    @property
    def kind(self) -> NoticeKind:
        return NoticeKind(self.case.kind)

    def get_title(self) -> str:
        return SUBMIT[self.kind]

    @property
    def submit(self) -> str:  # type: ignore[override]
        return SUBMIT[self.kind]

    @property
    def form_class(self) -> Any:  # type: ignore[override]
        found = {NoticeKind.ENTRY: EnterKisForm, NoticeKind.CHANGE: ChangeForm}
        return found.get(self.kind, forms.TakeClosingForm)

    def form_kwargs(self) -> Mapping[str, Any]:
        return {} if self.kind is NoticeKind.CLOSING else {"unit_type": UnitType.KIS}

    def initial(self) -> Mapping[str, Any]:
        said = queries.data_from(self.case.content)
        data = {name: said[name] for name in registers.DATA if name in said}
        return {**data, "since": self.case.since, "decided_on": clock.today()}

    def page(self) -> Mapping[str, Any]:
        closing = self.kind is NoticeKind.CLOSING
        return {"public": [] if closing else preview(UnitType.KIS, self.initial())}

    def save(self, form: Any) -> Any:
        take = {NoticeKind.ENTRY: services.enter, NoticeKind.CHANGE: services.change}
        return take.get(self.kind, services.delete)(notice_id=self.case.pk, **form.cleaned_data)

    def next_url(self, result: Any) -> str:
        return reverse("reporting:entry", args=[result.pk])

    def success(self, form: Any, result: Any) -> str:
        if self.kind is NoticeKind.ENTRY:
            return f"Wpisano do rejestru pod numerem {result.number} i połączono z jednostką."
        return "Zapisano w rejestrze."


_ONE = "rejestr-wojewody/zgloszenia/<uuid:pk>/"
urlpatterns = [
    path("rejestry/zgloszenia/", NoticeList.as_view(), name="notices"),
    path("rejestr-wojewody/zglos/", New.as_view(), name="notice_new"),
    path("rejestr-wojewody/zmiana/", New.as_view(kind=NoticeKind.CHANGE), name="notice_change"),
    path("rejestr-wojewody/koniec/", New.as_view(kind=NoticeKind.CLOSING), name="notice_closing"),
    path(_ONE, Show.as_view(), name="notice"),
    path(f"{_ONE}dane/", Data.as_view(), name="notice_data"),
    path(f"{_ONE}zalatw/", Take.as_view(), name="notice_take"),
]
