"""Forms of health insurance: what covers a person, what the OPS did, and the filters of both lists."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet

from benefits.enums import HealthKind
from benefits.queries import health as queries
from reintegration.core import clock
from reintegration.core.form_fields import ChoiceField, PolishDateField, TextField
from reintegration.core.forms import Form
from reintegration.core.lists import FilterForm
from reintegration.core.text import search_key


class TitleForm(Form):
    kind = ChoiceField(label="Co ubezpiecza osobę", choices=HealthKind.choices)
    since = PolishDateField(
        label="Od",
        help_text="Przy decyzji dzień z decyzji. Przy „bez ubezpieczenia” dzień, w którym to ustalono.",
    )
    until = PolishDateField(
        label="Do",
        required=False,
        help_text="Puste, jeśli trwa. Po własnym tytule leczenie należy się jeszcze przez 30 dni: program"
        " doliczy je sam. (art. 67 ust. 4)",
    )
    note = TextField(
        label="Uwagi",
        required=False,
        max_length=300,
        help_text="Na przykład numer decyzji albo u kogo jest zgłoszona. Bez danych o zdrowiu.",
    )


class DoneForm(Form):
    registered_on = PolishDateField(label="Zgłoszono", required=False, latest=clock.today)
    deregistered_on = PolishDateField(label="Wyrejestrowano", required=False, latest=clock.today)


class UnitFilter(FilterForm):
    """Whom, by name or number, and what asks for attention."""

    STATES = (
        ("luka", "luka teraz albo w 14 dni"),
        ("ops", "do przekazania OPS albo zgłoszenia"),
        ("nieustalone", "nie ustalono ubezpieczenia"),
        ("pozniej", "luka później"),
        ("bez-luki", "bez luki"),
    )

    nazwisko = TextField(label="Nazwisko albo numer", width="m", max_length=80)
    stan = ChoiceField(label="Co", choices=[("", "wszyscy"), *STATES], widget=forms.Select)

    def __init__(self, *args: Any, states: dict[str, list[Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.states = states

    def narrow(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        key = search_key(self.cleaned_data["nazwisko"])
        if key:
            rows = rows.filter(
                Q(person__search_last__prefix=key)
                | Q(person__search_first__prefix=key)
                | Q(number=self.cleaned_data["nazwisko"].upper())
            )
        chosen = self.cleaned_data["stan"]
        return rows.filter(pk__in=self.states.get(chosen, [])) if chosen else rows


class BodyFilter(FilterForm):
    nazwisko = TextField(label="Imię albo nazwisko", width="m", max_length=80)
    stan = ChoiceField(
        label="Co", choices=[("", "wszyscy"), ("czeka", "czekają na Was")], widget=forms.Select
    )

    def narrow(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        name = self.cleaned_data["nazwisko"].strip()
        if name:
            rows = rows.filter(person_name__icontains=name)
        return queries.waiting_for_body(rows, clock.today()) if self.cleaned_data["stan"] else rows
