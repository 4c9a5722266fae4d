from django.db import migrations

# As in `0002_elsewhere`, but of the other unit's days the answer gives those alone that were asked about.
ELSEWHERE = r"""
CREATE OR REPLACE FUNCTION participants_elsewhere(asked_person uuid, first_day date, last_day date)
RETURNS TABLE (since date, until date) LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    here CONSTANT uuid := nullif(current_setting('app.organisation', true), '')::uuid;
    mark bytea;
BEGIN
    PERFORM audit_context();
    SELECT pesel_index INTO mark FROM participants_person WHERE unit_id = here AND id = asked_person;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'a unit asks about its own persons' USING ERRCODE = 'insufficient_privilege';
    END IF;
    INSERT INTO audit_event (action, outcome, object_type, object_id, persons, detail)
    VALUES ('participants.elsewhere.ask', 'seen', 'participants.person', asked_person, ARRAY[asked_person],
        jsonb_build_object('since', first_day, 'until', last_day));
    RETURN QUERY
        SELECT DISTINCT greatest(period.since, first_day),
            least(period.until, coalesce(file.ended_on, period.until), last_day)
        FROM participants_person other
        JOIN participants_period period ON period.unit_id = other.unit_id AND period.person_id = other.id
        JOIN participants_participation file
            ON file.unit_id = period.unit_id AND file.id = period.participation_id
        WHERE other.pesel_index = mark AND other.unit_id <> here AND other.merged_into_id IS NULL
            AND period.since <= last_day
            AND least(period.until, coalesce(file.ended_on, period.until)) >= first_day
            AND (file.ended_on IS NULL OR period.since <= file.ended_on)
        ORDER BY 1, 2;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("participants", "0036_held")]

    operations = [migrations.RunSQL(ELSEWHERE, migrations.RunSQL.noop)]
