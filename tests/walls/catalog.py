"""What must hold of every table, read from the models and from the database's own catalogue.

Each check answers with sentences that name the table at fault; none is the good answer.
"""

from collections.abc import Iterator
from typing import Any

from django.apps import apps

from tests.specimens import tenant_models

# Tables without row security, reviewed: what stands here is seen by every tenant's program.
GLOBAL_MODELS = frozenset(
    {
        "api.Token",
        "accounts.Attempts",
        "accounts.Invitation",
        "accounts.User",
        "audit.Unsealed",
        "core.Throttle",
        "participants.Gmina",
        "law.Parameter",
        "law.ParameterValue",
        "reporting.ReportLayout",
        "reporting.StaleYear",
        "tenancy.Founder",
        "tenancy.Organisation",
        "tenancy.Unit",
        "tenancy.ReferringBody",
        "tenancy.VoivodeOffice",
        "tenancy.Membership",
        "jobs.Job",
        "jobs.Period",
        "jobs.Heartbeat",
    }
)
# Tables of libraries; they hold accounts, sessions and content types, no tenant's data.
LIBRARY_APPS = frozenset(
    {"account", "admin", "auth", "contenttypes", "guardian", "mfa", "sessions", "usersessions"}
)
# Policies that let rows be read besides, each with a test of its own.
REVIEWED_POLICIES = frozenset(
    {
        # A file that its owner shares with one other organisation.
        ("documents_storedfile", "shared"),
        # Free places, which everybody may read.
        ("participants_placeoffer", "published"),
        # What a unit opened to a body, which reads that it did while it is open.
        ("participants_bodyaccess", "opened"),
        # How a unit counts and pays, told to whoever refers to it.
        ("benefits_paymentterms", "published"),
        # What the law publishes of both registers of a voivode, and no column besides.
        ("reporting_registerentry", "published"),
        ("reporting_entryversion", "published"),
        ("reporting_statusdecision", "published"),
        # The one row that a unit is giving back to its sender, while it is being written.
        ("participants_referral", "given_back"),
        # The draft that a unit gives back, while it writes it.
        ("participants_referral", "returning"),
        # The owner's own reading for `participants_elsewhere`, which the program may call and not become.
        ("participants_person", "elsewhere"),
        ("participants_period", "elsewhere"),
        ("participants_participation", "elsewhere"),
    }
)
TENANT_COLUMNS = ("unit_id", "organisation_id")

Rows = list[tuple[Any, ...]]


def rows(cursor: Any, sql: str, *params: Any) -> Rows:
    cursor.execute(sql, params)
    return cursor.fetchall()  # type: ignore[no-any-return]


def tenant_tables() -> dict[str, str]:
    """Table → column of the tenant."""
    return {model._meta.db_table: f"{model.tenant_field}_id" for model in tenant_models()}


def unlisted_models() -> Iterator[str]:
    for model in apps.get_models(include_auto_created=True):
        if hasattr(model, "tenant_field") or model._meta.app_label in LIBRARY_APPS:
            continue
        owner = model._meta.auto_created
        label = owner._meta.label if owner else model._meta.label
        if label not in GLOBAL_MODELS:
            yield f"{label} is neither a tenant's nor in the reviewed list of global tables"


def row_security(cursor: Any, tables: dict[str, str]) -> Iterator[str]:
    forced = {
        name: both
        for name, *both in rows(
            cursor,
            "SELECT relname, relrowsecurity, relforcerowsecurity FROM pg_class"
            " WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'",
        )
    }
    policies: dict[str, list[tuple[str, str | None, str | None]]] = {}
    for table, name, qual, check in rows(
        cursor, "SELECT tablename, policyname, qual, with_check FROM pg_policies WHERE schemaname = 'public'"
    ):
        policies.setdefault(table, []).append((name, qual, check))
    for table, column in tables.items():
        if forced.get(table) != [True, True]:
            yield f"{table}: row security is not enabled and forced"
        if not policies.get(table):
            yield f"{table}: no policy"
        for name, qual, check in policies.get(table, []):
            if (table, name) in REVIEWED_POLICIES:
                continue
            for text in (qual, check):
                if text is None:
                    yield f"{table}: policy {name} lacks USING or WITH CHECK"
                elif "current_setting" in text and "SELECT" not in text.split("current_setting")[0].upper():
                    yield f"{table}: policy {name} calls current_setting for every row; wrap it in (SELECT …)"
                elif column not in text:
                    yield f"{table}: policy {name} does not compare {column}"


def tables_with_a_tenant_column(
    cursor: Any, tables: dict[str, str], reviewed: frozenset[str]
) -> Iterator[str]:
    for (table,) in rows(
        cursor,
        "SELECT DISTINCT table_name FROM information_schema.columns JOIN information_schema.tables"
        " USING (table_schema, table_name) WHERE table_schema = 'public' AND table_type = 'BASE TABLE'"
        " AND column_name = ANY(%s)",
        list(TENANT_COLUMNS),
    ):
        if table not in tables and table not in reviewed:
            yield f"{table}: has a tenant's column and is not a tenant table"


def views(cursor: Any) -> Iterator[str]:
    for name, kind, options in rows(
        cursor,
        "SELECT relname, relkind, coalesce(reloptions, '{}') FROM pg_class"
        " WHERE relnamespace = 'public'::regnamespace AND relkind IN ('v', 'm')",
    ):
        if kind == "m":
            yield f"{name}: a materialised view has no row security"
        elif "security_invoker=true" not in options:
            yield f"{name}: a view without security_invoker"


