"""Hours of persons: the week of a CIS against 30-40, the month of a KIS against 40 teaching hours."""

from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction
from uuid import UUID

from django.db.models import Q

from ipzs.queries.timetable import has_plan, off_days, plans, usual_minutes
from ipzs.rules import plan
from ipzs.rules.codes import Standing
from ipzs.rules.hours import (
    Spent,
    TeachingHours,
    TeachingRule,
    WeekHours,
    WeekLimits,
    teaching_hours,
    week_hours,
)
from participants.enums import DisabilityDegree
from participants.models import Disability, Participation, Period
from reintegration.core.components import Badge
from reintegration.core.dates import DateSpan, Month
from reintegration.law.book import law_book

STRONGER = (DisabilityDegree.CONSIDERABLE, DisabilityDegree.MODERATE)
BADGES = {
    Standing.ENOUGH: Badge("w normie", "ok"),
    Standing.BELOW: Badge("za mało", "warn"),
    Standing.ABOVE: Badge("za dużo", "bad"),
    Standing.PART_SHORT: Badge("niepełny", "plain"),
}


def limits_on(day: date) -> WeekLimits:
    """Hours of art. 14 ust. 1 on the first day of a week."""
    book = law_book()
    return WeekLimits(
        least=book.count("weekly_hours_least", on=day),
        most=book.count("weekly_hours_most", on=day),
        disability_most=book.count("disability_weekly_hours_most", on=day),
        disability_day_most=book.count("disability_daily_hours_most", on=day),
    )


def with_shorter_week(person_ids: Iterable[UUID], day: date) -> set[UUID]:
    """Who has a considerable or moderate degree on a day: their week is shorter."""
    rows = Disability.objects.filter(
        Q(until__isnull=True) | Q(until__gte=day), person__in=list(person_ids), since__lte=day
    )
    return {row.person_id for row in rows.order_by("pk") if row.degree in STRONGER}


def planned_weeks(cases: Sequence[Participation], week: DateSpan) -> dict[UUID, WeekHours]:
    """The planned week of each file; where a month has no plan, its usual days are the plan."""
    off = off_days(week)
    limits = limits_on(week.first)
    shorter = with_shorter_week((case.person_id for case in cases), week.first)
    found: dict[UUID, WeekHours] = {}
    usual: dict[date, int] | None = None
    for key, own in plans([case.pk for case in cases], week).items():
        if has_plan(own, week):
            minutes = own.minutes(week, off)
        else:
            if usual is None:
                usual = usual_minutes(week, off)
            minutes = own.with_usual(usual, week, off)
        found[key] = week_hours(
            week,
            minutes,
            taking_part=own.taking_part,
            off=off,
            limits=limits,
            disabled=next(case.person_id for case in cases if case.pk == key) in shorter,
        )
    return found


def planned_months(cases: Sequence[Participation], month: Month) -> dict[UUID, TeachingHours]:
    """The planned month of each file of a KIS, in groups and alone together."""
    off = off_days(month)
    found: dict[UUID, TeachingHours] = {}
    for key, own in plans([case.pk for case in cases], month).items():
        together = [entry for entry in own.entries if own.rows[entry.key].workshop_id is not None]
        alone = [entry for entry in own.entries if own.rows[entry.key].participation_id is not None]
        minutes = [
            sum(plan.plan_minutes(entries, month, taking_part=own.taking_part, off=off).values())
            for entries in (together, alone)
        ]
        found[key] = teaching_hours(
            month, group_minutes=minutes[0], individual_minutes=minutes[1], taking_part=own.taking_part
        )
    return found


def teaching(case: Participation, month: Month, done: Spent) -> TeachingHours:
    """What was done in a month, set against the teaching hours of a KIS."""
    terms = [
        DateSpan(row.since, row.until)
        for row in Period.objects.filter(participation=case).order_by("since", "pk")
    ]
    return teaching_hours(
        month,
        group_minutes=done.group,
        individual_minutes=done.alone + done.talks,
        taking_part=terms,
        rule=TeachingRule(),
    )


def taking_part(day: date) -> list[Participation]:
    """Everybody whose participation covers a day, in the order of names."""
    now = Period.objects.filter(since__lte=day, until__gte=day).values("participation")
    rows = Participation.objects.filter(pk__in=now)
    return list(rows.select_related("person").order_by("person__name_order", "pk"))


def in_words(hours: Fraction) -> str:
    """Teaching hours with one decimal: `12,5`."""
    return f"{float(hours):.1f}".replace(".", ",").removesuffix(",0")
