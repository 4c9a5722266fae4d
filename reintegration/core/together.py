"""Several querysets in one question.

A page that shows an object of many parts reads each part with a query of its own: the database answers
each in no time, and the way there and back is most of what they cost. `together` asks all of them in one
statement and hands out what each alone would have given, with its relations and annotations.
"""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import Field, JSONField, QuerySet
from psycopg.pq import Format


class JsonRows(ArraySubquery):
    """The rows of a subquery whose only column is JSON, as one value: it is read once, not row by row."""

    template = "to_jsonb(ARRAY(%(subquery)s))"

    @property
    def output_field(self) -> Any:
        return JSONField()


def together(*asked: QuerySet[Any]) -> list[list[Any]]:
    """The rows of each queryset, in its own order."""
    alone = [rows._chain() for rows in asked]  # type: ignore[attr-defined]
    using = {rows.db for rows in alone}
    if not using:
        return []
    (name,) = using
    connection = connections[name]
    compilers, parts, values = [], [], []
    for number, rows in enumerate(alone):
        compiler = rows.query.get_compiler(using=name)
        compilers.append(compiler)
        try:
            sql, params = compiler.as_sql()
        except EmptyResultSet:
            continue
        columns = [f"c{at}" for at in range(len(compiler.select))]
        texts = ", ".join(f"{column}::text" for column in columns)
        # Columns of two tables have the same names; here each gets its own.
        parts.append(
            f"SELECT {number} AS part, row_number() OVER () AS place, ARRAY[{texts}] AS told"  # noqa: S608 - made by the ORM
            f" FROM ({sql}) AS one({', '.join(columns)})"
        )
        values += params
    told: list[list[Sequence[str | None]]] = [[] for _ in alone]
    if parts:
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(parts) + " ORDER BY part, place", values)
            for number, _, texts_of_row in cursor.fetchall():
                told[number].append(texts_of_row)
    return [
        _answered(rows, compiler, texts) for rows, compiler, texts in zip(alone, compilers, told, strict=True)
    ]


def counting(asked: Sequence[QuerySet[Any]]) -> tuple[str, tuple[Any, ...], list[int]]:
    """How many rows has each queryset: the question, and which of them it is about; the rest have none."""
    parts: list[str] = []
    values: list[Any] = []
    kept: list[int] = []
    for at, rows in enumerate(asked):
        try:
            sql, params = rows.order_by().values("pk").query.sql_with_params()
        except EmptyResultSet:
            continue
        kept.append(at)
        parts.append(f"(SELECT count(*) FROM ({sql}) AS counted)")  # noqa: S608 - made by the ORM
        values += params
    return "SELECT " + ", ".join(parts), tuple(values), kept


def count_together(*asked: QuerySet[Any]) -> list[int]:
    """How many rows each queryset has."""
    sql, values, kept = counting(asked)
    found = [0] * len(asked)
    if kept:
        with connections[asked[0].db].cursor() as cursor:
            cursor.execute(sql, values)
            for at, count in zip(kept, cursor.fetchone() or (), strict=True):
                found[at] = count
    return found


def _answered(rows: Any, compiler: Any, texts: Sequence[Sequence[str | None]]) -> list[Any]:
    """Let the ORM make of the values what it makes of those that it asks for itself."""
    if not texts:
        return []
    readers = [_reader(compiler.connection, expression.output_field) for expression, *_ in compiler.select]
    values = [
        tuple(None if text is None else read(text) for read, text in zip(readers, row, strict=True))
        for row in texts
    ]
    compiler.execute_sql = lambda *args, **kwargs: [values]
    rows.query.get_compiler = lambda *args, **kwargs: compiler
    return list(rows)


def _reader(connection: Any, field: "Field[Any, Any]") -> Callable[[str], Any]:
    """How the driver reads a value of this column's type."""
    types = connection.connection.adapters.types
    kind = _bare(field.db_type(connection) or field.rel_db_type(connection))
    oid = types.get_oid(kind)
    loader = connection.connection.adapters.get_loader(oid, Format.TEXT)(oid, connection.connection)
    return lambda text: loader.load(text.encode())


@cache
def _bare(kind: str) -> str:
    """The type without its length: "numeric(10, 2)" is numeric, "varchar(3)[2]" an array of varchar."""
    name, array = kind.partition("[")[:2]
    return name.partition("(")[0].strip() + ("[]" if array else "")
