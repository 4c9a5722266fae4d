"""Annual reports as screens, papers and services read them: what is being written, and what was sent."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from participants.models import Participation, Person
from reintegration.core import clock
from reintegration.core.errors import InputError
from reintegration.documents.models import Document
from reintegration.tenancy.enums import Voivodeship
from reintegration.tenancy.models import StaffMember, Unit
from reintegration.tenancy.scope import current_scope
from reporting.enums import LayoutKind, RecipientKind, ReportState, VersionState
from reporting.models import (
    CellComment,
    CountedPeople,
    Report,
    ReportDraft,
    ReportLayout,
    ReportRecipient,
    ReportVersion,
    StatusDecision,
)
from reporting.queries.filling import fill
from reporting.queries.identity import identity as identity_on
from reporting.queries.layouts import in_force
from reporting.queries.registers import entry_on, of_unit, standing_ends
from reporting.rules import reports as rules
from reporting.rules.checks import Broken, Explanation, Finding, broken
from reporting.rules.definitions import Measure
from reporting.rules.layouts import Cell, CellKind, Layout, add_up, counterparts
from reporting.rules.sources import GRANTS, About

# The kind of the paper of a sent version.
PAPER: Final = "reporting.annual_report"
KINDS: Final[Mapping[str, LayoutKind]] = {"CIS": LayoutKind.CIS, "KIS": LayoutKind.KIS}
# What goes to public statistics, to be copied there.
STATISTICS: Final[Mapping[str, LayoutKind]] = {"CIS": LayoutKind.CAS02, "KIS": LayoutKind.CAS01}


def layout_of(unit_type: str, year: int) -> ReportLayout:
    """The layout by which a unit reports of a year."""
    return in_force(KINDS[unit_type], year)


def newer_layout(report: Report) -> ReportLayout | None:
    """The layout that came in the place of a report's own, when one did."""
    try:
        found = in_force(LayoutKind(report.layout.kind), report.year)
    except InputError:
        return None
    return found if found.pk != report.layout_id else None


@dataclass(frozen=True)
class Sheet:
    """What a report says in its cells, whether it is being written or was sent."""

    layout: Layout
    values: Mapping[str, Decimal]
    texts: Mapping[str, str]
    notes: Mapping[str, str]
    people: Mapping[str, frozenset[UUID]] = field(default_factory=dict)
    # By the key of the check.
    explained: Mapping[str, Explanation] = field(default_factory=dict)

    @property
    def empty(self) -> tuple[str, ...]:
        """Typed numbers that nobody gave yet; a nought is one, and words may be left out."""
        return tuple(
            cell.key
            for cell in self.layout.of_kind(CellKind.TYPED)
            if cell.measure is not Measure.TEXT and cell.key not in self.values
        )

    @property
    def broken(self) -> list[Broken]:
        return list(broken(self.layout, self.values))

    @property
    def findings(self) -> list[Finding]:
        """The checks that fail, each with what the unit says of it."""
        return [Finding(one, self.explained.get(one.key)) for one in self.broken]


def written(report: Report, draft: ReportDraft) -> Sheet:
    """What a report says today: counted from the files, typed by the unit, added up."""
    layout = report.layout.layout
    filling = fill(layout, report.year)
    values, texts = dict(filling.values), dict(filling.texts)
    for key, said in draft.typed.items():
        cell = layout.cells.get(key)
        if cell is None or cell.kind is not CellKind.TYPED:
            continue
        if "value" in said:
            values[key] = Decimal(said["value"])
        if "text" in said:
            texts[key] = said["text"]
    notes = {key: said["note"] for key, said in draft.typed.items() if said.get("note")}
    explained = {
        check: Explanation(said["words"], Decimal(said["by"])) for check, said in draft.explained.items()
    }
    return Sheet(layout, add_up(layout, values), texts, notes, filling.people, explained)


def sent(version: ReportVersion) -> Sheet:
    """What a version said when it was sent."""
    cells = version.content["cells"]
    return Sheet(
        version.layout.layout,
        {key: Decimal(said["value"]) for key, said in cells.items() if said.get("value") is not None},
        {key: said["text"] for key, said in cells.items() if "text" in said},
        {key: said["note"] for key, said in cells.items() if said.get("note")},
        explained=rules.explained(version.content),
    )


