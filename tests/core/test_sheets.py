"""The one writer of tables: typed cells, no formula, and the same memory however long a table is."""

import csv
import io
import os
import tracemalloc
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from python_calamine import CalamineWorkbook

from reintegration.core import sheets
from reintegration.core.components import Badge
from reintegration.core.sheets import Sheet, held, pieces, written, xlsx_pieces

LABELS = ("Nazwa", "Ile", "Kwota", "Dzień", "Chwila", "Tak?", "Nic")
MOMENT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
ROW = ("Łąka & <pole>", 12, Decimal("1966.06"), date(2026, 11, 22), MOMENT, True, None)
DANGEROUS = st.tuples(st.sampled_from("=+-@\t\r"), st.text(max_size=30)).map("".join)


def sheet_of(content: bytes, place: int = 0) -> list[list[Any]]:
    """What an independent reader finds: the headings, then values of their types."""
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(place).to_python()


def polish(content: bytes) -> list[list[str]]:
    """A CSV as a Polish spreadsheet opens it."""
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_a_reader_finds_the_types_under_their_headings():
    assert sheet_of(written("xlsx", LABELS, [ROW])) == [
        list(LABELS),
        ["Łąka & <pole>", 12, 1966.06, date(2026, 11, 22), datetime(2026, 11, 22, 10, 30), "tak", ""],  # noqa: DTZ001
    ]
    assert polish(written("csv", LABELS, [ROW])) == [
        list(LABELS),
        ["Łąka & <pole>", "12", "1966,06", "2026-11-22", "22.11.2026 10:30", "tak", ""],
    ]


def test_the_heading_stays_in_sight_and_two_sheets_stand_in_a_book():
    content = b"".join(
        xlsx_pieces(Sheet("Dane", ("A",), [("x",)]), Sheet('Opis „A&B"', ("B", "C"), [(1, 2)], widths=(30,)))
    )
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    assert book.sheet_names == ["Dane", 'Opis „A&B"']
    assert sheet_of(content, 1) == [["B", "C"], [1, 2]]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        for name in archive.namelist():
            etree.fromstring(archive.read(name))
        assert b'state="frozen"' in archive.read("xl/worksheets/sheet1.xml")


@settings(max_examples=200, deadline=None)
@given(st.lists(DANGEROUS, min_size=1, max_size=20))
def test_what_looks_like_a_formula_stays_a_text(texts: list[str]):
    content = written("xlsx", texts, [(text, "x") for text in texts])
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        tree = etree.fromstring(archive.read("xl/worksheets/sheet1.xml"))
    assert not tree.findall(".//{*}f")
    cells = [row.find("{*}c") for row in tree.findall(".//{*}row")[1:]]
    assert {cell.get("t") for cell in cells} == {"inlineStr"}
    assert {cell.get("s") for cell in cells} == {"5"}
    assert all(
        cell[:1] not in set("=+-@\t\r") for row in polish(written("csv", texts, [texts])) for cell in row
    )


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60))
def test_every_text_can_be_read_again(text: str):
    with zipfile.ZipFile(io.BytesIO(written("xlsx", ("A",), [(text,)]))) as archive:
        tree = etree.fromstring(archive.read("xl/worksheets/sheet1.xml"))
    said = "".join(tree.xpath(".//*[local-name()='t']/text()")[1:])
    for found in set(sheets._FOREIGN.findall(text)):
        text = text.replace("_", "_x005F_") if found == "_" else text.replace(found, f"_x{ord(found):04X}_")
    if "_x005F_" not in said:
        assert said == text


@pytest.mark.parametrize(
    ("value", "found"),
    [
        (Badge("czynne", "ok"), "czynne"),
        (10**17, "100000000000000000"),
        (date(1899, 12, 31), "31.12.1899"),
        (Decimal("1E+3"), 1000),
        (-5, -5),
        (0.5, 0.5),
        ("x" * 40_000, "x" * 32_767),
        ("zapis _x0041_", "zapis _x0041_"),
    ],
)
def test_unusual_values(value: Any, found: Any):
    assert sheet_of(written("xlsx", ("A",), [(value,)]))[1] == [found]


def rows(count: int) -> Iterator[tuple[Any, ...]]:
    """Rows that cannot be packed well, so that the file grows with them."""
    for number in range(count):
        yield os.urandom(12).hex(), number, Decimal(number) / 100, date(2026, 1, 1)


def peak(kind: str, count: int) -> int:
    """The most memory that is taken while a table is written and served."""
    tracemalloc.start()
    content = held(pieces(kind, ("A", "B", "C", "D"), rows(count)))
    size = len(content) if isinstance(content, bytes) else sum(map(len, content))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert size > count * 12
    return most


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_memory_does_not_grow_with_the_rows(kind: str):
    # Both go to the disk; what is as short as a thousand rows stays in memory, and takes less.
    few, many = peak(kind, 60_000), peak(kind, 100_000)
    assert peak(kind, 1_000) < many < few * 1.2


def test_a_long_table_waits_encrypted_and_comes_whole():
    whole = b"".join(pieces("csv", ("A", "B", "C", "D"), ((n, "Łąka", n, n) for n in range(90_000))))
    found = held(iter([whole]))
    assert not isinstance(found, bytes)
    assert b"".join(found) == whole
    assert held(iter([b"short"])) == b"short"
