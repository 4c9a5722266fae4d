"""Tables to take away: CSV and XLSX, written inside the tenant's transaction and then served.

There is one writer of tables (`core.sheets`), so there is one place that makes a text harmless to a
spreadsheet. What is small is written at once; what may be large is made by a job, kept as an encrypted
file for a week, and shown with its progress.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import HttpResponse

from reintegration.audit import record
from reintegration.core import clock
from reintegration.core.downloads import attachment
from reintegration.core.sheets import MEDIA_TYPES, MOST_EXPORTED, pieces, written
from reintegration.documents import perms
from reintegration.documents.files import store_pieces
from reintegration.documents.models import StoredFile
from reintegration.documents.uploads import clean_name
from reintegration.jobs.services import enqueue, new_batch
from reintegration.jobs.worker import JobError, Work

EXPORT_FILE = "documents.export"
KEPT = timedelta(days=7)
STEP = 1_000

Rows = Iterable[Sequence[Any]]


def as_download(content: bytes, name: str, ending: str = "pdf") -> HttpResponse:
    """A paper, or a table for a spreadsheet, that is handed out and not kept."""
    media_type = MEDIA_TYPES.get(ending, "application/pdf")
    return attachment(content, clean_name(name.replace("/", "-"), ending), media_type)


@dataclass(frozen=True, slots=True)
class ExportKind:
    """A table that a job makes; its functions get the parameters it was asked with.

    `persons` are those whom its rows are about: who takes the table has read their data.
    """

    key: str
    label: str
    labels: Sequence[str]
    rows: Callable[[Mapping[str, Any]], Rows]
    count: Callable[[Mapping[str, Any]], int]
    persons: Callable[[Mapping[str, Any]], Iterable[UUID]]


EXPORT_KINDS: dict[str, ExportKind] = {}


def export_kind(
    key: str,
    label: str,
    *,
    labels: Sequence[str],
    rows: Callable[[Mapping[str, Any]], Rows],
    count: Callable[[Mapping[str, Any]], int],
    persons: Callable[[Mapping[str, Any]], Iterable[UUID]],
) -> ExportKind:
    """Declare a table that a job makes."""
    EXPORT_KINDS[key] = ExportKind(key, label, tuple(labels), rows, count, persons)
    return EXPORT_KINDS[key]


def export_rows(kind: str, *, labels: Sequence[str], rows: Rows, name: str) -> HttpResponse:
    """A small table at once. `kind`: csv or xlsx; `name` is shown without its ending."""
    shown = clean_name(f"{name} {clock.today().isoformat()}", kind)
    return attachment(written(kind, labels, rows), shown, MEDIA_TYPES[kind])


def start_export(*, export: str, kind: str, **params: int | str) -> UUID:
    """Promise a large table; answers with the batch whose progress a page can show."""
    batch = new_batch()
    known = EXPORT_KINDS[export]
    payload = {"export": known.key, "kind": kind, **params}
    enqueue(kind="documents.export", payload=payload, key=str(batch), batch=batch)
    return batch


def make_export(work: Work) -> StoredFile:
    """Write the table of a job and keep it for the person who asked."""
    known = EXPORT_KINDS[work.payload["export"]]
    kind = work.payload["kind"]
    total = known.count(work.payload)
    if total > MOST_EXPORTED:
        raise JobError(f"Zestawienie ma {total} wierszy, a mieści się {MOST_EXPORTED}.", retry=False)
    content = pieces(kind, known.labels, _told(work, known.rows(work.payload), total))
    name = clean_name(f"{known.label} {clock.today().isoformat()}", kind)
    media_type = MEDIA_TYPES[kind].partition(";")[0]
    stored = store_pieces(content, name=name, media_type=media_type, kind=EXPORT_FILE)
    persons = known.persons(work.payload)
    record.note(perms.EXPORT_MAKE, found=stored, persons=persons, format=kind, rows=total)
    return stored


def _told(work: Work, rows: Rows, total: int) -> Iterator[Sequence[Any]]:
    for done, row in enumerate(rows):
        if done % STEP == 0:
            work.progress(done, max(total, 1), "wierszy")
        yield row
