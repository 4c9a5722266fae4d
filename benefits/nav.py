"""The places of this room among the settings of a unit."""

from benefits import perms
from reintegration.administration.settings_places import UNIT, SettingsPlace, settings_place

settings_place(
    SettingsPlace(
        "Wypłaty", "Do którego dnia wypłacacie świadczenie.", "wallet", "benefits:pay_settings",
        perms.SETTINGS, "work", UNIT, frozenset({"CIS"}),
    )
)  # fmt: skip
