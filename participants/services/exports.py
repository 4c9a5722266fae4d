"""The answer to a person who asks for their data: a job makes the file and the paper, kept for a week."""

from uuid import UUID

from participants.models import Person
from participants.person_export import TITLE, as_json, as_pdf, collect
from reintegration.core import clock
from reintegration.documents.exports import EXPORT_FILE
from reintegration.documents.files import store_bytes
from reintegration.documents.models import StoredFile
from reintegration.documents.uploads import clean_name
from reintegration.jobs.services import enqueue, new_batch
from reintegration.jobs.worker import Work
from reintegration.tenancy.models import Organisation
from reintegration.tenancy.scope import current_scope

KIND = "participants.person_export"


def start_person_export(*, person_id: UUID) -> UUID:
    """Promise the export; answers with the batch whose progress a page shows."""
    batch = new_batch()
    enqueue(kind=KIND, payload={"person": person_id}, key=str(batch), batch=batch)
    return batch


def make_person_export(work: Work) -> dict[str, str]:
    """Write both files for the person who asked; the names in them are nobody's."""
    person: Person = Person.objects.get(pk=UUID(work.payload["person"]))
    unit = Organisation.objects.get(pk=current_scope().organisation_id)
    sections = collect(person.pk, tell=work.progress)
    day = clock.today().isoformat()
    made: dict[str, StoredFile] = {}
    for ending, media_type, content in (
        ("json", "application/json", as_json(sections, unit=unit.name)),
        ("pdf", "application/pdf", as_pdf(sections, name=str(person))),
    ):
        name = clean_name(f"{TITLE} {day}", ending)
        made[ending] = store_bytes(
            content, name=name, media_type=media_type, kind=EXPORT_FILE, subject=person.pk
        )
    return {ending: str(stored.pk) for ending, stored in made.items()}
