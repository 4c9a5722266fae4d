"""What differs between two versions of a programme: the annex, on the screen and on paper (art. 13 ust. 3).

Goals, steps, services and persons are matched by their keys, never by their words, so that a goal put
differently is one change and not an old goal gone and a new one come.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ipzs.rules.content import (
    AREA_NAMES,
    FORM_NAMES,
    PART_TITLES,
    PER_NAMES,
    Content,
    Goal,
    Part,
    Responsible,
    Service,
    Step,
)
from ipzs.rules.programmes import DATES, EVALUATIONS, GOALS, RESPONSIBLE, SERVICES, Side
from reintegration.core.formats import NBSP, format_number, format_table_date


class Kind(StrEnum):
    """What happened to a piece of a programme."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


KIND_NAMES = {Kind.ADDED: "dodano", Kind.REMOVED: "usunięto", Kind.CHANGED: "zmieniono"}
STEPS = "steps"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: in which part, of what, and what stood and stands there.

    `part` and `key` name the part of the screen and the row in it, so that a screen can mark the place.
    `before` is empty for what was added, `after` for what was removed.
    """

    part: str
    title: str
    before: str
    after: str
    kind: Kind
    key: str = ""


def changes(old: Content, new: Content) -> tuple[Change, ...]:
    """What differs, part by part in the order of the paper; another order of the same rows is no change."""
    if old.face is not new.face:
        raise ValueError("An annex never makes a programme a contract.")
    found: list[Change] = []
    for part in Part:
        found += _texts(part, PART_TITLES[part], old.text(part), new.text(part))
    found += _rows(
        RESPONSIBLE,
        "Osoba odpowiedzialna",
        {one.key: responsible_text(one) for one in old.responsible},
        {one.key: responsible_text(one) for one in new.responsible},
    )
    found += _rows(
        GOALS,
        "Cel",
        {one.key: goal_text(one) for one in old.goals},
        {one.key: goal_text(one) for one in new.goals},
    )
    found += _rows(STEPS, "Krok", _steps(old, new), _steps(new, old))
    found += _rows(
        SERVICES,
        "Usługa",
        {one.key: service_text(one) for one in old.services},
        {one.key: service_text(one) for one in new.services},
    )
    found += _evaluations(old, new)
    found += _texts(DATES, "Obowiązuje od", _day(old.since), _day(new.since), "since")
    found += _texts(DATES, "Obowiązuje do", _day(old.until), _day(new.until), "until")
    return tuple(found)


def annex_problems(
    found: tuple[Change, ...], *, asked_by: Side | None, asked_on: date | None, since: date | None
) -> tuple[str, ...]:
    """What keeps a changed version from being an annex: a motion of one of the sides (art. 13 ust. 3)."""
    problems = []
    if not found:
        problems.append("Nic się nie zmieniło, więc aneks nie jest potrzebny.")
    if asked_by is None or asked_on is None:
        problems.append("Wpisz, kto wnioskował o zmianę i kiedy. (art. 13 ust. 3)")
    elif since is not None and since < asked_on:
        problems.append(f"Zmiana obowiązuje najwcześniej od dnia wniosku, {format_table_date(asked_on)}.")
    return tuple(problems)


def responsible_text(person: Responsible) -> str:
    """A responsible person in one line."""
    return _joined(person.name, person.task)


def goal_text(goal: Goal) -> str:
    """A goal in one line, without its steps."""
    area = AREA_NAMES[goal.area] if goal.area is not None else ""
    return _joined(goal.text, "cel główny" if goal.main else "", area)


def step_text(step: Step) -> str:
    """A step in one line."""
    due = f"do {format_table_date(step.due_on)}" if step.due_on is not None else ""
    return _joined(step.text, step.who, due)


def service_text(service: Service) -> str:
    """A service in one line, with its hours."""
    hours = ""
    if service.hours is not None:
        hours = f"{format_number(service.hours)}{NBSP}godz. {PER_NAMES[service.per]}"
    return _joined(service.name, AREA_NAMES[service.area], FORM_NAMES[service.form], hours, service.leader)


def _joined(*pieces: str) -> str:
    return " · ".join(piece.strip() for piece in pieces if piece.strip())


def _steps(content: Content, other: Content) -> dict[str, str]:
    """The steps in one line each; one that stands under another goal in the other content names its goal."""
    elsewhere = {step.key: goal.key for goal in other.goals for step in goal.steps}
    return {
        step.key: _joined(
            step_text(step), f"cel: {goal.text}" if elsewhere.get(step.key, goal.key) != goal.key else ""
        )
        for goal in content.goals
        for step in goal.steps
    }


def _evaluations(old: Content, new: Content) -> Iterable[Change]:
    before, after = set(old.evaluations), set(new.evaluations)
    for day in sorted(before ^ after):
        gone = day in before
        yield Change(
            EVALUATIONS,
            "Termin oceny",
            before=_day(day) if gone else "",
            after="" if gone else _day(day),
            kind=Kind.REMOVED if gone else Kind.ADDED,
            key=day.isoformat(),
        )


def _rows(part: str, title: str, before: Mapping[str, str], after: Mapping[str, str]) -> Iterable[Change]:
    """The rows of a list: what is new or changed in the new order, then what is gone."""
    for key in [*after, *(key for key in before if key not in after)]:
        earlier, later = before.get(key), after.get(key)
        if earlier == later:
            continue
        kind = Kind.ADDED if earlier is None else Kind.REMOVED if later is None else Kind.CHANGED
        yield Change(part, title, before=earlier or "", after=later or "", kind=kind, key=key)


def _texts(part: str, title: str, before: str, after: str, key: str = "") -> Iterable[Change]:
    """One text: a text that was empty is added, one that is empty now is removed."""
    if before != after:
        kind = Kind.ADDED if not before else Kind.REMOVED if not after else Kind.CHANGED
        yield Change(part, title, before=before, after=after, kind=kind, key=key)


def _day(day: date | None) -> str:
    return "" if day is None else format_table_date(day)
