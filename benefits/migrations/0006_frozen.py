from django.db import migrations

# What a list says is written while it is open, and never after, whoever writes: the program, a job, the
# owner of the tables or a superuser. Three things go on, and none of them changes what was paid: a merge
# gives a statement to the person that remains, the keeper encrypts anew what says the same, and an erasure
# under way empties what is personal.
#
# A row that comes is looked at with all others of its statement, which costs a list of any size one
# query; it holds the list, so that a lock that is under way is waited for.
FUNCTIONS = r"""
CREATE FUNCTION benefits_refuse_frozen(told text) RETURNS void LANGUAGE plpgsql
    SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RAISE EXCEPTION '% is refused: the payroll list is not open', told
        USING ERRCODE = 'restrict_violation', HINT = 'Lista jest zamknięta. Nie zmieni się na niej ani grosz.';
END $$;

CREATE FUNCTION benefits_keep_added() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM FROM benefits_payrolllist WHERE id IN (SELECT payroll_list_id FROM added) FOR SHARE;
    IF EXISTS (SELECT FROM added WHERE NOT EXISTS (
        SELECT FROM benefits_payrolllist AS list WHERE list.id = added.payroll_list_id
            AND list.unit_id = added.unit_id AND list.state = 'open')) THEN
        PERFORM benefits_refuse_frozen(TG_OP || ' on ' || TG_TABLE_NAME);
    END IF;
    RETURN NULL;
END $$;

-- Argument: the ciphertexts of the table.
CREATE FUNCTION benefits_keep_said() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    sealed CONSTANT text[] := string_to_array(TG_ARGV[0], ',');
    nothing CONSTANT jsonb[] := ARRAY['null', '"\\x"']::jsonb[];
    before CONSTANT jsonb := to_jsonb(OLD);
    after jsonb;
    erased boolean := false;
BEGIN
    IF EXISTS (SELECT FROM benefits_payrolllist WHERE id = OLD.payroll_list_id AND state = 'open' FOR SHARE) THEN
        IF TG_OP = 'DELETE' THEN
            RETURN OLD;
        ELSIF NEW.payroll_list_id = OLD.payroll_list_id THEN
            RETURN NEW;
        END IF;
    ELSIF TG_OP = 'UPDATE' THEN
        after := to_jsonb(NEW);
        IF before - sealed - 'person_id' = after - sealed - 'person_id' THEN
            IF session_user <> 'reintegra_keeper' THEN
                erased := EXISTS (SELECT FROM audit_erasure WHERE organisation_id = OLD.unit_id
                    AND subject_id = (before ->> 'person_id')::uuid AND history_event IS NULL);
            END IF;
            IF NOT EXISTS (SELECT FROM unnest(sealed) AS part(name)
                WHERE after -> name <> before -> name AND NOT CASE
                    WHEN after -> name = ANY (nothing) THEN erased
                    ELSE session_user = 'reintegra_keeper' AND before -> name <> ALL (nothing) END) THEN
                RETURN NEW;
            END IF;
        END IF;
    END IF;
    PERFORM benefits_refuse_frozen(TG_OP || ' of ' || TG_TABLE_NAME);
END $$;

-- The list itself: it goes its way step by step, what was signed stays, and it is never removed.
CREATE FUNCTION benefits_keep_list() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    before CONSTANT jsonb := to_jsonb(OLD) - 'remark';
    after jsonb;
    way CONSTANT text[] := ARRAY['open>locked', 'locked>checked', 'checked>approved', 'checked>half',
        'half>approved', 'approved>paid', 'paid>settled', 'settled>closed', 'locked>open', 'checked>open',
        'half>open', 'open>abandoned', 'locked>abandoned', 'checked>abandoned', 'half>abandoned'];
    free text[] := '{}';
BEGIN
    IF TG_OP = 'UPDATE' THEN
        after := to_jsonb(NEW) - 'remark';
        IF NEW.state = OLD.state THEN
            IF OLD.state = 'open' THEN
                free := ARRAY['counted_at'];
            END IF;
        ELSIF OLD.state || '>' || NEW.state = ANY (way) THEN
            free := CASE NEW.state
                WHEN 'locked' THEN ARRAY['state', 'locked_by_id', 'locked_at', 'hands', 'second_above', 'digest',
                    'counted_at', 'remark_by_id']
                WHEN 'checked' THEN ARRAY['state', 'checked_by_id', 'checked_at']
                WHEN 'half' THEN ARRAY['state', 'approved_by_id', 'approved_at']
                WHEN 'approved' THEN CASE OLD.state
                    WHEN 'half' THEN ARRAY['state', 'second_by_id', 'second_at']
                    ELSE ARRAY['state', 'approved_by_id', 'approved_at'] END
                WHEN 'paid' THEN ARRAY['state', 'paid_by_id', 'paid_at', 'paid_on']
                WHEN 'open' THEN ARRAY['state', 'locked_by_id', 'locked_at', 'checked_by_id', 'checked_at',
                    'approved_by_id', 'approved_at', 'digest', 'remark_by_id']
                WHEN 'abandoned' THEN ARRAY['state', 'remark_by_id']
                ELSE ARRAY['state'] END;
        END IF;
        -- A remark is for those who still work on the list.
        IF before - free = after - free AND (OLD.remark = NEW.remark
            OR OLD.state IN ('open', 'locked', 'checked', 'half')) THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION '% of a payroll list is refused: it is %', TG_OP, OLD.state
        USING ERRCODE = 'restrict_violation', HINT = 'Lista jest zamknięta. Nie zmieni się na niej ani grosz.';
END $$;

CREATE FUNCTION benefits_keep_whole() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM benefits_refuse_frozen('TRUNCATE of ' || TG_TABLE_NAME);
END $$;
"""

FORGOTTEN = """
DROP FUNCTION benefits_keep_whole();
DROP FUNCTION benefits_keep_list();
DROP FUNCTION benefits_keep_said();
DROP FUNCTION benefits_keep_added();
DROP FUNCTION benefits_refuse_frozen(text);
"""

SEALED = {"statement": "document,account", "correction": ""}


def walls() -> list[tuple[str, str, str]]:
    found = [("benefits_payrolllist", "keep_list", "BEFORE UPDATE OR DELETE ON {} FOR EACH ROW EXECUTE FUNCTION"
              " benefits_keep_list()")]
    for name, sealed in SEALED.items():
        table = f"benefits_{name}"
        found += [
            (table, "keep_added", "AFTER INSERT ON {} REFERENCING NEW TABLE AS added FOR EACH STATEMENT"
             " EXECUTE FUNCTION benefits_keep_added()"),
            (table, "keep_said", "BEFORE UPDATE OR DELETE ON {} FOR EACH ROW EXECUTE FUNCTION"
             f" benefits_keep_said('{sealed}')"),
            (table, "keep_whole", "BEFORE TRUNCATE ON {} FOR EACH STATEMENT EXECUTE FUNCTION"
             " benefits_keep_whole()"),
        ]
    return found


class Migration(migrations.Migration):
    dependencies = [("benefits", "0005_lists")]

    operations = [
        migrations.RunSQL(FUNCTIONS, FORGOTTEN),
        # Always: they fire for a session that replays changes of another server too.
        *(
            migrations.RunSQL(
                f"CREATE TRIGGER {name} {body.format(table)};"
                f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}",
                f"DROP TRIGGER {name} ON {table}",
            )
            for table, name, body in walls()
        ),
    ]
