"""Files at rest: sealed, bound to their place, on the disk before the row, and gone when erased."""

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from reintegration.core import clock
from reintegration.core.errors import InputError
from reintegration.core.ids import uuid7
from reintegration.documents import kinds
from reintegration.documents.files import (
    FileLost,
    erase_files,
    path_of,
    read_file,
    reconcile_files,
    store_bytes,
    store_file,
)
from reintegration.documents.models import StoredFile
from reintegration.tenancy.enums import Role
from reintegration.tenancy.scope import scope
from tests.cast import World, known_world
from tests.documents import made

CANARY = b"kanarek w pliku"
ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def _probe_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kinds, "FILE_KINDS", kinds.FILE_KINDS | {})
    monkeypatch.setattr("reintegration.documents.files.FILE_KINDS", kinds.FILE_KINDS)
    kinds.file_kind("probe.note", "notatka", opens={Role.MANAGER})


def keep(content: bytes = CANARY, **kwargs: Any) -> StoredFile:
    values = {"name": "Notatka Jana.txt", "media_type": "text/plain", "kind": "probe.note"} | kwargs
    return store_bytes(content, **values)


def age(path: Path, days: float) -> None:
    then = (clock.now() - timedelta(days=days)).timestamp()
    os.utime(path, (then, then))


@pytest.mark.django_db
def test_a_file_comes_back_as_it_was(world: World, files_dir: Path):
    for content in (b"", b"x", CANARY * 20_000):
        with world.scope("cis", "ewa"):
            found = StoredFile.objects.get(pk=keep(content).pk)
            assert read_file(found) == content
            assert (found.size, found.name, found.made_by) == (
                len(content),
                "Notatka Jana.txt",
                world.people["ewa"],
            )


@pytest.mark.django_db
def test_the_disk_shows_neither_content_nor_name(world: World, files_dir: Path):
    with world.scope("cis", "ewa"):
        found = keep(CANARY * 1000)
    on_disk = [path for path in files_dir.rglob("*") if path.is_file()]
    assert on_disk == [path_of(found)]
    assert CANARY not in on_disk[0].read_bytes()
    assert "Jan" not in str(on_disk[0])
    assert on_disk[0].stat().st_mode & 0o077 == 0
    assert on_disk[0].parent.stat().st_mode & 0o077 == 0


@pytest.mark.django_db
def test_the_database_holds_the_name_sealed(world: World, files_dir: Path, as_role: Any):
    with world.scope("cis", "ewa"):
        found = keep()
        (stored,) = StoredFile.objects.filter(pk=found.pk).values_list("name", flat=True)
    assert isinstance(stored, bytes)
    assert b"Jana" not in stored


@pytest.mark.django_db
def test_a_file_moved_to_another_place_does_not_open(world: World, files_dir: Path):
    with world.scope("cis", "ewa"):
        one, other = keep(b"pierwszy"), keep(b"drugi")
        path_of(one).write_bytes(path_of(other).read_bytes())
        with pytest.raises(FileLost):
            read_file(one)
    with world.scope("kis", "bozena"):
        foreign = keep(b"obcy")
        path_of(foreign).write_bytes(path_of(other).read_bytes())
        with pytest.raises(FileLost):
            read_file(foreign)


@pytest.mark.django_db
@pytest.mark.parametrize("harm", ["changed", "cut", "emptied", "missing"])
def test_a_harmed_file_hands_out_nothing(world: World, files_dir: Path, harm: str):
    with world.scope("cis", "ewa"):
        found = keep(CANARY * 20_000)
        path, data = path_of(found), path_of(found).read_bytes()
        if harm == "missing":
            path.unlink()
        else:
            kept = {"changed": data[:-1] + bytes([data[-1] ^ 1]), "cut": data[:-70_000], "emptied": b""}
            path.write_bytes(kept[harm])
        with pytest.raises(FileLost):
            read_file(found)


