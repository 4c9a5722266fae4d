"""Forms of opening balances, and of the file that brings them."""

from decimal import Decimal
from typing import Any

from ipzs.imports.table import TEXT
from participants.rules.codes import UnitType
from reintegration.core import clock
from reintegration.core.form_fields import MoneyField, PolishDateField, TextField, WholeNumberField
from reintegration.core.forms import Form
from reintegration.core.sheets import XLSX
from reintegration.documents.form_fields import CheckedFileField

OF_CIS = ("free_days", "free_days_extension", "sick_days", "sick_days_extension", "unexcused_in_month")


class OpeningForm(Form):
    until = PolishDateField(
        label="Stan na dzień",
        latest=clock.today,
        help_text="Ostatni dzień, którego dotyczą te liczby. Najprościej ostatni dzień miesiąca.",
    )
    free_days = WholeNumberField(
        label="Wykorzystane dni wolne", most=24, help_text="W okresie uczestnictwa. (art. 15 ust. 6a)"
    )
    free_days_extension = WholeNumberField(label="Wykorzystane dni wolne w przedłużeniu", most=24)
    sick_days = WholeNumberField(
        label="Dni choroby", most=366, help_text="Bez choroby w okresie próbnym. (art. 15 ust. 7a)"
    )
    sick_days_extension = WholeNumberField(label="Dni choroby w przedłużeniu", most=366)
    unexcused_in_month = WholeNumberField(label="Dni nieusprawiedliwione w miesiącu tego dnia", most=31)
    hours_in_month = MoneyField(
        label="Godziny zajęć w miesiącu tego dnia", most=Decimal(744), help_text="Na przykład 96,5."
    )
    source = TextField(
        label="Skąd są te liczby", max_length=200, width="m",
        help_text="Na przykład: listy obecności, poprzedni program.",
    )  # fmt: skip

    def __init__(self, *args: Any, unit_type: UnitType, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if unit_type is UnitType.KIS:
            for name in OF_CIS:
                del self.fields[name]


class TableForm(Form):
    """A file of which the kind says what is expected in it."""

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"] = CheckedFileField(
            kind=kind,
            only=frozenset({XLSX, TEXT}),
            label="Plik",
            help_text="XLSX albo CSV, do 8 MB. Wypełnij pobrany wzór.",
        )
