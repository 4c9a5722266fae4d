"""A diagnosis from its first question to its frozen result."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from participants.diagnosis.answers import check
from participants.diagnosis.content import Template, to_dict
from participants.diagnosis.scores import Result, evaluate
from participants.enums import DiagnosisState
from participants.models import Diagnosis, Participation
from participants.queries.diagnoses import surveys
from participants.services.participations import touch_contact
from reintegration.core import clock
from reintegration.core.errors import InputError
from reintegration.core.formats import counted, format_date

LONGEST_SUMMARY = 6000


class Unfinished(InputError):
    """Questions that a finished diagnosis must answer; `missing` maps their keys to what to do."""

    def __init__(self, missing: Mapping[str, str]) -> None:
        count = counted(len(missing), "pytanie czeka", "pytania czekają", "pytań czeka")
        super().__init__(f"{count} na odpowiedź.")
        self.missing = dict(missing)


def start_diagnosis(
    *, participation_id: UUID, survey: str, held_on: date, by: UUID, with_person: bool = True
) -> Diagnosis:
    """Begin with the newest version of a survey; its questions are kept as they are asked now."""
    rows = Participation.objects.select_for_update(of=("self",)).select_related("person")
    case: Participation = rows.get(pk=participation_id)
    if case.ended_on is not None:
        raise InputError("Ta sprawa jest zakończona. Diagnozę robi się w otwartej sprawie.")
    template = surveys.newest(survey)
    if template is None:
        raise InputError("Tej ankiety nie ma wśród używanych. Wybierz inną.", field="survey")
    today = clock.today()
    if held_on > today:
        raise InputError("Ten dzień jeszcze nie nastąpił. Wpisz datę do dziś.", field="held_on")
    if held_on < case.opened_on:
        opened = format_date(case.opened_on, today=today)
        raise InputError(f"Sprawę otwarto {opened}. Wpisz ten dzień albo późniejszy.", field="held_on")
    begun = Diagnosis.objects.filter(person=case.person_id, template_key=survey, state=DiagnosisState.DRAFT)
    if begun.exists():
        raise InputError("Ta ankieta jest już zaczęta. Dokończ ją albo usuń.", field="survey")
    made: Diagnosis = Diagnosis.objects.create(
        person_id=case.person_id,
        participation=case,
        template_key=template.key,
        template_version=template.version,
        title=template.title,
        content=to_dict(template),
        held_on=held_on,
        answers={},
        with_person=with_person,
        made_by_id=by,
    )
    return made


def save_answers(*, diagnosis_id: UUID, section: str, typed: Mapping[str, object]) -> Diagnosis:
    """Keep the answers of one section; a required one may still be missing."""
    found = _draft(diagnosis_id)
    template = surveys.template_of(found)
    part = section_of(template, section)
    checked = check(part, typed, today=clock.today(), complete=False)
    if checked.errors:
        raise InputError(" ".join(checked.errors.values()))
    asked = {question.key for question in part.questions}
    kept = {key: value for key, value in (found.answers or {}).items() if key not in asked}
    found.answers = kept | checked.answers
    found.save(update_fields=["answers"])
    return found


def section_of(template: Template, key: str) -> Template:
    """A survey of one section alone, to read and check its answers."""
    section = next((section for section in template.sections if section.key == key), None)
    if section is None:
        raise InputError("Tej części nie ma w tej wersji ankiety.")
    return replace(template, sections=(section,))


def finish_diagnosis(*, diagnosis_id: UUID, summary: str) -> Diagnosis:
    """Check everything, add it up and freeze it; from now on it is repeated, not changed."""
    found = _draft(diagnosis_id)
    template = surveys.template_of(found)
    checked = check(template, found.answers or {}, today=clock.today())
    if checked.errors:
        raise Unfinished(checked.errors)
    if not checked.answers:
        raise InputError("Nie ma jeszcze żadnej odpowiedzi. Zacznij od pierwszej części.")
    found.answers = checked.answers
    found.scores = frozen(evaluate(template, checked.answers))
    found.summary = summary.strip()
    found.state, found.finished_at = DiagnosisState.FINISHED, clock.now()
    found.full_clean(exclude=["person", "participation"])
    found.save(update_fields=["answers", "scores", "summary", "state", "finished_at"])
    if found.with_person:
        touch_contact(participation_id=found.participation_id, day=found.held_on)
    return found


def drop_diagnosis(*, diagnosis_id: UUID) -> None:
    """Remove one that was begun by mistake; a finished one stays."""
    _draft(diagnosis_id).delete()


def frozen(result: Result) -> dict[str, Any]:
    """A result as plain values, read back by `queries.diagnoses.results.result_of`."""
    return {
        "scores": [
            {
                "key": score.dimension.key,
                "title": score.dimension.title,
                "group": score.dimension.group,
                "value": str(score.value) if score.value is not None else None,
                "answered": score.answered,
                "of": score.of,
            }
            for score in result.scores
        ],
        **{
            name: [
                {
                    "key": finding.key,
                    "name": finding.name,
                    "section": finding.section,
                    "answer": finding.answer,
                    "sensitive": finding.sensitive,
                }
                for finding in findings
            ]
            for name, findings in (("assets", result.assets), ("deficits", result.deficits))
        },
        "answered": result.answered,
        "of": result.of,
    }


def _draft(diagnosis_id: UUID) -> Diagnosis:
    found: Diagnosis = Diagnosis.objects.select_for_update(of=("self",)).get(pk=diagnosis_id)
    if found.state != DiagnosisState.DRAFT:
        raise InputError("Ta diagnoza jest zakończona i się nie zmienia. Zrób następną.")
    return found
