"""Forms of what is known of a person from a day to a day, one for each kind."""

from typing import Any

from participants import enums
from reintegration.core.form_fields import (
    ChoiceField,
    LongTextField,
    MoneyField,
    PolishDateField,
    TextField,
    TickField,
)
from reintegration.core.forms import Form


class PartForm(Form):
    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        since, until = values.get("since"), values.get("until")
        if since and until and until < since:
            self.add_error("until", "Koniec jest przed początkiem. Popraw jeden z tych dni.")
        return values


class GroupForm(PartForm):
    code = ChoiceField(label="Grupa", choices=enums.Group.choices, width="l")
    main = TickField(label="To główna grupa tej osoby", required=False)
    proof = TextField(
        label="Dowód",
        max_length=200,
        required=False,
        help_text="Na przykład zaświadczenie z PUP i jego data.",
    )
    since = PolishDateField(label="Od")
    until = PolishDateField(label="Do", required=False)


class DisabilityForm(PartForm):
    degree = ChoiceField(label="Stopień", choices=enums.DisabilityDegree.choices)
    symbols = TextField(label="Symbole przyczyny", max_length=60, width="s", required=False)
    certificate = TextField(label="Numer orzeczenia", max_length=60, width="m", required=False)
    since = PolishDateField(label="Ważne od")
    until = PolishDateField(label="Ważne do", required=False, help_text="Puste, jeśli wydano je na stałe.")


class FactForm(PartForm):
    kind = ChoiceField(label="Czego dotyczy", choices=enums.FactKind.choices)
    text = LongTextField(label="Treść", help_text="Tylko to, co jest potrzebne do pomocy tej osobie.")
    proof = TextField(label="Dokument", max_length=200, required=False)
    since = PolishDateField(label="Od", required=False)
    until = PolishDateField(label="Do", required=False)


class BarrierForm(PartForm):
    kind = ChoiceField(label="Co utrudnia", choices=enums.BarrierKind.choices)
    text = LongTextField(label="Opis", max_length=1000, required=False)
    help_given = LongTextField(label="Co pomaga", max_length=1000, required=False)
    since = PolishDateField(label="Od")
    until = PolishDateField(label="Do", required=False)


class IncomeForm(PartForm):
    kind = ChoiceField(label="Rodzaj", choices=enums.IncomeKind.choices, width="l")
    amount = MoneyField(label="Kwota miesięcznie", required=False)
    paid_by = TextField(label="Kto wypłaca", max_length=120, required=False)
    since = PolishDateField(label="Od")
    until = PolishDateField(label="Do", required=False)


class EndForm(Form):
    until = PolishDateField(label="Ostatni dzień")


FORMS: dict[str, type[PartForm]] = {
    "group": GroupForm,
    "disability": DisabilityForm,
    "fact": FactForm,
    "barrier": BarrierForm,
    "income": IncomeForm,
}
