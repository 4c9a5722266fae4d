"""The base of every list: filters in the address, sorting, pages, the count, and files to take away."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import islice
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.urls import reverse
from django.utils.functional import cached_property

from reintegration.core import clock, sheets
from reintegration.core.components import Empty
from reintegration.core.dates import Month
from reintegration.core.downloads import passed_on
from reintegration.core.form_fields import ChoiceField
from reintegration.core.forms import Form
from reintegration.core.sheets import MEDIA_TYPES, MOST_EXPORTED, as_shown
from reintegration.core.views import Once, Page, wants_fragment

# So many rows are read, told and written at once when a list is taken away.
STEP = 1_000
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


@cache
def _pattern(url_name: str) -> str:
    return reverse(url_name, args=[NOBODY])


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
    # Whether what stands outside the list follows the filters: its heading, its links, its files. Then a
    # filter brings the whole page, and not the list alone.
    filters_all = False

    def queryset(self) -> QuerySet[Any]:
        raise NotImplementedError

    def row_url(self, row: Any) -> str:
        """Where a row leads. An address made of one key alone is named by `row_url_name`."""
        return self.row_pattern.replace(NOBODY, str(self.row_key(row))) if self.row_url_name else ""

    def row_key(self, row: Any) -> Any:
        return row.pk

    @property
    def row_pattern(self) -> str:
        """Fifty addresses cost more than the fifty rows; they differ in the key only."""
        return _pattern(self.row_url_name)

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
            if isinstance(field, ChoiceField):
                field.as_filter()
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

    def all(self) -> int:
        """How many rows there are on all pages."""
        return self.rows().count()

    def of_part(self, part: Slice) -> Sequence[Any]:
        return list(self.rows()[part.first : part.last])

    def part(self, total: int) -> Slice:
        asked = self.asked.get("page", "1")
        number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1
        pages = Slice(1, self.page_size, total).pages
        return Slice(min(max(number, 1), pages), self.page_size, total)

    def url_with(self, **changes: str) -> str:
        """This list with something else asked for; an empty value takes the parameter away."""
        pairs = [(name, one) for name, all_ in self.asked.lists() if name not in changes for one in all_]
        text = urlencode(pairs + [(name, value) for name, value in changes.items() if value])
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
        part = self.part(self.all())
        objects = self.of_part(part)
        self.shown_rows(objects)
        empty = None if objects else self.empty(filtered=self.filtered)
        return {
            # What an empty list offers in its middle does not stand above it too.
            "actions": [one for one in self.actions() if empty is None or one.url != empty.url],
            "filters": self.filters,
            "filtered": self.filtered,
            "filters_set": self.filters_set,
            "filters_all": self.filters_all,
            "headings": self.headings(),
            "sort": self.sort,
            "sort_choices": self.sort_choices(),
            "rows": [self.drawn(row) for row in objects],
            "row_template": self.row_template,
            "caption": self.caption or self.get_title(),
            "empty": empty,
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
        if self.exports and kind in MEDIA_TYPES and not wants_fragment(request):
            return self.export(kind)
        return self.answer()

    def export(self, kind: str) -> HttpResponseBase:
        """All rows as a file, in the memory of some of them."""
        columns = [column for column in self.columns if column.exported]
        told = sheets.Counted([column.value(row) for column in columns] for row in self.exported())
        content = sheets.held(sheets.pieces(kind, [column.label for column in columns], told))
        name = f"{self.file_name}-{clock.today().isoformat()}.{kind}"
        filters = words_of(self.filters, self.asked)
        return passed_on(content, name, MEDIA_TYPES[kind], rows=told.rows, filters=filters)

    def exported(self) -> Iterator[Any]:
        rows = self.rows()[:MOST_EXPORTED].iterator(chunk_size=STEP)
        while part := list(islice(rows, STEP)):
            self.shown_rows(part)
            yield from part


def words_of(form: FilterForm | None, asked: QueryDict) -> list[str]:
    """The filters that were set, for the journal: days and months as they are, of the others only which.

    A list of one group, or of one name, would say of everybody on it what the filter says.
    """
    if form is None or not form.is_valid():
        return []
    return [_told(field, form.cleaned_data[name]) for name, field in form.fields.items() if asked.get(name)]


def _told(field: Any, value: Any) -> str:
    label = str(field.label or "")
    return f"{label} {as_shown(value)}".strip() if isinstance(value, date | Month) else label
