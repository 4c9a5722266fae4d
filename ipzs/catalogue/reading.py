"""Read the built-in lists from plain values; a field that nobody knows is refused.

Strict, because a typing error in an optional field would otherwise be a value that silently is not there.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, TypeVar

from ipzs.rules.codes import PayRule
from ipzs.rules.content import Area, Form
from participants.rules.codes import UnitType

KEY: Final = re.compile(r"[a-z][a-z0-9_]{0,39}")

Row = TypeVar("Row", bound="Service | Trade | Excuse | Duty | Item | GoalIdea")
Code = TypeVar("Code", bound=StrEnum)


class Dimension(StrEnum):
    """What a service is for: to make up for what is missing, to prevent, or to develop."""

    COMPENSATORY = "compensatory"
    PREVENTIVE = "preventive"
    PROMOTIONAL = "promotional"


class Provider(StrEnum):
    OWN = "own"
    PARTNER = "partner"


class DutyKind(StrEnum):
    """Art. 14 ust. 2-4; the access to specialists is the units' own standard."""

    SAFETY = "safety"
    MEDICAL = "medical"
    CLOTHING = "clothing"
    PROTECTION = "protection"
    MEAL = "meal"
    ACCIDENT_COVER = "accident_cover"
    SPECIALISTS = "specialists"


class Effect(StrEnum):
    """Whether somebody without it may come to the first classes."""

    BLOCKS = "blocks"
    WARNS = "warns"


class ItemKind(StrEnum):
    CLOTHING = "clothing"
    PROTECTION = "protection"


