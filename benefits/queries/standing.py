"""What is not as it was paid today: what lists still have to pay, and what stands as a receivable."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from benefits.enums import ListState
from benefits.models import PayrollList, Recovery, Statement
from benefits.queries.bankable import own_account, refusal
from benefits.queries.basis import Told, told_of
from benefits.queries.granted import STANDS, Uncounted, files_between, found_between, open_again, paid_months
from benefits.rules.blockers import SENTENCES, Blocker
from benefits.rules.corrections import Due
from benefits.rules.law import Law
from participants.models import Participation
from reintegration.core.dates import Month
from reintegration.core.money import ZERO
from reintegration.law.book import law_book


class Outcome(StrEnum):
    """What becomes of a difference."""

    PAID = "paid"
    WAITS = "waits"
    DEDUCTED = "deducted"
    NOTHING_TO_TAKE = "nothing_to_take"
    RECEIVABLE = "receivable"


@dataclass(frozen=True, slots=True)
class Standing:
    """A month of one person that is not as it was paid."""

    file: Participation
    due: Due
    # By its own list and corrections of later ones.
    paid: Decimal
    outcome: Outcome
    # What keeps the next list from paying the person anything.
    missing: Sequence[str]
    ground: Recovery | None
    # What the month was paid by; none when no list had the person.
    statement_id: UUID | None
    left: bool

    @property
    def today(self) -> Decimal:
        return self.paid + self.due.difference


@dataclass(frozen=True, slots=True)
class NotCounted:
    """A month of one person that was paid and cannot be counted any more."""

    file: Participation
    month: Month
    reason: str
    statement_id: UUID | None


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that is not as it was paid, and the list that comes next."""

    next_month: Month | None
    found: Sequence[Standing] = ()
    uncounted: Sequence[NotCounted] = ()
    # Months that were paid and whose attendance is open now: what they come to shows after the close.
    open_again: Sequence[Month] = ()

    def of(self, *outcomes: Outcome) -> Sequence[Standing]:
        return [one for one in self.found if one.outcome in outcomes]

    @property
    def to_pay(self) -> Decimal:
        return sum((one.due.difference for one in self.found if one.due.difference > 0), ZERO)

    @property
    def receivable(self) -> Decimal:
        return -sum((one.due.difference for one in self.found if one.due.difference < 0), ZERO)


def next_month() -> Month | None:
    """The month of the list that still takes something in; none before the first that stands.

    What is being signed is counted already, so that the one after it comes next.
    """
    last = PayrollList.objects.filter(state__in=STANDS).order_by("-month").first()
    if last is None:
        return None
    begun = PayrollList.objects.filter(month__gt=last.month).exclude(state=ListState.ABANDONED)
    rows = list(begun.order_by("month"))
    first = next((row for row in rows if row.state == ListState.OPEN), None)
    return Month.of(first.month) if first is not None else Month.of([last, *rows][-1].month).next


def report(file: Participation | None = None) -> Report:
    """Of everybody, by name and month, or of one file; the number of queries does not depend on them."""
    coming = next_month()
    if coming is None:
        return Report(None)
    earlier, reopened = paid_months(coming), open_again(coming)
    if not earlier:
        return Report(coming, open_again=reopened)
    files = [file] if file is not None else list(files_between(earlier[0], earlier[-1]))
    found, uncounted = _reported(files, earlier, coming)
    return Report(coming, found, uncounted, reopened)


def grounds_of(participation_ids: Iterable[UUID]) -> Mapping[UUID, Recovery]:
    """By what right may be deducted today, by file."""
    rows = Recovery.objects.filter(participation__in=list(participation_ids), withdrawn_on__isnull=True)
    return {row.participation_id: row for row in rows.order_by("pk")}


def recoveries_of(participation_id: UUID) -> Sequence[Recovery]:
    """All grounds that one file ever had, the latest first."""
    return list(Recovery.objects.filter(participation=participation_id).order_by("-given_on", "-pk"))


def _reported(
    files: Sequence[Participation], earlier: Sequence[Month], coming: Month
) -> tuple[Sequence[Standing], Sequence[NotCounted]]:
    due, uncounted = found_between(files, earlier, Law(law_book()))
    named = [file for file in files if file.pk in due or file.pk in uncounted]
    if not named:
        return (), ()
    keys = [file.pk for file in named]
    told, grounds, statements = told_of(keys, coming), grounds_of(keys), _statements(keys, earlier)
    found, own = [], own_account()
    for file in named:
        months = sorted(due.get(file.pk, ()), key=lambda one: one.due.month)
        missing, ground = _missing(file, told[file.pk], coming, own), grounds.get(file.pk)
        takes_part = _benefits(told[file.pk], coming)
        # What is paid out besides is room for what is taken.
        room = takes_part or any(one.due.difference > 0 and not one.missing for one in months)
        found += [
            Standing(
                file=file,
                due=one.due,
                paid=one.granted.benefit,
                outcome=_outcome(one.due.difference, one.missing or missing, ground, room=room),
                missing=one.missing or missing,
                ground=ground,
                statement_id=statements.get((file.pk, one.due.month)),
                left=file.ended_on is not None and file.ended_on < coming.first,
            )
            for one in months
        ]
    return found, list(_uncounted(named, uncounted, statements))


def _outcome(difference: Decimal, missing: Sequence[str], ground: Recovery | None, *, room: bool) -> Outcome:
    if difference < 0 and ground is None:
        return Outcome.RECEIVABLE
    if missing:
        return Outcome.WAITS
    if difference > 0:
        return Outcome.PAID
    return Outcome.DEDUCTED if room else Outcome.NOTHING_TO_TAKE


def _missing(file: Participation, told: Told, month: Month, own: str) -> Sequence[str]:
    """What keeps a list of the month from paying the person; whoever left still has to be paid somehow."""
    found = [sentence for _, sentence in told.missing(month)]
    if not found and told.pay.way_for(month) is None:
        return [SENTENCES[Blocker.NO_WAY]]
    refused = refusal(file.person, told.pay.way_for(month), own)
    return [*found, refused] if refused else found


def _benefits(told: Told, month: Month) -> bool:
    """Whether the month itself may pay a benefit, of which something can be taken."""
    basis = told.basis
    if basis is None or basis.participation.days_in(month) is None:
        return False
    return basis.granted_from is not None and basis.granted_from <= month.last


def _statements(keys: Iterable[UUID], months: Iterable[Month]) -> Mapping[tuple[UUID, Month], UUID]:
    rows = Statement.objects.filter(
        participation__in=list(keys),
        payroll_list__month__in=[month.first for month in months],
        payroll_list__state__in=STANDS,
    ).order_by("pk")
    found = rows.values_list("participation_id", "payroll_list__month", "pk")
    return {(key, Month.of(day)): pk for key, day, pk in found}


def _uncounted(
    files: Iterable[Participation],
    found: Mapping[UUID, Sequence[Uncounted]],
    statements: Mapping[tuple[UUID, Month], UUID],
) -> Iterable[NotCounted]:
    for file in files:
        for one in found.get(file.pk, ()):
            yield NotCounted(file, one.month, one.reason, statements.get((file.pk, one.month)))
