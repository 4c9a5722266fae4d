"""Work of this room that happens by itself or takes long."""

import logging
from typing import Any

from reintegration.core import clock
from reintegration.documents.exports import EXPORT_FILE, KEPT, make_export
from reintegration.documents.files import erase_file, reconcile_files
from reintegration.documents.models import StoredFile
from reintegration.jobs.registry import job_handler
from reintegration.jobs.worker import JobError, Work
from reintegration.tenancy.grants import end_passed
from reintegration.tenancy.models import Organisation

logger = logging.getLogger(__name__)


@job_handler("documents.export", title="Zestawienia")
def export(work: Work) -> dict[str, Any]:
    return {"file": str(make_export(work).pk)}


@job_handler("documents.end_grants", title="Koniec wyjątków", in_steps=True)
def end_grants(work: Work) -> dict[str, Any]:
    """Remove the exceptions that have passed their end; they open nothing since midnight anyway."""
    today, ended = clock.today(), 0
    for organisation in Organisation.objects.order_by("pk"):
        with work.step(organisation.pk):
            ended += end_passed(today=today)
    return {"ended": ended}


@job_handler("documents.reconcile_files", title="Przegląd plików", in_steps=True)
def reconcile(work: Work) -> dict[str, Any]:
    """Compare the disk with the rows, organisation by organisation, and let old exports go."""
    removed, missing = 0, 0
    for organisation in Organisation.objects.order_by("pk"):
        with work.step(organisation.pk):
            old = StoredFile.objects.filter(
                kind=EXPORT_FILE, erased_at__isnull=True, made_at__lt=clock.now() - KEPT
            )
            for stored in old.select_for_update(of=("self",)).order_by("pk"):
                erase_file(stored)
            found = reconcile_files()
        removed += found.removed
        missing += len(found.missing)
        for pk in found.missing:
            logger.error("The file %s is missing from the disk.", pk)
    if missing:
        raise JobError(f"Na dysku brakuje {missing} plików. Odtwórz je z kopii zapasowej.", retry=False)
    return {"removed": removed}
