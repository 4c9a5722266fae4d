"""Where what runs out, the register of accidents, and the unit's rules stand."""

from datetime import date
from typing import Any

from django.db.models import QuerySet

from ipzs.perms import duties as perms
from ipzs.queries.duties.accidents import unfinished
from reintegration.administration.settings_places import UNIT, SettingsPlace, settings_place
from reintegration.tenancy.navigation import NavItem, register
from reintegration.tenancy.principal import Principal


def on_their_way(principal: Principal, today: date) -> QuerySet[Any]:
    return unfinished()


register(
    NavItem(
        "duties", "Co wygasa", "clipboard-check", "ipzs:duty_list", perms.DUTY_LIST,
        group="unit", order=32, kinds=UNIT,
    )
)  # fmt: skip
register(
    NavItem(
        "accidents", "Wypadki", "alert-octagon", "ipzs:accident_list", perms.ACCIDENT_LIST,
        group="unit", order=48, kinds=UNIT, count=on_their_way,
    )
)  # fmt: skip

settings_place(
    SettingsPlace(
        "Obowiązki", "BHP, badania, odzież: co przed zajęciami i na jak długo.", "shield-check",
        "ipzs:duty_rule_edit", perms.RULES, "work", UNIT,
    )
)  # fmt: skip