@pytest.mark.django_db
def test_what_is_brought_is_looked_into_first(world: World, files_dir: Path):
    with world.scope("cis", "ewa"):
        found = store_file(SimpleUploadedFile("a/../b.exe", made.pdf()), kind="probe.note")
        assert (found.name, found.media_type) == ("b.pdf", "application/pdf")
        with pytest.raises(InputError):
            store_file(SimpleUploadedFile("a.pdf", b"MZ\0"), kind="probe.note")
        assert StoredFile.objects.count() == 1


@pytest.mark.django_db
def test_the_row_says_erased_or_where(world: World, files_dir: Path):
    with world.scope("cis", "ewa"):
        found = keep()
        found.stored_as = ""
        with pytest.raises(IntegrityError), transaction.atomic():
            found.save()


@pytest.mark.django_db
def test_erasing_a_person_leaves_digests_only(
    world: World, files_dir: Path, django_capture_on_commit_callbacks: Any
):
    person = uuid7()
    with django_capture_on_commit_callbacks(execute=True), world.scope("cis", "ewa"):
        found, other = keep(subject=person), keep(subject=uuid7())
        path = path_of(found)
        assert erase_files(person) == 1
        assert path.exists(), "the file goes with the commit, not before"
    assert not path.exists()
    with world.scope("cis", "ewa"):
        found.refresh_from_db()
        assert (found.name, found.stored_as) == ("", "")
        assert found.sha256
        assert read_file(other) == CANARY
        assert erase_files(person) == 0


@pytest.mark.django_db
def test_the_reconciler_takes_orphans_older_than_a_day(world: World, files_dir: Path):
    with world.scope("cis", "ewa"):
        found = keep()
        folder = path_of(found).parent
        old, young = folder / ("a" * 32), folder / ("b" * 32)
        for path, days in ((old, 1.1), (young, 0.9)):
            path.write_bytes(b"x")
            age(path, days)
        age(path_of(found), 400)
        result = reconcile_files()
        assert (result.removed, result.missing) == (1, ())
        assert not old.exists()
        assert young.exists()
        assert read_file(found) == CANARY
    with world.scope("kis", "bozena"):
        assert reconcile_files().removed == 0, "another organisation's folder is not looked at"


@pytest.mark.django_db
def test_the_reconciler_names_what_is_missing(world: World, files_dir: Path):
    with world.scope("cis", "ewa"):
        found = keep()
        path_of(found).unlink()
        assert reconcile_files().missing == (found.pk,)


CRASH = """
import os, sys
import django; django.setup()
from uuid import UUID
from reintegration.documents import files, kinds
from reintegration.tenancy.scope import scope
kinds.file_kind("probe.note", "notatka", opens=())
place, where = UUID(sys.argv[1]), sys.argv[2]
if where == "file":
    files.sync_folder = lambda folder: os._exit(9)
with scope(organisation_id=place, source="test"):
    files.store_bytes(b"kanarek", name="a.txt", media_type="text/plain", kind="probe.note")
    if where == "row":
        os._exit(9)
os._exit(0)
"""


@pytest.mark.process
@pytest.mark.parametrize(("where", "rows"), [("file", 0), ("row", 0), ("commit", 1)])
def test_a_crash_leaves_no_row_without_its_file(committed_db: str, files_dir: Path, where: str, rows: int):
    place = known_world().cis.pk
    done = subprocess.run(
        [sys.executable, "-c", CRASH, str(place), where],
        cwd=ROOT,
        env={
            **os.environ,
            "FILES_DIR": str(files_dir),
            "DJANGO_SETTINGS_MODULE": "reintegration.settings.test",
        },
        check=False,
    )
    assert done.returncode == (0 if where == "commit" else 9)
    on_disk = [path for path in files_dir.rglob("*") if path.is_file()]
    assert len(on_disk) == 1
    age(on_disk[0], 2)
    with scope(organisation_id=place, source="test"):
        assert StoredFile.objects.count() == rows
        result = reconcile_files()
        assert (result.removed, result.missing) == (1 - rows, ())
        for found in StoredFile.objects.order_by("pk"):
            assert read_file(found) == b"kanarek"