def freeze(report: Report, sheet: Sheet, unit: Unit) -> dict[str, Any]:
    layout = sheet.layout
    return rules.freeze(
        kind=layout.kind.value,
        layout_version=layout.version,
        title=layout.title,
        year=report.year,
        unit=identity(unit, report.year),
        cells=layout.cells,
        values=sheet.values,
        texts=sheet.texts,
        notes=sheet.notes,
        explanations={
            one.broken.key: {
                "sentence": one.broken.sentence,
                "left": rules.number(one.broken.left),
                "right": rules.number(one.broken.right),
                "words": one.words,
            }
            for one in sheet.findings
        },
    )


def identity(unit: Unit, year: int) -> dict[str, str]:
    """Who reports, as of the last day of the year, and the place by which totals are made."""
    day = rules.last_day(year)
    row = entry_on(unit.pk, day)
    here = unit.organisation
    return {
        **identity_on(day),
        "unit_type": unit.unit_type,
        "voivodeship": here.voivodeship,
        "voivodeship_name": str(Voivodeship(here.voivodeship).label),
        "gmina_code": row.gmina_code if row is not None else "",
    }


def statistics(unit_type: str, year: int) -> Sheet:
    """The layout of public statistics, filled: counted from the files, typed in the year's report."""
    row = in_force(STATISTICS[unit_type], year)
    filling = fill(row.layout, year)
    values, texts = dict(filling.values), dict(filling.texts)
    report = Report.objects.filter(year=year).select_related("layout").first()
    draft = ReportDraft.objects.filter(report=report).first() if report is not None else None
    if report is not None and draft is not None:
        typed = draft.typed
        for key, other in counterparts(row.layout, report.layout.layout).items():
            said = typed.get(other, {})
            if row.layout.cells[key].kind is CellKind.TYPED and "value" in said:
                values[key] = Decimal(said["value"])
            if row.layout.cells[key].kind is CellKind.TYPED and "text" in said:
                texts[key] = said["text"]
    return Sheet(row.layout, add_up(row.layout, values), texts, {})


# Lists


@dataclass(frozen=True, slots=True)
class Year:
    """A year of a unit: its report, or that there is none yet."""

    year: int
    report: Report | None
    last: ReportVersion | None

    @property
    def state(self) -> str:
        return self.report.state if self.report is not None else ""


def years(today: date) -> list[Year]:
    """Every year of which the unit reports or reported, the newest first; this year's may be begun early."""
    versions = Prefetch(
        "versions", ReportVersion.objects.defer("content").order_by("-number"), to_attr="newest_first"
    )
    rows = Report.objects.select_related("layout")
    found = {row.year: row for row in rows.prefetch_related(versions).order_by("-year")}
    first = min([*found, first_year() or today.year])
    return [
        Year(
            year,
            found.get(year),
            next(iter(found[year].newest_first), None) if year in found else None,  # type: ignore[attr-defined]
        )
        for year in range(today.year, max(first, today.year - rules.YEARS_BACK) - 1, -1)
    ]


def first_year() -> int | None:
    """The first year of which the unit has something to say: of its status or of its files."""
    unit_id = current_scope().organisation_id
    opened = Participation.objects.order_by("opened_on").values_list("opened_on", flat=True).first()
    decided = _decided(unit_id)
    since = decided.values_list("since", flat=True).first()
    days = [day for day in (opened, since) if day is not None]
    return min(days).year if days else None


def owes(year: int) -> bool:
    """Whether the unit had a status or a file on some day of the year, and was not out of the register."""
    first, last = date(year, 1, 1), rules.last_day(year)
    decided = _decided(current_scope().organisation_id)
    # Of an entry that was over, another one may have taken the place.
    over = standing_ends(decided).filter(since__lte=first)
    left = decided.exclude(entry__in=over.values("entry"))
    if over.exists() and not left.exists():
        return False
    standing = left.filter(Q(until__isnull=True) | Q(until__gte=first), since__lte=last)
    files = Participation.objects.filter(Q(ended_on__isnull=True) | Q(ended_on__gte=first))
    begun = standing.filter(kind__in=["granted", "prolonged", "entered"])
    return begun.exists() or files.filter(opened_on__lte=last).exists()


