"""Where the catalogue, the rooms and the workshops stand."""

from ipzs.perms import catalogue as perms
from reintegration.administration.settings_places import UNIT, SettingsPlace, settings_place

settings_place(
    SettingsPlace(
        "Katalog usług", "Usługi, z których składa się program i plan.", "list-details",
        "ipzs:service_list", perms.SERVICE_LIST, "work", UNIT,
    )
)  # fmt: skip
settings_place(
    SettingsPlace(
        "Pracownie i grupy", "Kto w nich jest i kto prowadzi.", "tools",
        "ipzs:workshop_list", perms.WORKSHOP_LIST, "work", UNIT,
    )
)  # fmt: skip
settings_place(
    SettingsPlace(
        "Sale", "Żeby dwie grupy nie miały jej naraz.", "building",
        "ipzs:room_list", perms.ROOM_LIST, "work", UNIT,
    )
)  # fmt: skip
