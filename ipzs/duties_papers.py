"""The numbers, papers and files of duties."""

from participants.perms import CASE
from reintegration.documents.kinds import document_kind, file_kind, series

ACCIDENT_SERIES = "WYP"
DUTY_FILE = "ipzs.duty"

series(ACCIDENT_SERIES, "wypadki uczestników")
# A certificate of a doctor may be among them.
file_kind(DUTY_FILE, "dokument obowiązku: szkolenie, badanie", opens=CASE)
ACCIDENT_PROTOCOL = document_kind(
    "ipzs.accident_protocol",
    "Protokół powypadkowy",
    template="ipzs/duties/paper/accident.html",
    opens=CASE,
)