def unique_keys(cursor: Any, tables: dict[str, str]) -> Iterator[str]:
    """A unique key without the tenant tells one tenant what another has."""
    for table, index, columns in rows(
        cursor,
        "SELECT c.relname, i.relname, array(SELECT attname::text FROM pg_attribute"
        "   WHERE attrelid = x.indrelid AND attnum = ANY(x.indkey))"
        " FROM pg_index x JOIN pg_class c ON c.oid = x.indrelid JOIN pg_class i ON i.oid = x.indexrelid"
        " WHERE x.indisunique AND NOT x.indisprimary AND c.relnamespace = 'public'::regnamespace",
    ):
        if table in tables and tables[table] not in columns:
            yield f"{table}: unique key {index} lacks {tables[table]}"


def foreign_keys(cursor: Any, tables: dict[str, str]) -> Iterator[str]:
    """Every foreign key has an index; between tenant tables it carries the tenant."""
    indexes: dict[str, list[list[str]]] = {}
    for table, columns in rows(
        cursor,
        "SELECT c.relname, array(SELECT a.attname::text FROM unnest(x.indkey) WITH ORDINALITY AS k(n, o)"
        "   JOIN pg_attribute a ON a.attrelid = x.indrelid AND a.attnum = k.n ORDER BY k.o)"
        " FROM pg_index x JOIN pg_class c ON c.oid = x.indrelid"
        " WHERE c.relnamespace = 'public'::regnamespace AND x.indpred IS NULL",
    ):
        indexes.setdefault(table, []).append(columns)
    for table, name, target, columns in rows(
        cursor,
        "SELECT c.relname, k.conname, t.relname, array(SELECT a.attname::text FROM unnest(k.conkey) AS n"
        "   JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = n)"
        " FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_class t ON t.oid = k.confrelid"
        " WHERE k.contype = 'f' AND c.relnamespace = 'public'::regnamespace",
    ):
        if not any(set(index[: len(columns)]) <= set(columns) for index in indexes.get(table, [])):
            yield f"{table}: foreign key {name} has no index"
        if table in tables and target in tables and tables[table] not in columns:
            yield f"{table}: foreign key {name} does not carry the tenant"


def kin_fields() -> Iterator[str]:
    """Between tenant models only KinForeignKey is used: a plain key would not carry the tenant."""
    from reintegration.tenancy.fields import KinForeignKey

    for model in tenant_models():
        for field in model._meta.local_concrete_fields:
            target = field.related_model
            if (
                target is not None
                and hasattr(target, "tenant_field")
                and not isinstance(field, KinForeignKey)
            ):
                yield f"{model._meta.label}.{field.name}: refers to a tenant's row without the tenant"


def history_triggers(cursor: Any, tables: dict[str, str], kept_otherwise: frozenset[str]) -> Iterator[str]:
    """Every tenant table has its trigger of history, which knows all its ciphertext columns."""
    found = dict(
        rows(
            cursor,
            "SELECT c.relname, pg_get_triggerdef(t.oid)"
            " FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
            " WHERE t.tgname = 'history' AND t.tgenabled = 'O'",
        )
    )
    bytea: dict[str, list[str]] = {}
    for table, column in rows(
        cursor,
        "SELECT table_name, column_name FROM information_schema.columns"
        " WHERE table_schema = 'public' AND data_type = 'bytea' ORDER BY ordinal_position",
    ):
        bytea.setdefault(table, []).append(column)
    for table in tables:
        if table in kept_otherwise:
            continue
        if table not in found:
            yield f"{table}: changes leave no history"
        else:
            named = found[table].split("'")[5].split(",")
            for column in bytea.get(table, []):
                if column not in named:
                    yield f"{table}: the trigger of history does not know the ciphertext {column}"


def functions(cursor: Any) -> Iterator[str]:
    for name, definer, leakproof, config, public in rows(
        cursor,
        "SELECT p.proname, p.prosecdef, p.proleakproof, coalesce(p.proconfig, '{}'),"
        " has_function_privilege('public', p.oid, 'EXECUTE') FROM pg_proc p"
        " WHERE p.pronamespace = 'public'::regnamespace",
    ):
        if definer and not any(setting.startswith("search_path=") for setting in config):
            yield f"{name}: runs as its owner without a fixed search_path"
        if definer and public:
            yield f"{name}: runs as its owner for everybody; revoke it from PUBLIC"
        if leakproof:
            yield f"{name}: is marked leakproof and would run before the policy"


def program_role(cursor: Any) -> Iterator[str]:
    for role, superuser, bypass, owns in rows(
        cursor,
        "SELECT rolname, rolsuper, rolbypassrls, (SELECT count(*) FROM pg_class WHERE relowner = r.oid)"
        " FROM pg_roles r WHERE rolname IN ('reintegra_app', 'reintegra_keeper')",
    ):
        if superuser or bypass:
            yield f"{role}: can pass row security"
        if owns:
            yield f"{role}: owns {owns} tables or indexes"
    for member, of in rows(
        cursor,
        "SELECT m.rolname, g.rolname FROM pg_auth_members a JOIN pg_roles m ON m.oid = a.member"
        " JOIN pg_roles g ON g.oid = a.roleid"
        # Reads everything for the backup, writes nothing, and no process of the program signs in as it.
        " WHERE m.rolname LIKE 'reintegra%%' AND m.rolname <> 'reintegra_backup'",
    ):
        yield f"{member}: may become {of}"
