"""Forms of the law: a new value, and a unit's reading."""

from typing import Any

from django.core.exceptions import ValidationError

from reintegration.core import clock
from reintegration.core.dates import Month
from reintegration.core.errors import InputError
from reintegration.core.form_fields import ChoiceField, MonthField, PolishDateField, TextField
from reintegration.core.forms import Form
from reintegration.law.enums import Confidence, Evidence, Unit
from reintegration.law.models import Parameter
from reintegration.law.readings import ReadingSpec
from reintegration.law.values import parse, show

# How a value of each unit of measure is typed.
EXAMPLES = {
    Unit.PLN: "1853,10",
    Unit.PERCENT: "120 albo 9,76",
    Unit.FRACTION: "1/20",
    Unit.YEARLY_DAY: "31.03",
    Unit.DAY_OF_MONTH: "20",
}
# A reading for later than that is a slip of the hand.
YEARS_AHEAD = 2


class ValueForm(Form):
    since = PolishDateField(
        label="Obowiązuje od", error_messages={"required": "Wpisz dzień, od którego wartość obowiązuje."}
    )
    value = TextField(label="Nowa wartość", max_length=30, width="s", required=False)
    source = TextField(
        label="Akt albo obwieszczenie",
        max_length=200,
        help_text="Na przykład: obwieszczenie z 2 marca 2026 r., M.P. poz. 250.",
        error_messages={"required": "Wpisz akt albo obwieszczenie, z którego jest ta wartość."},
    )
    evidence = ChoiceField(label="Co przeczytano", choices=Evidence.choices)
    confidence = ChoiceField(label="Pewność", choices=Confidence.choices)

    def __init__(self, *args: Any, parameter: Parameter, current: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.unit = unit = Unit(parameter.unit)
        held = f"Puste pole potwierdza, że zostaje {show(current, unit)}. " if current else ""
        self.fields["value"].help_text = f"{held}Na przykład {EXAMPLES.get(unit, '6')}."

    def clean_value(self) -> str:
        """Say what is wrong with the value together with the other fields; the service reads it again."""
        typed: str = self.cleaned_data["value"]
        try:
            if typed:
                parse(typed, self.unit)
        except InputError as error:
            raise ValidationError(error.message) from error
        return typed


class ReadingForm(Form):
    value = ChoiceField(label="Odpowiedź", choices=[])
    since = MonthField(
        label="Od miesiąca", error_messages={"required": "Wpisz miesiąc, od którego tak liczycie."}
    )

    def __init__(self, *args: Any, spec: ReadingSpec, first: Month, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["value"]
        field.choices = [(option.value, option.label) for option in spec.options]  # type: ignore[attr-defined]
        self.initial.setdefault("since", first)

    def clean_since(self) -> Month:
        month: Month = self.cleaned_data["since"]
        if month.year > clock.today().year + YEARS_AHEAD:
            self.add_error("since", "Wpisz miesiąc w tym roku albo w dwóch następnych.")
        return month
