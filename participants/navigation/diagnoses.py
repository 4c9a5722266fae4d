"""The unit's surveys stand behind the settings."""

from participants.perms import diagnoses as perms
from reintegration.administration.settings_places import SettingsPlace, settings_place
from reintegration.tenancy.enums import OrganisationKind

settings_place(
    SettingsPlace(
        "Ankiety diagnozy", "Pytania, według których robi się diagnozy, i ich wersje.", "clipboard-list",
        "participants:template_list", perms.TEMPLATE_LIST, "work", frozenset({OrganisationKind.UNIT}),
    )
)  # fmt: skip
