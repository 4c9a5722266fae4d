"""This room's places in the navigation, and behind the settings."""

from datetime import date

from django.db.models import QuerySet

from participants.enums import AgreementState
from participants.models import Agreement
from participants.navigation import (  # noqa: F401 - registers its places
    cards,
    diagnoses,
    partners,
    people,
    portal,
    referrals,
)
from participants.perms import participations as file_perms
from participants.queries.participations import asked_of_body
from participants.queries.participations.agreements import AGREEING
from reintegration.administration.settings_places import SettingsPlace, settings_place
from reintegration.shell.nav import NavItem, register
from reintegration.tenancy.enums import OrganisationKind
from reintegration.tenancy.principal import Principal

UNIT = frozenset({OrganisationKind.UNIT})
BODY = frozenset({OrganisationKind.REFERRING_BODY})


def waiting_agreements(principal: Principal, today: date) -> QuerySet[Agreement]:
    return asked_of_body().filter(state=AgreementState.ASKED)


# The pages of a person, and those of one person whose address is that of the thing itself. Those of higher
# rooms stand here too: a place is drawn by its path, and no room above has a place of its own for them.
OF_A_PERSON = (
    "/osoby/", "/diagnozy/", "/doradztwo/", "/opinie-specjalistow/", "/zgody/", "/programy/", "/praktyki/",
    "/umiejetnosci/", "/swiadczenia/wnioski/", "/swiadczenia/ubezpieczenia/", "/swiadczenia/potracenia/",
)  # fmt: skip

register(
    NavItem(
        "participants", "Uczestnicy", "users", "participants:list", file_perms.LIST,
        order=12, phone=True, kinds=UNIT, hotkey="U", covers=lambda request: OF_A_PERSON,
    )
)  # fmt: skip
register(
    NavItem(
        "agreements", "Do uzgodnienia", "signature", "participants:agreement_list", file_perms.AGREEMENT_LIST,
        order=30, kinds=BODY, subtypes=frozenset(AGREEING), count=waiting_agreements,
    )
)  # fmt: skip

settings_place(
    SettingsPlace(
        "Przyjęcia", "Terminy na opinię, rozpatrzenie i uzgodnienie, obszar.", "calendar-due",
        "participants:intake_settings", file_perms.SETTINGS, "work", UNIT,
    )
)  # fmt: skip
