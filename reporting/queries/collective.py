"""What goes on from the office: the report to the minister, and the layouts of public statistics."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any, Final
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from reintegration.documents.models import Document
from reintegration.tenancy.enums import UnitType, Voivodeship
from reporting.enums import CollectiveState, Standing
from reporting.enums import LayoutKind as Kinds
from reporting.models import CollectiveReport, ReportLayout
from reporting.queries import identity, registers
from reporting.queries import season as queries
from reporting.queries.reports import Sheet
from reporting.rules import season as rules
from reporting.rules.layouts import Cell, Layout, LayoutKind, add_up
from reporting.rules.reports import number

PAPER: Final = "reporting.collective_report"
# Under which key of the content each level stands.
KEPT_AS: Final[Mapping[str, str]] = {"powiat": "powiats", "gmina": "gminas"}
STATISTICAL: Final[Mapping[str, str]] = {
    kind.value: str(Kinds(kind.value).label)
    for kind in (LayoutKind.CAS02, LayoutKind.CAS01, LayoutKind.UW_CIS01)
}


def every() -> QuerySet[CollectiveReport]:
    """All of the office, the newest year first, without what they say."""
    return CollectiveReport.objects.defer("content").order_by("-year", "unit_type", "-number")


def last(unit_type: str, year: int) -> CollectiveReport | None:
    found = CollectiveReport.objects.filter(unit_type=unit_type, year=year).order_by("-number")
    return found.first()


def paper_of(row: CollectiveReport) -> UUID | None:
    """The paper of what was sent, once it is made."""
    return Document.objects.filter(kind=PAPER, key=str(row.pk)).values_list("pk", flat=True).first()


def untold(year: int) -> list[UnitType]:
    """The kinds of units of the year of which the minister was not told yet; a kind without units is none."""
    sent = CollectiveReport.objects.filter(year=year, state=CollectiveState.SENT).order_by("unit_type")
    told_of = set(sent.values_list("unit_type", flat=True))
    here = queries.board(year).order_by("entry__unit_type").values_list("entry__unit_type", flat=True)
    return [UnitType(kind) for kind in here.distinct() if kind not in told_of]


@dataclass(frozen=True)
class Collective:
    """A collective report with the layout in which its numbers stand."""

    layout: Layout
    content: Mapping[str, Any]

    @cached_property
    def lines(self) -> dict[str, rules.Line]:
        return {cell: _line(said) for cell, said in self.content["cells"].items()}

    def places(self, level: str) -> dict[str, dict[str, rules.Line]]:
        """Each powiat or gmina with its sums."""
        said = self.content[KEPT_AS[level]]
        return {
            place: {cell: _line(one) for cell, one in said[place].items()} for place in rules.in_order(said)
        }


def _line(said: Mapping[str, Any] | str) -> rules.Line:
    """A sum as it is frozen; the places of the first collective reports say the one year only."""
    if isinstance(said, str):
        return rules.Line(Decimal(said), None)
    return rules.Line(_decimal(said["value"]), _decimal(said["before"]), said["units"])


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def told(row: CollectiveReport) -> Collective:
    """What the report says: as it was sent, or as it would be sent now."""
    if row.content is None:
        asked = queries.Asked(row.year, row.unit_type, waiting=row.with_waiting)
        season = queries.season(asked)
        return Collective(season.layout, _content(row, asked, season))
    stood = row.content["layout"]
    layout = ReportLayout.objects.get(kind=stood["kind"], version=stood["version"]).layout
    return Collective(layout, row.content)


def _content(row: CollectiveReport, asked: queries.Asked, season: queries.Season) -> dict[str, Any]:
    here, layout = registers.voivodeship(), season.layout
    return {
        "layout": {"kind": layout.kind.value, "version": layout.version, "title": layout.title},
        "year": row.year,
        "voivodeship": here,
        "voivodeship_name": str(Voivodeship(here).label),
        "owing": season.units,
        # Art. 18b: how many clubs the register holds on the last day of the year.
        "registered": registers.register(UnitType.KIS, queries.last_day(row.year))
        .filter(standing=Standing.ACTIVE)
        .count()
        if row.unit_type == UnitType.KIS
        else None,
        "units": [
            {
                "number": one.number, "name": one.name, "powiat": one.powiat, "gmina": one.gmina,
                "state": one.state, "outside": one.outside,
            }
            for one in season.now
        ],
        "missing": [
            {"number": one.entry.number, "name": one.name, "powiat": one.powiat, "gmina": one.gmina}
            for one in queries.silent(asked, season.now)
        ],
        "without_entry": [
            {"name": one.name, "powiat": one.powiat, "state": one.turn} for one in season.alone
        ],
        "cells": _frozen(season.lines),
        **{
            key: {
                place: _frozen(found)
                for place, found in rules.by_place(season.now, season.before, level).items()
            }
            for level, key in KEPT_AS.items()
        },
        "words": row.words,
    }  # fmt: skip


def _text(value: Decimal | None) -> str | None:
    return None if value is None else number(value)


def _frozen(lines: Mapping[str, rules.Line]) -> dict[str, dict[str, Any]]:
    return {
        cell: {"value": _text(line.value), "before": _text(line.before), "units": line.units}
        for cell, line in sorted(lines.items())
    }


# Public statistics


@dataclass(frozen=True)
class Statistical:
    """A layout of public statistics, filled for the voivodeship: one table, ready to be copied."""

    label: str
    lead: str
    labels: Sequence[str]
    rows: Sequence[Sequence[Any]]
    # Sums stand in the cells of their layout.
    sheet: Sheet | None = None

    @property
    def plain(self) -> list[list[Any]]:
        """The rows as a program reads them."""
        return [[str(value) if isinstance(value, Decimal) else value for value in row] for row in self.rows]


def statistical(kind: str, year: int) -> Statistical:
    if kind not in STATISTICAL:
        raise Http404
    return _register(year) if kind == LayoutKind.UW_CIS01 else _summed(LayoutKind(kind), year)


def _register(year: int) -> Statistical:
    """UW CIS 01: a row for each CIS that had a status in the year, as of its last day."""
    layout = queries.layout_of(LayoutKind.UW_CIS01, year)
    table = next(one for part in layout.parts for one in part.tables if one.listed)
    facts = [identity.told(row) for row in queries.register_of_year(year)]
    return Statistical(
        STATISTICAL[LayoutKind.UW_CIS01],
        "Z rejestru, stan na 31 grudnia.",
        [column.label for column in table.columns],
        [[one.get(column.where["what"][0], "") for column in table.columns] for one in facts],
    )


def _summed(kind: LayoutKind, year: int) -> Statistical:
    """CAS 01 of clubs, CAS 02 of centres: what the accepted reports say in the same cells, added up."""
    season = queries.season(queries.Asked(year, kind.unit_type), kind)
    values = add_up(
        season.layout, {key: line.value for key, line in season.lines.items() if line.value is not None}
    )
    found = []
    for part in season.layout.parts:
        for table in part.tables:
            for line in table.rows:
                for column in table.columns:
                    cell = season.layout.cell(table.key, line.key, column.key)
                    if cell is not None and cell.adds:
                        found.append(
                            [part.title, table.title, line.label, column.label, _plain(values, cell)]
                        )
    alone = f" Nie liczą się, bo są bez wpisu w rejestrze: {len(season.alone)}." if season.alone else ""
    return Statistical(
        STATISTICAL[kind],
        f"Sumy z przyjętych sprawozdań: {len(season.now)} z {season.units}. Czego w nich nie ma, jest puste."
        f"{alone}",
        ("Część", "Tabela", "Wiersz", "Kolumna", "Wartość"),
        found,
        Sheet(season.layout, values, {}, {}),
    )


def _plain(values: Mapping[str, Decimal], cell: Cell) -> Decimal | int | None:
    value = values.get(cell.key)
    return None if value is None else int(value) if value == value.to_integral_value() else value
