"""Lookups that keep their index under row security, and one for many keys at once."""

from typing import Any
from uuid import UUID

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import CharField, ForeignKey, Lookup, TextField, UUIDField
from django.db.models.fields.related_lookups import RelatedIn
from django.db.models.lookups import In
from django.db.models.sql.compiler import SQLCompiler

# From how many keys on they go as an array.
MANY = 4


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


@UUIDField.register_lookup
class Among(In):
    """`pk__in` of many keys as one array.

    A placeholder for each key makes a statement of thousands of characters, which the driver takes apart
    anew each time; PostgreSQL plans both alike.
    """

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, Any]:
        if self.rhs_is_direct_value():
            keys = [key for key in dict.fromkeys(self.rhs) if key is not None]
            if len(keys) >= MANY and all(isinstance(key, UUID) for key in keys):
                left, left_params = self.process_lhs(compiler, connection)
                return f"{left} = ANY(%s)", (*left_params, keys)
        return super().as_sql(compiler, connection)


@ForeignKey.register_lookup
class RelatedAmong(RelatedIn, Among):
    """The same for a foreign key."""
