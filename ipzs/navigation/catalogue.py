"""Where the catalogue, the rooms and the workshops stand."""

from ipzs.models import Service, Workshop
from ipzs.perms import catalogue as perms
from reintegration.administration.checklist import Step, first_step
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
first_step(
    Step(
        "Katalog usług",
        "Z niego składa się program, plan i dziennik. Gotową listę wczytasz jednym przyciskiem.",
        "ipzs:service_list",
        "Wczytaj katalog",
        lambda request: Service.objects.exists(),
    )
)
first_step(
    Step(
        "Pracownie i grupy",
        "Łączą osoby, plan i obecność jednego dnia.",
        "ipzs:workshop_list",
        "Dodaj pracownię",
        lambda request: Workshop.objects.exists(),
    )
)
