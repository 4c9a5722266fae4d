"""Backup and restore: database, files and the heads of the audit's chains, encrypted, each copy checked.

    python -m reintegration.ops.backup make               one backup now
    python -m reintegration.ops.backup daily              one every night, and drop what is too old
    python -m reintegration.ops.backup verify FOLDER      read a backup to its end
    python -m reintegration.ops.backup restore FOLDER     into an empty database and an empty folder
    python -m reintegration.ops.backup healthy            fails when the newest backup is too old

The environment names everything: BACKUP_DIR, BACKUP_DATABASE_URL (the role reintegra_backup), BACKUP_HOUR,
REINTEGRA_BACKUP_KEYS, FILES_DIR, and for a restore RESTORE_DATABASE_URL (a superuser, because rows
under forced row security can be copied in by nobody else).
"""

import calendar
import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import IO, Any, BinaryIO

import psycopg
from psycopg.conninfo import conninfo_to_dict

from reintegration.core.crypto import Refused, bound_to, decrypt_stream, encrypt_stream
from reintegration.core.keys import KeyRefused, KeyRing, UnknownKey
from reintegration.ops.places import ROOT, SERVERS, VAR
from reintegration.ops.postgres import PROGRAMS
from reintegration.ops.process import LaunchError, say

STAMP = "%Y%m%dT%H%M%SZ"
MANIFEST = "manifest.json"
DATABASE_FILE = "database.dump.enc"
FILES_FILE = "files.tar.enc"
KEPT_DAYS, KEPT_WEEKS, KEPT_MONTHS = 7, 4, 12
DAY = 24 * 60 * 60
LATE_AFTER = 26 * 60 * 60


def needed(name: str) -> str:
    value = os.environ.get(name, "")
    if not value:
        raise LaunchError(f"The environment variable {name} is not set.")
    return value


def backup_keys() -> KeyRing:
    """The keys of the backups; kept elsewhere than the backups, or the copies are worth nothing to us."""
    try:
        return KeyRing.parse(needed("REINTEGRA_BACKUP_KEYS"))
    except KeyRefused as error:
        raise LaunchError(f"REINTEGRA_BACKUP_KEYS is not usable: {error}") from error


def backup_folder() -> Path:
    return Path(os.environ.get("BACKUP_DIR") or VAR / "backups")


def files_folder() -> Path:
    return Path(os.environ.get("FILES_DIR") or VAR / "files")


def program(name: str) -> str:
    """A PostgreSQL client as new as the server: of the wheel where it is installed, or the machine's own."""
    bundled = SERVERS / PROGRAMS / "bin" / name
    found = str(bundled) if bundled.is_file() else shutil.which(name)
    if found is None:
        raise LaunchError(f"{name} is not installed; it comes with the package postgresql-client-18.")
    return found


def login(url: str) -> dict[str, str]:
    """The environment that signs a client in; on its command line everybody would see the password."""
    names = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD"}
    names |= {"dbname": "PGDATABASE", "sslmode": "PGSSLMODE", "sslrootcert": "PGSSLROOTCERT"}
    found = conninfo_to_dict(url)
    return {
        **os.environ,
        **{variable: str(found[name]) for name, variable in names.items() if found.get(name)},
    }


# Making


class _Digesting:
    """Writes through to a file and keeps count of what was written."""

    def __init__(self, target: IO[bytes]) -> None:
        self.target = target
        self.digest = hashlib.sha256()
        self.size = 0

    def write(self, data: bytes) -> int:
        self.digest.update(data)
        self.size += len(data)
        return self.target.write(data)


def _store(
    command: Sequence[str], folder: Path, name: str, stamp: str, environment: dict[str, str]
) -> dict[str, Any]:
    """Encrypt what a command prints into a file of the backup."""
    with (folder / name).open("wb") as raw, (folder / f"{name}.log").open("w+b") as trouble:
        target = _Digesting(raw)
        with subprocess.Popen(  # noqa: S603
            list(command), stdout=subprocess.PIPE, stderr=trouble, env=environment
        ) as running:
            assert running.stdout is not None
            clear = encrypt_stream(backup_keys(), running.stdout, target, _place(stamp, name))  # type: ignore[arg-type]
        raw.flush()
        os.fsync(raw.fileno())
        if running.returncode:
            trouble.seek(0)
            raise LaunchError(
                f"{Path(command[0]).name} failed:\n{trouble.read().decode(errors='replace').strip()}"
            )
    (folder / f"{name}.log").unlink()
    return {"sha256": target.digest.hexdigest(), "bytes": target.size, "bytes_in_the_clear": clear}


