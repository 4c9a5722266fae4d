"""Forms of the time of a participation: the qualification, the extension and the motion about it."""

from ipzs.enums import Basis
from reintegration.core import clock
from reintegration.core.form_fields import ChoiceField, LongTextField, PolishDateField, TextField
from reintegration.core.forms import Form


class QualifyForm(Form):
    decided_on = PolishDateField(label="Dzień kwalifikacji", latest=clock.today)
    until = PolishDateField(label="Ostatni dzień", help_text="Najdłużej 11 miesięcy. (art. 15 ust. 3)")
    told_whom = TextField(
        label="Kogo informujemy",
        max_length=200,
        required=False,
        help_text="Kierownik ośrodka, który uzgodnił program. Pismo przygotujemy sami. (art. 15 ust. 2)",
    )


class ContractPeriodForm(Form):
    """A period of a KIS, as long as its contract says."""

    since = PolishDateField(label="Pierwszy dzień")
    until = PolishDateField(label="Ostatni dzień", help_text="Nie dłużej, niż obowiązuje kontrakt.")


class ToldForm(Form):
    told_on = PolishDateField(label="Kiedy poinformowano", latest=clock.today)
    told_whom = TextField(label="Kogo", max_length=200)


class ExtendForm(Form):
    until = PolishDateField(label="Ostatni dzień", help_text="Do 12 miesięcy. (art. 15 ust. 3)")
    decided_on = PolishDateField(label="Dzień przedłużenia", latest=clock.today)
    basis = ChoiceField(label="Podstawa", choices=Basis.choices)
    basis_on = PolishDateField(label="Dzień wniosku albo opinii", latest=clock.today)
    author = TextField(label="Pracownik socjalny", max_length=120, width="m")
    analysis = LongTextField(
        label="Dlaczego program potrzebuje więcej czasu",
        error_messages={"required": "Napisz, dlaczego program potrzebuje więcej czasu."},
    )


class MotionForm(Form):
    basis = ChoiceField(label="Co przekazujesz", choices=[("motion", "wniosek"), ("opinion", "opinię")])
    asked_on = PolishDateField(label="Z jakiego dnia", latest=clock.today)
    until = PolishDateField(label="Do kiedy przedłużyć", help_text="Do 12 miesięcy. (art. 15 ust. 3)")
    author = TextField(label="Pracownik socjalny", max_length=120, width="m")
    analysis = LongTextField(
        label="Dlaczego program potrzebuje więcej czasu",
        max_length=4000,
        width="full",
        error_messages={"required": "Napisz, dlaczego program potrzebuje więcej czasu."},
    )


class RefuseExtensionForm(Form):
    decided_on = PolishDateField(label="Dzień odpowiedzi", latest=clock.today)
    answer = LongTextField(
        label="Dlaczego nie",
        max_length=2000,
        help_text="Zobaczy to pracownik socjalny. Nowy wniosek można złożyć później.",
        error_messages={"required": "Napisz, dlaczego nie przedłużasz."},
    )
