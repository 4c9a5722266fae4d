"""Rows into tables by COPY, past nothing but the history of what was inserted.

PostgreSQL copies into no table with row security, so rows go into a temporary one and from there by one
INSERT: policies, checks, foreign keys and triggers see each of them. Only the trigger of history rests, and
only in the transaction of the part: what was inserted stands in the row itself (docs/scale.md).
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection
from django.db.models import AutoField, Field, Model
from psycopg import sql

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
            fields = _fields(model)
            self.put_values(
                model,
                [str(field.column) for field in fields],
                ([_value(field, row) for field in fields] for row in some),
            )

    def put_values(self, model: type[Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        """Store rows as the values of these columns, ready for the database."""
        table = model._meta.db_table
        self._silence(table)
        target, draft = sql.Identifier(table), sql.Identifier(f"new_{table}"[:63])
        names = sql.SQL(", ").join(map(sql.Identifier, columns))
        with connection.cursor() as cursor:
            cursor.execute(
                sql.SQL(
                    "CREATE TEMPORARY TABLE IF NOT EXISTS {} ON COMMIT DELETE ROWS"
                    " AS SELECT {} FROM {} WITH NO DATA"
                ).format(draft, names, target)
            )
            with cursor.copy(sql.SQL("COPY pg_temp.{} ({}) FROM STDIN").format(draft, names)) as copy:
                for row in rows:
                    copy.write_row(row)
            cursor.execute(
                sql.SQL("INSERT INTO {} ({}) SELECT {} FROM pg_temp.{}").format(target, names, names, draft)
            )
            self.rows += cursor.rowcount
            cursor.execute(sql.SQL("TRUNCATE pg_temp.{}").format(draft))

    def _silence(self, table: str) -> None:
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


def _fields(model: type[Model]) -> "list[Field[Any, Any]]":
    """What is written: the database computes the others, and counts its own keys."""
    return [
        field
        for field in model._meta.local_concrete_fields
        if not field.generated and not isinstance(field, AutoField)
    ]


def _value(field: "Field[Any, Any]", row: Model) -> Any:
    return field.get_db_prep_save(field.pre_save(row, add=True), connection)
