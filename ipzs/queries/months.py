"""What keeps a month open, person by person, and which months there are."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django.db.models import Min, Q, QuerySet

from ipzs.enums import FreeDayState, MonthState
from ipzs.models import AttendanceMonth, DayMark, FreeDayRequest, SickLeave
from ipzs.queries import balances, journal
from ipzs.rules.balances import Facts
from ipzs.rules.closing import NO_JOURNAL, Finding, findings, may_close
from ipzs.rules.codes import FindingCode
from participants.models import Participation, Period
from participants.rules.codes import UnitType
from participants.services.participations.common import unit_type
from reintegration.core.dates import Month
from reintegration.law.months import register_closed_months

# A KIS pays no benefit and knows no days of art. 15: there a day is marked, or it is not.
OF_KIS: Final = frozenset(
    {
        FindingCode.UNMARKED,
        FindingCode.NO_CLASS,
        FindingCode.MARK_IN_LEAVE,
        FindingCode.LEAVES_OVERLAP,
        FindingCode.OUTSIDE,
        FindingCode.JOURNAL,
        FindingCode.FUTURE,
    }
)


@dataclass(frozen=True, slots=True)
class Person:
    """What was found about one person of a month."""

    file: Participation
    found: tuple[Finding, ...]

    @property
    def blocking(self) -> tuple[Finding, ...]:
        return tuple(one for one in self.found if one.blocks)

    @property
    def shown(self) -> tuple[Finding, ...]:
        return tuple(one for one in self.found if not one.blocks)


@dataclass(frozen=True, slots=True)
class MonthCheck:
    """A month as the close sees it."""

    month: Month
    people: Sequence[Person]

    @property
    def blocked(self) -> list[Person]:
        return [one for one in self.people if one.blocking]

    @property
    def noted(self) -> list[Person]:
        return [one for one in self.people if one.shown]

    @property
    def may_close(self) -> bool:
        return all(may_close(one.found) for one in self.people)

    @property
    def blockers(self) -> int:
        return sum(len(one.blocking) for one in self.people)


def check(month: Month, *, today: date) -> MonthCheck:
    """Everybody who took part in a month, or has a day in it, with what was found about them."""
    files = list(_files_of(month).select_related("person").order_by("person__name_order", "pk"))
    facts = facts_in(month, [file.pk for file in files])
    written = journal.of_month(month, [file.pk for file in files])
    governing = balances.rules_on(month.last)
    kis = bool(files) and unit_type() is UnitType.KIS
    codes = OF_KIS if kis else frozenset(FindingCode)
    people = []
    for file in files:
        found = findings(
            facts[file.pk],
            month,
            today=today,
            limits=governing.limits,
            readings=governing.readings,
            journal=written.get(file.pk, NO_JOURNAL),
            # A day of a CIS is paid for by its mark; in a KIS nobody ticks the same people twice.
            journal_speaks=kis,
        )
        people.append(Person(file, tuple(one for one in found if one.code in codes)))
    return MonthCheck(month, people)


def facts_in(month: Month, participation_ids: Iterable[UUID]) -> dict[UUID, Facts]:
    """The facts of files with the class days of a month, and of others where a reading asks for them."""
    found = balances.facts_of(participation_ids)
    months = {month}
    if found and balances.rules_on(month.last).needs_class_days:
        months.update(balances.months_of(found.values()))
    return balances.with_class_days(found, sorted(months))


def _files_of(month: Month) -> QuerySet[Participation]:
    days = (month.first, month.last)
    covers = Q(since__lte=month.last, until__gte=month.first)
    held = Period.objects.filter(covers).values("participation")
    marked = DayMark.objects.filter(day__range=days).values("participation")
    ill = SickLeave.objects.filter(covers).values("participation")
    free = FreeDayRequest.objects.filter(covers, state=FreeDayState.GRANTED).values("participation")
    rows: QuerySet[Participation] = Participation.objects.filter(
        Q(pk__in=held) | Q(pk__in=marked) | Q(pk__in=ill) | Q(pk__in=free)
    )
    return rows


@dataclass(frozen=True, slots=True)
class MonthRow:
    """A month of the list; one that nobody closed has no row of its own."""

    month: Month
    row: AttendanceMonth | None

    @property
    def is_closed(self) -> bool:
        return self.row is not None and self.row.state == MonthState.CLOSED

    def waits(self, today: date) -> bool:
        """Whether it is over and nobody closed it."""
        return not self.is_closed and self.month.last < today


def months(*, today: date) -> list[MonthRow]:
    """Every month since the first period, the newest first."""
    first = Period.objects.aggregate(first=Min("since"))["first"]
    if first is None:
        return []
    rows = {Month.of(row.first_day): row for row in _rows()}
    month, found = Month.of(max(today, first)), []
    while month.first >= first.replace(day=1):
        found.append(MonthRow(month, rows.get(month)))
        month = month.previous
    return found


def over_and_open(*, today: date) -> list[Month]:
    """Months that are over and nobody closed, the earliest first."""
    return [one.month for one in reversed(months(today=today)) if one.waits(today)]


def month_row(month: Month) -> MonthRow:
    return MonthRow(month, _rows().filter(first_day=month.first).first())


def _rows() -> QuerySet[AttendanceMonth]:
    rows: QuerySet[AttendanceMonth] = AttendanceMonth.objects.select_related("closed_by")
    return rows.order_by("first_day")


def closed_after(day: date) -> QuerySet[AttendanceMonth]:
    """Closed months with a day that comes after this one, the earliest first."""
    rows: QuerySet[AttendanceMonth] = AttendanceMonth.objects.filter(state=MonthState.CLOSED)
    return rows.filter(first_day__gte=day.replace(day=1)).order_by("first_day")


@register_closed_months
def last_closed(unit_id: UUID) -> Month | None:
    """The last month of a unit that is closed: a reading must not reach behind it."""
    rows = AttendanceMonth.objects.filter(unit=unit_id, state=MonthState.CLOSED)
    day = rows.order_by("-first_day").values_list("first_day", flat=True).first()
    return None if day is None else Month.of(day)
