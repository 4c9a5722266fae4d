"""This room's places in the navigation."""

from typing import Any

from django.db.models import QuerySet

from reintegration.core import clock
from reintegration.notices import perms
from reintegration.notices.queries import waiting_of
from reintegration.shell.nav import NavItem, register


def waiting(request: Any) -> QuerySet[Any]:
    return waiting_of(request.principal, today=clock.today())


register(
    NavItem(
        "desk", "Pulpit", "home", "notices:desk", perms.DESK, order=10, phone=True, count=waiting, hotkey="P"
    )
)
