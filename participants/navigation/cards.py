"""Where talks after the end, files from other units and terms of keeping are found."""

from datetime import date
from typing import Any

from django.db.models import QuerySet

from participants.perms import cards as card_perms
from participants.perms import consents as consent_perms
from participants.queries.cards import due_follow_ups
from participants.queries.consents import waiting_here
from reintegration.administration.settings_places import SettingsPlace, settings_place
from reintegration.shell.nav import NavItem, register
from reintegration.tenancy.enums import OrganisationKind
from reintegration.tenancy.principal import Principal

UNIT = frozenset({OrganisationKind.UNIT})


def due_talks(principal: Principal, today: date) -> QuerySet[Any]:
    return due_follow_ups(until=today)


def came(principal: Principal, today: date) -> QuerySet[Any]:
    return waiting_here()


register(
    NavItem(
        "follow_ups", "Po zakończeniu", "phone", "participants:follow_up_list", card_perms.FOLLOW_UP_LIST,
        group="unit", order=40, kinds=UNIT, count=due_talks,
    )
)  # fmt: skip
register(
    NavItem(
        "transfers", "Przekazane sprawy", "arrows-exchange", "participants:transfer_list",
        consent_perms.TRANSFER_LIST, group="unit", order=45, kinds=UNIT, count=came,
    )
)  # fmt: skip

settings_place(
    SettingsPlace(
        "Przechowywanie danych", "Do kiedy trzymamy dane każdej osoby i dlaczego.", "hourglass",
        "participants:retention_list", consent_perms.RETENTION_LIST, "work", UNIT,
    )
)  # fmt: skip
