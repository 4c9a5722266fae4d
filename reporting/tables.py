"""A register as a table to take away: to all what the law publishes, to the office its decisions besides."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from types import SimpleNamespace
from typing import Any, Final

from reintegration.core.formats import format_long_date
from reintegration.core.identifiers import format_phone
from reintegration.core.lists import Column
from reintegration.tenancy.enums import FounderKind, UnitType, Voivodeship
from reporting.enums import EndReason, FounderForm, Standing
from reporting.rules import registers as rules


def standing_of(row: Any) -> str:
    return str(Standing(row.standing).label)


def end_reason_of(row: Any) -> str:
    return str(EndReason(row.end_reason).label) if row.end_reason else ""


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
    Column("created_on", "utworzono"),
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
# What the office decided; the law publishes of it the day on which a status was given or prolonged.
_DECIDED: Final = (
    Column("decision_number", "numer decyzji o nadaniu albo przedłużeniu"),
    Column("ended_on", "utrata statusu albo wykreślenie od"),
    Column("end_reason", "powód utraty albo wykreślenia", cell=end_reason_of),
    Column("end_number", "numer decyzji albo pisma o końcu"),
)
# A club has neither a term nor a kind of production; of a centre nobody is asked when it was founded.
_OF_CIS: Final = frozenset({"activity", "granted_on", "valid_until", "decision_number"})
_OF_KIS: Final = frozenset({"created_on"})
VOIVODESHIP: Final = Column(
    "voivodeship", "województwo", cell=lambda row: str(Voivodeship(row.voivodeship).label)
)


def columns_of(unit_type: str, *, office: bool = False) -> list[Column]:
    """The columns of one register, or of both: those of everybody, or all that the office has."""
    others = {UnitType.CIS.value: _OF_KIS, UnitType.KIS.value: _OF_CIS}.get(unit_type, frozenset())
    return [one for one in (*_WHO, *(_DECIDED if office else ())) if one.key not in others]


def preview(
    unit_type: str, data: Mapping[str, Any], *, number: str = "", since: date | None = None
) -> list[tuple[str, str]]:
    """What everybody will read of an entry that is not decided yet: the filled columns of its public row."""
    until = rules.last_day_of_status(since) if since is not None and unit_type == UnitType.CIS else None
    row = SimpleNamespace(
        **{one.key: "" for one in _WHO if "." not in one.key}
        | {**data, "first_on": since, "granted_on": since, "valid_until": until},
        entry=SimpleNamespace(unit_type=unit_type, number=number),
    )
    # Whether the status runs depends on the day on which somebody looks.
    told = [one for one in columns_of(unit_type) if one.key != "standing"]
    known = [one for one in told if one.key != "founder_kind" or row.founder_kind]
    said = ((one, one.value(row)) for one in known)
    return [(one.label[:1].upper() + one.label[1:], _read(one, value)) for one, value in said if value]


def _read(column: Column, value: Any) -> str:
    """As the screens of the register write it."""
    if isinstance(value, date):
        return format_long_date(value)
    return format_phone(value) if column.key == "phone" else str(value)


def as_json(columns: Sequence[Column], rows: Iterable[Any]) -> list[Mapping[str, Any]]:
    """Rows for another program: names of the columns, days as ISO 8601, nothing for what is not known."""
    return [{one.key.replace(".", "_"): _plain(one.value(row)) for one in columns} for row in rows]


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return None if value in {None, ""} else str(value)
