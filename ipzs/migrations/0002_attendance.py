from django.db import migrations

# Nobody writes into a closed month, by any door: the program, a job, an import or the owner of the tables.
#
# Who marks a day holds the month together with others, who closes it holds it alone: a mark that is under
# way is seen by the close, and one that comes after it is refused. A lock stands for the month because an
# open month need not have a row. What is personal may be emptied by an erasure under way and encrypted anew by the
# keeper, and a merge gives the row to the person that remains: none of it changes what the day was.
FUNCTIONS = r"""
CREATE FUNCTION ipzs_month_lock(unit uuid, day date) RETURNS bigint LANGUAGE sql IMMUTABLE
    SET search_path = pg_catalog, pg_temp AS $$
    SELECT hashtextextended(unit::text, extract(year FROM day)::bigint * 12 + extract(month FROM day)::bigint)
$$;

CREATE FUNCTION ipzs_refuse_closed(unit uuid, days date[]) RETURNS void LANGUAGE plpgsql
    SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    names CONSTANT text[] := ARRAY['Styczeń', 'Luty', 'Marzec', 'Kwiecień', 'Maj', 'Czerwiec', 'Lipiec',
        'Sierpień', 'Wrzesień', 'Październik', 'Listopad', 'Grudzień'];
    start date;
BEGIN
    FOR start IN SELECT DISTINCT date_trunc('month', day::timestamp)::date FROM unnest(days) AS day
        WHERE day IS NOT NULL ORDER BY 1
    LOOP
        PERFORM pg_advisory_xact_lock_shared(ipzs_month_lock(unit, start));
        IF EXISTS (SELECT FROM ipzs_attendancemonth
                   WHERE unit_id = unit AND first_day = start AND state = 'closed') THEN
            RAISE EXCEPTION 'month % is closed', start USING ERRCODE = 'restrict_violation',
                HINT = format('%s %s jest zamknięty. Kierownik może otworzyć go ponownie.',
                    names[extract(month FROM start)::int], extract(year FROM start)::int);
        END IF;
    END LOOP;
END $$;

-- Of a row of one day. Arguments: the ciphertexts of the table.
CREATE FUNCTION ipzs_keep_closed_day() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    sealed CONSTANT text[] := string_to_array(TG_ARGV[0], ',');
    before jsonb;
    after jsonb;
    kept boolean;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        before := to_jsonb(OLD);
        after := to_jsonb(NEW);
        IF before - sealed - 'person_id' = after - sealed - 'person_id' THEN
            SELECT bool_and(after -> name = before -> name OR CASE
                WHEN after -> name = ANY (ARRAY['null', '"\\x"']::jsonb[]) THEN EXISTS (
                    SELECT FROM audit_erasure WHERE organisation_id = OLD.unit_id
                        AND subject_id = (before ->> 'person_id')::uuid AND history_event IS NULL)
                ELSE session_user = 'reintegra_keeper' END)
            INTO kept FROM unnest(sealed) AS part(name);
            IF coalesce(kept, true) THEN
                RETURN NEW;
            END IF;
        END IF;
    END IF;
    IF TG_OP <> 'INSERT' THEN
        PERFORM ipzs_refuse_closed(OLD.unit_id, ARRAY[OLD.day]);
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    PERFORM ipzs_refuse_closed(NEW.unit_id, ARRAY[NEW.day]);
    RETURN NEW;
END $$;

-- Of a span of days: those that come to it or leave it. A leave that loses its paper loses all its days; a
-- request speaks of days only when it was granted.
CREATE FUNCTION ipzs_keep_closed_span() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    before jsonb := CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END;
    after jsonb := CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END;
    whole boolean := TG_OP = 'UPDATE' AND (before -> 'participation_id' <> after -> 'participation_id'
        OR before ->> 'confirmed_on' IS NOT NULL AND after ->> 'confirmed_on' IS NULL);
    gone date[] := '{}';
    come date[] := '{}';
BEGIN
    IF before IS NOT NULL AND coalesce(before ->> 'state', 'granted') = 'granted' THEN
        gone := ARRAY(SELECT generate_series(OLD.since::timestamp, OLD.until, '1 day')::date);
    END IF;
    IF after IS NOT NULL AND coalesce(after ->> 'state', 'granted') = 'granted' THEN
        come := ARRAY(SELECT generate_series(NEW.since::timestamp, NEW.until, '1 day')::date);
    END IF;
    PERFORM ipzs_refuse_closed(coalesce(OLD.unit_id, NEW.unit_id), ARRAY(
        SELECT day FROM unnest(gone || come) AS day WHERE whole OR day <> ALL (gone) OR day <> ALL (come)));
    RETURN coalesce(NEW, OLD);
END $$;

-- The month itself: it is held alone, never removed when closed, and opened again with a reason only.
CREATE FUNCTION ipzs_keep_month() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        PERFORM pg_advisory_xact_lock(ipzs_month_lock(OLD.unit_id, OLD.first_day));
        IF OLD.state = 'closed' AND (TG_OP = 'DELETE' OR NEW.first_day <> OLD.first_day) THEN
            RAISE EXCEPTION 'month % is closed', OLD.first_day USING ERRCODE = 'restrict_violation',
                HINT = 'Ten miesiąc jest zamknięty. Otwórz go najpierw ponownie.';
        END IF;
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    PERFORM pg_advisory_xact_lock(ipzs_month_lock(NEW.unit_id, NEW.first_day));
    IF TG_OP = 'UPDATE' AND OLD.state = 'closed' AND NEW.state <> 'closed' AND (btrim(NEW.reopen_reason) = ''
        OR NEW.reopened_at IS NULL OR NEW.reopened_at IS NOT DISTINCT FROM OLD.reopened_at) THEN
        RAISE EXCEPTION 'month % is opened without a reason', OLD.first_day
            USING ERRCODE = 'restrict_violation', HINT = 'Napisz, dlaczego otwierasz miesiąc ponownie.';
    END IF;
    RETURN NEW;
END $$;
"""

FORGOTTEN = """
DROP FUNCTION ipzs_keep_month();
DROP FUNCTION ipzs_keep_closed_span();
DROP FUNCTION ipzs_keep_closed_day();
DROP FUNCTION ipzs_refuse_closed(uuid, date[]);
DROP FUNCTION ipzs_month_lock(uuid, date);
"""

WALLS = {
    "ipzs_daymark": "ipzs_keep_closed_day('reason')",
    "ipzs_classpresence": "ipzs_keep_closed_day('')",
    "ipzs_classmeeting": "ipzs_keep_closed_day('')",
    "ipzs_mealcount": "ipzs_keep_closed_day('')",
    "ipzs_sickleave": "ipzs_keep_closed_span()",
    "ipzs_freedayrequest": "ipzs_keep_closed_span()",
    "ipzs_attendancemonth": "ipzs_keep_month()",
}


class Migration(migrations.Migration):
    dependencies = [("ipzs", "0001_initial"), ("audit", "0002_retention")]

    operations = [
        migrations.RunSQL(FUNCTIONS, FORGOTTEN),
        *(
            migrations.RunSQL(
                f"CREATE TRIGGER keep_closed BEFORE INSERT OR UPDATE OR DELETE ON {table} FOR EACH ROW"
                f" EXECUTE FUNCTION {wall}",
                f"DROP TRIGGER keep_closed ON {table}",
            )
            for table, wall in WALLS.items()
        ),
    ]
