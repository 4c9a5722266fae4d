"""Many new rows at once, by COPY.

PostgreSQL copies into no table with row security. So rows go into a temporary table and from there by one
INSERT into their own: policies, checks, foreign keys and triggers see each of them, as with any other INSERT.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connection, connections, models
from django.db.models import AutoField, Field, ForeignKey, Model
from psycopg import sql

from reintegration.tenancy.managers import claim

# It stays with the connection, and is emptied for whoever comes twice in a transaction.
DRAFT: Final = sql.SQL(
    "CREATE TEMPORARY TABLE IF NOT EXISTS {draft} ON COMMIT DELETE ROWS"
    " AS SELECT {names} FROM {table} WITH NO DATA; TRUNCATE pg_temp.{draft}"
)

# What the driver takes as it is: such a value need not go through its field, which is most of a row's time.
PLAIN: Final[dict[type[Any], type[Any]]] = {
    models.BooleanField: bool,
    models.CharField: str,
    models.DateField: date,
    models.DateTimeField: datetime,
    models.DecimalField: Decimal,
    models.PositiveIntegerField: int,
    models.TextField: str,
    models.UUIDField: UUID,
}


def store(model: type[Model], rows: Iterable[Model]) -> int:
    """Store new rows of a tenant table, claimed as by `bulk_create`; they are not read back."""
    return insert(model, map(_claimed, rows))


def insert(model: type[Model], rows: Iterable[Model]) -> int:
    """Store new rows of a table as they are; says how many."""
    fields = _fields(model)
    values = [_values(field) for field in fields]
    return insert_values(
        model,
        [str(field.column) for field in fields],
        ([value(row) for value in values] for row in rows),
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


def _values(field: "Field[Any, Any]") -> Callable[[Model], Any]:
    """How a row's value of this column is made ready for the database."""
    name, database = field.attname, connections[DEFAULT_DB_ALIAS]
    plain = _plain(field)

    def prepared(row: Model) -> Any:
        return field.get_db_prep_save(field.pre_save(row, add=True), database)

    def value(row: Model) -> Any:
        found = row.__dict__[name]
        return found if found is None or type(found) is plain else prepared(row)

    return value if plain else prepared


def _plain(field: "Field[Any, Any]") -> type[Any] | None:
    """The kind of value that the field itself would hand on unchanged."""
    if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False):
        return None
    return PLAIN.get(type(field.target_field if isinstance(field, ForeignKey) else field))
