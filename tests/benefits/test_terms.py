"""The unit's terms on the desk: what is owed by when, what is late, and what comes later."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from benefits.enums import PublicKind
from benefits.queries import public_money as public_money_queries
from benefits.queries.terms import coming
from benefits.rules.terms import Kind, Term
from benefits.services import lists, pay, public_money
from reintegration.core import clock
from reintegration.core.dates import Month
from tests.benefits.lists import made
from tests.benefits.lists.made import OCTOBER
from tests.cast import World, sign_in
from tests.ipzs.attendance.made import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]
NOVEMBER, DECEMBER = Month(2026, 11), Month(2026, 12)


@pytest.fixture
def paid(world: World) -> World:
    """October of three is paid on 20 November; nobody has paid the offices."""
    with world.scope("cis", "ewa"):
        made.rounding(world)
        for file in made.people():
            pay.set_tax(participation_id=file.pk, since=NOVEMBER, pit2=False, filed_on=date(2026, 10, 5))
    row = made.approved(world)
    with world.scope("cis", "ewa"):
        lists.confirm_payment(list_id=row.pk, paid_on=TODAY, without_file=True)
    return world


def found(world: World, today: date = TODAY) -> dict[tuple[Kind, Month], Decimal | None]:
    with world.scope("cis", "ewa"):
        return {(one.term.kind, one.term.about): one.amount for one in coming(today, pays=True)}


def test_what_is_owed_stands_until_it_is_paid(paid: World):
    zus, tax = (Kind.ZUS, OCTOBER), (Kind.TAX, NOVEMBER)
    before = found(paid)
    # Three times 589.11 of contributions; those of November are due too, and not known.
    assert before[zus] == Decimal("1767.33")
    assert before[tax] == Decimal("771.00")
    assert before[Kind.ZUS, NOVEMBER] is None
    with paid.scope("cis", "ewa"):
        public_money.pay(
            kind=PublicKind.ZUS, month=OCTOBER, amount=Decimal("1767.33"), paid_on=TODAY, note=""
        )
    after = found(paid)
    assert zus not in after
    assert tax in after


def test_the_desk_names_what_is_late_and_what_comes_later(paid: World, client: Client):
    sign_in(client, paid.people["celina"])
    page = client.get(reverse("notices:desk")).content.decode().replace("\u00a0", " ")
    gaps, later = page.split('id="braki"')[1].split('id="kolejne-terminy"')
    # The 15th was a Sunday.
    assert "Składki ZUS za październik 2026" in gaps
    assert "Do zapłaty 1 767,33 zł." in gaps
    assert "termin minął 16 listopada" in gaps
    assert "Zaliczki na podatek za listopad 2026" in later
    assert "Do zapłaty 771,00 zł." in later


def test_a_club_has_the_report_alone(world: World):
    with world.scope("kis", "bozena"):
        assert coming(TODAY, pays=False) == []
        (one,) = coming(date(2027, 3, 1), pays=False)
    assert one.term == Term(date(2027, 3, 31), Kind.REPORT, DECEMBER)


def test_nobody_else_sees_what_is_owed(paid: World, client: Client):
    sign_in(client, paid.people["anna"])
    assert "Zaliczki na podatek" not in client.get(reverse("notices:desk")).content.decode()


MARCH, APRIL = Month(2026, 3), Month(2026, 4)
# What was said and paid from May on may still wait for somebody.
LATER = date(2026, 10, 5)


def asked(world: World, *months: Month) -> list[int]:
    """The rows of each question, when these months are paid and settled."""
    rows: list[int] = []

    def counting(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        found = execute(sql, params, many, context)
        rows.append(context["cursor"].rowcount)
        return found

    kept = transaction.savepoint()
    with world.scope("cis", "ewa"):
        made.rounding(world)
        made.people()
    for month in months:
        paid_on = month.next.first.replace(day=5)
        with clock.frozen(paid_on):
            row = made.approved(world, month)
            with world.scope("cis", "ewa"):
                lists.confirm_payment(list_id=row.pk, paid_on=paid_on, without_file=True)
                for kind in PublicKind:
                    for owed in public_money_queries.waiting(kind):
                        public_money.pay(kind=kind, month=owed.month, amount=owed.left, paid_on=paid_on)
    with world.scope("cis", "ewa"), connection.execute_wrapper(counting):
        assert coming(LATER, pays=True)
    # The same world again for the next count.
    transaction.savepoint_rollback(kept)
    return rows


def test_what_was_settled_long_ago_is_not_read(world: World):
    """Neither a question more, nor a row."""
    assert asked(world, MARCH, APRIL) == asked(world, APRIL)
