"""Forms of the payroll list."""

from benefits.enums import RecoveryKind
from reintegration.core import clock
from reintegration.core.form_fields import (
    ChoiceField,
    LongTextField,
    MoneyField,
    MonthField,
    PolishDateField,
    TextField,
    TickField,
)
from reintegration.core.forms import Form


def tax_tick() -> TickField:
    return TickField(
        label="Podatek zostaje taki jak na zatwierdzonej liście",
        required=False,
        help_text="Czyj byłby w tym dniu inny, widać na stronie listy.",
    )


class LockForm(Form):
    without_blocked = TickField(
        label="Wypłać bez osób, którym czegoś brakuje",
        required=False,
        help_text="Gdy się uzupełni, dostaną wyrównanie na następnej liście.",
    )


class PaidForm(Form):
    paid_on = PolishDateField(label="Dzień wypłaty", latest=clock.today)
    without_file = TickField(
        label="Przelewy zrobiono w banku bez pliku z programu",
        required=False,
        help_text="Potem ten plik już nie powstanie, żeby nikt nie dostał pieniędzy dwa razy.",
    )
    as_counted = tax_tick()


class RemarkForm(Form):
    remark = LongTextField(
        label="Dlaczego", max_length=600, help_text="Bez nazwisk i bez powodów czyjejś nieobecności."
    )


class SigningForm(Form):
    since = MonthField(label="Od miesiąca")
    hands = ChoiceField(
        label="Ile osób podpisuje listę",
        coerce=int,
        choices=[
            ("3", "trzy: kto przygotowuje, kto sprawdza i kto zatwierdza"),
            ("2", "dwie: jednostka ma tylko dwie osoby"),
        ],
    )
    second_above = MoneyField(
        label="Drugie zatwierdzenie powyżej", required=False, help_text="Puste, gdy nie jest potrzebne."
    )


class RecoveryForm(Form):
    kind = ChoiceField(label="Na jakiej podstawie", choices=RecoveryKind.choices)
    given_on = PolishDateField(label="Z dnia", latest=clock.today)
    reference = TextField(
        label="Numer decyzji", max_length=60, required=False, help_text="Tylko przy decyzji."
    )
    at_most = MoneyField(
        label="Najwyżej z jednej wypłaty", required=False, help_text="Puste: tyle, ile jest do wypłaty."
    )
