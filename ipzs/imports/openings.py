"""Persons who take part already, with their periods and what they used before the program was here.

A row is a person. Who is in the files already is found by PESEL, or by the name when there is none; what
stands already is left as it is, what contradicts it is a problem.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from ipzs.imports.table import Column, Problem, Row, plain
from ipzs.models import OpeningBalance, Programme
from ipzs.rules.content import Content, Face
from ipzs.services.opening import OpeningData, is_same, save_opening
from ipzs.services.programmes import enter_running
from ipzs.services.programmes.writing import KINDS
from participants.models import Participation, Period, Person
from participants.rules import stages
from participants.rules.codes import PeriodKind, UnitType
from participants.services.participations import open_participation, set_periods
from participants.services.participations.common import periods_of, trial_reading, unit_type
from participants.services.people import PersonData, add_person
from reintegration.core.dates import ONE_DAY, DateSpan
from reintegration.core.errors import InputError, sentence_of
from reintegration.core.identifiers import parse_pesel

_DAY: Final = "Na przykład 20.11.2026."
COLUMNS: Final = (
    Column("first_name", "imię", ""),
    Column("last_name", "nazwisko", ""),
    Column("pesel", "PESEL", "Zapisany jako tekst, z zerem na początku; puste, gdy nieznany.", asked=False),
    Column("birth_date", "data urodzenia", "Gdy nie ma numeru PESEL.", asked=False),
    Column("sex", "płeć", "K albo M, gdy nie ma numeru PESEL.", asked=False),
    Column("opened_on", "sprawa otwarta", f"Puste to pierwszy dzień zajęć. {_DAY}", asked=False),
    Column("signed_on", "program podpisany", f"IPZS albo kontrakt. {_DAY}", asked=False),
    Column("programme_until", "program do", f"Puste to ostatni dzień okresów. {_DAY}", asked=False),
    Column("body_name", "ośrodek", "Który uzgodnił IPZS; w KIS puste.", asked=False),
    Column("agreed_by", "kto uzgodnił", "Imię i nazwisko z pisma ośrodka.", asked=False),
    Column("trial", "okres próbny od", f"W KIS puste. {_DAY}", asked=False),
    Column("main", "okres uczestnictwa od", f"Puste, gdy trwa okres próbny. {_DAY}", asked=False),
    Column("main_until", "okres uczestnictwa do", f"Puste to 11 miesięcy. {_DAY}", asked=False),
    Column("extension_until", "przedłużenie do", f"Puste, gdy nie przedłużono. {_DAY}", asked=False),
    Column("until", "stan na dzień", f"Ostatni dzień, którego dotyczą liczby. {_DAY}"),
    Column("free_days", "dni wolne", "Wykorzystane w okresie uczestnictwa.", asked=False),
    Column("free_days_extension", "dni wolne w przedłużeniu", "Wykorzystane.", asked=False),
    Column("sick_days", "dni choroby", "W okresie uczestnictwa, bez okresu próbnego.", asked=False),
    Column("sick_days_extension", "dni choroby w przedłużeniu", "", asked=False),
    Column("unexcused_in_month", "nieusprawiedliwione w miesiącu", "W miesiącu tego dnia.", asked=False),
    Column("hours_in_month", "godziny w miesiącu", "W miesiącu tego dnia.", asked=False),
)
COUNTS: Final = (
    "free_days", "free_days_extension", "sick_days", "sick_days_extension", "unexcused_in_month",
)  # fmt: skip
SEXES: Final = {"k": "F", "m": "M", "": ""}
SOURCE: Final = "wczytane z pliku"
# What the agreement of OPS says when the file does not say more.
SOME_BODY: Final = "ośrodek pomocy społecznej"
ON_PAPER: Final = "według papieru"


@dataclass(frozen=True, slots=True)
class Entry:
    """A person of the file, read."""

    row: int
    person: PersonData
    opened_on: date
    signed_on: date | None
    periods: tuple[stages.Period, ...]
    opening: OpeningData
    programme_until: date | None = None
    body_name: str = ""
    agreed_by: str = ""


def read(rows: Sequence[Row]) -> tuple[list[Entry], list[Problem]]:
    """Read every row; nothing is looked for and nothing is written."""
    here = unit_type()
    entries, problems = [], []
    for row in rows:
        try:
            entries.append(_entry(row, here))
        except InputError as error:
            problems.append(Problem(row.number, error.message))
    return entries, problems


def write(entries: Sequence[Entry], tell: Callable[[int, int], None]) -> tuple[int, list[Problem]]:
    """Bring in each person by the services; how many were new, and what could not be done."""
    fresh, problems = 0, []
    held: dict[object, int] = {}
    for done, entry in enumerate(entries):
        tell(done, len(entries))
        try:
            with transaction.atomic():
                person, changed = _bring(entry)
        except (InputError, ValidationError) as error:
            said = " ".join(getattr(error, "messages", None) or [str(error)])
            problems.append(Problem(entry.row, said))
            continue
        except IntegrityError as error:
            problems.append(Problem(entry.row, sentence_of(error)))
            continue
        twice = held.setdefault(person.pk, entry.row)
        if twice != entry.row:
            problems.append(Problem(entry.row, f"Ta osoba jest już w wierszu {twice}."))
        fresh += changed
    return fresh, problems


def _entry(row: Row, here: UnitType) -> Entry:
    pesel = row.text("pesel")
    # A spreadsheet that took the number for a number has lost the zero before it.
    pesel = pesel.zfill(11) if pesel.isdigit() and len(pesel) == 10 else pesel
    sex = SEXES.get(plain(row.text("sex")))
    if sex is None:
        raise InputError("Płeć wpisz jako K albo M.")
    if not row.text("first_name") or not row.text("last_name"):
        raise InputError("Brakuje imienia albo nazwiska.")
    person = PersonData(
        first_name=row.text("first_name"),
        last_name=row.text("last_name"),
        pesel=pesel,
        no_pesel="" if pesel else "unknown",
        birth_date=row.day("birth_date"),
        sex=sex,
    )
    periods = _periods(row, here)
    until = row.day("until")
    if until is None:
        raise InputError("Brakuje dnia, na który są te liczby.")
    programme_until, last = row.day("programme_until"), periods[-1].span.last
    if programme_until is not None and last is not None and programme_until < last:
        raise InputError("Program kończy się wcześniej niż ostatni okres.")
    counts = {name: row.count(name) for name in COUNTS}
    hours = row.number_of("hours_in_month") or 0
    return Entry(
        row.number,
        person,
        row.day("opened_on") or periods[0].span.first,
        row.day("signed_on"),
        tuple(periods),
        OpeningData(until, SOURCE, **counts, hours_in_month=round(hours, 1)),  # type: ignore[arg-type]
        programme_until,
        row.text("body_name"),
        row.text("agreed_by"),
    )


def _periods(row: Row, here: UnitType) -> list[stages.Period]:
    """The periods as the law lays them one after another, from the days in which they begin or end."""
    trial, main = row.day("trial"), row.day("main")
    until, extension = row.day("main_until"), row.day("extension_until")
    first = trial or main
    if first is None:
        raise InputError("Brakuje pierwszego dnia zajęć.")
    reading = trial_reading(first)
    found = []
    if trial is not None:
        last = main - ONE_DAY if main is not None else stages.last_day(trial, stages.TRIAL_MONTHS, reading)
        found.append(_period(PeriodKind.TRIAL, trial, last))
    if main is not None:
        if until is None and here is UnitType.KIS:
            raise InputError("Brakuje ostatniego dnia z kontraktu.")
        last = until or stages.latest_end(PeriodKind.MAIN, main, reading)
        found.append(_period(PeriodKind.MAIN, main, last))
    if extension is not None:
        if main is None:
            raise InputError("Przedłużenie jest po okresie uczestnictwa. (art. 15 ust. 3)")
        found.append(_period(PeriodKind.EXTENSION, last + ONE_DAY, extension))
    return found


def _period(kind: PeriodKind, since: date, until: date) -> stages.Period:
    if until < since:
        raise InputError("Koniec okresu nie może być wcześniejszy niż początek.")
    return stages.Period(kind, DateSpan(since, until))


def _bring(entry: Entry) -> tuple[Person, bool]:
    """One person with file, periods and balance; whether anything of it was new."""
    person = _person(entry.person)
    changed = person is None
    person = person or add_person(data=entry.person)
    file = Participation.objects.filter(person=person, ended_on__isnull=True).order_by("pk").first()
    if file is None:
        file = open_participation(person_id=person.pk, opened_on=entry.opened_on)
        changed = True
    changed |= _set_periods(file, entry)
    changed |= _set_programme(file, entry)
    standing = OpeningBalance.objects.filter(participation=file).first()
    if standing is None:
        save_opening(participation_id=file.pk, data=entry.opening)
        return person, True
    if not is_same(standing, entry.opening):
        raise InputError(f"{person} ma już inny stan początkowy. Popraw go w sprawie {file.number}.")
    return person, changed


def _person(data: PersonData) -> Person | None:
    """Who is in the files already; two of one name cannot be told apart without a PESEL."""
    rows = Person.objects.filter(merged_into__isnull=True)
    if data.pesel:
        found: Person | None = rows.filter(pesel_index=parse_pesel(data.pesel)).order_by("pk").first()
        return found
    same = list(
        rows.filter(first_name__iexact=data.first_name, last_name__iexact=data.last_name).order_by("pk")[:2]
    )
    if len(same) > 1:
        raise InputError(f"{same[0]}: w kartotece są dwie takie osoby. Wpisz PESEL.")
    return same[0] if same else None


def _set_programme(file: Participation, entry: Entry) -> bool:
    """The programme on paper, so that the person can be qualified and prolonged like anybody else."""
    if entry.signed_on is None or Programme.objects.filter(participation=file).exists():
        return False
    first, last = entry.periods[0].span.first, entry.periods[-1].span.last
    enter_running(
        participation_id=file.pk,
        signed_on=entry.signed_on,
        content=Content(Face(KINDS[unit_type()][0].value), since=first, until=entry.programme_until or last),
        agreed_by=entry.agreed_by or ON_PAPER,
        body_name=entry.body_name or SOME_BODY,
    )
    return True


def _set_periods(file: Participation, entry: Entry) -> bool:
    standing = periods_of(file)
    if not standing:
        set_periods(participation_id=file.pk, periods=entry.periods, entered_before=True)
        return True
    if [_as_rule(row) for row in standing] != list(entry.periods):
        raise InputError(f"Sprawa {file.number} ma już inne okresy. Popraw je w sprawie albo w pliku.")
    return False


def _as_rule(row: Period) -> stages.Period:
    return stages.Period(PeriodKind(row.kind), DateSpan(row.since, row.planned_until or row.until))
