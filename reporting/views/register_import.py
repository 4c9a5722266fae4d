"""Bringing in the register that the office kept in a spreadsheet."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.functional import cached_property

from ipzs.forms.opening import TableForm
from ipzs.imports import table
from reintegration.audit import record
from reintegration.core.components import Link
from reintegration.core.downloads import attachment
from reintegration.core.formats import counted
from reintegration.core.sheets import XLSX
from reintegration.core.views import ConfirmPage, FormPage
from reintegration.documents.files import erase_file, read_file, store_file
from reintegration.documents.models import StoredFile
from reintegration.tenancy.actions import handles
from reintegration.tenancy.enums import UnitType
from reporting import perms
from reporting.services import register_import as services
from reporting.views.registers import TITLES, register_url

# More problems than these are too many to read; the first ones say what is wrong.
MOST_SHOWN = 200
# Of the rows that will come in: enough to see that every column stands where it should.
MOST_LOOKED_AT = 50


class RegisterImport(FormPage):
    """A file is looked into row by row; one that fits is kept until somebody agrees to it."""

    action = perms.REGISTER_IMPORT
    form_class = TableForm
    template_name = "ipzs/opening/import.html"
    submit = "Sprawdź plik"
    drafts = False
    unit_type = UnitType.CIS
    report: services.Report | None = None

    def get_title(self) -> str:
        return f"Wczytanie rejestru {self.unit_type}"

    def lead(self) -> str:
        return "Wiersz to jedna jednostka. Plik wczytuje się cały albo wcale."

    def form_kwargs(self) -> Mapping[str, Any]:
        return {"kind": services.KINDS[self.unit_type]}

    @property
    def back_url(self) -> str:  # type: ignore[override]
        return register_url(self.unit_type)

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [(TITLES[self.unit_type], self.back_url), (self.get_title(), "")]

    def actions(self) -> Sequence[Link]:
        return [Link("Pobierz wzór", reverse(f"reporting:{self.unit_type.lower()}_template"))]

    def page(self) -> Mapping[str, Any]:
        problems = self.report.problems if self.report else ()
        return {
            "columns": [one for one in services.COLUMNS[self.unit_type] if one.hint],
            "problems": problems[:MOST_SHOWN],
            "left_out": max(0, len(problems) - MOST_SHOWN),
        }

    def save(self, form: Any) -> str:
        file = form.cleaned_data["file"]
        self.report = services.check(
            unit_type=self.unit_type, content=file.content, media_type=file.media_type
        )
        if not self.report.may_run:
            raise services.Refused(self.report)
        kept = store_file(file, kind=services.KINDS[self.unit_type])
        record.about(self.request, kept)
        return reverse("reporting:register_import_run", args=[kept.pk])

    def success(self, form: Any, result: Any) -> str:
        return ""


class RegisterImportRun(ConfirmPage):
    """A file that fits waits for a yes; after it the file is forgotten."""

    action = perms.REGISTER_IMPORT
    verb = "Wczytaj"
    template_name = "reporting/registers/import_run.html"
    made: services.Report

    def get_title(self) -> str:
        # A table is kept as plain text, whatever its name ended with.
        return f"Wczytać plik „{self.found.name.rpartition('.')[0]}”?"

    @property
    def unit_type(self) -> UnitType:
        return next(one for one, kind in services.KINDS.items() if kind == self.found.kind)

    @property
    def back_url(self) -> str:  # type: ignore[override]
        return register_url(self.unit_type)

    def object(self, *, lock: bool) -> StoredFile:
        rows = StoredFile.objects.filter(kind__in=services.KINDS.values(), erased_at__isnull=True)
        rows = rows.filter(made_by=self.request.principal.user_id)  # type: ignore[attr-defined]
        found: StoredFile = get_object_or_404(
            rows.select_for_update(of=("self",)) if lock else rows, pk=self.kwargs["pk"]
        )
        record.about(self.request, found)
        return found

    @cached_property
    def look(self) -> services.Look:
        return services.look(
            unit_type=self.unit_type, content=read_file(self.found), media_type=self.found.media_type
        )

    def text(self) -> str:
        rows, fresh = self.look.rows, len(self.look.fresh)
        said = f"Plik ma {counted(rows, 'wiersz', 'wiersze', 'wierszy')}. Wszystkie pasują."
        said = f"{said} Nowe: {fresh}, już w rejestrze: {rows - fresh}."
        if fresh:
            said = f"{said} Nowe wpisy będą publiczne: sprawdź niżej, czy żadne kolumny się nie zamieniły."
        return said

    def page(self) -> Mapping[str, Any]:
        look = self.look
        headings = [one.heading for one in look.columns]
        return {
            **super().page(),
            "headings": headings,
            "fresh": [
                (line, list(zip(headings, cells, strict=True))) for line, cells in look.fresh[:MOST_LOOKED_AT]
            ],
            "fresh_all": len(look.fresh),
            "differing": look.differing[:MOST_SHOWN],
            "left_out": max(0, len(look.differing) - MOST_SHOWN),
        }

    def perform(self) -> str:
        self.made = services.run(
            unit_type=self.unit_type, content=read_file(self.found), media_type=self.found.media_type
        )
        back = self.back_url
        erase_file(self.found)
        return back

    def success(self) -> str:
        return f"Wczytano: {counted(self.made.fresh, 'nowy wpis', 'nowe wpisy', 'nowych wpisów')}."


def _template(unit_type: UnitType) -> HttpResponse:
    content = table.workbook(services.COLUMNS[unit_type], [])
    return attachment(content, f"wzor-rejestr-{unit_type.lower()}.xlsx", XLSX)


@handles(GET=perms.REGISTER_IMPORT)
def cis_template(request: Any) -> HttpResponse:
    return _template(UnitType.CIS)


@handles(GET=perms.REGISTER_IMPORT)
def kis_template(request: Any) -> HttpResponse:
    return _template(UnitType.KIS)


urlpatterns = [
    path("rejestry/cis/wczytaj/", RegisterImport.as_view(unit_type=UnitType.CIS), name="cis_import"),
    path("rejestry/kis/wczytaj/", RegisterImport.as_view(unit_type=UnitType.KIS), name="kis_import"),
    path("rejestry/cis/wczytaj/wzor/", cis_template, name="cis_template"),
    path("rejestry/kis/wczytaj/wzor/", kis_template, name="kis_template"),
    path("rejestry/plik/<uuid:pk>/", RegisterImportRun.as_view(), name="register_import_run"),
]
