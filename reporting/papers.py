"""The papers of this room, and the files that an office brings, forgotten when they were read in."""

from reintegration.documents.kinds import MEGABYTE, file_kind
from reporting import certificate_papers  # noqa: F401 - says what it issues
from reporting.perms import REGISTRAR
from reporting.services.register_import import KINDS

for _unit_type, _kind in KINDS.items():
    file_kind(_kind, f"plik z rejestrem {_unit_type}", opens=REGISTRAR, max_bytes=8 * MEGABYTE)
