"""Free days, sick days and unexcused days of many files at once, counted by the rules from the rows."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F, Func, JSONField, OuterRef, QuerySet

from ipzs.enums import FreeDayState
from ipzs.models import DayMark, OpeningBalance, SickLeave
from ipzs.queries import timetable
from ipzs.rules import balances as rules
from ipzs.rules.balances import Balances, Dated, DayLimits, DayReadings, Facts, Mark, Opening
from ipzs.rules.codes import MarkKind, SickCount, UnexcusedLimit
from participants.models import Participation, Period
from participants.rules import stages
from participants.rules.codes import PeriodKind
from reintegration.core.dates import DateSpan, Month
from reintegration.core.together import JsonRows
from reintegration.law.book import law_book
from reintegration.law.queries import readings_of
from reintegration.law.values import LawBook
from reintegration.tenancy.scope import current_scope


@dataclass(frozen=True, slots=True)
class DayRules:
    """What governs the counting on a day: numbers of the law, and readings of the unit."""

    limits: DayLimits
    readings: DayReadings

    @property
    def needs_class_days(self) -> bool:
        """Whether the readings ask on which days somebody had classes."""
        return (
            self.readings.sick_count is SickCount.CLASS
            or self.readings.unexcused is UnexcusedLimit.CONSECUTIVE
        )


def of(participation_ids: Iterable[UUID], day: date) -> dict[UUID, Balances]:
    """The three balances of each file on a day; a KIS, which pays no benefit, has no use for them."""
    governing = rules_on(day)
    found = facts_of(participation_ids, governing)
    return {key: of_facts(facts, day, governing) for key, facts in found.items()}


def of_facts(facts: Facts, day: date, governing: DayRules, *, upto: date | None = None) -> Balances:
    return rules.balances(facts, day, limits=governing.limits, readings=governing.readings, upto=upto)


def at_end_of(found: Mapping[UUID, Facts], month: Month) -> dict[UUID, Balances]:
    """The balances of each file as they stood on the last day of a month, whatever came after it."""
    governing = rules_on(month.last)
    if governing.needs_class_days:
        found = with_class_days(found, months_of(found.values()))
    return {key: of_facts(facts, month.last, governing, upto=month.last) for key, facts in found.items()}


def rules_on(day: date) -> DayRules:
    """The readings of the month of a day, and the law of the day; two queries, one when the law is known."""
    readings = DayReadings.of(readings_of(current_scope().organisation_id, Month.of(day)))
    return DayRules(limits_of(law_book(), day), readings)


def limits_of(book: LawBook, day: date) -> DayLimits:
    """The numbers of the law; before an extension had free days of its own it had none (15.02.2022)."""
    sick = book.parameter("sick_days_limit")
    return DayLimits(
        free_main=_count(book, "free_days_main", day),
        free_extension=_count(book, "free_days_extension", day),
        unexcused=_count(book, "unexcused_days_limit", day),
        sick=Dated(tuple((one.since, int(one.text)) for one in sick.values)),
    )


def _count(book: LawBook, key: str, day: date) -> int:
    first = book.parameter(key).values[0].since
    return book.count(key, on=day) if first <= day else 0


def facts_of(participation_ids: Iterable[UUID], governing: DayRules | None = None) -> dict[UUID, Facts]:
    """Everything that the days of each file are counted from, in one query.

    Class days are added where the readings that govern ask for them.
    """
    return as_facts(facts_rows(participation_ids), governing)


def facts_rows(participation_ids: Iterable[UUID]) -> QuerySet[Any]:
    """What `as_facts` reads, for whoever asks several things at once."""
    return _with_days(Participation.objects.filter(pk__in=list(participation_ids)))


def counted_rows(participation_ids: Iterable[UUID]) -> QuerySet[Any]:
    """The same with those marks alone that a balance counts: a tenth of them, and the same balances.

    A granted day is read from its free mark, so that no other mark speaks of one.
    """
    counted = DayMark.objects.filter(kind__in=rules.COUNTED)
    return _with_days(Participation.objects.filter(pk__in=list(participation_ids)), counted)


def counted_of(participation_ids: Iterable[UUID]) -> dict[UUID, Facts]:
    """What balances and a benefit are counted from: none of the many marks that somebody came."""
    return as_facts(counted_rows(participation_ids))


def as_facts(rows: Iterable[Mapping[str, Any]], governing: DayRules | None = None) -> dict[UUID, Facts]:
    found = {row["pk"]: _facts(row) for row in rows}
    if governing is None or not governing.needs_class_days:
        return found
    return with_class_days(found, months_of(found.values()))


def with_class_days(found: Mapping[UUID, Facts], months: Iterable[Month]) -> dict[UUID, Facts]:
    """The same with the class days of those months."""
    days: dict[UUID, set[date]] = {key: set() for key in found}
    for month in months:
        for key, planned in timetable.class_days(list(found), month).items():
            days[key].update(planned)
    return {key: replace(facts, class_days=frozenset(days[key])) for key, facts in found.items()}


def months_of(found: Iterable[Facts]) -> list[Month]:
    """The months in which anything counted happened."""
    months: set[Month] = set()
    for facts in found:
        months.update(Month.of(mark.day) for mark in facts.marks)
        months.update(Month.of(day) for leave in facts.leaves for day in leave.span)
    return sorted(months)


class _Row(Func):
    """A row of values as JSON; days are written as ISO 8601 has them."""

    function = "jsonb_build_array"
    output_field = JSONField()


def _rows(rows: QuerySet[Any], *columns: str) -> JsonRows:
    of_file = rows.filter(participation=OuterRef("pk")).order_by("pk")
    return JsonRows(of_file.annotate(_row=_Row(*map(F, columns))).values("_row"))


def _with_days(rows: QuerySet[Participation], marks: QuerySet[DayMark] | None = None) -> QuerySet[Any]:
    # The requests of the file come first: there are few, and each knows its days.
    granted = DayMark.objects.filter(
        kind=MarkKind.FREE, free_day__state=FreeDayState.GRANTED, free_day__participation=OuterRef("pk")
    )
    return rows.order_by("pk").values(
        "pk",
        "ended_on",
        of_periods=_rows(Period.objects.all(), "kind", "since", "until", "planned_until"),
        of_marks=_rows(DayMark.objects.all() if marks is None else marks, "day", "kind"),
        of_leaves=_rows(SickLeave.objects.all(), "since", "until", "confirmed_on"),
        of_granted=_rows(granted, "day"),
        of_opened=_rows(
            OpeningBalance.objects.all(), "until", "free_days", "free_days_extension", "sick_days",
            "sick_days_extension", "unexcused_in_month",
        ),
    )  # fmt: skip


def _facts(row: Mapping[str, Any]) -> Facts:
    on = date.fromisoformat
    return Facts(
        periods=periods_of(
            (kind, on(since), on(planned or until)) for kind, since, until, planned in row["of_periods"]
        ),
        ended_on=row["ended_on"],
        marks=tuple(Mark(on(day), MarkKind(kind)) for day, kind in row["of_marks"]),
        leaves=tuple(
            rules.SickLeave(DateSpan(on(since), on(until)), confirmed is not None)
            for since, until, confirmed in row["of_leaves"]
        ),
        granted=frozenset(on(day) for (day,) in row["of_granted"]),
        opening=_opening(row["of_opened"]),
    )


def periods_of(rows: Iterable[tuple[str, date, date]]) -> tuple[stages.Period, ...]:
    found = [stages.Period(PeriodKind(kind), DateSpan(since, until)) for kind, since, until in rows]
    return tuple(sorted(found, key=lambda one: one.span.first))


def _opening(rows: Sequence[Any]) -> Opening | None:
    if not rows:
        return None
    until, *numbers = rows[0]
    return Opening(date.fromisoformat(until), *numbers)
