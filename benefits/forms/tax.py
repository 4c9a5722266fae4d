"""Forms of payments to the offices, and of the year's information on tax."""

from reintegration.core import clock
from reintegration.core.form_fields import MoneyField, MonthField, PolishDateField, TextField
from reintegration.core.forms import Form


class PublicPaymentForm(Form):
    amount = MoneyField(label="Kwota")
    paid_on = PolishDateField(label="Dzień zapłaty", latest=clock.today, help_text="Kiedy wyszedł przelew.")
    note = TextField(label="Uwaga", required=False, max_length=200, help_text="Bez danych osób.")


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
