"""The referral on one page, and what is added to it later."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError

from participants import enums, teryt
from participants.papers import REFERRAL_FILE
from participants.queries.portal import accounts_near
from participants.rules.codes import DocumentKind, NoPesel, Sex
from participants.rules.identity import Identity, identity_problems
from participants.rules.situation import CARE_KINDS
from reintegration.core import clock
from reintegration.core.errors import InputError
from reintegration.core.form_fields import (
    ChoiceField,
    EmailField,
    LongTextField,
    MultiField,
    PeselField,
    PhoneField,
    PolishDateField,
    PostcodeField,
    TextField,
    TickField,
)
from reintegration.core.forms import Form
from reintegration.documents.form_fields import CheckedFileField
from reintegration.tenancy.scope import current_scope

INSURED = (("yes", "tak"), ("no", "nie"), ("unknown", "nie wiem"))
BARRIERS = [one for one in enums.BarrierKind.choices if one[0] not in CARE_KINDS]
CARE = [one for one in enums.BarrierKind.choices if one[0] in CARE_KINDS]

# The sections of the page, in the order of the paper.
SECTIONS: Mapping[str, tuple[str, ...]] = {
    "Osoba": (
        "first_name", "last_name", "pesel", "no_pesel", "document_kind", "document_number", "birth_date",
        "sex", "street", "postcode", "town", "gmina", "phone", "email", "representative",
    ),
    "Sytuacja": ("groups", "story", "hopes"),
    "Pomoc, z której korzysta": ("help", "help_note"),
    "Ubezpieczenie zdrowotne": ("insured", "insurance_note"),
    "Co może przeszkadzać": ("barriers", "barriers_note"),
    "Opieka nad bliskimi": ("care", "care_note"),
    "Zawiadomienie OPS": ("ops_notified_on", "ops", "ops_name"),
    "Zgoda osoby": ("person_agrees",),
    "Dokąd": ("unit",),
    "Załącznik": ("attachment", "attachment_label"),
}  # fmt: skip

# Who is told of a long-term unemployed person.
CENTRES = (enums.ReferralSource.OPS, enums.ReferralSource.CUS)


class ReferralForm(Form):
    """`lenient`: a draft asks for the unit alone, yet what is written must make sense."""

    # One of the two is needed, so that neither is called optional.
    unmarked = ("pesel", "no_pesel", "ops", "ops_name")

    first_name = TextField(label="Imię", max_length=60, width="m")
    last_name = TextField(label="Nazwisko", max_length=80, width="m")
    pesel = PeselField(label="PESEL", required=False, help_text="11 cyfr. Bez numeru zaznacz niżej powód.")
    no_pesel = ChoiceField(
        label="Dlaczego bez numeru PESEL",
        choices=enums.NoPesel.choices,
        required=False,
        none="ma numer PESEL",
    )
    document_kind = ChoiceField(label="Dokument", choices=enums.DocumentKind.choices, required=False)
    document_number = TextField(label="Numer dokumentu", max_length=40, required=False, width="m")
    birth_date = PolishDateField(
        label="Data urodzenia", required=False, help_text="Z numerem PESEL nie trzeba jej wpisywać."
    )
    sex = ChoiceField(label="Płeć", choices=enums.Sex.choices, required=False)
    street = TextField(label="Ulica i numer", max_length=120, required=False)
    postcode = PostcodeField(label="Kod pocztowy", required=False)
    town = TextField(label="Miejscowość", max_length=80, width="m")
    gmina = TextField(
        label="Gmina", max_length=80, required=False, width="m", help_text="Nazwa albo kod TERYT."
    )
    phone = PhoneField(label="Telefon", required=False)
    email = EmailField(label="Adres e-mail", required=False)
    representative = TextField(
        label="Przedstawiciel ustawowy", max_length=160, required=False, help_text="Jeśli osoba go ma."
    )

    groups = MultiField(
        label="Co opisuje sytuację tej osoby?",
        choices=enums.Group.choices,
        help_text="Wszystko, co pasuje (art. 1 ust. 2).",
    )
    story = LongTextField(
        label="Sytuacja w kilku zdaniach", max_length=2000, help_text="Praca, mieszkanie, rodzina, zdrowie."
    )
    hopes = LongTextField(
        label="Czego osoba oczekuje", max_length=1000, required=False, help_text="Najlepiej jej słowami."
    )
    help = MultiField(label="Świadczenia i dochody", choices=enums.IncomeKind.choices, required=False)
    help_note = LongTextField(label="Inna pomoc OPS", max_length=1000, required=False)
    insured = ChoiceField(label="Czy jest ubezpieczona zdrowotnie?", choices=INSURED)
    insurance_note = TextField(
        label="Kto opłaca składkę",
        max_length=200,
        required=False,
        help_text="Na przykład: PUP, OPS, rodzina.",
    )
    barriers = MultiField(label="Bariery", choices=BARRIERS, required=False)
    barriers_note = LongTextField(label="Co by pomogło", max_length=1000, required=False)
    care = MultiField(label="Kim się opiekuje", choices=CARE, required=False)
    care_note = TextField(
        label="Kiedy opieka jest potrzebna",
        max_length=200,
        required=False,
        help_text="Na przykład: przedszkole do 15:00.",
    )
    ops_notified_on = PolishDateField(
        label="Kiedy zawiadomiono OPS",
        latest=clock.today,
        help_text="PUP kieruje i zawiadamia OPS (art. 12 ust. 3).",
    )
    ops = ChoiceField(label="Konto OPS w programie", choices=[], required=False)
    ops_name = TextField(
        label="Który OPS", max_length=200, required=False, help_text="Gdy ośrodka nie ma na liście."
    )
    person_agrees = TickField(
        label="Osoba wie o skierowaniu i zgadza się na nie",
        error_messages={"required": "Porozmawiaj z osobą i zaznacz zgodę. Bez niej nie wyślesz."},
    )
    unit = ChoiceField(label="Jednostka", choices=[], help_text="Przy nazwie są wolne miejsca i początek.")
    attachment = CheckedFileField(
        label="Plik", kind=REFERRAL_FILE, required=False, help_text="PDF, zdjęcie albo dokument, do 10 MB."
    )
    attachment_label = TextField(
        label="Co to jest", max_length=80, required=False, help_text="Na przykład: wywiad środowiskowy."
    )

    def __init__(
        self, *args: Any, units: Iterable[tuple[str, str]], source: str, lenient: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        # One list whatever their number, so that the page does not change its shape from day to day.
        self.fields["unit"] = ChoiceField(
            label="Jednostka",
            choices=list(units),
            help_text="Przy nazwie są wolne miejsca i najbliższy początek.",
        )
        self.centres = (
            {str(one.pk): one for one in accounts_near(CENTRES, current_scope().organisation_id)}
            if source == enums.ReferralSource.PUP
            else {}
        )
        self.fields["ops"] = ChoiceField(
            label="Konto OPS w programie",
            choices=[(key, f"{one.name} ({one.town})") for key, one in self.centres.items()],
            required=False,
            none="nie ma go na liście",
            help_text="Wybrany ośrodek dostanie zawiadomienie od razu na swój pulpit.",
        )
        self.order_fields([name for names in SECTIONS.values() for name in names])
        if source != enums.ReferralSource.PUP:
            del self.fields["ops_notified_on"], self.fields["ops"], self.fields["ops_name"]
        if lenient:
            for name, field in self.fields.items():
                field.required = name == "unit"
        self.lenient = lenient

    def sections(self) -> list[tuple[str, str, list[Any]]]:
        """Heading, its id and the fields under it, as the page draws them."""
        found = []
        for at, (title, names) in enumerate(SECTIONS.items(), 1):
            bound = [self[name] for name in names if name in self.fields]
            if bound:
                found.append((title, f"czesc-{at}", bound))
        return found

    def clean_gmina(self) -> str:
        try:
            return teryt.resolve(self.cleaned_data["gmina"])
        except InputError as error:
            raise ValidationError(error.message, code="unreadable") from error

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        for name, value in values.items():
            # Columns of text hold no NULL.
            if value is None and name not in {"birth_date", "ops_notified_on", "attachment"}:
                values[name] = ""
        if "ops" in self.fields:
            self._told(values)
        if not {"pesel", "no_pesel", "birth_date", "document_kind", "sex"} & set(self.errors):
            self._identity(values)
        return values

    def _told(self, values: dict[str, Any]) -> None:
        """An account says the name itself; without one it is typed."""
        if values.get("ops"):
            values["ops_name"] = self.centres[values["ops"]].name
        elif not self.lenient and not values.get("ops_name") and "ops_name" not in self.errors:
            self.add_error("ops_name", "Wybierz OPS z listy albo wpisz, który to.")

    def _identity(self, values: Mapping[str, Any]) -> None:
        empty = not values.get("pesel") and not values.get("no_pesel")
        if self.lenient and empty:
            return
        told = Identity(
            pesel=values.get("pesel", ""),
            no_pesel=NoPesel(values["no_pesel"]) if values.get("no_pesel") else None,
            document_kind=DocumentKind(values["document_kind"]) if values.get("document_kind") else None,
            document_number=values.get("document_number", ""),
            birth_date=values.get("birth_date"),
            sex=Sex(values["sex"]) if values.get("sex") else None,
        )
        for field, sentence in identity_problems(told, today=clock.today(), false_series=settings.DEMO):
            if not self.lenient or values.get(field):
                self.add_error(field, sentence)


class OpinionForm(Form):
    """The social worker's opinion after the interview at home (art. 12 ust. 2)."""

    visited_on = PolishDateField(label="Wywiad środowiskowy", latest=clock.today)
    recommendation = ChoiceField(label="Wniosek", choices=enums.Recommendation.choices)
    text = LongTextField(
        label="Opinia", max_length=6000, help_text="Co osoba umie, co jej pomoże, na co zwrócić uwagę."
    )
    author_name = TextField(label="Imię i nazwisko pracownika socjalnego", max_length=160, width="m")


class MessageForm(Form):
    text = LongTextField(label="Wiadomość", max_length=2000)


class WithdrawForm(Form):
    reason = ChoiceField(label="Powód", choices=enums.WithdrawalReason.choices)
    text = LongTextField(label="Co jednostka powinna wiedzieć", max_length=2000, required=False)


class AttachForm(Form):
    attachment = CheckedFileField(
        label="Plik", kind=REFERRAL_FILE, help_text="PDF, zdjęcie albo dokument, do 10 MB."
    )
    attachment_label = TextField(
        label="Co to jest", max_length=80, help_text="Na przykład: wywiad środowiskowy.", width="m"
    )


class AnswerForm(Form):
    """The head of a welfare centre agrees to a programme, or says what to change (art. 12 ust. 4)."""

    agreed = ChoiceField(
        label="Odpowiedź", choices=[("yes", "Uzgadniam program"), ("no", "Mam uwagi")], width="m"
    )
    remarks = LongTextField(label="Co zmienić", max_length=4000, required=False)
    name = TextField(label="Imię i nazwisko osoby, która odpowiada", max_length=160, width="m")
