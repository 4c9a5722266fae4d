"""How far a diagnosis has come that is not finished yet."""

from collections.abc import Mapping
from dataclasses import dataclass

from participants.diagnosis.answers import Answer
from participants.diagnosis.content import Template
from participants.diagnosis.scores import Result, evaluate
from participants.models import Diagnosis


@dataclass(frozen=True, slots=True)
class Part:
    """One section as a step of the work."""

    key: str
    title: str
    answered: int
    of: int
    # Questions without whose answers the diagnosis cannot be finished.
    missing: int

    def state(self, current: str) -> str:
        if self.key == current:
            return "now"
        return "done" if self.answered and not self.missing else "later"


def parts(template: Template, answers: Mapping[str, Answer]) -> list[Part]:
    return [
        Part(
            key=section.key,
            title=section.title,
            answered=sum(question.key in answers for question in section.questions),
            of=len(section.questions),
            missing=sum(question.required and question.key not in answers for question in section.questions),
        )
        for section in template.sections
    ]


def next_part(template: Template, answers: Mapping[str, Answer]) -> str:
    """The first section without an answer, else the last one."""
    found = parts(template, answers)
    return next((part.key for part in found if not part.answered), found[-1].key)


def preview(template: Template, diagnosis: Diagnosis) -> Result:
    """What the answers come to so far; nothing of it is kept before the end."""
    return evaluate(template, diagnosis.answers or {})
