from django.db import migrations

# The last wall around what was finished or signed: whatever the program does, its words stay. Three things
# go on: a merge gives the row to the person that remains; the keeper encrypts anew what says the same; and
# an erasure under way in the same organisation empties what is personal, whole columns of it.
# Arguments: the column that says since when the row stands, its ciphertexts, and what a person is told.
KEEP = r"""
CREATE FUNCTION participants_keep_signed() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    sealed CONSTANT text[] := string_to_array(TG_ARGV[1], ',');
    nothing CONSTANT jsonb[] := ARRAY['null', '"\\x"']::jsonb[];
    before CONSTANT jsonb := to_jsonb(OLD);
    after jsonb;
    erased boolean := false;
BEGIN
    IF before -> TG_ARGV[0] = 'null' THEN
        IF TG_OP = 'DELETE' THEN
            RETURN OLD;
        END IF;
        RETURN NEW;
    END IF;
    IF TG_OP = 'UPDATE' THEN
        after := to_jsonb(NEW);
        IF before - sealed - 'person_id' = after - sealed - 'person_id' THEN
            IF session_user <> 'reintegra_keeper' THEN
                erased := EXISTS (SELECT FROM audit_erasure WHERE organisation_id = OLD.unit_id
                    AND subject_id = OLD.person_id AND history_event IS NULL);
            END IF;
            IF NOT EXISTS (SELECT FROM unnest(sealed) AS part(name)
                WHERE after -> name <> before -> name AND NOT CASE
                    WHEN after -> name = ANY (nothing) THEN erased
                    ELSE session_user = 'reintegra_keeper' AND before -> name <> ALL (nothing) END) THEN
                RETURN NEW;
            END IF;
        END IF;
    END IF;
    RAISE EXCEPTION '% of % is refused: it was finished', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation', HINT = TG_ARGV[2];
END $$;
"""


def wall(table: str, since: str, sealed: str, told: str) -> str:
    return (
        f"CREATE TRIGGER keep_signed BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW"
        f" EXECUTE FUNCTION participants_keep_signed('{since}', '{sealed}', '{told}')"
    )


class Migration(migrations.Migration):
    dependencies = [("participants", "0031_readdressed"), ("audit", "0001_initial")]

    operations = [
        migrations.RunSQL(KEEP, "DROP FUNCTION participants_keep_signed()"),
        migrations.RunSQL(
            wall(
                "participants_diagnosis",
                "finished_at",
                "answers,scores,summary",
                "Ta diagnoza jest zakończona i się nie zmienia. Zrób następną.",
            ),
            "DROP TRIGGER keep_signed ON participants_diagnosis",
        ),
        migrations.RunSQL(
            wall(
                "participants_specialistopinion",
                "signed_at",
                "text,advice",
                "Ta opinia jest podpisana i się nie zmienia. Napisz następną.",
            ),
            "DROP TRIGGER keep_signed ON participants_specialistopinion",
        ),
    ]
