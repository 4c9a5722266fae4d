"""Pages of a unit of a synthetic country beside bare views, and one year of it beside ten: `make bench`."""

import gc
import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from unittest.mock import patch
from uuid import UUID

from django.db import connection
from django.db.models import Model, QuerySet
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from benefits.models import PayrollList, Statement
from ipzs.models import DayMark, Programme, SickLeave, Workshop, WorkshopPlace
from participants.models import CardEntry, Participation, Period, Referral
from reintegration.accounts.models import User
from reintegration.administration.generation.country import Country, UnitPlan
from reintegration.core import clock
from reintegration.core.dates import Month
from reintegration.ops.environment import Servers, demo_keys
from tests import bench, measure, servers
from tests.cast import sign_in
from tests.conftest import connected_to
from tests.servers import DATABASE, ROOT, dsn

UNTIL = date(2026, 6, 10)
# People of a unit of one CIS, which are one and a half times as many as of an average unit.
SIZES = {2: 1, 50: 33, 500: 333}
MOST_OF_A_LIST, MOST_OF_A_DETAIL = 8, 12
TIMES = 4.0
SLOWER = 1.10
YEARS = 10
# A hundred and sixty in a year, so that one year fills the pages that ten years fill.
PEOPLE = 107
ROUNDS = 12
# No questions.
AROUND = {"BEGIN", "COMMIT"}
REQUESTS = 5


@dataclass(frozen=True)
class Page:
    """A page of the manager, and what a bare view shows in its place: rows with some of their columns."""

    name: str
    address: Callable[[UnitPlan], str]
    rows: Callable[[UnitPlan], "Sequence[Model] | QuerySet[Any]"]
    columns: tuple[str, ...]
    most: int = MOST_OF_A_LIST


def of(model: type[Model], unit: UnitPlan) -> "QuerySet[Any]":
    """Rows of the unit without the manager's scope: the bare view sets the policy alone."""
    manager = model.objects  # type: ignore[attr-defined]
    found: QuerySet[Any] = manager.restrict(manager._queryset_class(model=model), unit.id)
    return found


def first_file(unit: UnitPlan) -> UUID:
    return unit.year(clock.today().year).files[0].key


def first_person(unit: UnitPlan) -> UUID:
    return unit.year(clock.today().year).files[0].person


def month_of_list() -> Month:
    """Of the last month there may be no list yet."""
    return Month.of(clock.today()).plus(-2)


def at(name: str, *values: Callable[[UnitPlan], Any]) -> Callable[[UnitPlan], str]:
    return lambda unit: reverse(name, args=[value(unit) for value in values])


PERSON = ("person.last_name", "person.first_name", "person.birth_date")
PAGES = (
    Page(
        "files", at("participants:list"),
        lambda unit: of(Participation, unit).select_related("person").order_by("person__name_order")[:50],
        ("number", "opened_on", "ended_on", *PERSON),
    ),
    Page(
        "referrals", at("participants:referral_list"),
        lambda unit: of(Referral, unit).order_by("-sent_at")[:50],
        ("last_name", "first_name", "sender_name", "sent_at", "state"),
    ),
    Page(
        "workshops", at("ipzs:workshop_list"), lambda unit: of(Workshop, unit).order_by("name_order"),
        ("name", "trade", "opened_on"),
    ),
    Page(
        "attendance of today", at("ipzs:attendance_today"),
        lambda unit: of(WorkshopPlace, unit).select_related("person").order_by("since")[:50],
        ("since", *PERSON),
    ),
    Page(
        "attendance of a month", at("ipzs:attendance_month"),
        lambda unit: of(DayMark, unit)
        .filter(day__range=(Month.of(clock.today()).first, clock.today()))
        .order_by("person", "day"),
        ("day", "kind", "hours"), most=MOST_OF_A_DETAIL,
    ),
    Page(
        "sick leaves", at("ipzs:sick_list"),
        lambda unit: of(SickLeave, unit).select_related("person").order_by("-since")[:50],
        ("since", "until", *PERSON),
    ),
    Page(
        "payroll lists", at("benefits:lists"), lambda unit: of(PayrollList, unit).order_by("-month"),
        ("number", "month", "state", "paid_on"),
    ),
    Page(
        "a payroll list", at("benefits:list", lambda unit: str(month_of_list())),
        lambda unit: of(Statement, unit)
        .filter(payroll_list__month=month_of_list().first)
        .select_related("person")
        .order_by("position"),
        ("position", "benefit", "to_pay", *PERSON), most=MOST_OF_A_DETAIL,
    ),
    Page(
        "a file", at("participants:file", first_file),
        lambda unit: [
            row
            for model in (Period, Programme)
            for row in of(model, unit).filter(participation=first_file(unit)).select_related("person")
        ],
        ("since", "until", *PERSON), most=MOST_OF_A_DETAIL,
    ),
    Page(
        "a person", at("participants:person", first_person),
        lambda unit: of(CardEntry, unit).filter(person=first_person(unit)).select_related("person"),
        ("held_on", "course", *PERSON), most=MOST_OF_A_DETAIL,
    ),
)  # fmt: skip


