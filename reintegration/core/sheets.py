"""The one writer of tables: XLSX and CSV, row by row, in the same memory for ten rows and a hundred thousand.

An XLSX is a ZIP of a few small parts and one long one for each sheet. Every cell says its own type, and its
text stands in the cell itself, so that nothing has to be collected. Nothing is written as a formula: a text
that begins like one is a text, and is marked as quoted, so that it stays one when somebody edits the cell.
In a CSV, where a cell has no type, an apostrophe goes before it.

What is short is kept in memory. What is long goes to a file that has no name, encrypted: a library that
spares memory would put the rows on the disk in the clear.
"""

import csv
import io
import math
import re
import secrets
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import IO, Any, Final, cast
from xml.sax.saxutils import escape

from reintegration.core import clock, formats
from reintegration.core.components import Badge
from reintegration.core.crypto import bound_to, decrypt_stream, encrypt_stream
from reintegration.core.dates import DateSpan
from reintegration.core.keys import file_keys

# A spreadsheet would run a text that begins so as a formula.
FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")
# What a spreadsheet takes and a person can use; more is a report, made by a job.
MOST_EXPORTED: Final = 100_000
CSV: Final = "text/csv; charset=utf-8"
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MEDIA_TYPES: Final[Mapping[str, str]] = {"csv": CSV, "xlsx": XLSX}

# So much text is packed at once, and so much of a file stays in memory.
_PIECE: Final = 64 * 1024
_IN_MEMORY: Final = 1024 * 1024
_LONGEST: Final = 32_767
# A spreadsheet keeps fifteen digits of a number.
_EXACT: Final = 10**15
# Days before the first of March 1900 are counted differently by different programs.
_FIRST_DAY: Final = date(1900, 3, 1)
_DAY_ZERO: Final = date(1899, 12, 30)
_WIDTH: Final = 22

