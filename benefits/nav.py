"""The places of this room: in the navigation of a CIS, and among the settings of its unit."""

from datetime import date
from typing import Any

from django.db.models import QuerySet

from benefits import perms
from benefits.queries.health import REGISTERS, asked_of_body, waiting_for_body
from reintegration.administration.settings_places import UNIT, SettingsPlace, settings_place
from reintegration.shell.nav import NavItem, register
from reintegration.tenancy.enums import OrganisationKind
from reintegration.tenancy.principal import Principal

CIS = frozenset({"CIS"})
BODY = frozenset({OrganisationKind.REFERRING_BODY})


def to_register(principal: Principal, today: date) -> QuerySet[Any]:
    """Whom this body has to register or to deregister."""
    return waiting_for_body(asked_of_body(), today)


register(
    NavItem(
        "month_close", "Rozliczenie miesiąca", "checklist", "benefits:closes", perms.CLOSE_SHOW,
        group="money", order=5, kinds=UNIT, subtypes=CIS, hotkey="Z",
    )
)  # fmt: skip

register(
    NavItem(
        "payroll_lists", "Listy wypłat", "wallet", "benefits:lists", perms.LIST_SHOW,
        group="money", order=20, kinds=UNIT, subtypes=CIS,
        covers=lambda request: ["benefits:standing", "/platnosci/", "/swiadczenia/rozliczenia/"],
    )
)  # fmt: skip

register(
    NavItem(
        "premiums", "Premie", "coins", "benefits:premiums", perms.PREMIUM_SHOW,
        group="money", order=15, kinds=UNIT, subtypes=CIS,
    )
)  # fmt: skip

register(
    NavItem(
        "bank_answers", "Wyciągi", "receipt", "benefits:answers", perms.ANSWER_SHOW,
        group="money", order=25, kinds=UNIT, subtypes=CIS,
    )
)  # fmt: skip

register(
    NavItem(
        "contributions", "Składki ZUS", "shield-check", "benefits:contributions", perms.CONTRIBUTION_SHOW,
        group="money", order=30, kinds=UNIT, subtypes=CIS,
    )
)  # fmt: skip

register(
    NavItem(
        "tax", "Podatek", "receipt", "benefits:tax", perms.TAX_SHOW,
        group="money", order=32, kinds=UNIT, subtypes=CIS,
    )
)  # fmt: skip

register(
    NavItem(
        "labour_fund", "Fundusz Pracy", "building-community", "benefits:fund", perms.FUND_SHOW,
        group="money", order=34, kinds=UNIT, subtypes=CIS,
    )
)  # fmt: skip

register(
    NavItem(
        "ledger", "Księga", "scale", "benefits:ledger", perms.LEDGER_SHOW,
        group="money", order=40, kinds=UNIT, subtypes=CIS,
    )
)  # fmt: skip
register(
    NavItem(
        "health", "Ubezpieczenie zdrowotne", "stethoscope", "benefits:health", perms.HEALTH_SHOW,
        group="unit", order=34, kinds=UNIT, covers=lambda request: ["benefits:health_ops"],
    )
)  # fmt: skip
register(
    NavItem(
        "health_asked", "Zgłoszenia zdrowotne", "stethoscope", "benefits:health_asked", perms.HEALTH_ASKED,
        order=35, kinds=BODY, subtypes=frozenset(REGISTERS), count=to_register,
    )
)  # fmt: skip
register(
    NavItem(
        "supported", "Zatrudnienie wspierane", "briefcase", "benefits:supported", perms.SUPPORTED_LIST,
        group="unit", order=42, kinds=UNIT,
    )
)  # fmt: skip
register(
    NavItem(
        "first_payment", "Pierwsza wypłata", "wallet", "benefits:body_forecast", perms.BODY_FORECAST,
        order=25, kinds=BODY,
    )
)  # fmt: skip

settings_place(
    SettingsPlace(
        "Wypłaty", "Do którego dnia wypłacacie świadczenie i jaki jest plan premii.", "wallet",
        "benefits:pay_settings", perms.SETTINGS, "work", UNIT, CIS,
    )
)  # fmt: skip
settings_place(
    SettingsPlace(
        "Podpisy list wypłat", "Przez ile osób przechodzi lista, zanim ktoś dostanie pieniądze.",
        "signature", "benefits:signing", perms.SIGNING_SHOW, "work", UNIT, CIS,
    )
)  # fmt: skip
settings_place(
    SettingsPlace(
        "Składki ZUS", "Do którego miesiąca należą składki i do kiedy je płacicie.", "shield-check",
        "benefits:contribution_rule", perms.SETTINGS, "work", UNIT, CIS,
    )
)  # fmt: skip
settings_place(
    SettingsPlace(
        "Przelewy", "Jaki plik przyjmuje Wasz bank.", "wallet", "benefits:transfer_settings",
        perms.SETTINGS, "work", UNIT, CIS,
    )
)  # fmt: skip
