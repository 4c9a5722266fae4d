"""Fields that read what people type, leniently, and say in Polish what to change.

Nothing is validated while typing and nothing is cut off: a text that is too long stays as it was typed,
with a sentence about the length. Every field refuses control characters.
"""

from collections.abc import Callable, Iterable
from datetime import date, time
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from reintegration.core import clock, identifiers
from reintegration.core.dates import Month, parse_date
from reintegration.core.errors import InputError
from reintegration.core.formats import (
    clock_text,
    counted,
    format_long_date,
    format_money,
    format_number,
    format_table_date,
)
from reintegration.core.money import parse_money
from reintegration.core.text import clean

# Up to three answers stand in one row, up to seven in a column, more in a list to choose from.
MOST_RADIOS = 7
CHOOSE, UNANSWERED = "Wybierz z listy", "bez odpowiedzi"
# What a column of whole numbers can hold.
LARGEST_NUMBER = 2_147_483_647

Day = date | Callable[[], date]


def _text(value: Any, *, lines: bool = False) -> str:
    try:
        return clean(str(value), lines=lines)
    except InputError as error:
        raise ValidationError(error.message, code="unreadable") from error


def _day(day: Day) -> date:
    return day if isinstance(day, date) else day()


class TextField(forms.CharField):
    """One line of text."""

    lines = False

    def __init__(self, *, max_length: int = 200, width: str = "l", **kwargs: Any) -> None:
        # Django would turn max_length into an attribute that silently cuts a pasted text.
        self.longest = max_length
        self.width = width
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        text = _text(value or "", lines=self.lines)
        if len(text) > self.longest:
            over = counted(len(text) - self.longest, "znak", "znaki", "znaków")
            raise ValidationError(
                f"Za długie o {over}. Mieści się {format_number(self.longest)}.", code="too_long"
            )
        return text or str(self.empty_value or "")


class LongTextField(TextField):
    """Several lines of text."""

    lines = True
    widget = forms.Textarea(attrs={"rows": 4})

    def __init__(self, *, max_length: int = 4000, **kwargs: Any) -> None:
        super().__init__(max_length=max_length, **kwargs)


class EmailField(TextField):
    def __init__(self, *, max_length: int = 254, width: str = "m", **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.EmailInput(attrs={"autocomplete": "email"}))
        super().__init__(max_length=max_length, width=width, **kwargs)

    def to_python(self, value: Any) -> str:
        text = super().to_python(value)
        if text:
            try:
                validate_email(text)
            except ValidationError as error:
                message = "Adres ma znak @ i nazwę serwera, na przykład anna@przyklad.pl."
                raise ValidationError(message, code="unreadable") from error
        return text


