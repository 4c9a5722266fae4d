"""A unit's own versions of a template: a changed copy with a higher number, and what the change is."""

from dataclasses import dataclass, replace
from enum import StrEnum

from participants.diagnosis.content import Dimension, Question, Section, Template
from participants.diagnosis.reading import TemplateError


class Change(StrEnum):
    """What happened to a part of a template."""

    ADDED = "dodano"
    REMOVED = "usunięto"
    CHANGED = "zmieniono"
    MOVED = "przeniesiono"


@dataclass(frozen=True, slots=True)
class Difference:
    """One change between two versions: its place in words, and what stood and stands there."""

    change: Change
    place: str
    before: str = ""
    after: str = ""


def next_version(old: Template, changed: Template) -> Template:
    """Number a changed copy as the version after `old`.

    A question keeps the kind of its answer for good, so that earlier and later answers under one key
    can be compared: whoever needs another kind adds a question.
    """
    problems = []
    if changed.key != old.key:
        problems.append(f"Ankieta: klucz „{old.key}” zostaje w każdej wersji, podano „{changed.key}”.")
    kinds = {question.key: question.kind for question in old.questions}
    problems += [
        f"Pytanie „{question.key}”: rodzaj odpowiedzi zostaje w każdej wersji. Dodaj nowe pytanie."
        for question in changed.questions
        if kinds.get(question.key, question.kind) is not question.kind
    ]
    if not differences(old, changed):
        problems.append("Ankieta: nic się nie zmieniło, więc nowa wersja nie jest potrzebna.")
    if problems:
        raise TemplateError(tuple(problems))
    return replace(changed, version=old.version + 1)


def differences(old: Template, new: Template) -> tuple[Difference, ...]:
    """What changed, in the order of the newer version; removed parts stand last."""
    found: list[Difference] = []
    _compared(found, "tytuł", old.title, new.title)
    _compared(found, "wstęp", old.lead, new.lead)
    _dimensions(found, old, new)
    _sections(found, old, new)
    _questions(found, old, new)
    return tuple(found)


def _dimensions(found: list[Difference], old: Template, new: Template) -> None:
    before = {dimension.key: dimension for dimension in old.dimensions}
    after = {dimension.key: dimension for dimension in new.dimensions}
    for key, dimension in after.items():
        place = f"wymiar „{key}”"
        if key not in before:
            found.append(Difference(Change.ADDED, place, after=dimension.title))
        else:
            _compared(found, place, _dimension_text(before[key]), _dimension_text(dimension))
    found += [
        Difference(Change.REMOVED, f"wymiar „{key}”", before=dimension.title)
        for key, dimension in before.items()
        if key not in after
    ]


def _sections(found: list[Difference], old: Template, new: Template) -> None:
    before = {section.key: section for section in old.sections}
    after = {section.key: section for section in new.sections}
    for key, section in after.items():
        place = f"część „{section.title}”"
        if key not in before:
            found.append(Difference(Change.ADDED, place, after=section.title))
            continue
        earlier = before[key]
        _compared(found, place, earlier.title, section.title)
        _compared(found, f"{place}, wstęp", earlier.lead, section.lead)
        _compared(found, f"{place}, skala", " / ".join(earlier.scale), " / ".join(section.scale))
        _compared(found, f"{place}, wymiary", ", ".join(earlier.dimensions), ", ".join(section.dimensions))
    found += [
        Difference(Change.REMOVED, f"część „{section.title}”", before=section.title)
        for key, section in before.items()
        if key not in after
    ]


def _questions(found: list[Difference], old: Template, new: Template) -> None:
    before = _placed(old)
    after = _placed(new)
    for key, (section, question) in after.items():
        place = f"część „{section.title}”, pytanie „{key}”"
        if key not in before:
            found.append(Difference(Change.ADDED, place, after=question.text))
            continue
        home, earlier = before[key]
        if home.key != section.key:
            found.append(Difference(Change.MOVED, place, before=home.title, after=section.title))
        if earlier != question:
            found.append(
                Difference(
                    Change.CHANGED, place, before=question_text(earlier), after=question_text(question)
                )
            )
    found += [
        Difference(Change.REMOVED, f"część „{section.title}”, pytanie „{key}”", before=question.text)
        for key, (section, question) in before.items()
        if key not in after
    ]


def _placed(template: Template) -> dict[str, tuple[Section, Question]]:
    return {
        question.key: (section, question) for section in template.sections for question in section.questions
    }


def _compared(found: list[Difference], place: str, before: str, after: str) -> None:
    if before != after:
        found.append(Difference(Change.CHANGED, place, before=before, after=after))


def _dimension_text(dimension: Dimension) -> str:
    return f"{dimension.title} ({dimension.group})" if dimension.group else dimension.title


KINDS = {
    "scale": "skala",
    "yes_no": "tak albo nie",
    "one": "jedna odpowiedź",
    "many": "kilka odpowiedzi",
    "text": "tekst",
    "number": "liczba",
    "date": "data",
}
LEANINGS = {"asset": "zasób", "plus": "atut", "deficit": "trudność"}


def question_text(question: Question) -> str:
    """Everything about a question in one line, for the comparison of two versions."""
    parts = [question.text, question.hint, question.label, KINDS[question.kind]]
    if question.leaning is not None:
        parts.append(LEANINGS[question.leaning])
    parts += ["dane wrażliwe"] if question.sensitive else []
    parts += ["potrzebna odpowiedź"] if question.required else []
    parts += [
        f"{option.text} ({option.worth})" if option.worth is not None else option.text
        for option in question.options
    ]
    if question.least is not None:
        parts.append(f"od {question.least}")
    if question.most is not None:
        parts.append(f"do {question.most}")
    return " · ".join(part for part in parts if part)
