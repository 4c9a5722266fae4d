"""Forms of files: opening, periods, end, team, agreement, and the filters of the list."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Q, QuerySet

from participants.enums import Destination, EndReason, Group, Stage
from participants.models import Period
from participants.queries.participations import list as list_queries
from participants.queries.participations.stage import end_label
from participants.rules.codes import UnitType
from reintegration.core import clock
from reintegration.core.form_fields import (
    ChoiceField,
    LongTextField,
    MultiField,
    PolishDateField,
    TextField,
    WholeNumberField,
    YesNoField,
)
from reintegration.core.forms import Form
from reintegration.core.lists import FilterForm
from reintegration.core.text import search_key


def of_people(people: Iterable[Any]) -> list[tuple[str, str]]:
    return [(str(person.pk), person.get_full_name()) for person in people]


class PersonChoice(ChoiceField):
    """One of the colleagues; gives their key."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("coerce", UUID)
        kwargs.setdefault("empty_value", None)
        super().__init__(choices=[], widget=forms.Select, **kwargs)

    def offer(self, people: Iterable[Any], *, none: str = "Wybierz z listy") -> None:
        self.choices = [("", none), *of_people(people)]


class OpenForm(Form):
    opened_on = PolishDateField(label="Od kiedy", latest=clock.today)
    case_manager = PersonChoice(label="Opiekun", required=False)

    def __init__(self, *args: Any, leaders: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["case_manager"].offer(leaders, none="na razie nikt")


class CaseManagerForm(Form):
    case_manager = PersonChoice(label="Opiekun", required=False)

    def __init__(self, *args: Any, leaders: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["case_manager"].offer(leaders, none="na razie nikt")


class TeamForm(Form):
    user = PersonChoice(label="Kto")
    task = TextField(label="W jakiej roli", max_length=80, width="m", help_text="Na przykład psycholog.")
    since = PolishDateField(label="Od")

    def __init__(self, *args: Any, people: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].offer(people)


class TeamEndForm(Form):
    until = PolishDateField(label="Ostatni dzień")


class TrialForm(Form):
    since = PolishDateField(label="Pierwszy dzień", help_text="Koniec program policzy sam: 1 miesiąc.")


class PeriodsForm(Form):
    """Both ends of each period that the file has, in order."""

    NAMES = {"trial": "Okres próbny", "main": "Okres uczestnictwa", "extension": "Przedłużenie"}

    def __init__(self, *args: Any, periods: Sequence[Period], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.periods = periods
        for at, row in enumerate(periods):
            name = self.NAMES[row.kind]
            self.fields[f"since_{at}"] = PolishDateField(label=f"{name}: od", help_text="")
            self.fields[f"until_{at}"] = PolishDateField(label=f"{name}: do", help_text="")

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        for at in range(len(self.periods)):
            since, until = typed.get(f"since_{at}"), typed.get(f"until_{at}")
            if since and until and until < since:
                self.add_error(f"until_{at}", "Koniec nie może być wcześniejszy niż początek.")
        return typed

    def spans(self) -> list[tuple[str, date, date]]:
        typed = self.cleaned_data
        return [(row.kind, typed[f"since_{at}"], typed[f"until_{at}"]) for at, row in enumerate(self.periods)]


class EndForm(Form):
    ended_on = PolishDateField(label="Ostatni dzień", latest=clock.today)
    end_reason = ChoiceField(label="Powód", choices=EndReason.choices)
    destination = ChoiceField(
        label="Dokąd", choices=Destination.choices, required=False, help_text="Co osoba robi po odejściu."
    )
    note = LongTextField(label="Uwagi", max_length=2000, required=False)

    def __init__(self, *args: Any, unit_type: UnitType, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        left_out = {EndReason.TRIAL_FAILED.value} if unit_type is UnitType.KIS else set()
        codes = [code for code in EndReason.values if code not in left_out]
        offered = [(code, end_label(code, unit_type)) for code in codes]
        self.fields["end_reason"].choices = [("", "Wybierz z listy"), *offered]


class ReopenForm(Form):
    reason = LongTextField(label="Dlaczego otwierasz sprawę ponownie?", max_length=600)


class CertificateForm(Form):
    day = PolishDateField(
        label="Dzień wydania zaświadczenia",
        required=False,
        latest=clock.today,
        help_text="Zostaw puste, jeśli zaświadczenia nie wydano.",
    )


class RecordForm(Form):
    """An answer that came on paper."""

    agreed = YesNoField(label="Odpowiedź", yes="uzgodniono", no="są uwagi")
    name = TextField(label="Kto odpowiedział", max_length=160, width="m")
    answered_on = PolishDateField(label="Dzień odpowiedzi", latest=clock.today)
    remarks = LongTextField(label="Uwagi", required=False)


class AnswerForm(Form):
    """The answer of the head of the welfare centre."""

    agreed = YesNoField(label="Czy uzgadniasz ten program?", yes="uzgadniam", no="mam uwagi")
    remarks = LongTextField(
        label="Uwagi", required=False, help_text="Co zmienić. Jednostka poprawi program i wyśle go ponownie."
    )


class HandOverForm(Form):
    to = PersonChoice(label="Kto przejmuje")
    files = MultiField(label="Sprawy", choices=[])

    def __init__(self, *args: Any, files: Sequence[Any], leaders: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].offer(leaders)
        self.fields["files"].choices = [(str(file.pk), f"{file.person}, {file.number}") for file in files]


class IntakeSettingsForm(Form):
    opinion_days = WholeNumberField(label="Dni na opinię pracownika socjalnego", least=1, most=365)
    study_days = WholeNumberField(label="Dni na rozpatrzenie skierowania", least=1, most=365)
    agreement_days = WholeNumberField(label="Dni na uzgodnienie programu", least=1, most=365)
    contact_days = WholeNumberField(label="Po ilu dniach bez kontaktu przypomnieć", least=1, most=365)
    keep_years = WholeNumberField(
        label="Ile lat przechowywać akta",
        least=10,
        most=50,
        help_text="Od końca roku, w którym zakończono usługi. Najmniej 10. (art. 8b ust. 5)",
    )
    area = TextField(
        label="Obszar",
        required=False,
        max_length=400,
        help_text=(
            "Kody TERYT powiatów (4 cyfry) lub gmin (7 cyfr), po przecinku. Puste oznacza całe województwo."
        ),
    )

    def clean_area(self) -> list[str]:
        codes = self.cleaned_data["area"].replace(";", ",").replace(" ", ",").split(",")
        found = list(dict.fromkeys(code for code in codes if code))
        for code in found:
            if not (code.isascii() and code.isdigit() and len(code) in {2, 4, 7}):
                raise forms.ValidationError(f"„{code}” nie jest kodem TERYT. Powiat ma 4 cyfry, gmina 7.")
        return found


# The list


@dataclass(frozen=True, slots=True)
class ListFilter:
    """A filter that another room adds to the list, in the slot "participants.list_filters"."""

    name: str
    field: forms.Field
    narrow: Callable[[QuerySet[Any], Any], QuerySet[Any]]


@dataclass(frozen=True, slots=True)
class Asked:
    """What the filters of one request need to know."""

    user_id: UUID
    leaders: Sequence[Any]
    missing: Sequence[tuple[str, Q]]
    days: int
    groups: bool
    requests: bool
    more: Sequence[ListFilter]


class ListForm(FilterForm):
    nazwisko = TextField(label="Nazwisko albo numer", width="m", max_length=80)
    etap = ChoiceField(label="Etap", choices=[], widget=forms.Select)
    opiekun = ChoiceField(label="Opiekun", choices=[], widget=forms.Select)
    braki = ChoiceField(label="Braki", choices=[], widget=forms.Select)
    uwaga = ChoiceField(label="Uwaga", choices=[], widget=forms.Select)
    grupa = ChoiceField(label="Grupa z art. 1", choices=[], widget=forms.Select)

    def __init__(self, *args: Any, asked: Asked, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = asked
        stages = [(stage.value, stage.label) for stage in Stage]
        self._offer("etap", "w opiece", [*stages, ("wszystkie", "wszystkie")])
        people = of_people(asked.leaders)
        self._offer("opiekun", "wszyscy", [("moi", "moi"), ("nikt", "bez opiekuna"), *people])
        papers = [(str(at), label) for at, (label, _) in enumerate(asked.missing)]
        self._offer("braki", "nieważne", [("jakieś", "czegoś brakuje"), *papers])
        self._offer(
            "uwaga",
            "nieważne",
            [
                ("kontakt", f"bez kontaktu od {asked.days} dni"),
                ("uzgodnienie", "uzgodnienie po terminie"),
                *([("prosba", "z otwartą prośbą do partnera")] if asked.requests else []),
            ],
        )
        if asked.groups:
            self._offer("grupa", "wszystkie", [(group.value, group.label) for group in Group])
        else:
            del self.fields["grupa"]
        for one in asked.more:
            self.fields[one.name] = one.field

    def _offer(self, name: str, none: str, choices: Sequence[tuple[str, str]]) -> None:
        self.fields[name].choices = [("", none), *choices]

    def narrow(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        typed, today = self.cleaned_data, clock.today()
        rows = self._by_stage(self._by_name(rows, typed["nazwisko"]), typed["etap"])
        rows = self._by_leader(rows, typed["opiekun"])
        rows = self._by_papers(rows, typed["braki"])
        if typed["uwaga"] == "kontakt":
            rows = list_queries.without_contact(rows, today=today, days=self.asked.days)
        if typed["uwaga"] == "uzgodnienie":
            rows = list_queries.agreement_late(rows, today=today)
        if typed["uwaga"] == "prosba":
            rows = list_queries.with_open_request(rows)
        if typed.get("grupa"):
            rows = list_queries.of_group(rows, Group(typed["grupa"]), today=today)
        for one in self.asked.more:
            if typed.get(one.name):
                rows = one.narrow(rows, typed[one.name])
        return rows

    @staticmethod
    def _by_name(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
        key = search_key(text)
        if not key:
            return rows
        return rows.filter(
            Q(person__search_last__prefix=key) | Q(person__search_first__prefix=key) | Q(number=text.upper())
        )

    @staticmethod
    def _by_stage(rows: QuerySet[Any], stage: str) -> QuerySet[Any]:
        if stage == "wszystkie":
            return rows
        return rows.filter(stage=stage) if stage else rows

    def _by_leader(self, rows: QuerySet[Any], who: str) -> QuerySet[Any]:
        if who == "moi":
            return rows.filter(case_manager=self.asked.user_id)
        if who == "nikt":
            return rows.filter(case_manager__isnull=True)
        return rows.filter(case_manager=who) if who else rows

    def _by_papers(self, rows: QuerySet[Any], what: str) -> QuerySet[Any]:
        if what == "jakieś":
            found = Q(pk__in=[])
            for _, missing in self.asked.missing:
                found |= missing
            return rows.filter(found)
        return rows.filter(self.asked.missing[int(what)][1]) if what else rows
