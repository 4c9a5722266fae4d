"""What approved lists gave for the months before, and where today's facts say something else."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final
from uuid import UUID

from django.db.models import Q, QuerySet, Sum

from benefits.cases import basis_of
from benefits.enums import ListState
from benefits.models import Correction, PayrollList, Statement
from benefits.queries.basis import Told, told_in
from benefits.rules.blockers import Blocker
from benefits.rules.checks import BadBasis
from benefits.rules.corrections import Due, Granted, differences
from benefits.rules.facts import Basis
from benefits.rules.law import Law
from benefits.rules.month import PARTS, Contributions, benefit_of_month
from ipzs.queries.months import closed_after
from participants.models import Participation, Period
from reintegration.core.dates import DateSpan, Month
from reintegration.core.money import ZERO

# A claim for a month lapses after three years (art. 118 of the Civil Code): older months are left alone.
LOOK_BACK: Final = 36
# Whatever an approved list gave, was given.
STANDS: Final = (ListState.APPROVED, ListState.PAID, ListState.SETTLED, ListState.CLOSED)


@dataclass(frozen=True, slots=True)
class Found:
    """A month of one file that is not as it was paid."""

    due: Due
    granted: Granted
    # What the month itself still lacks, in words; until then no list pays it.
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Uncounted:
    """A month of one file that was paid and cannot be counted any more: its facts contradict one another."""

    month: Month
    reason: str


def paid_months(before: Month) -> list[Month]:
    """The months with an approved list whose attendance is closed now, the earliest first."""
    first = before.plus(-LOOK_BACK)
    lists = PayrollList.objects.filter(
        state__in=STANDS, month__gte=first.first, month__lt=before.first
    ).order_by("month")
    closed = set(closed_after(first.first).values_list("first_day", flat=True))
    return [Month.of(day) for day in lists.values_list("month", flat=True) if day in closed]


def open_again(before: Month) -> list[Month]:
    """The months with an approved list whose attendance is open: nobody knows yet what they come to."""
    lists = PayrollList.objects.filter(
        state__in=STANDS, month__gte=before.plus(-LOOK_BACK).first, month__lt=before.first
    ).order_by("month")
    settled = set(paid_months(before))
    return [month for day in lists.values_list("month", flat=True) if (month := Month.of(day)) not in settled]


def files_between(first: Month, last: Month) -> "QuerySet[Participation]":
    """Files with a day of participation in these months, or to which something was given for one, by name.

    Whose first day was moved out of a month that was paid owes what was paid for it.
    """
    taken = Period.objects.filter(since__lte=last.last, until__gte=first.first)
    own = Statement.objects.filter(
        payroll_list__state__in=STANDS, payroll_list__month__range=(first.first, last.first)
    )
    later = Correction.objects.filter(payroll_list__state__in=STANDS, month__range=(first.first, last.first))
    of_any = Q()
    for rows in (taken, own, later):
        of_any |= Q(pk__in=rows.values("participation"))
    files: QuerySet[Participation] = Participation.objects.filter(of_any)
    return files.select_related("person").order_by("person__name_order", "pk")


def granted(months: Iterable[Month]) -> Mapping[tuple[UUID, Month], Granted]:
    """What was given for each month, by its own list and by corrections of later ones."""
    days = [month.first for month in months]
    found: defaultdict[tuple[UUID, Month], Granted] = defaultdict(Granted)
    sums = [Sum(name) for name in ("benefit", *PARTS)]
    own = Statement.objects.filter(payroll_list__state__in=STANDS, payroll_list__month__in=days)
    later = Correction.objects.filter(payroll_list__state__in=STANDS, month__in=days)
    for key, day, benefit, *parts in (
        *own.order_by("pk").values_list("participation_id", "payroll_list__month", "benefit", *PARTS),
        *later.values_list("participation_id", "month").annotate(*sums).order_by("participation", "month"),
    ):
        before = found[key, Month.of(day)]
        found[key, Month.of(day)] = Granted(
            before.benefit + benefit, before.contributions + Contributions(*parts)
        )
    return found


def found_between(
    files: Iterable[Participation], months: Sequence[Month], law: Law
) -> tuple[Mapping[UUID, list[Found]], Mapping[UUID, list[Uncounted]]]:
    """Where today's facts give another benefit than what was granted, and where they give none at all."""
    keys = [file.pk for file in files]
    if not months or not keys:
        return {}, {}
    given = granted(months)
    told = told_in(_asked(keys, months, given))
    differing: list[tuple[UUID, Month, Told, Decimal]] = []
    uncounted: defaultdict[UUID, list[Uncounted]] = defaultdict(list)
    for (key, month), one in told.items():
        try:
            difference = _benefit_today(one, month, law) - given[key, month].benefit
        except BadBasis as error:
            uncounted[key].append(Uncounted(month, error.message))
            continue
        if difference:
            differing.append((key, month, one, difference))
    bases = _paid_bases({(key, month) for key, month, _, _ in differing})
    found: defaultdict[UUID, list[Found]] = defaultdict(list)
    for key, month, one, difference in differing:
        elsewhere = one.basis is not None and one.basis.insured_elsewhere
        due = Due(month, difference, differences(bases.get((key, month)), one.basis), elsewhere)
        missing = _missing(one, month) if difference > 0 else ()
        found[key].append(Found(due, given[key, month], missing))
    return found, uncounted


def _asked(
    keys: Sequence[UUID], months: Sequence[Month], given: Collection[tuple[UUID, Month]]
) -> Mapping[Month, list[UUID]]:
    """Who took part in a month or was given something for it; to the others it owes nothing by any rule."""
    wanted = set(keys)
    pairs = {(key, month) for key, month in given if key in wanted}
    first, last = min(months).first, max(months).last
    rows = Period.objects.filter(participation__in=wanted, since__lte=last, until__gte=first)
    for key, since, until in rows.order_by("pk").values_list("participation_id", "since", "until"):
        pairs |= {(key, month) for month in DateSpan(max(since, first), min(until, last)).months()}
    return {month: [key for key in keys if (key, month) in pairs] for month in months}


def _benefit_today(told: Told, month: Month, law: Law) -> Decimal:
    if told.basis is None or told.basis.participation.days_in(month) is None:
        return ZERO
    return benefit_of_month(told.basis, law)


def _missing(told: Told, month: Month) -> tuple[str, ...]:
    """What the month itself still lacks; how the money goes is asked of the list that pays."""
    return tuple(sentence for code, sentence in told.missing(month) if code is not Blocker.NO_WAY)


def _paid_bases(wanted: Iterable[tuple[UUID, Month]]) -> Mapping[tuple[UUID, Month], Basis]:
    """The frozen bases of those that differ: what they were paid by."""
    asked = set(wanted)
    if not asked:
        return {}
    rows = (
        Statement.objects.filter(
            payroll_list__state__in=STANDS,
            blocked=False,
            participation__in={key for key, _ in asked},
            payroll_list__month__in={month.first for _, month in asked},
        )
        .select_related("payroll_list")
        .order_by("pk")
    )
    found = {}
    for row in rows:
        pair = row.participation_id, Month.of(row.payroll_list.month)
        if pair in asked and row.document and row.document["basis"]:
            found[pair] = basis_of(row.document["basis"])
    return found
