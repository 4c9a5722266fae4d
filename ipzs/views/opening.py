"""Screens of a unit that starts in mid-year: balances of persons, and files that bring them and the days."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse, reverse_lazy

from ipzs.forms import opening as forms
from ipzs.imports import table
from ipzs.imports.marks import COLUMNS as MARK_COLUMNS
from ipzs.imports_tasks import job_of, start_import
from ipzs.models import OpeningBalance
from ipzs.perms import opening as perms
from ipzs.queries import opening as queries
from ipzs.services import imports
from ipzs.services import opening as services
from participants.models import Participation
from participants.services.participations.common import unit_type
from participants.views.participations.base import crumbs_of
from reintegration.audit import record
from reintegration.core.components import Link
from reintegration.core.downloads import attachment
from reintegration.core.formats import counted
from reintegration.core.sheets import XLSX
from reintegration.core.views import ConfirmPage, FormPage, Page
from reintegration.documents.files import read_file, store_file
from reintegration.documents.models import StoredFile
from reintegration.jobs.enums import JobState
from reintegration.jobs.queries import progress_of
from reintegration.tenancy.actions import handles

TITLE = "Początek pracy w ciągu roku"
LIST = reverse_lazy("ipzs:opening_list")
# More problems than these are too many to read; the first ones say what is wrong.
MOST_SHOWN = 200


class OpeningList(Page):
    action = perms.LIST
    title = TITLE
    template_name = "ipzs/opening/list.html"
    request: Any

    def lead(self) -> str:
        return (
            "Uczestnicy, którzy zaczęli przed pierwszym dniem pracy w programie, i to, co już wykorzystali."
        )

    def actions(self) -> Sequence[Link]:
        if not self.request.may(perms.IMPORT):
            return []
        return [
            Link("Wczytaj obecność", reverse("ipzs:marks_import")),
            Link("Wczytaj uczestników", reverse("ipzs:opening_import"), current=True),
        ]

    def page(self) -> Mapping[str, Any]:
        found = queries.with_openings()
        record.shows(self.request, [file.person_id for file, _ in found])
        return {"rows": found, "may_edit": self.request.may(perms.EDIT)}


class OfFile:
    """What the forms of one person's opening share."""

    request: Any
    kwargs: dict[str, Any]
    file: Participation

    def find_file(self) -> None:
        rows = Participation.objects.select_related("person")
        self.file = get_object_or_404(rows, pk=self.kwargs["pk"])
        # Where the link to this form stood.
        self.back_url = reverse("ipzs:opening_list")
        if self.request.GET.get("widok") == "osoba":
            self.back_url = reverse("ipzs:attendance_person", args=[self.file.pk])
        record.about(self.request, self.file)
        record.shows(self.request, [self.file.person_id])

    def standing(self, *, lock: bool) -> OpeningBalance | None:
        rows: QuerySet[OpeningBalance] = OpeningBalance.objects.filter(participation=self.file)
        return (rows.select_for_update(of=("self",)) if lock else rows).first()

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return crumbs_of(self.file, ("Stan początkowy", ""))


class OpeningEdit(OfFile, FormPage):
    action = perms.EDIT
    form_class = forms.OpeningForm

    def get_title(self) -> str:
        return f"Stan początkowy: {self.file.person}"

    def lead(self) -> str:
        return "Co ta osoba wykorzystała, zanim zaczęto zapisywać jej obecność w programie."

    def object(self, *, lock: bool) -> OpeningBalance | None:
        self.find_file()
        return self.standing(lock=lock)

    def form_kwargs(self) -> Mapping[str, Any]:
        return {"unit_type": unit_type()}

    def initial(self) -> Mapping[str, Any]:
        row = self.found
        if row is None:
            return {**dict.fromkeys(forms.OF_CIS, 0), "hours_in_month": Decimal(0)}
        return {name: getattr(row, name) for name in (*forms.OF_CIS, "hours_in_month", "until", "source")}

    def actions(self) -> Sequence[Link]:
        if self.found is None:
            return []
        query = self.request.GET.urlencode()
        url = reverse("ipzs:opening_remove", args=[self.file.pk])
        return [Link("Usuń", f"{url}?widok=osoba" if "widok=osoba" in query else url)]

    def save(self, form: Any) -> OpeningBalance:
        data = services.OpeningData(**form.cleaned_data)
        return services.save_opening(participation_id=self.file.pk, data=data)

    def success(self, form: Any, result: OpeningBalance) -> str:
        return f"Zapisano stan początkowy: {self.file.person}."


class OpeningRemove(OfFile, ConfirmPage):
    action = perms.EDIT
    verb = "Usuń stan początkowy"
    danger = True

    def get_title(self) -> str:
        return f"Usunąć stan początkowy: {self.file.person}?"

    def text(self) -> str:
        return "Od tej chwili liczy się tylko to, co jest zapisane w programie."

    def object(self, *, lock: bool) -> None:
        self.find_file()

    def perform(self) -> str:
        services.remove_opening(participation_id=self.file.pk)
        return self.back_url

    def success(self) -> str:
        return f"Usunięto stan początkowy: {self.file.person}."


