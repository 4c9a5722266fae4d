"""What this room puts on desks."""

from reintegration.law.perms import DECIDERS
from reintegration.notices.enums import Urgency
from reintegration.notices.registry import task_kind
from reintegration.tenancy.enums import Role

INDEXATION = task_kind(
    "law.indexation",
    label="Zasiłek po 1 czerwca bez wpisu",
    roles={Role.OPERATOR},
    urgency=Urgency.BAD,
    icon="scale",
    action="Wpisz albo potwierdź",
)
VALUE_WAITING = task_kind(
    "law.value_waiting",
    label="Wartość prawa czeka na drugą osobę",
    roles={Role.OPERATOR},
    icon="scale",
    action="Sprawdź i potwierdź",
)
READING_WAITING = task_kind(
    "law.reading_waiting",
    label="Odczyt ustawy czeka na drugą osobę",
    roles=DECIDERS,
    icon="scale",
    action="Sprawdź i potwierdź",
)
