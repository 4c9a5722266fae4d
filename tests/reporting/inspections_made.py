"""Inspections, made by the services themselves, and files of the unit to look at."""

from datetime import date, timedelta
from typing import Any

from participants.models import Participation
from reintegration.core import clock
from reporting.models import Inspection, InspectionFile
from reporting.queries import inspections as queries
from reporting.services import inspections as services
from reporting.services import registers
from tests.cast import World
from tests.participants.participations.made import agreed, candidate
from tests.reporting.made import entered

ALL = ["documents", "staff", "files", "groups", "hours", "absences", "benefits", "safety", "reports"]


def said(**given: Any) -> dict[str, Any]:
    """What the form of an inspection says."""
    today = clock.today()
    return {
        "number": "PS.8.2026",
        "authorisation": "12/2026",
        "authorised_on": today,
        "basis": "supervision",
        "basis_words": "",
        "areas": ["files", "hours"],
        "period_from": date(2026, 1, 1),
        "period_until": today,
        "access_from": today,
        "access_until": today + timedelta(days=13),
        **given,
    }


def files(world: World, *names: str, unit: str = "cis", person: str = "ewa") -> list[Participation]:
    """Files of the unit, each of somebody with a programme that was agreed."""
    with world.scope(unit, person):
        made = [candidate(name) for name in names]
        for one in made:
            agreed(one)
    return made


def prepared(world: World, *, unit: str | None = "cis", who: str = "stefan", **given: Any) -> Inspection:
    """An inspection that its office prepares; of a unit in the program or of one outside it."""
    with world.scope("office", "maria"):
        kind = "KIS" if unit == "kis" else "CIS"
        entry = entered(unit_type=kind, number="9")
        if unit is not None:
            registers.link(entry_id=entry.pk, unit_id=world.organisations[unit].pk)
    with world.scope("office", who):
        return services.prepare(entry_id=entry.pk, **said(**given))


def opened(world: World, **given: Any) -> Inspection:
    row = prepared(world, **given)
    with world.scope("office", "stefan"):
        return services.open_access(inspection_id=row.pk)


def sampled(world: World, row: Inspection, *found: Participation) -> list[InspectionFile]:
    """Put these files into the sample, as whoever drew them would."""
    with world.scope("office", "stefan"):
        return [
            services.add_file(inspection_id=row.pk, number=one.number, reason="skarga", participation=one.pk)
            for one in found
        ]


def drawn(world: World, row: Inspection, size: int | None = None) -> Inspection:
    with world.scope("cis", "ewa"):
        frame = queries.frame(row)
    with world.scope("office", "stefan"):
        return services.draw(inspection_id=row.pk, frame=frame, facts={}, size=size)
