"""What a notice and an application share on screen: the page of a case, sending, calls, files, the print."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse

from participants.services.participations.common import own_unit
from reintegration.audit import record
from reintegration.core import clock
from reintegration.core.components import Badge, Link, TimelineEntry
from reintegration.core.formats import counted, format_date, format_long_date
from reintegration.core.views import ConfirmPage, DetailPage, FormPage
from reintegration.documents.exports import as_download
from reintegration.tenancy.actions import handles
from reporting import perms
from reporting import procedure_papers as papers
from reporting.enums import ProcedureState
from reporting.forms import procedures as forms
from reporting.models import ClubNotice, ProcedureFile, ProcedureStep, StatusApplication
from reporting.queries import procedures as queries
from reporting.rules import procedures as rules
from reporting.services import applications, notices, proceedings
from reporting.services.proceedings import Case, table_of
from reporting.services.reports import office_of
from reporting.transitions import OfProcedure
from reporting.views.sides import OfTwoSides, served

S = ProcedureState
KINDS = {
    S.DRAFT: "plain",
    S.SENT: "info",
    S.TO_COMPLETE: "warn",
    S.DONE: "ok",
    S.REFUSED: "bad",
    S.LEFT: "bad",
    S.WITHDRAWN: "plain",
}
DONE = {
    OfProcedure.SEND: ("Wysłano do urzędu", "send"),
    OfProcedure.CALL: ("Wezwano do uzupełnienia", "arrow-back-up"),
    OfProcedure.RECEIVE: ("Odebrano wezwanie", "circle-check"),
    OfProcedure.COMPLETE: ("Uzupełniono", "send"),
    OfProcedure.FINISH: ("Załatwiono", "circle-check"),
    OfProcedure.REFUSE: ("Odmówiono", "gavel"),
    OfProcedure.LEAVE: ("Pozostawiono bez rozpoznania", "gavel"),
    OfProcedure.WITHDRAW: ("Wycofano", "circle"),
    OfProcedure.APPEAL: ("Zapisano odwołanie", "gavel"),
    OfProcedure.UPHOLD: ("Odmowa zostaje", "gavel"),
    OfProcedure.REOPEN: ("Odmowę uchylono", "arrow-back-up"),
}
OWN = ("Wpis w rejestrze", "reporting:own_entry")
OPEN = frozenset({S.DRAFT, S.SENT, S.TO_COMPLETE})


def case_badge(case: Case) -> Badge:
    return Badge(str(case.get_state_display()), KINDS[S(case.state)])


def left_badge(due: date | None, state: str, today: date) -> Badge | str:
    """How many days the office has left."""
    if due is None or state != S.SENT:
        return ""
    left = rules.days_left(due, today)
    if left < 0:
        return Badge(f"{counted(-left, 'dzień', 'dni', 'dni')} po terminie", "bad")
    return Badge(f"zostało {counted(left, 'dzień', 'dni', 'dni')}", "warn" if left <= 7 else "info")


def capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"


def case_url(case: Case) -> str:
    name = "notice" if isinstance(case, ClubNotice) else "application"
    return reverse(f"reporting:{name}", args=[case.pk])


class OneCase(OfTwoSides):
    """What the pages of one case share: the unit and its office come to it by the same address."""

    kwargs: dict[str, Any]
    case: Case
    # The kinds of cases that the page knows.
    only: tuple[type[Case], ...] = (ClubNotice, StatusApplication)
    back_url: str
    title = ""

    def object(self, *, lock: bool = False) -> Any:
        found = queries.find_case(self.kwargs["pk"], lock=lock)
        if not isinstance(found, self.only):
            raise Http404
        self.take(found)
        return found

    def take(self, found: Case) -> None:
        self.case = found
        self.back_url = case_url(found)
        record.about(self.request, found)
        self.request.nav_place = "notices" if isinstance(found, ClubNotice) else "applications"

    def trail(self) -> Sequence[tuple[str, str]]:
        """The way to the page of the case."""
        if not self.office:
            return [(OWN[0], reverse(OWN[1]))]
        if isinstance(self.case, ClubNotice):
            return [("Zgłoszenia KIS", reverse("reporting:notices"))]
        return [("Wnioski CIS", reverse("reporting:applications"))]

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [*self.trail(), (capital(str(self.case)), self.back_url), (self.get_title(), "")]

    def get_title(self) -> str:
        return self.title

    def lead(self) -> str:
        return f"{capital(str(self.case))}: {self.case.unit}."


class ShowCase(OneCase, DetailPage):
    """The page of a case for both sides; what its sides may do is said by its subclass."""

    action = perms.PROCEDURE_SHOW
    template_name = "reporting/procedures/case.html"

    def get_title(self) -> str:
        return capital(str(self.case))

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [*self.trail(), (self.get_title(), "")]

    def lead(self) -> str:
        case, today = self.case, clock.today()
        said = [f"{case.unit}." if self.office else ""]
        if case.sent_on is not None:
            said.append(f"Wysłano {format_date(case.sent_on, today=today)}.")
        if case.state == S.SENT and case.due_on is not None:
            said.append(f"Urząd ma czas do {format_long_date(case.due_on)}.")
        return " ".join(filter(None, said))

    def actions(self) -> Sequence[Link]:
        mine = self.of_office() if self.office else self.of_unit()
        return [*mine, self.link("Pobierz PDF", "case_print")]

    def of_unit(self) -> list[Link]:
        """What the unit may do with its case."""
        may, found, case = self.request.may, [], self.case
        called = case.state == S.TO_COMPLETE
        first = called and case.call_received_on is None and may(perms.PROCEDURE_RECEIVE)
        if first:
            found.append(self.link("Potwierdź odbiór", "case_received", main=True))
        if case.state in proceedings.WRITABLE and may(perms.PROCEDURE_SEND) and self.complete():
            verb = "Wyślij uzupełnienie" if called else "Wyślij do urzędu"
            found.append(self.link(verb, "case_send", main=not first))
        if case.state in proceedings.WRITABLE and may(perms.PROCEDURE_WRITE):
            found += self.writing()
        if table_of(case).may(case, OfProcedure.WITHDRAW) and may(perms.PROCEDURE_SEND):
            found.append(self.link("Wycofaj", "case_withdraw"))
        return found

    def complete(self) -> bool:
        """Whether nothing is missing that would keep the case from being sent."""
        raise NotImplementedError

    def writing(self) -> list[Link]:
        raise NotImplementedError

    def of_office(self) -> list[Link]:
        if not self.request.may(perms.PROCEDURE_DECIDE):
            return []
        if self.case.state == S.SENT:
            return [*self.deciding(), self.link("Wezwij do uzupełnienia", "case_call")]
        if self.case.state == S.REFUSED:
            return self.appealing()
        case, found = self.case, []
        if case.state == S.TO_COMPLETE and not case.call_received_by_unit:
            found.append(self.link("Wpisz dzień odbioru", "case_received", main=case.complete_by is None))
        if case.complete_by is not None and case.complete_by < clock.today():
            found.append(self.link("Zostaw bez rozpoznania", "case_leave"))
        return found

    def deciding(self) -> list[Link]:
        raise NotImplementedError

    def appealing(self) -> list[Link]:
        """What the office writes down of a refusal that is taken further; nobody refuses a notice."""
        return []

    def link(self, label: str, name: str, *, main: bool = False) -> Link:
        return Link(label, reverse(f"reporting:{name}", args=[self.case.pk]), current=main)

    def page(self) -> Mapping[str, Any]:
        steps = queries.steps_of(self.case)
        calls = [one for one in steps if one.step == OfProcedure.CALL]
        writable = not self.office and self.case.state in proceedings.WRITABLE
        return {
            **super().page(),
            "badge": case_badge(self.case),
            "left": left_badge(self.case.due_on, self.case.state, clock.today()) if self.office else "",
            "called": calls[-1] if calls and self.case.state == S.TO_COMPLETE else None,
            "case": self.case,
            "office": self.office,
            "files": queries.files_of(self.case),
            "may_drop": writable and self.request.may(perms.PROCEDURE_WRITE),
            "timeline": [_entry(one) for one in steps],
        }


def _entry(step: ProcedureStep) -> TimelineEntry:
    title, icon = DONE[OfProcedure(step.step)]
    return TimelineEntry(step.at, title, step.words, by=step.by.get_full_name(), icon=icon)


class Send(OneCase, ConfirmPage):
    action = perms.PROCEDURE_SEND
    title = "Wysłać do urzędu?"
    verb = "Wyślij"

    def text(self) -> str:
        office = self.case.sender or office_of(own_unit())
        to = f"Dostanie to {office.name}." if office else "Urząd Waszego województwa nie pracuje w programie."
        return f"{to} Potem zmienisz coś dopiero na wezwanie urzędu."

    def perform(self) -> str:
        if isinstance(self.case, ClubNotice):
            notices.send(notice_id=self.case.pk)
        else:
            applications.send(application_id=self.case.pk)
        return self.back_url

    def success(self) -> str:
        return "Wysłano do urzędu."


class Withdraw(OneCase, ConfirmPage):
    action = perms.PROCEDURE_SEND
    title = "Wycofać sprawę?"
    verb = "Wycofaj"
    danger = True

    def text(self) -> str:
        return "Wycofanej sprawy nie da się wznowić. Możesz zacząć nową."

    def perform(self) -> str:
        proceedings.withdraw(self.case)
        return self.back_url

    def success(self) -> str:
        return "Wycofano sprawę."


class Attach(OneCase, FormPage):
    action = perms.PROCEDURE_WRITE
    title = "Załącznik"
    form_class = forms.AttachForm
    submit = "Dodaj załącznik"
    drafts = False

    def save(self, form: Any) -> Any:
        return proceedings.attach(self.case, **form.cleaned_data)

    def success(self, form: Any, result: Any) -> str:
        return f"Dodano załącznik: {result.label}."


class Call(OneCase, FormPage):
    action = perms.PROCEDURE_DECIDE
    title = "Wezwanie do uzupełnienia"
    form_class = forms.CallForm
    submit = "Wyślij wezwanie"

    def initial(self) -> Mapping[str, Any]:
        return {"days": 2 * rules.COMPLETION_DAYS}

    def save(self, form: Any) -> Any:
        if isinstance(self.case, ClubNotice):
            return proceedings.call(self.case, **form.cleaned_data)
        return applications.call(application_id=self.case.pk, **form.cleaned_data)

    def success(self, form: Any, result: Any) -> str:
        return "Wysłano wezwanie."


class Received(OneCase, FormPage):
    action = perms.PROCEDURE_RECEIVE
    title = "Odbiór wezwania"
    form_class = forms.CallReceivedForm
    submit = "Potwierdź odbiór"
    drafts = False

    def initial(self) -> Mapping[str, Any]:
        return {"received_on": self.case.call_received_on or clock.today()}

    def save(self, form: Any) -> Any:
        return proceedings.receive(self.case, **form.cleaned_data)

    def success(self, form: Any, result: Any) -> str:
        return f"Termin uzupełnienia: {format_long_date(result.complete_by)}."


class Leave(OneCase, ConfirmPage):
    action = perms.PROCEDURE_DECIDE
    title = "Zostawić bez rozpoznania?"
    verb = "Zostaw bez rozpoznania"
    danger = True

    def text(self) -> str:
        return "Jednostka nie uzupełniła sprawy w terminie. (art. 64 § 2 KPA)"

    def perform(self) -> str:
        proceedings.leave(self.case)
        return self.back_url

    def success(self) -> str:
        return "Pozostawiono bez rozpoznania."


class OneFile(OneCase):
    """An attachment of a case that this side sees."""

    def object(self, *, lock: bool = False) -> Any:
        rows = ProcedureFile.objects.select_related("notice", "application")
        self.file = get_object_or_404(rows, pk=self.kwargs["pk"])
        found = self.file.notice or self.file.application
        self.take(found)
        return self.file


class DropFile(OneFile, ConfirmPage):
    action = perms.PROCEDURE_WRITE
    title = "Usunąć załącznik?"
    verb = "Usuń"
    danger = True

    def text(self) -> str:
        return f"{self.file.label}. Urząd jeszcze go nie widział."

    def perform(self) -> str:
        proceedings.drop_file(self.file)
        return self.back_url

    def success(self) -> str:
        return "Usunięto załącznik."


@handles(GET=perms.PROCEDURE_SHOW)
def case_file(request: Any, pk: UUID) -> HttpResponse:
    """Hand out an attachment: one's own, or one that the other side shares."""
    attached = get_object_or_404(ProcedureFile.objects.all(), pk=pk)
    return served(request, attached.stored_file)


