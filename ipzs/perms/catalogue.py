"""Who sets what a unit offers, and who puts people into workshops."""

from participants.perms import CASE, LEADS, TEAM
from reintegration.tenancy.actions import action
from reintegration.tenancy.enums import Role

# They arrange the days of those who come.
PLANNERS = CASE | {Role.INSTRUCTOR}

SERVICE_LIST = action("ipzs.service.list", "Katalog usług", roles=TEAM)
SERVICE_EDIT = action("ipzs.service.edit", "Katalog usług: dodanie i zmiana", roles=LEADS)
SERVICE_LOAD = action("ipzs.service.load", "Katalog usług: wczytanie gotowych list", roles=LEADS)

ROOM_LIST = action("ipzs.room.list", "Sale", roles=TEAM)
ROOM_EDIT = action("ipzs.room.edit", "Sale: dodanie i zmiana", roles=LEADS)

WORKSHOP_LIST = action("ipzs.workshop.list", "Pracownie i grupy", roles=TEAM)
WORKSHOP_SHOW = action("ipzs.workshop.show", "Pracownia: ludzie i plan", roles=TEAM)
WORKSHOP_EDIT = action("ipzs.workshop.edit", "Pracownia: dodanie i zmiana", roles=LEADS)
LEADER_EDIT = action("ipzs.leader.edit", "Pracownia: kto prowadzi", roles=LEADS)
PLACE_EDIT = action("ipzs.place.edit", "Pracownia: kto w niej jest", roles=PLANNERS)
