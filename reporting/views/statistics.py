"""The unit's statistics: one page, a spreadsheet, a paper for the council, and whom a cell counts."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.urls import path, reverse

from participants.views.participations.base import unit_type
from reintegration.audit import record
from reintegration.core import clock
from reintegration.core.components import Link
from reintegration.core.dates import DateSpan
from reintegration.core.formats import counted, format_table_date
from reintegration.core.lists import Column, ListPage
from reintegration.core.views import Page
from reintegration.documents.exports import as_download
from reporting import perms
from reporting import statistics_papers as papers
from reporting import statistics_words as words
from reporting.forms.statistics import SpanForm
from reporting.queries import statistics as queries
from reporting.rules.definitions import FIGURES
from reporting.rules.spans import presets

TITLE = "Statystyka"
PEOPLE = ("osoba", "osoby", "osób")


class OfSpan(Page):
    """What every page about one span shares: the span and its comparison stand in the address."""

    action = perms.STATISTICS_SHOW
    title = TITLE
    request: Any

    def choose(self) -> None:
        self.form = SpanForm(self.request.GET)
        self.span, self.other = self.form.chosen()

    def report(self) -> queries.Report:
        return queries.report(unit_type(self.request), self.span, self.other)

    def url(self, name: str, span: DateSpan | None = None, **more: str) -> str:
        """Another page about this span, or about another one."""
        shown = span or self.span
        days = {"od": format_table_date(shown.first), "do": format_table_date(shown.last)}
        asked = {**days, **more, **self.form.comparison()}
        return f"{reverse(f'reporting:{name}')}?{urlencode(asked)}"


class Show(OfSpan):
    template_name = "reporting/statistics/show.html"

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        self.choose()
        self.found = self.report()
        return self.answer(status=200)

    def lead(self) -> str:
        everybody = int(self.found.table("participants").rows[0].value)
        return f"{words.span_said(self.span)}: {counted(everybody, *PEOPLE)} na zajęciach."

    def actions(self) -> Sequence[Link]:
        return [
            Link("Wydruk dla rady", self.url("statistics_print"), current=True),
            Link("Wszystkie tabele XLSX", self.url("statistics_sheet")),
            Link("Lata obok siebie", reverse("reporting:statistics_years")),
        ]

    def page(self) -> Mapping[str, Any]:
        may = self.request.may(perms.STATISTICS_PEOPLE)

        def url(figure: str, row: queries.Row) -> str:
            if not may or row.key == "referred":
                return ""
            return self.url("statistics_people", figura=figure, wiersz=row.key)

        return {
            "form": self.form,
            "span": self.span,
            "other": self.other,
            "blocks": words.on_page(self.found, url),
            "jumps": [
                Link(table.figure.title, f"#{table.figure.key}")
                for table in self.found.tables
                if not table.empty
            ],
            "presets": [
                Link(label, self.url("statistics", span), current=self._is(span))
                for label, span in presets(clock.today())
            ],
            "this": words.span_said(self.span),
            "that": words.span_said(self.other) if self.other is not None else "",
        }

    def _is(self, span: DateSpan) -> bool:
        """Whether this span was chosen; one that still runs was cut off today."""
        assert span.last is not None
        return self.span == DateSpan(span.first, min(span.last, clock.today()))


class Sheet(OfSpan):
    """Every table on one sheet."""

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        self.choose()
        return as_download(words.sheet(self.report()), f"statystyka {words.span_said(self.span)}", "xlsx")


class Print(OfSpan):
    """For the council: without names, and without numbers that say who somebody is."""

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        self.choose()
        return as_download(papers.council(self.report()), f"statystyka {words.span_said(self.span)}")


class People(OfSpan, ListPage):
    """Whom one cell counts."""

    action = perms.STATISTICS_PEOPLE
    file_name = "policzone-osoby"
    default_sort = "person"
    row_url_name = "participants:file"
    columns = (
        Column("person", "Osoba", sort="person__name_order"),
        Column("number", "Sprawa", sort="number", phone="main"),
        Column("opened_on", "Sprawa otwarta", sort="opened_on"),
        Column("ended_on", "Koniec", sort="ended_on"),
    )

    def get(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        self.choose()
        figure = FIGURES.get(request.GET.get("figura", "participants"))
        if figure is None:
            raise Http404
        self.figure, self.line = figure, request.GET.get("wiersz", "all")
        return super().get(request, *args, **kwargs)

    def queryset(self) -> Any:
        return queries.counted_people(unit_type(self.request), self.span, self.figure.key, self.line)

    def get_title(self) -> str:
        return "Kogo policzono"

    def lead(self) -> str:
        label = queries.label_of(unit_type(self.request), self.figure.key, self.line)
        return f"{self.figure.title}: {label}. {words.span_said(self.span)}."

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [(TITLE, self.url("statistics")), (self.get_title(), "")]

    def shown_rows(self, rows: Sequence[Any]) -> None:
        """Who was seen, and in which table: a list of one group says of each what the group is."""
        record.shows(self.request, {row.person_id for row in rows})
        record.adds(self.request, filters=[self.figure.key])


urlpatterns = [
    path("statystyka/", Show.as_view(), name="statistics"),
    path("statystyka/arkusz/", Sheet.as_view(), name="statistics_sheet"),
    path("statystyka/druk/", Print.as_view(), name="statistics_print"),
    path("statystyka/osoby/", People.as_view(), name="statistics_people"),
]
