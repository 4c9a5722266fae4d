"""The chain: what is written is sealed, once, in one order."""

import threading
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import psycopg
import pytest
from django.core.management import call_command
from django.db import connection

from reintegration.audit import sealing
from reintegration.audit.models import Change, Event, Seal, Unsealed
from reintegration.audit.sealing import LOCK, MOST_IN_A_LINK, seal_all, seal_organisation
from reintegration.audit.verify import verify_all, verify_organisation
from reintegration.core.ids import uuid7
from reintegration.jobs import worker
from reintegration.jobs.services import enqueue
from tests.audit.conftest import live, set_scope
from tests.cast import World


def findings(world: World, organisation: str = "cis") -> list[str]:
    return verify_organisation(world.organisations[organisation].pk).findings


def test_sealed_history_verifies(cast: World):
    live(cast)
    seal_all()
    assert not Unsealed.objects.exists()
    reports = list(verify_all())
    assert [report.findings for report in reports] == [[]] * len(reports)
    assert sum(report.entries for report in reports) > 40


def test_a_link_follows_the_one_before_it(cast: World):
    live(cast, rounds=1)
    assert seal_organisation(organisation_id=cast.cis.pk) > 0
    live(cast, rounds=1)
    seal_organisation(organisation_id=cast.cis.pk)
    with cast.scope("cis"):
        first, second = Seal.objects.order_by("number")
    assert (first.number, second.number) == (1, 2)
    assert bytes(second.previous) == bytes(first.mac)
    assert findings(cast) == []


def test_each_organisation_has_its_own_chain(cast: World):
    live(cast, "cis", rounds=1)
    live(cast, "kis", rounds=1)
    seal_all()
    for name in ("cis", "kis"):
        with cast.scope(name):
            assert list(Seal.objects.values_list("number", flat=True)) == [1]


def test_what_waits_is_sealed_in_links_of_limited_length(cast: World):
    with cast.scope("cis"):
        Event.objects.bulk_create([Event(action="tenancy.site.list") for _ in range(MOST_IN_A_LINK + 5)])
    assert seal_organisation(organisation_id=cast.cis.pk) == MOST_IN_A_LINK + 5
    with cast.scope("cis"):
        assert [len(link.digests) for link in Seal.objects.order_by("number")] == [MOST_IN_A_LINK, 5]
    assert findings(cast) == []


def test_entries_of_a_late_commit_are_sealed_after_those_that_overtook_them(
    cast: World, as_role: Callable[[str], psycopg.Connection]
):
    late = as_role("reintegra_app")
    late.autocommit = False
    late.execute(
        "SELECT set_config('app.organisation', %s, true), set_config('app.request', %s, true),"
        " set_config('app.source', 'test', true), set_config('app.user', '', true)",
        [str(cast.cis.pk), str(uuid7())],
    )
    late.execute(
        "INSERT INTO audit_event (action, outcome, object_type, persons) VALUES ('late', 'done', '', '{}')"
    )
    live(cast, rounds=1)
    seal_all()
    late.commit()
    seal_all()
    with cast.scope("cis"):
        late_id = Event.objects.get(action="late").pk
        assert [late_id in link.entry_ids for link in Seal.objects.order_by("number")] == [False, True]
    assert findings(cast) == []


def test_a_second_sealer_leaves_the_organisation_to_the_first(
    cast: World, as_role: Callable[[str], psycopg.Connection]
):
    live(cast, rounds=1)
    other = as_role("postgres")
    with cast.scope("cis"), connection.cursor() as cursor:
        assert sealing._alone(cast.cis.pk)
        cursor.execute(
            "SELECT objid::int8::bit(32)::int4 FROM pg_locks WHERE locktype = 'advisory' AND classid = %s",
            [LOCK],
        )
        (folded,) = cursor.fetchone()
    other.execute("SELECT pg_advisory_lock(%s, %s)", [LOCK, folded])
    assert seal_organisation(organisation_id=cast.cis.pk) == 0
    other.execute("SELECT pg_advisory_unlock_all()")
    assert seal_organisation(organisation_id=cast.cis.pk) > 0


def test_many_sealers_at_once_seal_each_entry_once(cast: World):
    live(cast, rounds=10)
    failures: list[BaseException] = []

    def work() -> None:
        try:
            for _ in range(5):
                seal_all()
        except BaseException as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    with cast.scope("cis"):
        sealed = [
            entry for link in Seal.objects.all() for entry in zip(link.kinds, link.entry_ids, strict=True)
        ]
        assert len(sealed) == len(set(sealed)) == Event.objects.count() + Change.objects.count()
    assert findings(cast) == []


