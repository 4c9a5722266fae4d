"""What the database must know before the first table: text functions and a range of keys.

No extension is needed, so the same migrations run on the private server and in production.
"""

from collections.abc import Mapping
from typing import Any

from django.db.migrations.operations import RunSQL
from django.db.models import Func, GeneratedField, TextField

from reintegration.core.text import MULTIPLE, ORDER_TABLE, SEARCH_TABLE


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _translated(table: Mapping[str, str]) -> str:
    """The body of a function that does what `core.text` does with the same table."""
    value = "$1"
    for letter, letters in MULTIPLE.items():
        value = f"replace({value}, {_literal(letter)}, {_literal(letters)})"
    # translate() drops the characters that have no counterpart, so those must come last.
    ordered = sorted(table.items(), key=lambda pair: pair[1] == "")
    source, target = "".join(source for source, _ in ordered), "".join(target for _, target in ordered)
    value = f"translate({value}, {_literal(source)}, {_literal(target)})"
    return f"btrim(regexp_replace({value}, ' +', ' ', 'g'), ' ')"


def _function(name: str, table: Mapping[str, str]) -> str:
    # The body is parsed when it is made: no search_path, now or in a restored dump, can change it.
    return (
        f"CREATE OR REPLACE FUNCTION {name}(text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE"
        f" RETURN {_translated(table)}"
    )


class TextFunctions(RunSQL):
    """Create `search_key(text)` and `polish_order(text)`, the twins of `core.text`.

    Generated columns keep what an earlier version computed: after a change of the tables their rows must
    be written again.
    """

    def __init__(self) -> None:
        super().__init__(
            sql=[_function("search_key", SEARCH_TABLE), _function("polish_order", ORDER_TABLE)],
            reverse_sql=["DROP FUNCTION search_key(text)", "DROP FUNCTION polish_order(text)"],
        )

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return type(self).__name__, [], {}

    def describe(self) -> str:
        return "Text functions for search and Polish order"


class SearchKey(Func):
    """`search_key` of several texts joined by spaces."""

    function = "search_key"
    arg_joiner = " || ' ' || "
    output_field = TextField()


class PolishOrder(SearchKey):
    """`polish_order` of several texts joined by spaces."""

    function = "polish_order"


def _generated(expression: Func) -> "GeneratedField":
    return GeneratedField(
        expression=expression, output_field=TextField(db_collation="C"), db_persist=True, editable=False
    )


def search_column(*fields: str) -> "GeneratedField":
    """A column for `__prefix` search, kept by the database.

    Indexed together with the tenant in front; the lookup takes `search_key(typed)`.
    """
    return _generated(SearchKey(*fields))


def order_column(*fields: str) -> "GeneratedField":
    """A column to sort by in the order of the Polish alphabet, kept by the database."""
    return _generated(PolishOrder(*fields))
