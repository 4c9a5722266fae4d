"""Screens of the office's registers: the lists, an entry with its history, and what runs out."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.functional import cached_property

from reintegration.audit import record
from reintegration.core import clock
from reintegration.core.components import Badge, Empty, Link, TimelineEntry
from reintegration.core.dates import add_months
from reintegration.core.downloads import named
from reintegration.core.formats import counted, format_date, format_long_date, format_table_date
from reintegration.core.identifiers import format_phone
from reintegration.core.lists import Column, ListPage, words_of
from reintegration.core.views import DetailPage, Page, wants_fragment
from reintegration.documents.exports import export_rows
from reintegration.documents.papers import render_pdf
from reintegration.documents.services import letterhead
from reintegration.tenancy.enums import UnitType, Voivodeship
from reporting import perms, tables
from reporting.enums import AppealState, DecisionKind, Standing
from reporting.forms.registers import RegisterFilter, shown_day
from reporting.models import RegisterEntry, StatusAppeal, StatusDecision
from reporting.queries import inspections, procedures
from reporting.queries import registers as queries
from reporting.rules import registers as rules
from reporting.transitions import ENTRIES, OfEntry
from reporting.views.cases import capital

TITLES = {UnitType.CIS: "Rejestr CIS", UnitType.KIS: "Rejestr KIS"}
KINDS = {
    Standing.AHEAD: "info",
    Standing.ACTIVE: "ok",
    Standing.EXPIRED: "bad",
    Standing.LOST: "bad",
    Standing.DELETED: "plain",
}
SOON = {3: "bad", 6: "warn", 12: "info"}
IN_MONTHS = {3: "Do 3 miesięcy", 6: "Od 3 do 6 miesięcy", 12: "Od 6 do 12 miesięcy"}


def register_url(unit_type: str) -> str:
    return reverse("reporting:cis_register" if unit_type == UnitType.CIS else "reporting:kis_register")


def standing_badge(row: Any) -> Badge:
    standing = Standing(row.standing)
    return Badge(str(standing.label), KINDS[standing])


class RegisterList(ListPage):
    action = perms.REGISTER_SHOW
    template_name = "reporting/registers/list.html"
    filter_form = RegisterFilter
    default_sort = "name"
    row_url_name = "reporting:entry"
    filters_all = True
    unit_type = UnitType.CIS
    request: Any
    columns = (
        Column("name", "Nazwa", sort="name_order"),
        Column("entry.number", "Numer", sort="entry__number", phone="hide"),
        Column("town", "Miejscowość", sort="town_order"),
        Column("powiat", "Powiat", sort="powiat", phone="hide"),
        Column("founder_name", "Prowadzi", phone="hide"),
        Column("first_on", "W rejestrze od", sort="first_on", phone="hide"),
        Column("valid_until", "Status do", sort="valid_until", phone="hide"),
        Column("standing", "Stan", sort="standing", cell=standing_badge, phone="main"),
    )

    def get_title(self) -> str:
        return TITLES[self.unit_type]

    @property
    def file_name(self) -> str:  # type: ignore[override]
        return f"rejestr-{self.unit_type.lower()}"

    @cached_property
    def day(self) -> date:
        form = self.filters
        return shown_day(form.cleaned_data) if form is not None and form.is_valid() else clock.today()

    def filter_kwargs(self) -> Mapping[str, Any]:
        return {"unit_type": self.unit_type}

    def lead(self) -> str:
        active = self.queryset().filter(standing=Standing.ACTIVE).count()
        when = "" if self.day == clock.today() else f" {format_long_date(self.day)}"
        return f"Czynne{when}: {counted(active, 'jednostka', 'jednostki', 'jednostek')}."

    def actions(self) -> Sequence[Link]:
        if not self.request.may(perms.REGISTER_WRITE):
            return []
        kind = self.unit_type.lower()
        return [
            Link("Wczytaj z pliku", reverse(f"reporting:{kind}_import")),
            Link("Nowy wpis", reverse(f"reporting:{kind}_enter"), current=True),
        ]

    def queryset(self) -> QuerySet[Any]:
        return queries.register(self.unit_type, self.day)

    def row_key(self, row: Any) -> Any:
        return row.entry_id

    def empty(self, *, filtered: bool) -> Empty:
        if filtered or not self.request.may(perms.REGISTER_WRITE):
            return super().empty(filtered=filtered)
        kind = self.unit_type.lower()
        return Empty(
            "Rejestr jest jeszcze pusty",
            "Wczytaj rejestr, który prowadzicie w arkuszu, albo wpisz pierwszą jednostkę.",
            "file-spreadsheet",
            "Wczytaj z pliku",
            reverse(f"reporting:{kind}_import"),
        )

    def page(self) -> Mapping[str, Any]:
        files = {
            "json_url": self.url_with(plik="json", page=""),
            "pdf_url": self.url_with(plik="pdf", page=""),
        }
        return {**super().page(), **files}

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        asked = self.asked.get("plik", "")
        if asked and not wants_fragment(request):
            return self.take(asked)
        return super().get(request, *args, **kwargs)

    def take(self, asked: str) -> HttpResponseBase:
        """All that the register says, of the rows that the filters leave."""
        found = tables.columns_of(self.unit_type, office=True)
        if asked not in {"json", "pdf"}:
            self.columns = tuple(found)  # type: ignore[misc]
            return super().get(self.request)
        rows = list(self.rows())
        if asked == "json":
            answer: HttpResponse = JsonResponse(
                {"stan_na": self.day.isoformat(), "wpisy": tables.as_json(found, rows)},
                json_dumps_params={"ensure_ascii": False},
            )
        else:
            answer = HttpResponse(self.paper(rows), content_type="application/pdf")
        name = f"{self.file_name}-{self.day.isoformat()}.{asked}"
        named(answer, name, rows=len(rows), filters=words_of(self.filters, self.asked))
        return answer

    def paper(self, rows: Sequence[Any]) -> bytes:
        here = queries.voivodeship()
        context = {
            "rows": [(row, tables.standing_of(row), tables.end_reason_of(row)) for row in rows],
            "day": self.day, "is_cis": self.unit_type is UnitType.CIS,
            "voivodeship": Voivodeship(here).label,
        }  # fmt: skip
        return render_pdf(
            "reporting/registers/paper/register.html", context, title=self.get_title(),
            letterhead=letterhead(), made_at=clock.now(),
        )  # fmt: skip


class OneEntry:
    """What the pages of one entry share."""

    request: Any
    kwargs: dict[str, Any]
    found: RegisterEntry
    past: queries.History
    back_url: str

    def object(self, *, lock: bool = False) -> RegisterEntry:
        rows = RegisterEntry.objects.all()
        found: RegisterEntry = get_object_or_404(
            rows.select_for_update(of=("self",)) if lock else rows.select_related("joined__organisation"),
            pk=self.kwargs["pk"],
        )
        record.about(self.request, found)
        self.past = queries.history(found)
        self.back_url = reverse("reporting:entry", args=[found.pk])
        self.request.nav_place = "cis_register" if found.unit_type == UnitType.CIS else "kis_register"
        return found

    @property
    def name(self) -> str:
        return str(self.past.versions[-1].name) if self.past.versions else str(self.found)

    @property
    def unit_type(self) -> UnitType:
        return UnitType(self.found.unit_type)

    def crumbs(self) -> Sequence[tuple[str, str]]:
        first = (TITLES[self.unit_type], register_url(self.unit_type))
        return [first, (self.name, self.back_url), (self.get_title(), "")]  # type: ignore[attr-defined]


class EntryShow(OneEntry, DetailPage):
    action = perms.REGISTER_SHOW
    template_name = "reporting/registers/entry.html"
    slot = "reporting.entry"

    def get_title(self) -> str:
        return self.name

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [(TITLES[self.unit_type], register_url(self.unit_type)), (self.name, "")]

    @property
    def decided(self) -> list[rules.Decided]:
        return queries.as_rules(self.past.decisions)

    def lead(self) -> str:
        number = f"Numer {self.found.number}."
        last = rules.valid_until(self.decided)
        if last is None or self.found.state != "open":
            return number
        return f"{number} Status do {format_date(last, today=clock.today())}."

    def actions(self) -> Sequence[Link]:
        if not self.request.may(perms.REGISTER_WRITE):
            return []
        found, pk = [], [self.found.pk]
        may = ENTRIES.may
        if may(self.found, OfEntry.CHANGE):
            found.append(Link("Zmień dane", reverse("reporting:entry_change", args=pk), current=True))
        if may(self.found, OfEntry.PROLONG) and self.unit_type is UnitType.CIS:
            found.append(Link("Przedłuż status", reverse("reporting:entry_prolong", args=pk)))
        if may(self.found, OfEntry.LOSE):
            word = "Utrata statusu" if self.unit_type is UnitType.CIS else "Wykreśl z rejestru"
            found.append(Link(word, reverse("reporting:entry_end", args=pk)))
        if may(self.found, OfEntry.RESTORE):
            waits = [one for one in self.past.appeals if one.state == AppealState.LODGED]
            if waits:
                outcome = reverse("reporting:appeal_outcome", args=[waits[0].pk])
                found.append(Link("Wpisz wynik odwołania", outcome, current=True))
            else:
                found.append(Link("Zapisz odwołanie", reverse("reporting:entry_appeal", args=pk)))
        return found

    def facts(self) -> Iterable[tuple[str, Any]]:
        if not self.past.versions:
            return
        row = self.past.latest
        yield "Adres", f"{row.street}, {row.postcode} {row.town}"
        yield "Gmina i powiat", ", ".join(filter(None, [row.gmina, row.powiat]))
        yield "Miejsca usług", row.service_places
        yield "Telefon", format_phone(row.phone) if row.phone else ""
        yield "E-mail", row.email
        yield "REGON", row.regon
        if row.created_on:
            yield "Utworzono", format_long_date(row.created_on)
        yield "Rozpoczęcie działalności", format_long_date(row.starts_on) if row.starts_on else ""
        if self.unit_type is UnitType.CIS:
            yield "Rodzaj działalności", row.activity
        yield "Prowadzi", f"{row.founder_name}, {row.get_founder_kind_display()}"
        yield (
            "Siedziba prowadzącego",
            ", ".join(
                filter(None, [row.founder_street, f"{row.founder_postcode} {row.founder_town}".strip()])
            ),
        )
        yield (
            "NIP, REGON, KRS",
            ", ".join(filter(None, [row.founder_nip, row.founder_regon, row.founder_krs])),
        )

    def page(self) -> Mapping[str, Any]:
        standing = Standing(rules.standing_on(self.decided, clock.today()).value)
        return {
            **super().page(),
            "badge": Badge(str(standing.label), KINDS[standing]),
            "timeline": list(self.timeline()),
            "joined": self.found.joined,
            **self.procedures(),
            "may_write": self.request.may(perms.REGISTER_WRITE),
        }

    def procedures(self) -> Mapping[str, Any]:
        """What the office has with the unit of the entry, and the ground for a loss that letters give."""
        letters, today = procedures.letters_of(self.found), clock.today()
        open_now = ENTRIES.may(self.found, OfEntry.LOSE)
        return {
            "cases": procedures.cases_at_office(self.found.joined_id) if self.found.joined_id else [],
            "letters": letters,
            "unheeded": [one for one in letters if open_now and procedures.is_ground(one, today)],
            "cis": self.unit_type is UnitType.CIS,
            "inspections": list(inspections.inspections().filter(entry=self.found)),
        }

    def timeline(self) -> Iterable[TimelineEntry]:
        known = {one.pk: one for one in self.past.decisions}
        gone = {one.reverses_id for one in self.past.decisions}
        for one in self.past.decisions:
            until = f" do {format_table_date(one.until)}" if one.until else ""
            said = f"od {format_table_date(one.since)}{until}"
            if one.reason:
                said = f"{said}, {one.get_reason_display()}"
            if one.reverses_id is not None:
                said = f"{_cited(known[one.reverses_id])}, status trwa jak przed tą decyzją"
            if one.pk in gone:
                said = f"{said}. Tę decyzję uchylono"
            if one.imported and (unknown := _unknown(one)):
                said = f"{said}. {unknown}: brak danych w imporcie."
            number = f" {one.number}" if one.number else ""
            label = str(one.get_kind_display())
            # Of a decision whose day is not known its first day is all that there is.
            day = one.decided_on or one.since
            yield TimelineEntry(day, f"{label[:1].upper()}{label[1:]}{number}", said, icon="gavel")
        for appeal in self.past.appeals:
            yield TimelineEntry(appeal.lodged_on, capital(str(appeal)), _outcome(appeal), icon="gavel")
        for before, after in zip(self.past.versions, self.past.versions[1:], strict=False):
            yield TimelineEntry(after.since, "Zmiana danych", _changes(before, after), icon="pencil")
        for note in self.past.notes:
            yield TimelineEntry(note.day, "Notatka", note.words, note.made_by.get_full_name(), "writing")


def _cited(decision: StatusDecision) -> str:
    """How another decision names this one."""
    number = f" {decision.number}" if decision.number else ""
    day = f" z {format_table_date(decision.decided_on)}" if decision.decided_on else ""
    return f"{decision.get_kind_display()}{number}{day}"


def _outcome(appeal: StatusAppeal) -> str:
    said = f"od: {_cited(appeal.decision)}" if appeal.decision is not None else ""
    if appeal.decided_on is None:
        return f"{said}; {appeal.get_state_display()}"
    number = f" {appeal.number}" if appeal.number else ""
    return f"{said}; {appeal.get_state_display()}:{number} z {format_table_date(appeal.decided_on)}"


def _unknown(decision: StatusDecision) -> str:
    """What the register that was read in did not say of a decision; a club has no decision."""
    asked = [("dzień decyzji", decision.decided_on)]
    if decision.kind != DecisionKind.ENTERED:
        asked.insert(0, ("numer decyzji", decision.number))
    said = " i ".join(name for name, value in asked if not value)
    return f"{said[:1].upper()}{said[1:]}"


def _changes(before: Any, after: Any) -> str:
    """What is other than before, by the names of the columns."""
    left_out = {"id", "organisation", "entry", "since", "published", "gmina_code"}
    found = [
        str(field.verbose_name)
        for field in before._meta.local_concrete_fields
        if not field.generated
        and field.name not in left_out
        and getattr(before, field.attname) != getattr(after, field.attname)
    ]
    return ", ".join(found) or "bez różnic"


class Expiry(Page):
    """Statuses that run out within a year, the nearest first."""

    action = perms.REGISTER_SHOW
    title = "Kończące się statusy"
    template_name = "reporting/registers/expiry.html"
    request: Any

    @cached_property
    def rows(self) -> list[Any]:
        today = clock.today()
        return list(queries.running_out(today, add_months(today, rules.HORIZONS[-1])))

    def lead(self) -> str:
        if not self.rows:
            return "W ciągu roku nie kończy się żaden status."
        return f"W ciągu roku: {counted(len(self.rows), 'status', 'statusy', 'statusów')} CIS."

    def page(self) -> Mapping[str, Any]:
        today = clock.today()
        groups: dict[int, list[Any]] = {months: [] for months in rules.HORIZONS}
        for row in self.rows:
            groups[rules.horizon_of(row.valid_until, today) or rules.HORIZONS[-1]].append(row)
        return {
            "groups": [
                (IN_MONTHS[months], f"do-{months}", SOON[months], found) for months, found in groups.items()
            ],
            "may_write": self.request.may(perms.REGISTER_DECIDE),
            "files": [(kind.upper(), f"?plik={kind}") for kind in ("xlsx", "csv")] if self.rows else [],
        }

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        asked = request.GET.get("plik", "")
        if asked not in ("xlsx", "csv"):
            return self.answer()
        columns = tables.columns_of(UnitType.CIS, office=True)
        rows = ([one.value(row) for one in columns] for row in self.rows)
        return export_rows(
            asked, labels=[one.label for one in columns], rows=rows, name="konczace-sie-statusy"
        )


urlpatterns = [
    path("rejestry/cis/", RegisterList.as_view(unit_type=UnitType.CIS), name="cis_register"),
    path("rejestry/kis/", RegisterList.as_view(unit_type=UnitType.KIS), name="kis_register"),
    path("rejestry/terminy/", Expiry.as_view(), name="expiry"),
    path("rejestry/wpis/<uuid:pk>/", EntryShow.as_view(), name="entry"),
]
