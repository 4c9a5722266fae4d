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
from reintegration.law.queries import readings_in
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
    """The basis of each file in its months; the number of queries does not depend on them either."""
    months = {month: list(keys) for month, keys in sorted(wanted.items())}
    chosen = readings_in(current_scope().organisation_id, months)
    readings = {month: Readings.of(chosen[month]) for month in months}
    keys = list(dict.fromkeys(key for some in months.values() for key in some))
    facts = balances.counted_of(keys)
    pay = pay_files(keys)
    excused = _excused(keys, months)
    class_days = _class_days(facts, months, readings)
    files = {key: _Days(facts[key], pay[key], excused[key]) for key in keys}
    return {
        (key, month): Told(
            pay[key], facts[key], files[key].basis(month, readings[month], class_days[key, month])
        )
        for month, some in months.items()
        for key in some
    }


class _Days:
    """The facts of one file laid out by months, which a list asks for in many."""

    def __init__(self, facts: Facts, pay: PayFile, excused: Iterable[tuple[date, str]]) -> None:
        self.pay = pay
        self.taking = taking_part([(one.kind, one.span) for one in facts.periods], facts.ended_on)
        self.leaves = [leave.span for leave in facts.leaves if leave.has_paper]
        self.marked: defaultdict[tuple[RuleKind, Month], list[date]] = defaultdict(list)
        for mark in facts.marks:
            self.marked[mark.kind, Month.of(mark.day)].append(mark.day)
        self.excused: defaultdict[Month, list[tuple[date, str]]] = defaultdict(list)
        for day, rule in excused:
            self.excused[Month.of(day)].append((day, rule))
        opening = facts.opening
        self.opening = (
            Opening(opening.until, opening.sick_main, opening.sick_extension) if opening is not None else None
        )

    def basis(self, month: Month, readings: Readings, class_days: frozenset[date]) -> Basis | None:
        if self.taking is None:
            return None
        last = month.last
        tax = self.pay.tax_of(month)
        return Basis(
            month=month,
            readings=readings,
            participation=self.taking,
            granted_from=self.pay.granted_from,
            unexcused=tuple(self.marked.get((RuleKind.UNEXCUSED, month), ())),
            # A leave that goes on is known until the end of the month, and one of a later month not at all.
            sick=tuple(_known(span, last) for span in self.leaves if span.first <= last),
            free=tuple(self.marked.get((RuleKind.FREE, month), ())),
            excused=tuple(
                Excused(day, PayRule(rule) if rule else readings.excused_other)
                for day, rule in self.excused.get(month, ())
            ),
            class_days=class_days,
            pit2=tax is not None and tax.pit2,
            insured_elsewhere=self.pay.is_insured_elsewhere(month, self.taking.days_in(month)),
            opening=self.opening,
        )


def _known(leave: DateSpan, last: date) -> DateSpan:
    return leave if leave.last is not None and leave.last <= last else DateSpan(leave.first, last)


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
) -> Mapping[tuple[UUID, Month], frozenset[date]]:
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
    planned = timetable.class_days_in(sorted(asked, key=lambda pair: (pair[1], pair[0])))
    return {
        (key, month): frozenset(day for one in some for day in planned[key, one])
        for (key, month), some in needed.items()
    }
