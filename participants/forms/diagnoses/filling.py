"""Starting, filling and finishing a diagnosis."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django import forms

from participants.diagnosis.answers import Answer, check
from participants.diagnosis.content import LONGEST_TEXT, Kind, Question, Section, Template
from participants.services.diagnoses.filling import LONGEST_SUMMARY
from reintegration.core import clock
from reintegration.core.form_fields import (
    ChoiceField,
    LongTextField,
    MultiField,
    PolishDateField,
    TextField,
    YesNoField,
)
from reintegration.core.formats import format_table_date
from reintegration.core.forms import Form

# The keys of questions are the unit's own; beside them stand the hidden fields of every form.
STEM = "a_"
NONE = ("", "bez odpowiedzi")


class StartForm(Form):
    survey = ChoiceField(label="Ankieta", choices=[], widget=forms.RadioSelect)
    held_on = PolishDateField(
        label="Kiedy rozmowa", latest=clock.today, error_messages={"required": "Wpisz dzień rozmowy."}
    )
    with_person = YesNoField(
        label="Wypełniacie ją razem z osobą?",
        help_text="Diagnoza wypełniona razem liczy się jako kontakt z osobą.",
    )

    def __init__(self, *args: Any, surveys: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["survey"].choices = surveys  # type: ignore[attr-defined]


class FinishForm(Form):
    summary = LongTextField(
        label="Podsumowanie",
        max_length=LONGEST_SUMMARY,
        required=False,
        width="full",
        help_text="Najważniejsze zasoby, potrzeby i to, od czego zaczynacie. Przeczytajcie je razem.",
        widget=forms.Textarea(attrs={"rows": 8}),
    )


class AnswersForm(Form):
    """The questions of one section; nobody has to answer, so no field is required here."""

    def __init__(self, *args: Any, template: Template, section: Section, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.part = replace(template, sections=(section,))
        for question in section.questions:
            self.fields[STEM + question.key] = field_of(section, question)

    def clean(self) -> dict[str, Any]:
        typed = self.typed()
        found = check(self.part, typed, today=clock.today(), complete=False)
        for key, sentence in found.errors.items():
            self.add_error(STEM + key, sentence)
        return self.cleaned_data

    def typed(self) -> dict[str, object]:
        """What was typed, by the keys of the questions; the service reads it once more."""
        return {
            name.removeprefix(STEM): value
            for name, value in self.cleaned_data.items()
            if value not in ("", [])
        }


def field_of(section: Section, question: Question) -> forms.Field:
    common: dict[str, Any] = {"label": question.text, "help_text": question.hint, "required": False}
    return FIELDS[question.kind](section, question, common)


def _scale(section: Section, question: Question, common: dict[str, Any]) -> forms.Field:
    places = [(str(place), words) for place, words in enumerate(section.scale)]
    return ChoiceField(choices=places, widget=forms.RadioSelect, none=NONE[1], **common)


def _one(section: Section, question: Question, common: dict[str, Any]) -> forms.Field:
    offered = [(option.key, option.text) for option in question.options]
    return ChoiceField(choices=offered, none=NONE[1], **common)


def _yes_no(section: Section, question: Question, common: dict[str, Any]) -> forms.Field:
    return ChoiceField(choices=[("tak", "tak"), ("nie", "nie")], none=NONE[1], **common)


def _many(section: Section, question: Question, common: dict[str, Any]) -> forms.Field:
    return MultiField(choices=[(option.key, option.text) for option in question.options], **common)


def _text(section: Section, question: Question, common: dict[str, Any]) -> forms.Field:
    return LongTextField(
        max_length=LONGEST_TEXT, width="full", widget=forms.Textarea(attrs={"rows": 3}), **common
    )


def _line(section: Section, question: Question, common: dict[str, Any]) -> forms.Field:
    decimal = question.kind is Kind.NUMBER
    attrs = {"inputmode": "decimal" if decimal else "numeric", "autocomplete": "off"}
    return TextField(max_length=40, width="s", widget=forms.TextInput(attrs=attrs), **common)


FIELDS: Mapping[Kind, Callable[[Section, Question, dict[str, Any]], forms.Field]] = {
    Kind.SCALE: _scale,
    Kind.YES_NO: _yes_no,
    Kind.ONE: _one,
    Kind.MANY: _many,
    Kind.TEXT: _text,
    Kind.NUMBER: _line,
    Kind.DATE: _line,
}


def initial_of(section: Section, answers: Mapping[str, Answer]) -> dict[str, Any]:
    """Kept answers as their fields show them."""
    return {
        STEM + question.key: _shown(question, answers[question.key])
        for question in section.questions
        if question.key in answers
    }


def _shown(question: Question, answer: Answer) -> Any:
    if isinstance(answer, bool):
        return "tak" if answer else "nie"
    if isinstance(answer, int):
        return str(answer)
    if isinstance(answer, str) and question.kind is Kind.NUMBER:
        return answer.replace(".", ",")
    if isinstance(answer, str) and question.kind is Kind.DATE:
        return format_table_date(date.fromisoformat(answer))
    return answer
