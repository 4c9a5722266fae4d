"""What the reports of a year say together: sums beside the year before, place by place, and as files."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse, HttpResponseBase
from django.urls import path, reverse
from django.utils.functional import cached_property

from reintegration.core import clock
from reintegration.core.components import Link
from reintegration.core.errors import InputError
from reintegration.core.formats import counted
from reintegration.core.views import Page
from reintegration.documents.exports import export_rows
from reintegration.documents.papers import render_pdf
from reintegration.documents.services import letterhead
from reintegration.tenancy.actions import handles
from reintegration.tenancy.enums import Voivodeship
from reporting import perms, season_files, season_words
from reporting.forms.season import TotalsFilter
from reporting.queries import season as queries
from reporting.queries.registers import voivodeship
from reporting.report_words import part_of, short
from reporting.rules.layouts import Cell, Layout, Part
from reporting.views.files import json_file, pdf_file
from reporting.views.season import TITLE

SHEETS = ("xlsx", "csv")


class Asking(Page):
    """A page that adds up what its filters ask for."""

    action = perms.TOTALS_SHOW
    request: Any

    @cached_property
    def form(self) -> TotalsFilter:
        form = TotalsFilter(self.request.GET)
        for field in form.fields.values():
            field.required = False
        return form

    @cached_property
    def asked(self) -> queries.Asked:
        return self.form.asked() if self.form.is_valid() else queries.Asked(clock.today().year - 1)

    @cached_property
    def season(self) -> queries.Season:
        try:
            return queries.season(self.asked, same=self.form.is_valid() and self.form.same)
        except InputError as error:
            raise Http404 from error

    def url_with(self, url: str = "", **changes: str) -> str:
        """This page, or another, asked the same and something else."""
        query = {key: value for key, value in {**self.request.GET.dict(), **changes}.items() if value}
        text = urlencode(query)
        return f"{url or self.request.path}?{text}" if text else url or self.request.path

    def lead(self) -> str:
        found = self.season
        told = counted(len(found.now), "sprawozdanie", "sprawozdania", "sprawozdań")
        owing = counted(found.units, "jednostka", "jednostki", "jednostek")
        return f"Liczy się {told}; składa je {owing}. Rok wcześniej: {len(found.before)}."

    def crumbs(self) -> Sequence[tuple[str, str]]:
        year = self.asked.year
        return [(f"{TITLE} za {year}", f"{reverse('reporting:season')}?rok={year}"), (self.get_title(), "")]


class Totals(Asking):
    template_name = "reporting/season/totals.html"

    def get_title(self) -> str:
        return f"Sumy {self.asked.unit_type} za {self.asked.year}"

    @cached_property
    def part(self) -> Part:
        """The part that is asked for; at first the first one with something to add."""
        parts = season_words.adding(self.season.layout)
        asked = self.request.GET.get("czesc", "")
        return next((one for one in parts if one.key == asked), parts[0])

    def page(self) -> Mapping[str, Any]:
        parts = season_words.adding(self.season.layout)
        return {
            "form": self.form,
            "year": self.asked.year,
            "parts": [Link(short(one), self.url_with(czesc=one.key), one is self.part) for one in parts],
            "part": self.part,
            "tables": season_words.tables(self.season, self.part, self.cell_url),
            "files": [(kind.upper(), self.url_with(plik=kind)) for kind in ("xlsx", "csv", "pdf", "json")],
            "told": self.season.now,
            "alone": self.season.alone,
            "before_said": "te same jednostki" if self.form.is_valid() and self.form.same else "wszystkie",
        }

    def cell_url(self, cell: Cell) -> str:
        return self.url_with(reverse("reporting:totals_cell", args=[cell.key]), czesc="")

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        asked = request.GET.get("plik", "")
        if asked in {*SHEETS, "pdf", "json"}:
            return self.take(asked)
        return self.answer(200 if self.form.is_valid() else 422)

    def take(self, kind: str) -> HttpResponse:
        """Every level at once: the voivodeship, its powiats and its gminas."""
        found = self.season
        name = f"sumy-{self.asked.unit_type}-{self.asked.year}".lower()
        if kind in SHEETS:
            rows = season_files.totals(found.layout, found.now, found.before)
            return export_rows(kind, labels=season_files.TOTALS, rows=rows, name=name)
        if kind == "json":
            told = {
                "rok": self.asked.year, "rodzaj": self.asked.unit_type, "wzor": found.layout.version,
                "jednostek": len(found.now), "bez_wpisu": [one.name for one in found.alone],
                "poziomy": {
                    word: {
                        place: {key: season_files.line_json(line) for key, line in sorted(lines.items())}
                        for place, lines in season_files.of_level(found.now, found.before, level)
                    }
                    for level, word in season_files.LEVELS.items()
                },
            }  # fmt: skip
            return json_file(told, name)
        return pdf_file(self.paper(), name)

    def paper(self) -> bytes:
        found = self.season
        context = {
            "parts": [
                (part, season_words.tables(found, part, lambda cell: ""))
                for part in season_words.adding(found.layout)
            ],
            "year": self.asked.year, "lead": self.lead(), "place": self.asked.powiat,
            "voivodeship": Voivodeship(voivodeship()).label, "told": found.now,
            "alone": found.alone,
        }  # fmt: skip
        return render_pdf(
            "reporting/season/totals_paper.html", context, title=self.get_title(),
            letterhead=letterhead(), made_at=clock.now(),
        )  # fmt: skip


def cell_page(cell: Cell, year: int, rows: Callable[[str], list[season_words.OfPlace]]) -> Mapping[str, Any]:
    """What the page of one sum shows, whether reports are added up now or were for the minister."""
    return {
        "cell": cell,
        "year": year,
        "before": year - 1,
        "whole": rows(""),
        "levels": [("Powiaty", "powiaty", rows("powiat")), ("Gminy", "gminy", rows("gmina"))],
    }


def summed(layout: Layout, key: str) -> Cell:
    """The cell of an address, of those that are added up."""
    found = layout.cells.get(key)
    if found is None or not found.adds:
        raise Http404
    return found


class OneCell(Asking):
    """One sum, place by place, as a chart with its table."""

    template_name = "reporting/season/cell.html"

    @cached_property
    def cell(self) -> Cell:
        return summed(self.season.layout, self.kwargs["cell"])

    def get_title(self) -> str:
        return self.cell.label

    def lead(self) -> str:
        return f"{self.season.layout.tables[self.cell.table].title}. {super().lead()}"

    def crumbs(self) -> Sequence[tuple[str, str]]:
        first, _ = super().crumbs()
        part = part_of(self.season.layout, self.cell)
        return [
            first,
            ("Sumy", self.url_with(reverse("reporting:totals"), czesc=part.key)),
            (self.get_title(), ""),
        ]

    def page(self) -> Mapping[str, Any]:
        found = self.season

        def rows(level: str) -> list[season_words.OfPlace]:
            return season_words.by_place(self.cell, season_files.of_level(found.now, found.before, level))

        return {
            **cell_page(self.cell, self.asked.year, rows),
            "files": [(kind.upper(), self.url_with(plik=kind)) for kind in SHEETS],
        }

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        asked = request.GET.get("plik", "")
        if asked not in SHEETS:
            return self.answer()
        found = self.season
        rows = season_files.totals(found.layout, found.now, found.before, only=self.cell.key)
        name = f"suma-{self.cell.key}-{self.asked.unit_type}-{self.asked.year}".lower()
        return export_rows(asked, labels=season_files.TOTALS, rows=rows, name=name)


@handles(GET=perms.TOTALS_SHOW)
def every_report(request: Any) -> HttpResponse:
    """All reports of a year and a kind in one sheet, unit beside unit; those that wait are there too."""
    form = TotalsFilter(request.GET)
    for field in form.fields.values():
        field.required = False
    if not form.is_valid():
        raise Http404
    asked = form.asked()
    asked = queries.Asked(asked.year, asked.unit_type, waiting=True)
    try:
        found = queries.season(asked)
    except InputError as error:
        raise Http404 from error
    labels, rows = season_files.every_report(found.layout, found.now)
    kind = "csv" if request.GET.get("plik") == "csv" else "xlsx"
    return export_rows(
        kind, labels=labels, rows=rows, name=f"sprawozdania-{asked.unit_type}-{asked.year}".lower()
    )


urlpatterns = [
    path("sezon/sumy/", Totals.as_view(), name="totals"),
    path("sezon/sumy/<str:cell>/", OneCell.as_view(), name="totals_cell"),
    path("sezon/wszystkie/", every_report, name="every_report"),
]
