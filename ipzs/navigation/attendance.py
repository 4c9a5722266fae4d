"""Where attendance stands."""

from datetime import date
from typing import Any

from django.db.models import QuerySet

from ipzs.perms import attendance as perms
from ipzs.queries.attendance import waiting_requests
from ipzs.views.attendance.months import tab
from participants.perms import MANAGER
from reintegration.administration.settings_places import UNIT, SettingsPlace, settings_place
from reintegration.core.slots import fill
from reintegration.shell.nav import NavItem, register
from reintegration.tenancy.principal import Principal


def to_decide(principal: Principal, today: date) -> QuerySet[Any]:
    """Requests that wait for the manager; nobody else is told a number."""
    rows = waiting_requests()
    return rows if MANAGER & principal.roles else rows.none()


register(
    NavItem(
        "attendance", "Obecność", "calendar-check", "ipzs:attendance_today", perms.DAY_SHOW,
        order=14, phone=True, kinds=UNIT, hotkey="O", count=to_decide,
    )
)  # fmt: skip
settings_place(
    SettingsPlace(
        "Obecność", "Zwykły dzień, termin wpisu, posiłki, przypomnienia.", "calendar",
        "ipzs:attendance_settings", perms.SETTINGS, "work", UNIT,
    )
)  # fmt: skip
settings_place(
    SettingsPlace(
        "Powody usprawiedliwienia", "Nieobecności, które usprawiedliwia regulamin.", "list",
        "ipzs:excuse_list", perms.EXCUSES, "work", UNIT,
    )
)  # fmt: skip
fill("participants.file_tabs", tab, order=30)
