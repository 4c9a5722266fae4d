"""Which span the statistics are about, and with which one it is compared."""

from datetime import date
from typing import Any, Final

from django import forms

from reintegration.core import clock
from reintegration.core.dates import DateSpan
from reintegration.core.form_fields import ChoiceField, PolishDateField
from reintegration.core.forms import Form
from reporting.rules.spans import compared

FIRST_YEAR: Final = 2010
COMPARED: Final = (
    ("rok", "ten sam czas rok wcześniej"),
    ("poprzedni", "okres tuż przed nim"),
    ("bez", "bez porównania"),
)


class SpanForm(Form):
    od = PolishDateField(label="Od")
    do = PolishDateField(label="Do")
    z = ChoiceField(label="Porównaj z", choices=COMPARED, widget=forms.Select)

    def __init__(self, data: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(data, *args, **kwargs)
        for field in self.fields.values():
            field.required = False

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        first, last = data.get("od"), data.get("do")
        if first and last and last < first:
            self.add_error("do", "Koniec jest przed początkiem. Wpisz późniejszy dzień.")
        if first and first.year < FIRST_YEAR:
            self.add_error("od", f"Wpisz dzień od {FIRST_YEAR} roku.")
        if first and first > clock.today():
            self.add_error("od", "Ten dzień jeszcze nie nadszedł. Wpisz wcześniejszy.")
        return data

    def chosen(self) -> tuple[DateSpan, DateSpan | None]:
        """The span up to today, and the other one; without days it is this year."""
        today = clock.today()
        typed = self.cleaned_data if self.is_valid() else {}
        first = typed.get("od") or date(today.year, 1, 1)
        last = min(typed.get("do") or today, today)
        span = DateSpan(min(first, last), last)
        return span, compared(span, typed.get("z") or "rok")
