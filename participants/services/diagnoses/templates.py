"""A unit's own versions of the surveys: a draft is changed question by question, then taken into use.

A draft is a whole survey after every step, so that it can be read and published at any moment. What was
asked before stays as it was: a diagnosis holds its own questions.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar
from uuid import UUID

from participants.diagnosis.content import Dimension, Kind, Option, Question, Section, Template, to_dict
from participants.diagnosis.reading import read_template
from participants.diagnosis.versions import next_version
from participants.enums import TemplateState
from participants.models import DiagnosisTemplate
from participants.queries.diagnoses import surveys
from reintegration.core import clock
from reintegration.core.errors import InputError

OWN = "own"

Part = TypeVar("Part", Section, Question)


@dataclass(frozen=True, slots=True)
class SectionData:
    """One section without its questions, as its form asks for it."""

    title: str
    lead: str = ""
    dimensions: tuple[str, ...] = ()
    # Measured from now on by this section: a dimension that the survey does not have yet.
    new_dimension: str = ""


@dataclass(frozen=True, slots=True)
class QuestionData:
    """One question as its form asks for it; the key is ours."""

    question: Question
    options: tuple[tuple[str, int | None], ...] = ()


def copy_template(*, key: str, by: UUID, title: str = "") -> DiagnosisTemplate:
    """Begin a new version of a survey, or, with a title, a survey of its own with the same questions."""
    template = surveys.newest(key)
    if template is None:
        raise InputError("Tej ankiety nie ma wśród używanych.")
    if title.strip():
        template = replace(template, key=_free_key(), version=1, title=title.strip())
    else:
        if DiagnosisTemplate.objects.filter(key=key, state=TemplateState.DRAFT).exists():
            raise InputError("Nowa wersja tej ankiety już powstaje. Dokończ ją albo usuń.")
        last = DiagnosisTemplate.objects.filter(key=key).order_by("-version").first()
        template = replace(template, version=max(template.version, last.version if last else 0) + 1)
    content = to_dict(template)
    read_template(content)
    made: DiagnosisTemplate = DiagnosisTemplate.objects.create(
        key=template.key,
        version=template.version,
        title=template.title,
        content=content,
        made_at=clock.now(),
        made_by_id=by,
    )
    return made


def publish_template(*, template_id: UUID) -> DiagnosisTemplate:
    """Take a draft into use; the version before it is no longer asked."""
    found = _draft(template_id)
    template, earlier = surveys.template_of(found), surveys.before(found)
    if earlier is not None:
        next_version(earlier, template)
    rows = DiagnosisTemplate.objects.select_for_update(of=("self",))
    for row in rows.filter(key=found.key, state=TemplateState.ACTIVE).order_by("pk"):
        row.state = TemplateState.RETIRED
        row.save(update_fields=["state"])
    found.state, found.published_at = TemplateState.ACTIVE, clock.now()
    found.save(update_fields=["state", "published_at"])
    return found


def retire_template(*, template_id: UUID) -> DiagnosisTemplate:
    """Stop using a version of one's own; the built-in one, if there is one, is asked again."""
    found: DiagnosisTemplate = DiagnosisTemplate.objects.select_for_update(of=("self",)).get(pk=template_id)
    if found.state != TemplateState.ACTIVE:
        raise InputError("Ta wersja nie jest w użyciu.")
    found.state = TemplateState.RETIRED
    found.save(update_fields=["state"])
    return found


def drop_template(*, template_id: UUID) -> None:
    """Remove a draft."""
    _draft(template_id).delete()


def set_heading(*, template_id: UUID, title: str, lead: str) -> DiagnosisTemplate:
    return _change(template_id, lambda template: replace(template, title=title, lead=lead))


# Sections


def add_section(*, template_id: UUID, data: SectionData, first: QuestionData) -> DiagnosisTemplate:
    """A section comes with its first question: an empty one asks nothing."""
    found = _draft(template_id)
    template = surveys.template_of(found)
    question = _made(first, _next_key(found, template, "q"))
    key = _next_key(found, template, "part")

    def change(template: Template) -> Template:
        template, dimensions = _with_dimension(template, data)
        section = Section(
            key=key, title=data.title, lead=data.lead, dimensions=dimensions, questions=(question,)
        )
        return replace(template, sections=(*template.sections, section))

    return _change(template_id, change)


def edit_section(*, template_id: UUID, key: str, data: SectionData) -> DiagnosisTemplate:
    def change(template: Template) -> Template:
        template, dimensions = _with_dimension(template, data)
        return _with_section(
            template,
            key,
            lambda section: replace(section, title=data.title, lead=data.lead, dimensions=dimensions),
        )

    return _change(template_id, change)


def move_section(*, template_id: UUID, key: str, up: bool) -> DiagnosisTemplate:
    def change(template: Template) -> Template:
        return replace(template, sections=_moved(template.sections, key, up=up))

    return _change(template_id, change)


def remove_section(*, template_id: UUID, key: str) -> DiagnosisTemplate:
    def change(template: Template) -> Template:
        kept = tuple(section for section in template.sections if section.key != key)
        if not kept:
            raise InputError("To jedyna część ankiety. Dodaj inną, zanim ją usuniesz.")
        return replace(template, sections=kept)

    return _change(template_id, change)


# Questions


