"""Health insurance of the whole unit: who has a gap, whom the OPS is to insure, and its list of a month."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import Case, DateField, QuerySet, Value, When
from django.http import Http404, HttpResponse, QueryDict
from django.urls import path, reverse

from benefits import health_papers as papers
from benefits import perms
from benefits.forms.health import UnitFilter
from benefits.queries import health as queries
from benefits.services import health as services
from benefits.views import health_words as words
from participants.models import Participation
from participants.rules.codes import UnitType
from participants.views.participations.base import unit_type
from reintegration.audit import record
from reintegration.core import clock
from reintegration.core.components import Badge, Empty, Link
from reintegration.core.dates import DateSpan, Month
from reintegration.core.formats import counted, format_month
from reintegration.core.lists import Column, ListPage
from reintegration.core.views import ConfirmPage, Page
from reintegration.documents.exports import as_download

TITLE = "Ubezpieczenie zdrowotne"
FIRST_YEAR = 2004
# Who has no gap stands after everybody who has one.
NO_GAP = date.max


def _leader(row: Any) -> str | None:
    return row.case_manager.get_full_name() if row.case_manager else None


class List(ListPage):
    action = perms.HEALTH_SHOW
    title = TITLE
    file_name = "ubezpieczenie-zdrowotne"
    filter_form = UnitFilter
    row_url_name = "benefits:health_file"
    default_sort = "gap"
    request: Any

    @cached_property
    def today(self) -> date:
        return clock.today()

    @cached_property
    def found(self) -> Mapping[UUID, queries.FileHealth]:
        """Everybody's insurance follows from the law, so it is counted here and not by the database."""
        return queries.health_of(queries.looked_at(self.today).order_by("pk"))

    @cached_property
    def columns(self) -> Sequence[Column]:  # type: ignore[override]
        return [
            Column("person", "Osoba", sort="person__name_order"),
            Column("number", "Sprawa", sort="number", phone="hide"),
            Column(
                "gap",
                "Luka i zgłoszenie",
                sort=("gap_since", "person__name_order"),
                cell=self._gap,
                phone="main",
            ),
            Column("now", "Dziś ubezpiecza", cell=self._now),
            Column("begins", "Zgłasza OPS od", cell=self._begins, phone="hide"),
            Column("ops", "Dla OPS", cell=self._ops),
            Column("case_manager", "Opiekun", cell=_leader, phone="hide"),
        ]

    def _gap(self, row: Any) -> Badge:
        return words.badge(self.found[row.pk], self.today)

    def _now(self, row: Any) -> str:
        return words.covered_now(self.found[row.pk], self.today)

    def _begins(self, row: Any) -> date | None:
        return self.found[row.pk].first_day

    def _ops(self, row: Any) -> Badge | str:
        """What the OPS does not know, then what it has to do."""
        one = self.found[row.pk]
        untold = words.changes_words(one, self.today)
        if untold:
            return Badge("przekaż OPS", "warn")
        due = one.due(self.today)
        if due:
            return Badge(
                words.event_words(due[0], self.today), "bad" if due[0].is_late(self.today) else "info"
            )
        return ""

    def states(self) -> dict[str, list[Any]]:
        """The keys of the files that each filter shows."""
        found: dict[str, list[Any]] = {key: [] for key, _ in UnitFilter.STATES}
        for key, one in self.found.items():
            gap = one.gap(self.today)
            if gap is None:
                found["bez-luki"].append(key)
            elif gap.since <= self.today + queries.SOON:
                found["luka"].append(key)
            else:
                found["pozniej"].append(key)
            if not one.asked:
                found["nieustalone"].append(key)
            if one.to_tell(self.today) or one.due(self.today):
                found["ops"].append(key)
        return found

    def filter_kwargs(self) -> Mapping[str, Any]:
        return {"states": self.states()}

    def queryset(self) -> QuerySet[Participation]:
        today, gaps = self.today, {}
        for key, one in self.found.items():
            gap = one.gap(today)
            if one.unregistered(DateSpan.single(today)):
                gaps[key] = today
            elif gap is not None:
                gaps[key] = gap.since
        rows = queries.looked_at(today)
        last = Value(NO_GAP, output_field=DateField())
        whens = [When(pk=key, then=Value(day, output_field=DateField())) for key, day in gaps.items()]
        since = Case(*whens, default=last, output_field=DateField()) if whens else last
        return rows.annotate(gap_since=since)

    def shown_rows(self, rows: Sequence[Any]) -> None:
        record.shows(self.request, [row.person_id for row in rows])

    def lead(self) -> str:
        now = self.states()["luka"]
        if not now:
            return "Nikt nie ma luki teraz ani w najbliższych 14 dniach."
        return f"Luka teraz albo w 14 dni: {counted(len(now), 'osoba', 'osoby', 'osób')}."

    def actions(self) -> Sequence[Link]:
        return [Link("Lista dla OPS", reverse("benefits:health_ops"))]

    def empty(self, *, filtered: bool) -> Empty:
        if filtered:
            return super().empty(filtered=True)
        return Empty("Nikogo nie ma w opiece", "Osoby pojawią się tu, gdy otworzysz ich sprawy.")


