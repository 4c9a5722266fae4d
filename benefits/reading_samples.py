"""What the answers to the open points pay, beside each point on the unit's page of readings."""

from typing import Any

from benefits.rules.law import Law
from benefits.rules.samples import SAMPLES, answers
from reintegration.core import clock, slots
from reintegration.core.dates import Month
from reintegration.core.slots import Panel
from reintegration.law.book import law_book
from reintegration.law.queries import OpenPoint, readings_of
from reintegration.tenancy.enums import UnitType


def sample_of_point(request: Any, point: OpenPoint) -> Panel | None:
    """The sample month of one point, counted with each of its answers."""
    place = request.principal.place
    if place.subtype != UnitType.CIS:
        return None
    key = point.spec.key
    current = readings_of(place.id, Month.of(clock.today()))
    return Panel(
        "przyklad",
        "Ile to złotych",
        "benefits/sample.html",
        {
            "story": SAMPLES[key].story,
            "answers": answers(key, current, Law(law_book())),
            "current": current.get(key),
        },
    )


slots.fill("law.reading", sample_of_point)
