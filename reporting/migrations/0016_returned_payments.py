"""A payment that comes back or goes again is otherwise counted, so that it marks its years too."""

from django.db import migrations

COLUMNS = "unit_id, id, payroll_list_id, statement_id, part, attempt, amount, sent_on, returned_on"
CHANGED = f"""SELECT * FROM (SELECT {COLUMNS} FROM came EXCEPT ALL SELECT {COLUMNS} FROM gone) AS now
            UNION ALL SELECT * FROM (SELECT {COLUMNS} FROM gone EXCEPT ALL SELECT {COLUMNS} FROM came) AS before"""
# The year of the list, those in which it was sent and came back, and what lies between.
MARK = """INSERT INTO reporting_staleyear (unit_id, since, until)
        SELECT DISTINCT unit_id, first::smallint, last::smallint FROM (
            SELECT r.unit_id,
                extract(year FROM least(l.paid_on, r.sent_on, r.returned_on)) AS first,
                extract(year FROM greatest(l.paid_on, r.sent_on, r.returned_on)) AS last
            FROM ({rows}) AS r
            JOIN benefits_payrolllist l ON l.unit_id = r.unit_id AND l.id = r.payroll_list_id
        ) AS found WHERE first IS NOT NULL;"""
TRIGGERS = {
    "INSERT": "NEW TABLE AS came",
    "UPDATE": "OLD TABLE AS gone NEW TABLE AS came",
    "DELETE": "OLD TABLE AS gone",
}


class Migration(migrations.Migration):
    dependencies = [("reporting", "0015_explanations"), ("benefits", "0023_confirmed_by_word")]

    operations = [
        migrations.RunSQL(
            [
                f"""CREATE FUNCTION reporting_stale_benefits_paidline() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        {MARK.format(rows=f"SELECT {COLUMNS} FROM came")}
    ELSIF TG_OP = 'DELETE' THEN
        {MARK.format(rows=f"SELECT {COLUMNS} FROM gone")}
    ELSE
        {MARK.format(rows=CHANGED)}
    END IF;
    RETURN NULL;
END $$""",
                *(
                    f"CREATE TRIGGER stale_{operation.lower()} AFTER {operation} ON benefits_paidline"
                    f" REFERENCING {tables} FOR EACH STATEMENT"
                    " EXECUTE FUNCTION reporting_stale_benefits_paidline()"
                    for operation, tables in TRIGGERS.items()
                ),
                # Years that were counted by the lists alone are counted again.
                "INSERT INTO reporting_staleyear (unit_id, since) SELECT organisation_id, 2003 FROM tenancy_unit",
            ],
            [
                *(f"DROP TRIGGER stale_{one.lower()} ON benefits_paidline" for one in TRIGGERS),
                "DROP FUNCTION reporting_stale_benefits_paidline()",
            ],
        ),
    ]
