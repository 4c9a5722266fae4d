from django.db import migrations

# A programme that runs rests on a version that holds, and an IPZS also on the agreement of OPS (art. 12
# ust. 4). Both are written in one transaction, row by row, so the whole is looked at when it ends.
KEEP = r"""
CREATE FUNCTION ipzs_keep_in_force() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    row CONSTANT jsonb := to_jsonb(CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END);
    wanted CONSTANT uuid := coalesce(row ->> 'programme_id', row ->> 'id')::uuid;
    programme ipzs_programme;
BEGIN
    SELECT * INTO programme FROM ipzs_programme
        WHERE unit_id = (row ->> 'unit_id')::uuid AND id = wanted AND state = 'running';
    IF programme.id IS NULL THEN
        RETURN NULL;
    END IF;
    IF NOT EXISTS (SELECT FROM ipzs_programmeversion
            WHERE unit_id = programme.unit_id AND programme_id = programme.id AND state = 'in_force') THEN
        RAISE EXCEPTION 'a programme runs without a version in force' USING ERRCODE = 'restrict_violation',
            HINT = 'Program, który trwa, ma wersję, która obowiązuje.';
    END IF;
    IF programme.kind = 'ipzs' AND NOT EXISTS (SELECT FROM ipzs_programmeversion version
            JOIN participants_agreement agreement
                ON agreement.unit_id = version.unit_id AND agreement.id = version.agreement_id
            WHERE version.unit_id = programme.unit_id AND version.programme_id = programme.id
            AND agreement.state = 'agreed') THEN
        RAISE EXCEPTION 'a programme runs without the agreement of OPS' USING ERRCODE = 'restrict_violation',
            HINT = 'Program zaczyna się po uzgodnieniu z kierownikiem OPS. (art. 12 ust. 4)';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER keep_in_force AFTER INSERT OR UPDATE ON ipzs_programme
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ipzs_keep_in_force();
CREATE CONSTRAINT TRIGGER keep_in_force AFTER INSERT OR UPDATE OR DELETE ON ipzs_programmeversion
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ipzs_keep_in_force();
"""
TAKE_AWAY = """
DROP TRIGGER keep_in_force ON ipzs_programmeversion;
DROP TRIGGER keep_in_force ON ipzs_programme;
DROP FUNCTION ipzs_keep_in_force();
"""
# Remarks are encrypted, and only that nothing is written can be seen. An erasure takes the content too.
REMARKS = r"""
CREATE FUNCTION ipzs_keep_remarks() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NEW.state = 'objected' AND octet_length(NEW.remarks) = 0 AND NEW.content IS NOT NULL THEN
        RAISE EXCEPTION 'a version sent back without remarks' USING ERRCODE = 'restrict_violation',
            HINT = 'Napisz, co zmienić w programie.';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER keep_remarks BEFORE INSERT OR UPDATE ON ipzs_programmeversion
    FOR EACH ROW EXECUTE FUNCTION ipzs_keep_remarks();
"""
LEAVE_REMARKS = """
DROP TRIGGER keep_remarks ON ipzs_programmeversion;
DROP FUNCTION ipzs_keep_remarks();
"""


class Migration(migrations.Migration):
    dependencies = [("ipzs", "0014_tail"), ("participants", "0037_elsewhere_asked")]

    operations = [
        migrations.RunSQL(KEEP, TAKE_AWAY),
        migrations.RunSQL(REMARKS, LEAVE_REMARKS),
    ]
