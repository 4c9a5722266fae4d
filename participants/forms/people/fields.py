"""Fields of persons: a gmina by its name, a country."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse_lazy

from participants import teryt
from participants.rules.terc import is_code
from reintegration.core.errors import InputError
from reintegration.core.form_fields import ChoiceField, TextField

GMINA_LIST = "gminy"
NAMELESS = "XX"

# ISO 3166-1; those that come most often, then the rest of the neighbourhood in the order of the alphabet.
COUNTRIES = {
    "PL": "Polska",
    "UA": "Ukraina",
    "BY": "Białoruś",
    "RU": "Rosja",
    "GE": "Gruzja",
    "MD": "Mołdawia",
    "VN": "Wietnam",
    "IN": "Indie",
    "AF": "Afganistan",
    "AM": "Armenia",
    "AZ": "Azerbejdżan",
    "BG": "Bułgaria",
    "CN": "Chiny",
    "CZ": "Czechy",
    "GB": "Wielka Brytania",
    "IR": "Iran",
    "IT": "Włochy",
    "KZ": "Kazachstan",
    "LT": "Litwa",
    "LV": "Łotwa",
    "NG": "Nigeria",
    "RO": "Rumunia",
    "SK": "Słowacja",
    "SO": "Somalia",
    "SY": "Syria",
    "TJ": "Tadżykistan",
    "TR": "Turcja",
    "UZ": "Uzbekistan",
    "DE": "Niemcy",
    NAMELESS: "inne albo brak",
}


class GminaField(TextField):
    """A gmina by its name or code; with a script its name is suggested from the register of GUS."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {
            "list": GMINA_LIST,
            "autocomplete": "off",
            "hx-get": reverse_lazy("participants:gmina_find"),
            "hx-trigger": "input changed delay:250ms",
            "hx-target": f"#{GMINA_LIST}",
        }
        kwargs.setdefault("widget", forms.TextInput(attrs=attrs))
        kwargs.setdefault("help_text", "Nazwa gminy albo jej kod TERYT.")
        super().__init__(max_length=200, **kwargs)

    def to_python(self, value: Any) -> str:
        try:
            return teryt.resolve(super().to_python(value))
        except InputError as error:
            raise ValidationError(error.message, code="unreadable") from error

    def prepare_value(self, value: Any) -> Any:
        return teryt.label(value) if isinstance(value, str) and is_code(value) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.prepare_value(initial) != self.prepare_value(data)


class CountryField(ChoiceField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=COUNTRIES.items(), **kwargs)


def country(code: str) -> str:
    return COUNTRIES.get(code, code)
