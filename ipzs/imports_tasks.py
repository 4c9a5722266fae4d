"""Reading a checked file in: a year of a whole unit takes longer than a page may."""

from typing import Any, Final
from uuid import UUID

from ipzs.services import imports
from ipzs.services.warnings import look_again
from reintegration.documents.files import erase_file, read_file
from reintegration.documents.models import StoredFile
from reintegration.jobs.models import Job
from reintegration.jobs.registry import job_handler
from reintegration.jobs.services import enqueue, new_batch
from reintegration.jobs.worker import Work

KIND: Final = "ipzs.import_file"
# Numbers of rows that the page names; the sentences of the rows speak of persons and are stored nowhere.
MOST_NAMED: Final = 50


def start_import(*, file_id: UUID) -> UUID:
    """Promise to read a file in; a second yes to the same file is the same work."""
    batch = new_batch()
    job = enqueue(kind=KIND, payload={"file": file_id}, key=str(file_id), batch=batch)
    return job.batch_id or batch


def job_of(batch: UUID, user_id: UUID) -> Job | None:
    """The work that this person asked for."""
    found: Job | None = Job.objects.here().filter(batch_id=batch, created_by=user_id, kind=KIND).first()
    return found


@job_handler(KIND, title="Wczytanie pliku")
def import_file(work: Work) -> dict[str, Any]:
    """Write the file whole or not at all; either way it is forgotten."""
    found = StoredFile.objects.select_for_update(of=("self",)).get(pk=work.payload["file"])
    if found.erased_at is not None:
        return {}

    def tell(done: int, total: int) -> None:
        work.progress(done, total, "wierszy")

    result: dict[str, Any]
    try:
        report = imports.run(
            kind=found.kind, content=read_file(found), media_type=found.media_type, tell=tell
        )
        result = {"fresh": report.fresh, "unchanged": report.unchanged}
        if report.fresh:
            look_again(news=True)
    except imports.Refused as refused:
        # Something changed since the check.
        rows = sorted({one.row for one in refused.report.problems})
        result = {"refused": rows[:MOST_NAMED], "count": len(rows)}
    erase_file(found)
    return result
