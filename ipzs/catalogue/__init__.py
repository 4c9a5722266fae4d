"""What every unit has from the first day: services, workshops, excused absences, duties and ideas for goals.

The lists are copied to a unit, which changes them as it likes; the keys tell which row came from here.
"""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from ipzs.catalogue.reading import (
    Duty,
    Excuse,
    GoalIdea,
    Item,
    Service,
    Trade,
    read_duties,
    read_excuses,
    read_goals,
    read_items,
    read_services,
    read_trades,
)
from participants.rules.codes import UnitType

HERE = Path(__file__).parent / "builtin"


@cache
def services() -> tuple[Service, ...]:
    """The services, social ones first."""
    return read_services(_file("services"))


def services_of(unit_type: UnitType) -> tuple[Service, ...]:
    """The services that a unit of this type may give."""
    return tuple(one for one in services() if unit_type in one.units)


@cache
def trades() -> tuple[Trade, ...]:
    """Kinds of workshops, each with the practical skills that one learns there."""
    return read_trades(_file("trades"))


@cache
def excuses() -> tuple[Excuse, ...]:
    """Absences that a unit's rules usually excuse; the act names none of them (art. 4 ust. 2 pkt 12)."""
    return read_excuses(_file("excuses"))


@cache
def duties() -> tuple[Duty, ...]:
    """What a CIS owes to everybody who takes part (art. 14 ust. 2-4)."""
    return read_duties(_file("duties"))


@cache
def items() -> tuple[Item, ...]:
    """Clothing, shoes and protective equipment that are handed out."""
    return read_items(_file("items"))


@cache
def goals() -> tuple[GoalIdea, ...]:
    """Ideas for goals in the first person, each with steps that get harder."""
    return read_goals(_file("goals"))


def _file(name: str) -> dict[str, Any]:
    return tomllib.loads((HERE / f"{name}.toml").read_text(encoding="utf-8"))