class CatalogueError(ValueError):
    """A built-in list cannot be used; the message names the row and what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Service:
    """A service; `hours` are the usual ones in a whole programme, None for what is given in kind."""

    key: str
    name: str
    description: str
    area: Area
    form: Form
    dimension: Dimension
    provider: Provider
    units: frozenset[UnitType]
    hours: int | None = None


@dataclass(frozen=True, slots=True)
class Trade:
    """A kind of workshop; the skills are what an instructor confirms, from the simplest on."""

    key: str
    name: str
    description: str
    skills: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Excuse:
    """An absence that is excused, what it does to the benefit, and what confirms it."""

    key: str
    name: str
    pay: PayRule
    paper: str


@dataclass(frozen=True, slots=True)
class Duty:
    """A duty; without `months` it does not expire, or a paper says when it does."""

    key: str
    kind: DutyKind
    name: str
    description: str
    act: str
    effect: Effect
    months: int | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """Something handed out; `months` of use, and in which workshops (none named: in all)."""

    key: str
    kind: ItemKind
    name: str
    months: int | None = None
    trades: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GoalIdea:
    """A goal in the first person with its steps, the easiest first."""

    key: str
    text: str
    area: Area
    steps: tuple[str, ...]


def read_services(data: Mapping[str, Any]) -> tuple[Service, ...]:
    """Read a list of services."""
    return _rows(
        data,
        "service",
        lambda row: Service(
            key=row.key(),
            name=row.text("name"),
            description=row.text("description"),
            area=row.code("area", Area),
            form=row.code("form", Form),
            dimension=row.code("dimension", Dimension),
            provider=row.code("provider", Provider),
            units=frozenset(row.codes("units", UnitType)),
            hours=row.optional_number("hours"),
        ),
    )


def read_trades(data: Mapping[str, Any]) -> tuple[Trade, ...]:
    """Read a list of kinds of workshops."""
    return _rows(
        data,
        "trade",
        lambda row: Trade(
            key=row.key(),
            name=row.text("name"),
            description=row.text("description"),
            skills=row.texts("skills"),
        ),
    )


def read_excuses(data: Mapping[str, Any]) -> tuple[Excuse, ...]:
    """Read a list of excused absences; without a rule of its own one leaves the benefit as it is."""
    return _rows(
        data,
        "excuse",
        lambda row: Excuse(
            key=row.key(),
            name=row.text("name"),
            pay=row.code("pay", PayRule) if row.has("pay") else PayRule.FULL,
            paper=row.text("paper"),
        ),
    )


def read_duties(data: Mapping[str, Any]) -> tuple[Duty, ...]:
    """Read a list of duties."""
    return _rows(
        data,
        "duty",
        lambda row: Duty(
            key=row.key(),
            kind=row.code("kind", DutyKind),
            name=row.text("name"),
            description=row.text("description"),
            act=row.text("act"),
            effect=row.code("effect", Effect),
            months=row.optional_number("months"),
        ),
    )


def read_items(data: Mapping[str, Any]) -> tuple[Item, ...]:
    """Read a list of clothing and equipment."""
    return _rows(
        data,
        "item",
        lambda row: Item(
            key=row.key(),
            kind=row.code("kind", ItemKind),
            name=row.text("name"),
            months=row.optional_number("months"),
            trades=row.texts("trades") if row.has("trades") else (),
        ),
    )


def read_goals(data: Mapping[str, Any]) -> tuple[GoalIdea, ...]:
    """Read a list of ideas for goals."""
    return _rows(
        data,
        "goal",
        lambda row: GoalIdea(
            key=row.key(), text=row.text("text"), area=row.code("area", Area), steps=row.texts("steps")
        ),
    )


def _rows(data: Mapping[str, Any], name: str, read: Callable[["_Row"], Row]) -> tuple[Row, ...]:
    held = data.get(name)
    if set(data) != {name} or not isinstance(held, list) or not held:
        raise CatalogueError(f"A list holds rows called {name}, and nothing else.")
    found: dict[str, Row] = {}
    for number, raw in enumerate(held, start=1):
        place = f"{name} {number}"
        if not isinstance(raw, Mapping):
            raise CatalogueError(f"{place}: a row is a set of fields.")
        row = _Row(raw, place)
        made = read(row)
        row.finish()
        if made.key in found:
            raise CatalogueError(f"{place}: the key {made.key} is taken.")
        found[made.key] = made
    return tuple(found.values())


class _Row:
    """The fields of one row; `finish` refuses those that nobody asked for."""

    def __init__(self, raw: Mapping[str, Any], place: str) -> None:
        self._raw = raw
        self._place = place
        self._asked: set[str] = set()

    def has(self, name: str) -> bool:
        return name in self._raw

    def key(self) -> str:
        found = self.text("key")
        if not KEY.fullmatch(found):
            raise self._error(f"{found} is no key.")
        return found

    def text(self, name: str) -> str:
        return self._text(name, self._get(name))

    def texts(self, name: str) -> tuple[str, ...]:
        found = self._get(name)
        if not isinstance(found, list) or not found:
            raise self._error(f"{name} is a list of texts.")
        return tuple(self._text(name, one) for one in found)

    def optional_number(self, name: str) -> int | None:
        if not self.has(name):
            return None
        found = self._get(name)
        if isinstance(found, bool) or not isinstance(found, int) or found < 1:
            raise self._error(f"{name} is a whole number above zero.")
        return found

    def code(self, name: str, codes: type[Code]) -> Code:
        return self._code(name, self.text(name), codes)

    def codes(self, name: str, codes: type[Code]) -> tuple[Code, ...]:
        return tuple(self._code(name, one, codes) for one in self.texts(name))

    def finish(self) -> None:
        unknown = self._raw.keys() - self._asked
        if unknown:
            raise self._error(f"nobody knows {', '.join(sorted(unknown))}.")

    def _get(self, name: str) -> object:
        self._asked.add(name)
        if name not in self._raw:
            raise self._error(f"{name} is missing.")
        found: object = self._raw[name]
        return found

    def _text(self, name: str, found: object) -> str:
        if not isinstance(found, str) or not found or found != found.strip():
            raise self._error(f"{name} is a text without blanks around it.")
        return found

    def _code(self, name: str, text: str, codes: type[Code]) -> Code:
        try:
            return codes(text)
        except ValueError:
            raise self._error(f"{name} is one of {', '.join(codes)}, not {text}.") from None

    def _error(self, problem: str) -> CatalogueError:
        return CatalogueError(f"{self._place}: {problem}")
