"""Workshops, programmes, contracts and days of a synthetic country."""

from collections.abc import Iterator
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from django.db.models import Model

from ipzs import catalogue
from ipzs.enums import ProgrammeKind
from ipzs.models import (
    AttendanceMonth,
    AttendanceSettings,
    DayMark,
    Evaluation,
    ExcuseReason,
    FreeDayRequest,
    Programme,
    ProgrammeVersion,
    SickLeave,
    TimetableEntry,
    Workshop,
    WorkshopLeader,
    WorkshopPlace,
)
from ipzs.programmes_papers import SERIES_OF
from ipzs.rules import content as rules
from ipzs.services.catalogue import ensure_catalogue
from participants.generate_data import count_numbers, number_of
from reintegration.administration.generation.country import TRADES, FilePlan, kind_of_day
from reintegration.administration.generation.steps import Phase, Work, generate_step, noon
from reintegration.core.dates import ONE_DAY
from reintegration.tenancy.enums import Role

BEGINS, ENDS, HOURS = time(8), time(14), Decimal(6)
EVERY = timedelta(days=90)
ENDINGS: Final = {"completed": "period_over", "job": "work", "statement": "statement"}
GOALS: Final = (
    (
        "Chcę mieć pracę na umowie.",
        rules.Area.VOCATIONAL,
        ("Przez dwa tygodnie przyjdę na czas.", "Napiszę życiorys.", "Pójdę na rozmowę do pracodawcy."),
    ),
    ("Chcę spłacać czynsz.", rules.Area.SOCIAL, ("Przyniosę listy z ostatniego roku.", "Ułożę plan spłaty.")),
)
TEXT: Final = "Porządek dnia, sprawy urzędowe, nauka czynności w pracowni i szukanie zatrudnienia."
COLUMNS: Final = (
    "id", "unit_id", "participation_id", "person_id", "day", "kind", "hours", "workshop_id", "excuse_id",
    "sick_leave_id", "free_day_id", "meal", "reason", "revision", "marked_by_id", "marked_at",
)  # fmt: skip


@generate_step("services and workshops", phase=Phase.UNIT, order=30)
def workshops(work: Work) -> None:
    unit, since = work.unit, work.country.opened_on
    leader = unit.user(Role.INSTRUCTOR)
    reason = next(one for one in catalogue.excuses() if one.pay.value == "full")
    work.put(
        work.new(AttendanceSettings),
        work.new(
            ExcuseReason, id=unit.key("excuse"), key=reason.key, name=reason.name, pay_rule=reason.pay.value,
            paper=reason.paper,
        ),
    )  # fmt: skip
    ensure_catalogue()
    work.put(*(row for place in range(unit.workshops) for row in _workshop(work, place, since, leader)))


def _workshop(work: Work, place: int, since: date, leader: UUID) -> Iterator[Model]:
    trade = TRADES[place]
    made = work.new(
        Workshop, id=work.unit.workshop(place), name=f"Pracownia {trade}", trade=trade, opened_on=since,
        kind="workshop" if work.unit.is_cis else "group",
    )  # fmt: skip
    yield made
    yield work.new(WorkshopLeader, workshop=made, user_id=leader, since=since)
    for weekday in range(5):
        yield work.new(
            TimetableEntry, workshop=made, weekday=weekday, since=since, begins=BEGINS, ends=ENDS,
            leader_id=leader,
        )  # fmt: skip


@generate_step("programmes", phase=Phase.YEAR, order=30)
def programmes(work: Work) -> None:
    kind = ProgrammeKind.IPZS if work.unit.is_cis else ProgrammeKind.INTERNAL_CONTRACT
    work.put(*(row for plan in work.year.files for row in _programme(work, plan, kind)))
    count_numbers(work, SERIES_OF[kind])


def _programme(work: Work, plan: FilePlan, kind: ProgrammeKind) -> Iterator[Model]:
    unit, made_by = work.unit, work.unit.user(Role.SOCIAL_WORKER)
    kept = {"person_id": plan.person}
    ended = plan.ended_on is not None
    programme = work.new(
        Programme, participation_id=plan.key, kind=kind, number=number_of(work, plan, SERIES_OF[kind]),
        state="ended" if ended else "running", since=plan.since, until=plan.planned_until,
        ended_on=plan.ended_on, end_kind=_ending(plan, is_cis=unit.is_cis), made_by_id=made_by,
        made_at=noon(plan.opened_on), **kept,
    )  # fmt: skip
    yield programme
    yield work.new(
        ProgrammeVersion, programme=programme, number=1, state="in_force", since=plan.since,
        until=plan.planned_until, content=rules.to_dict(_content(work, plan, kind)),
        signed_on=plan.signed_on, signed_how="witnessed", witness="Anna Socjalna",
        agreement_id=work.country.key("agreement", plan.key) if unit.is_cis else None,
        made_by_id=made_by, made_at=noon(plan.opened_on), **kept,
    )  # fmt: skip
    for day in _evaluations(plan):
        held = day < work.country.until and day <= plan.last
        yield work.new(
            Evaluation, programme=programme, due_on=day, held_on=day if held else None,
            result="on_course" if held else "", held_by_id=made_by if held else None, **kept,
        )  # fmt: skip


