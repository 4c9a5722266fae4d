"""Forms of a unit's own settings."""

from itertools import groupby
from typing import Any, Final
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet

from reintegration.administration import queries
from reintegration.administration.rules import WEEKDAYS, read_fte
from reintegration.core import clock
from reintegration.core.form_fields import (
    ChoiceField,
    EmailField,
    MultiField,
    NipField,
    NrbField,
    ParsedField,
    PhoneField,
    PolishDateField,
    PostcodeField,
    RegonField,
    TextField,
)
from reintegration.core.formats import format_number, format_table_date
from reintegration.core.forms import Form
from reintegration.core.ids import uuid7
from reintegration.core.lists import FilterForm
from reintegration.core.text import search_key
from reintegration.tenancy.enums import StaffKind, WorkBasis
from reintegration.tenancy.models import StaffMember

SOMEBODY_ELSE: Final = "other"


class OwnForm(Form):
    """What an organisation may change of itself; its name and kind are the operator's to change."""

    street = TextField(label="Ulica i numer", max_length=120)
    postcode = PostcodeField(label="Kod pocztowy")
    town = TextField(label="Miejscowość", max_length=80, width="m")
    phone = PhoneField(label="Telefon", required=False)
    email = EmailField(label="Adres e-mail", required=False)
    nip = NipField(label="NIP", required=False)
    regon = RegonField(label="REGON", required=False)


class SiteForm(Form):
    name = TextField(label="Nazwa", max_length=80, width="m", help_text="Na przykład „Stolarnia”.")
    street = TextField(label="Ulica i numer", max_length=120)
    postcode = PostcodeField(label="Kod pocztowy")
    town = TextField(label="Miejscowość", max_length=80, width="m")
    opened_on = PolishDateField(label="Czynne od")


class CloseSiteForm(Form):
    last_day = PolishDateField(
        label="Ostatni dzień", required=False, help_text="Zostaw puste, jeśli miejsce działa dalej."
    )


class FteField(ParsedField):
    """A share of full time, as people write it: 1, 0,5, 3/4."""

    width = "xs"
    shown_hint = "Część pełnego etatu: 1, 0,5 albo 3/4."
    missing = "Wpisz wymiar etatu."

    def read(self, text: str) -> Any:
        return read_fte(text)

    def show(self, value: Any) -> str:
        return format_number(value.normalize() if value else value)


class StaffForm(Form):
    first_name = TextField(label="Imię", max_length=60, width="m")
    last_name = TextField(label="Nazwisko", max_length=80, width="m")
    kind = ChoiceField(label="Stanowisko", choices=StaffKind.choices)
    basis = ChoiceField(label="Podstawa", choices=WorkBasis.choices)
    fte = FteField(label="Wymiar etatu")
    since = PolishDateField(label="Od")
    until = PolishDateField(label="Do", required=False, help_text="Ostatni dzień, jeśli jest znany.")

    def __init__(self, *args: Any, member: StaffMember | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.member = member
        first, last = self._said("first_name"), self._said("last_name")
        self.namesakes = queries.namesakes(first, last, besides=member) if first and last else []
        if self.namesakes:
            self.fields["same"] = self._same_person()

    def _said(self, name: str) -> str:
        """What a name will be once it is read; what cannot be read is nobody's name."""
        said = self.data if self.is_bound else self.initial
        try:
            return str(self.fields[name].clean(said.get(name)) or "")
        except ValidationError:
            return ""

    def _same_person(self) -> ChoiceField:
        """Whoever has two agreements is counted once, and two people of one name are two."""
        rows = groupby(sorted(self.namesakes, key=lambda one: one.person_key), lambda one: one.person_key)
        held = {key: "; ".join(_agreement(one) for one in ones) for key, ones in rows}
        field = ChoiceField(
            label="Czy to ta sama osoba?",
            choices=[
                *((str(key), f"tak, ta, która ma już wpis: {posts}") for key, posts in held.items()),
                (SOMEBODY_ELSE, "nie, to ktoś inny"),
            ],
            help_text="W wykazie jest już ktoś taki. Kto ma dwie umowy, liczy się raz.",
            error_messages={"required": "Zaznacz, czy to ta sama osoba, czy ktoś inny."},
        )
        if self.member is not None:
            known = self.member.person_key in held
            field.initial = str(self.member.person_key) if known else SOMEBODY_ELSE
        return field

    def values(self) -> dict[str, Any]:
        """What is kept; the key of a person goes along when it was asked for."""
        kept = dict(self.cleaned_data)
        same = kept.pop("same", None)
        if same is None:
            return kept
        if same != SOMEBODY_ELSE:
            return kept | {"person_key": UUID(same)}
        shared = self.member is not None and any(
            one.person_key == self.member.person_key for one in self.namesakes
        )
        return kept | {"person_key": uuid7()} if shared else kept


def _agreement(row: StaffMember) -> str:
    since = format_table_date(row.since)
    until = "" if row.until is None else f" do {format_table_date(row.until)}"
    return f"{row.first_name} {row.last_name}, {row.get_kind_display()} od {since}{until}"


class StaffFilter(FilterForm):
    nazwisko = TextField(label="Nazwisko albo imię", width="m", max_length=80)
    rodzaj = ChoiceField(label="Stanowisko", choices=StaffKind.choices, width="m")
    stan = ChoiceField(
        label="Kto", choices=[("teraz", "pracują teraz"), ("dawniej", "pracowali dawniej")], none="wszyscy",
        required=False,
    )  # fmt: skip

    def narrow(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        typed = self.cleaned_data
        if key := search_key(typed.get("nazwisko") or ""):
            rows = rows.filter(Q(search_last__prefix=key) | Q(search_first__prefix=key))
        if typed.get("rodzaj"):
            rows = rows.filter(kind=typed["rodzaj"])
        here = Q(until__isnull=True) | Q(until__gte=clock.today())
        if typed.get("stan") == "teraz":
            rows = rows.filter(here)
        elif typed.get("stan") == "dawniej":
            rows = rows.exclude(here)
        return rows


class WeekForm(Form):
    since = PolishDateField(label="Od kiedy")
    weekdays = MultiField(label="Dni zajęć")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["weekdays"].choices = [(str(day), name) for day, name in WEEKDAYS.items()]

    def clean_weekdays(self) -> list[int]:
        return [int(day) for day in self.cleaned_data["weekdays"]]


class ClosedDayForm(Form):
    day = PolishDateField(label="Dzień")
    last = PolishDateField(
        label="Do dnia", required=False, help_text="Tylko gdy wolne trwa dłużej niż jeden dzień."
    )
    reason = TextField(label="Powód", max_length=120, help_text="Na przykład „przerwa remontowa”.")


class AccountForm(Form):
    number = NrbField(label="Numer rachunku")
    bank = TextField(label="Bank", max_length=80, required=False, width="m")
    since = PolishDateField(label="Od kiedy", earliest=clock.today)
