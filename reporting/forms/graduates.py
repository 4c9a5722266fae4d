"""Forms of certificates and outcomes."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import Q, QuerySet

from participants.queries.people.names import find
from reintegration.core import clock
from reintegration.core.form_fields import ChoiceField, MultiField, TextField, YesNoField
from reintegration.core.forms import Form
from reintegration.core.lists import FilterForm
from reporting.enums import OWN_MISSING, CertificateKind, CertificateState, SocialChange, WorkForm
from reporting.queries.graduates import only

STATES = (
    ("", "wszyscy, którzy zakończyli udział"),
    ("to_issue", "bez zaświadczenia"),
    ("graduates", "absolwenci dziś"),
    ("talk", "rozmowa po pół roku do zrobienia"),
    ("no_outcome", "bez zapisanych efektów"),
)


class GraduateFilter(FilterForm):
    nazwisko = TextField(label="Nazwisko", width="m", max_length=80)
    stan = ChoiceField(label="Kogo pokazać", choices=STATES, widget=forms.Select)

    def narrow(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        typed = self.cleaned_data
        if typed["nazwisko"]:
            rows = rows.filter(person__in=find(typed["nazwisko"]))
        return only(rows, typed["stan"], today=clock.today()) if typed["stan"] else rows


class CertificateFilter(FilterForm):
    szukaj = TextField(label="Numer albo nazwisko", width="m", max_length=80)
    rodzaj = ChoiceField(
        label="Rodzaj", choices=[("", "każdy"), *CertificateKind.choices], widget=forms.Select
    )
    stan = ChoiceField(label="Stan", choices=[("", "każdy"), *CertificateState.choices], widget=forms.Select)

    def narrow(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        typed = self.cleaned_data
        if typed["szukaj"]:
            text = typed["szukaj"]
            rows = rows.filter(Q(number__istartswith=text) | Q(person__in=find(text)))
        for name, column in (("rodzaj", "kind"), ("stan", "state")):
            if typed[name]:
                rows = rows.filter(**{column: typed[name]})
        return rows


class ReasonForm(Form):
    reason = TextField(label="Dlaczego", max_length=300, width="l")

    def __init__(self, *args: Any, hint: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = hint


SAID = "said"


class OutcomeForm(Form):
    """The person speaks first; what the unit says stands beside it and may differ."""

    own = ChoiceField(
        label="Ocena uczestnika",
        choices=[
            (SAID, "jest, zaznaczona niżej"),
            *((one.value, one.label) for one in OWN_MISSING),
        ],
    )
    own_changes = MultiField(
        label="Co się zmieniło zdaniem uczestnika",
        choices=SocialChange.choices,
        required=False,
        help_text="Zaznacz to, co ta osoba mówi o sobie. Nic, gdy jej zdaniem nic się nie zmieniło.",
    )
    changes = MultiField(
        label="Co się zmieniło zdaniem jednostki",
        choices=SocialChange.choices,
        required=False,
        help_text="Oceny mogą się różnić: zostają obie. Efekt społeczny to choć jedna zmiana tutaj.",
    )
    work = ChoiceField(label="Na czym polega praca", choices=[], required=False)
    independent = YesNoField(
        label="Czy utrzymuje się bez pomocy społecznej?", unknown="nie wiadomo", required=False
    )

    def __init__(self, *args: Any, forms_of_work: Sequence[WorkForm] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if forms_of_work:
            self.fields["work"].choices = [(one.value, one.label) for one in forms_of_work]  # type: ignore[attr-defined]
        else:
            del self.fields["work"]

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        own = typed.pop("own", "")
        typed["own_missing"] = "" if own == SAID else own
        if own and own != SAID:
            if typed.get("own_changes"):
                self.add_error("own_changes", "Zaznaczono zmiany, a wyżej, że oceny nie ma. Popraw jedno.")
            typed["own_changes"] = None
        return typed
