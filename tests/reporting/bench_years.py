"""Ten years of five hundred units, added up from what is kept of each: `make bench ARGS=yearly_totals`."""

from random import Random
from typing import Any

import psycopg
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reintegration.core import clock
from reporting.models import YearCell
from reporting.queries import rollups as queries
from reporting.services import rollups
from tests import measure
from tests.cast import World, known_world
from tests.participants.participations.made import TODAY
from tests.reporting.population import populate
from tests.servers import dsn

UNITS = 500
YEARS = 10
ROUNDS = 10
PROMISED = 1.0

# As many rows of the same numbers in a table without a policy, and one bare sum over them.
COPY = """
CREATE TABLE a_year AS SELECT * FROM reporting_yearcell WHERE year = 2025;
CREATE TABLE a_unit AS SELECT gen_random_uuid() AS id, unit FROM generate_series(1, %(units)s) AS unit;
DELETE FROM reporting_yearcell;
DELETE FROM reporting_unityear;
INSERT INTO reporting_yearcell (id, unit_id, sender_id, year, figure, line, value, women, men)
SELECT gen_random_uuid(), u.id, c.sender_id, 2026 - y, c.figure, c.line, c.value + u.unit %% 7, c.women, c.men
FROM a_year AS c, a_unit AS u, generate_series(0, %(years)s - 1) AS y;
INSERT INTO reporting_unityear (id, unit_id, sender_id, year, as_of, counted_at, mended)
SELECT gen_random_uuid(), u.id, (SELECT min(sender_id::text)::uuid FROM a_year), 2026 - y, now(), now(), 0
FROM a_unit AS u, generate_series(0, %(years)s - 1) AS y;
CREATE TABLE bare_cell AS SELECT year, figure, line, value FROM reporting_yearcell;
GRANT SELECT ON bare_cell TO reintegra_app;
"""
FLOOR = "SELECT year, figure, line, sum(value) FROM bare_cell GROUP BY year, figure, line"


def yearly_totals() -> bool:
    """The operator's page of all units beside one bare sum over as many rows, in turn."""
    world = known_world()
    with clock.frozen(TODAY):
        cells = _fill(world)
        with world.scope("operator", "operator"):
            with CaptureQueriesContext(connection) as captured:
                found = queries.of_everybody()
            asked = len(captured)
            assert len(found.years) == YEARS
            found = measure.in_turn(queries.of_everybody, _bare, pairs=ROUNDS)
    ours, floor = measure.middle(found)
    return measure.said(
        measure.Figure(
            f"{YEARS} years of {UNITS} units, {cells} numbers",
            f"{measure.shown(ours)} in {asked} queries",
            f"{measure.shown(floor)} of one bare sum",
            measure.told(found),
            f"at most {PROMISED:g} s",
            ours <= PROMISED,
        )
    )


def _fill(world: World) -> int:
    with world.scope("cis", "ewa"):
        populate(60, Random(1))
        rollups.recount_changed()
        assert YearCell.objects.filter(year=2025).exists()
    with psycopg.connect(dsn("postgres", connection.settings_dict["NAME"]), autocommit=True) as superuser:
        superuser.execute("SET session_replication_role = replica")
        for statement in COPY.strip().split(";\n"):
            superuser.execute(statement, {"units": UNITS, "years": YEARS} if "%(" in statement else None)  # type: ignore[arg-type]
        superuser.execute("VACUUM ANALYZE")
        row = superuser.execute("SELECT count(*) FROM reporting_yearcell").fetchone()
        return int(row[0]) if row else 0


def _bare() -> Any:
    with connection.cursor() as cursor:
        cursor.execute(FLOOR)
        return cursor.fetchall()
