"""Many connections click one button at once: one effect each; a control shows what the lock is for."""

import threading
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection

from benefits.enums import ListState
from benefits.models import PayrollList, Statement
from benefits.services import lists
from reintegration.core import clock, slots
from reintegration.core.errors import InputError
from reintegration.tenancy.models import Unit
from tests.benefits.lists import made
from tests.benefits.lists.made import OCTOBER, SEPTEMBER
from tests.cast import World, known_world
from tests.ipzs.attendance.made import TODAY, closed

CONNECTIONS, CLICKS = 20, 10
WAIT = 120


@pytest.fixture
def two(committed_db: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """Two people whom nothing keeps from being paid, committed."""
    monkeypatch.setitem(slots._filled, "participants.entry_conditions", [])
    world = known_world()
    with clock.frozen(TODAY):
        with world.scope("cis", "ewa"):
            made.rounding(world)
            made.people(2)
        yield world


def clicked(world: World, person: str, work: Callable[[], Any], *, times: int = CLICKS) -> list[Any]:
    """What every click of every connection gave, or the error that stopped it."""
    given: list[Any] = []
    start = threading.Barrier(CONNECTIONS)

    def run() -> None:
        try:
            start.wait(WAIT)
            for _ in range(times):
                try:
                    with clock.frozen(TODAY), world.scope("cis", person):
                        given.append(work())
                except (InputError, ValidationError, IntegrityError) as error:
                    given.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(WAIT)
        assert not thread.is_alive(), "They wait for each other."
    assert len(given) == CONNECTIONS * times
    return given


def done(given: list[Any]) -> int:
    return sum(isinstance(one, PayrollList) for one in given)


def test_every_step_has_one_effect(two: World):
    counted = clicked(two, "rafal", lambda: lists.calculate(month=OCTOBER))
    assert {one.pk for one in counted} == {counted[0].pk}
    with two.scope("cis", "ewa"):
        assert PayrollList.objects.count() == 1
        assert Statement.objects.count() == 2
    row = made.locked(two)
    with two.scope("cis", "ewa"):
        lists.send_back(list_id=row.pk, remark="Jeszcze raz.")
    key = row.pk
    assert done(clicked(two, "rafal", lambda: lists.lock(list_id=key))) == 1
    assert done(clicked(two, "celina", lambda: lists.check(list_id=key))) == 1
    assert done(clicked(two, "ewa", lambda: lists.approve(list_id=key))) == 1
    paid = {"list_id": key, "paid_on": TODAY, "without_file": True}
    assert done(clicked(two, "ewa", lambda: lists.confirm_payment(**paid))) == 1
    with two.scope("cis", "ewa"):
        found = PayrollList.objects.get(pk=key)
        assert (found.state, found.number) == (ListState.PAID, "LW/1/2026")
        assert Statement.objects.count() == 2


def test_without_the_lock_on_the_unit_the_constraint_refuses_the_second_list(
    two: World, monkeypatch: pytest.MonkeyPatch
):
    """The control: clicks do meet, and only the unit that is held makes them wait for one another."""
    monkeypatch.setattr(Unit.objects, "select_for_update", lambda **how: Unit.objects.all(), raising=False)
    given = clicked(two, "rafal", lambda: lists.calculate(month=OCTOBER), times=1)
    refused = [one for one in given if isinstance(one, Exception)]
    assert refused
    with two.scope("cis", "ewa"):
        assert PayrollList.objects.count() == 1


def test_of_two_months_one_is_handed_over(two: World):
    """What both correct is granted by one: the other list waits until that one is approved or returned."""
    made.approved(two, OCTOBER)
    with clock.frozen(date(2026, 12, 20)):
        keys = {}
        for person, month in (("rafal", OCTOBER.next), ("celina", SEPTEMBER)):
            with two.scope("cis", "ewa"):
                closed(month.first)
                keys[person] = made.draft(month).pk
        works = {one: partial(lists.lock, list_id=key) for one, key in keys.items()}
        given = made.at_once(two, works)
    assert done(list(given.values())) == 1
    (refused,) = (one for one in given.values() if isinstance(one, InputError))
    assert "czeka na podpisy" in refused.message


def test_of_two_lists_paid_at_once_one_gives_the_reduction(two: World):
    """Both were counted alone in their months: the second one is told what the first one took."""
    rows = [made.approved(two)]
    with clock.frozen(date(2026, 12, 5)):
        rows.append(made.approved(two, OCTOBER.next))
        paid = {"paid_on": clock.today(), "without_file": True}
        works = {
            person: partial(lists.confirm_payment, list_id=row.pk, **paid)
            for person, row in zip(("ewa", "rafal"), rows, strict=True)
        }
        given = made.at_once(two, works)
    assert done(list(given.values())) == 1
    (refused,) = (one for one in given.values() if isinstance(one, InputError))
    assert refused.field == "as_counted"


def _unheld(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for anybody but at one place: when all have read the list, which none has moved yet."""
    read = threading.Barrier(CONNECTIONS)

    def seen(list_id: UUID) -> PayrollList:
        row = PayrollList.objects.get(pk=list_id)
        read.wait(WAIT)
        return row

    monkeypatch.setattr(lists, "hold_unit", lambda: None)
    monkeypatch.setattr(lists, "held", seen)


def test_without_the_held_list_its_statements_are_refused_a_second_time(
    two: World, monkeypatch: pytest.MonkeyPatch
):
    """The control of the lock: clicks do meet, and a constraint stands behind."""
    with two.scope("cis", "ewa"):
        closed(OCTOBER.first)
        key = made.draft().pk
    _unheld(monkeypatch)
    given = clicked(two, "rafal", lambda: lists.lock(list_id=key), times=1)
    assert any(isinstance(one, IntegrityError) and "statement_once" in str(one) for one in given)


def test_without_the_held_list_the_journal_refuses_the_second_approval(
    two: World, monkeypatch: pytest.MonkeyPatch
):
    """The control of a signature: several clicks find the list where the step begins, and one is posted."""
    key = made.locked(two).pk
    with two.scope("cis", "celina"):
        lists.check(list_id=key)
    _unheld(monkeypatch)
    given = clicked(two, "ewa", lambda: lists.approve(list_id=key), times=1)
    assert done(given) == 1
    assert any("entry_once" in str(one) or "już zaksięgowane" in str(one) for one in given)


def test_without_both_it_is_approved_more_than_once(two: World, monkeypatch: pytest.MonkeyPatch):
    key = made.locked(two).pk
    with two.scope("cis", "celina"):
        lists.check(list_id=key)
    _unheld(monkeypatch)
    monkeypatch.setattr(lists, "post_entitlement", lambda row, day: None)
    assert done(clicked(two, "ewa", lambda: lists.approve(list_id=key), times=1)) > 1
