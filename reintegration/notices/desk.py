"""The desk, and how other rooms put lines on it that are no stored tasks.

    @desk_lines
    def attendance(request, today):
        yield DeskLine(Section.TODAY, "Obecność: pracownia stolarska", url, text="14 osób, od 7:00")

Whole sections go into the slots `desk.top`, `desk.main` and `desk.rail` (reintegration.core.slots).
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import Any
from uuid import UUID

from django.http import HttpRequest

from reintegration.core import formats, slots
from reintegration.core.components import DueDay, DueItem, Task
from reintegration.core.slots import Panel
from reintegration.notices.enums import Urgency
from reintegration.notices.models import DeskTask, Notice
from reintegration.notices.queries import tasks_of, unread_of
from reintegration.notices.registry import TASKS
from reintegration.notices.rules import Section, section_of

# More than a person can do today; the rest is behind the first ones.
MOST_LINES = 200
MOST_NOTICES = 5
MOST_OF_A_KIND = 5
ORDER = {Urgency.BAD: 0, Urgency.WARN: 1, Urgency.INFO: 2}


@dataclass(frozen=True, slots=True)
class DeskLine:
    """One line: what and whose, the place where it is done, and why it matters."""

    section: Section
    title: str
    url: str
    text: str = ""
    urgency: Urgency = Urgency.INFO
    icon: str = ""
    action: str = "Otwórz"
    end: str = ""
    on: date | None = None
    # Something done today, shown below what is left.
    done: bool = False
    subject_id: UUID | None = None


def first_of(
    rows: Any, line: Callable[[Any], DeskLine], *, rest: str, url: str, action: str = "Zobacz listę"
) -> Iterator[DeskLine]:
    """A line for each of the first rows of a kind, and one that leads to all the others."""
    found = list(rows[: MOST_OF_A_KIND + 1])
    lines = [line(row) for row in found[:MOST_OF_A_KIND]]
    yield from lines
    if len(found) > MOST_OF_A_KIND:
        last = lines[-1]
        yield DeskLine(last.section, rest, url, urgency=last.urgency, icon=last.icon, action=action)


Provider = Callable[[HttpRequest, date], Iterable[DeskLine]]

_providers: list[Provider] = []


def desk_lines(provider: Provider) -> Provider:
    """Register what adds lines to the desk; it answers with few queries and only what this person may see."""
    _providers.append(provider)
    return provider


@dataclass(frozen=True, slots=True)
class Desk:
    day: date
    today: list[Task]
    left_today: int
    gaps: list[Task]
    week: list[DueDay]
    in_week: int
    notices: list[Notice]
    # Whose data the lines show, for the audit.
    persons: frozenset[UUID]
    top: list[Panel] = field(default_factory=list)
    main: list[Panel] = field(default_factory=list)
    rail: list[Panel] = field(default_factory=list)


def desk_of(request: Any, *, today: date) -> Desk:
    """Everything that waits for this person here."""
    lines = [_line(task, today) for task in tasks_of(request.principal, today=today)[:MOST_LINES]]
    for provider in _providers:
        lines += provider(request, today)
    now = sorted(
        (one for one in lines if one.section is Section.TODAY), key=lambda one: (one.done, _rank(one))
    )
    gaps = sorted((one for one in lines if one.section is Section.GAPS), key=_rank)
    week = sorted((one for one in lines if one.section is Section.WEEK and one.on), key=_day)
    return Desk(
        day=today,
        today=[_task(one, first=at == 0) for at, one in enumerate(now)],
        left_today=sum(not one.done for one in now),
        gaps=[_task(one) for one in gaps],
        week=[
            DueDay(day, [DueItem(one.title, one.url, one.text) for one in group])
            for day, group in groupby(week, key=_day)
        ],
        in_week=len(week),
        notices=list(unread_of(request.principal)[:MOST_NOTICES]),
        persons=frozenset(one.subject_id for one in lines if one.subject_id),
        top=slots.items("desk.top", request, today),
        main=slots.items("desk.main", request, today),
        rail=slots.items("desk.rail", request, today),
    )


def _line(task: DeskTask, today: date) -> DeskLine:
    kind = TASKS.get(task.kind)
    overdue = task.due_on is not None and task.due_on < today
    return DeskLine(
        section=section_of(task.due_on, today=today) or Section.WEEK,
        title=task.title,
        url=task.link,
        text=task.text,
        urgency=Urgency.BAD if overdue else Urgency(task.urgency),
        icon=kind.icon if kind else "",
        action=kind.action if kind else "Otwórz",
        end=f"termin minął {formats.format_date(task.due_on, today=today)}" if overdue else "",
        on=task.due_on,
        subject_id=task.subject_id,
    )


def _task(line: DeskLine, *, first: bool = False) -> Task:
    kind = "" if line.urgency is Urgency.INFO else line.urgency.value
    return Task(
        title=line.title,
        text=line.text,
        url=line.url,
        kind="ok" if line.done else kind,
        icon=line.icon,
        action="" if line.done else line.action,
        action_url=line.url,
        end=line.end,
        next=first and not line.done,
    )


def _rank(line: DeskLine) -> tuple[int, date]:
    return ORDER[line.urgency], line.on or date.max


def _day(line: DeskLine) -> date:
    assert line.on is not None
    return line.on
