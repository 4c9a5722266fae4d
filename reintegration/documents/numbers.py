"""Numbers of papers: without gaps, and never the same twice."""

from datetime import date

from django.db import connection

from reintegration.core.ids import uuid7
from reintegration.documents.kinds import SERIES
from reintegration.tenancy.scope import current_scope

# The row stays locked until the caller's transaction ends: the next one waits, and sees either the
# number used or, after a rollback, given back.
_NEXT = """
    INSERT INTO documents_counter AS counter (id, organisation_id, series, year, value)
    VALUES (%s, %s, %s, %s, 1)
    ON CONFLICT (organisation_id, series, year) DO UPDATE SET value = counter.value + 1
    RETURNING value
"""


def next_number(series: str, *, on: date) -> str:
    """Take the next number of the current organisation, such as WK/27/2026, in the caller's transaction.

    A job that makes many papers takes each number in the transaction of its paper, so that others wait
    for one paper only.
    """
    found = SERIES[series]
    year = on.year if found.yearly else 0
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, [uuid7(), current_scope().organisation_id, series, year])
        (number,) = cursor.fetchone()
    return found.pattern.format(series=series, number=number, year=on.year)
