"""The conventions of tables; each check is also shown to find what it is for."""

from collections.abc import Callable
from typing import Any

import psycopg
import pytest

from tests.walls import catalog

pytestmark = pytest.mark.django_db

# Tables whose rows are never changed, or that are a record of work themselves.
KEPT_OTHERWISE = frozenset(
    {
        "audit_event",
        "audit_eventperson",
        "audit_change",
        "audit_seal",
        # Reckoned from what has a history, and reckoned again.
        "reporting_unityear",
        "reporting_yearcell",
        # Written by triggers from what has a history.
        "reporting_yearreport",
        # What a person is typing or has just sent: remembered for a while, then gone.
        "accounts_heldform",
        "shell_formdraft",
        "shell_submissionkey",
        "api_answer",
        # Written anew with every draft of a payroll list and never after it; its history has their digest.
        "benefits_statement",
        "benefits_correction",
        # The books: rows that nobody changes, each with who made it and when.
        "benefits_journalentry",
        "benefits_posting",
        # A reminder that went is a fact, with who sent it and when.
        "reporting_seasonreminder",
    }
)
# Global tables with the column of an organisation.
GLOBAL_WITH_ORGANISATION = frozenset(
    {
        "accounts_invitation",
        "api_token",
        "tenancy_unit",
        "tenancy_referringbody",
        "tenancy_voivodeoffice",
        "tenancy_membership",
        "jobs_job",
        "audit_unsealed",
        "reporting_staleyear",
    }
)

CHECKS: dict[str, Callable[[Any, dict[str, str]], Any]] = {
    "row_security": catalog.row_security,
    "tenant_columns": lambda cursor, tables: catalog.tables_with_a_tenant_column(
        cursor, tables, GLOBAL_WITH_ORGANISATION
    ),
    "views": lambda cursor, tables: catalog.views(cursor),
    "unique_keys": catalog.unique_keys,
    "foreign_keys": catalog.foreign_keys,
    "history": lambda cursor, tables: catalog.history_triggers(cursor, tables, KEPT_OTHERWISE),
    "functions": lambda cursor, tables: catalog.functions(cursor),
    "roles": lambda cursor, tables: catalog.program_role(cursor),
}

FORCED = "ALTER TABLE planted ENABLE ROW LEVEL SECURITY; ALTER TABLE planted FORCE ROW LEVEL SECURITY;"
TABLE = (
    "CREATE TABLE planted (id uuid PRIMARY KEY, unit_id uuid REFERENCES tenancy_unit, note text, other uuid);"
)
SETTING = "current_setting('app.organisation')::uuid"

# what is planted, and what the check must say of it
PLANTED = {
    "table without row security": ("row_security", TABLE, "planted: row security is not enabled and forced"),
    "table not forced": (
        "row_security",
        TABLE + "ALTER TABLE planted ENABLE ROW LEVEL SECURITY;",
        "planted: row security is not enabled and forced",
    ),
    "table without policy": ("row_security", TABLE + FORCED, "planted: no policy"),
    "policy that asks for every row": (
        "row_security",
        TABLE
        + FORCED
        + f"CREATE POLICY p ON planted USING (unit_id = {SETTING}) WITH CHECK (unit_id = {SETTING});",
        "planted: policy p calls current_setting for every row; wrap it in (SELECT …)",
    ),
    "policy that lets everything be written": (
        "row_security",
        TABLE + FORCED + f"CREATE POLICY p ON planted USING (unit_id = (SELECT {SETTING}));",
        "planted: policy p lacks USING or WITH CHECK",
    ),
    "view of the owner": (
        "views",
        "CREATE VIEW planted AS SELECT * FROM tenancy_site;",
        "planted: a view without security_invoker",
    ),
    "materialised view": (
        "views",
        "CREATE MATERIALIZED VIEW planted AS SELECT 1;",
        "planted: a materialised view has no row security",
    ),
    "unique key without the tenant": (
        "unique_keys",
        TABLE + "CREATE UNIQUE INDEX planted_note ON planted (note);",
        "planted: unique key planted_note lacks unit_id",
    ),
    "foreign key without index": (
        "foreign_keys",
        TABLE,
        "planted: foreign key planted_unit_id_fkey has no index",
    ),
    "foreign key without the tenant": (
        "foreign_keys",
        TABLE + "ALTER TABLE planted ADD CONSTRAINT kin FOREIGN KEY (other) REFERENCES tenancy_site (id);",
        "planted: foreign key kin does not carry the tenant",
    ),
    "changes without history": ("history", TABLE, "planted: changes leave no history"),
    "ciphertext in plain history": (
        "history",
        TABLE
        + "ALTER TABLE planted ADD COLUMN secret bytea; CREATE TRIGGER history AFTER UPDATE ON planted"
        + " FOR EACH ROW EXECUTE FUNCTION audit_capture('', '', '');",
        "planted: the trigger of history does not know the ciphertext secret",
    ),
    "function of the owner": (
        "functions",
        "CREATE FUNCTION planted() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1';",
        "planted: runs as its owner without a fixed search_path",
    ),
    "function of the owner for everybody": (
        "functions",
        "CREATE FUNCTION planted() RETURNS int LANGUAGE sql SECURITY DEFINER SET search_path = public"
        " AS 'SELECT 1';",
        "planted: runs as its owner for everybody; revoke it from PUBLIC",
    ),
    "role that may become the owner": (
        "roles",
        "GRANT reintegra_owner TO reintegra_app;",
        "reintegra_app: may become reintegra_owner",
    ),
    "tenant column in a global table": (
        "tenant_columns",
        TABLE,
        "planted: has a tenant's column and is not a tenant table",
    ),
}


def test_every_model_is_a_tenants_or_reviewed_as_global():
    assert list(catalog.unlisted_models()) == []


def test_tenant_rows_refer_to_each_other_through_the_tenant():
    assert list(catalog.kin_fields()) == []


@pytest.mark.parametrize("name", CHECKS)
def test_the_database_keeps_the_convention(name: str, as_role: Callable[[str], psycopg.Connection]):
    cursor = as_role("postgres").cursor()
    assert list(CHECKS[name](cursor, catalog.tenant_tables())) == []


@pytest.mark.parametrize("name", PLANTED)
def test_the_check_finds_what_is_planted(name: str, as_role: Callable[[str], psycopg.Connection]):
    check, sql, finding = PLANTED[name]
    tables = catalog.tenant_tables()
    if check not in {"views", "functions", "roles", "tenant_columns"}:
        tables["planted"] = "unit_id"
    connection = as_role("postgres")
    with connection.transaction(force_rollback=True):
        connection.execute(sql)
        assert finding in list(CHECKS[check](connection.cursor(), tables))
