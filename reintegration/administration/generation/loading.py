"""Rows of one part of the country: by COPY, past nothing but the history of what was inserted.

Only the trigger of history rests, and only in the transaction of the part: what was inserted stands in the
row itself (docs/scale.md).
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection
from django.db.models import Model
from psycopg import sql

from reintegration.tenancy import bulk

HISTORY = "history"


class Loader:
    """Writes the rows of one transaction, and counts them."""

    def __init__(self) -> None:
        self.rows = 0
        self._quiet: list[sql.Identifier] = []
        self._seen: set[str] = set()

    def put(self, rows: Iterable[Model]) -> None:
        """Store new rows of one or several models, the models in the order in which they first come."""
        by_model: defaultdict[type[Model], list[Model]] = defaultdict(list)
        for row in rows:
            by_model[type(row)].append(row)
        for model, some in by_model.items():
            self._silence(model)
            self.rows += bulk.insert(model, some)

    def put_values(self, model: type[Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        """Store rows as the values of these columns, ready for the database."""
        self._silence(model)
        self.rows += bulk.insert_values(model, columns, rows)

    def _silence(self, model: type[Model]) -> None:
        table = model._meta.db_table
        if table in self._seen:
            return
        self._seen.add(table)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT FROM pg_trigger WHERE tgrelid = %s::regclass AND tgname = %s", [table, HISTORY]
            )
            if cursor.rowcount:
                name = sql.Identifier(table)
                cursor.execute(sql.SQL("ALTER TABLE {} DISABLE TRIGGER history").format(name))
                self._quiet.append(name)

    def settle(self) -> None:
        """Ask every constraint that waits for the end, and let history speak again."""
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            for name in self._quiet:
                cursor.execute(sql.SQL("ALTER TABLE {} ENABLE TRIGGER history").format(name))
        self._quiet.clear()
