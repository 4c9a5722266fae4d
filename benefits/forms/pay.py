"""Forms before the first payment: application, decision, way of payment, PIT-2, insurance."""

from collections.abc import Sequence
from typing import Any

from django.forms import BoundField, Select

from benefits.enums import HealthKind, PayMethod, TitleKind
from reintegration.core import clock
from reintegration.core.form_fields import (
    SHORT_DAY_HINT,
    ChoiceField,
    LongTextField,
    MoneyField,
    MonthField,
    NrbField,
    PolishDateField,
    TextField,
    TickField,
    WholeNumberField,
    YesNoField,
)
from reintegration.core.forms import Form


class ApplyForm(Form):
    asked_on = PolishDateField(label="Dzień wniosku", latest=clock.today)


class GrantForm(Form):
    granted_from = PolishDateField(
        label="Świadczenie od", help_text="Nie wcześniej niż pierwszy dzień uczestnictwa."
    )
    decided_on = PolishDateField(label="Dzień decyzji", latest=clock.today)


class DayForm(Form):
    granted_from = PolishDateField(label="Świadczenie od")


class RefuseForm(Form):
    reason = LongTextField(label="Dlaczego świadczenie nie jest przyznane", max_length=500)
    decided_on = PolishDateField(label="Dzień decyzji", latest=clock.today)


class WayForm(Form):
    since = PolishDateField(label="Od kiedy", help_text="Od tego dnia wypłaty idą w ten sposób, zaległe też.")
    method = ChoiceField(label="Jak wypłacać", choices=PayMethod.choices)
    account = NrbField(label="Numer konta", required=False, help_text="Tylko przy przelewie. 26 cyfr.")


class ForecastForm(Form):
    """Asked by a GET: what would be paid if somebody began on a day.

    What the OPS gives is typed, because it follows from its own decision. `insured`: what is not known of the
    insurance is asked; where the file says it, it is not.
    """

    start = PolishDateField(label="Pierwszy dzień", help_text=SHORT_DAY_HINT)
    pit2 = YesNoField(label="Czy osoba złoży PIT-2", yes="tak", no="nie")
    help_now = MoneyField(label="Z OPS teraz, na miesiąc", required=False)
    help_then = MoneyField(label="Z OPS, gdy będzie świadczenie", required=False)
    insured = ChoiceField(
        label="Ubezpieczenie zdrowotne dziś",
        choices=[
            (HealthKind.OWN.value, "własne: praca, renta, urząd pracy"),
            (HealthKind.FAMILY.value, "przez rodzinę"),
            (HealthKind.DECISION.value, "decyzja wójta"),
            (HealthKind.NONE.value, "nie ma"),
            ("", "nie wiadomo"),
        ],
        required=False,
        widget=Select,
    )
    insured_until = PolishDateField(
        label="Do kiedy", required=False, help_text="Puste, gdy nie wiadomo o końcu."
    )

    def __init__(self, *args: Any, ask_insured: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not ask_insured:
            del self.fields["insured"], self.fields["insured_until"]

    def asked(self) -> list[BoundField]:
        """The question itself; the rest of the fields is what the answer is seen beside."""
        return [self[name] for name in ("unit", "start", "pit2") if name in self.fields]

    def beside(self) -> list[BoundField]:
        names = ("help_now", "help_then", "insured", "insured_until")
        return [self[name] for name in names if name in self.fields]

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        endless = values.get("insured") == HealthKind.DECISION and not values.get("insured_until")
        if endless and "insured_until" not in self.errors:
            self.add_error("insured_until", "Wpisz, do kiedy jest decyzja.")
        return values


class BodyForecastForm(ForecastForm):
    """The same asked by whoever refers; which unit is asked only where there is a choice."""

    unit = ChoiceField(label="Jednostka", choices=[])

    def __init__(self, *args: Any, units: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"] = ChoiceField(label="Jednostka", choices=list(units))
        self.order_fields(["unit", *self.fields])
        if len(units) == 1:
            del self.fields["unit"]


class SettingsForm(Form):
    payment_day = WholeNumberField(
        label="Wypłata do dnia", help_text="Dzień następnego miesiąca, od 1 do 28.", least=1, most=28
    )
    premium_plan = MoneyField(
        label="Plan premii na miesiąc",
        required=False,
        help_text="Środki własne. Ekran „Premie” pokazuje, ile z planu zostało.",
    )
    tax_office = TextField(
        label="Urząd skarbowy jednostki",
        required=False,
        max_length=120,
        help_text="Do niego idzie PIT-4R.",
    )
    tax_account = NrbField(
        label="Mikrorachunek podatkowy", required=False, help_text="Na niego idą zaliczki."
    )
    zus_account = NrbField(
        label="Numer rachunku składkowego", required=False, help_text="NRS z ZUS. Na niego idą składki."
    )
    told = TickField(
        label="Pokaż kierującym pierwszą wypłatę",
        required=False,
        help_text="OPS policzy ją z kandydatem przed skierowaniem, po Waszemu.",
    )


class TaxForm(Form):
    pit2 = YesNoField(label="Czy osoba złożyła PIT-2", yes="tak, złożyła", no="nie składa albo wycofała")
    filed_on = PolishDateField(
        label="Dzień złożenia albo wycofania",
        required=False,
        latest=clock.today,
        help_text="Puste tylko wtedy, gdy osoba PIT-2 nie składała.",
    )
    since = MonthField(
        label="Od miesiąca",
        help_text="Miesiąc wypłaty. Najpóźniej następny po złożeniu albo wycofaniu.",
    )
    office = TextField(
        label="Urząd skarbowy osoby",
        required=False,
        max_length=120,
        help_text="Według miejsca zamieszkania. Do niego idzie PIT-11.",
    )


class TitleForm(Form):
    kind = ChoiceField(
        label="Z czego osoba jest ubezpieczona w ZUS",
        choices=TitleKind.choices,
        help_text="Świadczenie ubezpiecza tylko tego, kto nie ma innego tytułu, na przykład umowy o pracę.",
    )
    since = PolishDateField(label="Od")
    until = PolishDateField(label="Do", required=False, help_text="Zostaw puste, gdy trwa.")
    registered_on = PolishDateField(
        label="Zgłoszono do ZUS", required=False, latest=clock.today, help_text="Druk ZUA, w ciągu 7 dni."
    )
    deregistered_on = PolishDateField(
        label="Wyrejestrowano z ZUS",
        required=False,
        latest=clock.today,
        help_text="Druk ZWUA, w ciągu 7 dni od końca.",
    )
