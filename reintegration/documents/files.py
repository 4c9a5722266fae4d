"""Files on our disk: encrypted under names that say nothing, one folder for each organisation.

A file is on the disk, whole and synced, before its row is committed; a crash in between leaves a file
without a row, which the reconciler removes after a day, and never a row without its file.
"""

import hashlib
import os
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import IO, BinaryIO
from uuid import UUID

from django.conf import settings
from django.db import transaction

from reintegration.core import clock
from reintegration.core.crypto import Refused, bound_to, decrypt_stream, encrypt_stream
from reintegration.core.ids import uuid7
from reintegration.core.keys import UnknownKey, file_keys
from reintegration.core.sheets import Reader
from reintegration.documents.enums import DocumentState
from reintegration.documents.kinds import FILE_KINDS
from reintegration.documents.models import Document, StoredFile
from reintegration.documents.uploads import CheckedFile, Upload, check_upload
from reintegration.tenancy.scope import current_scope

ORPHAN_AGE = timedelta(days=1)


class FileLost(Exception):
    """A file cannot be handed out: it is missing, was changed, or its key is gone."""


def store_file(upload: Upload | CheckedFile, *, kind: str, subject: UUID | None = None) -> StoredFile:
    """Keep a file that somebody brought; its content is looked into first, unless a form did."""
    checked = (
        upload
        if isinstance(upload, CheckedFile)
        else check_upload(upload, max_bytes=FILE_KINDS[kind].max_bytes)
    )
    return store_bytes(
        checked.content, name=checked.name, media_type=checked.media_type, kind=kind, subject=subject
    )


def store_bytes(
    content: bytes, *, name: str, media_type: str, kind: str, subject: UUID | None = None
) -> StoredFile:
    """Keep what the program itself made."""
    return store_pieces([content], name=name, media_type=media_type, kind=kind, subject=subject)


class _Digested:
    """Pieces on their way to the disk, their digest and how many bytes they have."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self.pieces = pieces
        self.sha256 = hashlib.sha256()
        self.size = 0

    def __iter__(self) -> Iterator[bytes]:
        for piece in self.pieces:
            self.sha256.update(piece)
            self.size += len(piece)
            yield piece


def store_pieces(
    pieces: Iterable[bytes], *, name: str, media_type: str, kind: str, subject: UUID | None = None
) -> StoredFile:
    """The same of what is made piece by piece, and never held whole."""
    scope = current_scope()
    content = _Digested(pieces)
    found = StoredFile(
        id=uuid7(),
        organisation_id=scope.organisation_id,
        kind=FILE_KINDS[kind].key,
        name=name,
        media_type=media_type,
        stored_as=secrets.token_hex(16),
        subject_id=subject,
        made_at=clock.now(),
        made_by_id=scope.user_id,
    )
    path = path_of(found)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _create(path) as target:
        encrypt_stream(file_keys(), Reader(content), target, place_of(found))
        sync(target)
    sync_folder(path.parent)
    found.size, found.sha256 = content.size, content.sha256.hexdigest()
    found.save(force_insert=True)
    return found


def read_file(stored: StoredFile) -> bytes:
    """The file in the clear: all of it and unharmed, or FileLost."""
    try:
        with path_of(stored).open("rb") as source:
            content = b"".join(decrypt_stream(file_keys(), source, place_of(stored)))
    except (OSError, Refused, UnknownKey) as error:
        message = f"{stored.pk}: {error}"
        raise FileLost(message) from None
    if hashlib.sha256(content).hexdigest() != stored.sha256:
        message = f"{stored.pk}: the content is not what the row says."
        raise FileLost(message)
    return content


def erase_files(subject: UUID) -> int:
    """Forget the content and the names of all files and papers of a person; the digests stay.

    The files go when the transaction commits; if the process dies in between, the reconciler takes them.
    """
    papers = Document.objects.select_for_update(of=("self",)).filter(subject_id=subject).order_by("pk")
    files = StoredFile.objects.select_for_update(of=("self",)).filter(
        subject_id=subject, erased_at__isnull=True
    )
    for paper in papers:
        erase_paper(paper)
    count = 0
    for stored in files.order_by("pk"):
        erase_file(stored)
        count += 1
    return count


def erase_paper(paper: Document) -> None:
    """Leave of a paper its number, its hash and its days."""
    paper.title, paper.withdrawal, paper.state = "", "", DocumentState.ERASED
    paper.save(update_fields=["title", "withdrawal", "state"])


def erase_file(stored: StoredFile) -> None:
    path = path_of(stored)
    stored.name, stored.stored_as, stored.erased_at = "", "", clock.now()
    stored.save(update_fields=["name", "stored_as", "erased_at"])
    transaction.on_commit(lambda: path.unlink(missing_ok=True))


# The disk


def folder_of(organisation_id: UUID) -> Path:
    return Path(settings.FILES_DIR) / organisation_id.hex


def path_of(stored: StoredFile) -> Path:
    return folder_of(stored.organisation_id) / stored.stored_as[:2] / stored.stored_as


def place_of(stored: StoredFile) -> bytes:
    """What the ciphertext is bound to: put in another organisation's or file's place it does not open."""
    return bound_to("file", str(stored.organisation_id), str(stored.pk))


def _create(path: Path) -> BinaryIO:
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def sync(target: IO[bytes]) -> None:
    target.flush()
    os.fsync(target.fileno())


def sync_folder(folder: Path) -> None:
    """Make the names in a folder survive a power cut, the folder's own name included."""
    for place in (folder, folder.parent):
        handle = os.open(place, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


# The reconciler


@dataclass(frozen=True, slots=True)
class Reconciled:
    removed: int
    missing: tuple[UUID, ...]


def reconcile_files() -> Reconciled:
    """Compare the disk with the rows of the current organisation.

    What no row knows and is older than a day goes; what a row knows and the disk does not is named.
    """
    organisation_id = current_scope().organisation_id
    border = (clock.now() - ORPHAN_AGE).timestamp()
    # The disk is read first: a file that comes meanwhile is young, one that goes is not missed below.
    on_disk = {path.name: path for path in folder_of(organisation_id).glob("*/*") if path.is_file()}
    known = dict(
        StoredFile.objects.filter(erased_at__isnull=True).order_by("pk").values_list("stored_as", "pk")
    )
    removed = 0
    for name, path in on_disk.items():
        if name not in known and _is_older(path, border):
            path.unlink(missing_ok=True)
            removed += 1
    gone = tuple(
        pk
        for name, pk in known.items()
        if name not in on_disk and not (folder_of(organisation_id) / name[:2] / name).exists()
    )
    return Reconciled(removed, gone)


def _is_older(path: Path, border: float) -> bool:
    try:
        return path.stat().st_mtime < border
    except FileNotFoundError:
        return False