def _decided(unit_id: UUID) -> QuerySet[StatusDecision]:
    """What was decided about every entry that is or was the unit's."""
    rows = StatusDecision.public.filter(of_unit(unit_id, "entry__"), entry__published=True)
    return rows.order_by("since", "pk")


def is_missing(year: int) -> bool:
    """Whether the unit owes the report of a year and has never sent it, or took it back."""
    if not owes(year):
        return False
    sent_in = ReportVersion.objects.filter(year=year)
    return not sent_in.exclude(state=VersionState.WITHDRAWN).exists()


def returned(year: int) -> Report | None:
    """The unit's report of a year that the office returned and that was not sent again."""
    found: Report | None = Report.objects.filter(year=year, state=ReportState.RETURNED).first()
    return found


# One report


def day_of(moment: datetime) -> date:
    """The day on which something happened, by the clock of Warsaw."""
    return clock.day_of(moment)


def versions_of(report: Report) -> list[ReportVersion]:
    """Every version that was sent, the newest first."""
    rows = ReportVersion.objects.filter(report=report).select_related("submitted_by", "decided_by", "layout")
    return list(rows.order_by("-number"))


def newest_version(report: Report) -> ReportVersion:
    found: ReportVersion = (
        ReportVersion.objects.filter(report=report).select_related("layout").order_by("-number")[0]
    )
    return found


def version_before(version: ReportVersion) -> ReportVersion | None:
    """The version with which one is compared: the last one before it that was not withdrawn."""
    rows = ReportVersion.objects.filter(report=version.report_id, number__lt=version.number)
    return rows.exclude(state=VersionState.WITHDRAWN).order_by("-number").first()


def papers_of(versions: Iterable[UUID]) -> dict[UUID, UUID]:
    """The paper of each version that this side has, by the key of its document."""
    rows = Document.objects.filter(kind=PAPER, key__in=[str(one) for one in versions])
    return {UUID(key): pk for key, pk in rows.order_by("pk").values_list("key", "pk")}


def comments_of(version: ReportVersion) -> dict[str, CellComment]:
    rows = CellComment.objects.filter(version=version).select_related("made_by").order_by("cell")
    return {row.cell: row for row in rows}


def open_comments(report: Report) -> dict[str, CellComment]:
    """What the office asked for in the version that it returned, and no later version has answered."""
    rows = CellComment.objects.filter(version__report=report, answered=None, sent_at__isnull=False)
    return {row.cell: row for row in rows.order_by("version__number", "cell")}


def recipients_of(report: Report) -> list[ReportRecipient]:
    rows = ReportRecipient.objects.filter(report=report).select_related("version")
    return sorted(rows.order_by("name", "pk"), key=lambda row: row.kind != "voivode")


def lacks_grantor(report: Report, sheet: Sheet) -> bool:
    """Whether the report tells of a grant and nobody who gave one is to get it (art. 5 ust. 4 pkt 2)."""
    grants = (
        one.key for one in sheet.layout.of_kind(CellKind.TYPED) if one.source and one.source.key == GRANTS
    )
    if not any(sheet.values.get(key) for key in grants):
        return False
    return not ReportRecipient.objects.filter(report=report, kind=RecipientKind.GRANTOR).exists()


def people_of(version: ReportVersion, cell: str) -> frozenset[UUID]:
    row = CountedPeople.objects.filter(version=version, cell=cell).first()
    return frozenset(row.people) if row is not None else frozenset()


def drafts_of_years_before(border: date) -> QuerySet[ReportDraft]:
    """What was typed into reports of years that ended before a day."""
    return ReportDraft.objects.filter(report__year__lt=border.year)


def names_of_unit() -> list[tuple[str, str]]:
    """First names and surnames of everybody whom the unit keeps; who was erased has none."""
    people = Person.objects.exclude(last_name="").order_by("pk").values_list("first_name", "last_name")
    staff = StaffMember.objects.exclude(last_name="").order_by("pk").values_list("first_name", "last_name")
    return [*people, *staff]


def named(cell: Cell, people: frozenset[UUID]) -> QuerySet[Any]:
    """Those whom a cell counts, by name; who was erased or merged since is not among them."""
    if cell.about is About.STAFF:
        return StaffMember.objects.filter(pk__in=people).order_by("name_order", "pk")
    return Person.objects.filter(pk__in=people).order_by("name_order", "pk")
