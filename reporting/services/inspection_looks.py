"""Looks into a unit by those who inspect it: each is written into the unit's journal before anything is read.

Nobody of an office is a member of a unit, so nothing of a unit opens to them but what stands here. Whoever
asks is checked in the scope of the office, then again in that of the unit, which reads of the inspection what
it reads itself. Then the look is noted, and the rest of the transaction can only read.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from participants.models import Participation
from reintegration.audit import record
from reintegration.core import clock
from reintegration.core.text import clean
from reintegration.documents.files import FileLost, read_file
from reintegration.tenancy.principal import Principal
from reintegration.tenancy.scope import scope
from reintegration.tenancy.visits import only_read
from reporting import perms
from reporting.models import Inspection, InspectionFile
from reporting.queries import inspections as queries
from reporting.queries.inspected_file import Dossier, dossier, papers_of
from reporting.queries.inspection_facts import facts

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Frame:
    """The files of the inspected period by number, and what the program counts of them."""

    files: Mapping[UUID, str]
    facts: Mapping[str, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class TakenPaper:
    name: str
    media_type: str
    content: bytes


def in_unit(
    request: Any, principal: Principal, inspection_id: UUID, read: Callable[[Inspection], T | None]
) -> T | None:
    """What `read` finds in the inspected unit; nothing for whoever does not inspect it, or not now."""
    today = clock.today()
    with scope(
        organisation_id=principal.place.id,
        user_id=principal.user_id,
        request_id=request.request_id,
        source=principal.source,
    ):
        known = queries.open_to(inspection_id, principal.user_id, today)
        if known is None or known.addressee_id is None or known.organisation_id != principal.place.id:
            return None
    with scope(
        organisation_id=known.addressee_id,
        user_id=principal.user_id,
        request_id=request.request_id,
        source=f"inspection:{inspection_id}",
    ):
        found = queries.open_to(inspection_id, principal.user_id, today)
        return read(found) if found is not None else None


def look(inspection: Inspection, file_id: UUID) -> Dossier | None:
    """A file of the sample, as far as the scope of the inspection goes."""
    found = _sampled(inspection, file_id)
    if found is None:
        return None
    row, file = found
    _note(row, file, outcome="seen", inspection=inspection)
    return dossier(file, inspection)


def take(inspection: Inspection, file_id: UUID, paper_id: UUID) -> TakenPaper | None:
    """An issued paper of a file of the sample, which the scope opens."""
    found = _sampled(inspection, file_id)
    if found is None:
        return None
    row, file = found
    paper = next((one for one in papers_of(file, inspection) if one.pk == paper_id), None)
    if paper is None or paper.file.erased_at is not None:
        return None
    _note(row, file, outcome="taken", inspection=inspection)
    try:
        return TakenPaper(paper.file.name, paper.file.media_type, read_file(paper.file))
    except FileLost:
        return None


def survey(inspection: Inspection) -> Frame:
    """The frame of the sample and the facts of the checklist; keys and numbers, nobody's data."""
    record.note(perms.INSPECTION_SAMPLE, found=inspection, outcome="seen", inspection=inspection.number)
    only_read()
    files = queries.frame(inspection)
    return Frame(files, facts(inspection, files))


def numbered(inspection: Inspection, number: str) -> UUID | None:
    """The file of the inspected period that has a number."""
    record.note(perms.INSPECTION_SAMPLE, found=inspection, outcome="seen", inspection=inspection.number)
    only_read()
    wanted = clean(number)
    return next((key for key, one in queries.frame(inspection).items() if one == wanted), None)


def _sampled(inspection: Inspection, file_id: UUID) -> tuple[InspectionFile, Participation] | None:
    row = InspectionFile.objects.filter(inspection=inspection, pk=file_id).first()
    if row is None or row.participation is None:
        return None
    file = Participation.objects.select_related("person", "referral").filter(pk=row.participation).first()
    return (row, file) if file is not None else None


def _note(row: InspectionFile, file: Participation, *, outcome: str, inspection: Inspection) -> None:
    record.note(
        perms.INSPECTION_LOOK,
        found=row,
        persons=[file.person_id],
        outcome=outcome,
        inspection=inspection.number,
    )
    only_read()
