"""Forms of notices, applications and letters."""

from typing import Any

from django.db.models import QuerySet
from django.forms import Select

from reintegration.core import clock
from reintegration.core.form_fields import (
    ChoiceField,
    EmailField,
    LongTextField,
    PhoneField,
    PolishDateField,
    TextField,
    TickField,
    WholeNumberField,
    YesNoField,
)
from reintegration.core.forms import Form
from reintegration.core.lists import FilterForm
from reintegration.core.text import search_key
from reintegration.documents.form_fields import CheckedFileField
from reintegration.tenancy.enums import UnitType
from reporting.enums import LetterKind, NoticeKind, ProcedureState
from reporting.forms.registers import PUBLIC, DataForm
from reporting.forms.sides import WordsOfUnitForm
from reporting.queries import procedures as queries
from reporting.rules import procedures as rules
from reporting.services.proceedings import ATTACHMENT
from reporting.services.supervision import ANSWER_FILE

MOST_ZLOTY = 999_999_999
STATES = (
    ("", "w toku"),
    ("all", "wszystkie"),
    *((one.value, one.label) for one in ProcedureState if one is not ProcedureState.DRAFT),
)
OPEN = (ProcedureState.SENT, ProcedureState.TO_COMPLETE)


class NoticeForm(DataForm):
    """The form of a club (R2012): the data of the register, and besides them what no register publishes."""

    since = PolishDateField(label="Od kiedy są te dane")
    founder_phone = PhoneField(
        label="Kto prowadzi: telefon",
        required=False,
        help_text="Formularz wymaga telefonu albo adresu e-mail. Widzi je tylko urząd.",
    )
    founder_email = EmailField(
        label="Kto prowadzi: adres e-mail", required=False, help_text="Widzi go tylko urząd."
    )
    manager_name = TextField(
        label="Imię i nazwisko kierownika Klubu",
        max_length=120,
        help_text="Widzi je tylko urząd. Do rejestru publicznego nie trafia.",
    )

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, unit_type=UnitType.KIS, **kwargs)
        for name in ("created_on", "starts_on"):
            self.fields[name].required = True
        if kind == NoticeKind.ENTRY:
            del self.fields["since"]
            return
        self.order_fields(["since"])
        if kind == NoticeKind.CLOSING:
            # The register says all the rest.
            for name in [name for name in self.fields if name != "since"]:
                del self.fields[name]
            self.fields["since"].label = "Dzień zaprzestania prowadzenia"
            self.fields["since"].help_text = "Zgłasza się to w ciągu 30 dni od tego dnia. (art. 18a ust. 4)"


class AttachForm(Form):
    label = TextField(
        label="Co to jest", max_length=80, help_text="Na przykład kopia aktu o utworzeniu Klubu."
    )
    file = CheckedFileField(kind=ATTACHMENT, label="Plik")


class StartForm(Form):
    local = YesNoField(
        label="Czy Centrum tworzy jednostka samorządu terytorialnego?",
        help_text="Wtedy wniosek ma też akt powołania Centrum. (pkt 15)",
    )
    powiat = YesNoField(
        label="Czy wniosek składa powiat?", help_text="Wtedy nie trzeba opinii starosty. (pkt 14)"
    )


class PointForm(DataForm):
    """One point of art. 4 ust. 2: data of the register, words with numbers, or a paper."""

    def __init__(self, *args: Any, point: rules.Point, attached: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, unit_type=UnitType.CIS, **kwargs)
        for name in [name for name in self.fields if name not in point.fields]:
            del self.fields[name]
        for name in point.fields:
            self.fields[name].required = name in rules.NEEDED
        for number in point.numbers:
            self.fields[number.key] = WholeNumberField(label=number.label, most=MOST_ZLOTY)
        if point.way is rules.Way.WORDS:
            self.fields["words"] = LongTextField(label="Opis", max_length=8000, required=point.needs_words)
        if point.way is rules.Way.PAPER:
            self.fields["label"] = TextField(label="Co to jest", max_length=80)
            self.fields["file"] = CheckedFileField(kind=ATTACHMENT, label="Plik")

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or {}
        contacts = [name for name in self.fields if name in rules.CONTACTS]
        if contacts and not any(typed.get(name) or name in self.errors for name in contacts):
            self.add_error("phone", "Wpisz telefon albo adres e-mail. (art. 4 ust. 2 pkt 2a)")
        return typed


