"""Answers of a diagnosis: read, checked, and shown.

Clean answers are plain JSON values: a place on the scale is an int, yes or no a bool, a chosen answer its
key, several a list of keys, a text, number (`"1250.5"`) and date (`"2026-11-20"`) a str. A question without
an answer is left out: nobody has to answer, and silence is not a nought.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from participants.diagnosis.content import (
    LONGEST_TEXT,
    MOST,
    Kind,
    Question,
    Section,
    Template,
    sensitive_keys,
)
from reintegration.core.dates import parse_date
from reintegration.core.errors import InputError
from reintegration.core.formats import format_long_date, format_number
from reintegration.core.text import clean

Answer = int | bool | str | list[str]
Answers = dict[str, Answer]

YES = frozenset({"tak", "true", "1"})
NO = frozenset({"nie", "false", "0"})
LARGEST_NUMBER = Decimal(10) ** 9


@dataclass(frozen=True, slots=True)
class Checked:
    """Answers that could be read, and a Polish sentence for each that could not."""

    answers: Answers
    errors: dict[str, str]


def typed(template: Template, getlist: Callable[[str], list[str]]) -> dict[str, object]:
    """Pick the answers out of a submitted form: `typed(template, request.POST.getlist)`."""
    found: dict[str, object] = {}
    for question in template.questions:
        values = [value for value in getlist(question.key) if value.strip()]
        if values:
            found[question.key] = values if question.kind is Kind.MANY else values[-1]
    return found


def check(
    template: Template, answers: Mapping[str, object], *, today: date, complete: bool = True
) -> Checked:
    """Read answers. A draft (`complete=False`) may leave out what a signed diagnosis needs."""
    kept: Answers = {}
    errors: dict[str, str] = {}
    for question in template.questions:
        raw = answers.get(question.key)
        if raw is None or (isinstance(raw, str | list | tuple) and not raw):
            if question.required and complete:
                errors[question.key] = _ask_for(question)
            continue
        try:
            value = _read(question, raw, today)
        except InputError as problem:
            errors[question.key] = problem.message
        else:
            if value not in ("", []):
                kept[question.key] = value
            elif question.required and complete:
                errors[question.key] = _ask_for(question)
    known = {question.key for question in template.questions}
    for key in answers:
        if key not in known:
            errors[key] = "Tego pytania nie ma w tej wersji ankiety."
    return Checked(answers=kept, errors=errors)


def split(template: Template, answers: Answers) -> tuple[Answers, Answers]:
    """Part clean answers into those that whoever sees the diagnosis sees, and the sensitive ones."""
    hidden = sensitive_keys(template)
    return (
        {key: value for key, value in answers.items() if key not in hidden},
        {key: value for key, value in answers.items() if key in hidden},
    )


def shown(section: Section, question: Question, answer: Answer | None) -> str:
    """Write a clean answer as screens and papers do."""
    if answer is None:
        return "–"
    if isinstance(answer, bool):
        return "tak" if answer else "nie"
    if isinstance(answer, int):
        return section.scale[answer]
    if isinstance(answer, list):
        return ", ".join(option.text for option in question.options if option.key in answer)
    written = _SHOWN.get(question.kind)
    return written(question, answer) if written else answer


def _shown_choice(question: Question, key: str) -> str:
    option = question.option(key)
    return option.text if option else key


_SHOWN: dict[Kind, Callable[[Question, str], str]] = {
    Kind.ONE: _shown_choice,
    Kind.NUMBER: lambda _, text: format_number(Decimal(text)),
    Kind.DATE: lambda _, text: format_long_date(date.fromisoformat(text)),
}


def _ask_for(question: Question) -> str:
    if question.kind is Kind.YES_NO:
        return "Zaznacz tak albo nie."
    if question.kind in {Kind.SCALE, Kind.ONE}:
        return "Zaznacz jedną odpowiedź."
    if question.kind is Kind.MANY:
        return "Zaznacz co najmniej jedną odpowiedź."
    return "Wpisz odpowiedź."


def _read(question: Question, raw: object, today: date) -> Answer:
    if question.kind is Kind.SCALE:
        return _read_scale(raw)
    if question.kind is Kind.YES_NO:
        return _read_yes_no(raw)
    if question.kind is Kind.MANY:
        return _read_many(question, raw)
    text = clean(str(raw), lines=question.kind is Kind.TEXT)
    return _read_words(question, text, today) if text else ""


def _read_words(question: Question, text: str, today: date) -> str:
    if question.kind is Kind.NUMBER:
        return _read_number(question, text)
    if question.kind is Kind.DATE:
        return parse_date(text, today=today).isoformat()
    if question.kind is Kind.ONE and question.option(text) is None:
        raise InputError("Wybierz jedną z podanych odpowiedzi.")
    if len(text) > LONGEST_TEXT:
        raise InputError(f"Wpisano {len(text)} znaków. Skróć tekst do {LONGEST_TEXT}.")
    return text


def _read_scale(raw: object) -> int:
    if not isinstance(raw, bool):
        typed_in = str(raw).strip()
        if typed_in in {str(place) for place in range(MOST + 1)}:
            return int(typed_in)
    raise InputError(f"Zaznacz miejsce na skali od 0 do {MOST}.")


def _read_yes_no(raw: object) -> bool:
    if isinstance(raw, bool):
        return raw
    word = str(raw).strip().lower()
    if word in YES:
        return True
    if word in NO:
        return False
    raise InputError("Zaznacz tak albo nie.")


def _read_many(question: Question, raw: object) -> list[str]:
    chosen = [str(item) for item in raw] if isinstance(raw, list | tuple) else [str(raw)]
    known = [option.key for option in question.options]
    if any(key not in known for key in chosen):
        raise InputError("Wybierz spośród podanych odpowiedzi.")
    return [key for key in known if key in chosen]


def _read_number(question: Question, text: str) -> str:
    compact = text.replace(" ", "").replace("\u00a0", "").replace("−", "-").replace(",", ".")
    whole, _, fraction = compact.removeprefix("-").partition(".")
    digits = (
        whole.isascii() and whole.isdigit() and (not fraction or fraction.isascii() and fraction.isdigit())
    )
    if not digits or len(fraction) > 2 or len(whole) > 10:
        raise InputError("Wpisz liczbę, na przykład 3 albo 1250,50.")
    value = Decimal(compact.removesuffix("."))
    least = question.least if question.least is not None else -LARGEST_NUMBER
    most = question.most if question.most is not None else LARGEST_NUMBER
    if value < least:
        raise InputError(f"Wpisano {format_number(value)}. Najmniejsza liczba to {format_number(least)}.")
    if value > most:
        raise InputError(f"Wpisano {format_number(value)}. Największa liczba to {format_number(most)}.")
    return str(value)
