"""What the voivode tells the minister of a year, and the layouts of public statistics."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.http import Http404, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.text import Truncator

from reintegration.audit import record
from reintegration.core import clock
from reintegration.core.components import Badge, Empty, Link
from reintegration.core.errors import InputError
from reintegration.core.formats import counted, format_long_date, format_moment
from reintegration.core.lists import Column, ListPage
from reintegration.core.views import ConfirmPage, DetailPage, FormPage, Page
from reintegration.documents.exports import export_rows
from reintegration.documents.papers import render_pdf
from reintegration.documents.services import letterhead
from reintegration.jobs.queries import progress_of
from reintegration.tenancy.enums import UnitType, Voivodeship
from reporting import collective_paper, perms, season_files, season_words
from reporting import report_words as words
from reporting.enums import CollectiveState
from reporting.forms.season import CollectiveForm
from reporting.models import CollectiveReport
from reporting.queries import collective as queries
from reporting.queries.registers import voivodeship
from reporting.rules.layouts import Cell, Part
from reporting.rules.season import collective_due_on
from reporting.services import season as services
from reporting.transitions import COLLECTIVES, OfCollective
from reporting.views.files import json_file, pdf_file
from reporting.views.season import TITLE, asked_year
from reporting.views.totals import SHEETS, cell_page, summed

STATES = {
    CollectiveState.DRAFT.value: Badge("w przygotowaniu", "info"),
    CollectiveState.SENT.value: Badge("wysłane", "ok"),
}
LIST = "Sprawozdania zbiorcze"


class Collectives(ListPage):
    action = perms.COLLECTIVE_SHOW
    title = LIST
    row_url_name = "reporting:collective"
    file_name = "sprawozdania-zbiorcze"
    request: Any
    columns = (
        Column("__str__", "Sprawozdanie"),
        Column("number", "Wersja", phone="hide"),
        Column("state", "Stan", cell=lambda row: STATES[row.state], phone="main"),
        Column("sent_at", "Wysłano"),
        Column("words", "Uwagi", cell=lambda row: Truncator(row.words).chars(80), phone="hide"),
    )

    def lead(self) -> str:
        year = clock.today().year - 1
        day = format_long_date(collective_due_on(year))
        return f"Za {year} rok termin mija {day}. (art. 5 ust. 7, art. 18b)"

    def actions(self) -> Sequence[Link]:
        if not self.request.may(perms.COLLECTIVE_WRITE):
            return []
        year = [clock.today().year - 1]
        return [
            Link(f"Zbiorcze {kind}", reverse(f"reporting:collective_begin_{kind.lower()}", args=year))
            for kind in UnitType
        ]

    def queryset(self) -> Any:
        return queries.every()

    def empty(self, *, filtered: bool) -> Empty:
        return Empty(
            "Nie ma jeszcze sprawozdania zbiorczego", "Zrobisz je z przyjętych sprawozdań.", "file-text"
        )


class Begin(ConfirmPage):
    action = perms.COLLECTIVE_WRITE
    verb = "Zacznij"
    unit_type = UnitType.CIS

    @property
    def year(self) -> int:
        return asked_year(self.kwargs["year"])

    @property
    def back_url(self) -> str:  # type: ignore[override]
        return reverse("reporting:collectives")

    def get_title(self) -> str:
        return f"Sprawozdanie zbiorcze {self.unit_type} za {self.year}"

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [(LIST, self.back_url), (self.get_title(), "")]

    def text(self) -> str:
        found = queries.last(self.unit_type, self.year)
        if found is not None and found.state == CollectiveState.SENT:
            return f"Wersja {found.number} zostaje. Powstanie jej korekta, wersja {found.number + 1}."
        return "Liczby biorą się z przyjętych sprawozdań i zmieniają się razem z nimi, aż je wyślesz."

    def perform(self) -> str:
        made = services.begin(unit_type=self.unit_type, year=self.year)
        record.about(self.request, made)
        return reverse("reporting:collective", args=[made.pk])


class OfCollectiveReport:
    """A page of one collective report."""

    request: Any
    kwargs: dict[str, Any]
    found: CollectiveReport

    def object(self, *, lock: bool = False) -> CollectiveReport:
        rows = CollectiveReport.objects.select_related("sent_by")
        found: CollectiveReport = get_object_or_404(
            CollectiveReport.objects.select_for_update(of=("self",)) if lock else rows, pk=self.kwargs["pk"]
        )
        record.about(self.request, found)
        self.found = found
        return found

    @property
    def back_url(self) -> str:
        return reverse("reporting:collective", args=[self.found.pk])

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [
            (LIST, reverse("reporting:collectives")),
            (str(self.found), self.back_url),
            (self.get_title(), ""),
        ]  # type: ignore[attr-defined]


class Show(OfCollectiveReport, DetailPage):
    action = perms.COLLECTIVE_SHOW
    template_name = "reporting/season/collective.html"

    def get_title(self) -> str:
        return str(self.found)

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [(LIST, reverse("reporting:collectives")), (self.get_title(), "")]

    @cached_property
    def told(self) -> queries.Collective:
        return queries.told(self.found)

    def lead(self) -> str:
        if self.found.sent_at is not None:
            when = format_moment(self.found.sent_at, today=clock.today())
            return f"Wersja {self.found.number}, wysłana {when}."
        return f"W przygotowaniu. Termin: {format_long_date(collective_due_on(self.found.year))}."

    def actions(self) -> Sequence[Link]:
        pk, found = [self.found.pk], []
        if COLLECTIVES.may(self.found, OfCollective.SEND) and self.request.may(perms.COLLECTIVE_SEND):
            found.append(Link("Wyślij", reverse("reporting:collective_send", args=pk), current=True))
        if COLLECTIVES.may(self.found, OfCollective.CHANGE) and self.request.may(perms.COLLECTIVE_WRITE):
            found.append(Link("Uwagi i zakres", reverse("reporting:collective_edit", args=pk)))
        return found

    def facts(self) -> Iterable[tuple[str, Any]]:
        told = self.told
        yield "Województwo", told.content["voivodeship_name"]
        yield "Sprawozdań w sumach", f"{len(told.content['units'])} z {told.content['owing']}"
        if told.content.get("registered") is not None:
            yield f"KIS w rejestrze 31 grudnia {self.found.year}", told.content["registered"]
        yield "Liczą się", "przyjęte i czekające" if self.found.with_waiting else "tylko przyjęte"
        yield "Uwagi dla ministra", told.content["words"]
        if self.found.sent_by is not None:
            yield "Kto wysłał", self.found.sent_by.get_full_name()
            yield "Skrót SHA-256", self.found.digest

    def page(self) -> Mapping[str, Any]:
        told = self.told
        parts = season_words.adding(told.layout)
        asked = self.request.GET.get("czesc", "")
        part = next((one for one in parts if one.key == asked), parts[0])
        return {
            **super().page(),
            "badge": STATES[self.found.state],
            "year": self.found.year,
            "parts": [Link(words.short(one), f"?czesc={one.key}", one is part) for one in parts],
            "part": part,
            "tables": season_words.tables(told, part, self.cell_url),
            "units": told.content["units"],
            "missing": told.content["missing"],
            # What was sent before this was told does not say it.
            "alone": told.content.get("without_entry", []),
            **self.papers(),
        }

    def cell_url(self, cell: Cell) -> str:
        return reverse("reporting:collective_cell", args=[self.found.pk, cell.key])

    def papers(self) -> Mapping[str, Any]:
        """The files; the paper of what was sent is one when its job has made it."""
        waits = bool(self.found.digest) and queries.paper_of(self.found) is None
        kinds = ("xlsx", "csv", "json") if waits else ("pdf", "xlsx", "csv", "json")
        return {
            "files": [
                (kind.upper(), reverse("reporting:collective_file", args=[self.found.pk, kind]))
                for kind in kinds
            ],
            "progress": progress_of(self.found.pk) if waits else None,
        }


class OneCell(OfCollectiveReport, DetailPage):
    """One sum of the report in the voivodeship, its powiats and its gminas."""

    action = perms.COLLECTIVE_SHOW
    template_name = "reporting/season/cell.html"

    @cached_property
    def told(self) -> queries.Collective:
        return queries.told(self.found)

    @cached_property
    def cell(self) -> Cell:
        return summed(self.told.layout, self.kwargs["cell"])

    def get_title(self) -> str:
        return self.cell.label

    def lead(self) -> str:
        return f"{self.told.layout.tables[self.cell.table].title}. {self.found}."

    def page(self) -> Mapping[str, Any]:
        def rows(level: str) -> list[season_words.OfPlace]:
            return season_words.by_place(self.cell, season_files.of_collective(self.told, level))

        return {
            **cell_page(self.cell, self.found.year, rows),
            "files": [(kind.upper(), f"?plik={kind}") for kind in SHEETS],
        }

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.found = self.object()
        asked = request.GET.get("plik", "")
        if asked not in SHEETS:
            return self.answer()
        rows = season_files.collective(self.told, only=self.cell.key)
        return export_rows(asked, labels=season_files.TOTALS, rows=rows, name=f"{self.found} {self.cell.key}")


class File(OfCollectiveReport, Page):
    """What was sent, or would be sent now, to take away."""

    action = perms.COLLECTIVE_SHOW

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        row, kind = self.object(), self.kwargs["kind"]
        told = queries.told(row)
        name = f"sprawozdanie zbiorcze {row.unit_type} {row.year} wersja {row.number}"
        if kind in ("xlsx", "csv"):
            rows = season_files.collective(told)
            return export_rows(kind, labels=season_files.TOTALS, rows=rows, name=name)
        if kind == "json":
            return json_file({**told.content, "version": row.number, "sha256": row.digest}, name)
        if kind == "pdf" and not row.digest:
            return pdf_file(collective_paper.preview(row, told), name)
        made = queries.paper_of(row) if kind == "pdf" else None
        if made is None:
            raise Http404
        return redirect(reverse("documents:open", args=[made]))


class Edit(OfCollectiveReport, FormPage):
    action = perms.COLLECTIVE_WRITE
    form_class = CollectiveForm

    def get_title(self) -> str:
        return "Uwagi i zakres"

    def initial(self) -> Mapping[str, Any]:
        return {"words": self.found.words, "with_waiting": self.found.with_waiting}

    def save(self, form: Any) -> Any:
        return services.describe(report_id=self.found.pk, **form.cleaned_data)


class Send(OfCollectiveReport, ConfirmPage):
    action = perms.COLLECTIVE_SEND
    verb = "Wyślij"

    def get_title(self) -> str:
        return "Wysłać sprawozdanie zbiorcze?"

    def text(self) -> str:
        content = queries.told(self.found).content
        said = f"Treść zostanie zamrożona. W sumach: {len(content['units'])} z {content['owing']}."
        if content["registered"] is not None:
            said += f" KIS w rejestrze 31 grudnia {self.found.year}: {content['registered']}."
        if content["missing"]:
            many = counted(len(content["missing"]), "jednostki", "jednostek", "jednostek")
            said += f" Brakuje sprawozdań {many}."
        if content["without_entry"]:
            said += f" Nie liczą się, bo są bez wpisu w rejestrze: {len(content['without_entry'])}."
        return f"{said} Wydruk albo plik przekażesz ministrowi, na przykład przez e-Doręczenia."

    def perform(self) -> str:
        services.send(report_id=self.found.pk)
        return self.back_url

    def success(self) -> str:
        return "Sprawozdanie zamrożone. Pobierz je i przekaż ministrowi."


class Statistics(Page):
    """A layout of public statistics, to be copied there cell by cell or taken as a file."""

    action = perms.TOTALS_SHOW
    template_name = "reporting/season/statistics.html"
    request: Any
    kwargs: dict[str, Any]

    @property
    def year(self) -> int:
        return asked_year(self.kwargs["year"])

    @cached_property
    def told(self) -> queries.Statistical:
        try:
            return queries.statistical(self.kwargs["kind"], self.year)
        except InputError as error:
            raise Http404 from error

    def get_title(self) -> str:
        return f"{self.told.label} za {self.year}"

    def lead(self) -> str:
        return self.told.lead

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [
            (f"{TITLE} za {self.year}", f"{reverse('reporting:season')}?rok={self.year}"),
            (self.get_title(), ""),
        ]

    def page(self) -> Mapping[str, Any]:
        return {
            "kinds": [
                Link(
                    label,
                    reverse("reporting:office_statistics", args=[self.year, kind]),
                    kind == self.kwargs["kind"],
                )
                for kind, label in queries.STATISTICAL.items()
            ],
            "labels": self.told.labels,
            "rows": self.told.rows,
            "parts": self.drawn(),
            "shown": [list(zip(self.told.labels, row, strict=True)) for row in self.told.rows],
            "files": [(kind.upper(), f"?plik={kind}") for kind in ("pdf", "xlsx", "csv", "json")],
        }

    def drawn(self) -> list[tuple[Part, list[words.Grid]]]:
        """Sums as the layout shows them; a list of entries is a table of its own."""
        sheet = self.told.sheet
        return [(part, words.grids(sheet, part)) for part in sheet.layout.parts] if sheet is not None else []

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        asked, told = request.GET.get("plik", ""), self.told
        name = f"{self.kwargs['kind']}-{self.year}"
        if asked in ("xlsx", "csv"):
            return export_rows(asked, labels=told.labels, rows=told.rows, name=name)
        if asked == "json":
            content = [dict(zip(told.labels, row, strict=True)) for row in told.plain]
            return json_file({"rok": self.year, "wiersze": content}, name)
        if asked == "pdf":
            return pdf_file(self.paper(), name)
        return self.answer()

    def paper(self) -> bytes:
        """Sums in the tables of the layout; of a register each entry with what is known of it."""
        told = self.told
        context = {
            "lead": self.lead(), "voivodeship": Voivodeship(voivodeship()).label, "parts": self.drawn(),
            "entries": [
                (row[0], [one for one in zip(told.labels[1:], row[1:], strict=True) if one[1]])
                for row in told.rows
            ] if told.sheet is None else [],
        }  # fmt: skip
        return render_pdf(
            "reporting/season/statistics_paper.html", context, title=self.get_title(),
            letterhead=letterhead(), made_at=clock.now(),
        )  # fmt: skip


urlpatterns = [
    path("sezon/zbiorcze/", Collectives.as_view(), name="collectives"),
    path(
        "sezon/<int:year>/zbiorcze/cis/", Begin.as_view(unit_type=UnitType.CIS), name="collective_begin_cis"
    ),
    path(
        "sezon/<int:year>/zbiorcze/kis/", Begin.as_view(unit_type=UnitType.KIS), name="collective_begin_kis"
    ),
    path("sezon/zbiorcze/<uuid:pk>/", Show.as_view(), name="collective"),
    path("sezon/zbiorcze/<uuid:pk>/suma/<str:cell>/", OneCell.as_view(), name="collective_cell"),
    path("sezon/zbiorcze/<uuid:pk>/tresc/", Edit.as_view(), name="collective_edit"),
    path("sezon/zbiorcze/<uuid:pk>/wyslij/", Send.as_view(), name="collective_send"),
    path("sezon/zbiorcze/<uuid:pk>/plik/<slug:kind>/", File.as_view(), name="collective_file"),
    path("sezon/<int:year>/statystyka/<str:kind>/", Statistics.as_view(), name="office_statistics"),
]
