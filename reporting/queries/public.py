"""Both registers for everybody: what stands there today, kept while nothing changes.

A page that is asked for two hundred times a second is drawn once: whatever it is made of is kept in the
process under the stamp of the registers, which one small query tells.
"""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from threading import Lock
from typing import Any, Final

from django.db.models import CharField, Count, F, Max, QuerySet
from django.db.models.functions import Cast

from reintegration.core import clock
from reintegration.core.text import search_key
from reintegration.tenancy.enums import UnitType, Voivodeship
from reporting.enums import Standing
from reporting.models import RegisterEntry
from reporting.queries.registers import on_day

# Whoever has a status, or was given one that has not begun.
SHOWN: Final = (Standing.ACTIVE, Standing.AHEAD)
# Pages of sixteen voivodeships and three kinds, and their files; each is some tens of kilobytes.
MOST_KEPT: Final = 256


@dataclass(frozen=True, slots=True)
class Asked:
    """What of the registers somebody wants to see."""

    voivodeship: str = ""
    unit_type: str = ""
    words: str = ""
    day: date | None = None

    @property
    def usual(self) -> bool:
        """Whether many ask for the same: a word or a day is somebody's own."""
        return not self.words and self.day is None


def rows(asked: Asked) -> QuerySet[Any]:
    """The published entries that are asked for, in the order of names."""
    found = on_day(asked.day or clock.today(), public=True).filter(standing__in=SHOWN)
    found = found.annotate(voivodeship=F("organisation__voivodeship"))
    if asked.voivodeship:
        found = found.filter(voivodeship=asked.voivodeship)
    if asked.unit_type:
        found = found.filter(entry__unit_type=asked.unit_type)
    if words := search_key(asked.words):
        found = found.filter(search__contains=words)
    return found.order_by("voivodeship", "name_order", "pk")


@dataclass(frozen=True, slots=True)
class OfVoivodeship:
    code: str
    name: str
    cis: int
    kis: int

    @property
    def total(self) -> int:
        return self.cis + self.kis


def counts(day: date) -> list[OfVoivodeship]:
    """How many units of either kind stand in the register of each voivodeship."""
    found = on_day(day, public=True).filter(standing__in=SHOWN)
    counted = {
        (row["organisation__voivodeship"], row["entry__unit_type"]): row["units"]
        for row in found.order_by()
        .values("organisation__voivodeship", "entry__unit_type")
        .annotate(units=Count("pk"))
        .order_by("organisation__voivodeship", "entry__unit_type")
    }
    return [
        OfVoivodeship(
            code, str(label), counted.get((code, UnitType.CIS), 0), counted.get((code, UnitType.KIS), 0)
        )
        for code, label in Voivodeship.choices
    ]


def stamp() -> tuple[Any, ...]:
    """The same as long as the registers say the same: when they last changed, how many there are, the day."""
    told = RegisterEntry.public.aggregate(
        Max("changed_at"), units=Count("pk"), newest=Max(Cast("pk", CharField()))
    )
    return (*told.values(), clock.today())


class _Kept:
    """What was made under the present stamp; of many the least used goes."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.made: OrderedDict[object, tuple[object, Any]] = OrderedDict()

    def get(self, key: object, stamped: object, make: Callable[[], Any]) -> Any:
        with self.lock:
            found = self.made.get(key)
            if found is not None and found[0] == stamped:
                self.made.move_to_end(key)
                return found[1]
        value = make()
        with self.lock:
            self.made[key] = (stamped, value)
            self.made.move_to_end(key)
            while len(self.made) > MOST_KEPT:
                self.made.popitem(last=False)
        return value


_kept = _Kept()


def kept(asked: Asked, part: object, stamped: object, make: Callable[[], Any]) -> Any:
    """What was made of a usual question, or is made now."""
    return _kept.get((asked, part), stamped, make) if asked.usual else make()