def _ending(plan: FilePlan, *, is_cis: bool) -> str:
    if plan.end_reason == "completed" and not is_cis:
        return "contract_fulfilled"
    return ENDINGS[plan.end_reason] if plan.end_reason else ""


def _evaluations(plan: FilePlan) -> list[date]:
    days = []
    while (day := plan.since + EVERY * (len(days) + 1)) <= plan.planned_until:
        days.append(day)
    return days


def _content(work: Work, plan: FilePlan, kind: ProgrammeKind) -> rules.Content:
    face = rules.Face(kind)

    def key(*parts: Any) -> str:
        return str(work.keys())

    return rules.Content(
        face=face,
        texts=dict.fromkeys(rules.PARTS[face], TEXT),
        responsible=(rules.Responsible(key(), "Jan Opiekun", "prowadzi i łączy wszystkie działania"),),
        goals=tuple(
            rules.Goal(
                key(), text, area, at == 0,
                tuple(rules.Step(key(), step, "uczestnik z opiekunem", plan.planned_until) for step in steps),
            )
            for at, (text, area, steps) in enumerate(GOALS)
        ),
        evaluations=tuple(_evaluations(plan)) or (plan.planned_until,),
        since=plan.since,
        until=plan.planned_until,
    )  # fmt: skip


@generate_step("days", phase=Phase.YEAR, order=40)
def days(work: Work) -> None:
    leaves: dict[UUID, UUID] = {}
    asked: dict[UUID, UUID] = {}
    rows: list[Model] = []
    for plan in work.year.files:
        kept = {"participation_id": plan.key, "person_id": plan.person}
        rows.append(
            work.new(
                WorkshopPlace, workshop_id=work.unit.workshop(plan.workshop), since=plan.since,
                until=plan.ended_on, **kept,
            )
        )  # fmt: skip
        if plan.sick is not None:
            leave = work.new(
                SickLeave, since=plan.sick.first, until=plan.sick.last, confirmed_on=plan.sick.first, **kept
            )
            rows.append(leave)
            leaves[plan.key] = leave.pk
        if plan.free is not None:
            request = _free_days(work, plan, kept)
            rows.append(request)
            asked[plan.key] = request.pk
    work.put(*rows)
    work.loader.put_values(DayMark, COLUMNS, _marks(work, leaves, asked))


def _free_days(work: Work, plan: FilePlan, kept: dict[str, UUID]) -> FreeDayRequest:
    assert plan.free is not None
    asked_on = max(plan.since, plan.free.first - timedelta(days=3))
    return work.new(
        FreeDayRequest, since=plan.free.first, until=plan.free.last, asked_on=asked_on, state="granted",
        decided_on=asked_on, decided_by_id=work.unit.user(Role.MANAGER), **kept,
    )  # fmt: skip


def _marks(work: Work, leaves: dict[UUID, UUID], asked: dict[UUID, UUID]) -> Iterator[tuple[Any, ...]]:
    """A mark for each class day, day by day as they were written, straight as values: there are millions."""
    unit, excuse, marked_by = work.unit, work.unit.key("excuse"), work.unit.user(Role.INSTRUCTOR)
    places = [unit.workshop(place) for place in range(unit.workshops)]
    by_day: dict[date, list[tuple[FilePlan, str]]] = {}
    for plan in work.year.files:
        told = kind_of_day(plan)
        for day in plan.days:
            by_day.setdefault(day, []).append((plan, told.get(day, "present")))
    for day in sorted(by_day):
        marked_at = noon(day)
        for plan, kind in by_day[day]:
            there = kind == "present"
            yield (
                work.keys(), unit.id, plan.key, plan.person, day, kind, HOURS if there else None,
                places[plan.workshop], excuse if kind == "excused" else None,
                leaves[plan.key] if kind == "sick" else None, asked[plan.key] if kind == "free" else None,
                there and unit.is_cis, b"", 1, marked_by, marked_at,
            )  # fmt: skip


@generate_step("closed months", phase=Phase.YEAR, order=50)
def months(work: Work) -> None:
    work.put(
        *(
            work.new(
                AttendanceMonth, first_day=month.first, state="closed", closed_at=noon(month.last + ONE_DAY),
                closed_by_id=work.unit.user(Role.MANAGER), closings=1,
            )
            for month in work.year.months_over
        )
    )  # fmt: skip
