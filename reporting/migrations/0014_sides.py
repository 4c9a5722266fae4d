"""What each side of a shared case may write, and add, and what stays as it was sent.

The trigger of `0011_procedures` held the columns of the other side alone, and only when a row was changed.
"""

from django.db import migrations, models

# Of a row that two organisations share each writes its own part. TG_ARGV: whose the row is, who shares it,
# what says that it was sent, what kind of row it is, its encrypted values, which retention empties, and what
# comes after the sending. What was sent stays; `reporting_side_writes` says what each side may still write.
SIDES = r"""
CREATE FUNCTION reporting_side_writes(kind text, held jsonb, owner boolean) RETURNS text[]
    LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
SELECT CASE
    WHEN kind IN ('notice', 'application') THEN CASE
        WHEN owner AND held ->> 'state' = 'sent' THEN '{state:withdrawn}'::text[]
        WHEN owner AND held ->> 'state' = 'to_complete' THEN
            '{state:sent,state:withdrawn,called_on,complete_by}'::text[]
            || CASE kind WHEN 'notice' THEN '{content,since}'::text[] ELSE '{due_on}'::text[] END
        WHEN NOT owner AND held ->> 'state' = 'sent' THEN
            '{state:to_complete,state:done,state:refused,called_on,complete_by,decided_on,entry}'::text[]
        WHEN NOT owner AND held ->> 'state' = 'to_complete' THEN '{state:left,complete_by,decided_on}'::text[]
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
CREATE OR REPLACE FUNCTION reporting_keep_sides() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    here CONSTANT text := nullif(current_setting('app.organisation', true), '');
    before CONSTANT jsonb := CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END;
    after CONSTANT jsonb := CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END;
    held CONSTANT jsonb := coalesce(before, after);
    mine CONSTANT boolean := coalesce(here = held ->> TG_ARGV[0], false);
    sent CONSTANT boolean := before ->> TG_ARGV[2] IS NOT NULL;
    writes CONSTANT text[] := coalesce(public.reporting_side_writes(TG_ARGV[3], before, mine), '{}');
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
    IF TG_OP = 'INSERT' AND NOT mine THEN
        -- The office adds its steps and its papers to a case that it has; a letter is the office's alone.
        IF (after -> 'by_office')::boolean AND EXISTS (
            SELECT FROM public.reporting_clubnotice found
            WHERE found.id = (after ->> 'notice_id')::uuid AND found.unit_id = (after ->> 'unit_id')::uuid
                AND found.sender_id = here::uuid
            UNION ALL SELECT FROM public.reporting_statusapplication found
            WHERE found.id = (after ->> 'application_id')::uuid AND found.unit_id = (after ->> 'unit_id')::uuid
                AND found.sender_id = here::uuid
        ) THEN
            RETURN NEW;
        END IF;
        RAISE EXCEPTION 'the row would be the other side''s' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF NOT sent AND mine AND (after -> 'by_office')::boolean THEN
        RAISE EXCEPTION 'the row would be the other side''s' USING ERRCODE = 'insufficient_privilege';
    END IF;
    FOR name IN SELECT jsonb_object_keys(after) LOOP
        CONTINUE WHEN NOT sent AND (after ->> TG_ARGV[1] IS NULL OR name <> ALL (TG_ARGV[5]::text[]))
            OR sent AND after -> name = before -> name
            OR coalesce(after ->> name, '') IN ('', '\x') AND (NOT sent OR name = ANY (TG_ARGV[4]::text[]))
            OR sent AND name = ANY (writes)
            OR sent AND name = 'state' AND 'state:' || (after ->> name) = ANY (writes);
        RAISE EXCEPTION 'the column % is the other side''s, or stays as it was sent', name
            USING ERRCODE = 'insufficient_privilege';
    END LOOP;
    RETURN NEW;
END $$;
"""
KEEP = """
CREATE TRIGGER keep_sides BEFORE INSERT OR UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION reporting_keep_sides({columns})
"""
_LATER = "'{called_on,complete_by,decided_on}'"
KEPT = {
    "reporting_clubnotice": f"'unit_id', 'sender_id', 'sender_id', 'notice', '{{content}}', {_LATER}",
    "reporting_statusapplication": f"'unit_id', 'sender_id', 'sender_id', 'application', '{{}}', {_LATER}",
    "reporting_applicationanswer": "'unit_id', 'sender_id', 'sender_id', 'fixed', '{content}', '{}'",
    "reporting_procedurefile": "'unit_id', 'sender_id', 'sender_id', 'fixed', '{label}', '{}'",
    "reporting_procedurestep": "'unit_id', 'sender_id', 'sender_id', 'fixed', '{words}', '{}'",
    "reporting_supervisionletter": (
        "'organisation_id', 'addressee_id', 'sent_on', 'letter', '{words,answer}',"
        " '{received_on,due_on,answer,answer_file,answered_on,closed_on,heeded}'"
    ),
}
TRIGGER = "DROP TRIGGER IF EXISTS keep_sides ON {table};" + KEEP


class Migration(migrations.Migration):
    dependencies = [("reporting", "0013_stale_years")]

    operations = [
        migrations.AddField(
            model_name="supervisionletter",
            name="received_by_unit",
            field=models.BooleanField(
                default=False, editable=False, verbose_name="odbiór potwierdziła jednostka"
            ),
        ),
        migrations.RunSQL(SIDES),
        *(
            migrations.RunSQL(TRIGGER.format(table=table, columns=columns))
            for table, columns in KEPT.items()
        ),
    ]
