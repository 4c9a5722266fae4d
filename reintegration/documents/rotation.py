"""Files under an older key are encrypted anew, one by one, while they are read and written.

The envelope of each file names its key, so there is no list that could be wrong: a file is either the
old one or the new one, replaced in one step, and a run that was killed goes on where it stands.
"""

import hashlib
import os
import time
from collections.abc import Iterator
from io import RawIOBase
from pathlib import Path
from typing import Any

from reintegration.core.crypto import FILE, Refused, decrypt_stream, encrypt_stream, header
from reintegration.core.keys import UnknownKey, file_keys
from reintegration.core.rotation import BATCH, Step, Work
from reintegration.documents.files import folder_of, path_of, place_of, sync, sync_folder
from reintegration.documents.models import StoredFile
from reintegration.tenancy.scope import current_scope

PART = ".part"
# A batch holds its rows locked and its transaction idle, so it is short.
MOST_AT_ONCE = 20
MOST_SECONDS = 10


def rotate_files(*, after: Any = None, size: int = BATCH, using: str = "default") -> Step:
    """Encrypt the next files of the current organisation under the current key.

    A row that is locked is being erased or changed; it is passed over and found by the next pass.
    """
    rows = StoredFile.objects.using(using).filter(erased_at__isnull=True).order_by("pk")
    if after is not None:
        rows = rows.filter(pk__gt=after)
    most = min(size, MOST_AT_ONCE)
    rotated, unreadable, last, seen = 0, [], after, 0
    started = time.monotonic()
    for stored in rows.select_for_update(skip_locked=True, of=("self",))[:most]:
        last, seen = stored.pk, seen + 1
        if is_current(path_of(stored)):
            continue
        try:
            encrypt_anew(stored)
            rotated += 1
        except (Refused, UnknownKey, OSError) as error:
            unreadable.append(f"file {stored.pk}: {error}")
        if time.monotonic() - started > MOST_SECONDS:
            return Step(last, rotated, unreadable)
    return Step(last if seen == most else None, rotated, unreadable)


def count_remaining(*, using: str) -> int:
    """How many files on the organisation's disk are under another key, whether or not a row knows them."""
    return sum(
        not is_current(path)
        for path in folder_of(current_scope().organisation_id).glob("*/*")
        if path.is_file() and path.suffix != PART
    )


def is_current(path: Path) -> bool:
    """Whether a file's envelope names the current key; one that has just gone needs nothing."""
    top = header(FILE, file_keys().current.id)
    try:
        with path.open("rb") as source:
            return source.read(len(top)) == top
    except FileNotFoundError:
        return False


def encrypt_anew(stored: StoredFile) -> None:
    """Put a new envelope in the old one's place: readers have the one or the other, always whole."""
    path, place = path_of(stored), place_of(stored)
    part = path.with_name(path.name + PART)
    digest = hashlib.sha256()
    with path.open("rb") as source, part.open("wb") as target:
        os.fchmod(target.fileno(), 0o600)
        encrypt_stream(
            file_keys(), _Chunks(decrypt_stream(file_keys(), source, place), digest), target, place
        )
        sync(target)
    if digest.hexdigest() != stored.sha256:
        part.unlink()
        raise Refused("The file's content is not what its row says.")
    part.replace(path)
    sync_folder(path.parent)


class _Chunks(RawIOBase):
    """Reads an iterator as if it were a file, and takes its digest on the way."""

    def __init__(self, chunks: Iterator[bytes], digest: Any) -> None:
        self.chunks = chunks
        self.digest = digest
        self.left = b""

    def read(self, size: int = -1, /) -> bytes:
        if not self.left:
            self.left = next(self.chunks, b"")
            self.digest.update(self.left)
        part, self.left = self.left[:size], self.left[size:]
        return part


WORK = Work("files", rotate_files, count_remaining)
