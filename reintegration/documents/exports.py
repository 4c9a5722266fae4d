"""Tables to take away: CSV and XLSX, written inside the tenant's transaction and then served.

There is one writer of tables (`core.lists`), so there is one place that makes a text harmless to a
spreadsheet. What is small is written at once; what may be large is made by a job, kept as an encrypted
file for a week, and shown with its progress. The writer works in memory: a spreadsheet library that
spares memory would put the rows on the disk in the clear.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from reintegration.core import clock
from reintegration.core.lists import MOST_EXPORTED, WRITERS
from reintegration.documents.files import store_bytes
from reintegration.documents.models import StoredFile
from reintegration.documents.uploads import clean_name
from reintegration.jobs.services import enqueue, new_batch
from reintegration.jobs.worker import JobError, Work

EXPORT_FILE = "documents.export"
KEPT = timedelta(days=7)
STEP = 1_000

Rows = Iterable[Sequence[Any]]


@dataclass(frozen=True, slots=True)
class ExportKind:
    """A table that a job makes; `rows` and `count` get the parameters it was asked with."""

    key: str
    label: str
    labels: Sequence[str]
    rows: Callable[[Mapping[str, Any]], Rows]
    count: Callable[[Mapping[str, Any]], int]


EXPORT_KINDS: dict[str, ExportKind] = {}


def export_kind(
    key: str,
    label: str,
    *,
    labels: Sequence[str],
    rows: Callable[[Mapping[str, Any]], Rows],
    count: Callable[[Mapping[str, Any]], int],
) -> ExportKind:
    """Declare a table that a job makes."""
    EXPORT_KINDS[key] = ExportKind(key, label, tuple(labels), rows, count)
    return EXPORT_KINDS[key]


def export_rows(kind: str, *, labels: Sequence[str], rows: Rows, name: str) -> HttpResponse:
    """A small table at once. `kind`: csv or xlsx; `name` is shown without its ending."""
    write, content_type = WRITERS[kind]
    response = HttpResponse(write(labels, iter(rows)), content_type=content_type)
    shown = clean_name(f"{name} {clock.today().isoformat()}", kind)
    response["Content-Disposition"] = content_disposition_header(True, shown)
    response["Cache-Control"] = "private, no-store"
    return response


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
    write, content_type = WRITERS[work.payload["kind"]]
    total = known.count(work.payload)
    if total > MOST_EXPORTED:
        raise JobError(f"Zestawienie ma {total} wierszy, a mieści się {MOST_EXPORTED}.", retry=False)
    content = write(known.labels, _told(work, known.rows(work.payload), total))
    name = clean_name(f"{known.label} {clock.today().isoformat()}", work.payload["kind"])
    return store_bytes(content, name=name, media_type=content_type.partition(";")[0], kind=EXPORT_FILE)


def _told(work: Work, rows: Rows, total: int) -> Iterator[Sequence[Any]]:
    for done, row in enumerate(rows):
        if done % STEP == 0:
            work.progress(done, max(total, 1), "wierszy")
        yield row
