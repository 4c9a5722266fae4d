"""Forms of members and their roles."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import Q, QuerySet

from reintegration.core import clock
from reintegration.core.form_fields import ChoiceField, PolishDateField, TextField
from reintegration.core.forms import Form
from reintegration.core.lists import FilterForm
from reintegration.core.text import search_key
from reintegration.tenancy.enums import Role

UNTIL_HINT = "Ostatni dzień z tą rolą. Zostaw puste, jeśli końca nie ma."


class MemberFilter(FilterForm):
    tekst = TextField(label="Imię albo nazwisko", max_length=80, width="m")
    rola = ChoiceField(label="Rola", choices=[], width="m", widget=forms.Select)
    stan = ChoiceField(
        label="Dostęp",
        choices=[("", "wszyscy"), ("tak", "mają dostęp"), ("nie", "bez dostępu")],
        width="m",
        widget=forms.Select,
    )

    def __init__(self, *args: Any, roles: Sequence[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [("", "wszystkie"), *((role.value, role.label) for role in roles)]
        self.fields["rola"].choices = offered  # type: ignore[attr-defined]

    def narrow(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        typed = self.cleaned_data
        if key := search_key(typed.get("tekst") or ""):
            rows = rows.filter(Q(last_key__startswith=key) | Q(first_key__startswith=key))
        if typed.get("rola"):
            rows = rows.filter(roles__contains=[typed["rola"]])
        state = typed.get("stan")
        return rows.filter(has_access=state == "tak") if state else rows


class RoleForm(Form):
    role = ChoiceField(label="Rola", choices=[], error_messages={"required": "Zaznacz rolę."})
    since = PolishDateField(label="Od", earliest=clock.today)
    until = PolishDateField(label="Do", required=False, help_text=UNTIL_HINT, earliest=clock.today)

    def __init__(self, *args: Any, roles: Sequence[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(role.value, role.label) for role in roles]  # type: ignore[attr-defined]


class RoleDatesForm(Form):
    since = PolishDateField(label="Od")
    until = PolishDateField(label="Do", required=False, help_text=UNTIL_HINT)
