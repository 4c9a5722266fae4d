"""Payments in the large demo: what each payment needs in bulk, and every list by its services.

A month is paid in the first days of the next one, by the people who do it. Two small centres have paid from
here for a year, the others since this autumn. Their last month stands otherwise in each centre:
paid, before the manager's signature, or a draft.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from benefits.enums import GrantState, PayMethod, PublicKind, TitleKind
from benefits.models import Grant, InsuranceTitle, PayrollList, PayWay, TaxStatement
from benefits.queries import public_money
from benefits.services import lists, transfers
from benefits.services import public_money as offices
from benefits.services.statements import WORK
from ipzs.queries.months import months
from participants.models import Participation, Period
from reintegration.administration import demo_country as country
from reintegration.administration.demo_data import id_of
from reintegration.core import clock
from reintegration.core.calendar_pl import is_working_day
from reintegration.core.dates import Month
from reintegration.core.demo import demo_step, moment_of
from reintegration.documents.numbers import next_number
from reintegration.jobs.enums import JobState
from reintegration.jobs.models import Job
from reintegration.tenancy.scope import scope

CENTRES: Final = tuple(unit for unit in country.UNITS if unit.is_cis)
# How far the list of the last closed month has come; elsewhere it is paid as those before it.
WAITS_FOR_MANAGER, DRAFT = "furtka", "kram"
# So many of the closed months were paid from here.
PAID: Final = {"zielnik": 12, "warsztat": 12}
PAID_ELSEWHERE: Final = 4


@demo_step("what the payments of the centres need", order=99, large=True)
def load_needs() -> None:
    for unit in CENTRES:
        with _as(unit, "manager"):
            if not Grant.objects.exists():
                _needs(unit.user("manager").pk)


@demo_step("payroll lists of the centres", order=100, large=True)
def load_lists() -> None:
    for unit in CENTRES:
        with _as(unit, "manager"):
            if PayrollList.objects.exists():
                continue
            closed = sorted(one.month for one in months(today=clock.today()) if one.is_closed)
        for month in closed[-PAID.get(unit.key, PAID_ELSEWHERE) :]:
            _pay(unit, month, last=month == Month.of(clock.today()).previous)


@contextmanager
def _as(unit: country.CountryUnit, role: str) -> Iterator[None]:
    key = unit.user(role).pk
    with scope(organisation_id=id_of(unit.key), user_id=key, source="demo"):  # type: ignore[arg-type]
        yield


def _needs(manager: UUID) -> None:
    """Grant, way of payment, PIT-2 and the title in ZUS of everybody, from their first day."""
    first: dict[UUID, date] = {}
    for key, day in Period.objects.order_by("-since", "pk").values_list("participation_id", "since"):
        first[key] = day
    files = list(Participation.objects.filter(pk__in=first).order_by("number"))
    grants, ways, taxes, titles = [], [], [], []
    for place, file in enumerate(files):
        since = first[file.pk]
        whose: dict[str, Any] = {"participation": file, "person_id": file.person_id}
        cash = place % 9 == 4
        ends = file.ended_on
        grants.append(Grant(
            **whose, asked_on=since, state=GrantState.GRANTED, granted_from=since, decided_on=since,
            decided_by_id=manager,
        ))  # fmt: skip
        ways.append(PayWay(
            **whose, since=since, method=PayMethod.CASH if cash else PayMethod.TRANSFER,
            account="" if cash else _account(file, place),
        ))  # fmt: skip
        taxes.append(TaxStatement(**whose, since=since.replace(day=1), pit2=True, filed_on=since))
        titles.append(InsuranceTitle(
            **whose, kind=TitleKind.BENEFIT, since=since, until=ends, registered_on=since,
            deregistered_on=ends + timedelta(days=1) if ends and ends < clock.today() else None,
        ))  # fmt: skip
    Grant.objects.bulk_create(grants)
    PayWay.objects.bulk_create(ways)
    TaxStatement.objects.bulk_create(taxes)
    InsuranceTitle.objects.bulk_create(titles)


def _account(file: Participation, place: int) -> str:
    """Of the bank with the number zero, which does not exist; the check digits are right."""
    own = f"{file.unit_id.int % 10**8 * 10**4 + place:024d}"
    return f"{98 - int(own + '252100') % 97:02d}{own}"


def _pay(unit: country.CountryUnit, month: Month, *, last: bool) -> None:
    day = pay_day(month)
    if last and unit.key in {WAITS_FOR_MANAGER, DRAFT}:
        # It was counted today: what has changed since the first days of the month stands in it.
        day = clock.today()
    with clock.frozen(moment_of(day)):
        with _as(unit, "office"):
            if last and unit.key == DRAFT:
                lists.calculate(month=month)
                return
            # Its draft is not looked at, and to lock it counts it.
            row = PayrollList.objects.create(
                month=month.first,
                number=next_number(lists.NUMBERS, on=clock.today()),
                counted_at=clock.now(),
            )
            lists.lock(list_id=row.pk, without_blocked=True)
        with _as(unit, "accountant"):
            lists.check(list_id=row.pk)
        if last and unit.key == WAITS_FOR_MANAGER:
            return
        with _as(unit, "manager"):
            lists.approve(list_id=row.pk)
            transfers.make_file(list_id=row.pk, day=clock.today())
            lists.confirm_payment(list_id=row.pk, paid_on=clock.today())
            if not last:
                settle(row.pk)


def pay_day(month: Month) -> date:
    day = month.next.first + timedelta(days=5)
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def settle(list_id: UUID) -> None:
    """Who was paid long ago got their paper then (it can be made again from the list), the offices theirs."""
    jobs = Job.objects.here().filter(kind=WORK, batch_id=list_id)
    jobs.update(state=JobState.CANCELLED, finished_at=clock.now())
    for kind in PublicKind:
        for owed in public_money.waiting(kind):
            offices.pay(kind=kind, month=owed.month, amount=owed.left, paid_on=clock.today())
