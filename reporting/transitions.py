"""How the things of this room pass from state to state; drawn in `docs/`."""

from enum import StrEnum
from typing import Final

from reintegration.core.transitions import Table, step
from reporting.enums import CertificateState, EntryState


class OfEntry(StrEnum):
    CHANGE = "change"
    PROLONG = "prolong"
    LOSE = "lose"
    DELETE = "delete"


ENTRIES: Final = Table(
    "Stan wpisu to „{state}”: nie można teraz {verb}.",
    {
        OfEntry.CHANGE: step(EntryState.OPEN, to=EntryState.OPEN, verb="zmienić danych"),
        OfEntry.PROLONG: step(EntryState.OPEN, to=EntryState.OPEN, verb="przedłużyć statusu"),
        OfEntry.LOSE: step(EntryState.OPEN, to=EntryState.LOST, verb="zapisać utraty statusu"),
        OfEntry.DELETE: step(EntryState.OPEN, to=EntryState.DELETED, verb="wykreślić z rejestru"),
    },
    first=EntryState.OPEN,
)


class OfCertificate(StrEnum):
    REPLACE = "replace"
    WITHDRAW = "withdraw"


CERTIFICATES: Final = Table(
    "Stan zaświadczenia to „{state}”: nie można teraz {verb}.",
    {
        OfCertificate.REPLACE: step(
            CertificateState.ISSUED, to=CertificateState.REPLACED, verb="zrobić jego korekty"
        ),
        OfCertificate.WITHDRAW: step(
            CertificateState.ISSUED, to=CertificateState.WITHDRAWN, verb="go wycofać"
        ),
    },
    first=CertificateState.ISSUED,
)
