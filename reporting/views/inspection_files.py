"""The sample and the checklist of an inspection; a file of the unit is shown as `visit` brought it."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.views import View

from reintegration.audit import record
from reintegration.core.components import Link
from reintegration.core.downloads import named
from reintegration.core.formats import counted, format_long_date
from reintegration.core.views import ConfirmPage, FormPage, Page
from reintegration.tenancy.principal import Principal
from reporting import perms
from reporting.forms import inspections as forms
from reporting.models import InspectionFile, InspectionFinding, InspectionPoint
from reporting.queries import inspections as queries
from reporting.rules import inspections as rules
from reporting.services import inspection_looks as looks
from reporting.services import inspections as services
from reporting.views.inspections import OneInspection, found_badge


class InFile(OneInspection):
    """What the pages of one file of the sample share: its row is the office's."""

    file: InspectionFile
    finding: InspectionFinding

    def object(self, *, lock: bool = False) -> Any:
        super().object(lock=lock)
        self.file = get_object_or_404(
            InspectionFile.objects.all(), pk=self.kwargs["file"], inspection=self.inspection
        )
        self.finding = InspectionFinding.objects.get(file=self.file)
        record.about(self.request, self.file)
        return self.inspection

    def looked(self) -> None:
        """The office's journal tells a look from a page that only said that the file is closed."""
        self.object()
        if self.request.visited is not None:
            record.adds(self.request, **{queries.LOOKED: self.inspection.number})

    def get_title(self) -> str:
        return f"Akta {self.file.file_number}"


class Surveyed(OneInspection):
    """The frame of the sample, as the visit to the unit counted it; without access there is none."""

    @property
    def frame(self) -> looks.Frame:
        found: looks.Frame = self.request.visited or looks.Frame({}, {})
        return found


class Draw(Surveyed, FormPage):
    """The frame is read in the unit before the page and again before the draw, each time in its journal."""

    action = perms.INSPECTION_SAMPLE
    title = "Wylosuj akta"
    form_class = forms.DrawForm
    submit = "Wylosuj akta"
    drafts = False

    @staticmethod
    def visit(request: Any, principal: Principal, pk: UUID) -> looks.Frame | None:
        return looks.in_unit(request, principal, pk, looks.survey)

    def lead(self) -> str:
        if self.request.visited is None:
            return "Dostęp do akt jest zamknięty albo tej kontroli nie prowadzisz."
        number = counted(len(self.frame.files), "sprawę", "sprawy", "spraw")
        return f"W okresie kontrolowanym jednostka prowadziła {number}."

    def initial(self) -> Mapping[str, Any]:
        return {"size": rules.proposed_size(len(self.frame.files))}

    def version(self) -> str:
        """What is proposed follows the files of the moment, and nobody else's entry."""
        return ""

    def save(self, form: Any) -> Any:
        frame = self.frame
        return services.draw(
            inspection_id=self.inspection.pk,
            frame=frame.files,
            facts=frame.facts,
            size=form.cleaned_data["size"],
        )

    def success(self, form: Any, result: Any) -> str:
        return f"Wylosowano akta: {len(queries.files_of(result))}."


class Recount(Surveyed, ConfirmPage):
    action = perms.INSPECTION_SAMPLE
    title = "Policzyć od nowa?"
    verb = "Policz"

    @staticmethod
    def visit(request: Any, principal: Principal, pk: UUID) -> looks.Frame | None:
        return looks.in_unit(request, principal, pk, looks.survey) if request.method == "POST" else None

    def text(self) -> str:
        return "Program policzy, co wie o punktach kontroli. Poprzednie liczby zastąpią dzisiejsze."

    def perform(self) -> str:
        services.count(inspection_id=self.inspection.pk, facts=self.frame.facts)
        return self.back_url

    def success(self) -> str:
        return "Policzono na dziś."


class AddFile(OneInspection, FormPage):
    action = perms.INSPECTION_SAMPLE
    title = "Dodaj akta do próby"
    form_class = forms.FileForm
    submit = "Dodaj akta"
    drafts = False

    @staticmethod
    def visit(request: Any, principal: Principal, pk: UUID) -> UUID | None:
        if request.method != "POST":
            return None
        read = partial(looks.numbered, number=request.POST.get("number", ""))
        return looks.in_unit(request, principal, pk, read)

    def save(self, form: Any) -> Any:
        return services.add_file(
            inspection_id=self.inspection.pk, participation=self.request.visited, **form.cleaned_data
        )

    def next_url(self, result: Any) -> str:
        return self.back_url

    def success(self, form: Any, result: Any) -> str:
        return f"Dodano akta {result.file_number}."


