"""The demo data: each room adds a step in its `demo_data.py`, and a step stands on the earlier ones.

A step is deterministic and can be run again: what stands already is left as it is.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID, uuid5

from reintegration.core import clock

NAMESPACE = UUID("5d3f1c1e-0000-5000-8000-000000000001")

Step = Callable[[], None]


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """An account to try the program with."""

    email: str
    name: str
    place: str
    role: str
    password: str


@dataclass(frozen=True, slots=True)
class _Declared:
    order: int
    large: bool
    step: Step


_steps: dict[str, _Declared] = {}
_accounts: list[Callable[[], Iterable[DemoAccount]]] = []


def demo_step(name: str, *, order: int, large: bool = False) -> Callable[[Step], Step]:
    """Declare a step; a large one is left out of the small demo."""

    def keep(step: Step) -> Step:
        if name in _steps:
            message = f"The step {name} of the demo is declared twice."
            raise ValueError(message)
        _steps[name] = _Declared(order, large, step)
        return step

    return keep


def demo_accounts(lister: Callable[[], Iterable[DemoAccount]]) -> Callable[[], Iterable[DemoAccount]]:
    _accounts.append(lister)
    return lister


def steps(*, small: bool = False) -> list[tuple[str, Step]]:
    ordered = sorted(_steps.items(), key=lambda item: (item[1].order, item[0]))
    return [(name, one.step) for name, one in ordered if not (small and one.large)]


def accounts() -> list[DemoAccount]:
    return [account for lister in _accounts for account in lister()]


def moment_of(day: date) -> datetime:
    """Noon of a day that is over, otherwise now: nothing of the demo was done later than now."""
    return datetime.combine(day, time(12), clock.WARSAW) if day < clock.today() else clock.now()


def demo_id(key: str) -> UUID:
    """The id of a row of the demo: the same in every demo, so that addresses can be shared."""
    return uuid5(NAMESPACE, key)
