"""This room's places in the navigation."""

from datetime import date
from typing import Any

from django.db.models import QuerySet

from reintegration.notices import perms
from reintegration.notices.queries import waiting_of
from reintegration.shell.nav import NavItem, register
from reintegration.tenancy.principal import Principal


def waiting(principal: Principal, today: date) -> QuerySet[Any]:
    return waiting_of(principal, today=today)


register(
    NavItem(
        "desk", "Pulpit", "home", "notices:desk", perms.DESK, order=10, phone=True, count=waiting, hotkey="P"
    )
)
