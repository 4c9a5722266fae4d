"""The key of files is changed while they are read, and the change is killed on its way."""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.test import override_settings

from reintegration.core.crypto import key_id_of
from reintegration.documents import rotation
from reintegration.documents.files import (
    FileLost,
    erase_files,
    path_of,
    read_file,
    reconcile_files,
    store_bytes,
)
from reintegration.documents.models import StoredFile
from reintegration.documents.rotation import count_remaining, rotate_files
from reintegration.settings import test as test_settings
from reintegration.tenancy.scope import scope
from tests.cast import World, known_world
from tests.documents.test_files import age
from tests.servers import dsn

OLD, NEW = test_settings.REINTEGRA_FILE_KEYS, f"t2:{test_settings._key('n')}"
BOTH = f"{NEW},{OLD}"
SCRIPT = Path(__file__).with_name("rotating.py")
FILES = 60


def content(number: int) -> bytes:
    return f"plik {number}\n".encode() * 30_000


def keep(number: int, **kwargs: Any) -> StoredFile:
    return store_bytes(
        content(number), name=f"{number}.txt", media_type="text/plain", kind="documents.logo", **kwargs
    )


def key_ids(folder: Path) -> set[str]:
    """The keys of all whole envelopes on the disk, read without the help of what is tested.

    A run that is killed leaves the half that it was writing; it has no key before its first byte.
    """
    whole = (path for path in folder.rglob("*") if path.is_file() and path.suffix != rotation.PART)
    return {key_id_of(path.read_bytes()[:64]) for path in whole}


def under_new_key(folder: Path) -> int:
    """How many files were written anew; one that is replaced meanwhile is looked at the next time."""
    found = 0
    for path in folder.rglob("*"):
        with suppress(FileNotFoundError):
            if path.is_file() and path.suffix != rotation.PART:
                found += key_id_of(path.read_bytes()[:64]) == "t2"
    return found


# Within one process


@pytest.mark.django_db
def test_every_file_comes_under_the_new_key(world: World, files_dir: Path):
    with world.scope("cis", "ewa"):
        kept = [keep(number) for number in range(25)]
        with override_settings(REINTEGRA_FILE_KEYS=BOTH):
            assert count_remaining(using="default") == 25
            first = rotate_files()
            assert (first.rotated, first.after) == (rotation.MOST_AT_ONCE, kept[19].pk)
            second = rotate_files(after=first.after)
            assert (second.rotated, second.after) == (5, None)
            assert count_remaining(using="default") == 0
            assert rotate_files().rotated == 0
        with override_settings(REINTEGRA_FILE_KEYS=NEW):
            assert [read_file(stored) for stored in kept] == [content(number) for number in range(25)]
        with override_settings(REINTEGRA_FILE_KEYS=OLD), pytest.raises(FileLost):
            read_file(kept[0])
    assert key_ids(files_dir) == {"t2"}


@pytest.mark.django_db
@pytest.mark.parametrize("place", ["encrypt_stream", "sync", "sync_folder"])
def test_a_failure_at_any_step_leaves_the_file_whole(
    world: World, files_dir: Path, monkeypatch: pytest.MonkeyPatch, place: str
):
    def fail(*args: Any, **kwargs: Any) -> None:
        raise OSError("disk full")

    with world.scope("cis", "ewa"), override_settings(REINTEGRA_FILE_KEYS=OLD):
        stored = keep(1)
    with world.scope("cis", "ewa"), override_settings(REINTEGRA_FILE_KEYS=BOTH):
        with monkeypatch.context() as patch:
            patch.setattr(rotation, place, fail)
            assert rotate_files().unreadable == [f"file {stored.pk}: disk full"]
        assert read_file(stored) == content(1)
        rotate_files()
        assert read_file(stored) == content(1)
        assert count_remaining(using="default") == 0


