"""The reviewed files of the law: `data/*.toml`, one table for each parameter."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from reintegration.law.enums import Confidence, Evidence, Unit
from reintegration.law.values import DatedValue, LawBook, LawParameter, number_of

FOLDER = Path(__file__).parent / "data"


class BadSource(ValueError):
    """A file of the law cannot be used; the message names the file and the parameter."""


@dataclass(frozen=True, slots=True)
class SourceValue:
    since: date
    value: str
    source: str
    checked_on: date
    evidence: Evidence
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class SourceParameter:
    key: str
    group: str
    order: int
    label: str
    unit: Unit
    act: str
    article: str
    link: str
    values: tuple[SourceValue, ...]
    note: str = ""
    reaches_back: bool = False

    def as_law(self) -> LawParameter:
        values = tuple(DatedValue(one.since, one.value, one.source) for one in self.values)
        return LawParameter(
            self.key, self.label, self.unit, self.act, self.article, values, self.reaches_back
        )


def read_sources(folder: Path = FOLDER) -> list[SourceParameter]:
    """Every parameter of the files, in their order; a key stands in one file only."""
    found: dict[str, SourceParameter] = {}
    for path in sorted(folder.glob("*.toml")):
        for order, (key, table) in enumerate(tomllib.loads(path.read_text("utf-8")).items()):
            if key in found:
                raise BadSource(f"{path.name}: {key} stands in {found[key].group}.toml already.")
            try:
                found[key] = _parameter(key, path.stem, order, table)
            except (ArithmeticError, TypeError, ValueError, KeyError) as error:
                raise BadSource(f"{path.name}: {key}: {error}") from error
    return list(found.values())


def _parameter(key: str, group: str, order: int, table: dict[str, Any]) -> SourceParameter:
    rest = {name: value for name, value in table.items() if name not in {"values", "unit"}}
    unit = Unit(table["unit"])
    values = tuple(_values(table["values"], unit))
    days = [one.since for one in values]
    if days != sorted(set(days)) or not days:
        raise ValueError("the values are not in the order of their days")
    return SourceParameter(key=key, group=group, order=order, unit=unit, values=values, **rest)


def _values(rows: list[dict[str, Any]], unit: Unit) -> Iterator[SourceValue]:
    for row in rows:
        value = row["value"]
        if unit is Unit.YEARLY_DAY:
            date.fromisoformat(f"2001-{value}")
        else:
            number_of(value, unit)
        yield SourceValue(
            **{**row, "evidence": Evidence(row["evidence"]), "confidence": Confidence(row["confidence"])}
        )


def book_of_files() -> LawBook:
    """The law as the files have it, for work without a database (the calculator on standard input)."""
    return LawBook.of(one.as_law() for one in read_sources())
