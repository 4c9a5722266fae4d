"""Early warnings of everybody in classes, told by the rules from the rows of the unit."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import Max, OuterRef, QuerySet, Subquery

from ipzs.models import AttendanceSettings, DayMark
from ipzs.queries import balances, spent, timetable
from ipzs.queries.balances import DayRules
from ipzs.queries.timetable_hours import limits_on
from ipzs.rules import warnings as rules
from ipzs.rules.balances import Facts, kinds_by_day
from ipzs.rules.codes import AlertKind
from ipzs.rules.codes import MarkKind as RuleKind
from ipzs.rules.hours import WeekLimits, week_hours, week_of
from ipzs.rules.warnings import Alert
from participants.models import CardEntry, Participation, Period
from participants.rules.codes import PeriodKind, UnitType
from participants.services.participations.common import unit_type
from reintegration.core.dates import DateSpan, Month

# What the first weeks say is old news when the person has stayed so long.
EARLY_NEWS: Final = timedelta(weeks=8)
# After a talk about it the reason to talk is gone.
TALKED_AWAY: Final = frozenset(
    {AlertKind.EARLY_ABSENCES, AlertKind.THIRD_UNEXCUSED, AlertKind.SICK_DAYS, AlertKind.FEW_HOURS}
)


@dataclass(frozen=True, slots=True)
class Warned:
    """A sign about one person."""

    file: Participation
    alert: Alert
    # The last period is a main one of a CIS, so that it may be extended.
    may_extend: bool


@dataclass(frozen=True, slots=True)
class _Unit:
    """What is the same for everybody on a day."""

    today: date
    own: AttendanceSettings
    governing: DayRules
    is_cis: bool
    week: DateSpan
    limits: WeekLimits
    off: Mapping[date, str]


def warnings(*, today: date, person_ids: Collection[UUID] | None = None) -> list[Warned]:
    """Every sign that holds today about who takes part today, or about some of them."""
    taking_part = _files(today)
    if person_ids is not None:
        taking_part = taking_part.filter(person__in=person_ids)
    files: list[Any] = list(taking_part)
    if not files:
        return []
    keys = [file.pk for file in files]
    last_week = week_of(today - timedelta(days=7))
    unit = _Unit(
        today,
        AttendanceSettings.objects.first() or AttendanceSettings(),
        balances.rules_on(today),
        unit_type() is UnitType.CIS,
        last_week,
        limits_on(last_week.first),
        timetable.off_days(last_week),
    )
    facts = balances.with_class_days(balances.facts_of(keys), _months(unit))
    hours = spent.by_day(keys, last_week)
    found = []
    for file in files:
        own = facts[file.pk]
        last = max(own.periods, key=lambda one: one.span.first)
        may_extend = unit.is_cis and last.kind is PeriodKind.MAIN
        minutes = {day: done.total for day, done in hours[file.pk].items()}
        for alert in _of(file, own, minutes, unit):
            talked = file.talked_on
            if alert.kind in TALKED_AWAY and talked is not None and talked >= alert.day:
                continue
            found.append(Warned(file, alert, may_extend))
    return found


def _files(today: date) -> QuerySet[Participation]:
    """Who takes part today, with the newest entry about them."""
    inside = Period.objects.filter(since__lte=today, until__gte=today).values("participation")
    talks = CardEntry.objects.filter(participation=OuterRef("pk"), struck_at=None, held_on__lte=today)
    marks = DayMark.objects.filter(participation=OuterRef("pk"), day__lte=today)
    rows: QuerySet[Participation] = Participation.objects.filter(pk__in=inside, ended_on__isnull=True)
    return (
        rows.select_related("person")
        .annotate(
            talked_on=_newest(talks, "held_on"),
            marked_on=_newest(marks, "day"),
        )
        .order_by("pk")
    )


def _newest(rows: QuerySet[DayMark] | QuerySet[CardEntry], column: str) -> Subquery:
    return Subquery(rows.order_by().values("participation").annotate(newest=Max(column)).values("newest"))


def _months(unit: _Unit) -> list[Month]:
    """Months whose class days are asked for: of the last week, and of this month when runs are counted."""
    days = [unit.week.first, unit.week.last or unit.week.first]
    if unit.governing.needs_class_days:
        days.append(unit.today)
    return sorted({Month.of(day) for day in days})


def _of(file: Any, facts: Facts, minutes: Mapping[date, int], unit: _Unit) -> Iterator[Alert]:
    start = min(one.span.first for one in facts.periods)
    found: list[Alert | None] = []
    if unit.today < start + EARLY_NEWS:
        found.append(rules.early_absences(facts))
    if unit.is_cis:
        limits, readings = unit.governing.limits, unit.governing.readings
        month = Month.of(unit.today)
        found.append(rules.third_unexcused(facts, month, limits=limits, readings=readings))
        found.append(
            rules.many_sick_days(facts, limits=limits, readings=readings, number=unit.own.sick_alert)
        )
        found.append(_few_hours(facts, minutes, unit))
    entries = [day for day in (file.talked_on, file.marked_on, file.last_contact_on) if day is not None]
    found.append(
        rules.silence(max(entries, default=None), since=start, today=unit.today, days=unit.own.quiet_days)
    )
    last = max(facts.periods, key=lambda one: one.span.first)
    if last.kind is not PeriodKind.TRIAL and last.span.last is not None:
        found.append(rules.ends_soon(last.span.last, today=unit.today, days=unit.own.ending_days))
    yield from (one for one in found if one is not None)


def _few_hours(facts: Facts, minutes: Mapping[date, int], unit: _Unit) -> Alert | None:
    """Of the last whole week, once all its days are marked; an absence that is excused asks for nothing."""
    kinds = {day: kind for day, kind in kinds_by_day(facts).items() if day in unit.week}
    since = facts.opening.until if facts.opening is not None else date.min
    planned = [day for day in facts.class_days if day in unit.week]
    if not planned or min(planned) <= since or any(day not in kinds for day in planned):
        return None
    off = dict(unit.off)
    came = {RuleKind.PRESENT, RuleKind.EMPLOYER, RuleKind.UNEXCUSED}
    off |= {day: "nieobecność usprawiedliwiona" for day, kind in kinds.items() if kind not in came}
    week = week_hours(
        unit.week,
        minutes,
        taking_part=[one.span for one in facts.periods],
        off=off,
        limits=unit.limits,
    )
    return rules.few_hours(week)
