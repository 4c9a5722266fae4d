"""Forms of the registers: who is entered, what is decided, and what a list is narrowed by."""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.forms import Select

from reintegration.core import clock
from reintegration.core.dates import add_months
from reintegration.core.form_fields import (
    ChoiceField,
    EmailField,
    LongTextField,
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
from reintegration.tenancy.enums import FounderKind, UnitType
from reporting.enums import (
    REASONS_OF_DELETION,
    REASONS_OF_LOSS,
    AppealKind,
    AppealState,
    FounderForm,
    Standing,
)
from reporting.queries import registers as queries
from reporting.transitions import APPEALS

PUBLIC = "Widoczne publicznie w rejestrze."
# Of all that is published, where somebody may have written what they would tell an office alone.
_LOOKED_AT = ("street", "service_places", "phone", "email", "activity", "founder_street")
WITHIN = (("3", "w 3 miesiące"), ("6", "w 6 miesięcy"), ("12", "w 12 miesięcy"))


class RegisterFilter(FilterForm):
    szukaj = TextField(label="Szukaj", max_length=80, required=False, width="m")
    powiat = ChoiceField(label="Powiat", choices=(), required=False, widget=Select)
    stan = ChoiceField(
        label="Stan", choices=[("", "każdy"), *Standing.choices], required=False, widget=Select
    )
    do = ChoiceField(
        label="Status kończy się", choices=[("", "kiedykolwiek"), *WITHIN], required=False, widget=Select
    )
    dzien = PolishDateField(
        label="Stan na dzień", required=False, help_text="Puste to dziś. Na przykład 31.12.2025."
    )

    def __init__(self, *args: Any, unit_type: UnitType, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = queries.powiats(unit_type)
        self.fields["powiat"].choices = [("", "każdy"), *((one, one) for one in found)]  # type: ignore[attr-defined]
        if unit_type is UnitType.KIS:
            del self.fields["do"]

    def narrow(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        data = self.cleaned_data
        if words := search_key(data["szukaj"] or ""):
            rows = rows.filter(search__contains=words)
        if data["powiat"]:
            rows = rows.filter(powiat=data["powiat"])
        if data["stan"]:
            rows = rows.filter(standing=data["stan"])
        if data.get("do"):
            day = data["dzien"] or clock.today()
            last = add_months(day, int(data["do"]))
            rows = rows.filter(standing=Standing.ACTIVE, valid_until__lte=last)
        return rows


class DataForm(Form):
    """What the register says of a unit: art. 4 ust. 2 pkt 1–2a and 4, and the form of a KIS."""

    name = TextField(label="Nazwa", max_length=200)
    regon = RegonField(label="REGON", required=False)
    street = TextField(label="Ulica i numer", max_length=120)
    postcode = PostcodeField(label="Kod pocztowy")
    town = TextField(label="Miejscowość", max_length=80, width="m")
    gmina = TextField(label="Gmina", max_length=60, width="m", required=False)
    powiat = TextField(
        label="Powiat",
        max_length=60,
        width="m",
        required=False,
        help_text="Puste dopiszemy, gdy gmina o tej nazwie jest w województwie jedna.",
    )
    service_places = LongTextField(
        label="Miejsca realizacji usług",
        max_length=1000,
        required=False,
        help_text="Gdy są inne niż siedziba. (art. 3 ust. 1a)",
    )
    phone = PhoneField(label="Telefon", required=False)
    email = EmailField(label="Adres e-mail", required=False)
    created_on = PolishDateField(label="Dzień utworzenia", required=False)
    starts_on = PolishDateField(label="Rozpoczęcie działalności", required=False)
    activity = LongTextField(
        label="Rodzaj działalności wytwórczej, handlowej lub usługowej", max_length=1000, required=False
    )
    founder_name = TextField(label="Kto prowadzi: nazwa", max_length=200)
    founder_kind = ChoiceField(label="Kto prowadzi: rodzaj", choices=FounderKind.choices)
    founder_form = ChoiceField(
        label="Kto prowadzi: w jakiej formie",
        choices=FounderForm.choices,
        required=False,
        help_text="Tylko gdy prowadzi samorząd.",
    )
    founder_street = TextField(label="Kto prowadzi: ulica i numer", max_length=120, required=False)
    founder_postcode = PostcodeField(label="Kto prowadzi: kod pocztowy", required=False)
    founder_town = TextField(label="Kto prowadzi: miejscowość", max_length=80, width="m")
    founder_nip = NipField(label="Kto prowadzi: NIP", required=False)
    founder_regon = RegonField(label="Kto prowadzi: REGON", required=False)
    founder_krs = TextField(label="Kto prowadzi: KRS", max_length=10, width="s", required=False)

    def __init__(self, *args: Any, unit_type: UnitType, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["activity" if unit_type is UnitType.KIS else "created_on"]
        for name in _LOOKED_AT:
            if name in self.fields:
                self.fields[name].help_text = f"{PUBLIC} {self.fields[name].help_text}".strip()


class ChangeForm(DataForm):
    since = PolishDateField(
        label="Od którego dnia",
        latest=clock.today,
        help_text="Od tego dnia rejestr pokazuje nowe dane. Wcześniejsze zostają w historii.",
    )
    field_order = ["since"]


class EnterCisForm(DataForm):
    number = TextField(label="Numer w rejestrze", max_length=40, width="s", help_text=PUBLIC)
    decision = TextField(label="Numer decyzji", max_length=60, width="m")
    decided_on = PolishDateField(label="Decyzja z dnia", latest=clock.today)
    since = PolishDateField(label="Status od", help_text=f"Na 5 lat od tego dnia. (art. 5 ust. 2) {PUBLIC}")
    field_order = ["number", "decision", "decided_on", "since"]


class EnterKisForm(DataForm):
    number = TextField(label="Numer w rejestrze", max_length=40, width="s", help_text=PUBLIC)
    decided_on = PolishDateField(label="Dzień wpisu", latest=clock.today, help_text=PUBLIC)
    field_order = ["number", "decided_on"]


class ProlongForm(Form):
    number = TextField(label="Numer decyzji", max_length=60, width="m")
    decided_on = PolishDateField(label="Decyzja z dnia", latest=clock.today)


class EndForm(Form):
    reason = ChoiceField(label="Powód", choices=())
    number = TextField(label="Numer decyzji albo pisma", max_length=60, width="m", required=False)
    decided_on = PolishDateField(label="Z dnia", latest=clock.today)
    since = PolishDateField(label="Od kiedy", latest=clock.today)
    words = LongTextField(
        label="Uzasadnienie",
        max_length=2000,
        required=False,
        help_text="Zostaje w urzędzie. W rejestrze publicznym jest tylko dzień.",
    )

    def __init__(self, *args: Any, unit_type: UnitType, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reasons = REASONS_OF_LOSS if unit_type is UnitType.CIS else REASONS_OF_DELETION
        self.fields["reason"].choices = [(one.value, one.label) for one in reasons]  # type: ignore[attr-defined]


class AppealForm(Form):
    kind = ChoiceField(label="Co złożono", choices=AppealKind.choices)
    lodged_on = PolishDateField(
        label="Kiedy złożono", latest=clock.today, help_text="Dzień nadania albo wpływu do urzędu."
    )


class OutcomeForm(Form):
    outcome = ChoiceField(label="Wynik", choices=())
    number = TextField(label="Znak rozstrzygnięcia", max_length=60, width="m", required=False)
    decided_on = PolishDateField(label="Z dnia", latest=clock.today)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outcome"].choices = [  # type: ignore[attr-defined]
            (name.value, AppealState(APPEALS[name].to).label) for name in APPEALS
        ]


class NoteForm(Form):
    words = LongTextField(label="Notatka", max_length=2000, help_text="Czyta ją tylko urząd.")


class LinkForm(Form):
    unit = ObjectField(None, label="Jednostka w programie")

    def __init__(self, *args: Any, unit_type: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = queries.units_to_link(unit_type)  # type: ignore[attr-defined]


def shown_day(data: dict[str, Any]) -> date:
    """The day of which a list is asked."""
    found: date | None = data.get("dzien")
    return found or clock.today()
