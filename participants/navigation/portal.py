"""Places of a referring body, and what a unit sets once in a while about the way in."""

from datetime import date
from typing import Any

from django.db.models import QuerySet

from participants.enums import LinkPurpose
from participants.perms import portal as perms
from participants.queries.portal import own_referrals, told_to_body, waiting_for_sender
from participants.services.portal.access import KINDS
from reintegration.administration.settings_places import UNIT, SettingsPlace, settings_place
from reintegration.tenancy.enums import OrganisationKind
from reintegration.tenancy.navigation import NavItem, register
from reintegration.tenancy.principal import Principal

BODY = frozenset({OrganisationKind.REFERRING_BODY})
READERS = frozenset[str]().union(*KINDS.values())


def waiting(principal: Principal, today: date) -> QuerySet[Any]:
    return waiting_for_sender(own_referrals())


def unread(principal: Principal, today: date) -> QuerySet[Any]:
    """What nobody of this centre has read."""
    return told_to_body().filter(read_at__isnull=True, taken_back_at__isnull=True)


register(
    NavItem(
        "own_referrals", "Skierowania", "inbox", "participants:own_referral_list", perms.OWN_LIST,
        order=10, phone=True, kinds=BODY, count=waiting,
    )
)  # fmt: skip
register(
    NavItem(
        "places", "Wolne miejsca", "map-pin", "participants:place_list", perms.PLACE_LIST,
        order=20, phone=True, kinds=BODY,
    )
)  # fmt: skip

register(
    NavItem(
        "ops_notices", "Zawiadomienia", "mail", "participants:ops_notices", perms.NOTICE_READ,
        order=40, kinds=BODY, subtypes=frozenset(KINDS[LinkPurpose.MONTH]), count=unread,
    )
)  # fmt: skip
register(
    NavItem(
        "opened", "Co miesiąc", "calendar-event", "participants:opened_list", perms.OPENED_READ,
        order=45, kinds=BODY, subtypes=frozenset(READERS),
    )
)  # fmt: skip

settings_place(
    SettingsPlace(
        "Wolne miejsca", "Co ogłaszacie ośrodkom i wszystkim: pracownia, miejsca, początek.", "map-pin",
        "participants:offer_list", perms.OFFER_LIST, "work", UNIT,
    )
)  # fmt: skip
settings_place(
    SettingsPlace(
        "Odnośniki z kodem", "Dla podmiotów bez konta: skierowanie, podgląd, uzgodnienie programu.", "link",
        "participants:link_list", perms.LINK_LIST, "work", UNIT,
    )
)  # fmt: skip
settings_place(
    SettingsPlace(
        "Kto czyta z konta", "Ośrodki i urzędy pracy, którym otwarto listy i rozliczenia.", "lock",
        "participants:access_list", perms.ACCESS_LIST, "work", UNIT,
    )
)  # fmt: skip
