"""The objects of the catalogue: services, rooms, workshops, their leaders and their people."""

from tests.walls.routes import ROWS, row_of

ROWS.update(
    {
        "ipzs:service_edit": row_of("ipzs.Service"),
        "ipzs:service_switch": row_of("ipzs.Service"),
        "ipzs:room_edit": row_of("ipzs.Room"),
        "ipzs:workshop_show": row_of("ipzs.Workshop"),
        "ipzs:workshop_edit": row_of("ipzs.Workshop"),
        "ipzs:leader_add": row_of("ipzs.Workshop"),
        "ipzs:place_add": row_of("ipzs.Workshop"),
        "ipzs:leader_end": row_of("ipzs.WorkshopLeader"),
        "ipzs:place_end": row_of("ipzs.WorkshopPlace"),
        "ipzs:place_move": row_of("ipzs.WorkshopPlace"),
    }
)
