"""The journal is written with the event, balances, and is changed by nobody."""

from collections.abc import Callable
from decimal import Decimal
from io import StringIO
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from benefits.enums import LedgerAccount as A
from benefits.models import JournalEntry, PayrollList, Posting, Statement
from benefits.queries import ledger as queries
from benefits.rules import ledger as rules
from benefits.rules.ledger import Event
from benefits.services import ledger, lists, recoveries
from reintegration.core import clock
from reintegration.core.dates import Month
from tests.benefits.lists import made
from tests.benefits.lists.made import OCTOBER, SEPTEMBER
from tests.cast import World, known_world
from tests.ipzs.attendance.made import TODAY, without_the_program

pytestmark = pytest.mark.usefixtures("november")

As = Callable[[str], psycopg.Connection]
YEAR = queries.year_of(2026)


@pytest.fixture
def listed(committed_db: str) -> tuple[World, PayrollList]:
    """An approved list of three, one of whom was corrected, with everything committed."""
    world = known_world()
    with world.scope("cis", "ewa"):
        made.rounding(world)
        files = made.people()
    made.approved(world, SEPTEMBER)
    with world.scope("cis", "ewa"):
        made.missed(files[0])
        recoveries.add(
            participation_id=files[0].pk, kind="consent", given_on=TODAY, reference="", at_most=None
        )
    return world, made.approved(world, OCTOBER)


def standing() -> dict[A, Decimal]:
    return {one.account: one.after for one in queries.trial_balance(*YEAR)}


def test_the_year_is_what_the_statements_are(listed: tuple[World, PayrollList]):
    world, row = listed
    with world.scope("cis", "ewa"):
        lists.confirm_payment(list_id=row.pk, paid_on=TODAY, without_file=True)
        found, statements = standing(), Statement.objects.order_by("pk")
        for account, names in ((A.BENEFITS, ("benefit", "corrected")), (A.PREMIUMS, ("premium",))):
            total = sum(getattr(one, name) for one in statements for name in names)
            assert found.get(account, Decimal(0)) == total
        assert found[A.CONTRIBUTIONS] == -found[A.ZUS] > 0
        # September was never confirmed: it is owed, and all of October is paid.
        ((unpaid, amount),) = queries.unpaid_lists(TODAY)
        september = [one for one in statements if one.payroll_list_id == unpaid.pk]
        assert (unpaid.month, amount) == (SEPTEMBER.first, sum(one.to_pay + one.tax for one in september))
        assert sum(amount for _, amount in queries.owed_to_people(TODAY)) == amount
        assert sum(found.values()) == 0


def test_each_month_of_the_summary_makes_zero(listed: tuple[World, PayrollList]):
    world, row = listed
    with world.scope("cis", "ewa"):
        lists.confirm_payment(list_id=row.pk, paid_on=TODAY, without_file=True)
        (november,) = queries.by_month(2026)
        assert november.month == Month.of(TODAY)
        assert sum(november.amounts.values()) == 0
        assert queries.by_month(2025) == []
        assert queries.years() == [2026]


def test_an_event_is_posted_once(listed: tuple[World, PayrollList]):
    world, row = listed
    with world.scope("cis", "ewa"), pytest.raises(Exception, match="już zaksięgowane"), transaction.atomic():
        ledger.post_entitlement(row, day=TODAY)


def test_books_that_say_something_else_than_the_list_are_found(
    listed: tuple[World, PayrollList], as_role: As
):
    world, row = listed
    with world.scope("cis", "ewa"):
        assert [queries.faults(one) for one in PayrollList.objects.order_by("month")] == [[], []]
        lists.confirm_payment(list_id=row.pk, paid_on=TODAY, without_file=True)
        assert queries.faults(PayrollList.objects.get(pk=row.pk)) == []
    door = as_role("postgres")
    door.execute("ALTER TABLE benefits_posting DISABLE TRIGGER ALL")
    door.execute("DELETE FROM benefits_posting WHERE account IN ('people', 'bank')")
    door.execute("ALTER TABLE benefits_posting ENABLE TRIGGER ALL")
    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("payroll_verify", unit=row.unit_id, stdout=StringIO(), stderr=out)
    assert "w księdze „wypłata” jest 0,00" in out.getvalue().replace("\u00a0", " ")


def test_another_unit_has_its_own_books(listed: tuple[World, PayrollList]):
    with listed[0].scope("other_cis", "teresa"):
        assert queries.trial_balance(*YEAR) == []


def unbalanced(row: PayrollList, *amounts: str, **given: Any) -> JournalEntry:
    entry = JournalEntry.objects.create(
        number=f"DK/{uuid4()}"[:20], day=TODAY, event="payment", payroll_list=row,
        source=uuid4(), made_at=clock.now(), made_by_id=row.approved_by_id,
    )  # fmt: skip
    file = Statement.objects.filter(payroll_list=row).order_by("pk")[0].participation_id
    Posting.objects.bulk_create(
        Posting(entry=entry, account="bank", amount=amount, participation_id=file) for amount in amounts
    )
    return entry


@pytest.mark.parametrize("amounts", [(), ("5.00",), ("5.00", "-4.99")], ids=["empty", "one line", "a grosz"])
def test_what_does_not_balance_is_refused_when_it_is_committed(
    listed: tuple[World, PayrollList], amounts: tuple[str, ...]
):
    world, row = listed
    with (
        pytest.raises(IntegrityError, match=r"lines that (make|are added)"),
        world.scope("cis", "ewa"),
    ):
        unbalanced(row, *amounts)
    with world.scope("cis", "ewa"):
        unbalanced(row, "5.00", "-5.00")


