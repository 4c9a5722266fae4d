"""How long a search for a name takes in the database, over ten thousand persons: `make bench`."""

import statistics

import psycopg
from django.db import connection
from django.test.utils import CaptureQueriesContext

from participants.queries.people import search
from tests.cast import known_world
from tests.participants.people.crowd import crowd
from tests.participants.people.test_plans import MANY, steps_of
from tests.servers import dsn

PROMISED = 30.0
RUNS = 9
TYPED = ("kowal", "dabekk", "anna kowalik", "kowalik ana", "jan szymek")


def name_search() -> bool:
    """The slowest of several searches: the median of the time that PostgreSQL itself reports."""
    world = known_world()
    name = connection.settings_dict["NAME"]
    with psycopg.connect(dsn("postgres", name), autocommit=True) as superuser:
        crowd(superuser, world.cis.pk, MANY)
    slowest = 0.0
    for typed in TYPED:
        with world.scope("cis"):
            with CaptureQueriesContext(connection) as captured:
                search(typed)
            statements = [query["sql"] for query in captured.captured_queries]
            times = [sum(steps_of(one)[0]["time"] for one in statements) for _ in range(RUNS)]
        slowest = max(slowest, statistics.median(times))
        print(f"  {typed}: {statistics.median(times):.1f} ms in {len(statements)} queries")  # noqa: T201
    kept = slowest <= PROMISED
    print(  # noqa: T201
        f"a search among {MANY} persons: {slowest:.1f} ms in the database, at most {PROMISED:g}:"
        f" {'kept' if kept else 'MISSED'}"
    )
    return kept
