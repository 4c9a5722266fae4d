"""Files that are brought to be read in; they are forgotten when they were."""

from ipzs.services.imports import MARKS, OPENINGS
from participants.perms import MANAGER
from reintegration.documents.kinds import MEGABYTE, file_kind

file_kind(MARKS, "plik z obecnością", opens=MANAGER, max_bytes=8 * MEGABYTE)
file_kind(OPENINGS, "plik ze stanami początkowymi", opens=MANAGER, max_bytes=8 * MEGABYTE)
