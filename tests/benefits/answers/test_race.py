"""Twenty people pay the same returned payment again, and one goes; nobody changes what was sent or booked."""

import threading
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection

from benefits.models import BankBooking, BankStatement, PaidLine, PayrollList
from benefits.services import answers
from benefits.services import lines as services
from reintegration.core import clock, slots
from reintegration.core.errors import InputError
from tests.benefits.answers import made
from tests.benefits.answers.made import back, lines, mt940, sent, take_in
from tests.cast import World, known_world
from tests.ipzs.attendance.made import TODAY, without_the_program

As = Callable[[str], psycopg.Connection]
THREADS, WAIT = 20, 60
ATTACKS = {
    "amount": "UPDATE benefits_paidline SET amount = amount * 2",
    "reference": "UPDATE benefits_paidline SET reference = reference || 'X'",
    "account": "UPDATE benefits_paidline SET account = '\\x00'",
    "way": "UPDATE benefits_paidline SET state = 'planned' WHERE state = 'paid'",
    "gone": "DELETE FROM benefits_paidline",
    "all gone": "TRUNCATE benefits_paidline",
    "booked": "UPDATE benefits_bankbooking SET amount = amount - 1",
    "title": "UPDATE benefits_bankbooking SET title = ''",
    "no booking": "DELETE FROM benefits_bankbooking",
    "no bookings": "TRUNCATE benefits_bankbooking CASCADE",
    "no statement": "DELETE FROM benefits_bankstatement",
    "balance": "UPDATE benefits_bankstatement SET closing = 0",
}
COPIED = (
    "id, unit_id, payroll_list_id, statement_id, person_id, part, attempt, amount, reference, method,"
    " account, party, transfer_file_id, state, sent_on, booked_on, returned_on, booking_id,"
    " return_booking_id, reason, moved_by_id, moved_at"
)


@pytest.fixture
def returned(committed_db: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[World, PayrollList]]:
    """A paid list of which one transfer came back, committed."""
    monkeypatch.setitem(slots._filled, "participants.entry_conditions", [])
    world = known_world()
    with clock.frozen(TODAY):
        row = made.paid(world)
        with world.scope("cis", "celina"):
            first, second = sent(row)
            take_in(first, second, back(first))
        yield world, row


def together(world: World, work: Callable[[], Any]) -> list[Any]:
    """What twenty who begin at once were given, or the refusal that stopped each."""
    given: list[Any] = []
    start = threading.Barrier(THREADS)

    def run() -> None:
        try:
            start.wait(WAIT)
            with clock.frozen(TODAY), world.scope("cis", "celina"):
                given.append(work())
        except (InputError, ValidationError, IntegrityError) as error:
            given.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(WAIT)
        assert not thread.is_alive(), "They wait for each other."
    assert len(given) == THREADS
    return given


def test_twenty_pay_the_same_returned_payment_again_and_one_exists(returned: tuple[World, PayrollList]):
    world, _ = returned
    with world.scope("cis", "celina"):
        line = lines()[0]
    given = together(world, lambda: services.pay_again(line_id=line.pk, method="transfer"))
    assert sum(isinstance(one, PaidLine) for one in given) == 1
    assert {str(one) for one in given if isinstance(one, Exception)} == {"Ta płatność idzie już jeszcze raz."}
    with world.scope("cis", "celina"):
        assert PaidLine.objects.filter(statement=line.statement).count() == 2


def test_without_the_held_list_the_table_refuses_the_second_one(
    returned: tuple[World, PayrollList], monkeypatch: pytest.MonkeyPatch
):
    """The control: they do meet, and only the list that is held makes them wait for one another."""
    world, _ = returned
    with world.scope("cis", "celina"):
        line = lines()[0]
    monkeypatch.setattr(
        services,
        "held_line",
        lambda key: PaidLine.objects.select_related("statement", "payroll_list", "person").get(pk=key),
    )
    given = together(world, lambda: services.pay_again(line_id=line.pk, method="transfer"))
    assert sum(isinstance(one, PaidLine) for one in given) == 1
    refused = " ".join(str(one) for one in given if isinstance(one, Exception))
    assert any(said in refused for said in ("paid_line_", "jest już w drodze", "idzie już jeszcze raz")), (
        refused
    )
    with world.scope("cis", "celina"):
        assert PaidLine.objects.filter(statement=line.statement).count() == 2


def test_twenty_bring_the_same_file_and_it_is_taken_in_once(returned: tuple[World, PayrollList]):
    world, _ = returned
    content = mt940(made.Entry(amount=-Decimal(5), title="OPLATA", bank="B9"), number="9")
    given = together(world, lambda: answers.take_in(content=content))
    assert sum(isinstance(one, answers.TakenIn) for one in given) == 1
    with world.scope("cis", "celina"):
        assert (BankStatement.objects.count(), BankBooking.objects.count()) == (2, 4)


@pytest.mark.parametrize("role", ["reintegra_owner", "postgres"])
@pytest.mark.parametrize("attack", ATTACKS)
def test_nobody_changes_what_was_sent_or_booked(
    returned: tuple[World, PayrollList], as_role: As, role: str, attack: str
):
    door = without_the_program(as_role(role), returned[0])
    with pytest.raises(psycopg.Error) as refused:
        door.execute(ATTACKS[attack])
    assert refused.value.sqlstate in {"23001", "42501", "P0001"}, refused.value


# What somebody would write who wants more money to go: (columns that differ, why it is refused).
MORE = {
    "the same part again": ("attempt = 2", {"23505"}),
    "the whole beside the part": ("part = 'whole'", {"23514"}),
    "another amount": (
        "attempt = 2, amount = amount - 1, state = 'returned', returned_on = sent_on, reason = 'x'",
        {"23514"},
    ),
    "nothing": ("attempt = 2, part = 'premium', amount = 0", {"23514"}),
    "no reason": ("attempt = 2, state = 'dropped'", {"23514"}),
    "cash on a statement": ("attempt = 2, part = 'premium', amount = 0.01, method = 'cash'", {"23514"}),
}


@pytest.mark.parametrize("name", MORE)
def test_a_superuser_pays_no_more_than_the_list_says(
    returned: tuple[World, PayrollList], as_role: As, name: str
):
    changed, codes = MORE[name]
    world, _ = returned
    with world.scope("cis", "celina"):
        paid = lines()[1]
    door = without_the_program(as_role("postgres"), world)
    door.execute("CREATE TEMP TABLE more AS SELECT * FROM benefits_paidline WHERE id = %s", [paid.pk])
    door.execute(f"UPDATE more SET id = %s, reference = 'LW/9/2026-99', {changed}", [uuid4()])
    door.execute("SET session_replication_role = replica")
    with pytest.raises(psycopg.Error) as refused:
        door.execute(f"INSERT INTO benefits_paidline ({COPIED}) SELECT {COPIED} FROM more")
    assert refused.value.sqlstate in codes, refused.value


def test_payments_of_a_booking_make_its_amount(returned: tuple[World, PayrollList], as_role: As):
    world, _ = returned
    with world.scope("cis", "celina"):
        one, two, _ = lines()
    door = without_the_program(as_role("postgres"), world)
    door.execute("SET session_replication_role = replica")
    with pytest.raises(psycopg.errors.CheckViolation, match="do not make its amount"), door.transaction():
        door.execute("UPDATE benefits_paidline SET booking_id = %s WHERE id = %s", [two.booking_id, one.pk])
