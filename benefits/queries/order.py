"""The order of the lists: which month goes first, and what keeps a list from being handed over.

A correction has to know what was granted before, and for a month without a list nobody is paid. So from the
list that a unit approved first on every month has one in which somebody is to be paid; what was before it is
not the program's. A month that was passed over may still have its list: nothing was granted for it, and it
corrects the months before it as any list does.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from benefits.enums import ListState
from benefits.models import Correction, PayrollList
from benefits.queries.basis import Told, told_of
from benefits.queries.granted import LOOK_BACK, STANDS, files_between
from benefits.queries.premiums import granted_premiums
from benefits.transitions import UNDER_WAY
from reintegration.core.dates import Month
from reintegration.core.errors import InputError
from reintegration.core.formats import format_month


@dataclass(frozen=True, slots=True)
class InTheWay:
    """Why a list is not handed over yet, and the month in which that is put right."""

    month: Month
    sentence: str


def in_the_way(month: Month) -> InTheWay | None:
    """What comes before the list of a month; nothing when it may be handed over."""
    missing = first_missing(month)
    if missing is not None:
        which = f"Najpierw zatwierdź listę za {format_month(missing)}."
        return InTheWay(missing, f"{which} Bez niej nikt nie dostanie pieniędzy za ten miesiąc.")
    # Two lists under way at once would both grant the same correction.
    signed: QuerySet[PayrollList] = PayrollList.objects.filter(state__in=UNDER_WAY).exclude(month=month.first)
    row = signed.order_by("month").first()
    if row is not None:
        which = f"Lista {row.number} za {format_month(Month.of(row.month))} czeka na podpisy."
        return InTheWay(Month.of(row.month), f"{which} Najpierw ją zatwierdź albo zwróć do poprawy.")
    given = _corrections([month]).select_related("payroll_list").order_by("payroll_list__month").first()
    if given is not None:
        row = given.payroll_list
        sentence = f"Kwoty za ten miesiąc wypłaciła już lista {row.number} jako wyrównania."
        return InTheWay(Month.of(row.month), sentence)
    return None


def first_missing(before: Month) -> Month | None:
    """The earliest month before in which somebody is to be paid, and no list is approved."""
    return next((month for month in _without_list(before) if _somebody_is_due(month)), None)


def _without_list(before: Month) -> Sequence[Month]:
    """Months between the list approved first and this one; before there is any, those with a list begun."""
    rows = PayrollList.objects.filter(month__lt=before.first).exclude(state=ListState.ABANDONED)
    lists = {Month.of(day): state for day, state in rows.order_by("month").values_list("month", "state")}
    # First in time: a late list of a month before it does not move the beginning back.
    first = PayrollList.objects.filter(state__in=STANDS).order_by("approved_at", "month").first()
    if first is None:
        return list(lists)
    month, missing = max(Month.of(first.month), before.plus(-LOOK_BACK)), []
    while month < before:
        if lists.get(month) not in STANDS:
            missing.append(month)
        month = month.next
    if not missing:
        return ()
    given = set(_corrections(missing).order_by("month").values_list("month", flat=True))
    return [month for month in missing if month.first not in given]


def _corrections(months: Iterable[Month]) -> "QuerySet[Correction]":
    """What approved lists gave for these months otherwise than by their own lists."""
    days = [month.first for month in months]
    own = PayrollList.objects.filter(state__in=STANDS, month__in=days).values("month")
    rows: QuerySet[Correction] = Correction.objects.filter(payroll_list__state__in=STANDS, month__in=days)
    return rows.exclude(month__in=own)


def _somebody_is_due(month: Month) -> bool:
    """Whether a list of the month has anybody for the month itself, be they paid or blocked."""
    keys = list(files_between(month, month).values_list("pk", flat=True))
    if not keys:
        return False
    try:
        told = told_of(keys, month)
    except InputError:
        # The unit has not chosen how it reads the law, and is told so where the month is closed.
        return True
    premiums = granted_premiums(month)
    return any(key in premiums or _is_due(one, month) for key, one in told.items())


def _is_due(told: Told, month: Month) -> bool:
    basis = told.basis
    if basis is None or basis.participation.days_in(month) is None:
        return False
    granted = basis.granted_from is not None and basis.granted_from <= month.last
    return granted or bool(told.missing(month))
