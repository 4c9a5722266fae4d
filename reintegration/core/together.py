"""Several querysets in one question.

A page that shows an object of many parts reads each part with a query of its own: the database answers
each in no time, and the way there and back is most of what they cost. `together` asks all of them in one
statement and hands out what each alone would have given, with its relations and annotations.
"""

from collections.abc import Callable, Sequence
from functools import cache
from threading import Lock
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import Field, JSONField, QuerySet, prefetch_related_objects
from psycopg.pq import Format

from reintegration.core.planned import planned


class Questions:
    """Querysets as one statement, with what makes of its rows what each of them alone would have given.

    Whoever keeps one (`tenancy/prepared.py`) asks again without putting anything together.
    """

    def __init__(self, *asked: QuerySet[Any]) -> None:
        self._alone: list[Any] = [rows._chain() for rows in asked]  # type: ignore[attr-defined]
        using = {rows.db for rows in self._alone}
        if using:
            (self._using,) = using
        # Whoever is kept may be asked by two threads, and the values pass through what they share.
        self._lock = Lock()
        self._compilers: list[Any] = []
        self._values: list[Any] = []
        self._readers: tuple[object, list[list[Callable[[str], Any]]]] = (None, [])
        parts = [part for number, rows in enumerate(self._alone) if (part := self._part(number, rows))]
        if len(self._alone) == 1:
            self._sql = "".join(parts)
        else:
            self._sql = " UNION ALL ".join(parts) + " ORDER BY part, place" if parts else ""

    def _part(self, number: int, rows: Any) -> str:
        """One of them as a part of the statement; an empty text when it can have no rows."""
        compiler = rows.query.get_compiler(using=self._using)
        compiler.get_converters = _once(compiler.get_converters)
        self._compilers.append(compiler)
        rows.query.get_compiler = lambda *args, **kwargs: compiler
        try:
            sql, params = compiler.as_sql()
        except EmptyResultSet:
            return ""
        self._values += params
        if len(self._alone) == 1:
            return str(sql)
        columns = [f"c{at}" for at in range(len(compiler.select))]
        texts = ", ".join(f"{column}::text" for column in columns)
        # Columns of two tables have the same names; here each gets its own.
        return (
            f"SELECT {number} AS part, row_number() OVER () AS place, ARRAY[{texts}] AS told"  # noqa: S608 - made by the ORM
            f" FROM ({sql}) AS one({', '.join(columns)})"
        )

    def answers(self) -> list[list[Any]]:
        """The rows of each queryset, in its own order."""
        told: list[list[Sequence[Any]]] = [[] for _ in self._alone]
        if self._sql:
            with planned(self._using) as cursor:
                cursor.execute(self._sql, self._values)
                found = cursor.fetchall()
            if len(self._alone) == 1:
                told = [found]
            else:
                for number, _, texts in found:
                    told[number].append(texts)
                told = [
                    [
                        tuple(
                            None if text is None else read(text)
                            for read, text in zip(readers, row, strict=True)
                        )
                        for row in rows
                    ]
                    for readers, rows in zip(self._read_by(), told, strict=True)
                ]
        with self._lock:
            return [
                _answered(rows, compiler, values)
                for rows, compiler, values in zip(self._alone, self._compilers, told, strict=True)
            ]

    def _read_by(self) -> list[list[Callable[[str], Any]]]:
        """How the driver reads each column; it says so for one connection."""
        connection = connections[self._using]
        if self._readers[0] is not connection.connection:
            made = [
                [_reader(connection, expression.output_field) for expression, *_ in compiler.select or ()]
                for compiler in self._compilers
            ]
            self._readers = (connection.connection, made)
        return self._readers[1]


class JsonRows(ArraySubquery):
    """The rows of a subquery whose only column is JSON, as one value: it is read once, not row by row."""

    template = "to_jsonb(ARRAY(%(subquery)s))"

    @property
    def output_field(self) -> Any:
        return JSONField()


def together(*asked: QuerySet[Any]) -> list[list[Any]]:
    """The rows of each queryset, in its own order."""
    return Questions(*asked).answers()


class Counts:
    """How many rows each queryset has, as one statement that can be kept."""

    def __init__(self, *asked: QuerySet[Any]) -> None:
        self._sql, self._values, self._kept = counting(asked)
        self._all = len(asked)

    def answers(self) -> list[int]:
        found = [0] * self._all
        if self._kept:
            with planned() as cursor:
                cursor.execute(self._sql, self._values)
                for at, count in zip(self._kept, cursor.fetchone() or (), strict=True):
                    found[at] = count
        return found


def counting(
    asked: Sequence[QuerySet[Any]], *, most: int | None = None
) -> tuple[str, tuple[Any, ...], list[int]]:
    """How many rows has each queryset: the question, and which of them it is about; the rest have none.

    Nothing is counted further than to `most`. It is sent beside the text, like every value: were it known
    when the statement is planned, PostgreSQL could find it cheaper to plan it anew each time.
    """
    limit = "" if most is None else " LIMIT %s"
    parts: list[str] = []
    values: list[Any] = []
    kept: list[int] = []
    for at, rows in enumerate(asked):
        try:
            sql, params = rows.order_by().values("pk").query.sql_with_params()
        except EmptyResultSet:
            continue
        kept.append(at)
        parts.append(f"(SELECT count(*) FROM ({sql}{limit}) AS counted)")  # noqa: S608 - made by the ORM
        values += params if most is None else (*params, most)
    return "SELECT " + ", ".join(parts), tuple(values), kept


def _once(get_converters: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """What the ORM does to the values of each column: of one question these are always the same columns."""
    found: list[Any] = []

    def converters(expressions: Any) -> Any:
        if not found:
            found.append(get_converters(expressions))
        return found[0]

    return converters


def _answered(rows: Any, compiler: Any, values: Sequence[Sequence[Any]]) -> list[Any]:
    """Let the ORM make of the values what it makes of those that it asks for itself."""
    if not values:
        return []
    compiler.execute_sql = lambda *args, **kwargs: [values]
    try:
        found = list(rows._iterable_class(rows))
    finally:
        # A kept question keeps nothing that was read.
        del compiler.execute_sql
    if rows._prefetch_related_lookups:
        prefetch_related_objects(found, *rows._prefetch_related_lookups)
    return found


# How the driver reads a type: it says so for one connection, and many kept questions ask it.
_known: dict[str, tuple[object, dict[int, Callable[[str], Any]]]] = {}


def _reader(connection: Any, field: "Field[Any, Any]") -> Callable[[str], Any]:
    """How the driver reads a value of this column's type."""
    raw = connection.connection
    kind = _bare(field.db_type(connection) or field.rel_db_type(connection))
    oid = raw.adapters.types.get_oid(kind)
    if connection.alias not in _known or _known[connection.alias][0] is not raw:
        _known[connection.alias] = raw, {}
    known = _known[connection.alias][1]
    if oid not in known:
        loader = raw.adapters.get_loader(oid, Format.TEXT)(oid, raw)
        known[oid] = lambda text: loader.load(text.encode())
    return known[oid]


@cache
def _bare(kind: str) -> str:
    """The type without its length: "numeric(10, 2)" is numeric, "varchar(3)[2]" an array of varchar."""
    name, array = kind.partition("[")[:2]
    return name.partition("(")[0].strip() + ("[]" if array else "")
