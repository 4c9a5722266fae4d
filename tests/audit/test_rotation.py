"""A key is changed while the program works, and the change is killed on its way."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test import override_settings
from django.test.utils import isolate_apps

from reintegration.audit.models import Event
from reintegration.core.crypto import key_id_of
from reintegration.core.fields import encrypted_fields
from reintegration.settings import test as test_settings
from reintegration.tenancy.scope import OPERATOR_ID, scope
from reintegration.tenancy.sql import history, keeper_rights, row_security
from tests.audit.rotating import define_secret
from tests.servers import dsn

pytestmark = pytest.mark.process

OLD, NEW = test_settings.REINTEGRA_FIELD_KEYS, f"t2:{test_settings._key('n')}"
BOTH = f"{NEW},{OLD}"
ROWS = 300
SCRIPT = Path(__file__).with_name("rotating.py")

with isolate_apps("reintegration.core"):
    Secret = define_secret()


def in_scope() -> Any:
    return scope(organisation_id=OPERATOR_ID, source="test")


@pytest.fixture
def database(committed_db: str, as_role: Any) -> str:
    """The table, and people each of whom was once called otherwise."""
    with connection.schema_editor(collect_sql=True) as editor:
        editor.create_model(Secret)
    owner = as_role("reintegra_owner")
    for statement in [
        *editor.collected_sql,
        *row_security("core_secret", "organisation_id"),
        *history(Secret, ""),
        *keeper_rights(Secret),
    ]:
        owner.execute(statement)
    with in_scope():
        people = [Secret(organisation_id=OPERATOR_ID, name=f"dawniej {number}") for number in range(ROWS)]
        Secret.objects.bulk_create(people)
    with in_scope():
        for number, person in enumerate(people):
            person.name = f"osoba {number}"
        Secret.objects.bulk_update(people, ["name"])
    return committed_db


def start(database: str, *, batch: int, ring: str = BOTH) -> "subprocess.Popen[str]":
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "reintegration.settings.test",
        "DATABASE_URL": dsn("reintegra_app", database),
        "KEEPER_DATABASE_URL": dsn("reintegra_keeper", database),
        "PYTHONPATH": str(SCRIPT.parents[2]),
        "RING": ring,
    }
    return subprocess.Popen(
        [sys.executable, str(SCRIPT), str(batch)],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def finish(process: "subprocess.Popen[str]") -> tuple[int, str]:
    out, errors = process.communicate(timeout=60)
    return process.returncode, out + errors


def kill_after(process: "subprocess.Popen[str]", table: str, rows: int) -> None:
    """Kill -9 as soon as the process has told of so many rows of the table."""
    assert process.stdout is not None
    for line in process.stdout:
        name, _, count = line.partition(": ")
        if name == table and int(count) >= rows:
            break
    process.send_signal(signal.SIGKILL)
    finish(process)
    assert process.returncode == -signal.SIGKILL


def key_ids() -> list[str]:
    with in_scope(), connection.cursor() as cursor:
        cursor.execute("SELECT name FROM core_secret")
        return [key_id_of(bytes(name)) for (name,) in cursor.fetchall()]


def history_key_ids() -> list[str]:
    with in_scope(), connection.cursor() as cursor:
        cursor.execute("SELECT sealed ->> 'name' FROM audit_change WHERE table_name = 'core_secret'")
        return [key_id_of(bytes.fromhex(value[2:])) for (value,) in cursor.fetchall() if value]


def changes() -> int:
    with in_scope(), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM audit_change WHERE table_name = 'core_secret'")
        return int(cursor.fetchone()[0])


def names() -> list[str]:
    with in_scope():
        return sorted(secret.name for secret in Secret.objects.all())


def test_a_rotation_that_is_killed_twice_ends_with_every_value_under_the_new_key(database):
    recorded = changes()
    expected = sorted(f"osoba {number}" for number in range(ROWS))

    kill_after(start(database, batch=3), "core_secret", 60)
    assert set(key_ids()) == {"t1", "t2"}
    with override_settings(REINTEGRA_FIELD_KEYS=BOTH):
        assert names() == expected

    kill_after(start(database, batch=3), "audit_change", 300)
    assert set(key_ids()) == {"t2"}
    assert set(history_key_ids()) == {"t1", "t2"}

    code, said = finish(start(database, batch=50))
    assert (code, "Nothing is left under an older key." in said) == (0, True), said
    assert set(key_ids()) == set(history_key_ids()) == {"t2"}
    assert changes() == recorded
    with override_settings(REINTEGRA_FIELD_KEYS=NEW):
        assert names() == expected
        with in_scope():
            assert Secret.objects.get(name_index="osoba 7").name == "osoba 7"
            assert Event.objects.filter(action="audit.keys.rotate").exists()


def test_rows_that_are_in_use_are_passed_over_and_named(database, as_role):
    held = as_role("reintegra_app")
    held.autocommit = False
    held.execute("SELECT set_config('app.organisation', %s, true)", [str(OPERATOR_ID)])
    held.execute("SELECT id FROM core_secret ORDER BY id LIMIT 1 FOR UPDATE")
    code, said = finish(start(database, batch=100))
    assert (code, "1 rows are in use. Run the command again." in said) == (1, True), said
    assert key_ids().count("t1") == 1
    held.rollback()
    assert finish(start(database, batch=100))[0] == 0
    assert set(key_ids()) == {"t2"}


def test_a_key_that_is_still_needed_is_named(database):
    code, said = finish(start(database, batch=1000, ring=NEW))
    assert code == 1
    assert "Keep every old key." in said
    assert "No key with the id 't1'" in said
    assert set(key_ids()) == {"t1"}


@pytest.mark.parametrize("column", ["state", "organisation_id", "id"])
def test_the_keeper_writes_ciphertexts_and_nothing_else(database, as_role, column):
    keeper = as_role("reintegra_keeper")
    with pytest.raises(Exception, match="permission denied"):
        keeper.execute(f"UPDATE core_secret SET {column} = {column}")
    with pytest.raises(Exception, match="permission denied"):
        keeper.execute("DELETE FROM core_secret")


@pytest.mark.django_db
def test_the_keeper_may_write_every_encrypted_column_there_is():
    columns = [
        (model._meta.db_table, column.column)
        for model in apps.get_models()
        for column in encrypted_fields(model)
    ]
    assert columns
    with connection.cursor() as cursor:
        for table, column in columns:
            cursor.execute(
                "SELECT has_column_privilege('reintegra_keeper', %s, %s, 'UPDATE')", [table, column]
            )
            assert cursor.fetchone() == (True,), f"{table}.{column}: its migration lacks TenantTable"
