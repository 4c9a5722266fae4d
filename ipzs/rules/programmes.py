"""How long a programme runs, and what it takes to sign, extend and end it (art. 12, 13, 15 and 18)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from ipzs.rules.content import CONTRACTS, PART_TITLES, PARTS, Area, Content, Face, Part
from participants.rules.codes import PeriodKind, TrialEnd, UnitType
from participants.rules.stages import (
    EXTENSION_MONTHS,
    MAIN_MONTHS,
    TRIAL_MONTHS,
    Period,
    last_day,
    latest_end,
)
from reintegration.core.dates import ONE_DAY, add_months
from reintegration.core.formats import NBSP, counted, format_date, format_table_date, join_words, plural

LONGEST_MONTHS: Final = TRIAL_MONTHS + MAIN_MONTHS + EXTENSION_MONTHS
TAIL_MONTHS: Final = 6
# Art. 114 of the civil code: where a term need not run without a break, a month is thirty days.
_DAYS_OF_MONTH: Final = 30


# How long


@dataclass(frozen=True, slots=True)
class Length:
    """Whole months and the days that are left over."""

    months: int
    days: int

    def __str__(self) -> str:
        parts = [counted(self.months, "miesiąc", "miesiące", "miesięcy")] if self.months else []
        if self.days or not self.months:
            parts.append(counted(self.days, "dzień", "dni", "dni"))
        return join_words(parts)


class Phase(StrEnum):
    BEFORE = "before"
    RUNNING = "running"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Countdown:
    """How much is used and left on a day, the day itself being used.

    `until` is the last day as planned, `latest` the last one that an extension could reach. Both are None
    where nothing sets a last day: a KIS agrees on the length with everybody (art. 18 ust. 5).
    """

    day: date
    phase: Phase
    since: date
    until: date | None
    latest: date | None
    used: Length
    most: int | None
    days_left: int | None
    left: Length | None

    @property
    def sentence(self) -> str:
        """The countdown as it stands beside a name."""
        if self.phase is Phase.BEFORE:
            return f"Zaczyna się {format_date(self.since, today=self.day)}."
        if self.until is None or self.days_left is None:
            return f"Trwa od {format_date(self.since, today=self.day)}, bez ustalonego końca."
        until = format_date(self.until, today=self.day)
        if self.phase is Phase.OVER:
            return f"Okres skończył się {until}."
        if self.days_left == 0:
            return "Dziś ostatni dzień."
        verb = plural(self.days_left, "Został", "Zostały", "Zostało")
        return f"{verb} {counted(self.days_left, 'dzień', 'dni', 'dni')}, do {until}."

    @property
    def used_sentence(self) -> str:
        """How much of what the law allows is used."""
        if self.most is None:
            return f"Wykorzystano {self.used}."
        return f"Wykorzystano {self.used} z {self.most} miesięcy."


def left_text(until: date | None, day: date) -> str:
    """What is left of a period on a day, the day itself being used: the countdown beside a name in a list."""
    if until is None or until < day:
        return ""
    days = (until - day).days
    return counted(days, "dzień", "dni", "dni").replace(" ", NBSP) if days else "ostatni dzień"


def length(first: date, last: date, reading: TrialEnd = TrialEnd.DAY_BEFORE) -> Length:
    """The whole months from the first day to the last, and the days after them; both days count."""
    if last < first:
        return Length(0, 0)
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    while months and last_day(first, months, reading) > last:
        months -= 1
    reached = last_day(first, months, reading) if months else first - ONE_DAY
    return Length(months, (last - reached).days)


def countdown(
    periods: Iterable[Period],
    day: date,
    *,
    ended_on: date | None = None,
    unit_type: UnitType = UnitType.CIS,
    reading: TrialEnd = TrialEnd.DAY_BEFORE,
) -> Countdown | None:
    """Count what is used and left on a day; None as long as no period is planned.

    Months are counted in each period from its own first day, as the law sets each (art. 15 ust. 1 and 3),
    so that a whole trial, main period and extension are 1, 11 and 12 whatever the lengths of the calendar
    months; the left-over days of several periods make a month when there are thirty.
    """
    ordered = sorted(periods, key=lambda period: (period.span.first, list(PeriodKind).index(period.kind)))
    if not ordered:
        return None
    since = ordered[0].span.first
    until = _last(ordered)
    if ended_on is not None:
        until = ended_on if until is None else min(until, ended_on)
    counted_to = day if until is None else min(day, until)
    lasted = [
        length(period.span.first, min(period.span.last or counted_to, counted_to), reading)
        for period in ordered
    ]
    used = _summed(lasted)
    phase = Phase.BEFORE if day < since else Phase.RUNNING
    if until is not None and day > until:
        phase = Phase.OVER
    begin = max(day + ONE_DAY, since)
    of_cis = unit_type is UnitType.CIS
    return Countdown(
        day=day,
        phase=phase,
        since=since,
        until=until,
        latest=latest_day(ordered, reading) if of_cis and ended_on is None else until,
        used=used,
        most=LONGEST_MONTHS if of_cis else None,
        days_left=None if until is None else max((until - begin).days + 1, 0),
        left=None if until is None else length(begin, until, reading),
    )


def _summed(lengths: list[Length]) -> Length:
    """Months and days of several periods; the days of one alone stay days, of several they make months."""
    months = sum(one.months for one in lengths)
    days = [one.days for one in lengths if one.days]
    if len(days) < 2:
        return Length(months, sum(days))
    return Length(months + sum(days) // _DAYS_OF_MONTH, sum(days) % _DAYS_OF_MONTH)


def latest_day(periods: Iterable[Period], reading: TrialEnd = TrialEnd.DAY_BEFORE) -> date | None:
    """The last day to which the periods could be prolonged (art. 15 ust. 1 and 3); None without periods.

    What stands already stays: a main period that was planned shorter may still be prolonged to eleven
    months, and twelve months of extension begin on the day after the main period as planned.
    """
    kinds: dict[PeriodKind, list[Period]] = {kind: [] for kind in PeriodKind}
    for period in sorted(periods, key=lambda period: period.span.first):
        kinds[period.kind].append(period)
    if not any(kinds.values()):
        return None
    first: date | None = None
    latest: date | None = None
    for kind, held in kinds.items():
        begins = held[0].span.first if held else first
        if begins is None:
            continue
        later_exists = any(kinds[other] for other in list(PeriodKind)[list(PeriodKind).index(kind) + 1 :])
        latest = latest_end(kind, begins, reading)
        if held and later_exists:
            latest = _last(held) or latest
        first = latest + ONE_DAY
    return latest


def extension_starts(periods: Iterable[Period]) -> date | None:
    """The day from which an extension would run: the one after the last day as planned."""
    last = _last(list(periods))
    return None if last is None else last + ONE_DAY


def _last(periods: list[Period]) -> date | None:
    """The last day of all, or None when one of them is open."""
    lasts = [period.span.last for period in periods]
    known = [last for last in lasts if last is not None]
    return max(known) if known and len(known) == len(lasts) else None


@dataclass(frozen=True, slots=True)
class Tail:
    """The time in which a programme still runs beside work, without classes and without the benefit."""

    started_on: date
    until: date
    beyond_period: bool

    def problem(self, ended_on: date) -> str | None:
        """Why the programme cannot end on a day, or None when it can."""
        if ended_on < self.started_on:
            day = format_table_date(self.started_on)
            return f"Pierwszy dzień pracy to {day}. Program kończy się wtedy albo później. (art. 13 ust. 5)"
        if ended_on > self.until:
            day = format_table_date(self.until)
            return f"Po podjęciu pracy program trwa do {TAIL_MONTHS} miesięcy: do {day}. (art. 13 ust. 5)"
        return None


def tail_after_work(started_on: date, *, period_until: date | None = None) -> Tail:
    """How long a programme may run after somebody found work (art. 13 ust. 5).

    The act says "w okresie do 6 miesięcy po dniu": the day of the start is not counted, and the term ends
    on the day of the same number (art. 111 § 2 and 112 of the civil code). The act does not say whether
    the end of the planned period cuts it; `beyond_period` tells that the question arises.
    """
    until = add_months(started_on, TAIL_MONTHS)
    return Tail(started_on, until, period_until is not None and until > period_until)


# Signing


class Role(StrEnum):
    """Who puts their name under a programme or a contract."""

    PARTICIPANT = "participant"
    REPRESENTATIVE = "representative"
    UNIT_SOCIAL_WORKER = "unit_social_worker"
    MANAGER = "manager"
    BODY_SOCIAL_WORKER = "body_social_worker"
    CASE_MANAGER = "case_manager"


@dataclass(frozen=True, slots=True)
class Signer:
    """A signature box; without the signatures that must be there a version does not hold."""

    role: Role
    title: str
    must: bool
    act: str


def signers(face: Face, *, represented: bool = False) -> tuple[Signer, ...]:
    """Who signs, in the order of the boxes on paper.

    The social worker of a CIS, who prepares a programme (art. 13 ust. 1), always has a box and holds up
    nothing.
    The head of OPS is not among them: the head agrees to what is signed already (art. 12 ust. 4).
    """
    signing = {
        Face.IPZS: (
            Signer(Role.PARTICIPANT, "Uczestnik", True, "art. 12 ust. 4"),
            Signer(Role.UNIT_SOCIAL_WORKER, "Pracownik socjalny Centrum", False, "art. 13 ust. 1"),
            Signer(Role.MANAGER, "Kierownik Centrum", True, "art. 12 ust. 4"),
        ),
        Face.SOCIAL_CONTRACT: (
            Signer(Role.PARTICIPANT, "Uczestnik", True, "art. 108 ustawy o pomocy społecznej"),
            Signer(
                Role.BODY_SOCIAL_WORKER,
                "Pracownik socjalny ośrodka pomocy społecznej",
                True,
                "art. 108 ustawy o pomocy społecznej",
            ),
            Signer(Role.CASE_MANAGER, "Opiekun w Klubie", False, "art. 18 ust. 4"),
        ),
        Face.INTERNAL_CONTRACT: (
            Signer(Role.PARTICIPANT, "Uczestnik", True, "art. 18 ust. 5"),
            Signer(Role.CASE_MANAGER, "Opiekun w Klubie", False, "art. 18 ust. 5"),
            Signer(Role.MANAGER, "Kierownik Klubu", True, "art. 18 ust. 5"),
        ),
    }[face]
    if not represented:
        return signing
    representative = Signer(Role.REPRESENTATIVE, "Przedstawiciel ustawowy", True, signing[0].act)
    return (signing[0], representative, *signing[1:])


@dataclass(frozen=True, slots=True)
class Gap:
    """What a version lacks: the part where it is filled in, and a sentence."""

    part: str
    sentence: str


# The parts of a screen that are no texts.
RESPONSIBLE: Final = "responsible"
GOALS: Final = "goals"
SERVICES: Final = "services"
EVALUATIONS: Final = "evaluations"
DATES: Final = "dates"


def gaps(content: Content) -> tuple[Gap, ...]:
    """What keeps a version from being signed, in the order of its parts; nothing means that it may be.

    Art. 13 ust. 2 for a programme; for a contract the parts of the template Dz.U. 2010 nr 218 poz. 1439,
    where each action has somebody who does it and a day.
    """
    act = " (art. 13 ust. 2)" if content.face is Face.IPZS else ""
    found = [
        Gap(part, f"Wpisz: {_lower(PART_TITLES[part])}.{act}")
        for part in PARTS[content.face]
        if part is not Part.NOTES and not content.text(part)
    ]
    named = [one for one in content.responsible if one.name.strip()]
    if not named:
        found.append(Gap(RESPONSIBLE, f"Dodaj osobę odpowiedzialną za realizację.{act}"))
    found += [
        Gap(RESPONSIBLE, f"{one.name.strip()}: wpisz, za co odpowiada.")
        for one in named
        if not one.task.strip()
    ]
    found += _goal_gaps(content)
    if not content.services:
        found.append(Gap(SERVICES, "Dodaj co najmniej jedną usługę z katalogu."))
    found += _date_gaps(content)
    return tuple(found)


def remarks(content: Content) -> tuple[str, ...]:
    """What is worth a look before signing and keeps nobody from it."""
    names = {Area.SOCIAL: "reintegracji społecznej", Area.VOCATIONAL: "reintegracji zawodowej"}
    taken = {service.area for service in content.services}
    found = []
    if content.services and content.face is Face.IPZS:
        found += [
            f"Nie ma żadnej usługi z {names[area]}. (art. 13 ust. 2 pkt 1)"
            for area in Area
            if area not in taken
        ]
    without = [service.name for service in content.services if service.hours is None]
    if without:
        found.append(f"Bez godzin: {join_words(without)}.")
    if content.face is Face.IPZS:
        undated = sum(step.due_on is None for goal in content.goals for step in goal.steps)
        if undated:
            words = counted(undated, "krok nie ma", "kroki nie mają", "kroków nie ma")
            found.append(f"{words} terminu.")
    return tuple(found)


def _goal_gaps(content: Content) -> Iterable[Gap]:
    goals = [goal for goal in content.goals if goal.text.strip()]
    if len(goals) < len(content.goals):
        yield Gap(GOALS, "Wpisz treść celu, słowami uczestnika, albo usuń go.")
    if not any(step.text.strip() for goal in goals for step in goal.steps):
        yield Gap(GOALS, "Dodaj co najmniej jeden cel z jednym małym krokiem.")
    if any(not step.text.strip() for goal in goals for step in goal.steps):
        yield Gap(GOALS, "Wpisz treść kroku albo usuń go.")
    mains = sum(goal.main for goal in goals)
    if mains > 1:
        yield Gap(GOALS, f"Cel główny jest jeden, zaznaczono {mains}.")
    if content.face not in CONTRACTS:
        return
    if goals and not mains:
        yield Gap(GOALS, "Zaznacz, który cel jest główny.")
    for goal in goals:
        for step in goal.steps:
            lacks = [
                what
                for what, there in (("kto to zrobi", bool(step.who.strip())), ("do kiedy", bool(step.due_on)))
                if not there
            ]
            if step.text.strip() and lacks:
                yield Gap(GOALS, f"Krok „{step.text.strip()}”: wpisz, {join_words(lacks)}.")


def _date_gaps(content: Content) -> Iterable[Gap]:
    if content.since is None:
        yield Gap(DATES, "Wpisz, od kiedy obowiązują ustalenia.")
    if content.until is None:
        yield Gap(DATES, "Wpisz, do kiedy obowiązują ustalenia.")
    if not content.evaluations:
        yield Gap(EVALUATIONS, "Wpisz co najmniej jeden termin oceny.")
    for day in sorted(set(content.evaluations)):
        if content.since is not None and day < content.since:
            first = format_table_date(content.since)
            yield Gap(EVALUATIONS, f"Ocena {format_table_date(day)} jest przed początkiem, {first}.")
        elif content.until is not None and day > content.until:
            last = format_table_date(content.until)
            yield Gap(EVALUATIONS, f"Ocena {format_table_date(day)} jest po końcu, {last}.")


def _lower(title: str) -> str:
    return title[0].lower() + title[1:]


# A change and an extension


class Side(StrEnum):
    """Art. 13 ust. 3: a programme changes on motion of either side."""

    UNIT = "unit"
    PERSON = "person"


class Basis(StrEnum):
    """Art. 15 ust. 3: on what an extension rests."""

    MOTION = "motion"
    OPINION = "opinion"


@dataclass(frozen=True, slots=True)
class Extension:
    """What the manager prolongs on; the analysis says why the programme needs more time."""

    until: date
    basis: Basis | None
    basis_on: date | None
    author: str = ""
    analysis: str = ""


def extension_problems(
    extension: Extension,
    periods: Iterable[Period],
    *,
    decided_on: date,
    reading: TrialEnd = TrialEnd.DAY_BEFORE,
) -> tuple[str, ...]:
    """What keeps the manager of a CIS from prolonging the participation (art. 15 ust. 3)."""
    held = list(periods)
    found = []
    starts = extension_starts(held)
    if PeriodKind.MAIN not in {period.kind for period in held} or starts is None:
        found.append("Przedłuża się okres uczestnictwa, który ma ostatni dzień. (art. 15 ust. 3)")
    elif extension.until < starts:
        found.append(f"Przedłużenie zaczyna się {format_table_date(starts)}. Wpisz późniejszy koniec.")
    else:
        granted = [period.span.first for period in held if period.kind is PeriodKind.EXTENSION]
        latest = latest_end(PeriodKind.EXTENSION, min(granted, default=starts), reading)
        if extension.until > latest:
            day = format_table_date(latest)
            found.append(
                f"Przedłużenie trwa do {EXTENSION_MONTHS} miesięcy, najdłużej do {day}. (art. 15 ust. 3)"
            )
    if extension.basis is None or extension.basis_on is None:
        found.append("Potrzebny jest wniosek albo opinia pracownika socjalnego, z datą. (art. 15 ust. 3)")
    elif extension.basis_on > decided_on:
        found.append("Wniosek albo opinia nie może mieć daty późniejszej niż przedłużenie.")
    if not extension.author.strip():
        found.append("Wpisz, który pracownik socjalny złożył wniosek albo opinię.")
    if not extension.analysis.strip():
        found.append("Napisz, dlaczego program potrzebuje więcej czasu. (art. 15 ust. 3)")
    return tuple(found)
