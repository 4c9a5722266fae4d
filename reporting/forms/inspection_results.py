"""Forms of what follows an inspection: the protocol, objections, recommendations and answers."""

from typing import Any

from reintegration.core import clock
from reintegration.core.form_fields import ChoiceField, LongTextField, PolishDateField, WholeNumberField
from reintegration.core.forms import Form
from reintegration.documents.form_fields import CheckedFileField
from reporting.enums import ObjectionsResult
from reporting.forms.inspections import NO_NAMES
from reporting.forms.sides import WordsOfUnitForm
from reporting.rules import inspection_results as rules
from reporting.rules import inspections as terms
from reporting.services.inspection_results import ANSWER_FILE, OBJECTIONS_FILE
from reporting.transitions import OfRecommendation

READ_BY_UNIT = "Przeczyta to jednostka."
CHECKS = (
    (OfRecommendation.DONE.value, "wykonane"),
    (OfRecommendation.AGAIN.value, "nowy termin"),
    (OfRecommendation.NOT_DONE.value, "niewykonane"),
)


class HandForm(Form):
    findings = LongTextField(
        label="Ustalenia",
        max_length=10_000,
        help_text=f"Uchybienia z punktów i akt program dopisze sam. {NO_NAMES}",
    )
    objection_days = WholeNumberField(
        label="Ile dni roboczych na zastrzeżenia",
        least=terms.OBJECTION_DAYS,
        most=terms.MOST_OBJECTION_DAYS,
        help_text=f"Od dnia odbioru protokołu, co najmniej {terms.OBJECTION_DAYS}.",
    )


class ReceivedForm(Form):
    received_on = PolishDateField(
        label="Kiedy odebrano protokół",
        latest=clock.today,
        help_text="Od tego dnia biegnie termin zastrzeżeń.",
    )


class ObjectionsForm(WordsOfUnitForm):
    day = "objected_on"
    words = LongTextField(
        label="Zastrzeżenia", max_length=8000, help_text="Napisz, z którym ustaleniem i dlaczego."
    )
    objected_on = PolishDateField(label="Kiedy przyszły zastrzeżenia", latest=clock.today)
    file = CheckedFileField(kind=OBJECTIONS_FILE, label="Załącznik", required=False)


class StandForm(Form):
    result = ChoiceField(label="Zastrzeżenia są", choices=ObjectionsResult.choices)
    words = LongTextField(label="Stanowisko", max_length=8000, help_text=READ_BY_UNIT)


class RecommendationForm(Form):
    words = LongTextField(
        label="Zalecenie", max_length=4000, help_text=f"Jedna rzecz do zrobienia. {NO_NAMES}"
    )
    due_on = PolishDateField(
        label="Wykonać do", help_text=f"Co najmniej {rules.LEAST_DAYS} dni od wydania zaleceń."
    )


class RecommendationAnswerForm(WordsOfUnitForm):
    day = "answered_on"
    words = LongTextField(label="Co zrobiono", max_length=4000)
    answered_on = PolishDateField(label="Kiedy odpowiedziano", latest=clock.today)
    file = CheckedFileField(kind=ANSWER_FILE, label="Załącznik", required=False)


class CheckForm(Form):
    step = ChoiceField(label="Zalecenie jest", choices=CHECKS)
    due_on = PolishDateField(
        label="Nowy termin", required=False, help_text="Tylko wtedy, gdy jednostka dostaje nowy termin."
    )
    words = LongTextField(
        label="Stanowisko urzędu",
        max_length=2000,
        required=False,
        help_text=f"Przy nowym terminie i przy niewykonanym potrzebne. {READ_BY_UNIT}",
    )

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or {}
        step = typed.get("step")
        if step == OfRecommendation.AGAIN and not typed.get("due_on") and "due_on" not in self.errors:
            self.add_error("due_on", "Wpisz nowy termin.")
        if step and step != OfRecommendation.DONE and not typed.get("words"):
            self.add_error("words", "Napisz, dlaczego. Przeczyta to jednostka.")
        return typed
