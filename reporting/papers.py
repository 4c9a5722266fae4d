"""The papers of this room, and the files that an office brings, forgotten when they were read in."""

from reintegration.documents.kinds import MEGABYTE, file_kind
from reporting import (
    certificate_papers,  # noqa: F401 - says what it issues
    collective_paper,  # noqa: F401 - says what it issues
    inspection_papers,  # noqa: F401 - says what it issues
    procedure_papers,  # noqa: F401 - says what it issues
    report_paper,  # noqa: F401 - says what it issues
)
from reporting.perms import OFFICE, OWNERS, REGISTRAR
from reporting.services import inspection_results
from reporting.services.outside_import import FILE_KINDS as OUTSIDE_KINDS
from reporting.services.proceedings import ATTACHMENT
from reporting.services.register_import import KINDS
from reporting.services.supervision import ANSWER_FILE

for _unit_type, _kind in KINDS.items():
    file_kind(_kind, f"plik z rejestrem {_unit_type}", opens=REGISTRAR, max_bytes=8 * MEGABYTE)
# Who reads a case opens its files by an address of their own; here stands who keeps them in the unit.
file_kind(ATTACHMENT, "załącznik zgłoszenia albo wniosku", opens=OWNERS)
file_kind(ANSWER_FILE, "załącznik odpowiedzi na pismo nadzoru", opens=OWNERS)
file_kind(inspection_results.OBJECTIONS_FILE, "załącznik zastrzeżeń do protokołu kontroli", opens=OWNERS)
file_kind(inspection_results.ANSWER_FILE, "załącznik odpowiedzi na zalecenie", opens=OWNERS)
for _unit_type, _kind in OUTSIDE_KINDS.items():
    file_kind(_kind, f"plik ze sprawozdaniami {_unit_type}", opens=OFFICE, max_bytes=8 * MEGABYTE)
