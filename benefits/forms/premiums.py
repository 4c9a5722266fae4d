"""Forms of a motivational premium."""

from decimal import Decimal

from reintegration.core.form_fields import LongTextField, MoneyField
from reintegration.core.forms import Form

LEAST = Decimal("0.01")


class ProposeForm(Form):
    amount = MoneyField(label="Kwota", least=LEAST)
    reason = LongTextField(
        label="Za co",
        max_length=600,
        help_text="Co osoba zrobiła: jej aktywna postawa i postępy. To zdanie stoi na decyzji.",
    )


class GrantForm(Form):
    amount = MoneyField(label="Kwota", least=LEAST, help_text="Możesz przyznać inną niż w propozycji.")
