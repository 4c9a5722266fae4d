"""The functions of history in the database: what captures a change, stamps an entry, refuses a rewrite."""

# A digest covers every value of an entry, each with its length, so that no two entries can look alike.
# Personal values are covered too: when retention blanks them, the digest stays and the chain holds.
FUNCTIONS = r"""
CREATE FUNCTION audit_part(value text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT coalesce(octet_length(value)::text || ':' || value, '-')
$$;

CREATE FUNCTION audit_digest(VARIADIC parts text[]) RETURNS bytea LANGUAGE sql IMMUTABLE AS $$
    SELECT sha256(convert_to(string_agg(audit_part(part), '|' ORDER BY place), 'UTF8'))
    FROM unnest(parts) WITH ORDINALITY AS listed(part, place)
$$;

CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% of % is refused: it is kept as it was written', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE FUNCTION audit_context() RETURNS void LANGUAGE plpgsql STABLE AS $$
BEGIN
    IF coalesce(current_setting('app.source', true), '') = ''
        OR coalesce(current_setting('app.organisation', true), '') = '' THEN
        RAISE EXCEPTION 'a write without a context is refused'
            USING ERRCODE = 'insufficient_privilege',
                  HINT = 'Open a scope: every change has an author and an organisation.';
    END IF;
END $$;

-- Fills in the circumstances of an entry. The program cannot write them itself.
CREATE FUNCTION audit_stamp() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM audit_context();
    NEW.organisation_id := current_setting('app.organisation')::uuid;
    NEW.at := clock_timestamp();
    NEW.user_id := nullif(current_setting('app.user', true), '')::uuid;
    NEW.request_id := current_setting('app.request')::uuid;
    NEW.source := current_setting('app.source');
    NEW.blanked_at := NULL;
    IF TG_TABLE_NAME = 'audit_event' THEN
        NEW.digest := audit_event_digest(NEW);
    ELSE
        NEW.digest := audit_change_digest(NEW);
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION audit_enqueue() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO audit_unsealed (organisation_id, kind, entry_id)
    VALUES (NEW.organisation_id, substr(TG_TABLE_NAME, 7), NEW.id);
    RETURN NULL;
END $$;

-- Runs as the owner, so that the program needs no right to write history itself; row security is
-- forced on the owner too, and the organisation is always the scope's.
CREATE FUNCTION audit_capture() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    subject_column text := TG_ARGV[0];
    sealed_columns text[] := string_to_array(TG_ARGV[1], ',');
    before jsonb := CASE WHEN TG_OP = 'INSERT' THEN '{}' ELSE to_jsonb(OLD) END;
    after jsonb := CASE WHEN TG_OP = 'DELETE' THEN '{}' ELSE to_jsonb(NEW) END;
    kept jsonb;
    shut jsonb;
BEGIN
    -- Rotation of keys changes ciphertexts and nothing they say.
    IF session_user = 'reintegra_keeper' AND TG_OP = 'UPDATE'
        AND before - sealed_columns = after - sealed_columns THEN
        RETURN NULL;
    END IF;
    PERFORM audit_context();
    IF TG_OP = 'INSERT' THEN
        -- What was inserted stands in the row, or in the old values of its first change.
        kept := '{}';
    ELSE
        SELECT coalesce(jsonb_object_agg(key, jsonb_build_array(value, after -> key))
                   FILTER (WHERE key <> ALL (sealed_columns)), '{}'),
               jsonb_object_agg(key, value) FILTER (WHERE key = ANY (sealed_columns))
        INTO kept, shut
        FROM jsonb_each(before)
        WHERE after -> key IS DISTINCT FROM value;
        IF kept = '{}' AND shut IS NULL THEN
            RETURN NULL;
        END IF;
    END IF;
    INSERT INTO audit_change (table_name, row_id, operation, subject_id, values, sealed)
    VALUES (
        TG_TABLE_NAME,
        (CASE WHEN TG_OP = 'DELETE' THEN before ELSE after END
            ->> (CASE WHEN after ? 'id' OR before ? 'id' THEN 'id' ELSE 'organisation_id' END))::uuid,
        left(TG_OP, 1),
        CASE WHEN subject_column <> '' THEN
            (CASE WHEN TG_OP = 'DELETE' THEN before ELSE after END ->> subject_column)::uuid END,
        kept,
        shut
    );
    RETURN NULL;
END $$;
"""

# These take a whole row, so they come after its table. Ciphertexts are left out of the digest (they
# change when keys are rotated, and each carries its own proof); which columns held one is covered.
DIGESTS = r"""
CREATE FUNCTION audit_event_digest(entry audit_event) RETURNS bytea LANGUAGE sql STABLE AS $$
    SELECT audit_digest(
        'event', entry.id::text, entry.organisation_id::text, extract(epoch FROM entry.at)::text,
        entry.user_id::text, entry.request_id::text, entry.source, entry.action, entry.outcome,
        entry.object_type, entry.object_id::text, entry.persons::text, entry.detail::text)
$$;

CREATE FUNCTION audit_change_digest(entry audit_change) RETURNS bytea LANGUAGE sql STABLE AS $$
    SELECT audit_digest(
        'change', entry.id::text, entry.organisation_id::text, extract(epoch FROM entry.at)::text,
        entry.user_id::text, entry.request_id::text, entry.source, entry.table_name,
        entry.row_id::text, entry.operation, entry.subject_id::text, entry.values::text,
        (SELECT string_agg(key, ',' ORDER BY key) FROM jsonb_object_keys(entry.sealed) AS key))
$$;
"""

TRIGGERS = """
CREATE TRIGGER stamp BEFORE INSERT ON audit_event FOR EACH ROW EXECUTE FUNCTION audit_stamp();
CREATE TRIGGER stamp BEFORE INSERT ON audit_change FOR EACH ROW EXECUTE FUNCTION audit_stamp();
CREATE TRIGGER enqueue AFTER INSERT ON audit_event FOR EACH ROW EXECUTE FUNCTION audit_enqueue();
CREATE TRIGGER enqueue AFTER INSERT ON audit_change FOR EACH ROW EXECUTE FUNCTION audit_enqueue();
REVOKE INSERT ON audit_change FROM reintegra_app;
"""
