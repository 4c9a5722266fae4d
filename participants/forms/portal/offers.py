"""Free places of a unit, and how readers narrow the list."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet

from participants.services.portal.offers import read_areas
from reintegration.core.errors import InputError
from reintegration.core.form_fields import (
    ChoiceField,
    LongTextField,
    PolishDateField,
    TextField,
    TickField,
    WholeNumberField,
)
from reintegration.core.forms import Form
from reintegration.core.lists import FilterForm
from reintegration.tenancy.enums import UnitType, Voivodeship


class OfferForm(Form):
    title = TextField(
        label="Pracownia albo grupa", max_length=80, help_text="Na przykład: gastronomia, grupa poranna."
    )
    places = WholeNumberField(label="Wolne miejsca", least=0, most=999)
    starts_on = PolishDateField(
        label="Najbliższy początek", required=False, help_text="Zostaw puste, gdy nabór jest ciągły."
    )
    note = LongTextField(
        label="Dla kogo, co warto wiedzieć",
        max_length=300,
        required=False,
        help_text="Bez danych osobowych. Czytają to wszyscy.",
    )
    areas = LongTextField(
        label="Dla kogo według miejsca zamieszkania",
        max_length=1000,
        required=False,
        help_text="Gmina, „powiat …” albo kod TERYT, każde w osobnym wierszu. Puste: całe województwo.",
    )
    published = TickField(label="Pokaż na liście wolnych miejsc", required=False)

    def clean_areas(self) -> list[str]:
        try:
            return read_areas(self.cleaned_data["areas"].splitlines())
        except InputError as error:
            raise ValidationError(error.message, code="unreadable") from error


class PlaceFilter(FilterForm):
    q = TextField(label="Nazwa albo miejscowość", max_length=80, width="m")
    rodzaj = ChoiceField(
        label="Rodzaj",
        choices=[("", "CIS i KIS"), *((one.value, one.value) for one in UnitType)],
        widget=forms.Select,
    )

    def narrow(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        text, kind = self.cleaned_data["q"], self.cleaned_data["rodzaj"]
        if text:
            rows = rows.filter(
                Q(title__icontains=text)
                | Q(unit__organisation__short_name__icontains=text)
                | Q(unit__organisation__town__icontains=text)
            )
        return rows.filter(unit__unit_type=kind) if kind else rows


class PublicPlaceFilter(Form):
    woj = ChoiceField(label="Województwo", choices=Voivodeship.choices, required=False)
