from django.db import migrations

# A closed month keeps what it was counted from, too: on which days somebody took part, which of them had
# classes, and what was used before the program was here. Days that only an open month has may change.
FUNCTIONS = r"""
-- Nobody closes a month that has not begun, so that a span without an end asks for no lock beyond today.
CREATE FUNCTION ipzs_refuse_closed_spans(unit uuid, spans datemultirange) RETURNS void LANGUAGE plpgsql
    SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    horizon date := greatest(current_date,
        (SELECT max(first_day) + 31 FROM ipzs_attendancemonth WHERE unit_id = unit));
BEGIN
    PERFORM ipzs_refuse_closed(unit, ARRAY(
        SELECT start::date
        FROM unnest(spans * datemultirange(daterange(NULL, horizon, '[]'))) AS part, generate_series(
            date_trunc('month', lower(part)::timestamp), (upper(part) - 1)::timestamp, '1 month') AS start));
END $$;

-- Of a row that holds from a day to a day or for good: the days that come to it or leave it. All its days do
-- when one of the columns changes that are named in the argument. An end earlier than planned keeps the plan.
CREATE FUNCTION ipzs_keep_closed_plan() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    before jsonb := CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END;
    after jsonb := CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END;
    whole boolean := TG_OP = 'UPDATE' AND EXISTS (
        SELECT FROM unnest(string_to_array(TG_ARGV[0], ',')) AS part(name)
        WHERE before -> name IS DISTINCT FROM after -> name);
    ends text;
    gone datemultirange;
    come datemultirange;
    changed datemultirange := '{}';
BEGIN
    FOREACH ends IN ARRAY ARRAY['until', 'planned_until'] LOOP
        gone := '{}';
        come := '{}';
        IF before IS NOT NULL THEN
            gone := datemultirange(daterange((before ->> 'since')::date,
                coalesce(before ->> ends, before ->> 'until')::date, '[]'));
        END IF;
        IF after IS NOT NULL THEN
            come := datemultirange(daterange((after ->> 'since')::date,
                coalesce(after ->> ends, after ->> 'until')::date, '[]'));
        END IF;
        changed := changed + CASE WHEN whole THEN gone + come ELSE (gone - come) + (come - gone) END;
    END LOOP;
    PERFORM ipzs_refuse_closed_spans(coalesce(OLD.unit_id, NEW.unit_id), changed);
    RETURN coalesce(NEW, OLD);
END $$;

-- The end of a file: days of its periods that come after the one end and not after the other.
CREATE FUNCTION ipzs_keep_closed_end() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NEW.ended_on IS DISTINCT FROM OLD.ended_on THEN
        PERFORM ipzs_refuse_closed_spans(OLD.unit_id, (
            SELECT range_agg(daterange(since, coalesce(planned_until, until), '[]')
                * daterange(least(OLD.ended_on, NEW.ended_on) + 1, CASE
                    WHEN OLD.ended_on IS NOT NULL AND NEW.ended_on IS NOT NULL
                    THEN greatest(OLD.ended_on, NEW.ended_on) END, '[]'))
            FROM participants_period WHERE unit_id = OLD.unit_id AND participation_id = OLD.id));
    END IF;
    RETURN NEW;
END $$;

-- An opening is what every later month is counted from. One that comes, goes or moves changes besides which
-- days speak for themselves, since the first of the person; figures of a month change that month.
CREATE FUNCTION ipzs_keep_closed_opening() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    plain CONSTANT text[] := ARRAY['id', 'person_id', 'source'];
    starts date := least(OLD.until, NEW.until) + 1;
BEGIN
    IF TG_OP = 'UPDATE' AND to_jsonb(OLD) - plain = to_jsonb(NEW) - plain THEN
        RETURN NEW;
    END IF;
    IF TG_OP <> 'UPDATE' OR OLD.until <> NEW.until OR OLD.participation_id <> NEW.participation_id THEN
        SELECT least(starts, min(since)) INTO starts FROM participants_period
        WHERE participation_id IN (OLD.participation_id, NEW.participation_id);
    ELSIF (OLD.unexcused_in_month, OLD.hours_in_month) <> (NEW.unexcused_in_month, NEW.hours_in_month) THEN
        starts := NEW.until;
    END IF;
    PERFORM ipzs_refuse_closed_spans(
        coalesce(OLD.unit_id, NEW.unit_id), datemultirange(daterange(starts, NULL)));
    RETURN coalesce(NEW, OLD);
END $$;

-- A day without classes; its reason may be put in better words.
CREATE FUNCTION ipzs_keep_closed_off() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF OLD.day IS DISTINCT FROM NEW.day THEN
        PERFORM ipzs_refuse_closed(coalesce(OLD.unit_id, NEW.unit_id), ARRAY[OLD.day, NEW.day]);
    END IF;
    RETURN coalesce(NEW, OLD);
END $$;

-- The layout of the week holds until the next one begins.
CREATE FUNCTION ipzs_keep_closed_week() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF (OLD.since, OLD.weekdays) IS DISTINCT FROM (NEW.since, NEW.weekdays) THEN
        PERFORM ipzs_refuse_closed_spans(coalesce(OLD.unit_id, NEW.unit_id), (
            SELECT range_agg(daterange(start, (SELECT min(since) FROM tenancy_unitcalendar
                WHERE unit_id = coalesce(OLD.unit_id, NEW.unit_id) AND since > start
                    AND id <> coalesce(OLD.id, NEW.id))))
            FROM unnest(ARRAY[OLD.since, NEW.since]) AS start WHERE start IS NOT NULL));
    END IF;
    RETURN coalesce(NEW, OLD);
END $$;
"""

FORGOTTEN = """
DROP FUNCTION ipzs_keep_closed_week();
DROP FUNCTION ipzs_keep_closed_off();
DROP FUNCTION ipzs_keep_closed_opening();
DROP FUNCTION ipzs_keep_closed_end();
DROP FUNCTION ipzs_keep_closed_plan();
DROP FUNCTION ipzs_refuse_closed_spans(uuid, datemultirange);
"""

ALWAYS = "INSERT OR UPDATE OR DELETE"
WALLS = {
    "participants_period": (ALWAYS, "ipzs_keep_closed_plan('participation_id,kind')"),
    "participants_participation": ("UPDATE OF ended_on", "ipzs_keep_closed_end()"),
    "ipzs_workshopplace": (ALWAYS, "ipzs_keep_closed_plan('participation_id,workshop_id')"),
    "ipzs_timetableentry": (
        ALWAYS,
        "ipzs_keep_closed_plan('participation_id,workshop_id,purpose,weekday,begins,ends')",
    ),
    "ipzs_openingbalance": (ALWAYS, "ipzs_keep_closed_opening()"),
    "tenancy_closedday": (ALWAYS, "ipzs_keep_closed_off()"),
    "tenancy_unitcalendar": (ALWAYS, "ipzs_keep_closed_week()"),
}


class Migration(migrations.Migration):
    dependencies = [
        ("ipzs", "0004_timetable_feed"),
        ("participants", "0032_signed"),
        ("tenancy", "0002_calendar_accounts_order"),
    ]

    operations = [
        migrations.RunSQL(FUNCTIONS, FORGOTTEN),
        *(
            migrations.RunSQL(
                f"CREATE TRIGGER keep_closed BEFORE {when} ON {table} FOR EACH ROW EXECUTE FUNCTION {wall}",
                f"DROP TRIGGER keep_closed ON {table}",
            )
            for table, (when, wall) in WALLS.items()
        ),
    ]
