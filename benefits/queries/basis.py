"""The basis of a month for any number of files, in a number of queries that does not depend on them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from benefits.queries.pay import PayFile, pay_files
from benefits.rules.blockers import SENTENCES, Blocker, blockers
from benefits.rules.facts import Basis, Excused, Opening, Readings, taking_part
from ipzs.enums import MarkKind
from ipzs.models import DayMark
from ipzs.queries import balances, timetable
from ipzs.rules.balances import Facts
from ipzs.rules.codes import MarkKind as RuleKind
from ipzs.rules.codes import PayRule, SickCount
from reintegration.core.dates import DateSpan, Month
from reintegration.law.queries import readings_of
from reintegration.tenancy.scope import current_scope


@dataclass(frozen=True, slots=True)
class Told:
    """What is known of one file for a month; no basis where there was no participation yet."""

    pay: PayFile
    facts: Facts
    basis: Basis | None

    def missing(self, month: Month) -> list[tuple[Blocker, str]]:
        """What has to be done before the person can be paid for the month."""
        due = self.basis.participation.days_in(month) if self.basis is not None else None
        return [(one, SENTENCES[one]) for one in blockers(self.pay.facts(month), due)]


def told_of(participation_ids: Iterable[UUID], month: Month) -> Mapping[UUID, Told]:
    """The basis of each file; readings that the unit has not chosen are refused by name."""
    keys = list(participation_ids)
    found = told_in({month: keys})
    return {key: found[key, month] for key in keys}


def told_in(wanted: Mapping[Month, Iterable[UUID]]) -> Mapping[tuple[UUID, Month], Told]:
    """The basis of each file in its months; with every month one query more, for its readings."""
    months = {month: list(keys) for month, keys in sorted(wanted.items())}
    readings = {month: Readings.of(readings_of(current_scope().organisation_id, month)) for month in months}
    keys = list(dict.fromkeys(key for some in months.values() for key in some))
    facts = balances.counted_of(keys)
    pay = pay_files(keys)
    excused = _excused(keys, months)
    class_days = _class_days(facts, months, readings)
    return {
        (key, month): Told(
            pay[key],
            facts[key],
            _basis(
                month,
                readings[month],
                facts[key],
                pay[key],
                excused=[
                    Excused(day, PayRule(rule) if rule else readings[month].excused_other)
                    for day, rule in excused[key]
                    if day in month
                ],
                class_days=class_days[key, month],
            ),
        )
        for month, some in months.items()
        for key in some
    }


def _basis(
    month: Month,
    readings: Readings,
    facts: Facts,
    pay: PayFile,
    *,
    excused: Iterable[Excused],
    class_days: Iterable[date],
) -> Basis | None:
    taking = taking_part([(one.kind, one.span) for one in facts.periods], facts.ended_on)
    if taking is None:
        return None
    marks = [mark for mark in facts.marks if mark.day in month]
    known = DateSpan(date.min, month.last)
    leaves = [leave.span.clip(known) for leave in facts.leaves if leave.has_paper]
    tax = pay.tax_of(month)
    return Basis(
        month=month,
        readings=readings,
        participation=taking,
        granted_from=pay.facts(month).granted_from,
        unexcused=tuple(mark.day for mark in marks if mark.kind is RuleKind.UNEXCUSED),
        # A leave that goes on is known until the end of the month, and one of a later month not at all.
        sick=tuple(span for span in leaves if span is not None),
        free=tuple(mark.day for mark in marks if mark.kind is RuleKind.FREE),
        excused=tuple(excused),
        class_days=frozenset(class_days),
        pit2=tax is not None and tax.pit2,
        insured_elsewhere=pay.is_insured_elsewhere(month, taking.days_in(month)),
        opening=None
        if facts.opening is None
        else Opening(facts.opening.until, facts.opening.sick_main, facts.opening.sick_extension),
    )


def _excused(keys: list[UUID], months: Iterable[Month]) -> defaultdict[UUID, list[tuple[date, str]]]:
    """Days excused by the unit's own reasons; where a mark has none, the reading decides."""
    asked = sorted(months)
    found: defaultdict[UUID, list[tuple[date, str]]] = defaultdict(list)
    if not asked:
        return found
    rows = DayMark.objects.filter(
        participation__in=keys, kind=MarkKind.EXCUSED, day__range=(asked[0].first, asked[-1].last)
    )
    for key, day, rule in rows.order_by("day").values_list("participation_id", "day", "excuse__pay_rule"):
        found[key].append((day, rule))
    return found


def _class_days(
    facts: Mapping[UUID, Facts], months: Mapping[Month, Iterable[UUID]], readings: Mapping[Month, Readings]
) -> Mapping[tuple[UUID, Month], Iterable[date]]:
    """The class days of each month, with those of the months of sickness where only class days count."""
    needed = {
        (key, month): {month}
        | {
            touched
            for leave in (facts[key].leaves if readings[month].sick_day_count is SickCount.CLASS else ())
            for touched in leave.span.months()
            if touched < month
        }
        for month, keys in months.items()
        for key in keys
    }
    asked = {(key, one) for (key, _), some in needed.items() for one in some}
    found: defaultdict[tuple[UUID, Month], list[date]] = defaultdict(list)
    planned = timetable.class_days_of(sorted(asked, key=lambda pair: (pair[1], pair[0])))
    for key, days in planned.items():
        for day in days:
            found[key, Month.of(day)].append(day)
    return {
        (key, month): [day for one in sorted(some) for day in found.get((key, one), ())]
        for (key, month), some in needed.items()
    }
