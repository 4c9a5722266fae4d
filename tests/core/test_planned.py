"""Statements whose plan is kept: what they answer, and what sees them."""

import psycopg
import pytest
from django.core.signals import request_started
from django.db import DataError, connection, transaction
from django.test.utils import CaptureQueriesContext

from reintegration.core.planned import planned
from reintegration.ops.postgres import ADMIN
from reintegration.shell.readonly import WriteOnRead, refuse_writes
from tests.servers import dsn

ASKED = "SELECT %s::int + 1"


def plans() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement = 'SELECT $1::int + 1'")
        return int(cursor.fetchone()[0])


@pytest.mark.django_db
def test_one_plan_serves_every_value():
    for value in (1, 2, 3):
        with planned() as cursor:
            cursor.execute(ASKED, [value])
            assert cursor.fetchone() == (value + 1,)
    assert plans() == 1


@pytest.mark.django_db
def test_a_plan_outlives_a_savepoint_that_is_rolled_back():
    for value in (1, 2):
        with planned() as cursor:
            cursor.execute(ASKED, [value])
        with transaction.atomic():
            transaction.set_rollback(True)
        assert plans() == 1


@pytest.mark.django_db
def test_the_driver_notes_no_other_statement():
    """Its text holds the values, and a connection lives for a minute."""
    with planned() as cursor, pytest.raises(DataError):
        cursor.execute("SELECT 1 / %s::int", [0])
    assert connection.connection is not None
    assert connection.connection.prepare_threshold is None


@pytest.mark.django_db
def test_what_counts_queries_sees_them():
    with CaptureQueriesContext(connection) as captured, planned() as cursor:
        cursor.execute(ASKED, [1])
    assert [one["sql"] for one in captured] == ["SELECT $1::int + 1"]


@pytest.mark.django_db
def test_a_page_that_reads_still_writes_nothing():
    with connection.execute_wrapper(refuse_writes), planned() as cursor, pytest.raises(WriteOnRead):
        cursor.execute("DELETE FROM core_throttle")


@pytest.mark.django_db
def test_a_transaction_that_fails_takes_no_answer_away():
    for value in (4, 5):
        with transaction.atomic(), planned() as cursor:
            cursor.execute(ASKED, [value])
            assert cursor.fetchone() == (value + 1,)
            transaction.set_rollback(True)


def test_a_request_after_the_server_was_away_connects_anew(committed_db: str):
    """As the next request does when the server was started again (CONN_HEALTH_CHECKS)."""
    with planned() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (pid,) = cursor.fetchone()
    with psycopg.connect(dsn(ADMIN, committed_db), autocommit=True) as superuser:
        assert superuser.execute("SELECT pg_terminate_backend(%s, 5000)", [pid]).fetchone() == (True,)
    request_started.send(sender=None, environ={})
    with planned() as cursor:
        cursor.execute(ASKED, [1])
        assert cursor.fetchone() == (2,)
