"""Forms of payments to the offices, and of the year's information on tax."""

from collections.abc import Sequence
from typing import Any

from reintegration.core import clock
from reintegration.core.dates import Month
from reintegration.core.form_fields import ChoiceField, MoneyField, MonthField, PolishDateField, TextField
from reintegration.core.forms import Form


class PublicPaymentForm(Form):
    amount = MoneyField(label="Kwota")
    paid_on = PolishDateField(label="Dzień zapłaty", latest=clock.today, help_text="Kiedy wyszedł przelew.")
    note = TextField(label="Uwaga", required=False, max_length=200, help_text="Bez danych osób.")


class CountForm(Form):
    """The months that owe something are told by the page."""

    amount = MoneyField(label="Kwota", help_text="Najwyżej tyle, ile zostało do zapłaty za ten miesiąc.")
    note = TextField(label="Uwaga", required=False, max_length=200, help_text="Bez danych osób.")

    def __init__(self, *args: Any, months: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["month"] = ChoiceField(label="Na który miesiąc", choices=months, coerce=Month.parse)
        self.order_fields(["month", "amount", "note"])


class BookedForm(Form):
    """The day is the bank's; of the amount a part, where the transfer was for employees too."""

    month = MonthField(label="Za który miesiąc")
    amount = MoneyField(label="Kwota", help_text="Tylko za uczestników, bez pracowników.")
    note = TextField(label="Uwaga", required=False, max_length=200, help_text="Bez danych osób.")


class TakeBackForm(Form):
    note = TextField(label="Co było nie tak", max_length=200, help_text="Bez danych osób.")


class DeliveryForm(Form):
    sent_on = PolishDateField(label="Wysłano do urzędu skarbowego", required=False, latest=clock.today)
    given_on = PolishDateField(label="Przekazano osobie", required=False, latest=clock.today)
