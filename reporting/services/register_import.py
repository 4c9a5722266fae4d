"""The register that an office kept in a spreadsheet: looked at row by row, then written whole or not at all.

A check writes nothing: what only the services can tell is tried and taken back before it answers.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction

from ipzs.imports.table import Column, Problem, Row, plain, read_table
from reintegration.core import identifiers
from reintegration.core.errors import InputError, sentence_of
from reintegration.core.formats import counted
from reintegration.tenancy.enums import FounderKind, UnitType
from reporting.enums import FounderForm
from reporting.models import EntryVersion, StatusDecision
from reporting.queries.registers import TERMS
from reporting.services.registers import DATA, enter

KINDS: Final[Mapping[UnitType, str]] = {
    UnitType.CIS: "reporting.cis_register",
    UnitType.KIS: "reporting.kis_register",
}
_FIRST: Final = (
    Column("number", "numer w rejestrze", "Każdy numer raz."),
    Column("name", "nazwa", "Pełna nazwa jednostki."),
    Column("street", "ulica i numer", "Adres jednostki."),
    Column("postcode", "kod pocztowy", "Na przykład 22-001."),
    Column("town", "miejscowość", ""),
    Column("gmina", "gmina", "Pusta to gmina o nazwie miejscowości.", asked=False),
    Column("powiat", "powiat", "Na przykład powiat lubelski.", asked=False),
    Column("service_places", "miejsca realizacji usług", "Gdy są inne niż siedziba.", asked=False),
    Column("phone", "telefon", "", asked=False),
    Column("email", "e-mail", "", asked=False),
    Column("regon", "REGON", "", asked=False),
    Column("starts_on", "rozpoczęcie działalności", "Na przykład 1.05.2022.", asked=False),
)
_FOUNDER: Final = (
    Column("founder_name", "prowadzący", "Kto tworzy albo prowadzi jednostkę."),
    Column(
        "founder_kind", "rodzaj prowadzącego", "; ".join(str(label) for label in FounderKind.labels) + "."
    ),
    Column(
        "founder_form",
        "forma prowadzenia",
        "Tylko samorząd: " + "; ".join(str(label) for label in FounderForm.labels) + ".",
        asked=False,
    ),
    Column("founder_street", "prowadzący: ulica i numer", "", asked=False),
    Column("founder_postcode", "prowadzący: kod pocztowy", "", asked=False),
    Column("founder_town", "prowadzący: miejscowość", ""),
    Column("founder_nip", "prowadzący: NIP", "", asked=False),
    Column("founder_regon", "prowadzący: REGON", "", asked=False),
    Column("founder_krs", "prowadzący: KRS", "", asked=False),
)
COLUMNS: Final[Mapping[UnitType, Sequence[Column]]] = {
    UnitType.CIS: (
        *_FIRST,
        Column("activity", "rodzaj działalności", "Wytwórcza, handlowa lub usługowa.", asked=False),
        *_FOUNDER,
        Column("decision", "numer decyzji", "", asked=False),
        Column("decided_on", "decyzja z dnia", "Puste, gdy rejestr tego nie mówi.", asked=False),
        Column("since", "status od", "Pierwszy dzień, tak jak w rejestrze."),
        Column("until", "status do", "Ostatni dzień, tak jak w rejestrze."),
    ),
    UnitType.KIS: (
        *_FIRST,
        Column("created_on", "utworzono", "", asked=False),
        *_FOUNDER,
        Column("decided_on", "dzień wpisu", ""),
    ),
}
FORMS: Final = {plain(str(label)): key for key, label in FounderForm.choices}
FOUNDERS: Final = {plain(str(label)): key for key, label in FounderKind.choices}
_NUMBERS: Final = {
    "postcode": identifiers.parse_postcode,
    "founder_postcode": identifiers.parse_postcode,
    "phone": identifiers.parse_phone,
    "regon": identifiers.parse_regon,
    "founder_regon": identifiers.parse_regon,
    "founder_nip": identifiers.parse_nip,
}
_DAYS: Final = frozenset({"created_on", "starts_on"})


@dataclass(frozen=True, slots=True)
class Report:
    """What a file does, or would do."""

    rows: int
    fresh: int
    problems: Sequence[Problem]

    @property
    def may_run(self) -> bool:
        return not self.problems


@dataclass(frozen=True, slots=True)
class Differs:
    """What a row says otherwise than the register, which stays as it is."""

    number: str
    name: str
    heading: str
    there: Any
    said: Any


@dataclass(frozen=True, slots=True)
class Look:
    """What a file says, column by column, before anything of it is written."""

    rows: int
    columns: Sequence[Column]
    # The rows that are new: the line of the file and what each column became.
    fresh: Sequence[tuple[int, Sequence[Any]]]
    differing: Sequence[Differs]


class Refused(InputError):
    """Some rows do not fit, so nothing was written."""

    def __init__(self, report: Report) -> None:
        self.report = report
        rows = counted(len({one.row for one in report.problems}), "wiersz", "wiersze", "wierszy")
        super().__init__(f"Niczego nie wczytano. Do poprawienia: {rows}.", field="file")


class _TakenBack(Exception):
    """Ends a trial run."""


def check(*, unit_type: UnitType, content: bytes, media_type: str) -> Report:
    """Say what the file would do; everything that was tried is taken back."""
    found: list[Report] = []
    try:
        with transaction.atomic():
            found.append(_write(unit_type, read_table(content, media_type, COLUMNS[unit_type])))
            raise _TakenBack
    except _TakenBack:
        return found[0]


def run(*, unit_type: UnitType, content: bytes, media_type: str) -> Report:
    """Write the file whole; when a row does not fit, nothing stays."""
    with transaction.atomic():
        report = _write(unit_type, read_table(content, media_type, COLUMNS[unit_type]))
        if not report.may_run:
            raise Refused(report)
    return report


def look(*, unit_type: UnitType, content: bytes, media_type: str) -> Look:
    """Read a file that fits beside the register; this writes nothing."""
    rows = read_table(content, media_type, COLUMNS[unit_type])
    numbers = [row.text("number") for row in rows]
    known = {
        one.entry.number: one
        for one in EntryVersion.objects.filter(entry__unit_type=unit_type, entry__number__in=numbers)
        .select_related("entry")
        .order_by("since", "pk")
    }
    decided: dict[UUID, list[StatusDecision]] = {}
    for one in StatusDecision.objects.filter(
        entry__in=[version.entry_id for version in known.values()], kind__in=TERMS
    ).order_by("since", "pk"):
        decided.setdefault(one.entry_id, []).append(one)
    shown = [one for one in COLUMNS[unit_type] if any(row.text(one.key) for row in rows)]
    fresh: list[tuple[int, Sequence[Any]]] = []
    differing: list[Differs] = []
    for row in rows:
        said, version = _said(row), known.get(row.text("number"))
        if version is None:
            fresh.append((row.number, [said[one.key] for one in shown]))
            continue
        there = _there(unit_type, version, decided.get(version.entry_id, []))
        differing += [
            Differs(version.entry.number, version.name, one.heading, there[one.key], said[one.key])
            for one in shown
            if said[one.key] and not _same(said[one.key], there[one.key])
        ]
    return Look(len(rows), shown, fresh, differing)


def _said(row: Row) -> dict[str, Any]:
    """What each column of a row became, in the words of the screens."""
    decided = {name: row.day(name) for name in ("decided_on", "since", "until")}
    others = {name: row.text(name) for name in ("number", "decision")}
    return {**_in_words(_data(row)), **others, **decided}


def _there(unit_type: UnitType, version: EntryVersion, decided: Sequence[StatusDecision]) -> dict[str, Any]:
    """The same of an entry: its newest data, its first decision and the last day of its last term."""
    first, last = decided[0], decided[-1]
    found = {name: getattr(version, name) for name in DATA}
    return {
        **_in_words(found), "number": version.entry.number, "decision": first.number, "since": first.since,
        "decided_on": first.decided_on if unit_type is UnitType.CIS else first.since, "until": last.until,
    }  # fmt: skip


def _in_words(data: Mapping[str, Any]) -> dict[str, Any]:
    kind, form = data["founder_kind"], data["founder_form"]
    return {
        **data,
        "phone": identifiers.format_phone(data["phone"]) if data["phone"] else "",
        "founder_kind": str(FounderKind(kind).label),
        "founder_form": str(FounderForm(form).label) if form else "",
    }


def _same(said: Any, there: Any) -> bool:
    return bool(said == there) if isinstance(said, date) else plain(str(said)) == plain(str(there or ""))


def _write(unit_type: UnitType, rows: Sequence[Row]) -> Report:
    fresh, problems = 0, []
    seen: dict[str, int] = {}
    for row in rows:
        try:
            twice = seen.setdefault(row.text("number"), row.number)
            if twice != row.number:
                raise InputError(f"Ten numer jest już w wierszu {twice}.")
            with transaction.atomic():
                fresh += _bring(unit_type, row)
        except (InputError, ValidationError) as error:
            said = " ".join(getattr(error, "messages", None) or [str(error)])
            problems.append(Problem(row.number, said))
        except IntegrityError as error:
            problems.append(Problem(row.number, sentence_of(error)))
    return Report(len(rows), fresh, problems)


def _bring(unit_type: UnitType, row: Row) -> bool:
    """Enter the unit of a row, with what the row says and nothing besides; whether it was new."""
    number, name = row.text("number"), row.text("name")
    if not number or not name:
        raise InputError("Brakuje numeru albo nazwy.")
    standing = EntryVersion.objects.filter(entry__unit_type=unit_type, entry__number=number)
    last = standing.order_by("-since").first()
    # Of what is there already the row is read too: it is shown beside the register.
    data = _data(row)
    if last is not None:
        if plain(last.name) != plain(name):
            raise InputError(f"Numer {number} ma już w rejestrze: {last.name}.")
        for day in ("decided_on", "since", "until"):
            row.day(day)
        return False
    first = row.day("since" if unit_type is UnitType.CIS else "decided_on")
    if first is None:
        raise InputError("Brakuje pierwszego dnia w rejestrze.")
    enter(
        unit_type=unit_type, number=number, decision=row.text("decision"), decided_on=row.day("decided_on"),
        since=first, until=_last(row, first) if unit_type is UnitType.CIS else None, imported=True, **data,
    )  # fmt: skip
    return True


def _last(row: Row, first: date) -> date:
    """The last day of a status: without it nobody could tell whether the status stands."""
    last = row.day("until")
    if last is None:
        raise InputError("Brakuje ostatniego dnia statusu.")
    if last < first:
        raise InputError("Status kończy się przed swoim początkiem.")
    return last


def _data(row: Row) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name in DATA:
        if name in _DAYS:
            found[name] = row.day(name)
            continue
        said = row.text(name)
        found[name] = _NUMBERS[name](said) if said and name in _NUMBERS else said
    if found["email"]:
        try:
            validate_email(found["email"])
        except ValidationError:
            raise InputError(f"To nie jest adres e-mail: {found['email']}.") from None
    kind = FOUNDERS.get(plain(found["founder_kind"]))
    if kind is None:
        raise InputError(f"Nieznany rodzaj prowadzącego: {found['founder_kind'] or 'pusty'}.")
    form = FORMS.get(plain(found["founder_form"])) if found.get("founder_form") else ""
    if form is None:
        raise InputError(f"Nieznana forma prowadzenia: {found['founder_form']}.")
    return {**found, "founder_kind": kind, "founder_form": form}