class OfMonth:
    """The list of a month, of one OPS or of all, as the address asks for it."""

    request: Any

    def load(self) -> None:
        given = self.request.GET
        this = Month.of(clock.today())
        try:
            self.month = Month.parse(given.get("miesiac", "") or str(this))
        except ValueError:
            raise Http404 from None
        if not FIRST_YEAR <= self.month.year <= this.plus(12).year:
            raise Http404
        everybody = queries.ops_lines(self.month)
        self.bodies = queries.body_labels(one.health.body for one in everybody)
        # The key of a body; one that is on no list of the month has an empty one.
        self.body: str | None = given.get("ops") if "ops" in given else None
        self.lines = [one for one in everybody if self.body in {None, one.health.body.key}]
        record.shows(self.request, {one.file.person_id for one in self.lines})

    def query(self, month: Month, body: str | None) -> str:
        asked = QueryDict(mutable=True)
        asked["miesiac"] = str(month)
        if body is not None:
            asked["ops"] = body
        return f"?{asked.urlencode()}"


class Ops(OfMonth, Page):
    action = perms.HEALTH_SHOW
    template_name = "benefits/health/ops.html"
    request: Any

    def get(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        self.load()
        return self.answer()

    def get_title(self) -> str:
        return f"Lista dla OPS: {format_month(self.month)}"

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [(TITLE, reverse("benefits:health")), (self.get_title(), "")]

    def lead(self) -> str:
        return "Kogo OPS ubezpiecza w tym miesiącu i od kiedy. (art. 75 ust. 12)"

    def page(self) -> Mapping[str, Any]:
        here = reverse("benefits:health_ops")
        bodies = [Link("wszystkie", f"{here}{self.query(self.month, None)}", current=self.body is None)]
        for key, label in self.bodies.items():
            url = f"{here}{self.query(self.month, key)}"
            bodies.append(Link(label or "bez wpisanego OPS", url, current=self.body == key))
        asked = self.query(self.month, self.body)
        return {
            "lines": [
                (one, queries.data_of(one.file.person), self.bodies[one.health.body.key])
                for one in self.lines
            ],
            "code": queries.TITLE_CODE,
            "bodies": bodies,
            "months": [
                Link(format_month(month), f"{here}{self.query(month, self.body)}")
                for month in (self.month.previous, self.month.next)
            ],
            "tell_url": f"{reverse('benefits:health_ops_tell')}{asked}",
            # A club pays nothing that an OPS would read.
            "link_url": f"{reverse('benefits:health_ops_link')}{asked}"
            if unit_type(self.request) is UnitType.CIS
            else "",
            "account_url": f"{reverse('benefits:health_ops_access')}{asked}",
            "untold": any(one.told is None for one in self.lines),
            "files": [
                ("PDF", f"{reverse('benefits:health_ops_print')}{asked}"),
                ("XLSX", f"{reverse('benefits:health_ops_sheet')}{asked}"),
                ("CSV", f"{reverse('benefits:health_ops_csv')}{asked}"),
            ],
        }


class OpsTell(OfMonth, ConfirmPage):
    """The list was given to the OPS, on paper or as a file."""

    action = perms.HEALTH_TELL
    title = "Lista przekazana OPS"
    verb = "Zapisz, że lista przekazana"
    request: Any

    def object(self, *, lock: bool) -> None:
        self.load()
        self.back_url = f"{reverse('benefits:health_ops')}{self.query(self.month, self.body)}"

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [(TITLE, reverse("benefits:health")), (self.title, "")]

    def text(self) -> str:
        new = sum(one.told is None for one in self.lines)
        people = counted(new, "osobę", "osoby", "osób")
        return (
            f"OPS dowiaduje się o {format_month(self.month)}. Zapiszemy {people}, o których jeszcze nie"
            " wiedział. Ośrodek, który pracuje w tym programie, zobaczy je u siebie jako zadania."
        )

    def perform(self) -> str:
        self.told = services.tell_many(participation_ids=[one.file.pk for one in self.lines])
        return self.back_url

    def success(self) -> str:
        return f"Przekazano: {counted(self.told, 'osoba', 'osoby', 'osób')}."


class OpsPrint(OfMonth, Page):
    action = perms.HEALTH_PRINT

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        self.load()
        paper = papers.list_pdf(self.lines, self.month, self.bodies.get(self.body or "", ""))
        return as_download(paper, papers.list_name(self.month))


class OpsSheet(OfMonth, Page):
    action = perms.HEALTH_PRINT
    ending = "xlsx"

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        self.load()
        table = papers.list_table(self.lines, self.bodies, self.ending)
        return as_download(table, papers.list_name(self.month), self.ending)


class OpsCsv(OpsSheet):
    ending = "csv"


_LIST = "ubezpieczenie-zdrowotne/"
urlpatterns = [
    path(_LIST, List.as_view(), name="health"),
    path(f"{_LIST}dla-ops/", Ops.as_view(), name="health_ops"),
    path(f"{_LIST}dla-ops/przekazana/", OpsTell.as_view(), name="health_ops_tell"),
    path(f"{_LIST}dla-ops/druk/", OpsPrint.as_view(), name="health_ops_print"),
    path(f"{_LIST}dla-ops/arkusz/", OpsSheet.as_view(), name="health_ops_sheet"),
    path(f"{_LIST}dla-ops/csv/", OpsCsv.as_view(), name="health_ops_csv"),
]
