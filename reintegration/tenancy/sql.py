"""The second wall: what a migration adds to a table so that PostgreSQL itself keeps tenants apart.

`TenantTable("Site")` after `CreateModel("Site")` makes the policy, the composite keys and the trigger
of history. Fields that come later with a foreign key or a ciphertext need `TenantTable` again: every
statement here can be repeated.
"""

from collections.abc import Iterator
from typing import Any

from django.db.migrations.operations.base import Operation
from django.db.models import BinaryField, Field, GeneratedField, Model

from reintegration.core.fields import encrypted_fields
from reintegration.tenancy.fields import KinForeignKey

CURRENT = "(SELECT nullif(current_setting('app.organisation', true), '')::uuid)"


def quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def columns_of(model: type[Model]) -> "list[Field[Any, Any]]":
    return [field for field in model._meta.local_concrete_fields if field.column]


class _TableOperation(Operation):
    """Runs SQL derived from a model as the migration sees it; changes no state of Django's."""

    reduces_to_sql = True
    reversible = True

    def __init__(self, model: str) -> None:
        self.model = model

    def state_forwards(self, app_label: str, state: Any) -> None:
        pass

    def statements(self, model: type[Model]) -> Iterator[str]:
        raise NotImplementedError

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        for statement in self.statements(to_state.apps.get_model(app_label, self.model)):
            schema_editor.execute(statement)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """The table goes with CreateModel, and everything on it."""

    def describe(self) -> str:
        return f"{type(self).__name__} {self.model}"


class TenantTable(_TableOperation):
    """Row security forced, keys that carry the tenant, and what becomes of changes.

    `keeps`: "history" (every change is captured), "appended" (rows are never changed), or "nothing"
    for a table that is itself a record of work, such as a queue. `subject` names the column that says
    whose personal data a row holds, so that retention finds its history.
    """

    def __init__(
        self, model: str, *, tenant: str = "unit", subject: str = "", keeps: str = "history"
    ) -> None:
        super().__init__(model)
        self.tenant = tenant
        self.subject = subject
        self.keeps = keeps

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        kwargs = {"tenant": self.tenant, "subject": self.subject, "keeps": self.keeps}
        return type(self).__name__, [self.model], kwargs

    def statements(self, model: type[Model]) -> Iterator[str]:
        table, column = model._meta.db_table, f"{self.tenant}_id"
        yield from row_security(table, column)
        yield from composite_keys(model, column)
        yield from keeper_rights(model)
        if self.keeps == "history":
            yield from history(model, self.subject)
        elif self.keeps == "appended":
            yield from append_only(table)


class SharedTable(TenantTable):
    """A table that a unit shares with another organisation: the same keys and history, another policy.

    `seen` is what the policy adds to "mine or the partner's", in SQL over the table's own columns; `also`
    names who sees the row besides.
    """

    def __init__(
        self, model: str, *, subject: str, seen: str = "", also: str = "", keeps: str = "history"
    ) -> None:
        super().__init__(model, subject=subject, keeps=keeps)
        self.seen = seen
        self.also = also

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        kwargs = {"subject": self.subject, "seen": self.seen, "also": self.also, "keeps": self.keeps}
        return type(self).__name__, [self.model], kwargs

    def statements(self, model: type[Model]) -> Iterator[str]:
        yield from super().statements(model)
        name = quoted(model._meta.db_table)
        mine = f"(unit_id = {CURRENT}" + (f" AND ({self.seen}))" if self.seen else ")")
        seen = f"{mine} OR sender_id = {CURRENT}" + (f" OR {self.also}" if self.also else "")
        yield f"DROP POLICY tenant ON {name}"
        yield (
            f"CREATE POLICY tenant ON {name} USING ({seen})"
            f" WITH CHECK (unit_id = {CURRENT} OR sender_id = {CURRENT})"
        )


class TrackedTable(_TableOperation):
    """A global table whose changes are history too: they are kept in the chain of who made them."""

    def __init__(self, model: str, *, subject: str = "") -> None:
        super().__init__(model)
        self.subject = subject

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return type(self).__name__, [self.model], {"subject": self.subject}

    def statements(self, model: type[Model]) -> Iterator[str]:
        yield from history(model, self.subject)
        yield from keeper_rights(model)


