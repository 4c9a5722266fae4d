from django.db import migrations

# How long all periods of one kind last together (art. 15 ust. 1, 3), from the first day to the last as
# planned. The day after the last one of the usual reading is let through, as a unit may read a month so
# that it ends on the day of the same number. In a KIS the contract sets the length (art. 18).
# A period that is cut stays as it was: what is shortened is asked nothing.
KEEP = r"""
CREATE FUNCTION participants_keep_months() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    here CONSTANT text := (SELECT unit_type FROM tenancy_unit WHERE organisation_id = NEW.unit_id);
    most CONSTANT interval := CASE NEW.kind WHEN 'trial' THEN interval '1 month'
        WHEN 'main' THEN interval '11 months' ELSE interval '12 months' END;
    told text;
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.kind = OLD.kind AND NEW.participation_id = OLD.participation_id
            AND NEW.since >= OLD.since
            AND coalesce(NEW.planned_until, NEW.until) <= coalesce(OLD.planned_until, OLD.until) THEN
        RETURN NULL;
    END IF;
    IF here = 'KIS' THEN
        IF NEW.kind = 'main' THEN
            RETURN NULL;
        END IF;
        told := 'W KIS nie ma okresu próbnego ani przedłużenia. Długość ustala kontrakt. (art. 18)';
    ELSIF (SELECT max(coalesce(planned_until, until)) <= min(since) + most FROM participants_period
            WHERE unit_id = NEW.unit_id AND participation_id = NEW.participation_id AND kind = NEW.kind) THEN
        RETURN NULL;
    ELSE
        told := CASE NEW.kind WHEN 'trial' THEN 'Okres próbny trwa 1 miesiąc. (art. 15 ust. 1)'
            WHEN 'main' THEN 'Okres uczestnictwa trwa do 11 miesięcy. (art. 15 ust. 3)'
            ELSE 'Przedłużenie trwa do 12 miesięcy. (art. 15 ust. 3)' END;
    END IF;
    RAISE EXCEPTION 'a period of kind % is too long', NEW.kind
        USING ERRCODE = 'restrict_violation', HINT = told;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("participants", "0033_sentences")]

    operations = [
        migrations.RunSQL(KEEP, "DROP FUNCTION participants_keep_months()"),
        migrations.RunSQL(
            "CREATE TRIGGER keep_months AFTER INSERT OR UPDATE ON participants_period"
            " FOR EACH ROW EXECUTE FUNCTION participants_keep_months()",
            "DROP TRIGGER keep_months ON participants_period",
        ),
    ]