class CallForm(Form):
    words = LongTextField(label="Czego brakuje", max_length=4000)
    days = WholeNumberField(
        label="Ile dni na uzupełnienie",
        least=rules.COMPLETION_DAYS,
        most=rules.MOST_DAYS,
        help_text="Od dnia odbioru wezwania, co najmniej 7. (art. 64 § 2 KPA)",
    )


class CallReceivedForm(Form):
    received_on = PolishDateField(
        label="Kiedy odebrano wezwanie", latest=clock.today, help_text="Od tego dnia biegnie termin."
    )


class TakeClosingForm(Form):
    since = PolishDateField(label="Wykreślić od", latest=clock.today)
    number = TextField(label="Numer pisma", max_length=60, width="m", required=False)
    decided_on = PolishDateField(label="Z dnia", latest=clock.today)


class GrantForm(Form):
    number = TextField(label="Numer w rejestrze", max_length=40, width="s", help_text=PUBLIC)
    decision = TextField(label="Numer decyzji", max_length=60, width="m")
    decided_on = PolishDateField(label="Decyzja z dnia", latest=clock.today)
    since = PolishDateField(label="Status od", help_text=f"Na 5 lat od tego dnia. (art. 5 ust. 2) {PUBLIC}")


class ProlongForm(Form):
    decision = TextField(label="Numer decyzji", max_length=60, width="m")
    decided_on = PolishDateField(label="Decyzja z dnia", latest=clock.today)
    reports_seen = TickField(label="Wzięto pod uwagę sprawozdania z 3 ostatnich lat")


class RefuseForm(Form):
    decision = TextField(label="Numer decyzji", max_length=60, width="m")
    decided_on = PolishDateField(label="Decyzja z dnia", latest=clock.today)
    words = LongTextField(
        label="Uzasadnienie",
        max_length=4000,
        help_text="Trafi do decyzji, którą jednostka pobierze w programie.",
    )


class LetterForm(Form):
    kind = ChoiceField(label="Rodzaj pisma", choices=LetterKind.choices)
    number = TextField(label="Znak sprawy", max_length=60, width="m")
    days = WholeNumberField(
        label="Termin odpowiedzi w dniach",
        least=rules.EXPLANATION_DAYS,
        most=rules.MOST_DAYS,
        help_text="Od dnia otrzymania pisma: wyjaśnienia co najmniej 14, usunięcie nieprawidłowości 30.",
    )
    words = LongTextField(
        label="Treść", max_length=6000, help_text="Czego dotyczą wyjaśnienia albo co usunąć."
    )


class ReceivedForm(Form):
    received_on = PolishDateField(
        label="Kiedy otrzymano pismo", latest=clock.today, help_text="Od tego dnia biegnie termin."
    )


class AnswerForm(WordsOfUnitForm):
    day = "answered_on"
    answered_on = PolishDateField(label="Odpowiedź z dnia", latest=clock.today)
    words = LongTextField(label="Odpowiedź", max_length=6000)
    file = CheckedFileField(kind=ANSWER_FILE, label="Załącznik", required=False)


class CloseForm(Form):
    heeded = YesNoField(
        label="Czy pismo odniosło skutek?",
        yes="tak, sprawa wyjaśniona albo usunięta",
        no="nie, termin minął bezskutecznie",
    )


class CaseFilter(FilterForm):
    szukaj = TextField(label="Jednostka", max_length=80, required=False, width="m")
    stan = ChoiceField(label="Stan", choices=(), required=False, widget=Select)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["stan"].choices = STATES  # type: ignore[attr-defined]

    def narrow(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        data = self.cleaned_data
        if words := search_key(data["szukaj"] or ""):
            rows = rows.filter(unit__organisation__search__contains=words)
        if data["stan"] == "all":
            return rows
        return rows.filter(state=data["stan"]) if data["stan"] else rows.filter(state__in=OPEN)


class LetterFilter(FilterForm):
    stan = ChoiceField(
        label="Które pisma",
        choices=[
            ("", "niezakończone"),
            ("late", "po terminie"),
            ("closed", "zakończone"),
            ("all", "wszystkie"),
        ],
        required=False,
        widget=Select,
    )

    def narrow(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        asked = self.cleaned_data["stan"]
        if asked == "all":
            return rows
        if asked == "late":
            return rows.filter(queries.overdue(clock.today()))
        return rows.filter(state="closed") if asked == "closed" else rows.exclude(state="closed")
