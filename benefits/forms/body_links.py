"""Issuing a link to what a unit tells a body of money."""

from collections.abc import Sequence
from typing import Any

from participants.services.portal.links import LONGEST_DAYS
from reintegration.core.form_fields import ChoiceField, EmailField, PhoneField, WholeNumberField
from reintegration.core.forms import Form


class PupLinkForm(Form):
    email = EmailField(
        label="Adres e-mail urzędu",
        help_text="Pójdzie tu sam odnośnik, bez danych osobowych i bez kodu.",
    )
    phone = PhoneField(label="Telefon, pod który podasz kod", required=False)
    days = WholeNumberField(label="Ile dni działa", least=1, most=LONGEST_DAYS)


class OpsLinkForm(PupLinkForm):
    body_name = ChoiceField(
        label="Ośrodek", choices=[], help_text="Zobaczy osoby, przy których w skierowaniu stoi ta nazwa."
    )
    field_order = ("body_name",)

    def __init__(self, *args: Any, names: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["body_name"]
        field.choices = [(name, name) for name in names]
        self.fields["email"].label = "Adres e-mail ośrodka"
