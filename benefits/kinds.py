"""What this room puts on desks."""

from benefits.perms import PAYERS
from reintegration.notices.registry import task_kind

SIGNING_WAITING = task_kind(
    "benefits.signing_waiting",
    label="Zasada podpisów czeka na drugą osobę",
    roles=PAYERS,
    icon="signature",
    action="Sprawdź i potwierdź",
)
PAYMENT_RETURNED = task_kind(
    "benefits.payment_returned",
    label="Wróciła wypłata",
    roles=PAYERS,
    icon="coins",
    action="Zdecyduj",
)
