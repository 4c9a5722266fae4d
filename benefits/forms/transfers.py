"""Forms of transfers: the file of a list, and what the unit's bank reads."""

from collections.abc import Sequence
from typing import Any

from benefits.enums import BankAddresses, BankEncoding, BankFormat
from benefits.forms.lists import tax_tick
from reintegration.core.form_fields import ChoiceField, PolishDateField, TickField
from reintegration.core.formats import join_words
from reintegration.core.forms import Form


class MakeForm(Form):
    day = PolishDateField(label="Dzień przelewu", help_text="Tego dnia bank ma wysłać pieniądze.")
    shared_confirmed = TickField(label="To wspólne konto")

    def __init__(self, *args: Any, shared: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if shared:
            self.fields["shared_confirmed"].help_text = f"{join_words(shared)}: jedno konto."
        else:
            del self.fields["shared_confirmed"]


class OfListForm(MakeForm):
    """What a list pays; what came back goes out as it was, and its tax with it."""

    as_counted = tax_tick()


class ProfileForm(Form):
    format = ChoiceField(
        label="Format pliku",
        choices=BankFormat.choices,
        help_text="Zapytaj bank albo sprawdź w bankowości, jaki plik przyjmuje import przelewów.",
    )
    encoding = ChoiceField(
        label="Kodowanie polskich liter",
        choices=BankEncoding.choices,
        help_text="Tylko Elixir-0. CP 1250 to Windows.",
    )
    addresses = ChoiceField(
        label="Adresy odbiorców", choices=BankAddresses.choices, help_text="Tylko pain.001."
    )