def _place(stamp: str, name: str) -> bytes:
    return bound_to("backup", stamp, name)


def chain_heads() -> Any:
    """The head of each audit chain; taken before the dump, so that the dump holds at least these."""
    done = subprocess.run(  # noqa: S603
        [sys.executable, str(ROOT / "manage.py"), "audit_heads"],
        cwd=ROOT,
        check=False,
        text=True,
        capture_output=True,
    )
    if done.returncode:
        raise LaunchError(f"The heads of the audit's chains could not be read:\n{done.stderr.strip()}")
    return json.loads(done.stdout)


def make(read_heads: Callable[[], Any] = chain_heads) -> Path:
    """Make one backup and return its folder; until it is whole it has another name."""
    stamp = time.strftime(STAMP, time.gmtime())
    parent = backup_folder()
    parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    final, draft = parent / stamp, parent / f".{stamp}.part"
    for torn in parent.glob(".*.part"):
        shutil.rmtree(torn)
    draft.mkdir(mode=0o700)
    say(f"Backup {stamp}: starting ...")
    manifest: dict[str, Any] = {"format": 1, "made_at": stamp, "heads": read_heads()}
    url = needed("BACKUP_DATABASE_URL")
    dump = [program("pg_dump"), "--format=custom"]
    manifest["database"] = _store(dump, draft, DATABASE_FILE, stamp, login(url))
    # After the database: every file that the dump names is on the disk by now, and files never change.
    source = files_folder()
    source.mkdir(parents=True, exist_ok=True)
    manifest["files"] = _store(
        ["tar", "-C", str(source), "-cf", "-", "."], draft, FILES_FILE, stamp, dict(os.environ)
    )
    (draft / MANIFEST).write_text(json.dumps(manifest, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    draft.rename(final)
    verify(final)
    total = manifest["database"]["bytes"] + manifest["files"]["bytes"]
    say(f"Backup {stamp}: done and read back, {total} bytes in {final}.")
    return final


# Reading


@contextmanager
def _opened(folder: Path, name: str) -> Iterator[Iterable[bytes]]:
    with (folder / name).open("rb") as source:
        yield decrypt_stream(backup_keys(), source, _place(read_manifest(folder)["made_at"], name))


def read_manifest(folder: Path) -> dict[str, Any]:
    try:
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise LaunchError(f"{folder} is no whole backup: its {MANIFEST} cannot be read.") from error
    return manifest


def verify(folder: Path) -> None:
    """Read a backup to its end: every byte is decrypted and both digests are compared."""
    manifest = read_manifest(folder)
    for part, name in (("database", DATABASE_FILE), ("files", FILES_FILE)):
        digest = hashlib.sha256()
        try:
            with (folder / name).open("rb") as source:
                while block := source.read(1 << 20):
                    digest.update(block)
            if digest.hexdigest() != manifest[part]["sha256"]:
                raise LaunchError(f"{folder / name} is not the file that was written.")
            with _opened(folder, name) as blocks:
                clear = sum(len(block) for block in blocks)
        except (OSError, Refused, UnknownKey) as error:
            raise LaunchError(f"{folder / name} cannot be read: {error}") from error
        if clear != manifest[part]["bytes_in_the_clear"]:
            raise LaunchError(f"{folder / name} is shorter than it was written.")


def restore(folder: Path) -> None:
    """Put a backup back into an empty database and an empty folder, all of it or nothing."""
    url = needed("RESTORE_DATABASE_URL")
    target = files_folder()
    with psycopg.connect(url) as connection:
        row = connection.execute(
            "SELECT count(*) FROM pg_class"
            " WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace"
        ).fetchone()
    if row is None or row[0]:
        raise LaunchError(
            "The database that RESTORE_DATABASE_URL names is not empty; restore into a new one."
        )
    if target.exists() and any(target.iterdir()):
        raise LaunchError(f"{target} is not empty; name an empty folder in FILES_DIR.")
    say("Reading the backup to its end first ...")
    verify(folder)
    target.mkdir(parents=True, exist_ok=True)
    say("Restoring the files ...")
    _pour(folder, FILES_FILE, ["tar", "-C", str(target), "-xf", "-"], dict(os.environ))
    say("Restoring the database ...")
    variables = login(url)
    command = [program("pg_restore"), "--exit-on-error", "--single-transaction"]
    _pour(folder, DATABASE_FILE, [*command, f"--dbname={variables['PGDATABASE']}"], variables)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("ANALYZE")
    say("Restored. `manage.py audit_verify` proves the history; the manifest names the heads to expect.")


def _pour(folder: Path, name: str, command: Sequence[str], environment: dict[str, str]) -> None:
    """Decrypt a file of the backup into a command."""
    with (
        _opened(folder, name) as blocks,
        subprocess.Popen(list(command), stdin=subprocess.PIPE, env=environment) as running,  # noqa: S603
    ):
        pipe: BinaryIO | None = running.stdin  # type: ignore[assignment]
        assert pipe is not None
        try:
            for block in blocks:
                pipe.write(block)
        except BrokenPipeError:
            pass
        except BaseException:
            # Without an end of its input the command must not take what it has for the whole.
            running.kill()
            raise
        finally:
            with suppress(BrokenPipeError):
                pipe.close()
    if running.returncode:
        raise LaunchError(f"{Path(command[0]).name} failed with exit code {running.returncode}.")


# Keeping


def too_old(stamps: Iterable[str]) -> list[str]:
    """Which backups to drop: kept are the newest of each of 7 days, 4 weeks and 12 months."""
    newest_first = sorted(stamps, reverse=True)
    kept: set[str] = set()
    for count, period in ((KEPT_DAYS, "%Y-%j"), (KEPT_WEEKS, "%G-%V"), (KEPT_MONTHS, "%Y-%m")):
        periods: dict[str, str] = {}
        for stamp in newest_first:
            periods.setdefault(time.strftime(period, time.strptime(stamp, STAMP)), stamp)
        kept.update(list(periods.values())[:count])
    return [stamp for stamp in newest_first if stamp not in kept]


def existing() -> list[str]:
    """The whole backups, the oldest first."""
    return sorted(path.parent.name for path in backup_folder().glob(f"[0-9]*Z/{MANIFEST}"))


def drop_old() -> None:
    for stamp in too_old(existing()):
        shutil.rmtree(backup_folder() / stamp)
        say(f"Backup {stamp}: dropped, its time is over.")


def age_of_newest() -> float:
    stamps = existing()
    if not stamps:
        return float("inf")
    return time.time() - calendar.timegm(time.strptime(stamps[-1], STAMP))


def seconds_until(hour: int, now: float) -> float:
    """How long until the next full hour of this number, in UTC."""
    return (hour * 60 * 60 - now % DAY) % DAY or DAY


def _end(number: int, frame: FrameType | None) -> None:
    raise SystemExit(0)


def daily() -> None:
    """One backup every night; a failed one is tried again each hour."""
    signal.signal(signal.SIGTERM, _end)
    hour = int(os.environ.get("BACKUP_HOUR", "1"))
    while True:
        if age_of_newest() > DAY - 60 * 60:
            try:
                make()
                drop_old()
            except (LaunchError, OSError, psycopg.Error) as error:
                say(f"The backup failed and is tried again in an hour: {error}")
                time.sleep(60 * 60)
                continue
        time.sleep(seconds_until(hour, time.time()))


def healthy() -> None:
    if age_of_newest() > LATE_AFTER:
        raise LaunchError("There is no backup of the last 26 hours.")


def main() -> int:
    commands: dict[tuple[str, int], Callable[..., object]] = {
        ("make", 0): make,
        ("daily", 0): daily,
        ("verify", 1): lambda folder: verify(Path(folder)),
        ("restore", 1): lambda folder: restore(Path(folder)),
        ("healthy", 0): healthy,
    }
    name, *arguments = sys.argv[1:] or [""]
    command = commands.get((name, len(arguments)))
    if command is None:
        say(str(__doc__))
        return 2
    try:
        command(*arguments)
    except (LaunchError, psycopg.Error) as error:
        say(str(error).strip())
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
