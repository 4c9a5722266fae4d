"""What the screens of a payroll list read: who gets what, what differs from the month before, and why."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any, Final
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce, ExtractYear, TruncYear

from benefits.enums import ListState
from benefits.models import Correction, PayrollList, Statement
from benefits.queries.integrity import by_statement, corrections_in
from benefits.rules.codes import RowCode
from benefits.rules.month import PARTS
from ipzs.enums import MonthState
from ipzs.models import AttendanceMonth
from reintegration.core.dates import Month
from reintegration.core.formats import counted, format_month
from reintegration.core.money import ZERO
from reintegration.core.together import Questions
from reintegration.tenancy.prepared import prepared

DAYS: Final = frozenset({RowCode.TRIAL, RowCode.MAIN})
UNEXCUSED: Final = frozenset({RowCode.UNEXCUSED_TRIAL, RowCode.UNEXCUSED_MAIN})
SICK: Final = frozenset({RowCode.SICK_TRIAL, RowCode.SICK, RowCode.SICK_OVER, RowCode.SICK_NOT_DUE})
ERASED: Final = "dane osoby usunięte"
SIGNED: Final = ("locked", "checked", "approved", "second", "paid", "remark")


def address_of(row: Statement) -> dict[str, str]:
    """Name and address as the list froze them; nothing after an erasure."""
    document: Any = row.document
    return dict(document["person"]) if document is not None else {}


def name_of(row: Statement) -> str:
    return address_of(row).get("name", ERASED)


@dataclass(frozen=True)
class Person:
    """One row of a list as it is looked at."""

    statement: Statement
    previous: Decimal | None = None
    corrections: Sequence[Correction] = ()

    @cached_property
    def name(self) -> str:
        """As the list says it, whatever the person is called today."""
        return name_of(self.statement)

    @cached_property
    def difference(self) -> Decimal | None:
        return None if self.previous is None else self.statement.to_pay - self.previous

    @cached_property
    def blocked(self) -> Sequence[tuple[str, str]]:
        return [(code, sentence) for code, sentence in self._document("blocked")]

    @cached_property
    def days(self) -> int:
        return self._quantity(DAYS)

    @cached_property
    def unexcused(self) -> int:
        return self._quantity(UNEXCUSED) or self._quantity({RowCode.FORFEITED})

    @cached_property
    def sick(self) -> int:
        return self._quantity(SICK)

    @cached_property
    def forfeited(self) -> bool:
        return self._quantity({RowCode.FORFEITED}) > 0

    @cached_property
    def is_nothing(self) -> bool:
        return not self.statement.blocked and self.statement.to_pay == 0

    @cached_property
    def to_look_at(self) -> bool:
        """First payments, exits and payments of nothing are looked at before anybody signs."""
        return not self.statement.blocked and (
            self.statement.first or self.statement.leaves or self.is_nothing or bool(self.corrections)
        )

    @cached_property
    def changed(self) -> bool:
        return not self.statement.blocked and not self.to_look_at and self.difference != 0

    @cached_property
    def why(self) -> str:
        """What made the amount, in a few words."""
        said = []
        if self.statement.first:
            said.append("pierwsza wypłata")
        if self.forfeited:
            said.append(f"{self.unexcused} NN, świadczenie przepada")
        elif self.unexcused:
            said.append(f"{self.unexcused} NN")
        if self.sick:
            said.append(counted(self.sick, "dzień choroby", "dni choroby", "dni choroby"))
        if 0 < self.days < 30 and not self.statement.first:
            said.append(f"{self.days} z 30 dni")
        if self.statement.premium:
            said.append("premia")
        said += [f"wyrównanie za {format_month(Month.of(one.month))}" for one in self.corrections]
        if self.statement.leaves:
            said.append("koniec uczestnictwa")
        if self.changed and not said:
            # It differs because the month before was less than whole.
            said.append("pełne świadczenie")
        if self.changed and self.statement.tax:
            said.append("podatek")
        return ", ".join(said)

    def _quantity(self, codes: Iterable[RowCode]) -> int:
        return sum(int(row["quantity"]) for row in self._document("rows") if row["code"] in codes)

    def _document(self, key: str) -> Sequence[Any]:
        return (self.statement.document or {}).get(key) or ()


@dataclass
class Overview:
    """A list with everything that its page says."""

    row: PayrollList
    people: list[Person] = field(default_factory=list)
    before: Decimal | None = None
    before_people: int = 0

    @cached_property
    def month(self) -> Month:
        return Month.of(self.row.month)

    @cached_property
    def paid(self) -> list[Person]:
        return [one for one in self.people if not one.statement.blocked]

    @cached_property
    def groups(self) -> list[tuple[str, str, list[Person]]]:
        """Those to look at, those whose amount changed, and the rest; empty ones are left out."""
        looked = [one for one in self.people if one.to_look_at]
        changed = [one for one in self.people if one.changed]
        rest = [one for one in self.paid if not one.to_look_at and not one.changed]
        found = [
            ("look", "Obejrzyj uważnie", looked),
            ("changed", f"Inna kwota niż za {format_month(self.month.previous)}", changed),
            ("same", "Bez zmian", rest),
        ]
        return [one for one in found if one[2]]

    @cached_property
    def blocked(self) -> list[Person]:
        return [one for one in self.people if one.statement.blocked]

    def total(self, *names: str) -> Decimal:
        return sum((getattr(one.statement, name) for one in self.people for name in names), ZERO)

    @cached_property
    def to_pay(self) -> Decimal:
        return self.total("to_pay")

    @cached_property
    def refund(self) -> Decimal:
        """What is asked back from the Labour Fund: benefits and contributions, never premiums."""
        later = [one for person in self.people for one in person.corrections]
        parts = sum((getattr(one, name) for one in later for name in PARTS), ZERO)
        return self.total("benefit", "corrected", *PARTS) + parts

    @cached_property
    def difference(self) -> Decimal | None:
        return None if self.before is None else self.to_pay - self.before


def live_lists(month: Month) -> "QuerySet[PayrollList]":
    """The list of a month that was not abandoned: one, or none."""
    return PayrollList.objects.filter(month=month.first).exclude(state=ListState.ABANDONED)


def list_of(month: Month) -> PayrollList | None:
    """The same with the people of its signatures, and whether the attendance of its month is closed."""
    (rows,) = _list_of(month).answers()
    return next(iter(rows), None)


@prepared
def _list_of(month: Month) -> Questions:
    closed = AttendanceMonth.objects.filter(first_day=OuterRef("month"), state=MonthState.CLOSED)
    rows = live_lists(month).select_related(*(f"{step}_by" for step in SIGNED))
    return Questions(rows.annotate(attendance_closed=Exists(closed)).order_by("pk")[:1])


@prepared
def _rows_of(list_id: UUID, before: Month) -> Questions:
    return Questions(
        Statement.objects.filter(payroll_list=list_id).select_related("person").order_by("position"),
        corrections_in(list_id),
        _before(before),
    )


def overview(row: PayrollList) -> Overview:
    """A list of any size in one query."""
    statements, later, earlier = _rows_of(row.pk, Month.of(row.month).previous).answers()
    corrections, before = by_statement(later), dict(earlier)
    people = [Person(one, before.get(one.participation_id), corrections[one.pk]) for one in statements]
    if not before:
        return Overview(row, people)
    return Overview(row, people, sum(before.values(), ZERO), sum(amount > 0 for amount in before.values()))


def _before(month: Month) -> "QuerySet[Any]":
    """What each file got by the list of a month."""
    rows = Statement.objects.filter(payroll_list__month=month.first, blocked=False)
    rows = rows.exclude(payroll_list__state=ListState.ABANDONED).order_by("pk")
    return rows.values_list("participation_id", "to_pay")


@prepared
def _index(month: Month, year: int | None) -> Questions:
    newest = PayrollList.objects.order_by("-month").annotate(first=TruncYear("month")).values("first")[:1]
    of_year = (
        all_lists().filter(month__year=year) if year else all_lists().filter(month__gte=Subquery(newest))
    )
    years = PayrollList.objects.annotate(year=ExtractYear("month")).order_by("-year")
    return Questions(
        years.values_list("year", flat=True).distinct(), of_year, live_lists(month).order_by("pk")
    )


def index(month: Month, year: int | None) -> tuple[list[int], list[PayrollList], bool]:
    """The years of which there are lists, the newest first; the lists of one, and whether a month has one.

    No year, or one without a list, is the newest.
    """
    years, rows, live = _index(month, year).answers()
    if year and year not in years:
        rows = _index(month, None).answers()[1]
    return years, rows, bool(live)


def all_lists() -> "QuerySet[PayrollList]":
    """The lists of the unit, the newest first, with people and totals."""
    # Of each list apart: a join would read the statements of all years to add up those of one.
    paid = Statement.objects.filter(payroll_list=OuterRef("pk"), blocked=False).order_by()
    of_list = paid.values("payroll_list")
    return PayrollList.objects.annotate(
        people=Coalesce(Subquery(of_list.annotate(count=Count("pk")).values("count")), 0),
        to_pay=Subquery(of_list.annotate(total=Sum("to_pay")).values("total")),
    ).order_by("-month", "-counted_at")
