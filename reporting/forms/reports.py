"""Forms of the annual report: typed cells of a part, remarks, and the steps."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms

from reintegration.core.errors import InputError
from reintegration.core.form_fields import (
    ChoiceField,
    LongTextField,
    MoneyField,
    ObjectField,
    ParsedField,
    PolishDateField,
    TextField,
    WholeNumberField,
)
from reintegration.core.formats import format_number
from reintegration.core.forms import Form
from reporting.enums import RecipientKind, SentBy
from reporting.rules.definitions import Measure
from reporting.rules.layouts import Cell

NO_NAMES = "Nie wpisuj imion ani nazwisk: czyta to urząd."
NO_NAMES_TO_UNIT = "Nie wpisuj imion ani nazwisk: zostaje to przy sprawozdaniu."
MOST_MONEY = Decimal("999999999.99")
# Measures of which there are halves.
_FINE = frozenset({Measure.HOURS, Measure.MINUTES_AS_HOURS, Measure.POSTS, Measure.PLACES})


class FineNumberField(ParsedField):
    """A number with up to two decimals, such as of hours or posts."""

    width = "xs"
    missing = "Wpisz liczbę."
    attrs = {"inputmode": "decimal"}

    def read(self, text: str) -> Decimal:
        digits = text.replace(" ", "").replace(",", ".")
        whole, dot, part = digits.partition(".")
        good = whole.isascii() and whole.isdigit() and len(whole) <= 9  # noqa: PLR2004
        if not good or (dot and not (part.isascii() and part.isdigit() and len(part) <= 2)):  # noqa: PLR2004
            raise InputError("Wpisz liczbę, na przykład 12 albo 12,5.")
        return Decimal(digits)

    def show(self, value: Decimal) -> str:
        return format_number(value)


class CountField(WholeNumberField):
    """A whole number, kept as a decimal like every other value of a report."""

    def read(self, text: str) -> Any:
        return Decimal(super().read(text))

    def show(self, value: Decimal) -> str:
        return format_number(value)


def name_of(cell: str) -> str:
    """The name of a cell's field; a dot would cut it apart."""
    return cell.replace(".", "--")


def field_of(cell: Cell) -> forms.Field:
    """What a cell is typed into."""
    label = cell.label
    if cell.measure is Measure.TEXT:
        return LongTextField(label=label, required=False, max_length=2000, help_text=NO_NAMES)
    if cell.measure is Measure.MONEY:
        return MoneyField(label=label, required=False, most=MOST_MONEY)
    if cell.measure in _FINE:
        return FineNumberField(label=label, required=False)
    return CountField(label=label, required=False, most=9_999_999)


class PartForm(Form):
    """The typed cells of one part of a report."""

    def __init__(self, *args: Any, cells: Iterable[Cell] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cells = {name_of(cell.key): cell for cell in cells}
        for name, cell in self.cells.items():
            self.fields[name] = field_of(cell)

    def typed(self) -> Mapping[str, Decimal | str | None]:
        return {cell.key: self.cleaned_data.get(name) for name, cell in self.cells.items()}


class RemarkForm(Form):
    """A typed cell by itself, and what is said about any cell."""

    note = LongTextField(label="Uwaga do komórki", required=False, max_length=1000, help_text=NO_NAMES)

    def __init__(self, *args: Any, cell: Cell | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if cell is not None:
            self.fields = {"value": field_of(cell), **self.fields}
            self.fields["value"].label = f"Wartość ({cell.measure.value})"


class ExplainForm(Form):
    words = LongTextField(label="Wyjaśnienie", max_length=2000, help_text=NO_NAMES)


class CorrectForm(Form):
    reason = TextField(label="Co i dlaczego poprawiacie", max_length=300, width="l", help_text=NO_NAMES)


class EntryField(ObjectField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.number}, {obj.name}"


class AttachForm(Form):
    entry = EntryField(None, label="Wpis w rejestrze", width="l")

    def __init__(self, *args: Any, entries: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["entry"].queryset = entries  # type: ignore[attr-defined]


class RecipientForm(Form):
    kind = ChoiceField(
        label="Kto to jest",
        choices=[one for one in RecipientKind.choices if one[0] != RecipientKind.VOIVODE],
    )
    name = TextField(label="Nazwa", max_length=200)


class SentForm(Form):
    which = ChoiceField(label="Która wersja", choices=[])
    sent_on = PolishDateField(label="Kiedy wysłano")
    how = ChoiceField(
        label="Jak", choices=[one for one in SentBy.choices if one[0] != SentBy.PROGRAM], widget=forms.Select
    )

    def __init__(self, *args: Any, versions: Sequence[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["which"]
        field.choices = versions


class CommentForm(Form):
    words = LongTextField(label="Co poprawić albo wyjaśnić", max_length=1000, help_text=NO_NAMES_TO_UNIT)


class ReturnForm(Form):
    words = LongTextField(
        label="Uwagi do całości", required=False, max_length=2000,
        help_text=f"Uwagi do komórek pójdą razem z tym. {NO_NAMES_TO_UNIT}",
    )  # fmt: skip
