"""The objects of the plan, the journal, practice and skills."""

from datetime import date, time
from typing import Any

from ipzs.models import Service, TimetableEntry, TimetableFeed, Workshop
from reintegration.tenancy.models import Membership
from reintegration.tenancy.scope import current_scope
from tests.cast import World
from tests.specimens import specimen
from tests.walls.routes import ROWS, Row, row_of

DAY = date(2026, 11, 16)


def _of_plan(world: World, canary: str) -> dict[str, Any]:
    """An entry of one Monday, which stands in no journal yet."""
    entry = TimetableEntry.objects.create(
        workshop=specimen(Workshop, world, canary),
        service=specimen(Service, world, canary, partner=""),
        since=DAY,
        until=DAY,
        begins=time(8),
        ends=time(14),
    )
    return {"pk": entry.pk, "day": DAY.isoformat()}


def _colleague(world: World, canary: str) -> dict[str, Any]:
    """Somebody who works in the organisation of the scope."""
    rows = Membership.objects.filter(organisation_id=current_scope().organisation_id).order_by("pk")
    return {"pk": rows[0].user_id}


def _feed(world: World, canary: str) -> dict[str, Any]:
    made = specimen(
        TimetableFeed,
        world,
        canary,
        kind="unit",
        workshop=None,
        user_id=current_scope().user_id,
        revoked_at=None,
    )
    return {"pk": made.pk}


def _nothing(world: World, canary: str) -> dict[str, Any]:
    """Without its secret no address of a calendar opens anything."""
    return {"token": "nie-ma-takiego"}


ROWS.update(
    {
        "ipzs:feed_revoke": Row(_feed, own=True),
        "ipzs:feed": Row(_nothing, "everybody"),
        "ipzs:timetable_workshop": row_of("ipzs.Workshop"),
        "ipzs:timetable_person": row_of("participants.Participation"),
        "ipzs:timetable_leader": Row(_colleague, "filtered"),
        "ipzs:entry_add_group": row_of("ipzs.Workshop"),
        "ipzs:entry_add_once": row_of("ipzs.Workshop"),
        "ipzs:entry_add_person": row_of("participants.Participation"),
        "ipzs:entry_edit": row_of("ipzs.TimetableEntry"),
        "ipzs:entry_end": row_of("ipzs.TimetableEntry"),
        "ipzs:entry_remove": row_of("ipzs.TimetableEntry"),
        "ipzs:meeting_edit": row_of("ipzs.ClassMeeting"),
        "ipzs:meeting_cancel": row_of("ipzs.ClassMeeting"),
        "ipzs:meeting_open": Row(_of_plan),
        "ipzs:meeting_cancel_planned": Row(_of_plan),
        "ipzs:classes_show": row_of("participants.Participation"),
        "ipzs:placement_add": row_of("participants.Participation"),
        "ipzs:placement_edit": row_of("ipzs.Placement"),
        "ipzs:skill_add": row_of("participants.Participation"),
        "ipzs:skill_remove": row_of("ipzs.PracticalSkill"),
    }
)
