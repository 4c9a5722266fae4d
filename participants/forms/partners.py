"""Forms of partners and of what they are asked for."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet

from participants.enums import AskedHow, HelpKind, PartnerKind, RequestState
from participants.models import Consent, Partner
from participants.models.partner import OPEN
from participants.transitions import OfRequest
from reintegration.core.form_fields import (
    ChoiceField,
    EmailField,
    LongTextField,
    MultiField,
    ObjectField,
    PhoneField,
    PolishDateField,
    TextField,
    TickField,
)
from reintegration.core.forms import Form
from reintegration.core.lists import FilterForm
from reintegration.core.text import search_key


class PartnerForm(Form):
    name = TextField(label="Nazwa", max_length=160)
    kind = ChoiceField(label="Kto to jest", choices=PartnerKind.choices)
    helps_with = MultiField(label="W czym pomaga", choices=HelpKind.choices)
    contact_person = TextField(label="Kogo tam pytać", max_length=160, width="m", required=False)
    phone = PhoneField(label="Telefon", required=False)
    email = EmailField(
        label="E-mail", required=False, help_text="Na ten adres pójdą prośby, bez danych osobowych."
    )


class PartnerFilter(FilterForm):
    nazwa = TextField(label="Nazwa", max_length=80, width="m")
    pomoc = ChoiceField(label="W czym pomaga", choices=[], widget=forms.Select)
    archiwum = TickField(label="także archiwum")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["pomoc"].choices = [("", "wszystko"), *HelpKind.choices]  # type: ignore[attr-defined]

    def narrow(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        typed = self.cleaned_data
        if typed["pomoc"]:
            rows = rows.filter(helps_with__contains=[typed["pomoc"]])
        for word in search_key(typed["nazwa"]).split():
            rows = rows.filter(search_name__contains=word)
        return rows


GOING, ENDED = "w-toku", "zakonczone"


class RequestFilter(FilterForm):
    stan = ChoiceField(label="Stan", choices=[], widget=forms.Select)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        some = [("", "wszystkie"), (GOING, "w toku"), (ENDED, "zakończone")]
        self.fields["stan"].choices = [*some, *RequestState.choices]  # type: ignore[attr-defined]
        partners = Partner.objects.order_by("name_order", "pk")
        self.fields["partner"] = ObjectField(partners, label="Partner", empty_label="każdy", required=False)
        self.order_fields(["partner", "stan"])

    def narrow(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        if self.cleaned_data["partner"]:
            rows = rows.filter(partner=self.cleaned_data["partner"])
        asked = self.cleaned_data["stan"]
        if asked == GOING:
            return rows.filter(state__in=OPEN)
        if asked == ENDED:
            return rows.exclude(state__in=OPEN)
        return rows.filter(state=asked) if asked else rows


class AskForm(Form):
    """A request, filled in from where one came; a new partner needs only a name, and goes before the list."""

    new_partner = TextField(
        label="Nowy partner",
        max_length=160,
        required=False,
        help_text="Gdy nie ma go na liście: wpisz nazwę, poprosisz jego. Resztę dopiszesz w „Partnerzy”.",
    )
    help_kind = ChoiceField(label="W czym pomoc", choices=HelpKind.choices)
    text = LongTextField(
        label="O co prosisz",
        max_length=1000,
        help_text="Bez nazwiska i numeru PESEL. Dzień, miejsce, jak często.",
    )
    wanted_by = PolishDateField(label="Potrzebne do")
    asked_how = ChoiceField(
        label="Jak prosisz",
        choices=AskedHow.choices,
        help_text="E-mail wyśle program: bez danych osoby, z Waszym telefonem. Pismo pobierzesz jako PDF.",
    )
    named = TickField(label="Podaj, o kogo chodzi", required=False)

    def __init__(
        self, *args: Any, partners: QuerySet[Partner], consents: Sequence[Consent], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if partners:
            self.fields["partner"] = ObjectField(partners, label="Kogo prosisz", required=False, width="l")
            self.order_fields(["partner"])
        else:
            self.fields["new_partner"].required = True
            self.fields["new_partner"].help_text = "Pierwszy na liście. Resztę dopiszesz w „Partnerzy”."
        if consents:
            whom = ", ".join(dict.fromkeys(one.recipient for one in consents))
            self.fields["named"].help_text = f"Osoba zgodziła się na to wobec: {whom}."
        else:
            del self.fields["named"]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if not values.get("partner") and not values.get("new_partner") and not self.errors:
            place = "partner" if "partner" in self.fields else "new_partner"
            self.add_error(place, "Wybierz partnera z listy albo wpisz nowego.")
        return values


STEPS = {
    OfRequest.PROMISE: "obiecał pomoc",
    OfRequest.DELIVER: "pomoc przyszła",
    OfRequest.FAIL: "pomoc nie przyszła",
    OfRequest.DECLINE: "odmówił",
    OfRequest.WITHDRAW: "prośba już niepotrzebna",
}


class AnswerForm(Form):
    step = ChoiceField(label="Co się stało", choices=[])
    on = PolishDateField(
        label="Dzień", required=False, help_text="Na kiedy obiecał pomoc albo kiedy przyszła."
    )
    reason = LongTextField(
        label="Dlaczego",
        max_length=600,
        required=False,
        help_text="Przy odmowie, gdy pomoc nie przyszła i gdy jest już niepotrzebna.",
    )

    def __init__(self, *args: Any, steps: Sequence[OfRequest], promised: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = {**STEPS, OfRequest.PROMISE: "przełożył na inny dzień"} if promised else STEPS
        self.fields["step"].choices = [  # type: ignore[attr-defined]
            (step.value, label) for step, label in labels.items() if step in steps
        ]


class CorrectForm(Form):
    reason = LongTextField(label="Co było pomyłką", max_length=600)
