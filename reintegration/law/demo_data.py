"""The readings of the demo: one centre has chosen, the other waits for its second person."""

from datetime import date
from uuid import UUID

from reintegration.core import clock
from reintegration.core.dates import Month
from reintegration.core.demo import demo_id, demo_step
from reintegration.law.enums import State
from reintegration.law.models import Reading
from reintegration.law.services import propose_reading
from reintegration.tenancy.enums import Role
from reintegration.tenancy.models import Membership
from reintegration.tenancy.scope import scope

CHOSEN, WAITING = demo_id("organisation:nowymost"), demo_id("organisation:warsztat")
SINCE = date(2023, 1, 1)
ANSWERS = {"rate_rounding": "up10", "sick_trial": "per_30"}


@demo_step("readings of the law", order=20)
def load_readings() -> None:
    with scope(organisation_id=CHOSEN, source="demo"):
        choose(CHOSEN)
    manager = _holder(WAITING, Role.MANAGER)
    with scope(organisation_id=WAITING, user_id=manager, source="demo"):
        if not Reading.objects.filter(state=State.PROPOSED).exists():
            today = clock.today()
            propose_reading(
                key="rate_rounding", value="exact", since=Month.of(today), by=manager, today=today
            )


def choose(organisation_id: UUID) -> None:
    """What the centre needs before its first payroll, in its own scope."""
    for key, value in ANSWERS.items():
        _stand(organisation_id, key, value)


def _stand(organisation_id: UUID, key: str, value: str) -> None:
    """A reading that two people agreed on when the unit began; months of the demo reach back to then."""
    if Reading.objects.filter(key=key, state=State.CONFIRMED).exists():
        return
    now = clock.now()
    Reading.objects.create(
        key=key,
        value=value,
        since_month=SINCE,
        state=State.CONFIRMED,
        proposed_by_id=_holder(organisation_id, Role.MANAGER),
        proposed_at=now,
        confirmed_by_id=_holder(organisation_id, Role.ACCOUNTANT),
        confirmed_at=now,
    )


def _holder(organisation_id: UUID, role: Role) -> UUID:
    rows = Membership.objects.filter(organisation=organisation_id, role=role).order_by("pk")
    found: UUID = rows.values_list("user_id", flat=True)[0]
    return found
