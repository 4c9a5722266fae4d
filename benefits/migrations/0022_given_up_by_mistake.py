from django.db import migrations

# Somebody gave a payment up whose return was another one's money: with the return that is taken back too.
# What never went out did not come back either, and stays given up.
WAY = r"""
CREATE OR REPLACE FUNCTION benefits_keep_way() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    way CONSTANT text[] := ARRAY['planned>sent', 'planned>paid', 'planned>dropped', 'sent>paid', 'sent>returned',
        'paid>sent', 'paid>returned', 'returned>paid', 'returned>sent', 'returned>dropped', 'dropped>paid',
        'dropped>sent'];
BEGIN
    IF OLD.state || '>' || NEW.state <> ALL (way)
        OR OLD.state = 'dropped' AND OLD.returned_on IS NULL THEN
        RAISE EXCEPTION 'a payment that is % does not become %', OLD.state, NEW.state
            USING ERRCODE = 'restrict_violation', HINT = 'Tak się ta płatność nie może zmienić.';
    END IF;
    RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("benefits", "0021_overpayment_counted")]

    operations = [migrations.RunSQL(WAY, migrations.RunSQL.noop)]
