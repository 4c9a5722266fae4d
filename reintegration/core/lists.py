"""The base of every list: filters in the address, sorting, pages, the count, and files to take away."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import xlsxwriter
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.urls import reverse
from django.utils.functional import cached_property

from reintegration.core import clock, formats
from reintegration.core.components import Badge, Empty
from reintegration.core.dates import DateSpan
from reintegration.core.forms import Form
from reintegration.core.views import Once, Page, wants_fragment

# A spreadsheet would run a text that begins so as a formula.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
# What a spreadsheet takes and a person can use; more is a report, made by a job.
MOST_EXPORTED = 100_000
# Stands for a row's pk in the address that is made once for all rows.
NOBODY = "00000000-0000-0000-0000-000000000000"

Cell = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Column:
    """A column. `key` is a path of attributes unless `cell` computes the value.

    `sort` names what the database orders by; without it the heading is no link. On a phone a column
    stands beside the name (`main`), on a line of its own (`full`) or not at all (`hide`).
    """

    key: str
    label: str
    sort: str | tuple[str, ...] = ()
    cell: Cell | None = None
    number: bool = False
    phone: str = "full"
    exported: bool = True

    def value(self, row: Any) -> Any:
        if self.cell is not None:
            return self.cell(row)
        if "." not in self.key:
            return _called(getattr(row, self.key))
        found = row
        for part in self.key.split("."):
            if found is None:
                return None
            found = getattr(found, part)
        return _called(found)

    @property
    def order(self) -> tuple[str, ...]:
        return (self.sort,) if isinstance(self.sort, str) else self.sort

    @property
    def css(self) -> str:
        """How the cell stands in the table and on a phone."""
        on_phone = {"full": "full", "hide": "hide-s", "main": "st-c"}[self.phone]
        return f"{on_phone} num" if self.number else on_phone


def _called(found: Any) -> Any:
    return found() if callable(found) else found


@dataclass(frozen=True, slots=True)
class Heading:
    column: Column
    url: str
    state: str


@dataclass(frozen=True, slots=True)
class Row:
    object: Any
    id: str
    name: object
    url: str
    cells: Sequence[tuple[Column, object]]


@dataclass(frozen=True, slots=True)
class Slice:
    """A page of rows. The next page is asked for by its number, which survives in a bookmark."""

    number: int
    size: int
    total: int

    @property
    def first(self) -> int:
        return (self.number - 1) * self.size

    @property
    def last(self) -> int:
        return min(self.first + self.size, self.total)

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // self.size))

    @property
    def left(self) -> int:
        return min(self.size, self.total - self.last)


class FilterForm(Form):
    """Filters of a list, all optional; `narrow` applies those that were read."""

    def narrow(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        raise NotImplementedError


class ListPage(Page):
    """A list. At most two queries of its own: the count and the rows of one page."""

    template_name = "pages/list.html"
    fragment_name = "pages/list_part.html"
    row_template = ""
    row_url_name = ""
    columns: Sequence[Column] = ()
    default_sort = ""
    filter_form: type[FilterForm] | None = None
    page_size = 50
    exports = True
    file_name = "lista"
    caption = ""
    bulk_url = ""
    bulk_label = ""

    def queryset(self) -> QuerySet[Any]:
        raise NotImplementedError

    def row_url(self, row: Any) -> str:
        """Where a row leads. An address made of the row's pk alone is named by `row_url_name`."""
        return self.row_pattern.replace(NOBODY, str(row.pk)) if self.row_url_name else ""

    @cached_property
    def row_pattern(self) -> str:
        """Fifty addresses cost more than the fifty rows; they differ in the pk only."""
        return reverse(self.row_url_name, args=[NOBODY])

    def row_name(self, row: Any) -> object:
        return self.columns[0].value(row)

    def empty(self, *, filtered: bool) -> Empty:
        if filtered:
            return Empty(
                "Nic nie pasuje do filtrów", "Zmień filtry albo zobacz wszystko.", "search",
                "Pokaż wszystko", self.request.path,
            )  # fmt: skip
        return Empty("Tu jeszcze nic nie ma")

    def shown_rows(self, rows: Sequence[Any]) -> None:
        """Told the rows that are shown or taken away, for the audit of persons."""

    def filter_kwargs(self) -> Mapping[str, Any]:
        return {}

    # --- what is asked for in the address -------------------------------------------------------

    @cached_property
    def asked(self) -> QueryDict:
        return self.request.GET

    @cached_property
    def filters(self) -> FilterForm | None:
        if self.filter_form is None:
            return None
        form = self.filter_form(self.asked, **self.filter_kwargs())
        for field in form.fields.values():
            field.required = False
        return form

    @property
    def filters_set(self) -> int:
        form = self.filters
        return sum(bool(self.asked.get(name)) for name in form.fields) if form is not None else 0

    @property
    def filtered(self) -> bool:
        return self.filters_set > 0

    @cached_property
    def sort(self) -> str:
        wanted = self.asked.get("sort", self.default_sort)
        return wanted if wanted.removeprefix("-") in self.orders else self.default_sort

    @cached_property
    def orders(self) -> Mapping[str, tuple[str, ...]]:
        return {column.key: column.order for column in self.columns if column.order}

    def rows(self) -> QuerySet[Any]:
        rows = self.queryset()
        form = self.filters
        if form is not None and form.is_valid():
            rows = form.narrow(rows)
        fields = self.orders.get(self.sort.removeprefix("-"), ())
        if not fields:
            return rows if rows.ordered else rows.order_by("pk")
        if self.sort.startswith("-"):
            fields = tuple(name.removeprefix("-") if name.startswith("-") else f"-{name}" for name in fields)
        return rows.order_by(*fields, "pk")

    def part(self, total: int) -> Slice:
        asked = self.asked.get("page", "1")
        number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1
        pages = Slice(1, self.page_size, total).pages
        return Slice(min(max(number, 1), pages), self.page_size, total)

    def url_with(self, **changes: str) -> str:
        """This list with something else asked for; an empty value takes the parameter away."""
        query = self.asked.copy()
        for name, value in changes.items():
            query.pop(name, None)
            if value:
                query[name] = value
        text = query.urlencode()
        return f"{self.request.path}?{text}" if text else self.request.path

    # --- what the template gets -----------------------------------------------------------------

    def headings(self) -> list[Heading]:
        found = []
        for column in self.columns:
            bare = self.sort.removeprefix("-")
            state = ""
            if column.order and column.key == bare:
                state = "descending" if self.sort.startswith("-") else "ascending"
            turned = f"-{column.key}" if state == "ascending" else column.key
            url = self.url_with(sort=turned, page="") if column.order else ""
            found.append(Heading(column, url, state))
        return found

    def sort_choices(self) -> list[tuple[str, str, bool]]:
        """On a phone the headings are gone; a list offers the same orders."""
        found = []
        for column in self.columns:
            if column.order:
                found.append((column.key, f"{column.label}, rosnąco", self.sort == column.key))
                found.append((f"-{column.key}", f"{column.label}, malejąco", self.sort == f"-{column.key}"))
        return found

    def page(self) -> Mapping[str, Any]:
        rows = self.rows()
        part = self.part(rows.count())
        objects = list(rows[part.first : part.last])
        self.shown_rows(objects)
        return {
            "filters": self.filters,
            "filtered": self.filtered,
            "filters_set": self.filters_set,
            "headings": self.headings(),
            "sort": self.sort,
            "sort_choices": self.sort_choices(),
            "rows": [self.drawn(row) for row in objects],
            "row_template": self.row_template,
            "caption": self.caption or self.get_title(),
            "empty": None if objects else self.empty(filtered=self.filtered),
            "part": part,
            "previous_url": self.url_with(page=str(part.number - 1)) if part.number > 1 else "",
            "next_url": self.url_with(page=str(part.number + 1)) if part.number < part.pages else "",
            "csv_url": self.url_with(plik="csv", page="") if self.exports and objects else "",
            "xlsx_url": self.url_with(plik="xlsx", page="") if self.exports and objects else "",
            "bulk_url": self.bulk_url,
            "bulk_label": self.bulk_label,
            "submission": Once.new_token() if self.bulk_url else "",
        }

    def drawn(self, row: Any) -> Row:
        cells = [(column, as_shown(column.value(row))) for column in self.columns[1:]]
        return Row(row, str(row.pk), self.row_name(row), self.row_url(row), cells)

    # --- files ----------------------------------------------------------------------------------

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        kind = self.asked.get("plik", "")
        if self.exports and kind in WRITERS and not wants_fragment(request):
            return self.export(kind)
        return self.answer()

    def export(self, kind: str) -> HttpResponse:
        columns = [column for column in self.columns if column.exported]
        objects = list(self.rows()[:MOST_EXPORTED])
        self.shown_rows(objects)
        write, content_type = WRITERS[kind]
        table = ([column.value(row) for column in columns] for row in objects)
        response = HttpResponse(write([column.label for column in columns], table), content_type=content_type)
        name = f"{self.file_name}-{clock.today().isoformat()}.{kind}"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response


