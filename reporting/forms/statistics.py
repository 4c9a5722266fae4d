"""Which span the statistics are about, and with which one it is compared."""

from datetime import date
from typing import Any, Final

from django import forms

from reintegration.core import clock
from reintegration.core.dates import DateSpan
from reintegration.core.form_fields import ChoiceField, PolishDateField
from reintegration.core.formats import format_table_date
from reintegration.core.forms import Form
from reporting.rules.spans import compared, known

FIRST_YEAR: Final = 2010
OWN: Final = "inny"
COMPARED: Final = (
    ("rok", "ten sam czas rok wcześniej"),
    ("poprzedni", "okres tuż przed nim"),
    (OWN, "inny okres"),
    ("bez", "bez porównania"),
)

ONLY_OWN: Final = "Gdy porównujesz z innym okresem."


class SpanForm(Form):
    od = PolishDateField(label="Od")
    do = PolishDateField(label="Do")
    z = ChoiceField(label="Porównaj z", choices=COMPARED, widget=forms.Select)
    z_od = PolishDateField(label="Inny okres od", help_text=ONLY_OWN)
    z_do = PolishDateField(label="Inny okres do", help_text=ONLY_OWN)

    def __init__(self, data: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(data, *args, **kwargs)
        for field in self.fields.values():
            field.required = False

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        self._in_order("od", "do")
        if data.get("z") == OWN:
            self._in_order("z_od", "z_do")
            for name, which in (("z_od", "pierwszy"), ("z_do", "ostatni")):
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, f"Wpisz {which} dzień okresu, z którym porównać.")
        return data

    def _in_order(self, begins: str, ends: str) -> None:
        first, last = self.cleaned_data.get(begins), self.cleaned_data.get(ends)
        if first and last and last < first:
            self.add_error(ends, "Koniec jest przed początkiem. Wpisz późniejszy dzień.")
        if first and first.year < FIRST_YEAR:
            self.add_error(begins, f"Wpisz dzień od {FIRST_YEAR} roku.")
        if first and first > clock.today():
            self.add_error(begins, "Ten dzień jeszcze nie nadszedł. Wpisz wcześniejszy.")

    def chosen(self) -> tuple[DateSpan, DateSpan | None]:
        """The span up to today, and the other one; without days it is this year."""
        today = clock.today()
        typed = self.cleaned_data if self.is_valid() else {}
        span = known(typed.get("od") or date(today.year, 1, 1), typed.get("do") or today, today)
        how = typed.get("z") or "rok"
        asked = known(typed["z_od"], typed["z_do"], today) if how == OWN else None
        return span, compared(span, how, asked)

    def comparison(self) -> dict[str, str]:
        """What says in an address what is compared with; days of another choice are left out."""
        if not self.is_valid() or not (how := self.cleaned_data["z"]):
            return {}
        days = ("z_od", "z_do") if how == OWN else ()
        return {"z": how, **{name: format_table_date(self.cleaned_data[name]) for name in days}}
