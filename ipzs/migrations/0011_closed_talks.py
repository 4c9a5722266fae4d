from django.db import migrations

# Counselling stands in the one balance of hours, so that its minutes belong to the month as a mark does.
# What was talked about may be written whenever somebody comes to it: an entry without minutes counts nothing.
FUNCTION = r"""
CREATE FUNCTION ipzs_keep_closed_talk() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    before date := CASE WHEN OLD.kind = 'counselling' AND OLD.minutes IS NOT NULL AND OLD.struck_at IS NULL
        THEN OLD.held_on END;
    after date := CASE WHEN NEW.kind = 'counselling' AND NEW.minutes IS NOT NULL AND NEW.struck_at IS NULL
        THEN NEW.held_on END;
BEGIN
    IF (before, OLD.minutes, OLD.participation_id) IS DISTINCT FROM (after, NEW.minutes, NEW.participation_id)
    THEN
        PERFORM ipzs_refuse_closed(coalesce(OLD.unit_id, NEW.unit_id), ARRAY[before, after]);
    END IF;
    RETURN coalesce(NEW, OLD);
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("ipzs", "0010_extension_motion"), ("participants", "0033_sentences")]

    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION ipzs_keep_closed_talk()"),
        migrations.RunSQL(
            "CREATE TRIGGER keep_closed BEFORE INSERT OR UPDATE OR DELETE ON participants_cardentry"
            " FOR EACH ROW EXECUTE FUNCTION ipzs_keep_closed_talk()",
            "DROP TRIGGER keep_closed ON participants_cardentry",
        ),
    ]