def add_question(*, template_id: UUID, section: str, data: QuestionData) -> DiagnosisTemplate:
    found = _draft(template_id)
    question = _made(data, _next_key(found, surveys.template_of(found), "q"))
    return _change_questions(template_id, section, lambda questions: (*questions, question))


def edit_question(*, template_id: UUID, section: str, key: str, data: QuestionData) -> DiagnosisTemplate:
    """Change a question; one that was asked before keeps the kind of its answer."""
    earlier = surveys.before(_draft(template_id))
    fixed = next((one.kind for one in earlier.questions if one.key == key), None) if earlier else None
    if fixed is not None and data.question.kind is not fixed:
        raise InputError(
            "To pytanie już zadawano, więc rodzaj odpowiedzi zostaje. Dodaj nowe pytanie.", field="kind"
        )

    def change(questions: tuple[Question, ...]) -> tuple[Question, ...]:
        return tuple(_made(data, key, one) if one.key == key else one for one in questions)

    return _change_questions(template_id, section, change)


def move_question(*, template_id: UUID, section: str, key: str, up: bool) -> DiagnosisTemplate:
    return _change_questions(template_id, section, lambda questions: _moved(questions, key, up=up))


def remove_question(*, template_id: UUID, section: str, key: str) -> DiagnosisTemplate:
    def change(questions: tuple[Question, ...]) -> tuple[Question, ...]:
        kept = tuple(one for one in questions if one.key != key)
        if not kept:
            raise InputError("To jedyne pytanie tej części. Usuń całą część.")
        return kept

    return _change_questions(template_id, section, change)


def _change_questions(
    template_id: UUID, section: str, change: Callable[[tuple[Question, ...]], tuple[Question, ...]]
) -> DiagnosisTemplate:
    return _change(
        template_id,
        lambda template: _with_section(
            template, section, lambda found: replace(found, questions=change(found.questions))
        ),
    )


def _change(template_id: UUID, change: Callable[[Template], Template]) -> DiagnosisTemplate:
    found = _draft(template_id)
    content = to_dict(change(surveys.template_of(found)))
    template = read_template(content)
    found.title, found.content = template.title, content
    found.save(update_fields=["title", "content"])
    return found


def _draft(template_id: UUID) -> DiagnosisTemplate:
    found: DiagnosisTemplate = DiagnosisTemplate.objects.select_for_update(of=("self",)).get(pk=template_id)
    if found.state != TemplateState.DRAFT:
        raise InputError("Ta wersja była w użyciu i się nie zmienia. Zacznij następną.")
    return found


def _with_section(template: Template, key: str, change: Callable[[Section], Section]) -> Template:
    if all(section.key != key for section in template.sections):
        raise InputError("Tej części już nie ma w szkicu.")
    return replace(
        template,
        sections=tuple(change(one) if one.key == key else one for one in template.sections),
    )


def _with_dimension(template: Template, data: SectionData) -> tuple[Template, tuple[str, ...]]:
    title = data.new_dimension.strip()
    if not title:
        return template, data.dimensions
    taken = {dimension.key for dimension in template.dimensions}
    key = next(key for number in range(1, 1000) if (key := f"dim_{number}") not in taken)
    added = replace(template, dimensions=(*template.dimensions, Dimension(key=key, title=title)))
    return added, (*data.dimensions, key)


def _moved(parts: Sequence[Part], key: str, *, up: bool) -> tuple[Part, ...]:
    """Change places with the neighbour; the first cannot go up and the last cannot go down."""
    ordered = list(parts)
    place = next((place for place, part in enumerate(ordered) if part.key == key), None)
    if place is None:
        raise InputError("Tego już nie ma w szkicu.")
    other = place - 1 if up else place + 1
    if 0 <= other < len(ordered):
        ordered[place], ordered[other] = ordered[other], ordered[place]
    return tuple(ordered)


def _made(data: QuestionData, key: str, before: Question | None = None) -> Question:
    """A question with its key and its choices; a choice keeps its key by its words, else by its place."""
    held = before.options if before is not None else ()
    by_text = {option.text: option.key for option in held}
    same_count = len(held) == len(data.options)
    texts = {text for text, _ in data.options}
    taken = set(by_text.values())
    options = []
    for place, (text, worth) in enumerate(data.options):
        found = by_text.get(text, "")
        if not found and same_count and held[place].text not in texts:
            found = held[place].key
        if not found:
            found = next(name for number in range(1, 1000) if (name := f"o{number}") not in taken)
            taken.add(found)
        options.append(Option(key=found, text=text, worth=worth))
    numbers = data.question.kind is Kind.NUMBER
    return replace(
        data.question,
        key=key,
        options=tuple(options),
        least=data.question.least if numbers else None,
        most=data.question.most if numbers else None,
    )


def _next_key(row: DiagnosisTemplate, template: Template, stem: str) -> str:
    """A key that no version had: an old answer must never be read as one to another question."""
    versions = [surveys.template_of(one) for one in surveys.versions_of(row.key)]
    first = surveys.builtin(row.key)
    taken: set[str] = set()
    for one in (template, *versions, *([first] if first is not None else [])):
        taken |= {question.key for question in one.questions} | {section.key for section in one.sections}
    return next(key for number in range(1, 10_000) if (key := f"{stem}_{number}") not in taken)


def _free_key() -> str:
    taken = set(DiagnosisTemplate.objects.order_by("pk").values_list("key", flat=True))
    return next(key for number in range(1, 10_000) if (key := f"{OWN}_{number}") not in taken)
