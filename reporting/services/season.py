"""What the office does in a season: it brings in reports from outside, reminds, and tells the minister."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connection
from django.urls import reverse

from participants.services.participations.common import actor, not_in_future, stored
from reintegration.core import clock
from reintegration.core.errors import InputError
from reintegration.core.text import clean
from reintegration.notices.services import write_to
from reintegration.tenancy.enums import Voivodeship
from reintegration.tenancy.scope import current_scope
from reporting.enums import Brought, Turn
from reporting.models import CollectiveReport, EntryVersion, OutsideReport, SeasonReminder
from reporting.queries import identity, registers
from reporting.queries import season as queries
from reporting.queries.collective import told
from reporting.queries.layouts import in_force
from reporting.queries.reports import KINDS
from reporting.rules import reports as report_rules
from reporting.rules.layouts import Cell, CellKind, Layout, add_up
from reporting.season_kinds import REPORT_WANTED
from reporting.services.registers import locked
from reporting.services.report_papers import promise_collective
from reporting.transitions import COLLECTIVES, OUTSIDE, OfCollective, OfOutside

# Reports from outside


def bring(*, entry_id: UUID, year: int, received_on: date, how: str = Brought.TYPED) -> OutsideReport:
    """A report came on paper: from now on it stands on the board, and its cells are typed in."""
    entry = locked(entry_id)
    not_in_future(received_on, field="received_on")
    if year >= clock.today().year:
        raise InputError(f"Sprawozdanie za {year} składa się po zakończeniu roku.")
    taken = queries.of_year(year).filter(entry=entry).first()
    if taken is not None and taken.report is not None:
        raise InputError("Ta jednostka wysłała sprawozdanie w programie. Nie wpisuj go drugi raz.")
    if taken is not None:
        raise InputError("Sprawozdanie tej jednostki za ten rok jest już wpisane.")
    row = registers.on_day(queries.last_day(year)).filter(entry=entry).first()
    if row is None:
        raise InputError(f"W {year} r. tej jednostki nie było jeszcze w rejestrze.")
    layout = in_force(KINDS[entry.unit_type], year)
    made: OutsideReport = stored(
        OutsideReport(
            entry=entry,
            year=year,
            layout=layout,
            received_on=received_on,
            how=how,
            content=_content(layout.layout, year, _identity(row), {}, {}),
        )
    )
    return made


def typed_cells(layout: Layout, part: str = "") -> list[Cell]:
    """What the office copies from paper: what is no sum, and what the register does not know."""
    tables = {table.key for one in layout.parts for table in one.tables if not part or one.key == part}
    return [
        cell
        for cell in layout.cells.values()
        if cell.table in tables and cell.kind is not CellKind.SUMMED and not _is_identity(cell)
    ]


def _is_identity(cell: Cell) -> bool:
    """Whether the register says it."""
    return cell.source is not None and cell.source.key == "identity"


def copy(*, report_id: UUID, cells: Mapping[str, Decimal | str | None]) -> OutsideReport:
    """Type cells of a report from outside; nothing empties one. Sums are added up anew."""
    row = _outside(report_id)
    OUTSIDE.move(row, OfOutside.COPY)
    layout = row.layout.layout
    known = {cell.key: cell for cell in typed_cells(layout)}
    values, texts = said_in(layout, row.content)
    for key, said in cells.items():
        cell = known.get(key)
        if cell is None:
            raise InputError(f"We wzorze nie ma komórki do wpisania „{key}”.")
        values.pop(key, None)
        texts.pop(key, None)
        if isinstance(said, str):
            if words := clean(said, lines=True):
                texts[key] = words
        elif said is not None:
            values[key] = said
    row.content = _content(layout, row.year, row.content["unit"], values, texts)
    kept: OutsideReport = stored(row)
    return kept


def said_in(layout: Layout, content: Mapping[str, Any]) -> tuple[dict[str, Decimal], dict[str, str]]:
    """The numbers and the words of a frozen content that are no sums."""
    values, texts = {}, {}
    for key, said in content["cells"].items():
        cell = layout.cells.get(key)
        if cell is None or cell.kind is CellKind.SUMMED or _is_identity(cell):
            continue
        if "text" in said:
            texts[key] = said["text"]
        if said.get("value") is not None:
            values[key] = Decimal(said["value"])
    return values, texts


def accept(*, report_id: UUID) -> OutsideReport:
    row = _outside(report_id)
    OUTSIDE.move(row, OfOutside.ACCEPT)
    if said_in(row.layout.layout, row.content) == ({}, {}):
        raise InputError("To sprawozdanie jest jeszcze puste. Najpierw je przepisz.")
    accepted: OutsideReport = stored(row)
    return accepted


def reopen(*, report_id: UUID) -> OutsideReport:
    """Put right what was copied wrongly, or what a correction on paper says."""
    row = _outside(report_id)
    OUTSIDE.move(row, OfOutside.REOPEN)
    opened: OutsideReport = stored(row)
    return opened


def drop(*, report_id: UUID) -> OutsideReport:
    """A report from paper counts no more: it was brought by mistake, or the unit sends it in the program."""
    row = _outside(report_id)
    OUTSIDE.move(row, OfOutside.DROP)
    dropped: OutsideReport = stored(row)
    return dropped


def _outside(report_id: UUID) -> OutsideReport:
    rows = OutsideReport.objects.select_for_update(of=("self",)).select_related("layout")
    found: OutsideReport = rows.get(pk=report_id)
    return found


def _content(
    layout: Layout,
    year: int,
    unit: Mapping[str, str],
    values: Mapping[str, Decimal],
    texts: Mapping[str, str],
) -> dict[str, Any]:
    known = {
        cell.key: unit.get(cell.where["what"][0], "")
        for cell in layout.cells.values()
        if _is_identity(cell) and "what" in cell.where
    }
    return report_rules.freeze(
        kind=layout.kind.value,
        layout_version=layout.version,
        title=layout.title,
        year=year,
        unit=unit,
        cells=layout.cells,
        values=add_up(layout, values),
        texts={**texts, **{key: words for key, words in known.items() if words}},
        notes={},
        explanations={},
    )


def _identity(row: EntryVersion) -> dict[str, str]:
    """Who reports, as the register says it: the same names as of a unit in the program."""
    here = registers.voivodeship()
    return {
        **identity.told(row),
        "unit_type": row.entry.unit_type,
        "voivodeship": here,
        "voivodeship_name": str(Voivodeship(here).label),
        "gmina_code": row.gmina_code,
    }


# Reminders


@dataclass(frozen=True, slots=True)
class ToRemind:
    """Who has not sent: who can be written to now, how many were today, and who has no address."""

    reached: list[Any]
    today: int
    no_address: list[str]


def to_remind(year: int) -> ToRemind:
    today = clock.today()
    found = ToRemind([], 0, [])
    already = 0
    for row in queries.board(year).filter(turn__in=(Turn.MISSING, Turn.RETURNED)):
        if not row.email:
            found.no_address.append(row.name)
        elif row.reminded_at is not None and clock.day_of(row.reminded_at) == today:
            already += 1
        else:
            found.reached.append(row)
    return replace(found, today=already)


def remind(*, year: int) -> list[SeasonReminder]:
    """Write to everybody who has not sent, at the address of the register; once a day at most."""
    _hold_reminders()
    made = []
    for row in to_remind(year).reached:
        one: SeasonReminder = stored(
            SeasonReminder(
                entry=row.entry, year=year, address=row.email, made_at=clock.now(), made_by_id=actor()
            )
        )
        write_to(
            kind=REPORT_WANTED.key, address=row.email, link=reverse("reporting:reports"), key=str(one.pk)
        )
        made.append(one)
    if not made:
        raise InputError(
            "Nie ma do kogo napisać: kto nie wysłał, dostał przypomnienie dziś albo nie ma adresu."
        )
    return made


def _hold_reminders() -> None:
    """One press at a time in an office: the second one finds whom the first has written to."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))",
            [f"reporting.reminders|{current_scope().organisation_id}"],
        )


