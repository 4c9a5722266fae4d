"""What each room adds to a synthetic country: it declares its steps in `generate_data.py`.

A step belongs to a phase. The country is written once, each unit once, each year of a unit once, then each
voivode's office, and last what is counted of each unit. A phase runs its steps in order, in one transaction.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any, TypeVar

from django.db.models import Model

from reintegration.administration.generation.country import Country, Keys, UnitPlan, YearPlan
from reintegration.administration.generation.loading import Loader
from reintegration.core import clock

M = TypeVar("M", bound=Model)


class Phase(StrEnum):
    COUNTRY = "country"
    UNIT = "unit"
    YEAR = "year"
    OFFICE = "office"
    COUNTED = "counted"


@dataclass
class Work:
    """One part of the country that is being written."""

    country: Country
    keys: Keys
    loader: Loader = field(default_factory=Loader)
    _unit: UnitPlan | None = None
    _year: YearPlan | None = None
    voivodeship: str = ""

    @property
    def unit(self) -> UnitPlan:
        assert self._unit is not None
        return self._unit

    @property
    def year(self) -> YearPlan:
        assert self._year is not None
        return self._year

    def new(self, model: type[M], **values: Any) -> M:
        """A row of the unit with a key of its own; it is stored by `put`."""
        return model(**{"id": self.keys(), "unit_id": self.unit.id} | values)

    def put(self, *rows: Model) -> None:
        self.loader.put(rows)


Step = Callable[[Work], None]
_steps: dict[str, tuple[Phase, int, Step]] = {}


def generate_step(name: str, *, phase: Phase, order: int) -> Callable[[Step], Step]:
    def keep(step: Step) -> Step:
        if name in _steps:
            message = f"The step {name} of the synthetic country is declared twice."
            raise ValueError(message)
        _steps[name] = (phase, order, step)
        return step

    return keep


def steps_of(phase: Phase) -> list[Step]:
    found = [(order, name, step) for name, (own, order, step) in _steps.items() if own is phase]
    return [step for _, _, step in sorted(found, key=lambda one: one[:2])]


def noon(day: date) -> datetime:
    """When something of a day happened."""
    return datetime.combine(day, time(12), clock.WARSAW)
