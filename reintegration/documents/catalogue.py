"""The kinds of papers and files of this room itself."""

from reintegration.documents.kinds import document_kind, file_kind, series
from reintegration.documents.services import LOGO_FILE, PAPER_FILE
from reintegration.tenancy.enums import ALL_ROLES, Role

series("WK", "wykazy kadry")

# Whoever may read a paper gets it through the paper; its file alone is nobody's by role.
file_kind(PAPER_FILE, "wydany dokument", opens=frozenset())
file_kind(LOGO_FILE, "znak w nagłówku", opens=ALL_ROLES, max_bytes=2 * 1024 * 1024)

STAFF_LIST = document_kind(
    "documents.staff_list",
    "Wykaz kadry",
    template="documents/papers/staff_list.html",
    series="WK",
    opens={Role.MANAGER, Role.OFFICE},
)
