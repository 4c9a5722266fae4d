"""The unit's annual reports: the years, one report with what it lacks, its parts, and a cell."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseBase
from django.urls import path, reverse
from django.utils.functional import cached_property

from participants.services.participations.common import own_unit
from reintegration.audit import record
from reintegration.core import clock, toasts
from reintegration.core.components import Badge, Blocker, Link
from reintegration.core.errors import InputError
from reintegration.core.formats import counted, format_long_date, format_moment, format_table_date
from reintegration.core.views import DetailPage, FormPage, Once, Page
from reintegration.tenancy.enums import UnitType
from reporting import perms
from reporting import report_words as words
from reporting.enums import ReportState
from reporting.forms import reports as forms
from reporting.queries import reports as queries
from reporting.report_files import ENDINGS_OF_SHEET, sheet_file
from reporting.rules import reports as rules
from reporting.rules.definitions import Measure
from reporting.rules.layouts import Cell, CellKind, Part
from reporting.rules.sources import About
from reporting.services import reports as services
from reporting.transitions import REPORTS
from reporting.transitions import OfReport as Step
from reporting.views.report_base import FROM_REPORT, STATES, TITLE, VERSIONS, OfReport
from reporting.views.report_checks import with_forms


class Years(Once):
    """Every year with its report, the one that is due first."""

    action = perms.REPORT_SHOW
    title = TITLE
    template_name = "reporting/reports/years.html"
    http_method_names = ["get", "head", "options"]
    request: Any

    @cached_property
    def due(self) -> int:
        return rules.season_of(clock.today())

    def lead(self) -> str:
        if not queries.is_missing(self.due):
            return f"Dostaje je do 31 marca {rules.told_to(club=own_unit().unit_type == UnitType.KIS)}."
        left = (rules.due_on(self.due) - clock.today()).days
        days = counted(abs(left), "dzień", "dni", "dni")
        if left < 0:
            return f"Termin sprawozdania za {self.due} minął 31 marca, {days} temu."
        return f"Sprawozdanie za {self.due} wysyła się do 31 marca. Zostało {days}."

    def page(self) -> Mapping[str, Any]:
        years = queries.years(clock.today())
        return {
            "rows": [(one, STATES[one.state], rules.due_on(one.year), self.new_token()) for one in years],
            "due": self.due,
            "may_write": self.request.may(perms.REPORT_WRITE),
        }


class Start(Once):
    """Begin the report of a year."""

    action = {"POST": perms.REPORT_WRITE}
    http_method_names = ["post", "options"]

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        before = self.done_before() or self.claim()
        if before is not None:
            return before
        return self.finish(begin(request, kwargs["year"]))


def begin(request: Any, year: int) -> str:
    """Begin a report, or say why not; answers where to go."""
    try:
        with transaction.atomic():
            report = services.start(year=year)
    except InputError as error:
        toasts.refused(request, error.message)
        return reverse("reporting:reports")
    except ValidationError as error:
        toasts.refused(request, " ".join(error.messages))
        return reverse("reporting:reports")
    record.about(request, report)
    return reverse("reporting:report", args=[report.pk])


class Show(OfReport, DetailPage):
    """Where a report stands: what it lacks, what does not agree, its parts, to whom it went, its versions."""

    action = perms.REPORT_SHOW
    template_name = "reporting/reports/show.html"

    def get_title(self) -> str:
        return self.name

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [(TITLE, reverse("reporting:reports")), (self.name, "")]

    def lead(self) -> str:
        state = STATES[self.found.state].text
        if not self.open:
            version = self.newest
            day = format_table_date(queries.day_of(version.submitted_at))
            return f"Stan: {state}. Wersję {version.number} wysłano {day}."
        empty = len(self.sheet.empty)
        missing = f"Puste komórki: {empty}." if empty else "Wszystkie komórki mają odpowiedź."
        if waiting := self.unexplained:
            missing += f" Sprawdzenia do poprawy albo wyjaśnienia: {waiting}."
        return f"Stan: {state}. {missing} Termin: {format_long_date(rules.due_on(self.found.year))}."

    @cached_property
    def unexplained(self) -> int:
        """How many checks have neither been put right nor explained."""
        return sum(not one.answered for one in self.sheet.findings) if self.open else 0

    @property
    def ready(self) -> bool:
        over = clock.today().year > self.found.year
        return self.open and over and not self.sheet.empty and not self.unexplained

    def actions(self) -> Sequence[Link]:
        pk = [self.found.pk]
        found = []
        may, report = self.request.may, self.found
        if may(perms.REPORT_SEND):
            if self.ready:
                found.append(
                    Link("Wyślij do urzędu", reverse("reporting:report_submit", args=pk), current=True)
                )
            if REPORTS.may(report, Step.WITHDRAW):
                found.append(Link("Wycofaj", reverse("reporting:report_withdraw", args=pk)))
            if REPORTS.may(report, Step.CORRECT):
                found.append(Link("Zrób korektę", reverse("reporting:report_correct", args=pk)))
            if REPORTS.may(report, Step.DROP) and any(one.state == "accepted" for one in self.versions):
                found.append(Link("Porzuć korektę", reverse("reporting:report_drop", args=pk)))
        if self.open:
            found.append(Link("Podgląd PDF", reverse("reporting:report_preview", args=pk)))
        return found

    @cached_property
    def versions(self) -> list[Any]:
        return queries.versions_of(self.found)

    def facts(self) -> Iterable[tuple[str, Any]]:
        yield "Wzór", f"{self.sheet.layout.title}, wersja {self.sheet.layout.version}"
        yield "Podstawa", self.sheet.layout.basis
        if self.open and self.draft.reason:
            yield "Powód korekty", self.draft.reason

    def page(self) -> Mapping[str, Any]:
        sheet = self.sheet
        return {
            **super().page(),
            "badge": STATES[self.found.state],
            "open": self.open,
            "may_write": self.open and self.request.may(perms.REPORT_WRITE),
            "empty": len(sheet.empty),
            "newer": queries.newer_layout(self.found) if self.open else None,
            "newer_url": reverse("reporting:report_layout", args=[self.found.pk]),
            "comments": list(self.comments()),
            "returned_words": self.returned_words(),
            "checks": with_forms(self.found, sheet) if self.open else [],
            "parts": [self.of_part(one) for one in sheet.layout.parts],
            "club": (club := own_unit().unit_type == UnitType.KIS),
            "told_to": rules.told_to(club=club),
            "recipients": queries.recipients_of(self.found),
            "lacks_grantor": self.open and not club and queries.lacks_grantor(self.found, sheet),
            "may_recipients": self.request.may(perms.REPORT_WRITE),
            "versions": [
                (one, VERSIONS[one.state], f"{format_moment(one.submitted_at, today=clock.today())}")
                for one in self.versions
            ],
            "submission": Once.new_token(),
            "early": self.open and clock.today().year <= self.found.year,
        }

    def comments(self) -> Iterable[Blocker]:
        if self.found.state != ReportState.RETURNED and not self.open:
            return
        layout = self.sheet.layout
        for key, one in queries.open_comments(self.found).items():
            cell = layout.cells.get(key)
            title = f"{words.place_of(layout, cell)}: {cell.label}" if cell is not None else key
            yield Blocker(title, one.words, "bad", "Otwórz komórkę", self.cell_url(key) if cell else "")

    def returned_words(self) -> str:
        last = next((one for one in self.versions if one.state != "withdrawn"), None)
        return str(last.words) if last is not None and last.state == "returned" else ""

    def cell_url(self, key: str) -> str:
        return f"{reverse('reporting:report_cell', args=[self.found.pk, key])}{FROM_REPORT}"

    def of_part(self, part: Part) -> tuple[Part, str, Badge]:
        """A part, where it is, and what is left to do in it."""
        tables = {table.key for table in part.tables}
        typed = [one for one in self.sheet.layout.of_kind(CellKind.TYPED) if one.table in tables]
        numbers = [one for one in typed if one.measure is not Measure.TEXT]
        empty = [one for one in numbers if one.key not in self.sheet.values]
        if empty and self.open:
            left = counted(len(empty), "pusta komórka", "puste komórki", "pustych komórek")
            badge = Badge(left, "warn")
        elif numbers:
            badge = Badge("wpisana", "ok")
        else:
            badge = Badge("opis, nieobowiązkowy" if typed else "policzona")
        return part, reverse("reporting:report_part", args=[self.found.pk, part.key]), badge


class PartPage(OfReport, FormPage):
    """The tables of one part; what the unit types is typed in its place."""

    action = {"GET": perms.REPORT_SHOW, "POST": perms.REPORT_WRITE}
    template_name = "reporting/reports/part.html"
    form_class = forms.PartForm
    submit = "Zapisz"

    def get_title(self) -> str:
        return self.part().title

    def lead(self) -> str:
        if not self.may_type:
            return self.name + "."
        return "Podkreślone liczby policzył program. Dotknij liczby, żeby zobaczyć, skąd jest."

    @property
    def may_type(self) -> bool:
        return self.open and bool(self.request.may(perms.REPORT_WRITE))

    @cached_property
    def cells(self) -> list[Cell]:
        tables = {table.key for table in self.part().tables}
        return [one for one in self.sheet.layout.of_kind(CellKind.TYPED) if one.table in tables]

    def form_kwargs(self) -> Mapping[str, Any]:
        return {"cells": self.cells if self.may_type else ()}

    def initial(self) -> Mapping[str, Any]:
        sheet = self.sheet
        return {
            forms.name_of(one.key): sheet.texts.get(one.key, "")
            if one.measure is Measure.TEXT
            else sheet.values.get(one.key)
            for one in self.cells
        }

    def page(self) -> Mapping[str, Any]:
        layout = self.sheet.layout
        here = self.kwargs["part"]
        parts = [
            Link(
                words.short(one),
                reverse("reporting:report_part", args=[self.found.pk, one.key]),
                one.key == here,
            )
            for one in layout.parts
        ]
        after = [one for one, before in zip(parts[1:], parts, strict=False) if before.current]
        return {
            "parts": parts,
            "may_type": self.may_type and bool(self.cells),
            "in_words": forms.NO_NAMES if any(one.measure is Measure.TEXT for one in self.cells) else "",
            "next_part": after[0] if after else None,
        }

    def show(self, form: Any, **kwargs: Any) -> HttpResponse:
        self.form = form
        return super().show(form, **kwargs)

    def answer(self, status: int = 200, **more: Any) -> HttpResponse:
        if (form := more.get("form")) is not None:
            more["grids"] = words.grids(self.sheet, self.part(), self.look(form))
        return super().answer(status=status, **more)

    def look(self, form: Any) -> words.Look:
        pk = self.found.pk

        def bound(cell: Cell) -> Any:
            name = forms.name_of(cell.key)
            return form[name] if name in form.fields else None

        return words.Look(
            url=lambda cell: reverse("reporting:report_cell", args=[pk, cell.key]),
            bound=bound,
            comments={key: one.words for key, one in queries.open_comments(self.found).items()},
        )

    def save(self, form: Any) -> Any:
        return services.put(report_id=self.found.pk, cells=form.typed())

    def next_url(self, result: Any) -> str:
        """The next part, so that the whole report is gone through; after the last one the report."""
        parts = self.sheet.layout.parts
        at = [one.key for one in parts].index(self.kwargs["part"])
        if at + 1 < len(parts):
            return reverse("reporting:report_part", args=[self.found.pk, parts[at + 1].key])
        return self.url


class CellPage(OfReport, FormPage):
    """What stands behind a cell: its definition, whom it counts, what is said about it."""

    action = {"GET": perms.REPORT_SHOW, "POST": perms.REPORT_WRITE}
    template_name = "reporting/reports/cell.html"
    form_class = forms.RemarkForm
    drafts = False

    def get_title(self) -> str:
        cell = self.cell()
        return f"{words.place_of(self.sheet.layout, cell)}: {cell.label}"

    def lead(self) -> str:
        cell = self.cell()
        unit = "" if cell.measure is Measure.TEXT else f" ({cell.measure.value})"
        return f"Teraz: {words.text_of(self.sheet, cell)}{unit}."

    def crumbs(self) -> Sequence[tuple[str, str]]:
        part = words.part_of(self.sheet.layout, self.cell())
        found = list(super().crumbs())
        found.insert(-1, (part.title, reverse("reporting:report_part", args=[self.found.pk, part.key])))
        return found

    def form_kwargs(self) -> Mapping[str, Any]:
        cell = self.cell()
        return {"cell": cell if cell.kind is CellKind.TYPED else None}

    def initial(self) -> Mapping[str, Any]:
        cell = self.cell()
        value = (
            self.sheet.texts.get(cell.key)
            if cell.measure is Measure.TEXT
            else self.sheet.values.get(cell.key)
        )
        return {"value": value, "note": self.sheet.notes.get(cell.key, "")}

    @property
    def from_report(self) -> bool:
        """Whoever came from a check or from a comment goes on with the next one."""
        return bool(self.request.GET.get("z") == "sprawozdania")

    @property
    def back_url(self) -> str:
        if self.from_report:
            return self.url
        part = words.part_of(self.sheet.layout, self.cell())
        return reverse("reporting:report_part", args=[self.found.pk, part.key])

    def page(self) -> Mapping[str, Any]:
        cell = self.cell()
        layout = self.sheet.layout
        comment = queries.open_comments(self.found).get(cell.key)
        where = FROM_REPORT if self.from_report else ""
        return {
            "cell": cell,
            "from_report": self.from_report,
            "may_type": self.open and self.request.may(perms.REPORT_WRITE),
            "terms": [
                (one.sign, layout.cells[one.cell], words.text_of(self.sheet, layout.cells[one.cell]),
                 reverse("reporting:report_cell", args=[self.found.pk, one.cell]) + where)
                for one in cell.formula if one.cell
            ],
            "comment": comment,
            "people": self.people(cell),
            "staff": cell.about is About.STAFF,
            "note": self.sheet.notes.get(cell.key, ""),
            "of_version": None if self.open else self.newest,
        }  # fmt: skip

    def people(self, cell: Cell) -> list[Any] | None:
        """Whom the cell counts, for those who may know; nothing when it counts nobody."""
        if not self.request.may(perms.REPORT_PEOPLE) or cell.about is About.NOBODY:
            return None
        if cell.kind is not CellKind.COUNTED:
            return None
        keys = (
            self.sheet.people.get(cell.key, frozenset())
            if self.open
            else queries.people_of(self.newest, cell.key)
        )
        rows = list(queries.named(cell, keys))
        if cell.about is About.PERSONS:
            record.shows(self.request, {row.pk for row in rows})
            record.adds(self.request, filters=[cell.key])
        return rows

    def save(self, form: Any) -> Any:
        key = self.cell().key
        if "value" in form.fields:
            services.put(report_id=self.found.pk, cells={key: form.cleaned_data["value"]})
        return services.remark(report_id=self.found.pk, cell=key, words=form.cleaned_data["note"])

    def next_url(self, result: Any) -> str:
        return self.back_url


class Zeros(OfReport, Once):
    """Answer every empty number with a nought."""

    action = {"POST": perms.REPORT_WRITE}
    http_method_names = ["post", "options"]

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.object(lock=True)
        before = self.done_before() or self.claim()
        if before is not None:
            return before
        try:
            with transaction.atomic():
                done = services.zeros(report_id=self.found.pk)
        except InputError as error:
            toasts.refused(request, error.message)
        else:
            toasts.saved(request, f"Wpisano zero w puste komórki: {done}.")
        return self.finish(self.url)


class Statistics(Page):
    """The layout of public statistics, filled, to be copied (CAS 01 of a KIS, CAS 02 of a CIS)."""

    action = perms.REPORT_SHOW
    template_name = "reporting/reports/statistics.html"
    request: Any

    @cached_property
    def sheet(self) -> queries.Sheet:
        try:
            return queries.statistics(own_unit().unit_type, self.kwargs["year"])
        except InputError as error:
            raise Http404 from error

    def get_title(self) -> str:
        return f"{self.sheet.layout.title} za {self.kwargs['year']}"

    def lead(self) -> str:
        return "Te same liczby w układzie, w którym przepisuje się je do Centralnej Aplikacji Statystycznej."

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [(TITLE, reverse("reporting:reports")), (self.get_title(), "")]

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if (ending := request.GET.get("plik", "")) in ENDINGS_OF_SHEET:
            return sheet_file(self.sheet, self.get_title(), ending)
        return self.answer()

    def page(self) -> Mapping[str, Any]:
        layout = self.sheet.layout
        asked = self.request.GET.get("czesc", "")
        part = next((one for one in layout.parts if one.key == asked), layout.parts[0])
        return {
            "parts": [Link(words.short(one), f"?czesc={one.key}", one is part) for one in layout.parts],
            "part": part,
            "grids": words.grids(self.sheet, part),
            "layout": layout,
        }


_ONE = "sprawozdania/<uuid:pk>/"
urlpatterns = [
    path("sprawozdania/", Years.as_view(), name="reports"),
    path("sprawozdania/<int:year>/zacznij/", Start.as_view(), name="report_start"),
    path("sprawozdania/<int:year>/statystyka/", Statistics.as_view(), name="report_statistics"),
    path(_ONE, Show.as_view(), name="report"),
    path(f"{_ONE}zera/", Zeros.as_view(), name="report_zeros"),
    path(f"{_ONE}czesc/<slug:part>/", PartPage.as_view(), name="report_part"),
    path(f"{_ONE}komorka/<str:cell>/", CellPage.as_view(), name="report_cell"),
]
