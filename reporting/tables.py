"""A register as a table to take away: the columns are what the law publishes, for the office and for all."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from reintegration.core.lists import Column
from reintegration.tenancy.enums import FounderKind, UnitType, Voivodeship
from reporting.enums import FounderForm, Standing


def standing_of(row: Any) -> str:
    return str(Standing(row.standing).label)


_WHO: Final = (
    Column("entry.unit_type", "rodzaj"),
    Column("entry.number", "numer w rejestrze"),
    Column("name", "nazwa"),
    Column("regon", "REGON"),
    Column("street", "ulica i numer"),
    Column("postcode", "kod pocztowy"),
    Column("town", "miejscowość"),
    Column("gmina", "gmina"),
    Column("powiat", "powiat"),
    Column("service_places", "miejsca realizacji usług"),
    Column("phone", "telefon"),
    Column("email", "e-mail"),
    Column("starts_on", "rozpoczęcie działalności"),
    Column("activity", "rodzaj działalności"),
    Column("founder_name", "prowadzący"),
    Column(
        "founder_kind", "rodzaj prowadzącego", cell=lambda row: str(FounderKind(row.founder_kind).label)
    ),
    Column(
        "founder_form",
        "forma prowadzenia",
        cell=lambda row: str(FounderForm(row.founder_form).label) if row.founder_form else "",
    ),
    Column("founder_street", "prowadzący: ulica i numer"),
    Column("founder_postcode", "prowadzący: kod pocztowy"),
    Column("founder_town", "prowadzący: miejscowość"),
    Column("founder_nip", "prowadzący: NIP"),
    Column("founder_regon", "prowadzący: REGON"),
    Column("founder_krs", "prowadzący: KRS"),
    Column("first_on", "w rejestrze od"),
    Column("granted_on", "data nadania albo przedłużenia"),
    Column("valid_until", "status do"),
    Column("standing", "stan", cell=standing_of),
)  # fmt: skip
# A club has neither a term nor a kind of production.
_OF_CIS: Final = frozenset({"activity", "granted_on", "valid_until"})
VOIVODESHIP: Final = Column(
    "voivodeship", "województwo", cell=lambda row: str(Voivodeship(row.voivodeship).label)
)


def columns_of(unit_type: str) -> list[Column]:
    """The columns of one register, or of both."""
    return [one for one in _WHO if unit_type != UnitType.KIS or one.key not in _OF_CIS]


def as_json(columns: Sequence[Column], rows: Iterable[Any]) -> list[Mapping[str, Any]]:
    """Rows for another program: names of the columns, days as ISO 8601, nothing for what is not known."""
    return [{one.key.replace(".", "_"): _plain(one.value(row)) for one in columns} for row in rows]


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return None if value in {None, ""} else str(value)
