"""Class hours and counselling hours of persons in one balance, day by day and in sums (ATT-09)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from django.db.models import Case, DecimalField, F, QuerySet, Value, When
from django.db.models.functions import Cast

from ipzs.enums import MarkKind
from ipzs.models import ClassPresence, DayMark, OpeningBalance
from ipzs.rules.hours import Spent, week_of, weeks_of
from participants.enums import EntryKind
from participants.models import CardEntry
from participants.rules.codes import UnitType
from reintegration.core.dates import DateSpan, Month

LESSON: Final = 45
_HOUR: Final = 60
_MARKED, _GROUP, _ALONE, _TALKS = "marked", "group", "alone", "talks"
_NUMBER: Final = DecimalField(max_digits=8, decimal_places=2)

Days = Mapping[date, Spent]


@dataclass(frozen=True, slots=True)
class Balance:
    """The hours of a person in the week and in the month of a day."""

    week: Spent
    month: Spent


def by_day(participation_ids: Iterable[UUID], within: DateSpan) -> dict[UUID, Days]:
    """What each file did on each day of a span: marks, the class journal and the card, in one query."""
    keys, days = list(participation_ids), (within.first, within.last)
    marks = DayMark.objects.filter(
        participation__in=keys, day__range=days, kind__in=[MarkKind.PRESENT, MarkKind.EMPLOYER]
    )
    classes = ClassPresence.objects.filter(participation__in=keys, day__range=days)
    talks = counselling(within).filter(participation__in=keys)
    where = Case(When(meeting__workshop__isnull=True, then=Value(_ALONE)), default=Value(_GROUP))
    rows = _parts(marks, "day", Value(_MARKED), F("hours") * _HOUR).union(
        _parts(classes, "day", where, F("hours") * LESSON),
        _parts(talks, "held_on", Value(_TALKS), F("minutes")),
        all=True,
    )
    found: defaultdict[UUID, defaultdict[date, defaultdict[str, Decimal]]] = defaultdict(
        lambda: defaultdict(lambda: defaultdict(Decimal))
    )
    for key, day, what, minutes in rows.order_by("_file", "_day"):
        found[key][day][what] += minutes
    return {key: {day: _spent(parts) for day, parts in found[key].items()} for key in keys}


def counselling(within: DateSpan) -> QuerySet[CardEntry]:
    """The entries of the card that count: counselling with its minutes, which nobody struck out."""
    rows: QuerySet[CardEntry] = CardEntry.objects.filter(
        kind=EntryKind.COUNSELLING,
        struck_at__isnull=True,
        minutes__isnull=False,
        held_on__range=(within.first, within.last),
    )
    return rows


def of_day(participation_ids: Iterable[UUID], day: date) -> dict[UUID, Balance]:
    """The week and the month of a day for each file, in two queries."""
    month, week = Month.of(day), week_of(day)
    keys = list(participation_ids)
    found = by_day(keys, _around(month))
    before = _before(keys, month)
    return {
        key: Balance(total(found[key], week), total(found[key], month.span) + before[key]) for key in keys
    }


def of_month(participation_id: UUID, month: Month) -> tuple[Spent, list[tuple[DateSpan, Spent]]]:
    """The month of one file, and the weeks that reach into it."""
    found = by_day([participation_id], _around(month))[participation_id]
    before = _before([participation_id], month)[participation_id]
    weeks = [(week, total(found, week)) for week in weeks_of(month)]
    return total(found, month.span) + before, weeks


def total(days: Days, within: DateSpan) -> Spent:
    return sum((spent for day, spent in days.items() if day in within), start=Spent())


def _around(month: Month) -> DateSpan:
    """A month with the whole weeks at its ends."""
    weeks = weeks_of(month)
    return DateSpan(weeks[0].first, weeks[-1].last)


def _before(keys: Iterable[UUID], month: Month) -> defaultdict[UUID, Spent]:
    """The hours of the month that came before the first day written here; a KIS counts in teaching hours."""
    rows = OpeningBalance.objects.filter(
        participation__in=list(keys), until__range=(month.first, month.last)
    ).values_list("participation_id", "hours_in_month", "unit__unit_type")
    found: defaultdict[UUID, Spent] = defaultdict(Spent)
    for key, hours, unit_type in rows.order_by("pk"):
        found[key] = Spent(group=round(hours * (LESSON if unit_type == UnitType.KIS else _HOUR)))
    return found


def _parts(rows: QuerySet[Any], day: str, what: Any, minutes: Any) -> QuerySet[Any]:
    return (
        rows.order_by()
        .annotate(
            _file=F("participation_id"),
            _day=F(day),
            _what=what,
            _minutes=Cast(minutes, _NUMBER),
        )
        .values_list("_file", "_day", "_what", "_minutes")
    )


def _spent(parts: Mapping[str, Decimal]) -> Spent:
    found = {name: round(parts.get(name, Decimal(0))) for name in (_MARKED, _GROUP, _ALONE, _TALKS)}
    return Spent.of_day(**found)
