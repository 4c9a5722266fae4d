"""The drill: the real schema with the demo, a file and a sealed history; saved, restored beside, compared."""

import base64
import json
import os
import secrets
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from reintegration.ops.places import ROOT
from reintegration.ops.postgres import ADMIN, DATABASE, PrivatePostgres
from tests.servers import bring_tables

BESIDE = "beside"
STORE_A_FILE = """
from reintegration.documents.files import store_bytes
from reintegration.tenancy.models import Unit
from reintegration.tenancy.scope import platform_scope, scope
with platform_scope(source="test"):
    unit = Unit.objects.order_by("pk").first()
with scope(organisation_id=unit.pk, source="test"):
    store_bytes(b"Wierzbowa 1" * 9000, name="plan.txt", media_type="text/plain", kind="documents.logo")
"""
READ_FILES = """
from reintegration.documents.files import read_file
from reintegration.documents.models import StoredFile
from reintegration.tenancy.models import Unit
from reintegration.tenancy.scope import platform_scope, scope
with platform_scope(source="test"):
    units = list(Unit.objects.order_by("pk"))
for unit in units:
    with scope(organisation_id=unit.pk, source="test"):
        for one in StoredFile.objects.order_by("pk"):
            print(one.pk, len(read_file(one)))
"""
# The last link of the newest chain, with all that it holds.
CUT_OFF = """
SET session_replication_role = replica;
CREATE TEMP TABLE last AS SELECT * FROM audit_seal ORDER BY id DESC LIMIT 1;
CREATE TEMP TABLE cut AS
    SELECT one.kind, one.id FROM last, unnest(last.kinds, last.entry_ids) AS one (kind, id);
DELETE FROM audit_change USING cut WHERE cut.kind = 'change' AND cut.id = audit_change.id;
DELETE FROM audit_eventperson USING cut WHERE cut.kind = 'event' AND cut.id = audit_eventperson.event_id;
DELETE FROM audit_event USING cut WHERE cut.kind = 'event' AND cut.id = audit_event.id;
DELETE FROM audit_seal USING last WHERE audit_seal.id = last.id;
"""


@dataclass
class Site:
    postgres: PrivatePostgres
    folder: Path
    keys: str

    def run(self, *words: str, database: str = DATABASE, role: str = "reintegra_app", **more: str) -> str:
        """Run a command of ours; its failure is the test's."""
        done = self.attempt(*words, database=database, role=role, **more)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def attempt(
        self, *words: str, database: str = DATABASE, role: str = "reintegra_app", **more: str
    ) -> subprocess.CompletedProcess[str]:
        variables = {
            "DJANGO_SETTINGS_MODULE": "reintegration.settings.test",
            "DATABASE_URL": self.postgres.dsn(role, database),
            "BACKUP_DATABASE_URL": self.postgres.dsn("reintegra_backup"),
            "RESTORE_DATABASE_URL": self.postgres.dsn(ADMIN, BESIDE),
            "REINTEGRA_BACKUP_KEYS": self.keys,
            "BACKUP_DIR": str(self.folder / "backups"),
            "FILES_DIR": str(self.folder / "files"),
        }
        return subprocess.run(
            [sys.executable, *words],
            cwd=ROOT,
            env={**os.environ, **variables, **more},
            capture_output=True,
            text=True,
            check=False,
        )

    def rows(self, database: str) -> dict[str, str]:
        """(how many, and a digest of all rows) of every table."""
        tables = self.postgres.psql(
            "SELECT string_agg(relname, ' ' ORDER BY relname) FROM pg_class"
            " WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace",
            database=database,
        ).split()
        query = " UNION ALL ".join(
            f"SELECT '{name} ' || count(*) || ' ' || coalesce(md5(string_agg(md5(t::text), '' "
            f"ORDER BY md5(t::text))), 'none') FROM \"{name}\" t"
            for name in tables
        )
        lines = self.postgres.psql(query, database=database).splitlines()
        return dict(line.split(" ", 1) for line in lines)

    def files(self, name: str) -> dict[str, bytes]:
        folder = self.folder / name
        return {
            str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()
        }


@pytest.fixture
def site() -> Iterator[Site]:
    with tempfile.TemporaryDirectory(prefix="reintegra-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(0o755)
        postgres = PrivatePostgres(folder / "postgres", durable=False).start()
        try:
            yield Site(postgres, folder, f"b1:{base64.b64encode(secrets.token_bytes(32)).decode()}")
        finally:
            postgres.remove()


@pytest.mark.process
def test_the_whole_program_comes_back_beside_itself(site: Site) -> None:
    bring_tables(site.postgres)
    site.run("manage.py", "demo", "--small")
    site.run("manage.py", "shell", "--no-imports", "--command", STORE_A_FILE)
    site.run("manage.py", "audit_seal")
    site.run("-m", "reintegration.ops.backup", "make")
    before = site.rows(DATABASE)

    (made,) = (site.folder / "backups").glob("[0-9]*Z")
    heads = json.loads((made / "manifest.json").read_text(encoding="utf-8"))["heads"]
    # What is done after the backup must not come back.
    site.run("manage.py", "shell", "--no-imports", "--command", STORE_A_FILE)
    site.postgres.psql(f"CREATE DATABASE {BESIDE} OWNER reintegra_owner")
    restored = {"FILES_DIR": str(site.folder / "restored")}
    site.run("-m", "reintegration.ops.backup", "restore", str(made), **restored)

    assert site.rows(BESIDE) == before
    assert int(before["audit_change"].split()[0]) > 0
    assert int(before["documents_storedfile"].split()[0]) > 0
    assert site.rows(DATABASE) != before
    saved = site.files("restored")
    assert saved
    assert saved.items() < site.files("files").items()
    # The restored history is whole up to the heads that the backup wrote down, and every file opens.
    known = site.folder / "heads.json"
    known.write_text(json.dumps(heads), encoding="utf-8")
    assert json.loads(site.run("manage.py", "audit_heads", database=BESIDE)) == heads
    site.run("manage.py", "audit_verify", f"--heads={known}", database=BESIDE, **restored)
    read = site.run(
        "manage.py", "shell", "--no-imports", "--command", READ_FILES, database=BESIDE, **restored
    )
    assert " 99000\n" in read

    # The control: a history that lost its end is told from a whole one by those heads alone.
    site.postgres.psql(CUT_OFF, database=BESIDE)
    site.run("manage.py", "audit_verify", database=BESIDE, **restored)
    torn = site.attempt("manage.py", "audit_verify", f"--heads={known}", database=BESIDE, **restored)
    assert torn.returncode == 1, torn.stdout + torn.stderr
    assert "cut off" in torn.stderr
