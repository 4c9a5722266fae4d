"""Two hundred clicks make one file, and nobody changes it afterwards."""

from collections.abc import Callable, Iterator
from datetime import date

import psycopg
import pytest

from benefits.models import PayrollList, TransferFile
from benefits.services import transfers
from reintegration.core import clock, slots
from tests.benefits.lists.test_race import clicked
from tests.benefits.transfers import made
from tests.cast import World, known_world
from tests.ipzs.attendance.made import TODAY, without_the_program

As = Callable[[str], psycopg.Connection]
DAY = date(2026, 11, 23)
ATTACKS = {
    "day": "UPDATE benefits_transferfile SET day = day + 1",
    "digest": "UPDATE benefits_transferfile SET digest = repeat('0', 64)",
    "gone": "DELETE FROM benefits_transferfile",
    "all gone": "TRUNCATE benefits_transferfile CASCADE",
    "in a replica": "SET session_replication_role = replica; DELETE FROM benefits_transferfile",
}


@pytest.fixture
def ready(committed_db: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[World, PayrollList]]:
    """An approved list with money for the bank, committed."""
    monkeypatch.setitem(slots._filled, "participants.entry_conditions", [])
    world = known_world()
    with clock.frozen(TODAY):
        yield world, made.ready(world)


def test_two_hundred_clicks_make_one_file_that_nobody_changes(ready: tuple[World, PayrollList], as_role: As):
    world, row = ready
    given = clicked(world, "celina", lambda: transfers.make_file(list_id=row.pk, day=DAY))
    assert sum(isinstance(one, TransferFile) for one in given) == 1
    assert {str(one) for one in given if isinstance(one, Exception)} == {
        "Plik przelewów tej listy jest już zrobiony. Można go pobrać jeszcze raz."
    }
    for role in ("reintegra_owner", "postgres"):
        door = without_the_program(as_role(role), world)
        for attack, sql in ATTACKS.items():
            if role == "reintegra_owner" and attack == "in a replica":
                continue  # only a superuser may say that
            with pytest.raises(psycopg.Error) as refused:
                door.execute(sql)
            assert refused.value.sqlstate in {"23001", "42501", "P0001"}, (role, attack, refused.value)
    with world.scope("cis", "ewa"):
        assert TransferFile.objects.get().day == DAY


def test_without_the_held_list_the_constraint_refuses_the_second_file(
    ready: tuple[World, PayrollList], monkeypatch: pytest.MonkeyPatch
):
    """The control: clicks do meet, and only what is held makes them wait for one another."""
    world, row = ready
    monkeypatch.setattr(transfers, "hold_unit", lambda: None)
    monkeypatch.setattr(transfers, "held", lambda list_id: PayrollList.objects.get(pk=list_id))
    given = clicked(world, "celina", lambda: transfers.make_file(list_id=row.pk, day=DAY), times=1)
    assert sum(isinstance(one, TransferFile) for one in given) == 1
    refused = {str(one) for one in given if isinstance(one, Exception)}
    assert any(
        "transfer_file_once" in one or "'Plik przelewów tej listy jest już zrobiony.'" in one
        for one in refused
    ), refused
