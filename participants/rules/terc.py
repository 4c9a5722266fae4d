"""The register of gminas (TERC) as GUS publishes it: a text file with one row for each area.

The first row of a voivodeship and of a powiat names it; a gmina follows. Rows of kinds 4 and 5 are the
town and the country of a gmina that has a row of its own (kind 3), 8 and 9 are parts of cities.
"""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

KINDS = {"1": "miasto", "2": "gmina wiejska", "3": "gmina miejsko-wiejska"}
COLUMNS = ("WOJ", "POW", "GMI", "RODZ", "NAZWA", "STAN_NA")
VOIVODESHIPS = frozenset(f"{number:02d}" for number in range(2, 33, 2))


class BadRegister(ValueError):
    """The file is not the register; the message says where."""


@dataclass(frozen=True, slots=True)
class Row:
    code: str
    name: str
    kind: str
    powiat: str
    voivodeship: str
    state_on: date


def is_code(text: str) -> bool:
    """Whether a text can be the code of a gmina: seven digits, a voivodeship, a kind of gmina."""
    return (
        len(text) == 7 and text.isascii() and text.isdigit() and text[:2] in VOIVODESHIPS and text[6] in KINDS
    )


def parse(lines: Iterable[str]) -> list[Row]:
    """Read the register; refuse a file in which anything is missing."""
    reader = csv.DictReader(lines, delimiter=";")
    missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
    if missing:
        raise BadRegister(f"W pliku nie ma kolumn: {', '.join(missing)}.")
    voivodeships: dict[str, str] = {}
    powiats: dict[str, str] = {}
    rows: dict[str, Row] = {}
    for place, line in enumerate(reader, 2):
        voivodeship, powiat, name = line["WOJ"], line["POW"], line["NAZWA"]
        code = f"{voivodeship}{powiat}{line['GMI']}{line['RODZ']}"
        if not powiat:
            voivodeships[voivodeship] = name.lower()
        elif not line["GMI"]:
            powiats[voivodeship + powiat] = name
        elif line["RODZ"] in KINDS:
            if not is_code(code) or not name or code in rows:
                raise BadRegister(f"Wiersz {place} nie jest gminą: {code} {name}.")
            rows[code] = Row(
                code,
                name,
                KINDS[line["RODZ"]],
                _powiat(powiats.get(voivodeship + powiat, ""), powiat),
                voivodeships.get(voivodeship, ""),
                date.fromisoformat(line["STAN_NA"]),
            )
    if not rows:
        raise BadRegister("W pliku nie ma ani jednej gminy.")
    return list(rows.values())


def _powiat(name: str, number: str) -> str:
    """Numbers from 61 on are cities with the rights of a powiat."""
    return f"powiat {name}" if number < "61" else f"miasto na prawach powiatu {name}"
