"""What an office and the unit that its row names as `addressee` share: whose turn it is, files, and notices.

A unit outside the program is no addressee: it reads nothing here, and is told by post.
"""

from uuid import UUID

from reintegration.documents.files import store_file
from reintegration.documents.models import Document
from reintegration.documents.uploads import CheckedFile
from reintegration.tenancy.scope import current_scope
from reporting.models import Inspection, SupervisionLetter
from reporting.services.proceedings import tell

Row = Inspection | SupervisionLetter


def by_unit(row: Row) -> bool:
    """Whether the unit acts, in its own scope."""
    return bool(current_scope().organisation_id == row.addressee_id)


def keep(row: Row, file: CheckedFile | None, *, kind: str) -> UUID | None:
    """Keep what came with an answer; the office reads what a unit attached."""
    if file is None:
        return None
    kept = store_file(file, kind=kind)
    kept.shared_with_id = row.organisation_id if by_unit(row) else None
    kept.save(update_fields=["shared_with"])
    return kept.pk


def share(row: Row, *made: Document) -> None:
    """Let the unit read papers of the office."""
    if row.addressee_id is None:
        return
    for paper in made:
        paper.file.shared_with_id = row.addressee_id
        paper.file.save(update_fields=["shared_with"])


def tell_other(what: str, row: Row, step: str, key: str = "") -> None:
    """The other side gets a notice of a step; `key` is what tells one such step of a row from the next."""
    if row.addressee_id is not None:
        other = row.organisation_id if by_unit(row) else row.addressee_id
        tell(what, row.pk, step, other, f"{row.pk}:{step}{key}")
