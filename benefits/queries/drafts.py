"""What a list would say today: everybody of the month, with what months before still have coming."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from uuid import UUID

from benefits.models import PayWay, Recovery, Statement
from benefits.queries.advances import payment_day, reliefs_of
from benefits.queries.bankable import own_account, refusal
from benefits.queries.basis import Told, told_of
from benefits.queries.granted import STANDS, Found, files_between, found_between, paid_months
from benefits.queries.premiums import granted_premiums
from benefits.queries.standing import grounds_of
from benefits.rules.blockers import SENTENCES, Blocker
from benefits.rules.checks import BadBasis
from benefits.rules.corrections import Applied, apply
from benefits.rules.facts import Basis
from benefits.rules.law import Law
from benefits.rules.month import Counted, advance, count_month
from benefits.rules.tax import Relief, Together, spread
from ipzs.queries import balances
from ipzs.rules.balances import Balances
from participants.models import Participation
from reintegration.core.dates import Month
from reintegration.core.money import ZERO
from reintegration.law.book import law_book

BAD_FACTS = "bad_facts"
NOT_FOR_BANK = "not_for_bank"


@dataclass(slots=True)
class Line:
    """One person of a list, counted."""

    file: Participation
    told: Told
    # Of the month itself, with its premium; none for whoever has corrections only.
    basis: Basis | None = None
    counted: Counted | None = None
    applied: tuple[Applied, ...] = ()
    recovery: Recovery | None = None
    tax: Decimal = ZERO
    # Codes with their sentences; whoever has one is paid nothing by this list.
    blocked: list[tuple[str, str]] = field(default_factory=list)
    first: bool = False
    leaves: bool = False
    # On the day on which the list pays: the tax is taken on everything together.
    relief: Relief = Relief()
    # Of a person who gets something from the list by several files.
    together: Together | None = None
    # As they stood at the end of the month.
    balances: Balances | None = None

    @property
    def corrected(self) -> Decimal:
        return sum((one.benefit for one in self.applied), ZERO)

    @property
    def income(self) -> Decimal:
        """Everything that the list gives before tax; whoever is blocked gets nothing."""
        if self.blocked:
            return ZERO
        counted = self.counted
        return (counted.benefit + counted.premium if counted is not None else ZERO) + self.corrected

    def way(self, month: Month) -> PayWay | None:
        return self.told.pay.way_for(month)


def lines_of(month: Month, *, corrected: bool = True) -> list[Line]:
    """The list of a month as today's facts make it, in the order of names.

    Months before are counted again to be corrected, unless the caller knows that nothing of them has changed.
    """
    earlier = paid_months(month) if corrected else []
    files = list(files_between(earlier[0] if earlier else month, month))
    law = Law(law_book())
    due, _ = found_between(files, earlier, law)
    told = told_of([file.pk for file in files], month)
    left = balances.at_end_of({key: one.facts for key, one in told.items()}, month)
    premiums = granted_premiums(month)
    grounds = grounds_of(file.pk for file in files)
    paid_before = set(
        Statement.objects.filter(payroll_list__state__in=STANDS, to_pay__gt=0)
        .order_by("participation")
        .values_list("participation_id", flat=True)
        .distinct()
    )
    own = own_account()
    found = []
    for file in files:
        line = Line(file, told[file.pk], balances=left[file.pk])
        _count(line, month, premiums.get(file.pk, ZERO), law)
        _correct(line, month, due.get(file.pk, ()), grounds.get(file.pk), law)
        _ask_bank(line, month, own)
        if line.counted is not None or line.blocked or line.applied:
            line.first = file.pk not in paid_before and not line.blocked
            found.append(line)
    _tax(found, month, law)
    return found


def _count(line: Line, month: Month, premium: Decimal, law: Law) -> None:
    """The month itself; who took no part in it, or was refused, is not counted."""
    basis = line.told.basis
    inside = basis.participation.days_in(month) if basis is not None else None
    if basis is None or inside is None:
        return
    line.leaves = basis.participation.end is not None and basis.participation.end <= month.last
    line.blocked = [(code.value, sentence) for code, sentence in line.told.missing(month)]
    if basis.granted_from is None or basis.granted_from > month.last:
        if not premium:
            return
        # A premium needs no granted benefit, and who has none was not asked how to be paid.
        _need_way(line, month)
    line.basis = replace(basis, premium=premium)
    try:
        line.counted = count_month(line.basis, law)
    except BadBasis as error:
        line.blocked.append((BAD_FACTS, error.message))


def _need_way(line: Line, month: Month) -> None:
    """Whoever is paid anything is paid somehow, be nothing else asked of them."""
    if not line.blocked and line.way(month) is None:
        line.blocked.append((Blocker.NO_WAY.value, SENTENCES[Blocker.NO_WAY]))


def _ask_bank(line: Line, month: Month, own: str) -> None:
    """Whoever is paid by a transfer must be somebody to whom a bank can send one."""
    if line.income <= ZERO:
        return
    refused = refusal(line.file.person, line.way(month), own)
    if refused:
        line.blocked.append((NOT_FOR_BANK, refused))


def _correct(line: Line, month: Month, due: Sequence[Found], ground: Recovery | None, law: Law) -> None:
    """Months before, as far as this list does them."""
    due = [one for one in due if not one.missing]
    if not due:
        return
    if line.blocked:
        return
    benefit = line.counted.benefit if line.counted is not None else ZERO
    premium = line.counted.premium if line.counted is not None else ZERO
    applied = apply(
        [(one.due, one.granted) for one in due],
        benefit=benefit,
        law=law,
        grounded=ground is not None,
        at_most=ground.at_most if ground is not None else None,
    )
    if benefit + premium + sum((one.benefit for one in applied), ZERO) > 0:
        # Who has left and owes something is paid nothing, and is asked for no account.
        _need_way(line, month)
    if line.blocked:
        return
    line.recovery, line.applied = ground, applied


def _tax(lines: Iterable[Line], month: Month, law: Law) -> None:
    """Tax is taken once, on everything that a person gets from the list, be it by several files."""
    people: defaultdict[UUID, list[Line]] = defaultdict(list)
    for line in lines:
        if not line.blocked:
            people[line.file.person_id].append(line)
    day = payment_day(month)
    reliefs = reliefs_of(people, day, law)
    for key, own in people.items():
        relief = reliefs[key]
        income = sum((line.income for line in own), ZERO)
        tax = advance(income, pit2=relief.pit2.holds, month=Month.of(day), law=law, used=relief.used)
        together = Together(income, tax) if sum(line.income > 0 for line in own) > 1 else None
        for line, part in zip(own, spread(tax, [line.income for line in own]), strict=True):
            line.relief, line.tax, line.together = relief, part, together
