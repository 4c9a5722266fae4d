"""Tables to take away: what a spreadsheet would run is text, and what was a number stays one."""

import csv
import zipfile
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from reintegration.core import clock
from reintegration.documents import exports
from reintegration.documents.exports import ExportKind, export_rows, make_export, start_export
from reintegration.jobs.models import Job
from reintegration.jobs.worker import JobError
from tests.cast import World

TODAY = date(2026, 11, 20)
DANGEROUS = st.tuples(st.sampled_from("=+-@\t\r"), st.text(max_size=30)).map("".join)


def table(kind: str, rows: Iterable[Any], labels: tuple[str, ...] = ("A", "B")) -> Any:
    with clock.frozen(TODAY):
        return export_rows(kind, labels=labels, rows=rows, name="Wykaz: próba")


def test_a_csv_opens_in_a_polish_spreadsheet():
    answer = table("csv", [("Łąka; „x”", Decimal("1966.06")), (None, date(2026, 11, 20))])
    assert answer.content.startswith(b"\xef\xbb\xbf")
    lines = answer.content.decode("utf-8-sig").split("\r\n")
    assert lines == ["A;B", '"Łąka; „x”";1966,06', ";2026-11-20", ""]
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == "attachment; filename*=utf-8''Wykaz%20pr%C3%B3ba%202026-11-20.csv"
    assert answer["Cache-Control"] == "private, no-store"


def test_a_sheet_keeps_numbers_and_days():
    answer = table("xlsx", [("Łąka", Decimal("1966.06")), ("Dąb", date(2026, 11, 20))])
    rows = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert rows == [["A", "B"], ["Łąka", 1966.06], ["Dąb", date(2026, 11, 20)]]


@settings(max_examples=300, deadline=None)
@given(st.lists(DANGEROUS, min_size=1, max_size=20))
def test_no_text_becomes_a_formula(texts: list[str]):
    answer = table("csv", [(text, "x") for text in texts])
    cells = [
        row[0] for row in csv.reader(StringIO(answer.content.decode("utf-8-sig"), newline=""), delimiter=";")
    ]
    assert all(cell[:1] not in set("=+-@\t\r") for cell in cells)


@settings(max_examples=60, deadline=None)
@given(st.lists(DANGEROUS, min_size=1, max_size=20))
def test_no_sheet_holds_a_formula(texts: list[str]):
    answer = table("xlsx", [(text, "x") for text in texts])
    with zipfile.ZipFile(BytesIO(answer.content)) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")
        assert not [name for name in archive.namelist() if "externalLink" in name]


@pytest.mark.django_db
def test_a_table_that_is_too_long_says_so(world: World, monkeypatch: pytest.MonkeyPatch):
    def count(params: Mapping[str, Any]) -> int:
        return 100_001

    known = ExportKind("probe.long", "Długie", ("A",), lambda params: [], count, lambda params: [])
    monkeypatch.setattr(exports, "EXPORT_KINDS", {"probe.long": known})
    with pytest.raises(JobError) as refused:
        make_export(SimpleNamespace(payload={"export": "probe.long", "kind": "csv"}))  # type: ignore[arg-type]
    assert "100001" in str(refused.value)


@pytest.mark.django_db
def test_an_export_that_nobody_declared_is_refused_before_it_is_promised(world: World):
    with world.scope("cis", "ewa"), pytest.raises(KeyError):
        start_export(export="probe.none", kind="csv")
    assert Job.objects.filter(kind="documents.export").count() == 0
