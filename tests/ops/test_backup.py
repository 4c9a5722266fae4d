"""A backup holds everything, is readable with its key only, and comes back beside the original."""

import base64
import secrets
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from reintegration.ops import backup
from reintegration.ops.postgres import ADMIN, DATABASE, PrivatePostgres
from reintegration.ops.process import LaunchError

SECRET = "Grzegorz Brzęczyszczykiewicz"
HEADS = {"unit": "0f" * 32}


@dataclass
class Place:
    postgres: PrivatePostgres
    folder: Path

    def make(self) -> Path:
        return backup.make(lambda: HEADS)


@pytest.fixture
def place(monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    with tempfile.TemporaryDirectory(prefix="reintegra-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(0o755)
        postgres = PrivatePostgres(folder / "postgres", durable=False).start()
        postgres.psql(
            "CREATE TABLE person (id int PRIMARY KEY, name text);"
            f"INSERT INTO person SELECT n, '{SECRET}' || n FROM generate_series(1, 1000) n;"
            "ALTER TABLE person ENABLE ROW LEVEL SECURITY; ALTER TABLE person FORCE ROW LEVEL SECURITY;"
            "CREATE POLICY nobody ON person USING (false); GRANT SELECT ON person TO reintegra_app",
            role="reintegra_owner",
            database=DATABASE,
        )
        (folder / "files" / "ab").mkdir(parents=True)
        (folder / "files" / "ab" / "paper").write_bytes(secrets.token_bytes(300_000))
        key = base64.b64encode(secrets.token_bytes(32)).decode()
        monkeypatch.setenv("REINTEGRA_BACKUP_KEYS", f"b1:{key}")
        monkeypatch.setenv("BACKUP_DIR", str(folder / "backups"))
        monkeypatch.setenv("FILES_DIR", str(folder / "files"))
        monkeypatch.setenv("BACKUP_DATABASE_URL", postgres.dsn("reintegra_backup"))
        yield Place(postgres, folder)
        postgres.remove()


@pytest.mark.process
def test_a_backup_comes_back_beside_the_original(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    made = place.make()
    place.postgres.psql("CREATE DATABASE beside OWNER reintegra_owner")
    monkeypatch.setenv("RESTORE_DATABASE_URL", place.postgres.dsn(ADMIN, "beside"))
    monkeypatch.setenv("FILES_DIR", str(place.folder / "restored"))
    backup.restore(made)
    rows = "SELECT md5(string_agg(p::text, '|' ORDER BY id)) FROM person p"
    restored = place.postgres.psql(rows, database="beside")
    assert restored
    assert restored == place.postgres.psql(rows, database=DATABASE)
    forced = (
        "SELECT relrowsecurity, relforcerowsecurity, relowner::regrole FROM pg_class WHERE relname = 'person'"
    )
    assert place.postgres.psql(forced, database="beside") == "t|t|reintegra_owner"
    hidden = place.postgres.psql("SELECT count(*) FROM person", role="reintegra_app", database="beside")
    assert hidden == "0"
    paper = Path("ab/paper")
    assert (place.folder / "restored" / paper).read_bytes() == (place.folder / "files" / paper).read_bytes()
    assert backup.read_manifest(made)["heads"] == HEADS
    with pytest.raises(LaunchError, match="is not empty"):
        backup.restore(made)


@pytest.mark.process
def test_a_backup_says_nothing_without_its_key(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    made = place.make()
    for file in made.iterdir():
        assert SECRET.encode() not in file.read_bytes()
        assert file.stat().st_size < 400_000
    monkeypatch.setenv("REINTEGRA_BACKUP_KEYS", f"b1:{base64.b64encode(secrets.token_bytes(32)).decode()}")
    with pytest.raises(LaunchError, match="cannot be read"):
        backup.verify(made)


@pytest.mark.process
@pytest.mark.parametrize("name", [backup.DATABASE_FILE, backup.FILES_FILE])
def test_a_changed_or_shortened_backup_is_found_and_not_restored(
    place: Place, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    made = place.make()
    whole = (made / name).read_bytes()
    place.postgres.psql("CREATE DATABASE beside OWNER reintegra_owner")
    monkeypatch.setenv("RESTORE_DATABASE_URL", place.postgres.dsn(ADMIN, "beside"))
    monkeypatch.setenv("FILES_DIR", str(place.folder / "restored"))
    for torn in (whole[:-1], whole[:-1] + bytes([whole[-1] ^ 1]), b""):
        (made / name).write_bytes(torn)
        with pytest.raises(LaunchError):
            backup.restore(made)
        assert not (place.folder / "restored").exists()
        assert place.postgres.psql("SELECT to_regclass('person')", database="beside") == ""


@pytest.mark.process
def test_a_backup_that_fails_leaves_no_backup_behind(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BACKUP_DATABASE_URL", place.postgres.dsn("reintegra_backup", "nowhere"))
    with pytest.raises(LaunchError, match="pg_dump failed"):
        place.make()
    assert backup.existing() == []
    with pytest.raises(LaunchError, match="no backup"):
        backup.healthy()
    monkeypatch.setenv("BACKUP_DATABASE_URL", place.postgres.dsn("reintegra_backup"))
    made = place.make()
    assert [folder.name for folder in (place.folder / "backups").iterdir()] == [made.name]
    backup.healthy()


def test_a_backup_without_a_key_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("REINTEGRA_BACKUP_KEYS", raising=False)
    with pytest.raises(LaunchError, match="REINTEGRA_BACKUP_KEYS is not set"):
        backup.backup_keys()


def test_kept_are_seven_days_four_weeks_and_twelve_months() -> None:
    stamps = [f"2026{month:02}{day:02}T010000Z" for month in range(1, 12) for day in range(1, 29)]
    dropped = backup.too_old(stamps)
    kept = sorted(set(stamps) - set(dropped))
    assert kept[-7:] == stamps[-7:]
    assert {stamp[:6] for stamp in kept} == {f"2026{month:02}" for month in range(1, 12)}
    assert len(kept) <= 7 + 4 + 12
    assert backup.too_old(kept) == []


def test_the_next_backup_is_at_its_hour() -> None:
    one_oclock = 60 * 60
    assert backup.seconds_until(1, 0) == one_oclock
    assert backup.seconds_until(1, one_oclock) == backup.DAY
    assert backup.seconds_until(1, one_oclock + 60) == backup.DAY - 60


def test_a_key_that_is_not_usable_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REINTEGRA_BACKUP_KEYS", "b1:short")
    with pytest.raises(LaunchError, match="REINTEGRA_BACKUP_KEYS is not usable"):
        backup.backup_keys()
