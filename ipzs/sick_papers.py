"""The file of a doctor's certificate."""

from participants.perms import CASE
from reintegration.documents.kinds import file_kind

SICK_FILE = "ipzs.sick_leave"

# What a doctor wrote is health: those who lead cases open it.
file_kind(SICK_FILE, "zaświadczenie lekarskie o chorobie", opens=CASE)