def rotate(cast: World, as_role: Callable[[str], psycopg.Connection]) -> None:
    """What a rotation of keys does to history, without the keys."""
    keeper = as_role("reintegra_keeper")
    set_scope(keeper, cast.cis.pk)
    keeper.execute('UPDATE audit_change SET sealed = \'{"secret": "\\\\x0202"}\' WHERE sealed IS NOT NULL')


def change_a_secret(cast: World) -> None:
    with cast.scope("cis", "ewa"), connection.cursor() as cursor:
        cursor.execute("INSERT INTO secrets VALUES (1, %s, NULL, 'a', '\\x01')", [cast.cis.pk])
        cursor.execute("UPDATE secrets SET secret = '\\x02'")


def test_rotated_ciphertexts_are_sealed_anew(
    cast: World, secrets: None, as_role: Callable[[str], psycopg.Connection]
):
    change_a_secret(cast)
    seal_all()
    with cast.scope("cis"):
        Event.objects.create(action="audit.keys.rotate")
    rotate(cast, as_role)
    assert findings(cast) == []
    seal_all()
    assert findings(cast) == []
    with cast.scope("cis"):
        kinds = [kind for link in Seal.objects.order_by("number") for kind in link.kinds]
    assert kinds.count("cipher") == 2


def test_ciphertexts_rotated_before_they_were_sealed_are_sealed_once(
    cast: World, secrets: None, as_role: Callable[[str], psycopg.Connection]
):
    change_a_secret(cast)
    rotate(cast, as_role)
    seal_all()
    assert findings(cast) == []


def test_a_rotation_that_nobody_announced_is_found(
    cast: World, secrets: None, as_role: Callable[[str], psycopg.Connection]
):
    change_a_secret(cast)
    seal_all()
    rotate(cast, as_role)
    seal_all()
    assert "sealed anew without a rotation" in findings(cast)[0]


def test_the_scheduled_job_seals_and_the_nightly_one_checks(cast: World, superuser: psycopg.Connection):
    live(cast, rounds=1)
    with cast.scope("operator"):
        enqueue(kind="audit.seal")
        enqueue(kind="audit.heads")
        checked = enqueue(kind="audit.verify")
    assert worker.drain() == 3
    checked.refresh_from_db()
    assert checked.state == "done"
    assert checked.result["entries"] > 0
    superuser.execute("UPDATE audit_event SET outcome = 'other'")
    with cast.scope("operator"):
        again = enqueue(kind="audit.verify")
    worker.drain()
    again.refresh_from_db()
    assert again.state == "parked"


def test_commands_seal_write_heads_and_check(cast: World, superuser: psycopg.Connection, tmp_path: Path):
    live(cast, rounds=1)
    out, errors = StringIO(), StringIO()
    call_command("audit_seal", stdout=out)
    heads = StringIO()
    call_command("audit_heads", stdout=heads)
    file = tmp_path / "heads.json"
    file.write_text(heads.getvalue())
    call_command("audit_verify", "--heads", str(file), stdout=out)
    assert "0 findings" in out.getvalue()
    superuser.execute("DELETE FROM audit_seal WHERE organisation_id = %s", [cast.cis.pk])
    for kind in ("event", "eventperson", "change"):
        superuser.execute(f"DELETE FROM audit_{kind} WHERE organisation_id = %s", [cast.cis.pk])
    call_command("audit_verify", stdout=out)
    with pytest.raises(SystemExit) as ended:
        call_command("audit_verify", "--heads", str(file), stdout=out, stderr=errors)
    assert ended.value.code == 1
    assert f"{cast.cis.pk}: the chain ends at link 0, but link 1 was exported: cut off" in errors.getvalue()


HISTORY = ["audit_event", "audit_change", "audit_seal", "audit_eventperson"]
REWRITES = ["UPDATE {} SET organisation_id = organisation_id", "DELETE FROM {}", "TRUNCATE {}"]


@pytest.mark.parametrize("role", ["reintegra_app", "reintegra_owner", "reintegra_keeper"])
def test_nobody_rewrites_history(cast: World, as_role: Callable[[str], psycopg.Connection], role: str):
    live(cast, rounds=1)
    seal_all()
    connection = as_role(role)
    connection.execute("SELECT set_config('app.organisation', %s, false)", [str(cast.cis.pk)])
    for table in HISTORY:
        for statement in REWRITES:
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(statement.format(table))


def test_the_program_cannot_write_changes_itself(cast: World, as_role: Callable[[str], psycopg.Connection]):
    for table in ("audit_change", "audit_eventperson", "audit_unsealed"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            as_role("reintegra_app").execute(f"INSERT INTO {table} DEFAULT VALUES")
