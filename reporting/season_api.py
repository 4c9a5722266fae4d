"""The season of reports for the office's own programs: how each report stands, what it says, and the sums."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.http import Http404
from django.urls import URLPattern, path
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from participants.api import PAGE_PARAMETERS
from reintegration.api.pages import Pages
from reintegration.api.views import Endpoint
from reintegration.audit import record
from reintegration.core import clock
from reintegration.core.errors import InputError
from reintegration.tenancy.enums import UnitType
from reporting import perms, report_words, season_files
from reporting.api import one_of
from reporting.enums import OutsideState, Turn
from reporting.queries import reports as report_queries
from reporting.queries import season as queries

LEVELS = {"voivodeship": "", "powiat": "powiat", "gmina": "gmina"}
YEAR = OpenApiParameter("year", int, description="rok, którego sprawozdania dotyczą; bez niego poprzedni")
KIND = OpenApiParameter("kind", str, enum=UnitType.values, description="CIS albo KIS")


def _number(label: str) -> serializers.DecimalField:
    return serializers.DecimalField(label=label, max_digits=20, decimal_places=2, allow_null=True)


class ReportRow(serializers.Serializer[Any]):
    """A unit that owes a report of the year, or sent one."""

    entry = serializers.UUIDField(
        label="wpis w rejestrze, pusty gdy sprawozdanie nie stoi przy żadnym",
        source="entry_id",
        allow_null=True,
    )
    kind = serializers.ChoiceField(label="rodzaj", choices=UnitType.choices, source="entry.unit_type")
    number = serializers.CharField(label="numer w rejestrze", source="entry.number")
    name = serializers.CharField(label="nazwa")
    powiat = serializers.CharField(label="powiat")
    gmina = serializers.CharField(label="gmina")
    state = serializers.ChoiceField(label="stan sprawozdania", choices=Turn.choices, source="turn")
    came_on = serializers.DateField(label="kiedy wpłynęło", allow_null=True)
    report = serializers.UUIDField(
        label="sprawozdanie, puste gdy nie wysłano", source="sent_id", allow_null=True
    )
    outside = serializers.BooleanField(label="spoza programu", source="is_outside")
    reminded_at = serializers.DateTimeField(label="ostatnie przypomnienie", allow_null=True)


class CellRow(serializers.Serializer[Any]):
    key = serializers.CharField(label="komórka")
    part = serializers.CharField(label="część")
    table = serializers.CharField(label="tabela")
    row = serializers.CharField(label="wiersz")
    column = serializers.CharField(label="kolumna")
    measure = serializers.CharField(label="jednostka miary")
    value = _number("wartość, pusta gdy nie podano")
    text = serializers.CharField(label="opis")
    note = serializers.CharField(label="uwaga jednostki")


class ReportContent(serializers.Serializer[Any]):
    """What a unit sent, or what the office copied from paper."""

    id = serializers.UUIDField(label="identyfikator")
    year = serializers.IntegerField(label="rok")
    name = serializers.CharField(label="nazwa jednostki")
    number = serializers.CharField(label="numer w rejestrze")
    layout = serializers.CharField(label="wzór")
    layout_version = serializers.CharField(label="wersja wzoru")
    version = serializers.IntegerField(label="wersja sprawozdania, pusta na papierze", allow_null=True)
    digest = serializers.CharField(label="skrót SHA-256, pusty na papierze")
    state = serializers.ChoiceField(label="stan", choices=Turn.choices)
    cells = CellRow(label="komórki", many=True)


class TotalRow(serializers.Serializer[Any]):
    place = serializers.CharField(label="miejsce, puste to całe województwo")
    key = serializers.CharField(label="komórka")
    part = serializers.CharField(label="część")
    table = serializers.CharField(label="tabela")
    row = serializers.CharField(label="wiersz")
    column = serializers.CharField(label="kolumna")
    measure = serializers.CharField(label="jednostka miary")
    units = serializers.IntegerField(label="ile jednostek podało")
    value = _number("suma")
    before = _number("rok wcześniej")
    change = _number("zmiana")


class Reports(Endpoint):
    acts = {"GET": perms.SEASON_SHOW}
    pagination_class = Pages  # for the description
    http_method_names = ["get", "head", "options"]

    @extend_schema(
        summary="Sezon sprawozdań: jednostki i stan sprawozdań",
        description="Kto 31 grudnia stał w rejestrze albo wysłał sprawozdanie za ten rok; na końcu "
        "sprawozdania, które nie stoją przy żadnym wpisie.",
        parameters=[
            *PAGE_PARAMETERS,
            YEAR,
            KIND,
            OpenApiParameter("state", str, enum=Turn.values, description="tylko w tym stanie"),
        ],
        responses=ReportRow(many=True),
    )
    def get(self, request: Any) -> Response:
        asked = request.query_params
        year = year_asked(asked.get("year", ""))
        rows = queries.board(year)
        if kind := one_of("kind", asked.get("kind", ""), UnitType.values):
            rows = rows.filter(entry__unit_type=kind)
        if state := one_of("state", asked.get("state", ""), Turn.values):
            rows = rows.filter(turn=state)
        listed = list(rows.order_by("name_order", "pk"))
        for row in listed:
            row.sent_id = row.report_id or row.outside_id
            row.is_outside = row.report_id is None and row.outside_id is not None
        alone = [_alone(one) for one in queries.without_entry(year, kind) if state in ("", one.turn)]
        pages = Pages()
        found = pages.paginate_queryset([*listed, *alone], request, view=self)  # type: ignore[arg-type]
        return pages.get_paginated_response(ReportRow(found, many=True).data)


def _alone(one: queries.Alone) -> dict[str, Any]:
    """A report that stands at no entry, as a row beside those of the board."""
    return {
        "entry_id": None, "entry": {"unit_type": one.unit_type, "number": ""}, "name": one.name,
        "powiat": one.powiat, "gmina": one.gmina, "turn": one.turn, "came_on": one.came_on,
        "sent_id": one.report_id, "is_outside": False, "reminded_at": None,
    }  # fmt: skip


class OneReport(Endpoint):
    acts = {"GET": perms.OFFICE_REPORT_SHOW}
    http_method_names = ["get", "head", "options"]

    @extend_schema(summary="Jedno sprawozdanie, komórka po komórce", responses=ReportContent)
    def get(self, request: Any, pk: UUID) -> Response:
        version = queries.newest_sent(pk)
        row: Any = version or queries.outside(pk).exclude(state=OutsideState.DROPPED).first()
        if row is None:
            raise Http404
        record.about(request._request, version.report if version is not None else row)
        content = row.content
        sheet = report_queries.sent(row)
        return Response(
            ReportContent(
                {
                    "id": pk,
                    "year": content["year"],
                    "name": content["unit"]["name"],
                    "number": content["unit"].get("number", ""),
                    "layout": content["layout"]["title"],
                    "layout_version": content["layout"]["version"],
                    "version": row.number if version is not None else None,
                    "digest": row.digest if version is not None else "",
                    "state": row.state if version is not None else queries.turn_of(row),
                    "cells": list(_cells(sheet)),
                }
            ).data
        )


def _cells(sheet: report_queries.Sheet) -> Iterator[dict[str, Any]]:
    for part in sheet.layout.parts:
        for grid in report_words.grids(sheet, part):
            for line, crossings in grid.rows:
                for one in crossings:
                    if one.cell is not None:
                        key = one.cell.key
                        yield {
                            "key": key, "part": part.title, "table": grid.table.title, "row": line.label,
                            "column": one.column, "measure": one.cell.measure.value,
                            "value": sheet.values.get(key), "text": sheet.texts.get(key, ""),
                            "note": sheet.notes.get(key, ""),
                        }  # fmt: skip


class ReportTotals(Endpoint):
    acts = {"GET": perms.TOTALS_SHOW}
    pagination_class = Pages
    http_method_names = ["get", "head", "options"]

    @extend_schema(
        summary="Sumy ze sprawozdań",
        description="Z przyjętych sprawozdań, obok roku wcześniejszego. Czego nikt nie podał, tego nie ma.",
        parameters=[
            *PAGE_PARAMETERS,
            YEAR,
            KIND,
            OpenApiParameter("level", str, enum=list(LEVELS), description="bez niego całe województwo"),
            OpenApiParameter("waiting", bool, description="także z niesprawdzonych"),
        ],
        responses=TotalRow(many=True),
    )
    def get(self, request: Any) -> Response:
        asked = request.query_params
        kind = one_of("kind", asked.get("kind", ""), UnitType.values) or UnitType.CIS.value
        level = LEVELS[one_of("level", asked.get("level", ""), list(LEVELS)) or "voivodeship"]
        waiting = one_of("waiting", asked.get("waiting", ""), ["true", "false"]) == "true"
        found = queries.season(queries.Asked(year_asked(asked.get("year", "")), kind, waiting=waiting))
        pages = Pages()
        rows = pages.paginate_queryset(list(_totals(found, level)), request, view=self)  # type: ignore[arg-type]
        return pages.get_paginated_response(TotalRow(rows, many=True).data)


def _totals(season: queries.Season, level: str) -> Iterator[dict[str, Any]]:
    for place, lines in season_files.of_level(season.now, season.before, level):
        for cell, (part, table, row, column, key, measure) in season_files.cells_of(season.layout):
            line = lines.get(cell.key)
            if line is not None:
                yield {
                    "place": place, "key": key, "part": part, "table": table, "row": row, "column": column,
                    "measure": measure, "units": line.units, "value": line.value, "before": line.before,
                    "change": line.change,
                }  # fmt: skip


def year_asked(asked: str) -> int:
    """A year of which there can be reports."""
    last = clock.today().year
    if not asked:
        return last - 1
    if not (asked.isascii() and asked.isdigit() and len(asked) == len("2026")):
        raise InputError("Podaj rok, na przykład 2026.", field="year")
    year = int(asked)
    if not queries.FIRST_YEAR <= year <= last:
        raise InputError(f"Podaj rok od {queries.FIRST_YEAR} do {last}.", field="year")
    return year


urlpatterns: list[URLPattern] = [
    path("api/v1/reports/", Reports.as_view(), name="api_reports"),
    path("api/v1/reports/<uuid:pk>/", OneReport.as_view(), name="api_report"),
    path("api/v1/report-totals/", ReportTotals.as_view(), name="api_totals"),
]