def pages() -> bool:
    """Each page with 2, 50 and 500 people: its queries, and its time beside the bare view's with 50."""
    bases = {rows: made(Country(1, 1, 1, people, UNTIL)) for rows, people in SIZES.items()}
    asked = {rows: counts(base) for rows, base in bases.items()}
    kept = True
    with clock.frozen(UNTIL), connected_to(bases[50]):
        unit = next(Country(1, 1, 1, SIZES[50], UNTIL).plans())
        client = manager(unit)
        for page in PAGES:
            mine = [found[page.name] for found in asked.values()]
            in_time = beside_bare(page, unit, client)
            enough = measure.said(
                measure.Figure(
                    f"{page.name}: queries with {', '.join(map(str, asked))} people",
                    ", ".join(map(str, mine)),
                    "",
                    "",
                    f"at most {page.most}",
                    max(mine) <= page.most,
                )
            )
            kept = kept and in_time and enough
    return kept


def beside_bare(page: Page, unit: UnitPlan, client: Client) -> bool:
    bare = bench.bare_page(unit.id, lambda: page.rows(unit), page.columns)
    assert bare().status_code == 200
    address = page.address(unit)
    return measure.compared(
        page.name,
        measure.in_turn(lambda: client.get(address), bare),
        floor="a bare view of the same rows",
        most=TIMES,
    )


def one_year_against_ten() -> bool:
    """The same pages where the unit has ten years behind it beside one, in alternating rounds."""
    young, old = Country(1, 1, 1, PEOPLE, UNTIL), Country(1, 1, YEARS, PEOPLE, UNTIL)
    bases = {made(young): young, made(old): old}
    spent: dict[str, list[list[float]]] = {page.name: [[], []] for page in PAGES}
    with clock.frozen(UNTIL):
        for number in range(ROUNDS):
            for base, country in list(bases.items())[:: -1 if number % 2 else 1]:
                with connected_to(base):
                    _round(country, spent, int(country is old))
    kept = [
        measure.compared(
            f"{name}, ten years", list(zip(long, new, strict=True)), floor="the same with one", most=SLOWER
        )
        for name, (new, long) in spent.items()
    ]
    return all(kept)


def _round(country: Country, spent: dict[str, list[list[float]]], side: int) -> None:
    unit = next(country.plans())
    client = manager(unit)
    for page in PAGES:
        address = page.address(unit)
        client.get(address)
        spent[page.name][side].append(_seconds(lambda address=address: client.get(address)))


def _seconds(work: Callable[[], Any]) -> float:
    """How long one of several requests takes."""
    gc.disable()
    spent = measure.timed(lambda: [work() for _ in range(REQUESTS)]) / REQUESTS
    gc.enable()
    return spent


LOOK = "from tests.scale.written import look; look()"


def written_country() -> bool:
    """The country that `make manage ARGS="generate --years 10"` wrote in this checkout, as it is."""
    with patch.dict(os.environ):
        # What the other benches run in is not this country's.
        for name in (*demo_keys(), "DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE", "FILES_DIR"):
            os.environ.pop(name, None)
        ours = Servers()
        try:
            ours.start_or_join()
            assert ours.postgres is not None
            done = subprocess.run(
                [sys.executable, "manage.py", "shell", "--no-imports", "-c", LOOK],
                cwd=ROOT,
                env=ours.environment() | {"COUNTRY_ADMIN_URL": ours.postgres.dsn("postgres")},
                stdout=subprocess.PIPE,
                text=True,
                check=True,
            )
        finally:
            ours.stop()
    *said, found = done.stdout.splitlines()
    print(said[0])  # noqa: T201
    kept = [measure.said(measure.Figure(**figure)) for figure in json.loads(found)]
    return all(kept)


def made(country: Country) -> str:
    """A database with this country; one that was made in this run is taken again."""
    base = f"country_{country.units}_{country.years}_{country.people}"
    if base not in MADE:
        servers.clone(base, template=DATABASE)
        given = {name: getattr(country, name) for name in ("units", "years", "people", "until")}
        subprocess.run(
            [sys.executable, "manage.py", "generate", *(f"--{key}={value}" for key, value in given.items())],
            cwd=ROOT,
            env={**os.environ, "DATABASE_URL": dsn("reintegra_owner", base)},
            check=True,
        )
        MADE.add(base)
    return base


MADE: set[str] = set()


def manager(unit: UnitPlan) -> Client:
    client = Client()
    sign_in(client, User.objects.get(pk=unit.user("manager")), unit.id)
    return client


def counts(base: str) -> dict[str, int]:
    """How many queries each page makes in this country."""
    people = int(base.rsplit("_", 1)[1])
    with clock.frozen(UNTIL), connected_to(base):
        unit = next(Country(1, 1, 1, people, UNTIL).plans())
        client, found = manager(unit), {}
        for page in PAGES:
            address = page.address(unit)
            client.get(address)
            with CaptureQueriesContext(connection) as captured:
                answer = client.get(address)
            assert answer.status_code == 200, (page.name, answer.status_code)
            found[page.name] = sum(one["sql"] not in AROUND for one in captured)
        return found
