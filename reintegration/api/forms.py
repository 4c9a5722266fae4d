"""The form of a new token."""

from typing import Any

from reintegration.core.form_fields import MultiField, PolishDateField, TextField
from reintegration.core.forms import Form
from reintegration.tenancy.actions import Action


class TokenForm(Form):
    name = TextField(label="Nazwa", max_length=80, help_text="Do czego służy, na przykład „program OPS”.")
    expires_on = PolishDateField(label="Ważny do", help_text="Najdłużej rok. Potem utworzysz nowy.")
    actions = MultiField(label="Co może robić")

    def __init__(self, *args: Any, offered: list[Action], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["actions"].choices = [(action.name, action.label) for action in offered]
