"""The basis of a month for any number of files, in a number of queries that does not depend on them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from benefits.queries.pay import PayFile, pay_files
from benefits.rules.facts import Basis, Excused, Opening, Readings, taking_part
from ipzs.enums import MarkKind
from ipzs.models import DayMark
from ipzs.queries import balances, timetable
from ipzs.rules.balances import Facts
from ipzs.rules.codes import MarkKind as RuleKind
from ipzs.rules.codes import PayRule, SickCount
from reintegration.core.dates import Month
from reintegration.law.queries import readings_of
from reintegration.tenancy.scope import current_scope


@dataclass(frozen=True, slots=True)
class Told:
    """What is known of one file for a month; no basis where there was no participation yet."""

    pay: PayFile
    facts: Facts
    basis: Basis | None


def told_of(participation_ids: Iterable[UUID], month: Month) -> Mapping[UUID, Told]:
    """The basis of each file; readings that the unit has not chosen are refused by name."""
    keys = list(participation_ids)
    readings = Readings.of(readings_of(current_scope().organisation_id, month))
    facts = balances.facts_of(keys)
    pay = pay_files(keys)
    excused = _excused(keys, month, readings.excused_other)
    class_days = _class_days(facts, month, readings)
    return {
        key: Told(
            pay[key],
            facts[key],
            _basis(
                month,
                readings,
                facts[key],
                pay[key],
                excused=tuple(excused[key]),
                class_days=class_days[key],
            ),
        )
        for key in facts
    }


def _basis(
    month: Month,
    readings: Readings,
    facts: Facts,
    pay: PayFile,
    *,
    excused: tuple[Excused, ...],
    class_days: frozenset[date],
) -> Basis | None:
    taking = taking_part([(one.kind, one.span) for one in facts.periods], facts.ended_on)
    if taking is None:
        return None
    marks = [mark for mark in facts.marks if mark.day in month]
    tax = pay.tax_of(month)
    return Basis(
        month=month,
        readings=readings,
        participation=taking,
        granted_from=pay.facts(month).granted_from,
        unexcused=tuple(mark.day for mark in marks if mark.kind is RuleKind.UNEXCUSED),
        sick=tuple(leave.span for leave in facts.leaves if leave.has_paper),
        free=tuple(mark.day for mark in marks if mark.kind is RuleKind.FREE),
        excused=excused,
        class_days=class_days,
        pit2=tax is not None and tax.pit2,
        opening=None
        if facts.opening is None
        else Opening(facts.opening.until, facts.opening.sick_main, facts.opening.sick_extension),
    )


def _excused(keys: list[UUID], month: Month, default: PayRule) -> defaultdict[UUID, list[Excused]]:
    """Days excused by the unit's own reasons; where a mark has none, the reading decides."""
    rows = DayMark.objects.filter(
        participation__in=keys, kind=MarkKind.EXCUSED, day__range=(month.first, month.last)
    )
    found: defaultdict[UUID, list[Excused]] = defaultdict(list)
    for key, day, rule in rows.order_by("day").values_list("participation_id", "day", "excuse__pay_rule"):
        found[key].append(Excused(day, PayRule(rule) if rule else default))
    return found


def _class_days(
    facts: Mapping[UUID, Facts], month: Month, readings: Readings
) -> Mapping[UUID, frozenset[date]]:
    """The class days of the month, and of the months of sickness where only class days count."""
    wanted = {(key, month) for key in facts}
    if readings.sick_day_count is SickCount.CLASS:
        wanted |= {
            (key, touched)
            for key, one in facts.items()
            for leave in one.leaves
            for touched in leave.span.months()
            if touched < month
        }
    found = timetable.class_days_of(sorted(wanted, key=lambda pair: (pair[1], pair[0])))
    return {key: frozenset(found.get(key, ())) for key in facts}
