"""What an approved list says cannot be changed by anybody; what is changed behind its back is found."""

from collections.abc import Callable, Iterator
from io import StringIO
from typing import Any

import psycopg
import pytest
from django.core.management import call_command

from benefits.models import PayrollList, Statement
from benefits.queries import integrity
from participants.models import Participation
from reintegration.core import clock, slots
from tests.benefits.lists import made
from tests.cast import World, known_world
from tests.ipzs.attendance.made import TODAY, without_the_program
from tests.participants.participations.made import candidate

As = Callable[[str], psycopg.Connection]
OWNER, ROOT = "reintegra_owner", "postgres"


@pytest.fixture
def approved(committed_db: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[World, PayrollList]]:
    """An approved list of two people, with everything committed."""
    monkeypatch.setitem(slots._filled, "participants.entry_conditions", [])
    world = known_world()
    with clock.frozen(TODAY):
        with world.scope("cis", "ewa"):
            made.rounding(world)
            made.people(2)
        yield world, made.approved(world)


ATTACKS = {
    "amount": "UPDATE benefits_statement SET benefit = benefit + 100, to_pay = to_pay + 100",
    "document": "UPDATE benefits_statement SET document = NULL",
    "person": "UPDATE benefits_statement SET participation_id = participation_id, position = position + 7",
    "given to another": (
        "UPDATE benefits_statement SET person_id = (SELECT id FROM participants_person AS other"
        " WHERE other.unit_id = benefits_statement.unit_id AND other.id <> benefits_statement.person_id"
        " LIMIT 1)"
    ),
    "law": "UPDATE benefits_payrolllist SET law = '{}'",
    "statement gone": "DELETE FROM benefits_statement",
    "correction gone": "TRUNCATE benefits_correction",
    "all gone": "TRUNCATE benefits_statement, benefits_correction CASCADE",
    "cascade": "TRUNCATE benefits_payrolllist CASCADE",
    "list gone": "DELETE FROM benefits_payrolllist",
    "list open again": (
        "UPDATE benefits_payrolllist SET state = 'open', digest = '', locked_by_id = NULL, locked_at = NULL,"
        " checked_by_id = NULL, checked_at = NULL, approved_by_id = NULL, approved_at = NULL"
    ),
    "digest": "UPDATE benefits_payrolllist SET digest = repeat('0', 64)",
    "month": "UPDATE benefits_payrolllist SET month = '2026-08-01'",
    "approver": "UPDATE benefits_payrolllist SET approved_by_id = checked_by_id",
    # As if another month had been signed already.
    "another one approved": (
        "WITH told AS (SELECT (jsonb_populate_record(row, jsonb_build_object('id', gen_random_uuid(),"
        " 'month', '2026-08-01', 'number', 'LW/99/2026'))).* FROM benefits_payrolllist AS row)"
        " INSERT INTO benefits_payrolllist SELECT * FROM told"
    ),
}


@pytest.mark.parametrize("role", [OWNER, ROOT])
@pytest.mark.parametrize("attack", ATTACKS)
def test_nobody_changes_an_approved_list(
    approved: tuple[World, PayrollList], as_role: As, attack: str, role: str
):
    door = without_the_program(as_role(role), approved[0])
    with pytest.raises(psycopg.Error) as refused:
        door.execute(ATTACKS[attack])
    assert refused.value.sqlstate in {"23001", "42501", "23514"}, refused.value


def _copy(door: psycopg.Connection) -> None:
    """A COPY that adds a third person's statement to the list."""
    door.execute("CREATE TEMPORARY TABLE one AS SELECT * FROM benefits_statement LIMIT 1")
    door.execute(
        "UPDATE one SET id = gen_random_uuid(), participation_id = (SELECT id FROM participants_participation"
        " WHERE id NOT IN (SELECT participation_id FROM benefits_statement) LIMIT 1)"
    )
    with door.cursor() as cursor:
        with cursor.copy("COPY one TO STDOUT") as out:
            text = b"".join(bytes(part) for part in out)
        with cursor.copy("COPY benefits_statement FROM STDIN") as into:
            into.write(text)


@pytest.fixture
def third(approved: tuple[World, PayrollList]) -> Participation:
    """Somebody of the unit who is not on the list."""
    with approved[0].scope("cis", "ewa"):
        return candidate()


def test_a_superuser_copies_nothing_into_it(approved: Any, third: Participation, as_role: As):
    door = without_the_program(as_role(ROOT), approved[0])
    with pytest.raises(psycopg.Error, match="the payroll list is not open"):
        _copy(door)


def test_without_the_trigger_the_copy_goes_through_and_the_verifier_finds_it(
    approved: Any, third: Participation, as_role: As
):
    """The control: it is the trigger that refuses, and nothing else."""
    world, row = approved
    door = without_the_program(as_role(ROOT), world)
    door.execute("ALTER TABLE benefits_statement DISABLE TRIGGER keep_added")
    _copy(door)
    door.execute("ALTER TABLE benefits_statement ENABLE ALWAYS TRIGGER keep_added")
    with world.scope("cis", "ewa"):
        assert Statement.objects.filter(payroll_list=row).count() == 3
        assert "skrót listy jest inny niż jej treść" in integrity.faults(row)


BEHIND = {
    "benefits_statement SET to_pay = to_pay + 1, benefit = benefit + 1": "zmienione kwoty",
    "benefits_statement SET position = position + 7": "zmienione kwoty",
    "benefits_payrolllist SET month = '2026-08-01'": "skrót listy jest inny niż jej treść",
    "benefits_payrolllist SET digest = repeat('0', 64)": "skrót listy jest inny niż w historii zmian",
}


@pytest.mark.parametrize("change", BEHIND)
def test_what_is_changed_behind_the_triggers_is_found(approved: Any, as_role: As, change: str):
    world, row = approved
    assert "0 findings" in _verified(row)
    door = as_role(ROOT)
    door.execute("SET session_replication_role = replica")
    for table in ("benefits_statement", "benefits_payrolllist"):
        door.execute(f"ALTER TABLE {table} DISABLE TRIGGER ALL")
    door.execute(f"UPDATE {change}")
    with world.scope("cis", "ewa"):
        again = PayrollList.objects.get(pk=row.pk)
        assert any(BEHIND[change] in fault for fault in integrity.faults(again))
    with pytest.raises(SystemExit):
        _verified(row)


def _verified(row: PayrollList) -> str:
    out = StringIO()
    call_command("payroll_verify", unit=row.unit_id, stdout=out, stderr=StringIO())
    return out.getvalue()


def test_every_unit_is_verified(approved: Any):
    out = StringIO()
    call_command("payroll_verify", stdout=out, stderr=out)
    assert out.getvalue().startswith("1 lists checked")
