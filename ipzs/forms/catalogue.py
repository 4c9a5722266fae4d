"""Forms of what a unit offers."""

from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db.models import F, Func, Q, QuerySet
from django.db.models import TextField as TextColumn
from django.forms import Select

from ipzs import enums
from reintegration.core.errors import InputError
from reintegration.core.form_fields import (
    ChoiceField,
    LongTextField,
    MultiField,
    ObjectField,
    ParsedField,
    PolishDateField,
    TextField,
    TickField,
    WholeNumberField,
)
from reintegration.core.formats import format_number
from reintegration.core.forms import Form
from reintegration.core.lists import FilterForm
from reintegration.core.text import search_key

TENTH = Decimal("0.1")
Choices = Iterable[tuple[Any, str]]
ON_OFFER = (("tak", "w ofercie"), ("nie", "poza ofertą"))


class HoursField(ParsedField):
    """A number of hours, to the tenth: `12`, `1,5`."""

    width = "xs"
    missing = "Wpisz liczbę godzin."
    attrs = {"inputmode": "decimal"}

    def __init__(
        self, *, least: Decimal = Decimal("0.5"), most: Decimal = Decimal(2000), **kwargs: Any
    ) -> None:
        self.least, self.most = least, most
        super().__init__(**kwargs)

    def read(self, text: str) -> Decimal:
        try:
            found = Decimal(text.replace(" ", "").replace(",", "."))
        except InvalidOperation as error:
            raise InputError("Wpisz liczbę godzin, na przykład 12 albo 1,5.") from error
        if not found.is_finite() or found != found.quantize(TENTH):
            raise InputError("Wpisz godziny z najwyżej jednym miejscem po przecinku, na przykład 1,5.")
        if not self.least <= found <= self.most:
            raise InputError(
                f"Godziny to liczba od {format_number(self.least)} do {format_number(self.most)}."
            )
        return found

    def show(self, value: Decimal) -> str:
        return format_number(value.normalize())


def _key(column: str) -> Func:
    """A text as the database folds it for a search."""
    return Func(F(column), function="search_key", output_field=TextColumn())


class ServiceFilter(FilterForm):
    szukaj = TextField(label="Szukaj", max_length=80, required=False, width="m")
    obszar = ChoiceField(label="Obszar", choices=enums.Area.choices, required=False, none="każdy")
    oferta = ChoiceField(label="Oferta", choices=ON_OFFER, required=False, none="wszystkie")

    def narrow(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        data = self.cleaned_data
        if data["szukaj"]:
            words = search_key(data["szukaj"])
            rows = rows.annotate(name_key=_key("name"), text_key=_key("description"))
            rows = rows.filter(Q(name_key__contains=words) | Q(text_key__contains=words))
        if data["obszar"]:
            rows = rows.filter(area=data["obszar"])
        if data["oferta"]:
            rows = rows.filter(active=data["oferta"] == "tak")
        return rows


def _from_list(choices: Choices) -> list[tuple[Any, str]]:
    """Answers too long to stand in a row on a phone."""
    return [("", "Wybierz z listy"), *choices]


class ServiceForm(Form):
    name = TextField(label="Nazwa", max_length=120)
    description = LongTextField(label="Na czym polega", max_length=600, required=False)
    area = ChoiceField(label="Obszar", choices=enums.Area.choices)
    form = ChoiceField(label="Forma", choices=_from_list(enums.Form.choices), widget=Select)
    dimension = ChoiceField(
        label="Rola",
        choices=_from_list(enums.Dimension.choices),
        widget=Select,
        help_text="Kompensacyjna nadrabia braki, zapobiegawcza chroni, rozwijająca uczy nowego.",
    )
    hours = HoursField(label="Godziny w programie", required=False, help_text="Zwykle, w całym programie.")
    provider = ChoiceField(label="Czyja to usługa", choices=enums.Provider.choices)
    partner = TextField(
        label="Partner", max_length=160, required=False, width="m", help_text="Tylko przy usłudze partnera."
    )


class RoomForm(Form):
    name = TextField(label="Nazwa", max_length=80, width="m")
    places = WholeNumberField(label="Miejsca", required=False, least=1, most=999)
    active = TickField(label="Sala jest używana", required=False)

    def __init__(self, *args: Any, sites: QuerySet[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["site"] = ObjectField(sites, label="Miejsce")
        self.order_fields(["name", "site", "places", "active"])


class WorkshopForm(Form):
    name = TextField(label="Nazwa", max_length=80, width="m")
    kind = ChoiceField(label="Rodzaj", choices=enums.WorkshopKind.choices)
    employer = TextField(
        label="U kogo",
        max_length=160,
        required=False,
        width="m",
        help_text="Tylko przy warsztacie zewnętrznym.",
    )
    places = WholeNumberField(label="Miejsca", required=False, least=1, most=999)
    opened_on = PolishDateField(label="Działa od")
    closed_on = PolishDateField(
        label="Działa do", required=False, help_text="Po tym dniu nikt nie ma w niej miejsca."
    )

    def __init__(self, *args: Any, sites: QuerySet[Any], trades: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["trade"] = ChoiceField(
            label="Dziedzina",
            choices=trades,
            required=False,
            help_text="Z niej program podpowie umiejętności do potwierdzenia.",
        )
        self.fields["site"] = ObjectField(sites, label="Miejsce", required=False, empty_label="bez miejsca")
        self.order_fields(["name", "kind", "trade", "site", "employer", "places", "opened_on", "closed_on"])


class LeaderForm(Form):
    since = PolishDateField(label="Od")

    def __init__(self, *args: Any, colleagues: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"] = ChoiceField(label="Kto", choices=colleagues)
        self.order_fields(["user", "since"])


class EndForm(Form):
    until = PolishDateField(label="Ostatni dzień")


class PlacesForm(Form):
    since = PolishDateField(label="Od")
    until = PolishDateField(label="Do", required=False, help_text="Puste: bez terminu.")

    def __init__(self, *args: Any, people: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"] = MultiField(label="Kto dochodzi", choices=people)
        self.order_fields(["people", "since", "until"])


class MoveForm(Form):
    since = PolishDateField(label="Od kiedy tam")

    def __init__(self, *args: Any, workshops: QuerySet[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["workshop"] = ObjectField(workshops, label="Dokąd")
        self.order_fields(["workshop", "since"])