class Look(InFile, Page):
    """A file of the unit, read only; to whoever may not look the page says so, and nothing of the file."""

    action = perms.INSPECTION_LOOK
    template_name = "reporting/inspections/file.html"

    @staticmethod
    def visit(request: Any, principal: Principal, pk: UUID, file: UUID) -> Any:
        return looks.in_unit(request, principal, pk, partial(looks.look, file_id=file))

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.looked()
        return self.answer()

    def lead(self) -> str:
        row = self.inspection
        if self.request.visited is None:
            return "Te akta są dla Ciebie zamknięte."
        return (
            f"Wgląd trafił do dziennika jednostki. Akta są otwarte do {format_long_date(row.access_until)}."
        )

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [*self.trail(), (self.name(), self.back_url), (self.get_title(), "")]

    def actions(self) -> Sequence[Link]:
        if self.request.visited is None:
            return []
        url = reverse("reporting:inspection_finding", args=[self.inspection.pk, self.file.pk])
        return [Link("Wpisz wynik", url, current=True)]

    def page(self) -> Mapping[str, Any]:
        return {
            "dossier": self.request.visited,
            "file": self.file,
            "inspection": self.inspection,
            "badge": found_badge(self.finding.finding, "nieobejrzane"),
        }


class TakePaper(InFile, View):
    """An issued paper of a file, as the unit keeps it."""

    action = perms.INSPECTION_LOOK
    http_method_names = ["get", "head", "options"]

    @staticmethod
    def visit(request: Any, principal: Principal, pk: UUID, file: UUID, paper: UUID) -> Any:
        return looks.in_unit(request, principal, pk, partial(looks.take, file_id=file, paper_id=paper))

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        self.looked()
        found: looks.TakenPaper | None = request.visited
        if found is None:
            return HttpResponseRedirect(
                reverse("reporting:inspection_look", args=[self.inspection.pk, self.file.pk])
            )
        response = HttpResponse(found.content, content_type=found.media_type)
        named(response, found.name)
        response["Content-Security-Policy"] = "default-src 'none'; sandbox"
        response["X-Content-Type-Options"] = "nosniff"
        response["Cross-Origin-Resource-Policy"] = "same-origin"
        return response


class Finding(InFile, FormPage):
    action = perms.INSPECTION_WRITE
    form_class = forms.FindingForm
    submit = "Zapisz wynik"

    def get_title(self) -> str:
        return f"Wynik: akta {self.file.file_number}"

    def initial(self) -> Mapping[str, Any]:
        return {"finding": self.finding.finding, "words": self.finding.words}

    def save(self, form: Any) -> Any:
        return services.find(inspection_id=self.inspection.pk, file_id=self.file.pk, **form.cleaned_data)

    def next_url(self, result: Any) -> str:
        """Back among the files: the next one is opened by whoever inspects, for each look is written down."""
        return f"{self.back_url}#proba"


class Answer(OneInspection, FormPage):
    """One point of the checklist, with its article and what the program counted."""

    action = perms.INSPECTION_WRITE
    form_class = forms.PointForm
    submit = "Zapisz odpowiedź"
    template_name = "reporting/inspections/point.html"
    checked: queries.CheckedPoint

    def object(self, *, lock: bool = False) -> Any:
        super().object(lock=lock)
        found = [one for one in queries.points_of(self.inspection) if one.point.code == self.kwargs["code"]]
        if not found or found[0].row is None:
            raise Http404
        self.checked = found[0]
        return self.inspection

    def get_title(self) -> str:
        return f"Punkt {self.checked.point.code}"

    def lead(self) -> str:
        return self.checked.point.asks

    def initial(self) -> Mapping[str, Any]:
        row = self.checked.row
        assert row is not None
        return {"answer": row.answer, "words": row.words}

    def page(self) -> Mapping[str, Any]:
        facts = [("Podstawa", self.checked.point.article), ("Co wie program", self.checked.known)]
        return {"facts": [one for one in facts if one[1]]}

    def save(self, form: Any) -> InspectionPoint:
        return services.answer(
            inspection_id=self.inspection.pk, code=self.checked.point.code, **form.cleaned_data
        )

    def next_url(self, result: Any) -> str:
        """On to the next point without an answer; after the last one back to the inspection."""
        points = queries.points_of(self.inspection)
        here = [one.point.code for one in points].index(result.code)
        waits = [one for one in [*points[here + 1 :], *points[:here]] if one.row and not one.row.answer]
        if not waits:
            return f"{self.back_url}#lista"
        return reverse("reporting:inspection_point", args=[self.inspection.pk, waits[0].point.code])


_ONE = "rejestr-wojewody/kontrole/<uuid:pk>/"
_FILE = f"{_ONE}akta/<uuid:file>/"
urlpatterns = [
    path(f"{_ONE}losowanie/", Draw.as_view(), name="inspection_draw"),
    path(f"{_ONE}policz/", Recount.as_view(), name="inspection_recount"),
    path(f"{_ONE}dodaj-akta/", AddFile.as_view(), name="inspection_add"),
    path(_FILE, Look.as_view(), name="inspection_look"),
    path(f"{_FILE}dokument/<uuid:paper>/", TakePaper.as_view(), name="inspection_paper"),
    path(f"{_FILE}wynik/", Finding.as_view(), name="inspection_finding"),
    path(f"{_ONE}punkt/<slug:code>/", Answer.as_view(), name="inspection_point"),
]