class ParsedField(forms.Field):
    """A value with a reader of its own; the reader's sentence becomes the error of the field."""

    width = "m"
    shown_hint = ""
    missing = "Wpisz odpowiedź."
    attrs: dict[str, Any] = {}

    def __init__(self, *, width: str = "", **kwargs: Any) -> None:
        self.width = width or self.width
        kwargs.setdefault("widget", forms.TextInput(attrs={"autocomplete": "off", **self.attrs}))
        kwargs.setdefault("help_text", self.shown_hint)
        kwargs["error_messages"] = {"required": self.missing} | kwargs.get("error_messages", {})
        super().__init__(**kwargs)

    def read(self, text: str) -> Any:
        raise NotImplementedError

    def show(self, value: Any) -> str:
        return str(value)

    def to_python(self, value: Any) -> Any:
        if value is None or not str(value).strip():
            return None
        text = _text(value)
        try:
            return self.read(text)
        except InputError as error:
            raise ValidationError(error.message, code="unreadable") from error

    def prepare_value(self, value: Any) -> Any:
        return value if value is None or isinstance(value, str) else self.show(value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(self.to_python(data) != initial)
        except ValidationError:
            return True


class HourField(ParsedField):
    """An hour of the day as people write it: `8`, `8:30`, `8.30`."""

    width = "xs"
    missing = "Wpisz godzinę."
    attrs = {"inputmode": "numeric"}

    def read(self, text: str) -> time:
        hour, _, minute = text.replace(" ", "").replace(".", ":").partition(":")
        digits = hour.isascii() and hour.isdigit() and len(hour) <= 2
        if digits and (not minute or (minute.isascii() and minute.isdigit() and len(minute) == 2)):
            found = int(hour), int(minute or 0)
            if found[0] < 24 and found[1] < 60:
                return time(*found)
        raise InputError("Wpisz godzinę, na przykład 8:30.")

    def show(self, value: time) -> str:
        return clock_text(value)


# Where fields stand side by side the usual hint takes two lines.
SHORT_DAY_HINT = "Na przykład 20.11.2026."


class PolishDateField(ParsedField):
    """A day as people write it. `earliest` and `latest` are days or functions that return one."""

    width = "s"
    shown_hint = "Dzień, miesiąc i rok, na przykład 20.11.2026."
    missing = "Wpisz dzień."
    attrs = {"inputmode": "numeric"}

    def __init__(self, *, earliest: Day | None = None, latest: Day | None = None, **kwargs: Any) -> None:
        self.earliest = earliest
        self.latest = latest
        super().__init__(**kwargs)

    def read(self, text: str) -> date:
        day = parse_date(text, today=clock.today())
        if self.earliest is not None and day < _day(self.earliest):
            raise InputError(f"Wpisz {format_long_date(_day(self.earliest))} albo późniejszy dzień.")
        if self.latest is not None and day > _day(self.latest):
            raise InputError(f"Wpisz {format_long_date(_day(self.latest))} albo wcześniejszy dzień.")
        return day

    def show(self, value: date) -> str:
        return format_table_date(value)


class MonthField(ParsedField):
    """A month: `11.2026` or `2026-11`."""

    width = "s"
    shown_hint = "Miesiąc i rok, na przykład 11.2026."
    missing = "Wpisz miesiąc."

    def read(self, text: str) -> Month:
        parts = text.replace("/", ".").replace("-", ".").replace(" ", ".").split(".")
        if len(parts) == 2 and all(part.isascii() and part.isdigit() for part in parts):
            first, second = (int(part) for part in parts)
            year, month = (first, second) if len(parts[0]) == 4 else (second, first)
            if 1 <= month <= 12 and 1900 <= year <= 2999:
                return Month(year, month)
        raise InputError("Wpisz miesiąc i rok, na przykład 11.2026.")

    def show(self, value: Month) -> str:
        return f"{value.month:02}.{value.year}"


class MoneyField(ParsedField):
    """An amount in złoty, to the grosz."""

    width = "s"
    missing = "Wpisz kwotę."
    attrs = {"inputmode": "decimal"}

    def __init__(
        self, *, least: Decimal = Decimal("0.00"), most: Decimal = Decimal("9999999.99"), **kwargs: Any
    ) -> None:
        self.least = least
        self.most = most
        super().__init__(**kwargs)

    def read(self, text: str) -> Decimal:
        amount = parse_money(text)
        if amount < self.least:
            raise InputError(f"Wpisz {format_money(self.least)} albo więcej.")
        if amount > self.most:
            raise InputError(f"Wpisz {format_money(self.most)} albo mniej.")
        return amount

    def show(self, value: Decimal) -> str:
        return format_money(value, unit=False)


class WholeNumberField(ParsedField):
    width = "xs"
    missing = "Wpisz liczbę."
    attrs = {"inputmode": "numeric"}

    def __init__(self, *, least: int = 0, most: int = LARGEST_NUMBER, **kwargs: Any) -> None:
        self.least = least
        self.most = most
        super().__init__(**kwargs)

    def read(self, text: str) -> int:
        digits = text.replace(" ", "").replace("−", "-")
        sign, bare = (-1, digits[1:]) if digits.startswith("-") else (1, digits)
        if not (bare.isascii() and bare.isdigit()):
            raise InputError("Wpisz liczbę bez przecinka, na przykład 12.")
        # Twelve digits are beyond any limit, and a longer text must not be turned into a number at all.
        found = sign * int(bare[:12])
        if found < self.least:
            raise InputError(f"Wpisz {format_number(self.least)} albo więcej.")
        if found > self.most:
            raise InputError(f"Wpisz {format_number(self.most)} albo mniej.")
        return found


class IdentifierField(ParsedField):
    """A number with a checksum: read with spaces, kept without, shown in groups."""

    parse: Callable[[str], str]
    shape: Callable[[str], str] = staticmethod(str)
    digits = 0
    missing = "Wpisz numer."

    def __init__(self, **kwargs: Any) -> None:
        counter = {"data-count-digits": str(self.digits)} if self.digits else {}
        self.attrs = {"inputmode": "numeric", **counter}
        super().__init__(**kwargs)

    def read(self, text: str) -> str:
        return type(self).parse(text)

    def prepare_value(self, value: Any) -> Any:
        """Group a kept number; what a person typed with an error stays as it was."""
        if isinstance(value, str) and len(value) == self.digits and value.isdigit():
            return type(self).shape(value)
        return value


class PeselField(IdentifierField):
    width = "s"
    digits = 11
    shown_hint = "11 cyfr."
    parse = staticmethod(identifiers.parse_pesel)


class NipField(IdentifierField):
    width = "s"
    digits = 10
    shown_hint = "10 cyfr, kreski nie przeszkadzają."
    parse = staticmethod(identifiers.parse_nip)
    shape = staticmethod(identifiers.format_nip)


class RegonField(IdentifierField):
    width = "s"
    digits = 9
    shown_hint = "9 cyfr."
    parse = staticmethod(identifiers.parse_regon)


class NrbField(IdentifierField):
    width = "m"
    digits = 26
    shown_hint = "26 cyfr, spacje nie przeszkadzają."
    parse = staticmethod(identifiers.parse_nrb)
    shape = staticmethod(identifiers.format_nrb)


class PhoneField(IdentifierField):
    width = "s"
    parse = staticmethod(identifiers.parse_phone)
    shape = staticmethod(identifiers.format_phone)


class PostcodeField(IdentifierField):
    width = "xs"
    parse = staticmethod(identifiers.parse_postcode)


CHOICE_ERRORS = {
    "required": "Zaznacz jedną odpowiedź.",
    "invalid_choice": "Wybierz jedną z podanych odpowiedzi.",
}
MULTI_ERRORS = {
    "required": "Zaznacz przynajmniej jedną odpowiedź.",
    "invalid_choice": "Wybierz z podanych odpowiedzi.",
    "invalid_list": "Wybierz z podanych odpowiedzi.",
    "invalid_pk_value": "Wybierz z podanych odpowiedzi.",
}


class ChoiceField(forms.TypedChoiceField):
    """One of several answers: in a row, in a column or in a list, by their number."""

    def __init__(
        self,
        *,
        choices: Iterable[tuple[Any, str]],
        width: str = "m",
        none: str = UNANSWERED,
        **kwargs: Any,
    ) -> None:
        self.width = width
        offered = list(choices)
        many = len(offered) > MOST_RADIOS
        if many:
            offered = [("", CHOOSE), *offered]
        elif not kwargs.get("required", True):
            offered = [*offered, ("", none)]
        kwargs.setdefault("widget", forms.Select if many else forms.RadioSelect)
        kwargs["error_messages"] = CHOICE_ERRORS | kwargs.get("error_messages", {})
        super().__init__(choices=offered, **kwargs)

    def as_filter(self) -> None:
        """Above a list there is no room for a column of answers, and no answer shows every row."""
        offered: list[tuple[Any, str]] = list(self.choices)  # type: ignore[arg-type]
        if not isinstance(self.widget, forms.RadioSelect) and (not offered or offered[0][1] != CHOOSE):
            return
        said = [label for key, label in offered if key == "" and label not in {CHOOSE, UNANSWERED}]
        self.widget = forms.Select()
        self.choices = [
            ("", said[0] if said else "wszystkie"),
            *((key, label) for key, label in offered if key != ""),
        ]


class YesNoField(forms.TypedChoiceField):
    def __init__(self, *, yes: str = "tak", no: str = "nie", unknown: str = "", **kwargs: Any) -> None:
        self.width = "m"
        choices = [("yes", yes), ("no", no)]
        said = "Zaznacz tak albo nie."
        if unknown:
            choices.append(("unknown", unknown))
            said = f"Zaznacz tak, nie albo {unknown}."
        kwargs["error_messages"] = CHOICE_ERRORS | {"required": said} | kwargs.get("error_messages", {})
        super().__init__(
            choices=choices, coerce=self._answer, empty_value=None, widget=forms.RadioSelect, **kwargs
        )

    @staticmethod
    def _answer(value: str) -> bool | None:
        return {"yes": True, "no": False}.get(value)

    def prepare_value(self, value: Any) -> Any:
        return {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value


class TickField(forms.BooleanField):
    """One box to tick; its label stands beside it."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs["error_messages"] = {"required": "Zaznacz, żeby iść dalej."} | kwargs.get("error_messages", {})
        super().__init__(**kwargs)


class MultiField(forms.MultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        kwargs["error_messages"] = MULTI_ERRORS | kwargs.get("error_messages", {})
        super().__init__(**kwargs)


class ObjectField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One of our objects. An object of another organisation is not among the answers."""

    def __init__(self, queryset: Any, *, width: str = "m", radios: bool = False, **kwargs: Any) -> None:
        self.width = width
        kwargs.setdefault("empty_label", None if radios else CHOOSE)
        if radios:
            kwargs.setdefault("widget", forms.RadioSelect)
        kwargs["error_messages"] = CHOICE_ERRORS | kwargs.get("error_messages", {})
        super().__init__(queryset, **kwargs)

    def to_python(self, value: Any) -> Any:
        typed = _text(value) if isinstance(value, str) else value
        try:
            return super().to_python(typed)
        except ValidationError as error:  # a key that is no key speaks of UUIDs
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice") from error


class FileField(forms.FileField):
    def __init__(self, *, accept: str = "", **kwargs: Any) -> None:
        self.width = "l"
        kwargs.setdefault("widget", forms.FileInput(attrs={"accept": accept} if accept else {}))
        kwargs["error_messages"] = {
            "required": "Wybierz plik.",
            "invalid": "Plik nie doszedł. Wybierz go jeszcze raz.",
            "missing": "Plik nie doszedł. Wybierz go jeszcze raz.",
            "empty": "Ten plik jest pusty. Wybierz inny.",
            "max_length": "Nazwa pliku jest za długa. Skróć ją i wybierz plik jeszcze raz.",
        } | kwargs.get("error_messages", {})
        super().__init__(**kwargs)
