"""A look at the country that somebody wrote in a checkout, for `make bench ARGS=written_country`.

It runs in the environment of that checkout, which has keys of its own, and tells what it found in its last
line. Nothing is written but a session, events, and what the nightly comparison of counted years writes. Of a
country that is not whole yet the last year of which every unit stands is the present.
"""

import json
import logging
import os
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

import psycopg
from django.test.utils import setup_test_environment

from benefits.queries.drafts import lines_of
from reintegration.administration.generation.country import Country, UnitPlan
from reintegration.core import clock
from reintegration.core.dates import Month
from reintegration.core.garbage import settle
from reintegration.tenancy.scope import platform_scope, scope
from reporting.queries.rollups import of_everybody
from reporting.services import rollups
from tests import measure
from tests.benefits.lists.bench import FLOOR, TABLE
from tests.benefits.lists.made import FULL
from tests.scale import bench

ADMIN = "COUNTRY_ADMIN_URL"
# A month of the centres is counted in so many parts, each beside its floor.
PARTS = 10
# Units whose counted years are compared with their files.
COMPARED = 20
MONTH_TIMES, TOTALS_SECONDS = 60.0, 1.0
# The day of a past year at which its lists are paid.
DECEMBER = (12, 10)
CELLS = "SELECT year, figure, line, sum(value) FROM reporting_yearcell GROUP BY year, figure, line"


def look() -> None:
    setup_test_environment()
    logging.disable(logging.INFO)
    settle()
    with psycopg.connect(os.environ[ADMIN], autocommit=True) as superuser:
        country = _country(superuser)
        present, marks = _present(superuser, country), _one(superuser, "SELECT count(*) FROM ipzs_daymark")
        print(f"  {country.units} units, {marks} day marks, as of {present}")  # noqa: T201
        with clock.frozen(present):
            unit = next(country.plans())
            client = bench.manager(unit)
            for page in bench.PAGES:
                bench.beside_bare(page, unit, client)
            _month(superuser, [one for one in country.plans() if one.is_cis])
            if _one(superuser, "SELECT count(*) FROM reporting_unityear"):
                _totals(superuser, list(country.plans()))
    print(json.dumps([asdict(one) for one in measure.TABLE]))  # noqa: T201


def _one(superuser: Any, sql: str) -> int:
    return int(superuser.execute(sql).fetchone()[0])


def _country(superuser: Any) -> Country:
    row = superuser.execute("SELECT seed, units, years, people, until FROM generated_country").fetchone()
    return Country(*row)


def _present(superuser: Any, country: Country) -> date:
    """The last day of the country, or one of the last year that is whole."""
    rows = superuser.execute(
        "SELECT split_part(part, ' ', 4)::int FROM generated_part WHERE part LIKE 'unit %% year %%'"
        " GROUP BY 1 HAVING count(*) = %s ORDER BY 1 DESC",
        [country.units],
    ).fetchall()
    ((last,), *_) = rows
    return country.until if last == country.until.year else date(last, *DECEMBER)


def _month(superuser: Any, centres: Sequence[UnitPlan]) -> None:
    """A month that is over, counted anew with everything before it; nothing is stored."""
    month, people, found = bench.month_of_list(), [], []
    for first in range(min(PARTS, len(centres))):
        some = centres[first::PARTS]
        spent = measure.timed(lambda some=some: people.extend(_counted(one, month) for one in some))
        found.append((spent, measure.timed(lambda some=some: _inserted(superuser, some, month))))
    measure.compared(
        f"a month of {sum(people)} people in {len(centres)} centres, counted",
        found,
        floor="one bare INSERT for a tenth of them",
        most=MONTH_TIMES,
    )


def _counted(unit: UnitPlan, month: Month) -> int:
    with scope(organisation_id=unit.id, source="bench"):
        return len(lines_of(month))


def _inserted(superuser: Any, some: Sequence[UnitPlan], month: Month) -> None:
    """Into a table of its own, which is gone again."""
    with superuser.transaction(force_rollback=True):
        superuser.execute(TABLE)
        done = superuser.execute(
            FLOOR,
            {"full": FULL, "first": month.first, "last": month.last, "units": [one.id for one in some]},
        )
        assert done.rowcount


def _totals(superuser: Any, units: Sequence[UnitPlan]) -> None:
    """All counted years of all units on one page; and whether they are what the files say."""
    with platform_scope(source="bench"):
        found = measure.in_turn(of_everybody, lambda: superuser.execute(CELLS).fetchall(), pairs=PARTS)
    ours, floor = measure.middle(found)
    measure.said(
        measure.Figure(
            f"the counted years of {len(units)} units",
            measure.shown(ours),
            f"{measure.shown(floor)} of one bare sum of the cells",
            measure.told(found),
            f"at most {TOTALS_SECONDS:g} s",
            ours <= TOTALS_SECONDS,
        )
    )
    wrong, years = 0, 0
    for unit in units[:: max(1, len(units) // COMPARED)]:
        with scope(organisation_id=unit.id, source="bench"):
            checked = rollups.check()
        wrong, years = wrong + len(checked.wrong), years + checked.years
    measure.said(
        measure.Figure(
            f"cells of {years} counted years that are not what the files say",
            str(wrong),
            "",
            "",
            "none",
            not wrong,
        )
    )
