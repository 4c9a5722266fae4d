"""A month as its close sees it, in a number of queries that does not depend on people."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Final
from uuid import UUID

from benefits.enums import ListState, PayMethod, PremiumState
from benefits.models import PayrollList, PaySettings, TransferFile
from benefits.queries import integrity, statement_papers
from benefits.queries import settlement as settlement_queries
from benefits.queries import transfers as transfer_queries
from benefits.queries.bankable import own_account, refusal
from benefits.queries.basis import Told, told_of
from benefits.queries.forecast import pay_settings
from benefits.queries.granted import STANDS, files_between
from benefits.queries.lists import (
    Overview,
    list_of,
    live_lists,
    overview,
)
from benefits.queries.order import InTheWay, in_the_way
from benefits.queries.premiums import Plan, granted_premiums, premiums
from benefits.rules.checks import BadBasis
from benefits.rules.close import AFTER, Facts, Stage
from benefits.rules.law import Law
from benefits.rules.month import count_month
from ipzs.queries import months as attendance
from ipzs.queries.months import MonthCheck, MonthRow
from ipzs.rules.codes import FindingCode
from participants.models import Participation
from reintegration.administration.queries import account_on
from reintegration.core import clock
from reintegration.core.dates import Month
from reintegration.core.money import ZERO
from reintegration.law.book import law_book
from reintegration.law.queries import unchosen
from reintegration.law.readings import ReadingSpec
from reintegration.tenancy.scope import current_scope

# What the step of free days and sickness is about; everything else is an entry.
OF_DAYS: Final = frozenset(
    {
        FindingCode.FREE_OVER,
        FindingCode.FREE_WITHOUT_CONSENT,
        FindingCode.FREE_IN_LEAVE,
        FindingCode.SICK_OVER,
        FindingCode.FORFEITED,
    }
)
_STAGES: Final = {
    ListState.OPEN: Stage.OPEN,
    ListState.LOCKED: Stage.LOCKED,
    ListState.CHECKED: Stage.CHECKED,
    ListState.HALF: Stage.HALF,
    ListState.APPROVED: Stage.APPROVED,
    ListState.PAID: Stage.PAID,
    ListState.SETTLED: Stage.SETTLED,
    ListState.CLOSED: Stage.CLOSED,
}
# A list whose payment nobody confirmed yet.
UNPAID: Final = tuple(state for state, stage in _STAGES.items() if stage not in AFTER)


@dataclass(frozen=True, slots=True)
class Lacking:
    """Somebody whom a list would pay nothing today, and why."""

    file: Participation
    sentences: Sequence[str]


@dataclass(frozen=True, slots=True)
class Attendance:
    """The month of attendance; what was found about people only while it is open."""

    standing: MonthRow
    checked: MonthCheck | None

    def blocked(self, *, days: bool) -> int:
        """How many people something keeps from the close: of the entries, or of free days and sickness."""
        people = self.checked.blocked if self.checked is not None else ()
        return sum(any((found.code in OF_DAYS) is days for found in one.blocking) for one in people)


@dataclass(frozen=True, slots=True)
class Ready:
    """What would keep a list from paying, and what is to be looked at before anybody signs."""

    lacking: Sequence[Lacking] = ()
    shared_accounts: Sequence[Sequence[Participation]] = ()
    # Another list goes first.
    waits: InTheWay | None = None
    unchosen: Sequence[ReadingSpec] = ()

    @property
    def blocks(self) -> int:
        other = bool(self.waits) + len(self.unchosen)
        return len(self.lacking) + other


@dataclass(frozen=True, slots=True)
class Money:
    """What goes to the bank and to the till from an approved list, and the statements of it on paper."""

    sheet: transfer_queries.Sheet
    file: TransferFile | None
    faults: Sequence[str]
    no_account: bool
    papers: statement_papers.Standing

    @property
    def blocks(self) -> int:
        return bool(self.faults) + (self.no_account and bool(self.sheet.transfers))


@dataclass(frozen=True, slots=True)
class Close:
    """Everything that the page of a month says."""

    month: Month
    attendance: Attendance
    proposals: Sequence[Decimal]
    plan: Plan
    settings: PaySettings
    ready: Ready = field(default_factory=Ready)
    found: Overview | None = None
    money: Money | None = None
    settlement: settlement_queries.Settlement | None = None

    @property
    def row(self) -> PayrollList | None:
        return self.found.row if self.found is not None else None

    @property
    def is_paid(self) -> bool:
        return self.row is not None and _STAGES[ListState(self.row.state)] in AFTER

    @property
    def facts(self) -> Facts:
        money, checked = self.money, self.attendance.checked
        return Facts(
            over=self.month.last < clock.today(),
            closed=self.attendance.standing.is_closed,
            people=checked is None or bool(checked.people),
            entries=self.attendance.blocked(days=False),
            days=self.attendance.blocked(days=True),
            proposals=len(self.proposals),
            stage=_STAGES[ListState(self.row.state)] if self.row is not None else Stage.NONE,
            on_list=self.ready.blocks,
            on_transfers=money.blocks if money is not None else 0,
            has_transfers=money is not None and bool(money.sheet.transfers),
            has_file=money is not None and money.file is not None,
            statements_missing=len(money.papers.missing) if money is not None else 0,
            printing=money is not None and money.papers.runs,
            **(self.settlement.facts() if self.settlement is not None else {}),
        )

    @property
    def person_ids(self) -> set[UUID]:
        """Whom the page names."""
        checked, ready = self.attendance.checked, self.ready
        named = [one.file for one in (*checked.blocked, *checked.noted)] if checked is not None else []
        named += [one.file for one in ready.lacking]
        named += [file for some in ready.shared_accounts for file in some]
        found = {file.person_id for file in named}
        return found | self.settlement.person_ids if self.settlement is not None else found


def usual_month() -> Month:
    """The month that is closed today: the one before, until nothing of it is left to do."""
    here = Month.of(clock.today())
    row = live_lists(here.previous).first()
    return here if row is not None and row.state == ListState.CLOSED else here.previous


def close_of(month: Month) -> Close:
    standing = attendance.month_row(month)
    checked = None if standing.is_closed else attendance.check(month, today=clock.today())
    row = list_of(month)
    waiting = premiums().filter(month=month.first, state=PremiumState.PROPOSED).order_by("pk")
    settings = pay_settings()
    granted = granted_premiums(month)
    found = Close(
        month=month,
        attendance=Attendance(standing, checked),
        proposals=[one.amount for one in waiting],
        plan=Plan(sum(granted.values(), ZERO), settings.premium_plan),
        settings=settings,
        found=overview(row) if row is not None else None,
    )
    if row is None or row.state == ListState.OPEN:
        return replace(found, ready=_ready(month))
    if row.state not in STANDS:
        return found
    return replace(found, money=_money(row), settlement=settlement_queries.settlement_of(row))


def _ready(month: Month) -> Ready:
    """What a list of the month would meet if it were locked now."""
    open_points = unchosen(current_scope().organisation_id, month)
    waits = in_the_way(month)
    if open_points or month.first > clock.today():
        return Ready(waits=waits, unchosen=open_points)
    files = list(files_between(month, month))
    told = told_of([file.pk for file in files], month) if files else {}
    law = Law(law_book())
    premiums_of, own = granted_premiums(month), own_account()
    lacking = []
    for file in files:
        premium = premiums_of.get(file.pk, ZERO)
        if some := _sentences(file, told[file.pk], month, law, premium=premium, own=own):
            lacking.append(Lacking(file, some))
    return Ready(lacking, _shared(files, told, month), waits, open_points)


def _sentences(
    file: Participation, told: Told, month: Month, law: Law, *, premium: Decimal, own: str
) -> Sequence[str]:
    found = [sentence for _, sentence in told.missing(month)]
    basis = told.basis
    if basis is None or basis.participation.days_in(month) is None:
        return found
    try:
        paid = count_month(basis, law).benefit + premium
    except BadBasis as error:
        return [*found, error.message]
    # The bank is asked for nobody who gets no money.
    refused = refusal(file.person, told.pay.way_for(month), own) if paid else ""
    return [*found, refused] if refused else found


def _shared(
    files: Sequence[Participation], told: Mapping[UUID, Told], month: Month
) -> Sequence[Sequence[Participation]]:
    """Who shares an account with somebody else."""
    owners: defaultdict[str, dict[UUID, Participation]] = defaultdict(dict)
    for file in files:
        way = told[file.pk].pay.way_for(month)
        if way is not None and way.method == PayMethod.TRANSFER:
            owners[way.account][file.person_id] = file
    return [list(people.values()) for people in owners.values() if len(people) > 1]


def _money(row: PayrollList) -> Money:
    return Money(
        sheet=transfer_queries.sheet_of(row),
        file=transfer_queries.file_of(row),
        faults=integrity.faults(row),
        no_account=account_on(clock.today()) is None,
        papers=statement_papers.standing(row, integrity.statements_of(row)),
    )
