"""Forms of supported employment: each step asks for what it needs and no more."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import Q, QuerySet

from benefits.enums import JobBreak, JobFailure, JobPlace, JobState, RefundRefusal, RefundState
from reintegration.core import clock
from reintegration.core.form_fields import (
    ChoiceField,
    EmailField,
    LongTextField,
    MoneyField,
    NipField,
    PhoneField,
    PolishDateField,
    PostcodeField,
    TextField,
)
from reintegration.core.forms import Form
from reintegration.core.lists import FilterForm
from reintegration.core.text import search_key

LEAST = Decimal("0.01")
HIGHEST_ACCIDENT_RATE = Decimal(10)
LONGEST_OFFICE = 160
# No office is called so.
OTHER = "-"


class MotionForm(Form):
    place = ChoiceField(
        label="Gdzie osoba ma pracować",
        choices=JobPlace.choices,
        help_text="Refundację dostaje tylko pracodawca. Praca w Centrum jej nie ma. (art. 16 ust. 2)",
    )
    pup_name = TextField(
        label="Do którego urzędu pracy", max_length=LONGEST_OFFICE, help_text="Na przykład: PUP w Modrzewnie."
    )
    other_pup = TextField(
        label="Nazwa innego urzędu",
        max_length=LONGEST_OFFICE,
        required=False,
        help_text="Tylko gdy zaznaczysz „inny urząd”.",
    )
    employer_name = TextField(
        label="Pracodawca",
        required=False,
        help_text="Zostaw puste, jeśli oferty ma poszukać urząd.",
    )
    position = TextField(label="Stanowisko", max_length=120, width="m", required=False)
    reason = LongTextField(
        label="Uzasadnienie",
        max_length=1200,
        required=False,
        help_text="Potrzebne, gdy osoba jeszcze chodzi na zajęcia: dlaczego ma zacząć pracę wcześniej.",
    )

    def __init__(self, *args: Any, offices: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offices = [one for one in offices if len(one) <= LONGEST_OFFICE]
        if not self.offices:
            del self.fields["other_pup"]
            return
        # An office is chosen by the name that its agreement has, and so reads of the work by its link.
        self.fields["pup_name"] = ChoiceField(
            label=self.fields["pup_name"].label,
            choices=[*((one, one) for one in self.offices), (OTHER, "inny urząd")],
        )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        typed = data.pop("other_pup", "") or ""
        if self.offices and data.get("pup_name") == OTHER:
            if not typed:
                self.add_error("other_pup", "Wpisz nazwę urzędu.")
            same = (one for one in self.offices if search_key(one) == search_key(typed))
            data["pup_name"] = next(same, typed)
        return data


class EmployerForm(Form):
    employer_name = TextField(label="Nazwa pracodawcy")
    employer_nip = NipField(label="NIP", required=False)
    employer_street = TextField(label="Ulica i numer", max_length=120, width="m", required=False)
    employer_postcode = PostcodeField(label="Kod pocztowy", required=False)
    employer_town = TextField(label="Miejscowość", max_length=80, width="m", required=False)
    employer_contact = TextField(label="Osoba do kontaktu", max_length=160, width="m", required=False)
    employer_phone = PhoneField(label="Telefon", required=False)
    employer_email = EmailField(label="Adres e-mail", required=False)
    position = TextField(label="Stanowisko", max_length=120, width="m")
    accident_rate = MoneyField(
        label="Składka wypadkowa pracodawcy, w procentach",
        most=HIGHEST_ACCIDENT_RATE,
        help_text="Do 9 ubezpieczonych: 1,67. Większy pracodawca zna swoją stopę z ZUS.",
    )


class SendForm(Form):
    """In a CIS three sign, in a KIS the social worker (art. 16 ust. 1)."""

    manager_on = PolishDateField(label="Podpis kierownika CIS", latest=clock.today)
    social_worker_on = PolishDateField(label="Podpis pracownika socjalnego", latest=clock.today)
    participant_on = PolishDateField(label="Podpis osoby", latest=clock.today)
    sent_on = PolishDateField(label="Wysłano do urzędu", latest=clock.today)

    def __init__(self, *args: Any, three: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not three:
            del self.fields["manager_on"], self.fields["participant_on"]


class ReferForm(Form):
    answered_on = PolishDateField(label="Skierowanie z dnia", latest=clock.today)
    employer_name = TextField(label="Do kogo")
    position = TextField(label="Na jakie stanowisko", max_length=120, width="m")


class AgreementForm(Form):
    agreed_on = PolishDateField(label="Umowa podpisana", latest=clock.today)
    agreement_number = TextField(label="Numer umowy", max_length=60, width="s", required=False)
    since = PolishDateField(label="Praca od")
    until = PolishDateField(label="Praca do", help_text="Co najmniej 6 miesięcy. (art. 16 ust. 2)")
    monthly_pay = MoneyField(label="Wynagrodzenie brutto za miesiąc", least=LEAST)
    de_minimis_note = TextField(
        label="Zaświadczenie o pomocy de minimis",
        width="m",
        required=False,
        help_text="Numer i dzień, gdy pracodawca już je ma.",
    )


class StartForm(Form):
    since = PolishDateField(label="Pierwszy dzień pracy", latest=clock.today)
    until = PolishDateField(label="Praca do")


class CompleteForm(Form):
    ended_on = PolishDateField(label="Ostatni dzień pracy", latest=clock.today)


class BreakForm(Form):
    ended_on = PolishDateField(label="Ostatni dzień pracy", latest=clock.today)
    end_reason = ChoiceField(label="Dlaczego", choices=JobBreak.choices)
    note = LongTextField(label="Co się stało", max_length=600, required=False)


class FailForm(Form):
    fail_reason = ChoiceField(label="Dlaczego nic z tego nie wyszło", choices=JobFailure.choices)
    failed_on = PolishDateField(label="Kiedy", latest=clock.today)
    note = LongTextField(label="Co się stało", max_length=600, required=False)


class RefundForm(Form):
    pay = MoneyField(
        label="Wypłacone wynagrodzenie brutto", least=LEAST, help_text="Tyle, ile pracodawca wypłacił."
    )
    contributions = MoneyField(
        label="Składki społeczne pracodawcy od tego wynagrodzenia",
        required=False,
        help_text="Puste pole policzymy: emerytalna, rentowa i wypadkowa pracodawcy.",
    )


class AskForm(Form):
    asked_on = PolishDateField(label="Pracodawca złożył wniosek", latest=clock.today)


class PaidForm(Form):
    paid_on = PolishDateField(label="Dzień zapłaty", latest=clock.today)
    paid = MoneyField(label="Kwota", least=LEAST)


class RefusedForm(Form):
    refused_on = PolishDateField(label="Dzień odmowy", latest=clock.today)
    refusal = ChoiceField(label="Dlaczego", choices=RefundRefusal.choices)


def _named(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    key = search_key(text)
    if not key:
        return rows
    return rows.filter(Q(person__search_last__prefix=key) | Q(person__search_first__prefix=key))


def _offered(first: str, choices: Sequence[tuple[Any, Any]]) -> list[tuple[str, str]]:
    return [("", first), *((str(key), str(label)) for key, label in choices)]


class JobFilter(FilterForm):
    nazwisko = TextField(label="Nazwisko", width="m", max_length=80)
    pracodawca = TextField(label="Pracodawca", width="m", max_length=80)
    stan = ChoiceField(label="Stan", choices=[], widget=forms.Select)
    powod = ChoiceField(label="Bez skutku, bo", choices=[], widget=forms.Select)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["stan"].choices = _offered("wszystkie", JobState.choices)
        self.fields["powod"].choices = _offered("nieważne", JobFailure.choices)

    def narrow(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        typed = self.cleaned_data
        rows = _named(rows, typed["nazwisko"])
        if typed["pracodawca"]:
            rows = rows.filter(employer_name__icontains=typed["pracodawca"])
        if typed["stan"]:
            rows = rows.filter(state=typed["stan"])
        if typed["powod"]:
            rows = rows.filter(fail_reason=typed["powod"])
        return rows


class RefundFilter(FilterForm):
    nazwisko = TextField(label="Nazwisko", width="m", max_length=80)
    pracodawca = TextField(label="Pracodawca", width="m", max_length=80)
    stan = ChoiceField(label="Stan", choices=[], widget=forms.Select)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["stan"].choices = _offered(
            RefundState.ASKED.label,
            [one for one in RefundState.choices if one[0] != RefundState.ASKED]
            + [("wszystkie", "wszystkie")],
        )

    def narrow(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        typed = self.cleaned_data
        rows = _named(rows, typed["nazwisko"])
        if typed["pracodawca"]:
            rows = rows.filter(job__employer_name__icontains=typed["pracodawca"])
        if typed["stan"] and typed["stan"] != "wszystkie":
            rows = rows.filter(state=typed["stan"])
        return rows
