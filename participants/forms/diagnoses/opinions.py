"""Writing a specialist's opinion and opening it to a colleague."""

from collections.abc import Sequence
from typing import Any

from django import forms

from participants.enums import OpinionKind
from reintegration.core import clock
from reintegration.core.form_fields import ChoiceField, LongTextField, PolishDateField, TextField, TickField
from reintegration.core.forms import Form


class OpinionForm(Form):
    kind = ChoiceField(label="Kto wydaje opinię", choices=OpinionKind.choices)
    held_on = PolishDateField(
        label="Kiedy", latest=clock.today, error_messages={"required": "Wpisz dzień rozmowy albo badania."}
    )
    text = LongTextField(
        label="Opinia",
        max_length=8000,
        width="full",
        widget=forms.Textarea(attrs={"rows": 10}),
        error_messages={"required": "Wpisz opinię."},
    )
    advice = LongTextField(
        label="Zalecenia",
        max_length=4000,
        width="full",
        required=False,
        help_text="Co robić w planie i na zajęciach. Bez rozpoznań, jeśli nie są do tego potrzebne.",
    )
    confidential = TickField(
        label="Opinia poufna",
        required=False,
        help_text="Przeczytasz ją Ty, opiekun osoby i ten, komu któreś z Was da dostęp.",
    )


class OpenForm(Form):
    person = ChoiceField(
        label="Komu", choices=[], widget=forms.Select, error_messages={"required": "Wybierz osobę."}
    )
    reason = TextField(
        label="Powód",
        max_length=300,
        width="full",
        help_text="Na przykład: rozmowa o planie w grudniu.",
        error_messages={"required": "Wpisz powód."},
    )
    until = PolishDateField(
        label="Ostatni dzień",
        help_text="Od następnego dnia ta osoba nie otworzy opinii.",
        error_messages={"required": "Wpisz ostatni dzień dostępu."},
    )

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [("", "Wybierz z listy"), *people]  # type: ignore[attr-defined]