# A moment is also a day and a truth value also a number, so the order of these rows counts.
WORDS: Sequence[tuple[type, Callable[[Any], str]]] = (
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
    """A value as a spreadsheet takes it: numbers and dates as such, the rest as harmless text."""
    if isinstance(value, bool):
        return "tak" if value else "nie"
    if value is None or isinstance(value, int | Decimal | date):
        return value
    text = value.text if isinstance(value, Badge) else str(as_shown(value))
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def _csv(labels: Sequence[str], table: Iterable[Sequence[Any]]) -> bytes:
    """For a Polish spreadsheet: semicolons, decimal commas, and a mark of the encoding."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(labels)
    for values in table:
        writer.writerow([_csv_cell(_as_cell(value)) for value in values])
    return out.getvalue().encode("utf-8-sig")


def _csv_cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return formats.format_table_moment(value)
    if isinstance(value, date):
        return value.isoformat()
    return str(value).replace(".", ",") if isinstance(value, Decimal) else str(value)


def _xlsx(labels: Sequence[str], table: Iterable[Sequence[Any]]) -> bytes:
    out = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "remove_timezone": True,
        "default_date_format": "dd.mm.yyyy",
    }
    with xlsxwriter.Workbook(out, options) as book:
        sheet = book.add_worksheet("Lista")
        bold = book.add_format({"bold": True, "bottom": 1})
        by_type = {
            datetime: book.add_format({"num_format": "dd.mm.yyyy hh:mm"}),
            Decimal: book.add_format({"num_format": "#,##0.00"}),
        }
        sheet.write_row(0, 0, labels, bold)
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, max(len(labels) - 1, 0), 22)
        for line, values in enumerate(table, 1):
            for place, value in enumerate(_as_cell(one) for one in values):
                if isinstance(value, datetime):
                    value = value.astimezone(clock.WARSAW)  # noqa: PLW2901
                sheet.write(line, place, value, by_type.get(type(value)))
    return out.getvalue()


WRITERS: Mapping[str, tuple[Callable[[Sequence[str], Iterator[Sequence[Any]]], bytes], str]] = {
    "csv": (_csv, "text/csv; charset=utf-8"),
    "xlsx": (_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}