# The collective report (art. 5 ust. 7)


def begin(*, unit_type: str, year: int) -> CollectiveReport:
    """Begin what goes to the minister; after one was sent, its correction."""
    if year >= clock.today().year:
        raise InputError(f"Sprawozdanie zbiorcze za {year} robi się po zakończeniu roku.")
    in_force(KINDS[unit_type], year)
    last = queries.collective(unit_type, year).first()
    made: CollectiveReport = stored(
        CollectiveReport(
            unit_type=unit_type,
            year=year,
            number=last.number + 1 if last is not None else 1,
            with_waiting=last.with_waiting if last is not None else False,
            words=last.words if last is not None else "",
        )
    )
    return made


def describe(*, report_id: UUID, words: str, with_waiting: bool) -> CollectiveReport:
    row = _collective(report_id)
    COLLECTIVES.move(row, OfCollective.CHANGE)
    row.words, row.with_waiting = clean(words, lines=True), with_waiting
    kept: CollectiveReport = stored(row)
    return kept


def send(*, report_id: UUID) -> CollectiveReport:
    """Freeze what the reports say now, with the digest of it."""
    row = _collective(report_id)
    COLLECTIVES.move(row, OfCollective.SEND)
    row.content = dict(told(row).content)
    # Of clubs the act asks how many are registered (art. 18b), which needs no report.
    if not row.content["units"] and row.content["registered"] is None:
        raise InputError("Żadne sprawozdanie jeszcze się nie liczy, więc nie ma czego zebrać.")
    row.digest = report_rules.digest(row.content)
    row.sent_at, row.sent_by_id = clock.now(), actor()
    sent: CollectiveReport = stored(row)
    promise_collective(sent)
    return sent


def _collective(report_id: UUID) -> CollectiveReport:
    found: CollectiveReport = CollectiveReport.objects.select_for_update(of=("self",)).get(pk=report_id)
    return found
