"""What marks a year as changed runs with the owner's rights, so that nobody may hang it on a table of their own."""

from django.db import migrations

REVOKE = """
DO $$
DECLARE
    one regprocedure;
BEGIN
    FOR one IN
        SELECT oid FROM pg_proc
        WHERE pronamespace = 'public'::regnamespace AND prosecdef AND starts_with(proname, 'reporting_stale_')
    LOOP
        EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', one);
    END LOOP;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("reporting", "0025_inspections")]

    operations = [migrations.RunSQL(REVOKE, migrations.RunSQL.noop)]
