"""How long a search for a name takes in the database, over ten thousand persons: `make bench`."""

import statistics

import psycopg
from django.db import connection
from django.test.utils import CaptureQueriesContext

from participants.queries.people import search
from tests import measure
from tests.cast import known_world
from tests.participants.people.crowd import crowd
from tests.participants.people.test_plans import MANY, steps_of
from tests.servers import dsn

PROMISED = 30.0
RUNS = 11
# Each row of the same table looked at once.
FLOOR = "SELECT count(*) FROM participants_person"
TYPED = ("kowal", "dabekk", "anna kowalik", "kowalik ana", "jan szymek")


def name_search() -> bool:
    """The slowest of several searches: the median of the time that PostgreSQL itself reports."""
    world = known_world()
    name = connection.settings_dict["NAME"]
    with psycopg.connect(dsn("postgres", name), autocommit=True) as superuser:
        crowd(superuser, world.cis.pk, MANY)
    slowest, name_of, bare = 0.0, "", ""
    for typed in TYPED:
        with world.scope("cis"):
            with CaptureQueriesContext(connection) as captured:
                search(typed)
            asked = [query["sql"] for query in captured.captured_queries]
            found = statistics.median(sum(steps_of(one)[0]["time"] for one in asked) for _ in range(RUNS))
            floor = statistics.median(steps_of(FLOOR)[0]["time"] for _ in range(RUNS))
        if found > slowest:
            slowest, name_of, bare = found, f"„{typed}” among {MANY} persons", f"{floor:.1f} ms"
    return measure.said(
        measure.Figure(
            f"the slowest search: {name_of}",
            f"{slowest:.1f} ms in the database",
            f"{bare} of counting the persons",
            "",
            f"at most {PROMISED:g} ms",
            slowest <= PROMISED,
        )
    )