@pytest.mark.django_db
def test_a_file_that_does_not_open_is_named_and_kept(world: World, files_dir: Path):
    with world.scope("cis", "ewa"):
        harmed, missing, unknown = keep(1), keep(2), keep(3)
        path_of(harmed).write_bytes(path_of(harmed).read_bytes()[:-1])
        path_of(missing).unlink()
        with override_settings(REINTEGRA_FILE_KEYS=NEW):
            named = rotate_files().unreadable
            assert count_remaining(using="default") == 2
    assert len(named) == 3
    for stored in (harmed, missing, unknown):
        assert any(str(stored.pk) in line for line in named)
    assert path_of(unknown).exists()


@pytest.mark.django_db
def test_an_erased_file_does_not_come_back(
    world: World, files_dir: Path, django_capture_on_commit_callbacks: Any
):
    person = UUID(int=7)
    with django_capture_on_commit_callbacks(execute=True), world.scope("cis", "ewa"):
        keep(1, subject=person)
        erase_files(person)
    with world.scope("cis", "ewa"), override_settings(REINTEGRA_FILE_KEYS=BOTH):
        assert rotate_files().rotated == 0
    assert [path for path in files_dir.rglob("*") if path.is_file()] == []


# With real processes


def start(database: str, files_dir: Path, *, ring: str = BOTH) -> "subprocess.Popen[str]":
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "reintegration.settings.test",
        "DATABASE_URL": dsn("reintegra_app", database),
        "KEEPER_DATABASE_URL": dsn("reintegra_keeper", database),
        "PYTHONPATH": str(SCRIPT.parents[2]),
        "FILES_DIR": str(files_dir),
        "RING": ring,
    }
    return subprocess.Popen(
        [sys.executable, str(SCRIPT), "2"],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def everything_reads(place: UUID, ring: str) -> bool:
    with override_settings(REINTEGRA_FILE_KEYS=ring), scope(organisation_id=place, source="test"):
        rows = list(StoredFile.objects.order_by("pk"))
        return [read_file(stored) for stored in rows] == [content(number) for number in range(len(rows))]


@pytest.mark.process
def test_a_rotation_that_is_killed_again_and_again_loses_nothing(committed_db: str, files_dir: Path):
    place = known_world().cis.pk
    with scope(organisation_id=place, source="test"):
        for number in range(FILES):
            keep(number)
    for kills in range(1, 5):
        process = start(committed_db, files_dir)
        # By what is done, not by the clock: a quick machine would be through before it is killed.
        while process.poll() is None and under_new_key(files_dir) < kills * FILES // 6:
            time.sleep(0.001)
        process.send_signal(signal.SIGKILL)
        process.communicate(timeout=60)
        assert process.returncode == -signal.SIGKILL
        assert everything_reads(place, BOTH)
    assert key_ids(files_dir) == {"t1", "t2"}, "the kills came too early or too late to show anything"

    process = start(committed_db, files_dir)
    while process.poll() is None:
        assert everything_reads(place, BOTH), "a reader met a torn file"
    out, errors = process.communicate(timeout=60)
    assert process.returncode == 0, out + errors
    assert "Nothing is left under an older key." in out

    for path in files_dir.rglob("*"):
        if path.is_file():
            age(path, 2)
    with scope(organisation_id=place, source="test"):
        assert reconcile_files().missing == ()
    assert key_ids(files_dir) == {"t2"}
    assert sum(path.is_file() for path in files_dir.rglob("*")) == FILES, "halves of killed runs are gone"
    assert everything_reads(place, NEW)


@pytest.mark.process
def test_a_key_that_files_still_need_is_named(committed_db: str, files_dir: Path):
    place = known_world().cis.pk
    with scope(organisation_id=place, source="test"):
        stored = keep(1)
    process = start(committed_db, files_dir, ring=NEW)
    out, errors = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "Keep every old key." in errors
    assert str(stored.pk) in out + errors
    with scope(organisation_id=place, source="test"):
        assert read_file(stored) == content(1)
