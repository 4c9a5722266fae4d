"""Forms of a person: adding one, and each section of what is known by itself."""

from typing import Any

from participants import enums
from participants.forms.people.fields import CountryField, GminaField
from participants.services.people import PersonRefused
from reintegration.core.errors import InputError
from reintegration.core.form_fields import (
    ChoiceField,
    EmailField,
    LongTextField,
    PeselField,
    PhoneField,
    PolishDateField,
    PostcodeField,
    TextField,
    TickField,
    WholeNumberField,
)
from reintegration.core.forms import Form

MOST_MONTHS = 720


class PersonForm(Form):
    """A part of a person. What does not fit together comes back at every field it concerns."""

    def refuse(self, error: InputError) -> None:
        for problem in getattr(error, "problems", ()):
            self.add_error(problem.field if problem.field in self.fields else None, problem.sentence)
        if not isinstance(error, PersonRefused):
            super().refuse(error)

    def values(self) -> dict[str, Any]:
        """The columns as they are stored: an empty answer is an empty text, a number stays unknown."""
        numbers = {
            name
            for name, field in self.fields.items()
            if isinstance(field, WholeNumberField | PolishDateField)
        }
        return {name: value if name in numbers else value or "" for name, value in self.cleaned_data.items()}


class IdentityForm(PersonForm):
    first_name = TextField(label="Imię", max_length=60, width="m")
    second_name = TextField(label="Drugie imię", max_length=60, width="m", required=False)
    last_name = TextField(label="Nazwisko", max_length=80, width="m")
    pesel = PeselField(label="PESEL", required=False)
    no_pesel = ChoiceField(
        label="Dlaczego bez numeru PESEL",
        choices=enums.NoPesel.choices,
        required=False,
        none="numer jest znany",
    )
    document_kind = ChoiceField(
        label="Dokument zamiast numeru PESEL", choices=enums.DocumentKind.choices, required=False, none="brak"
    )
    document_number = TextField(label="Seria i numer dokumentu", max_length=40, width="s", required=False)
    birth_date = PolishDateField(
        label="Data urodzenia", required=False, help_text="Z numeru PESEL odczytamy ją sami."
    )
    sex = ChoiceField(label="Płeć", choices=enums.Sex.choices, required=False, none="z numeru PESEL")
    citizenship = CountryField(label="Obywatelstwo")
    language = ChoiceField(label="Język rozmowy", choices=enums.PersonLanguage.choices)


class IdentityEditForm(IdentityForm):
    """The numbers that are known stay covered: an empty answer leaves them as they are."""

    marital_status = ChoiceField(
        label="Stan cywilny", choices=enums.MaritalStatus.choices, required=False, none="nie wiadomo"
    )

    def __init__(self, *args: Any, known: dict[str, str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, covered in (known or {}).items():
            self.fields[name].help_text = f"Zapisany: {covered}. Zostaw puste, żeby go nie zmieniać."


class AddressForm(PersonForm):
    phone = PhoneField(label="Telefon", required=False)
    email = EmailField(label="Adres e-mail", required=False)
    contact_person = TextField(
        label="Osoba do kontaktu", max_length=160, required=False, help_text="Imię, telefon, kim jest."
    )
    street = TextField(label="Ulica i numer", max_length=120, required=False)
    postcode = PostcodeField(label="Kod pocztowy", required=False)
    town = TextField(label="Miejscowość", max_length=80, width="m", required=False)
    gmina = GminaField(label="Gmina", required=False)
    mail_address = TextField(
        label="Adres do listów", max_length=240, required=False, help_text="Jeśli jest inny niż powyżej."
    )


class PersonAddForm(IdentityForm, AddressForm):
    different = TickField(label="To ktoś inny. Dodaj tę osobę.", required=False)

    field_order = [
        *IdentityForm.base_fields,  # type: ignore[attr-defined]
        *AddressForm.base_fields,  # type: ignore[attr-defined]
    ]


class WorkForm(PersonForm):
    education = ChoiceField(
        label="Wykształcenie", choices=enums.Education.choices, required=False, none="nie wiadomo"
    )
    qualifications = LongTextField(
        label="Kwalifikacje i doświadczenie", required=False, help_text="Zawody, kursy, uprawnienia, co umie."
    )
    last_work = TextField(label="Ostatnia praca", max_length=200, required=False)
    months_without_work = WholeNumberField(label="Miesiące bez pracy", most=MOST_MONTHS, required=False)


class HouseholdForm(PersonForm):
    household_size = WholeNumberField(
        label="Osoby w gospodarstwie", least=1, most=40, required=False, help_text="Razem z tą osobą."
    )
    children = WholeNumberField(label="Dzieci na utrzymaniu", most=30, required=False)
    household = LongTextField(label="Sytuacja rodzinna i opieka", required=False)
    distance_km = WholeNumberField(
        label="Odległość do jednostki", most=500, required=False, help_text="W kilometrach."
    )


class CheckForm(PersonForm):
    """What of a new person is compared while somebody types; what cannot be read yet is left out."""

    first_name = TextField(label="Imię", max_length=60, required=False)
    last_name = TextField(label="Nazwisko", max_length=80, required=False)
    pesel = PeselField(label="PESEL", required=False)
    birth_date = PolishDateField(label="Data urodzenia", required=False)
    phone = PhoneField(label="Telefon", required=False)
    different = TickField(label="To ktoś inny. Dodaj tę osobę.", required=False)
