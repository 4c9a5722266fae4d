"""The eight questions of the pre-check. What is answered is judged and forgotten."""

from typing import Any

from django import forms

from participants.rules.codes import Answer, Group
from participants.rules.eligibility import Answers
from participants.rules.questions import QUESTIONS, Question
from reintegration.core.form_fields import CHOICE_ERRORS, MultiField
from reintegration.core.forms import Form

ANSWERS = ((Answer.YES.value, "tak"), (Answer.NO.value, "nie"), (Answer.UNKNOWN.value, "nie wiem"))


def _field(question: Question) -> Any:
    if question.choices:
        choices = [(group.value, name) for group, name in question.choices]
        return MultiField(label=question.text, help_text=question.hint, choices=choices, required=False)
    found = forms.ChoiceField(
        label=question.text,
        help_text=question.hint,
        choices=ANSWERS,
        widget=forms.RadioSelect,
        required=False,
        error_messages=CHOICE_ERRORS,
    )
    found.width = "s"  # type: ignore[attr-defined]
    return found


class CheckForm(Form):
    """Nothing in it is asked for: what is left out is not known."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in QUESTIONS:
            self.fields[question.key] = _field(question)

    def answers(self) -> Answers:
        """What was said; an answer that cannot be read counts as not given."""
        said = getattr(self, "cleaned_data", {})
        groups = frozenset(Group(code) for code in said.get("groups", []))
        rest = {
            question.key: Answer(said.get(question.key) or Answer.UNKNOWN)
            for question in QUESTIONS
            if not question.choices
        }
        return Answers(groups=groups, **rest)

    @property
    def answered(self) -> int:
        """How many of the eight were answered."""
        return (
            sum(bool(self.cleaned_data.get(question.key)) for question in QUESTIONS) if self.is_bound else 0
        )
