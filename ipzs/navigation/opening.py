"""Where a unit that starts in mid-year begins."""

from ipzs.perms import opening as perms
from reintegration.administration.settings_places import UNIT, SettingsPlace, settings_place

settings_place(
    SettingsPlace(
        "Początek pracy w ciągu roku", "Stany początkowe uczestników, wczytanie obecności z pliku.",
        "upload", "ipzs:opening_list", perms.LIST, "work", UNIT,
    )
)  # fmt: skip
