"""What the program counts for the checklist: each fact a number of how many, and of nobody in particular.

Counted in the scope of the unit over the files that were open in the inspected period; the office keeps the
numbers. A fact that the scope of the inspection does not need is not counted.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Final
from uuid import UUID

from django.db.models import Q

from benefits.enums import GrantState
from benefits.models import Grant, PayrollList
from benefits.queries.forecast import pay_settings
from ipzs.enums import DutyKind, MarkKind, MonthState
from ipzs.models import (
    AttendanceMonth,
    DayMark,
    DutyRecord,
    Evaluation,
    IssuedItem,
    ProgrammeVersion,
    SickLeave,
)
from participants.enums import AgreementState
from participants.models import Agreement, Participation, Period
from reintegration.core.dates import Month
from reintegration.tenancy.enums import StaffKind
from reintegration.tenancy.models import StaffMember
from reporting.models import Inspection
from reporting.rules import checklist

Fact = tuple[int, int]
Span = tuple[date, date]
MOST_HOURS: Final = Decimal(40)
# Art. 11: without any of them a centre does not work; who answers for money may be another's.
NEEDED: Final = (StaffKind.MANAGER, StaffKind.SOCIAL_WORKER, StaffKind.INSTRUCTOR, StaffKind.FINANCE)
LEADS: Final = (StaffKind.INSTRUCTOR, StaffKind.CARER, StaffKind.PSYCHOLOGIST, StaffKind.PEDAGOGUE)
CLOTHES: Final = frozenset({DutyKind.CLOTHING})


def facts(inspection: Inspection, frame: Iterable[UUID]) -> dict[str, Fact]:
    """The facts of the checklist of an inspection, by their keys."""
    wanted = {
        point.fact for point in checklist.points_for(inspection.unit_type, inspection.areas) if point.fact
    }
    span = (inspection.period_from, inspection.period_until)
    files = {row.pk: row for row in Participation.objects.filter(pk__in=list(frame)).order_by("pk")}
    began = _first_days(files)
    found = _Counting(files, began, span)
    return {key: count(found) for key, count in COUNTS.items() if key in wanted}


class _Counting:
    """The files of the frame, when each began, and the days of the period."""

    def __init__(self, files: Mapping[UUID, Participation], began: Mapping[UUID, date], span: Span) -> None:
        self.files = files
        self.began = began
        self.since, self.until = span

    def lacking(self, have: Iterable[UUID]) -> Fact:
        """Of those who began, how many are not among these."""
        return len(self.began.keys() - set(have)), len(self.began)


def _first_days(files: Mapping[UUID, Participation]) -> dict[UUID, date]:
    rows = Period.objects.filter(participation__in=list(files)).order_by("since", "pk")
    found: dict[UUID, date] = {}
    for key, since in rows.values_list("participation_id", "since"):
        found.setdefault(key, since)
    return found


def _no_referral(of: _Counting) -> Fact:
    return of.lacking(key for key, row in of.files.items() if row.referral_id is not None)


def _late_programme(of: _Counting) -> Fact:
    signed = ProgrammeVersion.objects.filter(
        programme__participation__in=list(of.began), signed_on__isnull=False, number=1
    ).order_by("pk")
    days: dict[UUID, date] = {}
    for key, day in signed.values_list("programme__participation_id", "signed_on"):
        days[key] = min(day, days.get(key, day))
    return of.lacking(key for key, day in days.items() if day <= of.began[key])


def _no_agreement(of: _Counting) -> Fact:
    rows = Agreement.objects.filter(participation__in=list(of.began), state=AgreementState.AGREED)
    return of.lacking(rows.order_by("pk").values_list("participation_id", flat=True))


def _late_evaluations(of: _Counting) -> Fact:
    rows = Evaluation.objects.filter(
        programme__participation__in=list(of.files), due_on__range=(of.since, of.until)
    )
    return rows.filter(held_on__isnull=True).count(), rows.count()


def _no_certificate(of: _Counting) -> Fact:
    ended = [
        row for key, row in of.files.items() if key in of.began and row.ended_on and row.ended_on <= of.until
    ]
    return sum(row.certificate_on is None for row in ended), len(ended)


def _staff_missing(of: _Counting) -> Fact:
    there = StaffMember.objects.filter(_there_on(of.until), kind__in=NEEDED).order_by("kind")
    return len(set(NEEDED) - set(there.values_list("kind", flat=True))), len(NEEDED)


def _per_leader(of: _Counting) -> Fact:
    """How many people were in classes on the last day, and how many lead them."""
    running = Period.objects.filter(
        participation__in=list(of.files), since__lte=of.until, until__gte=of.until
    )
    leading = StaffMember.objects.filter(_there_on(of.until), kind__in=LEADS)
    return running.count(), leading.values("person_key").distinct().count()


def _long_weeks(of: _Counting) -> Fact:
    weeks: dict[tuple[UUID, date], Decimal] = defaultdict(Decimal)
    marks = DayMark.objects.filter(
        participation__in=list(of.files), day__range=(of.since, of.until), hours__isnull=False
    )
    for key, day, hours in marks.order_by("day").values_list("participation_id", "day", "hours"):
        weeks[key, day - timedelta(days=day.weekday())] += hours
    return sum(hours > MOST_HOURS for hours in weeks.values()), len(weeks)


def _open_months(of: _Counting) -> Fact:
    """Months of the period that are over: how many of them nobody closed."""
    months = _months(of.since, of.until)
    closed = AttendanceMonth.objects.filter(
        first_day__in=[month.first for month in months], state=MonthState.CLOSED
    )
    return len(months) - closed.count(), len(months)


def _unconfirmed(of: _Counting) -> Fact:
    rows = SickLeave.objects.filter(
        participation__in=list(of.files), since__lte=of.until, until__gte=of.since
    )
    return rows.filter(confirmed_on__isnull=True).count(), rows.count()


def _no_grant(of: _Counting) -> Fact:
    rows = Grant.objects.filter(participation__in=list(of.began), state=GrantState.GRANTED)
    return of.lacking(rows.order_by("pk").values_list("participation_id", flat=True))


def _late_lists(of: _Counting) -> Fact:
    """Lists of the period that were paid after the day on which the unit pays."""
    pays_on = pay_settings().payment_day
    paid = PayrollList.objects.filter(
        month__range=(of.since.replace(day=1), of.until), paid_on__isnull=False
    ).order_by("month", "pk")
    days = list(paid.values_list("month", "paid_on"))
    late = [day for month, day in days if day > Month.of(month).next.first.replace(day=pays_on)]
    return len(late), len(days)


def _duty(kind: DutyKind) -> Callable[[_Counting], Fact]:
    def count(of: _Counting) -> Fact:
        rows = DutyRecord.objects.filter(participation__in=list(of.began), kind=kind).order_by("pk")
        days = rows.values_list("participation_id", "done_on")
        return of.lacking(key for key, day in days if day <= of.began[key])

    return count


def _no_clothes(of: _Counting) -> Fact:
    rows = IssuedItem.objects.filter(participation__in=list(of.began), kind__in=CLOTHES)
    return of.lacking(rows.order_by("pk").values_list("participation_id", flat=True))


def _no_meal(of: _Counting) -> Fact:
    rows = DayMark.objects.filter(
        participation__in=list(of.files), day__range=(of.since, of.until), kind=MarkKind.PRESENT
    )
    return rows.filter(meal=False).count(), rows.count()


def _there_on(day: date) -> Q:
    return Q(Q(until__isnull=True) | Q(until__gte=day), since__lte=day)


def _months(since: date, until: date) -> list[Month]:
    month, last, found = Month.of(since), Month.of(until), []
    while month.first <= last.first:
        found.append(month)
        month = month.next
    return found


COUNTS: Final[Mapping[str, Callable[[_Counting], Fact]]] = {
    "staff_missing": _staff_missing,
    "per_leader": _per_leader,
    "no_referral": _no_referral,
    "late_programme": _late_programme,
    "no_agreement": _no_agreement,
    "late_evaluations": _late_evaluations,
    "no_certificate": _no_certificate,
    "long_weeks": _long_weeks,
    "open_months": _open_months,
    "unconfirmed_leaves": _unconfirmed,
    "no_grant": _no_grant,
    "late_lists": _late_lists,
    "no_training": _duty(DutyKind.SAFETY),
    "no_medical": _duty(DutyKind.MEDICAL),
    "no_clothes": _no_clothes,
    "no_meal": _no_meal,
}
