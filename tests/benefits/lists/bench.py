"""The page of a payroll list, and a month of the whole country: `make bench`."""

import os
import time
from collections.abc import Callable
from typing import Any
from uuid import UUID

import psycopg
from django.db import connection
from django.db.models import QuerySet
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from benefits.models import Statement
from benefits.services import lists
from reintegration.core import clock
from reintegration.tenancy.scope import scope
from tests import bench, measure
from tests.benefits.lists import nation
from tests.benefits.lists.made import FULL, OCTOBER
from tests.cast import World, known_world, sign_in
from tests.ipzs.attendance.made import TODAY
from tests.servers import dsn

# Units and people in each; PAYROLL=20x120 measures less. So many times some of the units are paid, each time
# beside the floor.
SIZE = "200x120"
PAIRS = 10
PROMISED = 60.0
GOAL = 20.0
ON_PAGE = 52

# One statement, and nothing else: a row for each person with the days that it was counted from, into a table
# like that of the statements with its indexes, checks and foreign keys. No policy, no trigger, no rule.
TABLE = """
CREATE TABLE bare_statement (LIKE benefits_statement INCLUDING ALL);
DO $$ DECLARE one text; BEGIN
    FOR one IN SELECT pg_get_constraintdef(oid) FROM pg_constraint
        WHERE conrelid = 'benefits_statement'::regclass AND contype = 'f'
    LOOP EXECUTE 'ALTER TABLE bare_statement ADD ' || one; END LOOP;
END $$;
"""
FLOOR = """
INSERT INTO bare_statement (id, unit_id, payroll_list_id, participation_id, person_id, position, benefit,
    corrected, premium, tax, to_pay, pension_insured, pension_payer, disability_insured, disability_payer,
    blocked, first, leaves, method, account, document, sealed_digest, digest)
SELECT gen_random_uuid(), unit_id, list.id, participation_id, person_id,
    row_number() OVER (PARTITION BY unit_id ORDER BY person_id), paid, 0, 0, 0, paid, 0, 0, 0, 0,
    false, false, false, 'transfer', '', convert_to(days::text, 'UTF8'), '', ''
FROM (
    SELECT unit_id, participation_id, person_id, jsonb_object_agg(day, kind) AS days,
        round(%(full)s::numeric * count(*) FILTER (WHERE kind <> 'unexcused') / count(*), 2) AS paid
    FROM ipzs_daymark WHERE day BETWEEN %(first)s AND %(last)s AND unit_id = ANY(%(units)s)
    GROUP BY unit_id, participation_id, person_id
) AS counted
JOIN benefits_payrolllist AS list USING (unit_id)
WHERE list.month = %(first)s AND unit_id = ANY(%(units)s)
"""


STEPS: dict[str, tuple[str, Callable[[Any], Any]]] = {
    "calculate": ("rafal", lambda _: lists.calculate(month=OCTOBER)),
    "lock": ("rafal", lambda key: lists.lock(list_id=key)),
    "check": ("celina", lambda key: lists.check(list_id=key)),
    "approve": ("ewa", lambda key: lists.approve(list_id=key)),
}


def national_month() -> bool:
    """Every unit counts its list, and hands it over for the signatures, through the services."""
    units, people = map(int, os.environ.get("PAYROLL", SIZE).split("x"))
    world = known_world()
    with clock.frozen(TODAY):
        nation.template(world)
        keys = nation.copy(world, units=units, people=people)
        steps: dict[str, float] = dict.fromkeys(STEPS, 0.0)
        found = []
        for first in range(PAIRS):
            some = keys[first::PAIRS]
            found.append((_paid(world, some, people, steps), _floor(some, people)))
    print("  " + ", ".join(f"{step} {took:.1f} s" for step, took in steps.items()))  # noqa: T201
    return measure.compared(
        f"a month of {units * people} people in {units} units, counted and signed",
        found,
        floor=f"one bare INSERT for a tenth of them (goal {GOAL:g} times)",
        most=PROMISED,
    )


def pay_page() -> bool:
    """The page of the list of a unit of fifty, through everything, beside a bare view of the same rows."""
    world = known_world()
    with clock.frozen(TODAY):
        nation.template(world)
        (key,) = nation.copy(world, units=1, people=ON_PAGE)
        with scope(organisation_id=key, user_id=world.people["rafal"].pk, source="bench"):
            lists.calculate(month=OCTOBER)
        client = Client()
        sign_in(client, world.people["rafal"], key)
        address = reverse("benefits:list", args=[str(OCTOBER)])
        with CaptureQueriesContext(connection) as captured:
            page = client.get(address)
        asked = len(captured)
        assert page.status_code == 200, page.status_code
        assert page.content.decode().count("140,68") >= ON_PAGE // 2

        def rows() -> Any:
            found = Statement.objects.restrict(QuerySet(Statement), key)
            return found.select_related("person").order_by("position")

        bare = bench.bare_page(key, rows, ("person.last_name", "person.first_name", "benefit", "to_pay"))
        assert bare().status_code == 200
        return measure.compared(
            f"a payroll list of {ON_PAGE}",
            measure.in_turn(lambda: client.get(address), bare),
            floor="a bare view of the same rows",
            most=4,
            also=f"{asked} queries",
        )


def _paid(world: World, keys: list[UUID], people: int, steps: dict[str, float]) -> float:
    """Draft, lock, check and approve the list of each unit, as three people do; adds to the steps' times."""
    rows: dict[UUID, UUID] = {}
    whole = 0.0
    for step, (person, work) in STEPS.items():
        begun = time.perf_counter()
        for key in keys:
            with scope(organisation_id=key, user_id=world.people[person].pk, source="bench"):
                rows[key] = work(rows.get(key)).pk
        spent = time.perf_counter() - begun
        steps[step] += spent
        whole += spent
    for key in keys:
        with scope(organisation_id=key, source="bench"):
            assert Statement.objects.filter(blocked=False, to_pay__gt=0).count() == people
    return whole


def _floor(keys: list[UUID], people: int) -> float:
    """The bare INSERT by a superuser."""
    with psycopg.connect(dsn("postgres", connection.settings_dict["NAME"]), autocommit=True) as superuser:
        superuser.execute(TABLE)
        begun = time.perf_counter()
        done = superuser.execute(
            FLOOR, {"full": FULL, "first": OCTOBER.first, "last": OCTOBER.last, "units": keys}
        )
        spent = time.perf_counter() - begun
        assert done.rowcount == len(keys) * people, done.rowcount
        superuser.execute("DROP TABLE bare_statement")
    return spent
