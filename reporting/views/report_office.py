"""One report as the voivode's office reads it: what was sent, a comment at a cell, return, acceptance."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.http import Http404, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.functional import cached_property

from reintegration.audit import record
from reintegration.core import clock
from reintegration.core.components import Link
from reintegration.core.formats import counted, format_moment
from reintegration.core.views import ConfirmPage, DetailPage, FormPage, Page
from reporting import perms
from reporting import report_words as words
from reporting.enums import VersionState
from reporting.forms import reports as forms
from reporting.models import CellComment, Report, ReportVersion
from reporting.queries import reports as queries
from reporting.queries.registers import entries_for, of_unit
from reporting.report_files import download
from reporting.rules.layouts import Cell
from reporting.rules.reports import last_day
from reporting.services import report_office as services
from reporting.services.registers import attach
from reporting.transitions import REPORTS
from reporting.transitions import OfReport as Step
from reporting.views.report_base import VERSIONS
from reporting.views.report_steps import facts_of, shown_version


class OfSentReport:
    """A page of one report that came to this office; the newest version that was not withdrawn is shown."""

    action: Any = perms.OFFICE_REPORT_SHOW
    request: Any
    kwargs: dict[str, Any]
    found: Report

    def object(self, *, lock: bool = False) -> Report:
        rows = Report.objects.select_related("unit__organisation", "layout")
        found: Report = get_object_or_404(
            rows.select_for_update(of=("self",)) if lock else rows, pk=self.kwargs["pk"]
        )
        record.about(self.request, found)
        self.found = found
        return found

    @cached_property
    def versions(self) -> list[ReportVersion]:
        """What a unit took back is not the office's to read."""
        return [one for one in queries.versions_of(self.found) if one.state != VersionState.WITHDRAWN]

    @cached_property
    def newest(self) -> ReportVersion:
        number = self.kwargs.get("number")
        found = next((one for one in self.versions if number in {None, one.number}), None)
        if found is None:
            raise Http404
        return found

    @property
    def is_alone(self) -> bool:
        """Whether the report stands at no entry of the register."""
        return self.versions[0].entry is None

    @property
    def waits(self) -> bool:
        return self.newest.state == "submitted" and REPORTS.may(self.found, Step.ACCEPT)

    @property
    def name(self) -> str:
        return str(self.found.unit.organisation)

    @property
    def url(self) -> str:
        return reverse("reporting:office_report", args=[self.found.pk])

    @property
    def back_url(self) -> str:
        return self.url

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [(f"{self.name}, {self.found.year}", self.url), (self.get_title(), "")]  # type: ignore[attr-defined]


class OfReadVersion(OfSentReport):
    """A step about the version that was read: its number stands in the address, and another is refused."""

    @cached_property
    def newest(self) -> ReportVersion:
        posted = self.request.method == "POST"
        # Whoever answers about a version that was taken back meanwhile is told of the next one.
        known = queries.versions_of(self.found) if posted else self.versions
        read = next((one for one in known if one.number == self.number), None)
        if read is None or not self.versions:
            raise Http404
        return self.versions[0] if posted else read

    @property
    def number(self) -> int:
        number: int = self.kwargs["number"]
        return number


