"""The season of reports in the office: the board of units, reminders and their log."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponseBase
from django.urls import path, reverse
from django.utils.functional import cached_property

from reintegration.core import clock
from reintegration.core.components import Badge, Empty, Link
from reintegration.core.formats import counted
from reintegration.core.lists import Column, ListPage
from reintegration.core.views import ConfirmPage, wants_fragment
from reintegration.documents.exports import export_rows
from reintegration.documents.papers import render_pdf
from reintegration.documents.services import letterhead
from reintegration.tenancy.enums import UnitType, Voivodeship
from reporting import chart, perms, season_files, season_words, tables
from reporting.enums import Turn
from reporting.forms.season import SeasonFilter, year_in
from reporting.queries import season as queries
from reporting.queries.collective import STATISTICAL
from reporting.queries.registers import voivodeship
from reporting.rules.reports import due_on
from reporting.services import season as services
from reporting.views.files import json_file, pdf_file

TITLE = "Sprawozdania"
FILES = frozenset({"xlsx", "csv", "json", "pdf"})
KINDS = {Turn.MISSING: "plain", Turn.SUBMITTED: "info", Turn.RETURNED: "warn", Turn.ACCEPTED: "ok"}


def late_badge(row: Any, *, late: bool) -> Badge:
    turn = Turn(row.turn)
    if late and turn is Turn.MISSING:
        return Badge("po terminie", "bad")
    return Badge(str(turn.label), KINDS[turn])


class Board(ListPage):
    """Units by how their report of the year stands."""

    action = perms.SEASON_SHOW
    template_name = "reporting/season/board.html"
    filter_form = SeasonFilter
    default_sort = "turn"
    filters_all = True
    request: Any

    def get_title(self) -> str:
        return f"{TITLE} za {self.year}"

    @property
    def file_name(self) -> str:  # type: ignore[override]
        return f"sezon-{self.year}"

    @cached_property
    def year(self) -> int:
        form = self.filters
        return year_in(form.cleaned_data if form is not None and form.is_valid() else {})

    @cached_property
    def late(self) -> bool:
        return clock.today() > due_on(self.year)

    @cached_property
    def counts(self) -> Mapping[Turn, int]:
        return queries.counts(self.year)

    @cached_property
    def alone(self) -> Sequence[queries.Alone]:
        return queries.without_entry(self.year)

    @property
    def columns(self) -> Sequence[Column]:  # type: ignore[override]
        late = self.late
        return (
            Column("name", "Jednostka", sort="name_order"),
            Column("powiat", "Powiat", sort="powiat", phone="hide"),
            Column(
                "turn", "Stan", sort=("turn_order", "name_order"), phone="main",
                cell=lambda row: late_badge(row, late=late),
            ),
            Column("came_on", "Wpłynęło", sort="came_on"),
            Column("way", "Skąd", cell=season_files.way_of, phone="hide"),
            Column("reminded_at", "Przypomniano", sort="reminded_at", phone="hide"),
        )  # fmt: skip

    def lead(self) -> str:
        total = sum(self.counts.values())
        came = total - self.counts[Turn.MISSING]
        return f"{season_words.term_said(self.year, clock.today())} Wysłało {came} z {total}."

    def actions(self) -> Sequence[Link]:
        found = [Link("Sumy", f"{reverse('reporting:totals')}?rok={self.year}")]
        waiting = self.counts[Turn.MISSING] + self.counts[Turn.RETURNED]
        if waiting and self.request.may(perms.SEASON_REMIND):
            found.append(Link("Przypomnij", reverse("reporting:remind", args=[self.year]), current=True))
        return found

    def queryset(self) -> QuerySet[Any]:
        return queries.board(self.year)

    def row_url(self, row: Any) -> str:
        if row.report_id is not None:
            return reverse("reporting:office_report", args=[row.report_id])
        if row.outside_id is not None:
            return reverse("reporting:outside", args=[row.outside_id])
        return reverse("reporting:entry", args=[row.entry_id])

    def empty(self, *, filtered: bool) -> Empty:
        if filtered and self.filters_set > bool(self.asked.get("rok")):
            return super().empty(filtered=filtered)
        return Empty(
            "Nikt nie składa sprawozdania za ten rok",
            "Sprawozdanie składa jednostka, która 31 grudnia stała w rejestrze.",
            "building-community",
        )

    def page(self) -> Mapping[str, Any]:
        chosen, every = self.asked.get("stan", ""), reverse("reporting:every_report")
        return {
            **super().page(),
            "bar": chart.shares([(self.counts[turn], mark) for turn, mark in chart.TURNS]),
            "turns": [
                Link("wszystkie", self.url_with(stan="", page=""), not chosen, sum(self.counts.values())),
                *(
                    Link(str(one.label), self.url_with(stan=one, page=""), chosen == one, self.counts[one])
                    for one, _ in chart.TURNS
                ),
            ],
            "files": [
                ("Wydruk tablicy (PDF)", self.url_with(plik="pdf", page="")),
                ("Tablica dla programów (JSON)", self.url_with(plik="json", page="")),
                *(
                    (
                        f"Wszystkie sprawozdania {kind} ({ending.upper()})",
                        f"{every}?rok={self.year}&rodzaj={kind}&plik={ending}",
                    )
                    for kind in UnitType
                    for ending in ("xlsx", "csv")
                ),
            ],
            "papers": [
                (f"Wczytaj sprawozdania {kind}", reverse(f"reporting:{name}", args=[self.year]))
                for kind, name in (("CIS", "outside_import_cis"), ("KIS", "outside_import_kis"))
                if self.request.may(perms.OUTSIDE_WRITE)
            ],
            "statistics": [
                (label, reverse("reporting:office_statistics", args=[self.year, kind]))
                for kind, label in STATISTICAL.items()
            ],
            "year": self.year,
            "alone": [(one, Badge(str(one.turn.label), KINDS[one.turn])) for one in self.alone],
            "others": [
                Link(str(year), f"{reverse('reporting:season')}?rok={year}", False, many)
                for year, many in queries.waiting_years(self.year)
            ],
        }  # fmt: skip

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        asked = self.asked.get("plik", "")
        if asked in FILES and not wants_fragment(request):
            return self.take(asked)
        return super().get(request, *args, **kwargs)

    def take(self, kind: str) -> HttpResponseBase:
        """The board with all that it knows, of the rows that the filters leave."""
        rows = list(self.rows())
        if kind == "json":
            told = {
                "rok": self.year,
                "jednostki": tables.as_json(season_files.BOARD, rows),
                "bez_wpisu": [
                    {"rodzaj": one.unit_type, "nazwa": one.name, "stan sprawozdania": str(one.turn.label)}
                    for one in self.alone
                ],
            }
            return json_file(told, self.file_name)
        if kind == "pdf":
            return pdf_file(self.paper(rows), self.file_name)
        table = ([one.value(row) for one in season_files.BOARD] for row in rows)
        labels = [one.label for one in season_files.BOARD]
        return export_rows(kind, labels=labels, rows=table, name=self.file_name)

    def paper(self, rows: Sequence[Any]) -> bytes:
        context = {
            "rows": [(row, season_files.way_of(row), late_badge(row, late=self.late).text) for row in rows],
            "voivodeship": Voivodeship(voivodeship()).label, "lead": self.lead(), "today": clock.today(),
            "alone": self.alone,
        }  # fmt: skip
        return render_pdf(
            "reporting/season/board_paper.html", context, title=self.get_title(),
            letterhead=letterhead(), made_at=clock.now(),
        )  # fmt: skip


class Remind(ConfirmPage):
    """One press writes to everybody who has not sent."""

    action = perms.SEASON_REMIND
    verb = "Wyślij przypomnienia"
    made = 0

    def get_title(self) -> str:
        return f"Przypomnieć o sprawozdaniu za {self.year}?"

    @property
    def year(self) -> int:
        return asked_year(self.kwargs["year"])

    @property
    def back_url(self) -> str:  # type: ignore[override]
        return f"{reverse('reporting:season')}?rok={self.year}"

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [(f"{TITLE} za {self.year}", self.back_url), ("Przypomnienia", "")]

    def text(self) -> str:
        found = services.to_remind(self.year)
        many = counted(len(found.reached), "jednostka", "jednostki", "jednostek")
        said = f"E-mail pójdzie na adresy z rejestru: {many}."
        if found.today:
            said += f" Dziś już przypomniano: {found.today}."
        if found.no_address:
            said += f" Bez adresu w rejestrze: {', '.join(found.no_address)}."
        return said

    def perform(self) -> str:
        self.made = len(services.remind(year=self.year))
        return self.back_url

    def success(self) -> str:
        return f"Wysłano {counted(self.made, 'przypomnienie', 'przypomnienia', 'przypomnień')}."


class Reminders(ListPage):
    """Whom the office reminded, when, and who of the office did."""

    action = perms.SEASON_SHOW
    exports = True
    columns = (
        Column("entry.number", "Numer w rejestrze", phone="hide"),
        Column("address", "Adres", phone="full"),
        Column("made_at", "Kiedy", phone="main"),
        Column("made_by.get_full_name", "Kto", phone="full"),
    )

    def get_title(self) -> str:
        return f"Przypomnienia o sprawozdaniach za {self.kwargs['year']}"

    @property
    def file_name(self) -> str:  # type: ignore[override]
        return f"przypomnienia-{self.kwargs['year']}"

    def crumbs(self) -> Sequence[tuple[str, str]]:
        year = self.kwargs["year"]
        return [(f"{TITLE} za {year}", f"{reverse('reporting:season')}?rok={year}"), ("Przypomnienia", "")]

    def queryset(self) -> QuerySet[Any]:
        return queries.reminders(asked_year(self.kwargs["year"]))


def asked_year(year: int) -> int:
    """The year in an address; of one that never was there is no page."""
    if not queries.FIRST_YEAR <= year <= clock.today().year:
        raise Http404
    return year


urlpatterns = [
    path("sezon/", Board.as_view(), name="season"),
    path("sezon/<int:year>/przypomnij/", Remind.as_view(), name="remind"),
    path("sezon/<int:year>/przypomnienia/", Reminders.as_view(), name="reminders"),
]
