"""The close of a month: an address names a month, and each unit sees its own."""

from datetime import date
from typing import Any

from ipzs.enums import MonthState
from ipzs.models import AttendanceMonth
from reintegration.core import clock
from reintegration.tenancy.scope import current_scope
from tests.cast import World
from tests.walls.routes import ROWS, Row

SEPTEMBER = date(2025, 9, 1)


def _month(world: World, canary: str) -> dict[str, Any]:
    """A month that was closed and opened again; its reason is the unit's own."""
    AttendanceMonth.objects.update_or_create(
        first_day=SEPTEMBER,
        defaults={
            "state": MonthState.CLOSED,
            "closed_at": clock.now(),
            "closed_by_id": current_scope().user_id or world.people["ewa"].pk,
            "reopen_reason": canary,
        },
    )
    return {"month": f"{SEPTEMBER:%Y-%m}"}


ROWS.update(
    {name: Row(_month, "calendar") for name in ("ipzs:month_show", "ipzs:month_close")}
    | {"ipzs:month_reopen": Row(_month)}
)
