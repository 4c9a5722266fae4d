"""Lookups that keep their index under row security."""

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import CharField, Lookup, TextField
from django.db.models.sql.compiler import SQLCompiler


@CharField.register_lookup
@TextField.register_lookup
class Prefix(Lookup):
    """`column__prefix="kow"` is `column ^@ 'kow'`.

    LIKE is not leakproof, so PostgreSQL runs it only after the policy has looked at every row of the
    tenant; `^@` is, and uses the index on a column in the C collation.
    """

    lookup_name = "prefix"
    prepare_rhs = True

    def as_sql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, tuple[str | int, ...]]:
        left, left_params = self.process_lhs(compiler, connection)
        right, right_params = self.process_rhs(compiler, connection)
        return f"{left} ^@ {right}", (*left_params, *right_params)
