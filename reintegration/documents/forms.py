"""Forms of papers and files."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet

from reintegration.core import clock
from reintegration.core.form_fields import ChoiceField, PolishDateField, TextField
from reintegration.core.forms import Form
from reintegration.core.lists import FilterForm
from reintegration.documents.enums import DocumentState
from reintegration.documents.examine import JPEG, PNG
from reintegration.documents.form_fields import CheckedFileField


class DocumentFilter(FilterForm):
    kind = ChoiceField(label="Rodzaj", choices=[], widget=forms.Select)
    state = ChoiceField(
        label="Stan", choices=[("", "wszystkie"), *DocumentState.choices], widget=forms.Select
    )
    number = TextField(label="Numer", max_length=40, width="s")

    def __init__(self, *args: Any, kinds: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", "wszystkie"), *kinds]  # type: ignore[attr-defined]

    def narrow(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        for name in ("kind", "state"):
            if self.cleaned_data.get(name):
                rows = rows.filter(**{name: self.cleaned_data[name]})
        if self.cleaned_data.get("number"):
            rows = rows.filter(number__contains=self.cleaned_data["number"])
        return rows


class WithdrawForm(Form):
    reason = TextField(
        label="Dlaczego",
        max_length=300,
        width="full",
        help_text="Na przykład: wydany z błędem, zastępuje go nowy.",
        error_messages={"required": "Wpisz, dlaczego ten dokument przestaje się liczyć."},
    )


class GrantForm(Form):
    person = ChoiceField(label="Komu", choices=[], error_messages={"required": "Wybierz osobę."})
    reason = TextField(
        label="Powód",
        max_length=300,
        width="full",
        help_text="Na przykład: zastępstwo do końca miesiąca.",
        error_messages={"required": "Wpisz powód."},
    )
    until = PolishDateField(
        label="Ostatni dzień",
        help_text="Od następnego dnia ta osoba nie otworzy dokumentu.",
        error_messages={"required": "Wpisz ostatni dzień wyjątku."},
    )

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = people  # type: ignore[attr-defined]


class LetterheadForm(Form):
    name = TextField(
        label="Nazwa",
        max_length=200,
        width="full",
        required=False,
        help_text="Puste: pełna nazwa organizacji.",
    )
    address = TextField(
        label="Adres", max_length=200, width="full", required=False, help_text="Puste: adres organizacji."
    )
    contact = TextField(
        label="Kontakt", max_length=200, width="full", required=False, help_text="Puste: telefon i e-mail."
    )
    logo = CheckedFileField(
        kind="documents.logo",
        only=frozenset({PNG, JPEG}),
        label="Znak",
        required=False,
        help_text="PNG albo JPG do 2 MB. Na piśmie ma 20 mm szerokości.",
    )
    drop_logo = forms.BooleanField(label="Usuń obecny znak", required=False)

    def __init__(self, *args: Any, has_logo: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_logo:
            del self.fields["drop_logo"]


class SignatoryForm(Form):
    name = TextField(
        label="Imię i nazwisko", max_length=120, error_messages={"required": "Wpisz imię i nazwisko."}
    )
    position = TextField(
        label="Stanowisko",
        max_length=120,
        help_text="Na przykład: kierownik Centrum.",
        error_messages={"required": "Wpisz stanowisko, które stanie pod podpisem."},
    )
    since = PolishDateField(
        label="Podpisuje od", error_messages={"required": "Wpisz dzień, od którego ta osoba podpisuje."}
    )


class EndSignatoryForm(Form):
    on = PolishDateField(
        label="Ostatni dzień", initial=clock.today, error_messages={"required": "Wpisz ostatni dzień."}
    )
