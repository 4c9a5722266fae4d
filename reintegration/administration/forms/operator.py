"""Forms of the operator: organisations, their founders, and who is invited to lead them."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from reintegration.core import clock, identifiers
from reintegration.core.form_fields import (
    ChoiceField,
    EmailField,
    IdentifierField,
    NipField,
    ObjectField,
    PhoneField,
    PolishDateField,
    PostcodeField,
    RegonField,
    TextField,
)
from reintegration.core.forms import Form
from reintegration.core.lists import FilterForm
from reintegration.core.text import search_key
from reintegration.tenancy.enums import BodyType, FounderKind, OrganisationKind, UnitType, Voivodeship
from reintegration.tenancy.models import Founder, Organisation, VoivodeOffice

ALL = ("", "wszystkie")
WORKING, CLOSED, WITHOUT_LEAD = "dziala", "zamknieta", "bez-kierownika"
KINDS = [
    (UnitType.CIS.value, "CIS"),
    (UnitType.KIS.value, "KIS"),
    (OrganisationKind.REFERRING_BODY.value, "podmiot kierujący"),
    (OrganisationKind.VOIVODE_OFFICE.value, "urząd wojewódzki"),
]


class KrsField(IdentifierField):
    width = "s"
    digits = 10
    shown_hint = "10 cyfr, zera z przodu można pominąć."
    parse = staticmethod(identifiers.parse_krs)


class OrganisationFilter(FilterForm):
    tekst = TextField(label="Nazwa albo miejscowość", max_length=80, width="m")
    rodzaj = ChoiceField(label="Rodzaj", choices=[ALL, *KINDS], width="m", widget=forms.Select)
    wojewodztwo = ChoiceField(label="Województwo", choices=Voivodeship.choices, width="m")
    stan = ChoiceField(
        label="Stan",
        choices=[
            ALL,
            (WORKING, "działają"),
            (WITHOUT_LEAD, "działają, nikt nie prowadzi"),
            (CLOSED, "zamknięte"),
        ],
        width="m",
        widget=forms.Select,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["wojewodztwo"].choices = [ALL, *Voivodeship.choices]  # type: ignore[attr-defined]

    def narrow(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        typed = self.cleaned_data
        if key := search_key(typed.get("tekst") or ""):
            rows = rows.filter(search__contains=key)
        kind = typed.get("rodzaj")
        if kind in UnitType.values:
            rows = rows.filter(unit__unit_type=kind)
        elif kind:
            rows = rows.filter(kind=kind)
        if typed.get("wojewodztwo"):
            rows = rows.filter(voivodeship=typed["wojewodztwo"])
        state = typed.get("stan")
        if state == CLOSED:
            rows = rows.filter(closed_on__isnull=False)
        elif state:
            rows = rows.filter(closed_on__isnull=True)
        return rows.filter(has_lead=False) if state == WITHOUT_LEAD else rows


class FounderFilter(FilterForm):
    tekst = TextField(label="Nazwa albo miejscowość", max_length=80, width="m")
    rodzaj = ChoiceField(label="Rodzaj", choices=[ALL, *FounderKind.choices], width="m", widget=forms.Select)

    def narrow(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        if key := search_key(self.cleaned_data.get("tekst") or ""):
            rows = rows.filter(search__contains=key)
        kind = self.cleaned_data.get("rodzaj")
        return rows.filter(kind=kind) if kind else rows


ORGANISATION_FIELDS = (
    "name",
    "short_name",
    "voivodeship",
    "street",
    "postcode",
    "town",
    "phone",
    "email",
    "nip",
    "regon",
    "opened_on",
)


class OrganisationForm(Form):
    """What every organisation has. `organisation` is the one that is changed."""

    name = TextField(
        label="Pełna nazwa",
        max_length=200,
        width="full",
        error_messages={"required": "Wpisz nazwę, jaka stoi w statucie albo w rejestrze."},
    )
    short_name = TextField(
        label="Nazwa skrócona",
        max_length=60,
        width="m",
        help_text="Ta nazwa stoi na każdym ekranie, na przykład CIS „Nowy Most”.",
        error_messages={"required": "Wpisz nazwę, która zmieści się na ekranie."},
    )
    voivodeship = ChoiceField(
        label="Województwo",
        choices=Voivodeship.choices,
        error_messages={"required": "Wybierz województwo."},
    )
    street = TextField(label="Ulica i numer", max_length=120, required=False)
    postcode = PostcodeField(label="Kod pocztowy", required=False)
    town = TextField(
        label="Miejscowość",
        max_length=80,
        width="m",
        error_messages={"required": "Wpisz miejscowość."},
    )
    phone = PhoneField(label="Telefon", required=False)
    email = EmailField(label="Adres e-mail organizacji", required=False)
    nip = NipField(label="NIP", required=False)
    regon = RegonField(label="REGON", required=False)
    opened_on = PolishDateField(label="Działa od", latest=clock.today)

    def __init__(self, *args: Any, organisation: Organisation | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisation = organisation

    def values(self) -> dict[str, Any]:
        """The columns of the organisation itself; what was left empty is an empty text."""
        return {name: self.cleaned_data[name] or "" for name in ORGANISATION_FIELDS}


class UnitForm(OrganisationForm):
    """A CIS or a KIS of a founder who is known."""

    register_number = TextField(label="Numer w rejestrze wojewody", max_length=40, width="s", required=False)
    founder = ObjectField(
        Founder.objects.order_by("name_order", "pk"),
        label="Podmiot tworzący",
        width="l",
        error_messages={"required": "Wybierz podmiot tworzący."},
    )


NEW_FOUNDER = ("founder_name", "founder_kind", "founder_town", "founder_nip")


class OpenUnitForm(UnitForm):
    """A new unit; its founder is one that is known, or is written down with it."""

    unit_type = ChoiceField(label="Co otwierasz?", choices=UnitType.choices, width="l")
    founder = ObjectField(
        Founder.objects.order_by("name_order", "pk"),
        label="Podmiot z listy",
        width="l",
        required=False,
        empty_label="Wybierz albo wpisz niżej",
    )
    founder_name = TextField(
        label="Nazwa nowego podmiotu tworzącego", max_length=200, width="full", required=False
    )
    founder_kind = ChoiceField(
        label="Rodzaj nowego podmiotu",
        choices=FounderKind.choices,
        width="l",
        required=False,
        none="podmiot jest na liście",
    )
    founder_town = TextField(label="Miejscowość nowego podmiotu", max_length=80, width="m", required=False)
    founder_nip = NipField(label="NIP nowego podmiotu, jeśli go znasz", required=False)

    field_order = ("unit_type", *ORGANISATION_FIELDS, "register_number", "founder", *NEW_FOUNDER)

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        new = [name for name in NEW_FOUNDER if typed.get(name)]
        if typed.get("founder"):
            if new:
                self.add_error(
                    "founder", "Wybrano podmiot z listy i wpisano nowy. Zostaw jedno: listę albo pola niżej."
                )
            return typed
        if "founder" in self.errors:
            return typed
        missing = {
            "founder_name": "Wybierz podmiot z listy albo wpisz nazwę nowego.",
            "founder_kind": "Zaznacz rodzaj nowego podmiotu.",
            "founder_town": "Wpisz miejscowość nowego podmiotu.",
        }
        for name, sentence in missing.items():
            if not typed.get(name) and name not in self.errors and (new or name == "founder_name"):
                self.add_error(name, sentence)
        _refuse_known_nip(self, "founder_nip")
        return typed

    def of_unit(self) -> list[forms.BoundField]:
        return [bound for bound in self.visible_fields() if bound.name not in {"founder", *NEW_FOUNDER}]

    def of_founder(self) -> list[forms.BoundField]:
        return [self[name] for name in ("founder", *NEW_FOUNDER)]

    def founder_values(self) -> dict[str, Any]:
        typed = self.cleaned_data
        return {name.removeprefix("founder_"): typed[name] or "" for name in NEW_FOUNDER}


class BodyForm(OrganisationForm):
    body_type = ChoiceField(
        label="Rodzaj podmiotu kierującego",
        choices=BodyType.choices,
        width="l",
        error_messages={"required": "Zaznacz rodzaj podmiotu."},
    )

    field_order = ("body_type", *ORGANISATION_FIELDS)


class OfficeForm(OrganisationForm):
    """A voivode's office; there is one in a voivodeship."""

    def clean_voivodeship(self) -> str:
        voivodeship: str = self.cleaned_data["voivodeship"]
        others = VoivodeOffice.objects.filter(voivodeship=voivodeship)
        if self.organisation is not None:
            others = others.exclude(pk=self.organisation.pk)
        if others.exists():
            raise forms.ValidationError("To województwo ma już swój urząd. Wybierz inne.")
        return voivodeship


