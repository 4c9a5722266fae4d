"""Whatever happens with the office, in whatever order: the journal says what the applications say."""

from collections import Counter
from collections.abc import Callable, Iterator
from decimal import Decimal
from io import StringIO
from random import Random

import psycopg
import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import transaction

from benefits.enums import FundApplicationState, FundReason
from benefits.models import BankBooking, FundAdvance, FundApplication, FundReceipt, PayrollList
from benefits.queries import fund as queries
from benefits.services.fund import applications, receipts
from reintegration.core import clock, slots
from reintegration.core.errors import InputError
from tests.benefits.fund import made
from tests.benefits.lists import made as lists_made
from tests.cast import World, known_world
from tests.ipzs.attendance.made import TODAY
from tests.specimens import specimen

SEEDS, STEPS = range(5), 60
ADVANCE = Decimal("3000.00")


@pytest.fixture(autouse=True)
def _november(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setitem(slots._filled, "participants.entry_conditions", [])
    with clock.frozen(TODAY):
        yield


class Office:
    """A unit that does anything at all with the office; the same seed does the same."""

    def __init__(self, world: World, lists: list[PayrollList], seed: int) -> None:
        self.world, self.lists, self.chance = world, lists, Random(seed)
        self.agreement = made.signed(mode="advance")
        self.applications: list[FundApplication] = []
        self.advances: list[FundAdvance] = []
        self.receipts: list[FundReceipt] = []
        self.done: Counter[str] = Counter()

    def step(self) -> None:
        work = self.chance.choice(WORKS)
        try:
            with transaction.atomic():
                work(self)
        except (InputError, ValidationError, IndexError):
            return  # refused, or nothing to do it with
        self.done[work.__name__] += 1
        self.agrees()

    def agrees(self) -> None:
        account = queries.account_of(self.agreement)
        assert queries.posted(self.agreement) == account.balance
        for one in account.applications:
            if one.row.state in queries.CLAIMED:
                assert made.posted_of(one.row) == one.found.claim - one.found.received

    def one(self) -> FundApplication:
        return self.chance.choice(self.applications)

    def amount(self) -> Decimal:
        """A part, the whole, or more than there is."""
        open_one = abs(made.standing(self.one()).open)
        return max(
            Decimal("0.01"),
            self.chance.choice([open_one, open_one / 4, open_one + 1]).quantize(Decimal("0.01")),
        )

    def booking(self, amount: Decimal) -> BankBooking:
        return specimen(BankBooking, self.world, "", amount=amount, day=TODAY)

    def draws(self) -> None:
        self.applications.append(made.sent(self.chance.choice(self.lists)))

    def withdraws(self) -> None:
        applications.withdraw(application_id=self.one().pk, because="pomyłka")

    def is_answered(self) -> None:
        line = self.chance.choice(made.lines(self.one()))
        given = (line.amount * self.chance.randrange(5) / 4).quantize(Decimal("0.01"))
        reason = "" if given == line.amount else FundReason.PAPER
        applications.answer(line_id=line.pk, granted=given, reason=reason, carry=self.chance.random() < 0.5)

    def is_granted_the_rest(self) -> None:
        applications.accept_rest(application_id=self.one().pk)

    def receives(self) -> None:
        made_one = receipts.receive(application_id=self.one().pk, day=TODAY, amount=self.amount())
        self.receipts.append(made_one)

    def books(self) -> None:
        """The bank says that something came or went, and it is the first thing that it may be."""
        row = self.booking(self.amount() * self.chance.choice([1, -1]))
        self.receipts.append(receipts.book(booking_id=row.pk, of=queries.open_for(row)[0].row))

    def asks_for_an_advance(self) -> None:
        month = lists_made.OCTOBER
        self.advances.append(
            receipts.ask_advance(agreement_id=self.agreement.pk, month=month, amount=ADVANCE, asked_on=TODAY)
        )

    def receives_an_advance(self) -> None:
        key = self.chance.choice(self.advances).pk
        self.receipts.append(receipts.receive_advance(advance_id=key, day=TODAY, amount=ADVANCE))

    def gives_back(self) -> None:
        free = queries.account_of(self.agreement).free
        if not free:
            raise InputError("Nie ma czego oddać.")
        self.receipts.append(receipts.give_back(agreement_id=self.agreement.pk, day=TODAY, amount=free))

    def gives_back_too_much(self) -> None:
        row = self.one()
        over = made.standing(row).overpaid
        if not over:
            raise InputError("Nie ma czego oddać.")
        self.receipts.append(receipts.give_back_overpaid(application_id=row.pk, day=TODAY, amount=over))

    def takes_back(self) -> None:
        receipts.take_back(receipt_id=self.chance.choice(self.receipts).pk, because="pomyłka")

    def settles(self) -> None:
        row = applications.settle(application_id=self.one().pk)
        assert row.state == FundApplicationState.SETTLED

    def opens_again(self) -> None:
        applications.reopen(application_id=self.one().pk)


WORKS: tuple[Callable[[Office], None], ...] = (
    Office.draws, Office.withdraws, Office.is_answered, Office.is_granted_the_rest, Office.receives,
    Office.books, Office.asks_for_an_advance, Office.receives_an_advance, Office.gives_back,
    Office.gives_back_too_much, Office.takes_back, Office.settles, Office.opens_again,
)  # fmt: skip


def paid(world: World) -> list[PayrollList]:
    """Two months of two people."""
    with world.scope("cis", "ewa"):
        lists_made.rounding(world)
        lists_made.people(2)
    return [made.paid(world, month) for month in (lists_made.SEPTEMBER, lists_made.OCTOBER)]


@pytest.mark.django_db
def test_the_journal_follows_whatever_happens(world: World):
    lists = paid(world)
    done: Counter[str] = Counter()
    for seed in SEEDS:
        with world.scope("cis", "celina"), transaction.atomic():
            office = Office(world, lists, seed)
            for _ in range(STEPS):
                office.step()
            done += office.done
            transaction.set_rollback(True)
    assert set(done) == {one.__name__ for one in WORKS}


def test_books_that_say_something_else_than_the_applications_are_found(
    committed_db: str, as_role: Callable[[str], psycopg.Connection]
):
    world = known_world()
    lists = paid(world)
    with world.scope("cis", "celina"):
        made.signed()
        made.sent(lists[0])
    _verified(lists[0])
    door = as_role("postgres")
    door.execute("ALTER TABLE benefits_posting DISABLE TRIGGER ALL")
    door.execute("DELETE FROM benefits_posting WHERE account IN ('labour_fund', 'refunds')")
    door.execute("ALTER TABLE benefits_posting ENABLE TRIGGER ALL")
    with pytest.raises(SystemExit):
        _verified(lists[0], said := StringIO())
    assert "UM/1/2026: w księdze urząd jest winien 0,00 zł" in said.getvalue().replace("\u00a0", " ")


def _verified(row: PayrollList, said: StringIO | None = None) -> None:
    call_command("payroll_verify", unit=row.unit_id, stdout=StringIO(), stderr=said or StringIO())
