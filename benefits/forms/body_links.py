"""Letting a body read what a unit tells it of money: by a link, or from its account."""

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
    body = ChoiceField(label="Ośrodek", choices=[], help_text="Zobaczy osoby, które skierował.")
    field_order = ("body",)

    def __init__(self, *args: Any, bodies: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["body"]
        field.choices = bodies
        self.fields["email"].label = "Adres e-mail ośrodka"


class AccessForm(Form):
    body = ChoiceField(label="Podmiot", choices=[])

    def __init__(self, *args: Any, bodies: Sequence[tuple[str, str]], label: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["body"]
        field.choices, field.label = bodies, label
