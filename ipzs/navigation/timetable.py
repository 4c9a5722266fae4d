"""Where the classes of the day and the plan stand."""

from ipzs.perms import timetable as perms
from reintegration.shell.nav import NavItem, register
from reintegration.tenancy.enums import OrganisationKind

UNIT = frozenset({OrganisationKind.UNIT})

register(
    NavItem(
        "classes", "Zajęcia", "book", "ipzs:meeting_day", perms.MEETING_LIST, order=17, phone=True, kinds=UNIT
    )
)
register(
    NavItem(
        "timetable",
        "Plan zajęć",
        "calendar-event",
        "ipzs:timetable_unit",
        perms.PLAN_SHOW,
        order=18,
        kinds=UNIT,
    )
)