@handles(GET=perms.PROCEDURE_SHOW)
def case_print(request: Any, pk: UUID) -> HttpResponse:
    """The notice or the application on paper."""
    found = queries.find_case(pk)
    if found is None:
        raise Http404
    record.about(request, found)
    if isinstance(found, ClubNotice):
        return as_download(papers.notice(found), str(found))
    return as_download(papers.application(found), str(found))


_CASE = "rejestr-wojewody/sprawy/<uuid:pk>/"
_FILE = "rejestr-wojewody/zalaczniki/<uuid:pk>/"
urlpatterns = [
    path(f"{_CASE}wyslij/", Send.as_view(), name="case_send"),
    path(f"{_CASE}wycofaj/", Withdraw.as_view(), name="case_withdraw"),
    path(f"{_CASE}zalacznik/", Attach.as_view(), name="case_attach"),
    path(f"{_CASE}wezwij/", Call.as_view(), name="case_call"),
    path(f"{_CASE}odbior/", Received.as_view(), name="case_received"),
    path(f"{_CASE}bez-rozpoznania/", Leave.as_view(), name="case_leave"),
    path(f"{_CASE}druk/", case_print, name="case_print"),
    path(_FILE, case_file, name="case_file"),
    path(f"{_FILE}usun/", DropFile.as_view(), name="case_file_drop"),
]
