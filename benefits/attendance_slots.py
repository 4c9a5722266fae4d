"""What money tells whoever marks attendance in a CIS, and when a closed month has to stay closed."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from benefits.queries.marks import said_of_marks
from benefits.services.lists import refuse_reopening
from ipzs.services.months import REOPENING_SLOT
from participants.models import Participation
from participants.rules.codes import UnitType
from participants.views.participations.base import unit_type
from reintegration.core import slots
from reintegration.core.dates import Month


def next_day(request: Any, day: date, files: Iterable[Participation]) -> Mapping[UUID, Mapping[str, str]]:
    """A club pays no benefit, so nothing is asked for it."""
    if unit_type(request) is not UnitType.CIS:
        return {}
    return said_of_marks([file.pk for file in files], day)


def reopening(unit_id: UUID, month: Month) -> None:
    """What is being signed rests on the closed month."""
    refuse_reopening(month)


slots.fill("ipzs.next_day", next_day)
slots.fill(REOPENING_SLOT, reopening)
