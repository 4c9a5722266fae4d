"""The numbers and files of programmes."""

from typing import Final

from ipzs.enums import ProgrammeKind
from participants.papers import PROGRAMME_FILE
from participants.perms import CASE
from reintegration.documents.kinds import document_kind, series

__all__ = [
    "DECISION",
    "EXTENDED",
    "PERIOD_PAPERS",
    "PROGRAMME_FILE",
    "QUALIFICATION",
    "QUALIFIED",
    "SERIES_OF",
]

SERIES_OF: Final = {
    ProgrammeKind.IPZS: "IPZS",
    ProgrammeKind.SOCIAL_CONTRACT: "KS",
    ProgrammeKind.INTERNAL_CONTRACT: "UK",
}
DECISION_SERIES: Final = "DZ"

series("IPZS", "indywidualne programy zatrudnienia socjalnego")
series("KS", "kontrakty socjalne")
series("UK", "umowy KIS z indywidualnym planem działania")
series(DECISION_SERIES, "decyzje o zaprzestaniu programu")

DECISION = document_kind(
    "ipzs.decision",
    "Decyzja o zaprzestaniu realizacji programu",
    template="ipzs/programmes/paper/decision.html",
    opens=CASE,
)
QUALIFIED = document_kind(
    "ipzs.qualified",
    "Kwalifikacja do uczestnictwa w zajęciach",
    template="ipzs/programmes/paper/period.html",
    opens=CASE,
)
EXTENDED = document_kind(
    "ipzs.extended",
    "Przedłużenie okresu uczestnictwa w zajęciach",
    template="ipzs/programmes/paper/period.html",
    opens=CASE,
)
QUALIFICATION = document_kind(
    "ipzs.qualification",
    "Informacja o kwalifikacji do uczestnictwa",
    template="ipzs/programmes/paper/qualification.html",
    opens=CASE,
)
# What is written when a period begins.
PERIOD_PAPERS: Final = (QUALIFIED, QUALIFICATION, EXTENDED)
