"""What an office and anybody takes away, opened by readers that are not ours: one table in both shapes."""

import csv
import io
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zipfile import ZipFile

import pytest
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from reintegration.core import clock
from reintegration.core.formats import format_table_date
from reporting.models import OutsideReport
from reporting.services import season
from tests.cast import World, sign_in
from tests.reporting.made import GRANTED
from tests.reporting.season_made import MARCH, YEAR, on_paper, somebody

pytestmark = [pytest.mark.django_db]
COST = "costs.c2.done"
# name, arguments, and how the shape is asked for; "report" stands for the one that came on paper.
DOWNLOADS: list[tuple[str, tuple[Any, ...], str]] = [
    ("season", (), f"?rok={YEAR}&plik="),
    ("totals", (), f"?rok={YEAR}&plik="),
    ("office_statistics", (YEAR, "cas02"), "?plik="),
    ("office_statistics", (YEAR, "uw_cis01"), "?plik="),
    ("outside_file", ("report",), ""),
    ("cis_register", (), "?plik="),
    ("public_register", (), "?plik="),
]


@pytest.fixture(autouse=True)
def _in_march() -> Iterator[None]:
    with clock.frozen(MARCH):
        yield


@pytest.fixture
def report(world: World) -> OutsideReport:
    """A unit whose name looks like a formula, and an amount with a decimal."""
    with world.scope("office", "maria"):
        entry = somebody(name="=1+1 „Łan”; Żabno")
        made = on_paper(entry, {"participants.g1.men": 3}, accepted=False)
        season.copy(report_id=made.pk, cells={COST: Decimal("500.50")})
        season.accept(report_id=made.pk)
    return made


def same(typed: Any, written: str) -> bool:
    """A cell of a spreadsheet and what the text file has in its place."""
    if isinstance(typed, datetime | date):
        return written.startswith(typed.isoformat()[:10]) or typed.strftime("%d.%m.%Y") in written
    if isinstance(typed, int | float):
        return "." not in written and Decimal(written.replace(",", ".")) == Decimal(str(typed))
    # A text that looks like a formula is marked as a text.
    return written in {typed, f"'{typed}"}


@pytest.mark.parametrize(("name", "args", "query"), DOWNLOADS)
def test_a_spreadsheet_and_a_text_file_hold_one_table_typed_and_without_formulas(
    world: World, report: OutsideReport, name: str, args: tuple[Any, ...], query: str
):
    client = Client()
    sign_in(client, world.people["stefan"])
    found = {}
    for kind in ("xlsx", "csv"):
        told = [report.pk if one == "report" else one for one in args]
        at = reverse(f"reporting:{name}", args=told if query else [*told, kind])
        answer = client.get(f"{at}{query}{kind if query else ''}", follow=True)
        assert answer.status_code == 200
        found[kind] = answer.getvalue()
    book = CalamineWorkbook.from_filelike(io.BytesIO(found["xlsx"]))
    header, *rows = book.get_sheet_by_index(0).to_python()
    with ZipFile(io.BytesIO(found["xlsx"])) as package:
        sheets = [package.read(one) for one in package.namelist() if "worksheets/sheet" in one]
    assert sheets
    assert not any(b"<f>" in one or b"<f " in one for one in sheets)
    assert found["csv"].startswith(b"\xef\xbb\xbf")
    assert b"\r\n" in found["csv"]
    labels, *lines = csv.reader(io.StringIO(found["csv"].decode("utf-8-sig"), newline=""), delimiter=";")
    assert [str(one) for one in header] == labels
    assert all(labels)
    assert len(rows) == len(lines) > 0
    wrong = [
        (label, typed, written)
        for row, line in zip(rows, lines, strict=True)
        for label, typed, written in zip(labels, row, line, strict=True)
        if not same(typed, written)
    ]
    assert wrong == []
    # Each says something that is easily lost: an amount with a decimal, a name that looks like a formula.
    if name in {"totals", "outside_file"}:
        assert 500.5 in [value for row in rows for value in row]
    elif "cas02" not in args:
        assert any("=1+1 „Łan”; Żabno" in row for row in rows)
    if "uw_cis01" in args:
        began = rows[0][labels.index("Dzień rozpoczęcia działalności")]
        assert began in {GRANTED, format_table_date(GRANTED)}