class FounderForm(Form):
    """`founder` is the one that is changed."""

    name = TextField(label="Nazwa", max_length=200, width="full")
    kind = ChoiceField(
        label="Rodzaj", choices=FounderKind.choices, width="l", help_text="Art. 3 ust. 2 i art. 18 ust. 2."
    )
    nip = NipField(label="NIP", required=False)
    regon = RegonField(label="REGON", required=False)
    krs = KrsField(label="KRS", required=False)
    street = TextField(label="Ulica i numer", max_length=120, required=False)
    postcode = PostcodeField(label="Kod pocztowy", required=False)
    town = TextField(
        label="Miejscowość",
        max_length=80,
        width="m",
        error_messages={"required": "Wpisz miejscowość."},
    )

    def __init__(self, *args: Any, founder: Founder | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.founder = founder

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        _refuse_known_nip(self, "nip", but=self.founder)
        return typed

    def values(self) -> dict[str, Any]:
        return {name: value or "" for name, value in self.cleaned_data.items()}


def _refuse_known_nip(form: Form, field: str, but: Founder | None = None) -> None:
    """The unique key of the table, said at the field and with the name of the other founder."""
    nip = form.cleaned_data.get(field)
    if not nip:
        return
    others = Founder.objects.filter(nip=nip)
    other = (others.exclude(pk=but.pk) if but is not None else others).order_by("pk").first()
    if other is not None:
        form.add_error(field, f"Ten numer ma już podmiot: {other.name}. Porównaj cyfry albo wybierz go.")


class LeadForm(Form):
    email = EmailField(
        label="Adres e-mail",
        help_text="Na ten adres pójdzie link. Działa raz i przez 7 dni.",
        error_messages={"required": "Wpisz adres osoby, która poprowadzi organizację."},
    )