Table = Iterable[Sequence[Any]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a workbook: its name, a row of headings, and what stands under them."""

    title: str
    labels: Sequence[str]
    rows: Table
    widths: Sequence[int] = ()


class Written(bytes):
    """A finished table, which knows how many rows it has."""

    rows: int = 0


# A moment is also a day and a truth value also a number, so the order of these rows counts.
WORDS: Final[Sequence[tuple[type, Callable[[Any], str]]]] = (
    (bool, lambda value: "tak" if value else "nie"),
    (datetime, formats.format_table_moment),
    (date, formats.format_table_date),
    (DateSpan, lambda value: formats.format_table_span(value.first, value.last)),
    (Decimal, lambda value: formats.format_money(value, unit=False)),
    (int, formats.format_number),
)


def as_shown(value: Any) -> object:
    """A value as a table shows it; what is already drawn stays as it is."""
    if value is None or value == "":
        return formats.NONE
    if isinstance(value, str | Badge):  # by far the most cells
        return value
    for kind, write in WORDS:
        if isinstance(value, kind):
            return write(value)
    return value


def _as_cell(value: Any) -> Any:
    """A value as a spreadsheet takes it: numbers and days as such, the rest as text."""
    if isinstance(value, bool):
        return "tak" if value else "nie"
    if value is None or isinstance(value, str | int | Decimal | date):
        return value
    if isinstance(value, float) and math.isfinite(value):
        return Decimal(repr(value))
    return value.text if isinstance(value, Badge) else str(as_shown(value))


# CSV


def csv_pieces(labels: Sequence[str], table: Table) -> Iterator[bytes]:
    """For a Polish spreadsheet: semicolons, decimal commas, and a mark of the encoding."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    yield b"\xef\xbb\xbf"
    writer.writerow([_csv_cell(label) for label in labels])
    for values in table:
        writer.writerow([_csv_cell(_as_cell(value)) for value in values])
        if out.tell() >= _PIECE:
            yield out.getvalue().encode()
            out.seek(0)
            out.truncate()
    yield out.getvalue().encode()


def _csv_cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return formats.format_table_moment(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f").replace(".", ",")
    text = str(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(FORMULA_STARTS) else text


# XLSX

_XML: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_KIND: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"
# The places of the formats in `_STYLES`.
_HEADING, _DAY, _MOMENT, _MONEY, _QUOTED = 1, 2, 3, 4, 5
_STYLES: Final = (
    f'{_XML}<styleSheet xmlns="{_MAIN}">'
    '<numFmts count="2"><numFmt numFmtId="164" formatCode="dd\\.mm\\.yyyy"/>'
    '<numFmt numFmtId="165" formatCode="dd\\.mm\\.yyyy\\ hh:mm"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border>'
    '<border><left/><right/><top/><bottom style="thin"><color auto="1"/></bottom><diagonal/></border>'
    "</borders>"
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="6">'
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="1" xfId="0" applyFont="1" applyBorder="1"/>'
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="4" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1"/>'
    "</cellXfs></styleSheet>"
)
# XML takes no control characters; a spreadsheet reads them written so, and a text that looks so as itself.
_FOREIGN: Final = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff\ud800-\udfff]|_(?=x[0-9A-Fa-f]{4}_)")


class _Sink(io.RawIOBase):
    """Where the ZIP is written to: what came is taken away piece by piece, and nothing can be sought."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.pieces.append(bytes(data))
        return len(data)

    def taken(self) -> bytes:
        found = b"".join(self.pieces)
        self.pieces.clear()
        return found


def xlsx_pieces(*sheets: Sheet) -> Iterator[bytes]:
    """A workbook, sheet after sheet."""
    sink = _Sink()
    with zipfile.ZipFile(cast(IO[bytes], sink), "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in _frame([one.title for one in sheets]).items():
            archive.writestr(zipfile.ZipInfo(name), text, zipfile.ZIP_DEFLATED)
        for number, sheet in enumerate(sheets, 1):
            part = zipfile.ZipInfo(f"xl/worksheets/sheet{number}.xml")
            part.compress_type = zipfile.ZIP_DEFLATED
            with archive.open(part, "w") as target:
                for text in _sheet(sheet):
                    target.write(text.encode())
                    yield sink.taken()
    yield sink.taken()


def _frame(titles: Sequence[str]) -> dict[str, str]:
    """The small parts: what the workbook is made of, and how its cells look."""
    places = range(1, len(titles) + 1)
    names = "".join(
        f'<sheet name="{_attribute(title)}" sheetId="{place}" r:id="rId{place}"/>'
        for place, title in zip(places, titles, strict=True)
    )
    parts = "".join(
        f'<Override PartName="/xl/worksheets/sheet{place}.xml" ContentType="{_KIND}.worksheet+xml"/>'
        for place in places
    )
    links = "".join(
        f'<Relationship Id="rId{place}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{place}.xml"/>'
        for place in places
    )
    return {
        "[Content_Types].xml": f'{_XML}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>{parts}'
        f'<Override PartName="/xl/styles.xml" ContentType="{_KIND}.styles+xml"/></Types>',
        "_rels/.rels": f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{names}</sheets>'
        "</workbook>",
        "xl/_rels/workbook.xml.rels": f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{links}'
        f'<Relationship Id="rId{len(titles) + 1}" Type="{_OFFICE}/styles" Target="styles.xml"/>'
        "</Relationships>",
        "xl/styles.xml": _STYLES,
    }


def _sheet(sheet: Sheet) -> Iterator[str]:
    """The rows of a sheet as XML, some kilobytes at a time."""
    widths = [*sheet.widths, *[_WIDTH] * (len(sheet.labels) - len(sheet.widths))]
    columns = "".join(
        f'<col min="{place}" max="{place}" width="{width}" customWidth="1"/>'
        for place, width in enumerate(widths, 1)
    )
    parts = [
        f'{_XML}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        + (f"<cols>{columns}</cols>" if columns else "")
        + "<sheetData><row>"
        + "".join(_text(label, _HEADING) for label in sheet.labels)
        + "</row>"
    ]
    size = 0
    for values in sheet.rows:
        row = f"<row>{''.join([_cell(_as_cell(value)) for value in values])}</row>"
        parts.append(row)
        size += len(row)
        if size >= _PIECE:
            yield "".join(parts)
            parts.clear()
            size = 0
    yield "".join(parts) + "</sheetData></worksheet>"


def _cell(value: Any) -> str:
    if value is None or value == "":
        return "<c/>"
    if isinstance(value, str):
        return _text(value, _QUOTED if value.startswith(FORMULA_STARTS) else 0)
    if isinstance(value, Decimal):
        return f'<c s="{_MONEY}"><v>{value:f}</v></c>' if value.is_finite() else _text(str(value), 0)
    if isinstance(value, int):
        return f"<c><v>{value}</v></c>" if abs(value) < _EXACT else _text(str(value), 0)
    return _moment(value)


def _moment(value: date) -> str:
    """A day is a number of days, and a moment has a part of one, by the clock of Poland."""
    local = value.astimezone(clock.WARSAW) if isinstance(value, datetime) else None
    day = local.date() if local is not None else value
    if day < _FIRST_DAY:
        return _text(str(as_shown(value)), 0)
    days = (day - _DAY_ZERO).days
    if local is None:
        return f'<c s="{_DAY}"><v>{days}</v></c>'
    passed = (local.hour * 60 + local.minute) * 60 + local.second
    return f'<c s="{_MOMENT}"><v>{days + passed / 86_400:.8f}</v></c>'


def _text(text: str, style: int) -> str:
    look = f' s="{style}"' if style else ""
    said = escape(_FOREIGN.sub(_spelled, text[:_LONGEST]))
    return f'<c{look} t="inlineStr"><is><t xml:space="preserve">{said}</t></is></c>'


def _spelled(found: re.Match[str]) -> str:
    return f"_x{ord(found[0]):04X}_"


def _attribute(text: str) -> str:
    return escape(_FOREIGN.sub(" ", text), {'"': "&quot;"})


# Either of them


def pieces(kind: str, labels: Sequence[str], table: Table) -> Iterator[bytes]:
    """A table with a row of headings; `kind`: csv or xlsx."""
    return csv_pieces(labels, table) if kind == "csv" else xlsx_pieces(Sheet("Lista", labels, table))


class Counted:
    """Rows on their way to the writer, and how many have gone."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.rows = 0

    def __iter__(self) -> Iterator[Sequence[Any]]:
        for row in self.table:
            self.rows += 1
            yield row


def written(kind: str, labels: Sequence[str], table: Table) -> Written:
    """A table that is short enough to be held whole."""
    told = Counted(table)
    found = Written(b"".join(pieces(kind, labels, told)))
    found.rows = told.rows
    return found


def _writer(kind: str) -> Callable[[Sequence[str], Table], Written]:
    return lambda labels, table: written(kind, labels, table)


WRITERS: Final[Mapping[str, tuple[Callable[[Sequence[str], Table], Written], str]]] = {
    kind: (_writer(kind), media_type) for kind, media_type in MEDIA_TYPES.items()
}


class Reader:
    """Pieces as something to read from, for whoever takes a file."""

    def __init__(self, found: Iterable[bytes]) -> None:
        self.found = iter(found)
        self.left = b""

    def read(self, size: int, /) -> bytes:
        while len(self.left) < size and (more := next(self.found, None)) is not None:
            self.left += more
        taken, self.left = self.left[:size], self.left[size:]
        return taken


def held(found: Iterable[bytes]) -> bytes | Iterator[bytes]:
    """All of it, made now: as bytes where it is short, else pieces out of an encrypted file without a name.

    The rows are read inside the transaction of whoever asked; what is served later needs none.
    """
    reader = Reader(found)
    head = reader.read(_IN_MEMORY)
    if len(head) < _IN_MEMORY:
        return head
    place = bound_to("spool", secrets.token_hex(16))
    reader.left = head + reader.left
    target = tempfile.TemporaryFile()  # noqa: SIM115 - closed by whoever reads it to its end
    encrypt_stream(file_keys(), reader, cast(Any, target), place)
    target.seek(0)
    return _opened(target, place)


def _opened(source: Any, place: bytes) -> Iterator[bytes]:
    with source:
        yield from decrypt_stream(file_keys(), source, place)
