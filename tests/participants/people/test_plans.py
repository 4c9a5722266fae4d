"""Ten thousand persons in a unit: a search reads indexes, and answers before people notice the time."""

import json
from collections.abc import Callable
from typing import Any

import psycopg
from django.db import connection
from django.test.utils import CaptureQueriesContext

from participants.queries.people import likely_doubles, search
from tests.cast import known_world
from tests.participants.people.conftest import added, pesel
from tests.participants.people.crowd import crowd

MANY = 10_000
TYPED = ["kowal", "dabek", "dabekk marek", "jan szymek", pesel(1), "700100200", "U/1/2026", "anna", "k"]
# Five times what is promised of a quiet machine; `make bench` holds the promise itself.
MOST_MILLISECONDS = 150


def steps_of(statement: str) -> list[dict[str, Any]]:
    """Every step of a plan, as PostgreSQL chose it under row security; the first holds the time."""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {statement}")
        (told,) = cursor.fetchone()
    plan = (told if isinstance(told, list) else json.loads(told))[0]
    found, waiting = [{"time": plan["Execution Time"]}], [plan["Plan"]]
    while waiting:
        step = waiting.pop()
        found.append(step)
        waiting += step.get("Plans", [])
    return found


def test_a_search_over_ten_thousand_reads_indexes_only(
    committed_db: str, as_role: Callable[[str], psycopg.Connection]
):
    world = known_world()
    crowd(as_role("postgres"), world.cis.pk, MANY)
    slow, read_whole = [], []
    with world.scope("cis", "ewa"):
        added("Marek Dąbek", pesel=pesel(1), phone="+48700100200")
        for typed in TYPED:
            with CaptureQueriesContext(connection) as captured:
                search(typed)
            statements = [query["sql"] for query in captured.captured_queries]
            assert statements, typed
            for statement in statements:
                time, *steps = steps_of(statement)
                slow += [(typed, time["time"])] * (time["time"] > MOST_MILLISECONDS)
                read_whole += [
                    (typed, step["Relation Name"])
                    for step in steps
                    if step["Node Type"] == "Seq Scan"
                    and step["Relation Name"] != "participants_participation"
                ]
        # A common name gives many pairs to weigh; the list stays one page.
        assert 0 < len(likely_doubles()) <= 50
    assert read_whole == []
    assert slow == []
