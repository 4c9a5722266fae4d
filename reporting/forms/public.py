"""What the public register is asked for."""

from typing import Any

from django.forms import Select

from reintegration.core.form_fields import ChoiceField, PolishDateField, TextField
from reintegration.core.forms import Form
from reintegration.tenancy.enums import Voivodeship

KINDS = (("CIS", "CIS"), ("KIS", "KIS"))


class PublicFilter(Form):
    szukaj = TextField(label="Nazwa, miejscowość albo REGON", max_length=80, required=False, width="m")
    woj = ChoiceField(
        label="Województwo",
        choices=[("", "cała Polska"), *Voivodeship.choices],
        required=False,
        widget=Select,
    )
    rodzaj = ChoiceField(label="Rodzaj", choices=[("", "CIS i KIS"), *KINDS], required=False, widget=Select)
    stan = PolishDateField(label="Stan na dzień", required=False, help_text="")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["woj"].choices = [("", "cała Polska"), *Voivodeship.choices]  # type: ignore[attr-defined]
