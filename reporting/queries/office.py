"""What the desk of a voivode's office says of its registers today, read at once."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import OuterRef, Subquery
from django.db.models.fields.json import KeyTextTransform, KeyTransform

from participants.models import Gmina
from reintegration.core.dates import add_months
from reintegration.tenancy.enums import UnitType
from reintegration.tenancy.scope import current_scope
from reporting.enums import OutsideState, Standing, VersionState
from reporting.models import OutsideReport, ReportLayout, ReportVersion, YearReport
from reporting.queries.registers import on_day, voivodeship
from reporting.queries.reports import KINDS
from reporting.rules import season as rules
from reporting.rules.registers import HORIZONS

NO_POWIAT = "bez powiatu"


@dataclass(frozen=True, slots=True)
class OfPowiat:
    name: str
    cis: int
    kis: int


@dataclass(frozen=True, slots=True)
class Cockpit:
    """Who works in the voivodeship on a day: numbers, where, and whose status runs out within a year."""

    cis: int
    kis: int
    # Gminas in which a unit works, and how many there are.
    gminas: int
    of_gminas: int
    powiats: Sequence[OfPowiat]
    # The nearest first.
    ending: Sequence[Any]


def cockpit(today: date) -> Cockpit:
    rows = list(on_day(today).filter(standing=Standing.ACTIVE).order_by("valid_until", "name_order", "pk"))
    kinds = Counter(row.entry.unit_type for row in rows)
    places = Counter((row.powiat or NO_POWIAT, row.entry.unit_type) for row in rows)
    last = add_months(today, HORIZONS[-1])
    return Cockpit(
        cis=kinds[UnitType.CIS],
        kis=kinds[UnitType.KIS],
        gminas=len({row.gmina_code or (row.powiat, row.gmina or row.town) for row in rows}),
        of_gminas=Gmina.objects.filter(code__startswith=voivodeship()).count(),
        powiats=[
            OfPowiat(name, places[name, UnitType.CIS], places[name, UnitType.KIS])
            for name in sorted({name for name, _ in places}, key=lambda one: (one == NO_POWIAT, one))
        ],
        ending=[row for row in rows if row.valid_until is not None and row.valid_until <= last],
    )


# Year beside year


@dataclass(frozen=True, slots=True)
class YearToYear:
    """What the accepted reports of one kind of units say of a year in short, beside the year before."""

    unit_type: UnitType
    reports: rules.Line
    figures: Sequence[tuple[str, rules.Line]]


def year_to_year(year: int) -> list[YearToYear]:
    """The figures of a season without its reports being read: of each only the few cells are asked for.

    A kind of which nobody told anything in either year is left out.
    """
    layouts = ReportLayout.objects.filter(kind__in=[kind.value for kind in KINDS.values()]).order_by("pk")
    wanted = {row.pk: rules.figures(row.layout) for row in layouts}
    keys = sorted({cell.key for cells in wanted.values() for cell in cells.values()})
    said = [KeyTextTransform("value", KeyTransform(key, KeyTransform("cells", "content"))) for key in keys]
    years = (year - 1, year)
    # As sums do, of each entry the one report that stands there.
    of_entry = YearReport.objects.filter(organisation=current_scope().organisation_id).order_by("entry")
    versions = ReportVersion.objects.annotate(
        at=Subquery(of_entry.filter(report=OuterRef("report")).values("entry")[:1])
    ).filter(
        sender=current_scope().organisation_id,
        year__in=years,
        state=VersionState.ACCEPTED,
        at__isnull=False,
    )
    papers = OutsideReport.objects.annotate(
        at=Subquery(of_entry.filter(outside=OuterRef("pk")).values("entry")[:1])
    ).filter(year__in=years, state=OutsideState.ACCEPTED, at__isnull=False)
    found: dict[tuple[str, int], list[rules.Told]] = {}
    for kind, of_year, layout, entry, *values in (
        *versions.order_by("report", "-number")
        .distinct("report")
        .values_list("unit__unit_type", "year", "layout", "at", *said),
        *papers.order_by("pk").values_list("entry__unit_type", "year", "layout", "at", *said),
    ):
        told = {key: Decimal(value) for key, value in zip(keys, values, strict=True) if value is not None}
        cells = {label: told[cell.key] for label, cell in wanted[layout].items() if cell.key in told}
        found.setdefault((kind, of_year), []).append(rules.Told(entry, "", "", "", "", cells))
    return [
        _beside(kind, found.get((kind, year), []), found.get((kind, year - 1), []))
        for kind in UnitType
        if (kind, year) in found or (kind, year - 1) in found
    ]


def _beside(kind: UnitType, now: list[rules.Told], before: list[rules.Told]) -> YearToYear:
    lines = rules.beside(rules.add(now), rules.add(before))
    return YearToYear(
        kind,
        rules.Line(Decimal(len(now)), Decimal(len(before)), len(now)),
        [(label, lines[label]) for label in rules.FIGURES if label in lines],
    )
