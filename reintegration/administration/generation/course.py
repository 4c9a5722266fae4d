"""Writing a country part by part: each in one transaction with the mark that it is done.

Whoever stops in the middle, be it by force, goes on with the first part that has no mark.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from django.conf import settings
from django.db import connection, transaction
from django.utils.module_loading import autodiscover_modules

from reintegration.accounts.models import User
from reintegration.administration.generation.country import Country, Keys, UnitPlan, YearPlan
from reintegration.administration.generation.steps import Phase, Work, steps_of
from reintegration.core import clock
from reintegration.tenancy.enums import Role
from reintegration.tenancy.models import Organisation, Unit
from reintegration.tenancy.scope import OPERATOR_ID, platform_scope, scope

SOURCE: Final = "generate"
# They are no part of the program and come with the first part; with them a country knows itself again.
TABLES: Final = """
CREATE TABLE IF NOT EXISTS generated_country (
    seed bigint NOT NULL, units integer NOT NULL, years integer NOT NULL, people integer NOT NULL,
    until date NOT NULL, one boolean NOT NULL DEFAULT true UNIQUE CHECK (one)
);
CREATE TABLE IF NOT EXISTS generated_part (
    part text PRIMARY KEY, number integer NOT NULL, rows bigint NOT NULL, seconds real NOT NULL
);
"""
# How often somebody who waits is told how far it is.
TELL_EVERY: Final = 10.0
MINUTE: Final = 60

Say = Callable[[str], None]


class Refused(Exception):
    """This database is not one to write a synthetic country into."""


@dataclass(frozen=True, slots=True)
class Part:
    """What is written in one transaction."""

    phase: Phase
    name: str
    unit: UnitPlan | None = None
    year: YearPlan | None = None
    voivodeship: str = ""


def parts_of(country: Country) -> Iterator[Part]:
    """Year by year through all units, as the rows of a real country come in."""
    yield Part(Phase.COUNTRY, "country")
    for unit in country.plans():
        yield Part(Phase.UNIT, f"unit {unit.number}", unit)
    for year in country.year_numbers:
        for unit in country.plans():
            yield Part(Phase.YEAR, f"unit {unit.number} year {year}", unit, unit.year(year))
    for voivodeship in country.voivodeships():
        yield Part(Phase.OFFICE, f"office {voivodeship}", voivodeship=voivodeship)
    for unit in country.plans():
        yield Part(Phase.COUNTED, f"counted {unit.number}", unit)


def prepare(country: Country) -> Country:
    """Make sure that this database may be written to; a country that was begun keeps its own last day."""
    if settings.PRODUCTION or not settings.DEMO:
        raise Refused("A synthetic country is for the demo and for measuring only.")
    before = _begun()
    if before is None:
        _refuse_people()
    elif replace(before, until=country.until) != country:
        raise Refused(
            f"This database holds another synthetic country: --units {before.units} --years {before.years}"
            f" --people {before.people} --seed {before.seed}."
        )
    else:
        known = {unit.id for unit in before.plans()}
        if foreign := set(Unit.objects.order_by("pk").values_list("pk", flat=True)) - known:
            raise Refused(f"Somebody added {len(foreign)} units of their own to this country.")
    _refuse_others()
    if before is None:
        _begin(country)
    return before or country


def _begun() -> Country | None:
    """The country that was begun here."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('generated_country') IS NOT NULL")
        if cursor.fetchone() != (True,):
            return None
        cursor.execute("SELECT seed, units, years, people, until FROM generated_country")
        return Country(*cursor.fetchone())


def _refuse_others() -> None:
    """Only the owner of the tables lets history rest while rows come in."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_get_userbyid(relowner) = current_user FROM pg_class WHERE oid = %s::regclass",
            [Unit._meta.db_table],
        )
        if cursor.fetchone() != (True,):
            raise Refused('Run it as the owner of the tables: make manage ARGS="generate" does.')


def _refuse_people() -> None:
    others = Organisation.objects.exclude(pk=OPERATOR_ID).count()
    if others or User.objects.exists():
        raise Refused("This database is not empty: real units and people are left alone.")


def _begin(country: Country) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(TABLES)
        cursor.execute(
            "INSERT INTO generated_country (seed, units, years, people, until) VALUES (%s, %s, %s, %s, %s)",
            [country.seed, country.units, country.years, country.people, country.until],
        )


def write(country: Country, say: Say) -> None:
    """Write whatever of the country is not written yet."""
    autodiscover_modules("generate_data")
    with connection.cursor() as cursor:
        cursor.execute("SELECT part FROM generated_part ORDER BY number")
        done = {part for (part,) in cursor.fetchall()}
    parts = list(parts_of(country))
    progress = Progress(len(parts), len(done), say)
    year: int | None = None
    for number, part in enumerate(parts):
        if part.name in done:
            continue
        if year is not None and (part.year is None or part.year.year != year):
            # So many rows have come that the planner must hear of them.
            _analyze()
        year = part.year.year if part.year is not None else None
        progress.wrote(part, _write(country, part, number))
    _analyze()
    progress.end()


def _write(country: Country, part: Part, number: int) -> int:
    begun = time.perf_counter()
    year = part.year.year if part.year is not None else country.first_year
    keys = Keys(f"{country.seed}/{part.name}", date(year, 1, 1))
    work = Work(country, keys, _unit=part.unit, _year=part.year, voivodeship=part.voivodeship)
    with clock.frozen(country.until), _scope_of(country, part):
        with connection.cursor() as cursor:
            # Nobody waits at a page; a statement of a busy machine may take what it needs.
            cursor.execute("SET LOCAL statement_timeout = 0")
            cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
        for step in steps_of(part.phase):
            step(work)
        work.loader.settle()
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO generated_part (part, number, rows, seconds) VALUES (%s, %s, %s, %s)",
                [part.name, number, work.loader.rows, time.perf_counter() - begun],
            )
    return work.loader.rows


def _scope_of(country: Country, part: Part) -> AbstractContextManager[Any]:
    if part.unit is not None:
        return scope(organisation_id=part.unit.id, user_id=part.unit.user(Role.MANAGER), source=SOURCE)
    if part.voivodeship:
        user = country.user("office", part.voivodeship)
        return scope(organisation_id=country.office(part.voivodeship), user_id=user, source=SOURCE)
    return platform_scope(source=SOURCE)


def _analyze() -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute("ANALYZE")


class Progress:
    """Says how far it is, how fast it goes, and how long it will take."""

    def __init__(self, parts: int, done: int, say: Say) -> None:
        self._parts, self._done, self._say = parts, done, say
        self._begun = self._told = time.monotonic()
        self._rows = self._written = 0
        if done:
            say(f"generate: {done} of {parts} parts stand already")

    def wrote(self, part: Part, rows: int) -> None:
        self._done, self._written, self._rows = self._done + 1, self._written + 1, self._rows + rows
        now = time.monotonic()
        if now - self._told >= TELL_EVERY:
            self._told, spent = now, now - self._begun
            left = spent / self._written * (self._parts - self._done)
            self._say(
                f"generate: {part.name}, {self._done} of {self._parts} parts, {self._rows} rows,"
                f" {self._rows / spent:.0f} a second, about {left / MINUTE:.0f} min left"
            )

    def end(self) -> None:
        spent = time.monotonic() - self._begun
        self._say(
            f"generate: {self._rows} rows in {spent:.0f} s, {self._rows / max(spent, 0.1):.0f} a second"
        )