class Show(OfSentReport, DetailPage):
    template_name = "reporting/reports/office.html"

    def get_title(self) -> str:
        return f"{self.name}: sprawozdanie za {self.found.year}"

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return []

    def lead(self) -> str:
        version = self.newest
        when = format_moment(version.submitted_at, today=clock.today())
        return f"Wersja {version.number}, wysłana {when}."

    def actions(self) -> Sequence[Link]:
        pk, found = [self.found.pk, self.newest.number], []
        if self.waits and self.request.may(perms.OFFICE_REPORT_DECIDE):
            found += [
                Link("Przyjmij", reverse("reporting:office_report_accept", args=pk), current=True),
                Link("Zwróć do poprawy", reverse("reporting:office_report_return", args=pk)),
            ]
        if self.is_alone and self.request.may(perms.OFFICE_REPORT_ATTACH):
            found.append(Link("Połącz z wpisem", reverse("reporting:office_report_attach", args=pk[:1])))
        return found

    def facts(self) -> Iterable[tuple[str, Any]]:
        unit = self.newest.content["unit"]
        place = f"{unit['postcode']} {unit['town']}".strip()
        yield "Jednostka", ", ".join(filter(None, [unit["name"], unit["street"], place]))
        yield "Prowadzi", unit["founder"]
        yield from facts_of(self.newest)

    def page(self) -> Mapping[str, Any]:
        files = reverse("reporting:office_report_version", args=[self.found.pk, self.newest.number])
        may = self.waits and self.request.may(perms.OFFICE_REPORT_COMMENT)
        look = words.Look(url=self.cell_url) if may else None
        return {
            **super().page(),
            **shown_version(self.request, self.newest, files, look),
            "may_comment": may,
            "is_alone": self.is_alone,
            "versions": [
                (
                    one,
                    VERSIONS[one.state],
                    reverse("reporting:office_report_version", args=[self.found.pk, one.number]),
                )
                for one in self.versions
            ],
        }

    def cell_url(self, cell: Cell) -> str:
        return reverse("reporting:office_report_cell", args=[self.found.pk, self.newest.number, cell.key])


class CellPage(OfReadVersion, FormPage):
    """A cell with its definition, and what the office asks of it."""

    action = perms.OFFICE_REPORT_COMMENT
    template_name = "reporting/reports/office_cell.html"
    form_class = forms.CommentForm
    submit = "Zapisz uwagę"
    drafts = False

    @cached_property
    def cell(self) -> Cell:
        found = self.newest.layout.layout.cells.get(self.kwargs["cell"])
        if found is None:
            raise Http404
        return found

    @cached_property
    def comment(self) -> CellComment | None:
        return queries.comments_of(self.newest).get(self.cell.key)

    def get_title(self) -> str:
        return f"{words.place_of(self.newest.layout.layout, self.cell)}: {self.cell.label}"

    def lead(self) -> str:
        sheet = queries.sent(self.newest)
        return f"W wersji {self.newest.number}: {words.text_of(sheet, self.cell)}."

    def initial(self) -> Mapping[str, Any]:
        return {"words": self.comment.words if self.comment is not None else ""}

    @property
    def back_url(self) -> str:
        return self.part_url()

    def page(self) -> Mapping[str, Any]:
        drop = reverse("reporting:office_report_cell_drop", args=[self.found.pk, self.number, self.cell.key])
        return {
            "cell": self.cell,
            "note": queries.sent(self.newest).notes.get(self.cell.key, ""),
            "drop_url": drop if self.comment is not None and self.waits else "",
        }

    def part_url(self) -> str:
        part = words.part_of(self.newest.layout.layout, self.cell)
        return f"{self.url}?czesc={part.key}"

    def save(self, form: Any) -> Any:
        return services.comment(
            report_id=self.found.pk,
            number=self.number,
            cell=self.cell.key,
            words=form.cleaned_data["words"],
        )

    def success(self, form: Any, result: Any) -> str:
        return "Uwaga zapisana. Jednostka przeczyta ją, gdy zwrócicie sprawozdanie."

    def next_url(self, result: Any) -> str:
        return self.part_url()


class DropComment(OfReadVersion, ConfirmPage):
    action = perms.OFFICE_REPORT_COMMENT
    verb = "Usuń uwagę"

    def get_title(self) -> str:
        return "Usunąć uwagę?"

    def object(self, *, lock: bool = False) -> Report:
        found = super().object(lock=lock)
        comment = queries.comments_of(self.newest).get(self.kwargs["cell"])
        if comment is None:
            raise Http404
        self.comment = comment
        return found

    def text(self) -> str:
        return f"„{self.comment.words}” Jednostka tego nie zobaczy."

    def perform(self) -> str:
        services.uncomment(report_id=self.found.pk, number=self.number, cell=self.kwargs["cell"])
        return self.url

    def success(self) -> str:
        return "Uwaga usunięta."


