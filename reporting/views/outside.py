"""Reports of units outside the program: brought in from paper cell by cell, or read from a spreadsheet."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.functional import cached_property

from ipzs.imports import table
from reintegration.audit import record
from reintegration.core.components import Badge, Link
from reintegration.core.downloads import attachment
from reintegration.core.errors import InputError
from reintegration.core.formats import counted, format_long_date
from reintegration.core.views import ConfirmPage, DetailPage, FormPage
from reintegration.documents.exports import export_rows
from reintegration.documents.files import erase_file, read_file, store_file
from reintegration.documents.models import StoredFile
from reintegration.tenancy.actions import handles
from reintegration.tenancy.enums import UnitType
from reporting import perms
from reporting import report_words as words
from reporting.enums import OutsideState
from reporting.forms import season as forms
from reporting.forms.reports import PartForm, name_of
from reporting.models import OutsideReport, RegisterEntry
from reporting.queries import reports as report_queries
from reporting.queries import season as queries
from reporting.rules.layouts import Part
from reporting.services import outside_import
from reporting.services import season as services
from reporting.transitions import OUTSIDE, OfOutside
from reporting.views.files import json_file
from reporting.views.season import TITLE, asked_year

# More problems than these are too many to read; the first ones say what is wrong.
MOST_SHOWN = 200
# Of the cells that will come in: enough to see that numbers stand where they should.
MOST_LOOKED_AT = 50
STATES = {
    OutsideState.RECEIVED.value: Badge("wpisywane", "info"),
    OutsideState.ACCEPTED.value: Badge("przyjęte", "ok"),
    OutsideState.DROPPED.value: Badge("wycofane", "plain"),
}


def season_url(year: int) -> str:
    return f"{reverse('reporting:season')}?rok={year}"


class OfOutsideReport:
    """A page of one report that came on paper."""

    action: Any = perms.OUTSIDE_WRITE
    request: Any
    kwargs: dict[str, Any]
    found: OutsideReport

    def object(self, *, lock: bool = False) -> OutsideReport:
        rows = queries.outside(self.kwargs["pk"])
        found: OutsideReport = get_object_or_404(rows.select_for_update(of=("self",)) if lock else rows)
        record.about(self.request, found)
        self.found = found
        return found

    @property
    def name(self) -> str:
        return str(self.found.content["unit"]["name"])

    @property
    def back_url(self) -> str:
        return reverse("reporting:outside", args=[self.found.pk])

    @property
    def sheet(self) -> report_queries.Sheet:
        return report_queries.sent(self.found)

    def crumbs(self) -> Sequence[tuple[str, str]]:
        year = self.found.year
        return [
            (f"{TITLE} za {year}", season_url(year)), (self.name, self.back_url), (self.get_title(), "")  # type: ignore[attr-defined]
        ]  # fmt: skip


class Show(OfOutsideReport, DetailPage):
    action = perms.SEASON_SHOW
    template_name = "reporting/season/outside.html"

    def get_title(self) -> str:
        return f"{self.name}: sprawozdanie za {self.found.year}"

    def lead(self) -> str:
        return f"Wpłynęło {format_long_date(self.found.received_on)}, {self.found.get_how_display()}."

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [(f"{TITLE} za {self.found.year}", season_url(self.found.year)), (self.name, "")]

    def actions(self) -> Sequence[Link]:
        if not self.request.may(perms.OUTSIDE_WRITE):
            return []
        pk = [self.found.pk]
        drop = Link("Wycofaj", reverse("reporting:outside_drop", args=pk))
        if OUTSIDE.may(self.found, OfOutside.ACCEPT):
            return [
                Link("Przyjmij", reverse("reporting:outside_accept", args=pk), current=True),
                Link("Wpisz tę część", reverse("reporting:outside_part", args=[*pk, self.part.key])),
                drop,
            ]
        if OUTSIDE.may(self.found, OfOutside.REOPEN):
            return [Link("Popraw", reverse("reporting:outside_reopen", args=pk)), drop]
        return []

    def facts(self) -> Iterable[tuple[str, Any]]:
        unit = self.found.content["unit"]
        yield "Numer w rejestrze", unit.get("number", "")
        yield "Adres", f"{unit['street']}, {unit['postcode']} {unit['town']}"
        yield "Prowadzi", unit.get("founder", "")
        yield "Wzór", f"{self.found.layout.title}, wersja {self.found.layout.version}"

    @cached_property
    def part(self) -> Part:
        """The part that is shown; at first the first one into which somebody types."""
        parts = self.found.layout.layout.parts
        asked = self.request.GET.get("czesc", "")
        usual = next(
            (one for one in parts if services.typed_cells(self.found.layout.layout, one.key)), parts[0]
        )
        return next((one for one in parts if one.key == asked), usual)

    def page(self) -> Mapping[str, Any]:
        sheet = self.sheet
        return {
            **super().page(),
            "badge": STATES[self.found.state],
            "parts": [
                Link(words.short(one), f"?czesc={one.key}", one is self.part) for one in sheet.layout.parts
            ],
            "part": self.part,
            "grids": words.grids(sheet, self.part),
            "broken": sheet.broken,
            "files": [
                (kind.upper(), reverse("reporting:outside_file", args=[self.found.pk, kind]))
                for kind in ("xlsx", "csv", "json")
            ],
        }


@handles(GET=perms.SEASON_SHOW)
def outside_file(request: Any, pk: Any, kind: str) -> HttpResponse:
    """What was copied, to take away."""
    row = get_object_or_404(queries.outside(pk))
    record.about(request, row)
    name = f"sprawozdanie {row.content['unit']['name']} {row.year}"
    if kind == "json":
        return json_file(row.content, name)
    if kind not in ("xlsx", "csv"):
        raise Http404
    sheet = report_queries.sent(row)
    return export_rows(kind, labels=words.LABELS, rows=words.rows(sheet), name=name)


class Bring(FormPage):
    """A report came on paper; after this its cells are typed in."""

    action = perms.OUTSIDE_WRITE
    form_class = forms.BringForm
    submit = "Zacznij wpisywać"

    @cached_property
    def entry(self) -> RegisterEntry:
        found: RegisterEntry = get_object_or_404(RegisterEntry.objects.all(), pk=self.kwargs["pk"])
        record.about(self.request, found)
        return found

    @property
    def year(self) -> int:
        return asked_year(self.kwargs["year"])

    def get_title(self) -> str:
        return f"Sprawozdanie za {self.year} z papieru"

    def lead(self) -> str:
        return "Wpisz dzień wpływu. Liczby przepiszesz część po części."

    @property
    def back_url(self) -> str:  # type: ignore[override]
        return reverse("reporting:entry", args=[self.entry.pk])

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [
            (f"{TITLE} za {self.year}", season_url(self.year)),
            (str(self.entry), self.back_url),
            (self.get_title(), ""),
        ]

    def object(self, *, lock: bool) -> None:
        # What is made is new; the entry is looked for first, so that another's is not there.
        assert self.entry.pk
        assert self.year

    def save(self, form: Any) -> str:
        made = services.bring(
            entry_id=self.entry.pk, year=self.year, received_on=form.cleaned_data["received_on"]
        )
        record.about(self.request, made)
        return reverse("reporting:outside", args=[made.pk])

    def success(self, form: Any, result: Any) -> str:
        return "Zapisano, że sprawozdanie wpłynęło."


class TypePart(OfOutsideReport, FormPage):
    """The cells of one part, as they stand on paper."""

    form_class = PartForm
    template_name = "reporting/season/outside_part.html"
    submit = "Zapisz część"
    # Where two have typed at once the page asks which entry stays, and draws no table.
    grids: Sequence[Any] = ()

    @cached_property
    def part(self) -> Part:
        parts = self.found.layout.layout.parts
        found = next((one for one in parts if one.key == self.kwargs["part"]), None)
        if found is None:
            raise Http404
        return found

    def get_title(self) -> str:
        return self.part.title

    def lead(self) -> str:
        return "Przepisz liczby z papieru. Sumy liczy program; puste pole zostaje puste."

    def form_kwargs(self) -> Mapping[str, Any]:
        return {"cells": services.typed_cells(self.found.layout.layout, self.part.key)}

    def initial(self) -> Mapping[str, Any]:
        values, texts = services.said_in(self.found.layout.layout, self.found.content)
        return {name_of(key): value for key, value in {**values, **texts}.items()}

    @property
    def back_url(self) -> str:
        return f"{super().back_url}?czesc={self.kwargs['part']}"

    def crumbs(self) -> Sequence[tuple[str, str]]:
        year = self.found.year
        return [(f"{TITLE} za {year}", season_url(year)), (self.name, self.back_url), (self.get_title(), "")]

    def save(self, form: Any) -> Any:
        cells: Mapping[str, Decimal | str | None] = form.typed()
        return services.copy(report_id=self.found.pk, cells=cells)

    def show(self, form: Any, **kwargs: Any) -> HttpResponse:
        look = words.Look(
            bound=lambda cell: form[name_of(cell.key)] if name_of(cell.key) in form.fields else None
        )
        self.grids = words.grids(self.sheet, self.part, look)
        return super().show(form, **kwargs)

    def page(self) -> Mapping[str, Any]:
        return {"grids": self.grids, "part": self.part}


class Accept(OfOutsideReport, ConfirmPage):
    verb = "Przyjmij"

    def get_title(self) -> str:
        return "Przyjąć to sprawozdanie?"

    def text(self) -> str:
        broken = len(self.sheet.broken)
        said = "Jego liczby wejdą do sum przyjętych sprawozdań."
        if broken:
            said += f" Sprawdzenia pokazują {counted(broken, 'niezgodność', 'niezgodności', 'niezgodności')}."
        return said

    def perform(self) -> str:
        services.accept(report_id=self.found.pk)
        return season_url(self.found.year)

    def success(self) -> str:
        return "Sprawozdanie przyjęte."


class Reopen(OfOutsideReport, ConfirmPage):
    verb = "Popraw"

    def get_title(self) -> str:
        return "Poprawić przyjęte sprawozdanie?"

    def text(self) -> str:
        return (
            "Do ponownego przyjęcia nie liczy się w sumach przyjętych. Poprzednia treść zostaje w historii."
        )

    def perform(self) -> str:
        services.reopen(report_id=self.found.pk)
        return self.back_url


class Drop(OfOutsideReport, ConfirmPage):
    verb = "Wycofaj"
    danger = True

    def get_title(self) -> str:
        return "Wycofać to sprawozdanie?"

    def text(self) -> str:
        return (
            f"Przestanie się liczyć, a jednostka będzie mogła wysłać swoje za {self.found.year} w programie. "
            "Treść zostaje do wglądu. Wycofanego nie przywrócisz, możesz wpisać nowe."
        )

    def perform(self) -> str:
        services.drop(report_id=self.found.pk)
        return self.back_url

    def success(self) -> str:
        return "Sprawozdanie wycofane."


class Import(FormPage):
    """A spreadsheet with reports of units outside; one that fits is kept until somebody agrees to it."""

    action = perms.OUTSIDE_WRITE
    form_class = forms.OutsideFileForm
    template_name = "ipzs/opening/import.html"
    submit = "Sprawdź plik"
    drafts = False
    looked: outside_import.Looked | None = None
    unit_type = UnitType.CIS

    @property
    def year(self) -> int:
        return asked_year(self.kwargs["year"])

    def get_title(self) -> str:
        return f"Wczytanie sprawozdań {self.unit_type} za {self.year}"

    def lead(self) -> str:
        return "Wiersz to jedna komórka jednej jednostki. Plik wczytuje się cały albo wcale."

    @property
    def back_url(self) -> str:  # type: ignore[override]
        return season_url(self.year)

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [(f"{TITLE} za {self.year}", self.back_url), (self.get_title(), "")]

    def actions(self) -> Sequence[Link]:
        return [
            Link(
                "Pobierz wzór",
                reverse(f"reporting:outside_template_{self.unit_type.lower()}", args=[self.year]),
            )
        ]

    def form_kwargs(self) -> Mapping[str, Any]:
        return {"kind": outside_import.FILE_KINDS[self.unit_type]}

    def page(self) -> Mapping[str, Any]:
        problems = self.looked.problems if self.looked else ()
        return {
            "columns": outside_import.COLUMNS,
            "problems": problems[:MOST_SHOWN],
            "left_out": max(0, len(problems) - MOST_SHOWN),
        }

    def object(self, *, lock: bool) -> None:
        assert self.year

    def save(self, form: Any) -> str:
        file, day = form.cleaned_data["file"], form.cleaned_data["received_on"]
        self.looked = outside_import.check(
            unit_type=self.unit_type, year=self.year, received_on=day, content=file.content,
            media_type=file.media_type,
        )  # fmt: skip
        if self.looked.problems:
            raise outside_import.Refused(self.looked)
        kept = store_file(file, kind=outside_import.FILE_KINDS[self.unit_type])
        record.about(self.request, kept)
        return reverse("reporting:outside_import_run", args=[self.year, kept.pk, day.isoformat()])

    def success(self, form: Any, result: Any) -> str:
        return ""


class ImportRun(ConfirmPage):
    """A file that fits waits for a yes; after it the file is forgotten."""

    action = perms.OUTSIDE_WRITE
    verb = "Wczytaj"
    template_name = "reporting/season/outside_run.html"
    made: outside_import.Looked

    @property
    def year(self) -> int:
        return asked_year(self.kwargs["year"])

    @property
    def day(self) -> date:
        try:
            return date.fromisoformat(self.kwargs["day"])
        except ValueError as error:
            raise Http404 from error

    @property
    def unit_type(self) -> UnitType:
        return next(one for one, kind in outside_import.FILE_KINDS.items() if kind == self.found.kind)

    @property
    def back_url(self) -> str:  # type: ignore[override]
        return season_url(self.year)

    def get_title(self) -> str:
        return f"Wczytać plik „{self.found.name.rpartition('.')[0]}”?"

    def object(self, *, lock: bool) -> StoredFile:
        rows = StoredFile.objects.filter(kind__in=outside_import.FILE_KINDS.values(), erased_at__isnull=True)
        rows = rows.filter(made_by=self.request.principal.user_id)  # type: ignore[attr-defined]
        found: StoredFile = get_object_or_404(
            rows.select_for_update(of=("self",)) if lock else rows, pk=self.kwargs["pk"]
        )
        record.about(self.request, found)
        return found

    def asked(self) -> dict[str, Any]:
        return {
            "unit_type": self.unit_type, "year": self.year, "received_on": self.day,
            "content": read_file(self.found), "media_type": self.found.media_type,
        }  # fmt: skip

    @cached_property
    def look(self) -> list[outside_import.Told]:
        return outside_import.look(
            unit_type=self.unit_type, year=self.year, content=read_file(self.found),
            media_type=self.found.media_type,
        )  # fmt: skip

    def text(self) -> str:
        found = list(dict.fromkeys(one.number for one in self.look))
        units = counted(len(found), "jednostka", "jednostki", "jednostek")
        cells = counted(len(self.look), "komórka", "komórki", "komórek")
        return (
            f"W pliku jest {units} i {cells}. Numery w rejestrze: {', '.join(found[:20])}."
            f" Dzień wpływu: {format_long_date(self.day)}."
        )

    def page(self) -> Mapping[str, Any]:
        shown = self.look[:MOST_LOOKED_AT]
        return {**super().page(), "cells": shown, "all_cells": len(self.look)}

    def perform(self) -> str:
        self.made = outside_import.run(**self.asked())
        erase_file(self.found)
        return self.back_url

    def success(self) -> str:
        return f"Wczytano: {counted(len(self.made.units), 'sprawozdanie', 'sprawozdania', 'sprawozdań')}."


def _template(unit_type: UnitType, year: int) -> HttpResponse:
    try:
        rows = outside_import.template_rows(unit_type, asked_year(year))
    except InputError as error:
        raise Http404 from error
    content = table.workbook(outside_import.COLUMNS, rows)
    return attachment(content, f"wzor-sprawozdania-{unit_type.lower()}-{year}.xlsx", table.XLSX)


@handles(GET=perms.OUTSIDE_WRITE)
def template_cis(request: Any, year: int) -> HttpResponse:
    return _template(UnitType.CIS, year)


@handles(GET=perms.OUTSIDE_WRITE)
def template_kis(request: Any, year: int) -> HttpResponse:
    return _template(UnitType.KIS, year)


urlpatterns = [
    path("sezon/<int:year>/wczytaj/cis/", Import.as_view(unit_type=UnitType.CIS), name="outside_import_cis"),
    path("sezon/<int:year>/wczytaj/kis/", Import.as_view(unit_type=UnitType.KIS), name="outside_import_kis"),
    path("sezon/<int:year>/wzor/cis/", template_cis, name="outside_template_cis"),
    path("sezon/<int:year>/wzor/kis/", template_kis, name="outside_template_kis"),
    path("sezon/<int:year>/plik/<uuid:pk>/<str:day>/", ImportRun.as_view(), name="outside_import_run"),
    path("sezon/<int:year>/wpis/<uuid:pk>/", Bring.as_view(), name="outside_bring"),
    path("sezon/papier/<uuid:pk>/", Show.as_view(), name="outside"),
    path("sezon/papier/<uuid:pk>/plik/<slug:kind>/", outside_file, name="outside_file"),
    path("sezon/papier/<uuid:pk>/przyjmij/", Accept.as_view(), name="outside_accept"),
    path("sezon/papier/<uuid:pk>/popraw/", Reopen.as_view(), name="outside_reopen"),
    path("sezon/papier/<uuid:pk>/wycofaj/", Drop.as_view(), name="outside_drop"),
    path("sezon/papier/<uuid:pk>/czesc/<slug:part>/", TypePart.as_view(), name="outside_part"),
]
