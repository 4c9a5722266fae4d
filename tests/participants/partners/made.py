"""Partners and what they were asked for, made by the services themselves. All names are invented."""

from datetime import timedelta
from typing import Any

from participants.models import Participation, Partner, PartnerRequest
from participants.services import partners as services
from participants.services.participations import assign_case_manager
from reintegration.core import clock
from tests.cast import World
from tests.participants.participations.made import candidate

GMINA = "Gmina Modrzewno"
ASKED = "Bilet miesięczny na autobus do Modrzewna."


def case(world: World, name: str = "Marek Dąbek", **given: Any) -> Participation:
    """A file that Jan leads."""
    file = candidate(name, **given)
    assign_case_manager(participation_id=file.pk, user_id=world.people["jan"].pk)
    return file


def partner(name: str = GMINA, **given: Any) -> Partner:
    values = {"kind": "gmina", "helps_with": ["transport"], "email": "pomoc@gmina.example"}
    return services.save_partner(partner_id=None, values={"name": name, **values, **given})


def asked(file: Participation, whom: Partner | None = None, **given: Any) -> PartnerRequest:
    values: dict[str, Any] = {
        "help_kind": "transport",
        "text": ASKED,
        "wanted_by": clock.today() + timedelta(days=14),
        "asked_how": "phone",
    }
    whom = whom or partner()
    data = services.Asking(partner_id=whom.pk, **{**values, **given})
    return services.ask_partner(participation_id=file.pk, data=data)