class Return(OfReadVersion, FormPage):
    action = perms.OFFICE_REPORT_DECIDE
    form_class = forms.ReturnForm
    submit = "Zwróć do poprawy"
    drafts = False

    def get_title(self) -> str:
        return "Zwrot do poprawy"

    def lead(self) -> str:
        many = sum(one.sent_at is None for one in queries.comments_of(self.newest).values())
        told = counted(many, "uwagę do komórki", "uwagi do komórek", "uwag do komórek")
        return f"{self.name} dostanie {told} i to, co napiszesz niżej."

    def save(self, form: Any) -> Any:
        return services.give_back(
            report_id=self.found.pk, number=self.number, words=form.cleaned_data["words"]
        )

    def success(self, form: Any, result: Any) -> str:
        return "Sprawozdanie zwrócone. Jednostka już o tym wie."


class Accept(OfReadVersion, ConfirmPage):
    action = perms.OFFICE_REPORT_DECIDE
    verb = "Przyjmij"

    def get_title(self) -> str:
        return "Przyjąć sprawozdanie?"

    def text(self) -> str:
        many = sum(one.sent_at is None for one in queries.comments_of(self.newest).values())
        lost = counted(many, "uwaga", "uwagi", "uwag")
        left = f" {lost} do komórek nie zostanie wysłana: żeby je wysłać, zwróć sprawozdanie." if many else ""
        return f"{self.name}, wersja {self.number} za {self.found.year}.{left}"

    def perform(self) -> str:
        services.accept(report_id=self.found.pk, number=self.number)
        return self.url

    def success(self) -> str:
        return "Sprawozdanie przyjęte."


class Attach(OfSentReport, FormPage):
    """At which entry of the register a report stands that was sent without one."""

    action = perms.OFFICE_REPORT_ATTACH
    title = "Połącz z wpisem"
    form_class = forms.AttachForm
    submit = "Połącz"
    drafts = False

    @cached_property
    def entries(self) -> Any:
        return entries_for(self.found.unit, last_day(self.found.year))

    def object(self, *, lock: bool = False) -> Report:
        found = super().object(lock=lock)
        if not self.versions:
            raise Http404
        return found

    def lead(self) -> str:
        said = f"{self.name}, sprawozdanie za {self.found.year}. Liczy się to, które stoi przy wpisie."
        if not self.entries.filter(of_unit(self.found.unit_id)).exists():
            said += " Jednostka będzie z tym wpisem połączona."
        return f"{said} Sprawozdanie zostaje przy nim na stałe."

    def form_kwargs(self) -> Mapping[str, Any]:
        return {"entries": self.entries}

    def initial(self) -> Mapping[str, Any]:
        """Where there is one entry to choose, it is chosen."""
        few = list(self.entries[:2])
        return {"entry": few[0].pk} if len(few) == 1 else {}

    def save(self, form: Any) -> Any:
        return attach(report_id=self.found.pk, entry_id=form.cleaned_data["entry"].pk)

    def success(self, form: Any, result: Any) -> str:
        return f"Sprawozdanie stoi przy wpisie {result.number}."


class VersionFile(OfSentReport, Page):
    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.object()
        return download(self.newest, kwargs["ending"])


_ONE = "sprawozdania-jednostek/<uuid:pk>/"
_OF_VERSION = f"{_ONE}wersja/<int:number>/"
urlpatterns = [
    path(_ONE, Show.as_view(), name="office_report"),
    path(f"{_ONE}wpis/", Attach.as_view(), name="office_report_attach"),
    path(_OF_VERSION, Show.as_view(), name="office_report_version"),
    path(f"{_OF_VERSION}plik/<str:ending>/", VersionFile.as_view(), name="office_report_file"),
    path(f"{_OF_VERSION}komorka/<str:cell>/", CellPage.as_view(), name="office_report_cell"),
    path(f"{_OF_VERSION}komorka/<str:cell>/usun/", DropComment.as_view(), name="office_report_cell_drop"),
    path(f"{_OF_VERSION}zwrot/", Return.as_view(), name="office_report_return"),
    path(f"{_OF_VERSION}przyjecie/", Accept.as_view(), name="office_report_accept"),
]
