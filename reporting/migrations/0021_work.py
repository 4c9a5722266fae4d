"""The kind of work after the end is counted, so that a change of it marks its years too."""

from django.db import migrations

COLUMNS = "unit_id, id, participation_id, reached, independent"
MARK = """INSERT INTO reporting_staleyear (unit_id, since, until)
        SELECT DISTINCT unit_id, first::smallint, NULL::smallint FROM (
            SELECT r.unit_id, (SELECT extract(year FROM least(f.opened_on, (SELECT min(p.since)
                FROM participants_period p WHERE p.unit_id = f.unit_id AND p.participation_id = f.id)))
                FROM participants_participation f WHERE f.unit_id = r.unit_id AND f.id = r.participation_id
            ) AS first FROM ({rows}) AS r
        ) AS found WHERE first IS NOT NULL;"""


def function(columns: str) -> str:
    changed = (
        f"(SELECT {columns} FROM came EXCEPT ALL SELECT {columns} FROM gone)"
        f" UNION ALL (SELECT {columns} FROM gone EXCEPT ALL SELECT {columns} FROM came)"
    )
    return f"""CREATE OR REPLACE FUNCTION reporting_stale_reporting_outcome() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        {MARK.format(rows=f"SELECT {columns} FROM came")}
    ELSIF TG_OP = 'DELETE' THEN
        {MARK.format(rows=f"SELECT {columns} FROM gone")}
    ELSE
        {MARK.format(rows=changed)}
    END IF;
    RETURN NULL;
END $$"""


class Migration(migrations.Migration):
    dependencies = [("reporting", "0020_appeals")]

    operations = [
        migrations.RunSQL(
            [
                function(f"{COLUMNS}, work"),
                # Years that were counted without the kinds of work are counted again.
                "INSERT INTO reporting_staleyear (unit_id, since) SELECT organisation_id, 2003 FROM tenancy_unit",
            ],
            function(COLUMNS),
        ),
    ]
