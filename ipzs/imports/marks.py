"""Days from a file: one row for each person and day, a year of a whole unit at once.

A sick day is written for each day of the leave, weekends too, because leaves are made of days in a row;
consents to free days likewise. What stands already is left as it is, what contradicts it is a problem.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from ipzs.enums import FreeDayState, MarkKind, MonthState
from ipzs.imports.table import Column, Problem, Row, plain
from ipzs.models import (
    AttendanceMonth,
    AttendanceSettings,
    DayMark,
    ExcuseReason,
    FreeDayRequest,
    SickLeave,
)
from ipzs.queries import balances, timetable
from ipzs.rules.balances import Facts, Mark, free_days
from ipzs.rules.codes import MarkKind as RuleKind
from ipzs.services.attendance.common import hours_of
from participants.models import Participation, Period
from participants.rules.codes import PeriodKind, UnitType
from participants.services.participations.common import actor, unit_type
from reintegration.core import clock
from reintegration.core.dates import ONE_DAY, DateSpan, Month
from reintegration.core.errors import InputError
from reintegration.core.formats import format_table_date
from reintegration.tenancy import bulk

COLUMNS: Final = (
    Column("number", "numer sprawy", "Numer sprawy osoby w tym programie."),
    Column("name", "osoba", "Imię i nazwisko; sprawdzamy, czy to ta sama osoba.", asked=False),
    Column("day", "dzień", "Na przykład 20.11.2026."),
    Column(
        "mark", "wpis",
        "O obecność, NN nieusprawiedliwiona, L4 choroba (każdy dzień zwolnienia, także weekend), "
        "DW dzień wolny, U (albo NU) usprawiedliwiona, P u pracodawcy, Z jednostka zamknięta.",
    ),
    Column("hours", "godziny", "Przy O i P; puste to godziny z planu tej osoby.", asked=False),
    Column("reason", "powód", "Przy U: powód z listy jednostki.", asked=False),
    Column("paper", "zaświadczenie", "Przy L4: dzień, w którym je przyniesiono, albo tak.", asked=False),
)  # fmt: skip
CODES: Final[Mapping[str, MarkKind]] = {
    "o": MarkKind.PRESENT,
    "nn": MarkKind.UNEXCUSED,
    "l4": MarkKind.SICK,
    "dw": MarkKind.FREE,
    "nu": MarkKind.EXCUSED,
    "u": MarkKind.EXCUSED,
    "p": MarkKind.EMPLOYER,
    "z": MarkKind.CLOSED,
    **{plain(kind.label): kind for kind in MarkKind},
}
WITH_HOURS: Final = frozenset({MarkKind.PRESENT, MarkKind.EMPLOYER})
AHEAD: Final = frozenset({MarkKind.SICK, MarkKind.FREE, MarkKind.EXCUSED, MarkKind.CLOSED})
SOURCE: Final = "wczytane z pliku"
BATCH: Final = 5000


@dataclass(frozen=True, slots=True)
class Wanted:
    """A day of the file, read."""

    row: int
    file: Participation
    day: date
    kind: MarkKind
    hours: Decimal | None
    excuse_id: UUID | None
    paper: date | None


@dataclass(slots=True)
class Plan:
    """What a file would do."""

    fresh: list[Wanted] = field(default_factory=list)
    unchanged: int = 0
    problems: list[Problem] = field(default_factory=list)
    persons: int = 0

    @property
    def may_run(self) -> bool:
        return not self.problems


@dataclass(frozen=True, slots=True)
class _Known:
    """What stands already about the persons of the file."""

    files: Mapping[str, Participation]
    terms: Mapping[UUID, Sequence[Period]]
    marks: Mapping[tuple[UUID, date], DayMark]
    leaves: Mapping[UUID, Sequence[SickLeave]]
    closed: frozenset[date]
    excuses: Mapping[str, UUID]
    day_hours: Decimal
    is_cis: bool
    today: date


def look(rows: Sequence[Row]) -> Plan:
    """Read every row and say what it would do; nothing is written."""
    known = _known({row.text("number") for row in rows})
    found = Plan()
    seen: dict[tuple[UUID, date], int] = {}
    for row in rows:
        try:
            wanted = _read(row, known)
            twice = seen.setdefault((wanted.file.pk, wanted.day), row.number)
            if twice != row.number:
                raise InputError(f"Ta osoba i ten dzień są już w wierszu {twice}.")
            if _stands(wanted, known):
                found.unchanged += 1
            else:
                found.fresh.append(wanted)
        except InputError as error:
            found.problems.append(Problem(row.number, error.message))
    found.persons = len({key for key, _ in seen})
    found.fresh = _with_planned_hours(found.fresh, known.day_hours)
    if known.is_cis and not found.problems:
        found.problems += _too_many_free(found.fresh)
    return found


def write(plan: Plan, tell: Callable[[int, int], None]) -> int:
    """Store the days of a plan without problems, with the leaves and consents that they speak of."""
    user_id, now, today = actor(), clock.now(), clock.today()
    meals = (AttendanceSettings.objects.first() or AttendanceSettings()).meals
    leaves = _leaves(plan.fresh, today)
    consents = _consents(plan.fresh, user_id, today)
    for at in range(0, len(plan.fresh), BATCH):
        tell(at, len(plan.fresh))
        marks = (
            DayMark(
                participation=one.file, person_id=one.file.person_id, day=one.day, kind=one.kind,
                hours=one.hours, excuse_id=one.excuse_id,
                sick_leave=leaves.get((one.file.pk, one.day)) if one.kind is MarkKind.SICK else None,
                free_day=consents.get((one.file.pk, one.day)) if one.kind is MarkKind.FREE else None,
                meal=meals and one.kind is MarkKind.PRESENT,
                reason=SOURCE, marked_by_id=user_id, marked_at=now,
            )
            for one in plan.fresh[at : at + BATCH]
        )  # fmt: skip
        bulk.store(DayMark, marks)
    return len(plan.fresh)


def _known(numbers: Iterable[str]) -> _Known:
    files = {
        row.number: row
        for row in Participation.objects.filter(number__in=list(numbers))
        .select_related("person")
        .order_by("pk")
    }
    keys = [row.pk for row in files.values()]
    own = AttendanceSettings.objects.first() or AttendanceSettings()
    terms: defaultdict[UUID, list[Period]] = defaultdict(list)
    for period in Period.objects.filter(participation__in=keys).order_by("since", "pk"):
        terms[period.participation_id].append(period)
    leaves: defaultdict[UUID, list[SickLeave]] = defaultdict(list)
    for leave in SickLeave.objects.filter(participation__in=keys).order_by("since", "pk"):
        leaves[leave.participation_id].append(leave)
    persons = [row.person_id for row in files.values()]
    marks = DayMark.objects.filter(person_id__in=persons).defer("reason").order_by("pk")
    closed = AttendanceMonth.objects.filter(state=MonthState.CLOSED).order_by("pk")
    excuses = ExcuseReason.objects.order_by("pk").values_list("name", "pk")
    return _Known(
        files=files,
        terms=terms,
        marks={(mark.person_id, mark.day): mark for mark in marks},
        leaves=leaves,
        closed=frozenset(closed.values_list("first_day", flat=True)),
        excuses={plain(name): pk for name, pk in excuses},
        day_hours=Decimal(own.day_hours),
        is_cis=unit_type() is UnitType.CIS,
        today=clock.today(),
    )


def _read(row: Row, known: _Known) -> Wanted:
    number = row.text("number")
    file = known.files.get(number)
    if file is None:
        raise InputError(f"Nie ma sprawy o numerze „{number}”." if number else "Brakuje numeru sprawy.")
    _check_name(row.text("name"), file)
    day = row.day("day")
    if day is None:
        raise InputError("Brakuje dnia.")
    code = row.text("mark")
    kind = CODES.get(plain(code))
    if kind is None:
        raise InputError(f"Nieznany wpis „{code}”." if code else "Brakuje wpisu.")
    hours = _hours(row, kind)
    said = row.text("reason")
    excuse_id = known.excuses.get(plain(said)) if kind is MarkKind.EXCUSED else None
    if kind is MarkKind.EXCUSED and excuse_id is None:
        raise InputError(f"Powodu „{said}” nie ma na liście jednostki." if said else "Brakuje powodu.")
    wanted = Wanted(row.number, file, day, kind, hours, excuse_id, None)
    _check_day(wanted, known)
    if kind is MarkKind.SICK:
        return Wanted(row.number, file, day, kind, hours, excuse_id, _paper(row, known.today))
    return wanted


def _check_name(said: str, file: Participation) -> None:
    """A wrong number is found by the name beside it, in whatever order its parts stand."""
    names = set(plain(f"{file.person.first_name} {file.person.last_name}").split())
    if said and not names <= set(plain(said).split()):
        raise InputError(f"Sprawa {file.number} to {file.person}, a w pliku jest „{said}”.")


def _hours(row: Row, kind: MarkKind) -> Decimal | None:
    """The hours that the file names."""
    given = row.number_of("hours")
    if kind not in WITH_HOURS:
        if given:
            raise InputError("Godziny wpisuje się tylko przy O i P.")
        return None
    return None if given is None else hours_of(given)


def _with_planned_hours(fresh: Sequence[Wanted], usual: Decimal) -> list[Wanted]:
    """Where the file names no hours, those of the plan and of practice, as on the screens."""
    bare = {(one.file.pk, Month.of(one.day)) for one in fresh if one.kind in WITH_HOURS and one.hours is None}
    planned = timetable.class_days_in(bare)
    return [
        replace(one, hours=planned[one.file.pk, Month.of(one.day)].get(one.day, usual))
        if one.kind in WITH_HOURS and one.hours is None
        else one
        for one in fresh
    ]


def _paper(row: Row, today: date) -> date | None:
    said = row.text("paper")
    if not said or plain(said) == "nie":
        return None
    day = date.max if plain(said) == "tak" else row.day("paper")
    return None if day is None else min(day, today)


def _check_day(one: Wanted, known: _Known) -> None:
    said = format_table_date(one.day)
    term = next((row for row in known.terms[one.file.pk] if row.since <= one.day <= row.until), None)
    if term is None:
        raise InputError(f"{said} nie należy do okresu uczestnictwa.")
    if one.day > known.today and one.kind not in AHEAD:
        raise InputError(f"{said} jeszcze nie nadszedł.")
    if one.kind is MarkKind.FREE and not known.is_cis:
        raise InputError("Dni wolne z ustawy mają uczestnicy CIS.")
    if one.kind is MarkKind.FREE and term.kind == PeriodKind.TRIAL:
        raise InputError("W okresie próbnym nie ma dni wolnych. (art. 15 ust. 6a)")
    ill = any(leave.since <= one.day <= leave.until for leave in known.leaves[one.file.pk])
    if ill and one.kind not in {MarkKind.SICK, MarkKind.CLOSED}:
        raise InputError(f"{said} jest już w zwolnieniu lekarskim.")


def _stands(one: Wanted, known: _Known) -> bool:
    """Whether the same stands there already; something else is not overwritten."""
    mark = known.marks.get((one.file.person_id, one.day))
    if mark is None:
        if one.day.replace(day=1) in known.closed:
            raise InputError(f"{format_table_date(one.day)} należy do zamkniętego miesiąca.")
        return False
    # Hours that the file does not name contradict none.
    hours = mark.hours if one.hours is None else one.hours
    if (mark.kind, mark.hours, mark.excuse_id) == (one.kind, hours, one.excuse_id):
        return True
    raise InputError(f"{format_table_date(one.day)} ma już inny wpis: {mark.get_kind_display()}.")


def _too_many_free(fresh: Sequence[Wanted]) -> list[Problem]:
    """Free days of the file for which none is left (art. 15 ust. 6a)."""
    free: defaultdict[UUID, list[Wanted]] = defaultdict(list)
    for one in fresh:
        if one.kind is MarkKind.FREE:
            free[one.file.pk].append(one)
    found = []
    facts = balances.facts_of(list(free))
    for key, wanted in free.items():
        governing = balances.rules_on(wanted[0].day)
        own: Facts = facts[key]
        for one in wanted:
            own = own.with_mark(Mark(one.day, RuleKind.FREE))
        counted = free_days(own, limits=governing.limits, readings=governing.readings)
        over = {one.day for one in counted if one.is_over}
        found += [
            Problem(one.row, "Więcej dni wolnych, niż przysługuje. (art. 15 ust. 6a)")
            for one in wanted
            if one.day in over
        ]
    return found


# Papers that the days speak of


def _runs(fresh: Iterable[Wanted], kind: MarkKind) -> list[list[Wanted]]:
    """Days in a row of one person and one kind."""
    found: list[list[Wanted]] = []
    days = sorted((one for one in fresh if one.kind is kind), key=lambda one: (one.file.pk, one.day))
    for one in days:
        last = found[-1][-1] if found else None
        if last is not None and last.file.pk == one.file.pk and last.day + ONE_DAY == one.day:
            found[-1].append(one)
        else:
            found.append([one])
    return found


def _leaves(fresh: Sequence[Wanted], today: date) -> dict[tuple[UUID, date], SickLeave]:
    """A leave for every run of sick days that no leave covers yet."""
    keys = {one.file.pk for one in fresh if one.kind is MarkKind.SICK}
    by_day: dict[tuple[UUID, date], SickLeave] = {}
    for leave in SickLeave.objects.filter(participation__in=list(keys)).order_by("since", "pk"):
        by_day |= {(leave.participation_id, day): leave for day in DateSpan(leave.since, leave.until)}
    bare = [one for one in fresh if (one.file.pk, one.day) not in by_day]

    def made(run: list[Wanted]) -> SickLeave:
        first, last = run[0], run[-1]
        papers = [one.paper for one in run if one.paper is not None]
        # "tak" stands for the last day of the leave.
        confirmed = max(min(*papers, last.day, today), first.day) if papers else None
        return SickLeave(
            participation=first.file, person_id=first.file.person_id, since=first.day, until=last.day,
            confirmed_on=confirmed,
        )  # fmt: skip

    return by_day | _made(SickLeave, _runs(bare, MarkKind.SICK), made)


def _consents(fresh: Sequence[Wanted], user_id: UUID, today: date) -> dict[tuple[UUID, date], FreeDayRequest]:
    """The manager who brings the file consented to its free days, run by run."""
    keys = {one.file.pk for one in fresh if one.kind is MarkKind.FREE}
    by_day: dict[tuple[UUID, date], FreeDayRequest] = {}
    granted = FreeDayRequest.objects.filter(participation__in=list(keys), state=FreeDayState.GRANTED)
    for row in granted.order_by("since", "pk"):
        by_day |= {(row.participation_id, day): row for day in DateSpan(row.since, row.until)}
    bare = [one for one in fresh if (one.file.pk, one.day) not in by_day]

    def made(run: list[Wanted]) -> FreeDayRequest:
        first, last = run[0], run[-1]
        return FreeDayRequest(
            participation=first.file, person_id=first.file.person_id, since=first.day, until=last.day,
            asked_on=min(first.day, today), state=FreeDayState.GRANTED,
            decided_on=min(first.day, today), decided_by_id=user_id,
        )  # fmt: skip

    return by_day | _made(FreeDayRequest, _runs(bare, MarkKind.FREE), made)


def _made(
    model: type[Any], runs: list[list[Wanted]], make: Callable[[list[Wanted]], Any]
) -> dict[tuple[UUID, date], Any]:
    papers = [make(run) for run in runs]
    model.objects.bulk_create(papers, batch_size=BATCH)
    return {(one.file.pk, one.day): paper for paper, run in zip(papers, runs, strict=True) for one in run}
