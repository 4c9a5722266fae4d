"""The numbers, papers and files of this room."""

from participants.perms import CASE
from reintegration.documents.kinds import file_kind, series

CASE_SERIES = "U"
PROGRAMME_FILE = "participants.programme"

series(CASE_SERIES, "sprawy uczestników")
file_kind(PROGRAMME_FILE, "podpisany program", opens=CASE)
