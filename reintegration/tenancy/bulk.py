"""Many new rows at once, by COPY.

PostgreSQL copies into no table with row security. So rows go into a temporary table and from there by one
INSERT into their own: policies, checks, foreign keys and triggers see each of them, as with any other INSERT.
"""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from django.db import connection
from django.db.models import AutoField, Field, Model
from psycopg import sql

from reintegration.tenancy.managers import claim

# It stays with the connection, and is emptied for whoever comes twice in a transaction.
DRAFT: Final = sql.SQL(
    "CREATE TEMPORARY TABLE IF NOT EXISTS {draft} ON COMMIT DELETE ROWS"
    " AS SELECT {names} FROM {table} WITH NO DATA; TRUNCATE pg_temp.{draft}"
)


def store(model: type[Model], rows: Iterable[Model]) -> int:
    """Store new rows of a tenant table, claimed as by `bulk_create`; they are not read back."""
    return insert(model, map(_claimed, rows))


def insert(model: type[Model], rows: Iterable[Model]) -> int:
    """Store new rows of a table as they are; says how many."""
    fields = _fields(model)
    return insert_values(
        model,
        [str(field.column) for field in fields],
        ([_value(field, row) for field in fields] for row in rows),
    )


def insert_values(model: type[Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Store rows as the values of these columns, ready for the database; says how many."""
    table = model._meta.db_table
    target, draft = sql.Identifier(table), sql.Identifier(f"new_{table}"[:63])
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    with connection.cursor() as cursor:
        cursor.execute(DRAFT.format(draft=draft, names=names, table=target))
        with cursor.copy(sql.SQL("COPY pg_temp.{} ({}) FROM STDIN").format(draft, names)) as copy:
            for row in rows:
                copy.write_row(row)
        cursor.execute(
            sql.SQL("INSERT INTO {} ({}) SELECT {} FROM pg_temp.{}").format(target, names, names, draft)
        )
        return int(cursor.rowcount)


def _claimed(row: Model) -> Model:
    claim(row)
    return row


def _fields(model: type[Model]) -> "list[Field[Any, Any]]":
    """What is written: the database computes the others, and counts its own keys."""
    return [
        field
        for field in model._meta.local_concrete_fields
        if not field.generated and not isinstance(field, AutoField)
    ]


def _value(field: "Field[Any, Any]", row: Model) -> Any:
    return field.get_db_prep_save(field.pre_save(row, add=True), connection)