def row_security(table: str, column: str) -> Iterator[str]:
    name = quoted(table)
    yield f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY"
    yield f"ALTER TABLE {name} FORCE ROW LEVEL SECURITY"
    yield f"DROP POLICY IF EXISTS tenant ON {name}"
    yield (
        f"CREATE POLICY tenant ON {name} USING ({quoted(column)} = {CURRENT})"
        f" WITH CHECK ({quoted(column)} = {CURRENT})"
    )


def composite_keys(model: type[Model], column: str) -> Iterator[str]:
    """UNIQUE (tenant, id), and to every kin a foreign key that carries the tenant, with its index."""
    table = model._meta.db_table
    yield from constraint(table, f"{table}_own", f"UNIQUE ({quoted(column)}, id)")
    for field in columns_of(model):
        if isinstance(field, KinForeignKey):
            target = field.related_model
            keys = f"({quoted(column)}, {quoted(field.column)})"
            target_column = quoted(own_tenant_column(target))
            yield from constraint(
                table,
                f"{table}_{field.column}_kin",
                f"FOREIGN KEY {keys} REFERENCES {quoted(target._meta.db_table)} ({target_column}, id)"
                f" ON DELETE {field.database_delete}",
            )
            index = quoted(f"{table}_{field.column}_kin")
            yield f"CREATE INDEX IF NOT EXISTS {index} ON {quoted(table)} {keys}"


def own_tenant_column(model: type[Model]) -> str:
    """The tenant's column of a model as a migration sees it, without the class's own attributes."""
    return "unit_id" if any(field.column == "unit_id" for field in columns_of(model)) else "organisation_id"


def constraint(table: str, name: str, definition: str) -> Iterator[str]:
    """Add a constraint unless it stands: others may already refer to it."""
    yield (
        "DO $do$ BEGIN IF NOT EXISTS (SELECT FROM pg_constraint"
        f" WHERE conname = '{name}' AND conrelid = '{quoted(table)}'::regclass) THEN"
        f" ALTER TABLE {quoted(table)} ADD CONSTRAINT {quoted(name)} {definition};"
        " END IF; END $do$"
    )


def history(model: type[Model], subject: str) -> Iterator[str]:
    """Every change of a row becomes history, with ciphertexts (bytea columns) kept apart from values.

    Columns that the database computes are left out: they repeat what stands beside them.
    """
    table = quoted(model._meta.db_table)
    sealed = ",".join(str(field.column) for field in columns_of(model) if isinstance(field, BinaryField))
    computed = ",".join(str(field.column) for field in columns_of(model) if isinstance(field, GeneratedField))
    yield f"DROP TRIGGER IF EXISTS history ON {table}"
    yield (
        f"CREATE TRIGGER history AFTER INSERT OR UPDATE OR DELETE ON {table}"
        " FOR EACH ROW EXECUTE FUNCTION audit_capture("
        f"'{subject}', '{model._meta.pk.column}', '{sealed}', '{computed}')"
    )
    yield f"DROP TRIGGER IF EXISTS never_truncate ON {table}"
    yield (
        f"CREATE TRIGGER never_truncate BEFORE TRUNCATE ON {table}"
        f" FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()"
    )


def keeper_rights(model: type[Model]) -> Iterator[str]:
    """For the rotation of keys the keeper reads the rows and writes their ciphertexts, nothing else."""
    if columns := ", ".join(quoted(str(field.column)) for field in encrypted_fields(model)):
        table = quoted(model._meta.db_table)
        yield f"GRANT SELECT, UPDATE ({columns}) ON {table} TO reintegra_keeper"


def append_only(table: str) -> Iterator[str]:
    """Rows are added and read; nobody changes or removes one, the owner included."""
    name = quoted(table)
    yield f"REVOKE UPDATE, DELETE, TRUNCATE ON {name} FROM reintegra_app"
    yield f"DROP TRIGGER IF EXISTS append_only ON {name}"
    yield (
        f"CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {name}"
        f" FOR EACH ROW EXECUTE FUNCTION audit_refuse()"
    )
    yield f"DROP TRIGGER IF EXISTS never_truncate ON {name}"
    yield (
        f"CREATE TRIGGER never_truncate BEFORE TRUNCATE ON {name}"
        f" FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()"
    )
