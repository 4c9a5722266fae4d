"""Marks that come in by one statement ask once for each of their months whether it is closed.

Each row took a lock and a look of its own, which was half the time of an import. The question comes after the
rows now; it still comes before the transaction ends, and whoever closes the month is waited for as before.
"""

from django.db import migrations

FUNCTION = """
CREATE FUNCTION ipzs_keep_closed_new() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    found record;
BEGIN
    FOR found IN SELECT unit_id, array_agg(DISTINCT date_trunc('month', day::timestamp)::date) AS months
        FROM came GROUP BY unit_id ORDER BY unit_id
    LOOP
        PERFORM ipzs_refuse_closed(found.unit_id, found.months);
    END LOOP;
    RETURN NULL;
END $$;
DROP TRIGGER keep_closed ON ipzs_daymark;
CREATE TRIGGER keep_closed BEFORE UPDATE OR DELETE ON ipzs_daymark
    FOR EACH ROW EXECUTE FUNCTION ipzs_keep_closed_day('reason');
CREATE TRIGGER keep_closed_new AFTER INSERT ON ipzs_daymark REFERENCING NEW TABLE AS came
    FOR EACH STATEMENT EXECUTE FUNCTION ipzs_keep_closed_new();
"""

FORGOTTEN = """
DROP TRIGGER keep_closed_new ON ipzs_daymark;
DROP TRIGGER keep_closed ON ipzs_daymark;
CREATE TRIGGER keep_closed BEFORE INSERT OR UPDATE OR DELETE ON ipzs_daymark
    FOR EACH ROW EXECUTE FUNCTION ipzs_keep_closed_day('reason');
DROP FUNCTION ipzs_keep_closed_new();
"""


class Migration(migrations.Migration):
    dependencies = [("ipzs", "0015_in_force")]

    operations = [migrations.RunSQL(FUNCTION, FORGOTTEN)]
