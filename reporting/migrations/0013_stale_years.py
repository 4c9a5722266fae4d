"""What marks a year of a unit as changed: triggers on every table that the statistics count.

One trigger for each statement, whatever the number of its rows, and only for columns that are counted. The
marks are written in the transaction of the change, so that a year is never taken for counted while it is not.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import migrations

from reintegration.tenancy.sql import SharedTable

FUNCTION = "reporting_stale_{table}"
# The first day of a file: what came of it stands in the year in which it began.
FILE = """least(f.opened_on, (SELECT min(p.since) FROM participants_period p
            WHERE p.unit_id = f.unit_id AND p.participation_id = f.id))"""
OF_FILE = f"""(SELECT extract(year FROM {FILE}) FROM participants_participation f
        WHERE f.unit_id = r.unit_id AND f.id = r.participation_id)"""
OF_PERSON = f"""(SELECT extract(year FROM min({FILE})) FROM participants_participation f
        WHERE f.unit_id = r.unit_id AND f.person_id = r.person_id)"""


@dataclass(frozen=True, slots=True)
class Source:
    """A table, its columns that are counted, and in which years a row of it counts; `until` NULL is until today."""

    table: str
    columns: str
    since: str
    until: str = "NULL::smallint"

    @property
    def function(self) -> str:
        return FUNCTION.format(table=self.table)

    def marks(self, rows: str) -> str:
        """Mark the years of these rows, each once for a statement."""
        return f"""INSERT INTO reporting_staleyear (unit_id, since, until)
        SELECT DISTINCT unit_id, first::smallint, last::smallint FROM (
            SELECT r.unit_id, {self.since} AS first, {self.until} AS last FROM ({rows}) AS r
        ) AS found WHERE first IS NOT NULL;"""

    def changed(self, rows: str, others: str) -> str:
        """What is otherwise than before: whoever changes a phone number changes nothing that is counted."""
        return f"(SELECT {self.columns} FROM {rows} EXCEPT ALL SELECT {self.columns} FROM {others})"


def _year(column: str) -> str:
    return f"extract(year FROM {column})"


SOURCES = (
    Source(
        "participants_participation",
        "unit_id, id, person_id, referral_id, opened_on, ended_on, end_reason, destination, certificate_on",
        """extract(year FROM least(r.opened_on, (SELECT min(p.since) FROM participants_period p
            WHERE p.unit_id = r.unit_id AND p.participation_id = r.id)))""",
    ),
    Source(
        "participants_period",
        "unit_id, id, participation_id, kind, since, until",
        f"least({OF_FILE}, extract(year FROM r.since))",
    ),
    Source("participants_person", "unit_id, id AS person_id, sex, birth_date, education", OF_PERSON),
    Source("participants_persongroup", "unit_id, id, person_id, code_index, main, since, until", OF_PERSON),
    Source("participants_followup", "unit_id, id, participation_id, state, held_on, situation", OF_FILE),
    Source(
        "participants_referral",
        "unit_id, id, received_at, sent_at, sex, source",
        _year("coalesce(r.received_at, r.sent_at)"),
    ),
    Source("participants_anonymousfile", "unit_id, id, opened_month, ages", """least(extract(year FROM r.opened_month), (SELECT min(one::integer) FROM jsonb_object_keys(r.ages) AS one))"""),
    Source(
        "participants_cardentry",
        "unit_id, id, participation_id, kind, held_on, minutes, struck_at",
        _year("r.held_on"),
        _year("r.held_on"),
    ),
    Source("reporting_outcome", "unit_id, id, participation_id, reached, independent", OF_FILE),
    Source("ipzs_daymark", "unit_id, id, day, kind", _year("r.day"), _year("r.day")),
    Source("ipzs_classpresence", "unit_id, id, meeting_id, day, hours", _year("r.day"), _year("r.day")),
    Source("ipzs_classmeeting", "unit_id, id, service_id, day, state", _year("r.day"), _year("r.day")),
    Source("ipzs_workshop", "unit_id, id, kind, opened_on, closed_on", _year("r.opened_on")),
    Source(
        "ipzs_workshopplace", "unit_id, id, workshop_id, participation_id, since, until", _year("r.since")
    ),
    Source("benefits_payrolllist", "unit_id, id, paid_on", _year("r.paid_on"), _year("r.paid_on")),
    Source(
        "benefits_statement",
        "unit_id, id, payroll_list_id, benefit, corrected, premium, tax, to_pay",
        """(SELECT extract(year FROM l.paid_on) FROM benefits_payrolllist l
        WHERE l.unit_id = r.unit_id AND l.id = r.payroll_list_id)""",
        """(SELECT extract(year FROM l.paid_on) FROM benefits_payrolllist l
        WHERE l.unit_id = r.unit_id AND l.id = r.payroll_list_id)""",
    ),
)


def statements() -> Iterator[str]:
    """Functions and triggers. The function is the owner's: the program and the keeper add no marks of their own."""
    for one in SOURCES:
        yield f"""CREATE FUNCTION {one.function}() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        {one.marks(f"SELECT {one.columns} FROM came")}
    ELSIF TG_OP = 'DELETE' THEN
        {one.marks(f"SELECT {one.columns} FROM gone")}
    ELSE
        {one.marks(f"{one.changed('came', 'gone')} UNION ALL {one.changed('gone', 'came')}")}
    END IF;
    RETURN NULL;
END $$"""
        for operation, tables in (
            ("INSERT", "NEW TABLE AS came"),
            ("UPDATE", "OLD TABLE AS gone NEW TABLE AS came"),
            ("DELETE", "OLD TABLE AS gone"),
        ):
            yield (
                f"CREATE TRIGGER stale_{operation.lower()} AFTER {operation} ON {one.table}"
                f" REFERENCING {tables} FOR EACH STATEMENT EXECUTE FUNCTION {one.function}()"
            )
    # What stood before any of them counts from the year of the act.
    yield "INSERT INTO reporting_staleyear (unit_id, since) SELECT organisation_id, 2003 FROM tenancy_unit"
    yield "REVOKE INSERT, UPDATE, TRUNCATE ON reporting_staleyear FROM reintegra_app"


class Migration(migrations.Migration):
    dependencies = [
        ("reporting", "0012_rollups"),
        ("participants", "0038_nameless"),
        ("ipzs", "0015_in_force"),
        ("benefits", "0023_confirmed_by_word"),
    ]

    operations = [
        SharedTable("UnitYear", subject="", keeps="nothing"),
        SharedTable("YearCell", subject="", keeps="nothing"),
        migrations.RunSQL(list(statements()), migrations.RunSQL.noop),
    ]
