"""The money of the demo: who may be paid, a list that went its way, and one that is being drawn."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Final
from uuid import UUID

from benefits import demo_access, demo_bank, demo_everyday, demo_fund, demo_health, demo_years  # noqa: F401 - most register a step
from benefits.enums import ListState, PublicKind
from benefits.models import BankStatement, Grant, PayrollList, PublicPayment, SupportedJob
from benefits.queries import public_money
from benefits.queries.transfers import file_of
from benefits.services import lists, pay, supported, transfers
from benefits.services import public_money as offices
from ipzs.queries.months import months
from participants.models import Participation, Period
from reintegration.accounts.models import User
from reintegration.administration.demo_data import email_of
from reintegration.core import clock
from reintegration.core.dates import Month
from reintegration.core.demo import demo_id, demo_step, moment_of
from reintegration.core.errors import InputError
from reintegration.tenancy.scope import scope

UNIT = "nowymost"
# So many months before the last closed one were paid in the large demo.
EARLIER: Final = 2


@contextmanager
def _as(login: str) -> Iterator[None]:
    user = User.objects.get(email=email_of(login, UNIT))
    with scope(organisation_id=demo_id(f"organisation:{UNIT}"), user_id=user.pk, source="demo"):
        yield


@demo_step("what a payment needs", order=99)
def load_pay() -> None:
    """Everybody but the last one, so that a list shows somebody whom it cannot pay."""
    with _as("ewa.jarzebina"):
        if Grant.objects.exists():
            return
        begun = Period.objects.filter(participation__ended_on__isnull=True).order_by("participation", "since")
        first = {row.participation_id: row.since for row in reversed(begun)}
        files = list(Participation.objects.filter(pk__in=first).order_by("number"))
        for number, file in enumerate(files[:-1]):
            since = first[file.pk]
            grant = pay.apply(participation_id=file.pk, asked_on=min(since, clock.today()))
            pay.grant(grant_id=grant.pk, granted_from=since, decided_on=clock.today())
            cash = number % 5 == 4
            pay.set_way(
                participation_id=file.pk, since=since, method="cash" if cash else "transfer",
                account="" if cash else _account(number),
            )  # fmt: skip
            pay.set_tax(
                participation_id=file.pk, since=Month.of(since), pit2=number != 1,
                filed_on=None if number == 1 else min(since, clock.today()),
            )  # fmt: skip
            pay.add_title(
                participation_id=file.pk, kind="benefit", since=since, until=None,
                registered_on=min(since, clock.today()),
            )  # fmt: skip


def _account(number: int) -> str:
    """Of the bank with the number zero, which does not exist; the check digits are right."""
    own = f"{number + 1:024d}"
    return f"{98 - int(own + '252100') % 97:02d}{own}"


@demo_step("earlier payroll lists", order=100, large=True)
def load_earlier() -> None:
    """Each paid in the first days of the next month. By its name the step goes before the one below."""
    for month in reversed(_closed()[1 : 1 + EARLIER]):
        with _as("ewa.jarzebina"):
            known = PayrollList.objects.filter(month__gte=month.first).exists()
        if not known:
            with clock.frozen(moment_of(demo_years.pay_day(month))):
                paid = _pay(month)
                with _as("ewa.jarzebina"):
                    demo_years.settle(paid)


@demo_step("payroll lists", order=100)
def load_lists() -> None:
    """The last closed month was paid; the month after it is a draft."""
    closed = _closed()[:1]
    with _as("ewa.jarzebina"):
        if not closed or PayrollList.objects.filter(month__gte=closed[0].first).exists():
            return
    try:
        _pay(closed[0])
    except InputError:
        # Nobody took part in the month: the demo then has a draft only.
        return
    with _as("ewa.jarzebina"):
        lists.calculate(month=closed[0].next)


def _closed() -> list[Month]:
    """The newest first."""
    with _as("ewa.jarzebina"):
        return [one.month for one in months(today=clock.today()) if one.is_closed]


def _pay(month: Month) -> UUID:
    with _as("rafal.wiaz"):
        row = lists.lock(list_id=lists.calculate(month=month).pk, without_blocked=True)
    with _as("celina.grab"):
        lists.check(list_id=row.pk)
    with _as("ewa.jarzebina"):
        lists.approve(list_id=row.pk)
        transfers.make_file(list_id=row.pk, day=clock.today())
        lists.confirm_payment(list_id=row.pk, paid_on=clock.today())
    key: UUID = row.pk
    return key


@demo_step("the bank's answer", order=101)
def load_answer() -> None:
    """What the bank did on the day of the payment: one transfer came back, and rent is other business."""
    with _as("celina.grab"):
        row = PayrollList.objects.filter(state=ListState.PAID).order_by("-month").first()
        made = file_of(row) if row is not None else None
        if row is None or made is None or BankStatement.objects.exists():
            return
        demo_bank.answer(row, made, returned=True)


@demo_step("payments to the offices", order=103)
def load_offices() -> None:
    """Contributions of the paid list went to ZUS; its tax waits for its day."""
    with _as("celina.grab"):
        if PublicPayment.objects.exists():
            return
        for owed in public_money.waiting(PublicKind.ZUS):
            offices.pay(kind=PublicKind.ZUS, month=owed.month, amount=owed.left, paid_on=clock.today())


@demo_step("supported employment", order=109)
def load_supported() -> None:
    """A motion that PUP has had for long, for somebody of whom it is written while they still come."""
    with _as("ewa.jarzebina"):
        begun = Period.objects.exclude(kind="trial").filter(participation__ended_on__isnull=True)
        first = begun.filter(since__lte=clock.today()).order_by("since", "pk").first()
        if SupportedJob.objects.exists() or first is None:
            return
        job = supported.propose(
            participation_id=first.participation_id, place="employer", pup_name="PUP w Modrzewnie",
            employer_name="Tartak Jodła sp. z o.o.", position="pomocnik stolarza",
            reason="Pracodawca chce zatrudnić osobę na stanowisku, którego nauczyła się w pracowni.",
        )  # fmt: skip
        day = max(first.since, clock.today() - timedelta(days=35))
        supported.send(job_id=job.pk, sent_on=day, manager_on=day, social_worker_on=day, participant_on=day)
