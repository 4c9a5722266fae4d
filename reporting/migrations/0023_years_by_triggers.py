"""Which report stands for an entry and a year only the triggers of the reports write.

Either side sees the row, so that its policy lets both of them write it: a unit could have taken the year of
another's entry. The functions become the owner's, and the program loses the right. A version names an entry
that is its unit's, or was that of an earlier version.
"""

from django.db import migrations

KEEP = r"""
CREATE OR REPLACE FUNCTION reporting_keep_report_version() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    here CONSTANT uuid := nullif(current_setting('app.organisation', true), '')::uuid;
    decision CONSTANT text[] := ARRAY['state', 'decided_at', 'decided_by_id', 'words'];
BEGIN
    IF TG_OP = 'INSERT' THEN
        -- A report that is not seen the policy and the key refuse.
        IF NEW.state = 'submitted' AND NOT EXISTS (
            SELECT FROM reporting_report r
            WHERE r.unit_id = NEW.unit_id AND r.id = NEW.report_id AND r.year <> NEW.year
        ) AND (NEW.entry IS NULL OR EXISTS (
            SELECT FROM reporting_registerentry e
            WHERE e.organisation_id = NEW.sender_id AND e.id = NEW.entry
                AND NEW.unit_id IN (e.joined_id, e.former_id)
        ) OR EXISTS (
            SELECT FROM reporting_reportversion v
            WHERE v.unit_id = NEW.unit_id AND v.report_id = NEW.report_id AND v.sender_id = NEW.sender_id
                AND v.entry = NEW.entry
        )) THEN
            RETURN NEW;
        END IF;
    ELSIF TG_OP = 'UPDATE' AND OLD.state = 'submitted' AND to_jsonb(OLD) - decision = to_jsonb(NEW) - decision
        AND (here = OLD.unit_id AND NEW.state IN ('submitted', 'withdrawn') AND OLD.words = NEW.words
            OR here = OLD.sender_id AND NEW.state IN ('submitted', 'returned', 'accepted')) THEN
        RETURN NEW;
    ELSIF TG_OP = 'UPDATE' AND here = OLD.sender_id AND OLD.state <> 'withdrawn' AND OLD.entry IS NULL
        AND to_jsonb(OLD) - 'entry' = to_jsonb(NEW) - 'entry' THEN
        RETURN NEW;
    ELSIF TG_OP = 'UPDATE' AND to_jsonb(OLD) = to_jsonb(NEW) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '% of % is refused: it was sent', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation', HINT = 'Wysłana wersja się nie zmienia. Zrób następną.';
END $$
"""
OWNERS = """
ALTER FUNCTION reporting_take_year() SECURITY DEFINER;
ALTER FUNCTION reporting_take_year_on_paper() SECURITY DEFINER;
REVOKE ALL ON FUNCTION reporting_take_year(), reporting_take_year_on_paper() FROM PUBLIC;
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON reporting_yearreport FROM reintegra_app;
"""


class Migration(migrations.Migration):
    dependencies = [("reporting", "0022_terms")]

    operations = [
        migrations.RunSQL(KEEP, migrations.RunSQL.noop),
        migrations.RunSQL(OWNERS, migrations.RunSQL.noop),
    ]