def test_what_was_looked_at_early_gets_no_line_after_it(listed: tuple[World, PayrollList]):
    """A transaction may have its deferred checks made before it ends, and go on."""
    world, row = listed
    with world.scope("cis", "ewa"):
        entry = unbalanced(row, "5.00", "-5.00")
        file = Posting.objects.filter(entry=entry).order_by("pk")[0].participation_id
        connection.check_constraints()
        with pytest.raises(IntegrityError, match="do not make zero"), transaction.atomic():
            Posting.objects.create(entry=entry, account="bank", amount="777.00", participation_id=file)


def test_an_entry_is_taken_back_once(listed: tuple[World, PayrollList]):
    world, row = listed
    with world.scope("cis", "ewa"):
        lists.confirm_payment(list_id=row.pk, paid_on=TODAY, without_file=True)
        before = standing()
        entry = ledger.write(Event.ZUS, rules.to_zus(Decimal("100.00")), source=row.pk, day=TODAY)
        assert entry is not None
        assert standing()[A.ZUS] == before[A.ZUS] + 100
        ledger.reverse(entry, day=TODAY)
        assert standing() == before
        with pytest.raises(Exception, match="już zaksięgowane"), transaction.atomic():
            ledger.reverse(entry, day=TODAY)


def bare(event: str, row: PayrollList | None, account: str, by: Any) -> None:
    """An entry of nobody by itself, not looked at by the program."""
    entry = JournalEntry.objects.create(
        number="DK/9/2026", day=TODAY, event=event, payroll_list=row, source=uuid4(),
        made_at=clock.now(), made_by_id=by,
    )  # fmt: skip
    Posting.objects.bulk_create(Posting(entry=entry, account=account, amount=one) for one in (1, -1))


def test_an_entry_says_of_which_list_and_person_it_is(listed: tuple[World, PayrollList]):
    world, row = listed
    with world.scope("cis", "ewa"):
        with pytest.raises(IntegrityError, match="entry_of_list"), transaction.atomic():
            bare("payment", None, "bank", row.approved_by_id)
        with pytest.raises(IntegrityError, match="posting_of_person"), transaction.atomic():
            bare("payment", row, "people", row.approved_by_id)
        bare("zus", None, "bank", row.approved_by_id)


def test_nothing_is_added_to_an_entry_later(listed: tuple[World, PayrollList]):
    world, _ = listed
    with world.scope("cis", "ewa"):
        entry = JournalEntry.objects.order_by("pk")[0]
        file = Posting.objects.filter(entry=entry).order_by("pk")[0].participation_id
    more = [
        Posting(entry=entry, account="bank", amount=amount, participation_id=file) for amount in ("1", "-1")
    ]
    with (
        world.scope("cis", "ewa"),
        pytest.raises(IntegrityError, match="another transaction"),
        transaction.atomic(),
    ):
        Posting.objects.bulk_create(more)


@pytest.mark.parametrize("role", ["reintegra_owner", "postgres"])
@pytest.mark.parametrize(
    "attack",
    [
        "UPDATE benefits_posting SET amount = amount * 2",
        "DELETE FROM benefits_posting",
        "TRUNCATE benefits_posting",
        "UPDATE benefits_journalentry SET day = day - 400",
        "DELETE FROM benefits_journalentry",
        "TRUNCATE benefits_journalentry CASCADE",
    ],
)
def test_nobody_changes_what_was_posted(
    listed: tuple[World, PayrollList], as_role: As, role: str, attack: str
):
    door = without_the_program(as_role(role), listed[0])
    with pytest.raises(psycopg.Error) as refused:
        door.execute(attack)
    assert refused.value.sqlstate in {"23001", "42501", "P0001"}, refused.value


ENTRY = (
    "id", "unit_id", "number", "day", "event", "payroll_list_id", "source", "made_at", "made_by_id",
    "transaction",
)  # fmt: skip
LINE = ("id", "unit_id", "entry_id", "account", "amount", "participation_id")


def copied(door: psycopg.Connection[Any], row: PayrollList, file: Any, amounts: tuple[str, ...]) -> None:
    """An entry and its lines by COPY, as a superuser who wants to go round the program."""
    entry = uuid4()
    who = row.approved_by_id
    made = (entry, row.unit_id, "DK/9/2026", TODAY, "payment", row.pk, row.pk, clock.now(), who, 0)
    with door.transaction(), door.cursor() as cursor:
        with cursor.copy(f"COPY benefits_journalentry ({', '.join(ENTRY)}) FROM STDIN") as lines:
            lines.write_row(made)
        with cursor.copy(f"COPY benefits_posting ({', '.join(LINE)}) FROM STDIN") as lines:
            for amount in amounts:
                lines.write_row((uuid4(), row.unit_id, entry, "bank", amount, file))


def test_a_superuser_copies_no_unbalanced_entry(listed: tuple[World, PayrollList], as_role: As):
    world, row = listed
    with world.scope("cis", "ewa"):
        file = Statement.objects.filter(payroll_list=row).order_by("pk")[0].participation_id
    door = without_the_program(as_role("postgres"), world)
    door.execute("SET session_replication_role = replica")
    with pytest.raises(psycopg.errors.CheckViolation, match="do not make zero"):
        copied(door, row, file, ("5.00", "-4.99"))
    # The control: without the trigger it goes through.
    door.execute("ALTER TABLE benefits_journalentry DISABLE TRIGGER balances")
    door.execute("ALTER TABLE benefits_posting DISABLE TRIGGER joins")
    copied(door, row, file, ("5.00", "-4.99"))
    door.execute("ALTER TABLE benefits_journalentry ENABLE ALWAYS TRIGGER balances")
    door.execute("ALTER TABLE benefits_posting ENABLE ALWAYS TRIGGER joins")
    with world.scope("cis", "ewa"):
        assert sum(standing().values()) == Decimal("0.01")
