"""What a side of a shared case writes depends on the step that it takes, and words are emptied by an erasure.

The triggers of `0014_sides` let either side empty the words of the other, the unit move the terms of a call
that it completes, and whoever brings a case add to it after it was decided.
"""

from django.db import migrations

SIDES = r"""
CREATE FUNCTION reporting_side_writes(kind text, held jsonb, after jsonb, owner boolean) RETURNS text[]
    LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
SELECT CASE
    WHEN kind IN ('notice', 'application') THEN CASE
        WHEN owner AND held ->> 'state' = 'sent' THEN '{state:withdrawn}'::text[]
        WHEN owner AND held ->> 'state' = 'to_complete' THEN CASE after ->> 'state'
            WHEN 'withdrawn' THEN '{state:withdrawn,complete_by}'::text[]
            WHEN 'sent' THEN
                '{state:sent,called_on,call_days,call_received_on,call_received_by_unit,complete_by}'::text[]
                || CASE WHEN kind = 'notice' THEN '{content,since}'::text[]
                    -- The days of waiting are added to the office's term, never taken from it.
                    WHEN (after ->> 'due_on')::date >= (held ->> 'due_on')::date
                        AND (after ->> 'waited')::int >= (held ->> 'waited')::int
                    THEN '{due_on,waited}'::text[] END
            WHEN 'to_complete' THEN CASE WHEN held ->> 'call_received_on' IS NULL
                THEN '{call_received_on,call_received_by_unit,complete_by}'::text[] END
        END
        WHEN NOT owner AND held ->> 'state' = 'sent' THEN
            '{state:to_complete,state:done,state:refused,called_on,call_days,decided_on,entry}'::text[]
        WHEN NOT owner AND held ->> 'state' = 'to_complete' THEN '{state:left,complete_by,decided_on}'::text[]
            || CASE WHEN NOT (held -> 'call_received_by_unit')::boolean THEN '{call_received_on}'::text[] END
        WHEN NOT owner AND kind = 'application' AND held ->> 'state' = 'refused' THEN
            '{state:sent,due_on,due_from,waited,decided_on}'::text[]
    END
    WHEN kind = 'letter' AND owner AND held ->> 'state' IN ('sent', 'answered') THEN
        '{state:closed,closed_on,heeded}'::text[]
        || CASE WHEN held ->> 'state' = 'sent' AND NOT (held -> 'received_by_unit')::boolean
            THEN '{received_on,due_on}'::text[] END
        || CASE WHEN held ->> 'state' = 'sent' AND held ->> 'addressee_id' IS NULL
            THEN '{state:answered,answer,answer_file,answered_on}'::text[] END
    WHEN kind = 'letter' AND NOT owner AND held ->> 'state' = 'sent' THEN
        '{state:answered,answer,answer_file,answered_on}'::text[]
        || CASE WHEN held ->> 'received_on' IS NULL THEN '{received_on,due_on,received_by_unit}'::text[] END
END
$$;
-- The case to which an answer, a paper or a step belongs, as far as the current side sees it.
CREATE FUNCTION reporting_case_of(part jsonb) RETURNS TABLE (sender uuid, state text)
    LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
SELECT sender_id, state FROM reporting_clubnotice
    WHERE id = (part ->> 'notice_id')::uuid AND unit_id = (part ->> 'unit_id')::uuid
UNION ALL SELECT sender_id, state FROM reporting_statusapplication
    WHERE id = (part ->> 'application_id')::uuid AND unit_id = (part ->> 'unit_id')::uuid
$$;
CREATE OR REPLACE FUNCTION reporting_keep_sides() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    here CONSTANT text := nullif(current_setting('app.organisation', true), '');
    before CONSTANT jsonb := CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END;
    after CONSTANT jsonb := CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END;
    held CONSTANT jsonb := coalesce(before, after);
    mine CONSTANT boolean := coalesce(here = held ->> TG_ARGV[0], false);
    sent CONSTANT boolean := before ->> TG_ARGV[2] IS NOT NULL;
    sending CONSTANT boolean := NOT sent AND after ->> TG_ARGV[2] IS NOT NULL;
    writes text[];
    erased boolean;
    name text;
BEGIN
    -- Strangers are the policy's; the keeper, who changes keys, has a right to ciphertexts alone.
    IF session_user = 'reintegra_keeper' OR NOT (mine OR coalesce(here = held ->> TG_ARGV[1], false)) THEN
        RETURN coalesce(NEW, OLD);
    END IF;
    IF TG_OP = 'DELETE' THEN
        IF sent THEN
            RAISE EXCEPTION 'the other side has this row, so it stays' USING ERRCODE = 'insufficient_privilege';
        END IF;
        RETURN OLD;
    END IF;
    -- The office adds its steps and its papers to a case that it has, and a letter is the office's alone; a
    -- unit adds what is its own, and gives it to the office of a case that is not decided.
    IF TG_OP = 'INSERT' AND NOT mine AND NOT coalesce((after -> 'by_office')::boolean, false)
        OR NOT sent AND mine AND (after -> 'by_office')::boolean
        OR TG_ARGV[3] = 'fixed' AND (sending OR TG_OP = 'INSERT' AND NOT mine) AND NOT EXISTS (
            SELECT FROM public.reporting_case_of(after) found
            WHERE found.sender = (after ->> TG_ARGV[1])::uuid
                AND (NOT mine OR found.state IN ('sent', 'to_complete', 'withdrawn'))
        )
    THEN
        RAISE EXCEPTION 'the row would be the other side''s' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF sent THEN
        writes := coalesce(public.reporting_side_writes(TG_ARGV[3], before, after, mine), '{}');
        erased := EXISTS (SELECT FROM audit_erasure WHERE organisation_id = here::uuid
            AND subject_id = (before ->> 'id')::uuid AND history_event IS NULL);
    END IF;
    FOR name IN SELECT jsonb_object_keys(after) LOOP
        CONTINUE WHEN NOT sent AND (NOT sending OR after ->> TG_ARGV[1] IS NULL
                OR name <> ALL (TG_ARGV[5]::text[]) OR coalesce(after ->> name, '') IN ('', '\x'))
            OR sent AND (after -> name = before -> name OR name = ANY (writes)
                OR name = 'state' AND 'state:' || (after ->> name) = ANY (writes)
                OR erased AND name = ANY (TG_ARGV[4]::text[]) AND coalesce(after ->> name, '') IN ('', '\x'));
        RAISE EXCEPTION 'the column % is the other side''s, or stays as it was sent', name
            USING ERRCODE = 'insufficient_privilege';
    END LOOP;
    RETURN NEW;
END $$;
DROP FUNCTION reporting_side_writes(text, jsonb, boolean);
"""


class Migration(migrations.Migration):
    dependencies = [("reporting", "0023_years_by_triggers")]

    operations = [migrations.RunSQL(SIDES, migrations.RunSQL.noop)]
