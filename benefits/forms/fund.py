"""Forms of the Labour Fund: agreements, applications, answers of the office, and money."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from benefits.enums import FundMode, FundReason
from reintegration.core import clock
from reintegration.core.form_fields import (
    ChoiceField,
    LongTextField,
    MoneyField,
    MonthField,
    PolishDateField,
    TextField,
    TickField,
    WholeNumberField,
)
from reintegration.core.forms import Form

LEAST = Decimal("0.01")
MOST_PLACES = 1000
MOST_DAYS = 365
LAST_DAY = 28


class AskForm(Form):
    office = TextField(
        label="Urząd pracy", max_length=200, help_text="Właściwy dla siedziby centrum. (art. 15 ust. 8)"
    )
    address = TextField(label="Adres urzędu", max_length=200, required=False)
    asked_on = PolishDateField(
        label="Dzień wniosku o umowę", latest=clock.today, help_text="Od tego dnia liczymy, ile czekacie."
    )
    places = WholeNumberField(label="Liczba miejsc", least=1, most=MOST_PLACES)
    mode = ChoiceField(label="Sposób", choices=FundMode.choices)
    remark = LongTextField(label="Uwagi", max_length=600, required=False)


class TermsForm(Form):
    """What stands in a signed agreement, and is changed by an annex."""

    since = PolishDateField(label="Obowiązuje od")
    until = PolishDateField(label="Obowiązuje do")
    places = WholeNumberField(label="Liczba miejsc", least=1, most=MOST_PLACES)
    mode = ChoiceField(label="Sposób", choices=FundMode.choices)
    apply_by = WholeNumberField(
        label="Wniosek składacie do dnia",
        least=1,
        most=LAST_DAY,
        help_text="Liczba: dzień następnego miesiąca.",
    )
    pays_within = WholeNumberField(
        label="W ilu dniach urząd płaci", least=1, most=MOST_DAYS, help_text="Od dnia wysłania wniosku."
    )
    attachments = LongTextField(
        label="Załączniki, których chce urząd",
        max_length=600,
        required=False,
        help_text="Lista świadczeń i składek jest w każdym wniosku.",
    )
    remark = LongTextField(label="Uwagi", max_length=600, required=False)


class SignForm(TermsForm):
    number = TextField(label="Numer umowy", max_length=60)
    signed_on = PolishDateField(label="Dzień podpisania", latest=clock.today)
    amount = MoneyField(label="Kwota na pierwszy rok", least=LEAST)
    field_order = ["number", "signed_on", "since", "until", "amount"]  # noqa: RUF012 - as Django reads it


class ChangeForm(TermsForm):
    office = TextField(label="Urząd pracy", max_length=200)
    address = TextField(label="Adres urzędu", max_length=200, required=False)
    field_order = ["office", "address"]  # noqa: RUF012 - as Django reads it


class CloseForm(Form):
    closed_on = PolishDateField(label="Z dniem")
    because = LongTextField(label="Dlaczego", max_length=600)


class BudgetForm(Form):
    year = WholeNumberField(label="Rok", least=2004, most=2100)
    amount = MoneyField(label="Kwota na rok", least=LEAST)


class SendForm(Form):
    sent_on = PolishDateField(
        label="Dzień wysłania", latest=clock.today, help_text="Od tego dnia biegnie termin urzędu."
    )


class LeaveOutForm(Form):
    reason = ChoiceField(label="Dlaczego", choices=FundReason.choices)
    words = LongTextField(
        label="Szczegóły", max_length=600, required=False, help_text="Potrzebne przy innym powodzie."
    )
    carry = TickField(
        label="Zapytaj o tę kwotę w następnym wniosku",
        required=False,
        help_text="Bez tego zostaje kosztem centrum.",
    )


class AnswerForm(LeaveOutForm):
    granted = MoneyField(
        label="Ile przyznał urząd",
        help_text="Zero, gdy odmówił całości. Gdy mniej niż we wniosku, wybierz też powód.",
    )
    field_order = ["granted", "reason", "words", "carry"]  # noqa: RUF012 - as Django reads it

    def __init__(self, *args: Any, most: Decimal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["granted"]
        field.most = most
        self.fields["reason"].required = False


class MoneyForm(Form):
    day = PolishDateField(label="Dzień", latest=clock.today)
    amount = MoneyField(label="Kwota", least=LEAST)


class BookedForm(Form):
    """Day and amount are the bank's; only what the money is of is chosen."""

    of = ChoiceField(label="Czego to dotyczy", choices=[])

    def __init__(self, *args: Any, offered: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["of"] = ChoiceField(label="Czego to dotyczy", choices=offered)


class AdvanceForm(Form):
    month = MonthField(label="Na miesiąc")
    amount = MoneyField(
        label="Kwota", least=LEAST, help_text="Świadczenia ze składkami, które będziecie wypłacać."
    )
    asked_on = PolishDateField(label="Dzień wniosku", latest=clock.today)


class BecauseForm(Form):
    because = LongTextField(label="Dlaczego", max_length=600)