class ImportPage(FormPage):
    """A file is looked into row by row; one that fits is kept until somebody agrees to it."""

    action = perms.IMPORT
    form_class = forms.TableForm
    template_name = "ipzs/opening/import.html"
    submit = "Sprawdź plik"
    back_url: Any = LIST
    drafts = False
    kind = ""
    template_url = ""
    text = ""
    report: imports.Report | None = None

    def lead(self) -> str:
        return self.text

    def form_kwargs(self) -> Mapping[str, Any]:
        return {"kind": self.kind}

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [(TITLE, reverse("ipzs:opening_list")), (self.title, "")]

    def actions(self) -> Sequence[Link]:
        return [Link("Pobierz wzór", reverse(self.template_url))]

    def page(self) -> Mapping[str, Any]:
        problems = self.report.problems if self.report else ()
        return {
            "columns": [one for one in imports.COLUMNS[self.kind] if one.hint],
            "problems": problems[:MOST_SHOWN],
            "left_out": max(0, len(problems) - MOST_SHOWN),
        }

    def save(self, form: Any) -> str:
        file = form.cleaned_data["file"]
        self.report = imports.check(kind=self.kind, content=file.content, media_type=file.media_type)
        if not self.report.may_run:
            raise imports.Refused(self.report)
        kept = store_file(file, kind=self.kind)
        record.about(self.request, kept)
        return f"{reverse('ipzs:import_run', args=[kept.pk])}?nowe={self.report.fresh}"

    def success(self, form: Any, result: Any) -> str:
        return ""


class OpeningImport(ImportPage):
    title = "Wczytanie uczestników"
    kind = imports.OPENINGS
    template_url = "ipzs:opening_template"
    text = "Wiersz to jedna osoba: okresy i to, co wykorzystała. Plik wczytuje się cały albo wcale."


class MarksImport(ImportPage):
    title = "Wczytanie obecności"
    kind = imports.MARKS
    template_url = "ipzs:marks_template"
    text = "Wiersz to jeden dzień jednej osoby. Plik wczytuje się cały albo wcale."


class ImportRun(ConfirmPage):
    """A file that fits waits for a yes; after it the file is forgotten."""

    action = perms.IMPORT
    verb = "Wczytaj"
    back_url: Any = LIST

    def get_title(self) -> str:
        # A table is kept as plain text, whatever its name ended with.
        return f"Wczytać plik „{self.found.name.rpartition('.')[0]}”?"

    def object(self, *, lock: bool) -> StoredFile:
        rows = StoredFile.objects.filter(kind__in=imports.COLUMNS, erased_at__isnull=True)
        rows = rows.filter(made_by=self.request.principal.user_id)  # type: ignore[attr-defined]
        found: StoredFile = get_object_or_404(
            rows.select_for_update(of=("self",)) if lock else rows, pk=self.kwargs["pk"]
        )
        record.about(self.request, found)
        return found

    def text(self) -> str:
        columns = imports.COLUMNS[self.found.kind]
        rows = len(table.read_table(read_file(self.found), self.found.media_type, columns))
        said = f"Plik ma {counted(rows, 'wiersz', 'wiersze', 'wierszy')}. Wszystkie pasują."
        # What the check has just found; nothing rests on it.
        fresh = self.request.GET.get("nowe", "")
        if fresh.isdecimal() and len(fresh) < 7 and int(fresh) <= rows:
            return f"{said} Nowe: {int(fresh)}, bez zmian: {rows - int(fresh)}."
        return f"{said} To, co już jest zapisane tak samo, zostanie bez zmian."

    def perform(self) -> str:
        return reverse("ipzs:import_show", args=[start_import(file_id=self.found.pk)])


class ImportShow(Page):
    """How far the reading is, and what came of it."""

    action = perms.IMPORT
    template_name = "ipzs/opening/import_show.html"
    title = "Wczytywanie pliku"
    request: Any

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [(TITLE, reverse("ipzs:opening_list")), (self.title, "")]

    def page(self) -> Mapping[str, Any]:
        batch = self.kwargs["batch"]
        job = job_of(batch, self.request.principal.user_id)
        if job is None:
            raise Http404
        return {"progress": progress_of(batch), "result": job.result if job.state == JobState.DONE else None}


@handles(GET=perms.TEMPLATE)
def opening_template(request: Any) -> HttpResponse:
    return _sheet(table.workbook(imports.COLUMNS[imports.OPENINGS], []), "wzor-uczestnicy.xlsx")


@handles(GET=perms.TEMPLATE)
def marks_template(request: Any) -> HttpResponse:
    """With the numbers and names of everybody, so that nobody has to look them up."""
    found = list(queries.files())
    record.shows(request, [file.person_id for file in found])
    rows = [[file.number, str(file.person)] for file in found]
    return _sheet(table.workbook(MARK_COLUMNS, rows), "wzor-obecnosc.xlsx")


def _sheet(content: bytes, name: str) -> HttpResponse:
    return attachment(content, name, XLSX)


urlpatterns = [
    path("ustawienia/poczatek/", OpeningList.as_view(), name="opening_list"),
    path("ustawienia/poczatek/uczestnicy/", OpeningImport.as_view(), name="opening_import"),
    path("ustawienia/poczatek/uczestnicy/wzor/", opening_template, name="opening_template"),
    path("ustawienia/poczatek/obecnosc/", MarksImport.as_view(), name="marks_import"),
    path("ustawienia/poczatek/obecnosc/wzor/", marks_template, name="marks_template"),
    path("ustawienia/poczatek/plik/<uuid:pk>/", ImportRun.as_view(), name="import_run"),
    path("ustawienia/poczatek/wczytywanie/<uuid:batch>/", ImportShow.as_view(), name="import_show"),
    path("uczestnicy/<uuid:pk>/stan-poczatkowy/", OpeningEdit.as_view(), name="opening_edit"),
    path("uczestnicy/<uuid:pk>/stan-poczatkowy/usun/", OpeningRemove.as_view(), name="opening_remove"),
]
