"""Applications for the status of a CIS: point by point in the unit, decided by the office (art. 4, 5, 5a)."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from django.http import Http404
from django.urls import path, reverse

from reintegration.core import clock
from reintegration.core.components import Badge, Link
from reintegration.core.formats import counted
from reintegration.core.views import FormPage
from reintegration.tenancy.enums import FounderKind, UnitType
from reintegration.tenancy.models import Unit
from reporting import perms
from reporting import procedure_papers as papers
from reporting.enums import AppealState, ApplicationKind, ProcedureState
from reporting.forms import procedures as forms
from reporting.models import StatusApplication
from reporting.queries import procedures as queries
from reporting.queries.registers import appeals_of_refusal
from reporting.rules import procedures as rules
from reporting.services import applications as services
from reporting.services import proceedings
from reporting.tables import preview
from reporting.views.cases import OWN, OneCase, ShowCase, case_url
from reporting.views.notices import CaseList

READY = Badge("jest", "ok")
MISSING = Badge("brakuje", "warn")


class ApplicationList(CaseList):
    title = "Wnioski CIS"
    file_name = "wnioski-cis"
    model = StatusApplication
    row_url_name = "reporting:application"


class OneApplication(OneCase):
    case: StatusApplication

    only = (StatusApplication,)

    @property
    def grant(self) -> bool:
        return self.case.kind == ApplicationKind.GRANT


class Show(OneApplication, ShowCase):
    template_name = "reporting/procedures/application.html"

    def complete(self) -> bool:
        return not self.missing

    @cached_property
    def missing(self) -> list[rules.Point]:
        return queries.missing_of(self.case)

    def writing(self) -> list[Link]:
        found = [self.link("Dodaj załącznik", "case_attach")]
        if not self.missing:
            return found
        code = self.missing[0].code
        first = reverse("reporting:application_point", args=[self.case.pk, code])
        return [Link(f"Odpowiedz na punkt {code}", first, current=True), *found]

    def deciding(self) -> list[Link]:
        verb = "Nadaj status" if self.grant else "Przedłuż status"
        return [
            self.link(verb, "application_decide", main=True),
            self.link("Odmów", "application_refuse"),
        ]

    def appealing(self) -> list[Link]:
        for one in appeals_of_refusal(self.case.pk):
            if one.state == AppealState.LODGED:
                outcome = reverse("reporting:appeal_outcome", args=[one.pk])
                return [Link("Wpisz wynik odwołania", outcome, current=True)]
        return [self.link("Zapisz odwołanie", "application_appeal")]

    def page(self) -> Mapping[str, Any]:
        shown = super().page()
        answers, case = queries.answers_of(self.case), self.case
        files = [one for one in shown["files"] if not one.by_office]
        missing = {point.code for point in self.missing}
        writable = not self.office and case.state in proceedings.WRITABLE
        return {
            **shown,
            "points": [
                (
                    point,
                    papers.told(point, answers[point.code].content if point.code in answers else None),
                    [one for one in files if one.point == point.code],
                    MISSING if point.code in missing else READY,
                )
                for point in rules.points_for(local=case.local, powiat=case.powiat)
            ],
            "files": [one for one in shown["files"] if one.by_office or not one.point],
            "may_write": writable and self.request.may(perms.PROCEDURE_WRITE),
            "reports": queries.reports_of(case, clock.today()) if self.office and not self.grant else [],
        }

    def lead(self) -> str:
        if self.case.state != ProcedureState.DRAFT:
            return super().lead()
        missing = len(self.missing)
        if not missing:
            return "Wszystkie punkty są gotowe. Przeczytaj wniosek i wyślij go."
        return f"Brakuje: {counted(missing, 'punkt', 'punkty', 'punktów')}. (art. 4 ust. 2)"


class New(FormPage):
    action = perms.PROCEDURE_WRITE
    form_class = forms.StartForm
    submit = "Zacznij wniosek"
    drafts = False
    request: Any

    @property
    def back_url(self) -> str:  # type: ignore[override]
        return reverse(OWN[1])

    def get_title(self) -> str:
        if queries.prolongable_of(self.request.principal.place.id, clock.today()) is None:
            return "Wniosek o status CIS"
        return "Wniosek o przedłużenie statusu"

    def lead(self) -> str:
        return "Potem odpowiesz na punkty z art. 4 ust. 2. Co wie program, będzie już wpisane."

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [(OWN[0], self.back_url), (self.get_title(), "")]

    def initial(self) -> Mapping[str, Any]:
        founder = Unit.objects.select_related("founder").get(pk=self.request.principal.place.id).founder
        return {"local": founder.kind == FounderKind.LOCAL_GOVERNMENT, "powiat": False}

    def save(self, form: Any) -> StatusApplication:
        return services.start(**form.cleaned_data)

    def next_url(self, result: StatusApplication) -> str:
        return case_url(result)

    def success(self, form: Any, result: StatusApplication) -> str:
        return "Zaczęto wniosek. Odpowiedz na punkty, których brakuje."


class Point(OneApplication, FormPage):
    """One point: data, words with numbers, or a paper."""

    action = perms.PROCEDURE_WRITE
    form_class = forms.PointForm

    def object(self, *, lock: bool = False) -> Any:
        found = super().object(lock=lock)
        offered = rules.points_for(local=self.case.local, powiat=self.case.powiat)
        points = {one.code: one for one in offered}
        if self.kwargs["code"] not in points:
            raise Http404
        self.point = points[self.kwargs["code"]]
        return found

    def get_title(self) -> str:
        return f"Punkt {self.point.code}. {self.point.title}"

    def lead(self) -> str:
        return self.point.asks

    @property
    def submit(self) -> str:  # type: ignore[override]
        if rules.next_of(queries.missing_of(self.case), self.point) is not None:
            return "Zapisz i dalej"
        return "Dodaj załącznik" if self.point.way is rules.Way.PAPER else "Zapisz punkt"

    def form_kwargs(self) -> Mapping[str, Any]:
        return {"point": self.point}

    def initial(self) -> Mapping[str, Any]:
        if self.point.way is rules.Way.PAPER:
            return {"label": self.point.title}
        found = queries.answers_of(self.case).get(self.point.code)
        if found is not None:
            return queries.data_from(found.content)
        # What the program knows was not the whole answer, but nobody types it anew.
        known = queries.data_of_unit(self.case.unit_id) if self.point.way is rules.Way.DATA else {}
        return {name: known[name] for name in self.point.fields if known.get(name)}

    def save(self, form: Any) -> Any:
        if self.point.way is rules.Way.PAPER:
            return proceedings.attach(self.case, point=self.point.code, **form.cleaned_data)
        return services.answer(application_id=self.case.pk, point=self.point.code, content=form.cleaned_data)

    def next_url(self, result: Any) -> str:
        """Seventeen points are answered one after another, without the list in between."""
        found = rules.next_of(queries.missing_of(self.case), self.point)
        if found is None:
            return self.back_url
        return reverse("reporting:application_point", args=[self.case.pk, found.code])

    def success(self, form: Any, result: Any) -> str:
        left = len(queries.missing_of(self.case))
        said = f"Zapisano punkt {self.point.code}."
        return f"{said} Zostało: {counted(left, 'punkt', 'punkty', 'punktów')}." if left else said


class Decide(OneApplication, FormPage):
    """The decision that gives the status, or five years more of it."""

    action = perms.PROCEDURE_DECIDE
    template_name = "reporting/procedures/decide.html"

    def get_title(self) -> str:
        return "Nadaj status CIS" if self.grant else "Przedłuż status CIS"

    @property
    def submit(self) -> str:  # type: ignore[override]
        return "Nadaj status" if self.grant else "Przedłuż status"

    @property
    def form_class(self) -> Any:  # type: ignore[override]
        return forms.GrantForm if self.grant else forms.ProlongForm

    def lead(self) -> str:
        missing = queries.missing_of(self.case)
        said = super().lead()
        if not self.grant:
            found = queries.reports_of(self.case, clock.today())
            told = ", ".join(f"za {one.year} {one.words}" for one in found)
            said = f"{said} Sprawozdania: {told}. (art. 5a)"
        if not missing:
            return said
        return f"{said} Uwaga, brakuje punktów: {', '.join(one.code for one in missing)}."

    def initial(self) -> Mapping[str, Any]:
        today = clock.today()
        return {"decided_on": today, "since": today} if self.grant else {"decided_on": today}

    def page(self) -> Mapping[str, Any]:
        data = queries.register_data(queries.answers_of(self.case))
        return {"public": preview(UnitType.CIS, data)}

    def save(self, form: Any) -> Any:
        decide = services.grant if self.grant else services.prolong
        return decide(application_id=self.case.pk, **form.cleaned_data)

    def next_url(self, result: Any) -> str:
        return self.back_url

    def success(self, form: Any, result: Any) -> str:
        if self.grant:
            return f"Nadano status. Numer w rejestrze: {result.number}. Decyzja jest w załącznikach."
        return "Przedłużono status na 5 lat. Decyzja jest w załącznikach."


class Refuse(OneApplication, FormPage):
    action = perms.PROCEDURE_DECIDE
    form_class = forms.RefuseForm
    title = "Odmowa"
    submit = "Wydaj decyzję odmowną"

    def initial(self) -> Mapping[str, Any]:
        return {"decided_on": clock.today()}

    def save(self, form: Any) -> Any:
        return services.refuse(application_id=self.case.pk, **form.cleaned_data)

    def success(self, form: Any, result: Any) -> str:
        return "Zapisano odmowę. Decyzja jest w załącznikach."


_ONE = "rejestr-wojewody/wnioski/<uuid:pk>/"
urlpatterns = [
    path("rejestry/wnioski/", ApplicationList.as_view(), name="applications"),
    path("rejestr-wojewody/wniosek/", New.as_view(), name="application_new"),
    path(_ONE, Show.as_view(), name="application"),
    path(f"{_ONE}punkt/<str:code>/", Point.as_view(), name="application_point"),
    path(f"{_ONE}decyzja/", Decide.as_view(), name="application_decide"),
    path(f"{_ONE}odmowa/", Refuse.as_view(), name="application_refuse"),
]
