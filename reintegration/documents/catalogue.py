"""The kinds of papers and files of this room itself."""

from reintegration.documents import queries
from reintegration.documents.exports import EXPORT_FILE, export_kind
from reintegration.documents.kinds import document_kind, file_kind, series
from reintegration.documents.perms import STAFF_LIST_ROLES
from reintegration.documents.services import LOGO_FILE, PAPER_FILE
from reintegration.tenancy.enums import ALL_ROLES

series("WK", "wykazy kadry")

# A paper is read through its document, an export by who asked for it: neither is anybody's by role.
file_kind(PAPER_FILE, "wydany dokument", opens=frozenset())
file_kind(EXPORT_FILE, "zestawienie", opens=frozenset())
file_kind(LOGO_FILE, "znak w nagłówku", opens=ALL_ROLES, max_bytes=2 * 1024 * 1024)

STAFF_LIST = document_kind(
    "documents.staff_list",
    "Wykaz kadry",
    template="documents/papers/staff_list.html",
    series="WK",
    opens=STAFF_LIST_ROLES,
)

REGISTER = export_kind(
    "documents.register",
    "Rejestr dokumentów",
    labels=queries.REGISTER_LABELS,
    rows=lambda params: queries.register_of(params["year"]),
    count=lambda params: queries.papers_of(params["year"]).count(),
    persons=lambda params: queries.subjects_of(params["year"]),
)
