"""The database's half of history: what captures a change, stamps an entry, and refuses a rewrite.

How an entry is sealed. Its digest covers who, when, where and what was touched, every text with its
length so that no two entries look alike, and, of the personal values, only their own digest under a
random salt. When retention blanks the values, the salt goes with them: the rest of the entry can still
be checked, and nobody can guess an erased name from the digest that stays. `audit/verify.py` computes
the same in Python and trusts none of these functions.

Ciphertexts are left out of that digest, because a rotation of keys changes them and nothing they say;
the chain holds a digest of them of their own, and a new one after each rotation.
"""

from collections.abc import Iterator

from reintegration.tenancy.sql import row_security

FUNCTIONS = r"""
CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% of % is refused: it is kept as it was written', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END $$;

-- Refuses to go on without a scope; returns where the work comes from.
CREATE FUNCTION audit_context() RETURNS text LANGUAGE plpgsql STABLE AS $$
DECLARE
    source CONSTANT text := current_setting('app.source', true);
BEGIN
    IF coalesce(source, '') = ''
        OR coalesce(current_setting('app.organisation', true), '') = ''
        OR coalesce(current_setting('app.request', true), '') = '' THEN
        RAISE EXCEPTION 'a write without a context is refused'
            USING ERRCODE = 'insufficient_privilege',
                  HINT = 'Open a scope: every change has an author and an organisation.';
    END IF;
    RETURN source;
END $$;

-- History names a row by a UUID: a number is one with zeros in front, any other key by its fingerprint.
CREATE FUNCTION audit_row_id(key text) RETURNS uuid LANGUAGE plpgsql IMMUTABLE STRICT AS $$
BEGIN
    IF length(key) = 36 THEN
        RETURN key::uuid;
    ELSIF key ~ '^[0-9]{1,18}$' THEN
        RETURN lpad(to_hex(key::bigint), 32, '0')::uuid;
    END IF;
    RETURN md5(key)::uuid;
END $$;

-- Fills in the circumstances of an event; the program cannot write them itself. It runs as the owner, so
-- that the program needs no right to say whose events there are; row security is forced on the owner too.
CREATE FUNCTION audit_stamp() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    NEW.source := audit_context();
    NEW.organisation_id := current_setting('app.organisation')::uuid;
    NEW.at := clock_timestamp();
    NEW.user_id := nullif(current_setting('app.user', true), '')::uuid;
    NEW.request_id := current_setting('app.request')::uuid;
    NEW.blanked_by := NULL;
    NEW.salt := NULL;
    NEW.content := NULL;
    IF NEW.detail IS NOT NULL THEN
        NEW.salt := gen_random_uuid();
        NEW.content := sha256(convert_to(NEW.salt || '|' || NEW.detail::text, 'UTF8'));
    END IF;
    NEW.digest := sha256(convert_to(concat_ws('|', 'event', NEW.id, NEW.organisation_id,
        extract(epoch FROM NEW.at), coalesce(NEW.user_id::text, '-'), NEW.request_id,
        coalesce(NEW.object_id::text, '-'), NEW.persons::text, octet_length(NEW.source), NEW.source,
        octet_length(NEW.action), NEW.action, octet_length(NEW.outcome), NEW.outcome,
        octet_length(NEW.object_type), NEW.object_type, coalesce(encode(NEW.content, 'hex'), '-')), 'UTF8'));
    INSERT INTO audit_unsealed (organisation_id, kind, entry_id)
        VALUES (NEW.organisation_id, 'event', NEW.id);
    INSERT INTO audit_eventperson (organisation_id, person_id, event_id)
        SELECT DISTINCT NEW.organisation_id, person, NEW.id FROM unnest(NEW.persons) AS person;
    RETURN NEW;
END $$;

-- Arguments: the column of the person, the column of the key, the columns of ciphertexts, and those that
-- the database computes from others and that history therefore leaves out.
-- Times inside a row are written in UTC, whatever the session's zone.
CREATE FUNCTION audit_capture() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$
DECLARE
    shut_columns CONSTANT text[] := string_to_array(TG_ARGV[2], ',');
    computed CONSTANT text[] := string_to_array(coalesce(TG_ARGV[3], ''), ',');
    key text;
    before jsonb;
    after jsonb;
    kept jsonb;
    shut jsonb;
    entry audit_change;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF OLD *= NEW THEN
            RETURN NULL;
        END IF;
        before := to_jsonb(OLD) - computed;
        after := to_jsonb(NEW) - computed;
        SELECT jsonb_object_agg(name, jsonb_build_array(value, after -> name))
                   FILTER (WHERE name <> ALL (shut_columns)),
               jsonb_object_agg(name, value) FILTER (WHERE name = ANY (shut_columns))
        INTO kept, shut
        FROM jsonb_each(before) AS part(name, value)
        WHERE after -> name IS DISTINCT FROM value;
        IF kept IS NULL AND shut IS NULL THEN
            RETURN NULL;
        END IF;
        -- Rotation of keys changes ciphertexts and nothing they say; emptying one is a change.
        IF session_user = 'reintegra_keeper' AND kept IS NULL AND NOT EXISTS (
            SELECT FROM jsonb_each(shut) AS part(name, value)
            WHERE value = 'null' OR after -> name = 'null') THEN
            RETURN NULL;
        END IF;
    ELSIF TG_OP = 'DELETE' THEN
        before := to_jsonb(OLD) - computed;
        after := before;
        SELECT jsonb_object_agg(name, jsonb_build_array(value)) FILTER (WHERE name <> ALL (shut_columns)),
               jsonb_object_agg(name, value) FILTER (WHERE name = ANY (shut_columns))
        INTO kept, shut
        FROM jsonb_each(before) AS part(name, value)
        WHERE value <> 'null';
    ELSE
        -- What was inserted stands in the row, or in the old values of its first change.
        after := to_jsonb(NEW);
    END IF;

    entry.source := audit_context();
    entry.id := nextval('audit_change_id_seq');
    entry.organisation_id := current_setting('app.organisation')::uuid;
    entry.at := clock_timestamp();
    entry.user_id := nullif(current_setting('app.user', true), '')::uuid;
    entry.request_id := current_setting('app.request')::uuid;
    entry.table_name := TG_TABLE_NAME;
    key := after ->> TG_ARGV[1];
    entry.row_id := CASE WHEN length(key) = 36 THEN key::uuid ELSE audit_row_id(key) END;
    entry.operation := left(TG_OP, 1);
    IF TG_ARGV[0] = TG_ARGV[1] THEN
        entry.subject_id := entry.row_id;
    ELSIF TG_ARGV[0] <> '' THEN
        -- A row that may concern a person and concerns none is its own subject, so that it can be blanked.
        entry.subject_id := coalesce(audit_row_id(after ->> TG_ARGV[0]), entry.row_id);
    END IF;
    entry.values := kept;
    entry.sealed := shut;
    IF kept IS NOT NULL THEN
        entry.salt := gen_random_uuid();
        entry.content := sha256(convert_to(entry.salt || '|' || kept::text, 'UTF8'));
    END IF;
    entry.digest := sha256(convert_to(concat_ws('|', 'change', entry.id, entry.organisation_id,
        extract(epoch FROM entry.at), coalesce(entry.user_id::text, '-'), entry.request_id, entry.row_id,
        entry.operation, coalesce(entry.subject_id::text, '-'), octet_length(entry.source), entry.source,
        octet_length(entry.table_name), entry.table_name, coalesce(encode(entry.content, 'hex'), '-')),
        'UTF8'));
    INSERT INTO audit_change VALUES (entry.*);
    INSERT INTO audit_unsealed (organisation_id, kind, entry_id)
        VALUES (entry.organisation_id, 'change', entry.id);
    IF shut IS NOT NULL THEN
        INSERT INTO audit_unsealed (organisation_id, kind, entry_id)
            VALUES (entry.organisation_id, 'cipher', entry.id);
    END IF;
    RETURN NULL;
END $$;
"""

# The one exception to "never changed". The keeper may do two things, and no other role any: blank the
# personal values of an entry in favour of the event that says so, and encrypt ciphertexts anew.
KEEPER = r"""
CREATE FUNCTION audit_keep() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    personal CONSTANT text[] := string_to_array(TG_ARGV[0], ',');
    before jsonb;
    after jsonb;
BEGIN
    IF TG_OP = 'UPDATE' AND session_user = 'reintegra_keeper' THEN
        before := to_jsonb(OLD);
        after := to_jsonb(NEW);
        IF OLD.blanked_by IS NULL AND NEW.blanked_by IS NOT NULL
            AND before - personal - 'blanked_by' = after - personal - 'blanked_by'
            AND (SELECT bool_and(after -> part = 'null') FROM unnest(personal) AS part) THEN
            RETURN NEW;
        END IF;
        IF before - 'sealed' = after - 'sealed' AND jsonb_typeof(before -> 'sealed') = 'object'
            AND jsonb_typeof(after -> 'sealed') = 'object' THEN
            IF (SELECT array_agg(key ORDER BY key) FROM jsonb_object_keys(before -> 'sealed') AS key)
                = (SELECT array_agg(key ORDER BY key) FROM jsonb_object_keys(after -> 'sealed') AS key) THEN
                INSERT INTO audit_unsealed (organisation_id, kind, entry_id)
                    VALUES (NEW.organisation_id, 'cipher', NEW.id);
                RETURN NEW;
            END IF;
        END IF;
    END IF;
    RAISE EXCEPTION '% of % is refused: it is kept as it was written', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END $$;

-- Blanks what history says of one person in the current organisation, and writes the event of it in the
-- same statement's transaction. The digests stay. Returns the event's number.
CREATE FUNCTION audit_blank(person uuid, basis text) RETURNS bigint LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    organisation CONSTANT uuid := nullif(current_setting('app.organisation', true), '')::uuid;
    event bigint;
    changes bigint;
    events bigint;
BEGIN
    IF session_user <> 'reintegra_keeper' THEN
        RAISE EXCEPTION 'only the keeper blanks history' USING ERRCODE = 'insufficient_privilege';
    END IF;
    PERFORM audit_context();
    IF coalesce(btrim(basis), '') = '' THEN
        RAISE EXCEPTION 'history is blanked on a stated basis only' USING ERRCODE = 'check_violation';
    END IF;
    IF EXISTS (SELECT FROM audit_legalhold
               WHERE organisation_id = organisation AND subject_id = person AND released_at IS NULL) THEN
        RAISE EXCEPTION 'a legal hold keeps the data of this person' USING ERRCODE = 'check_violation';
    END IF;
    event := nextval('audit_event_id_seq');
    UPDATE audit_change SET values = NULL, sealed = NULL, salt = NULL, blanked_by = event
    WHERE organisation_id = organisation AND subject_id = person AND blanked_by IS NULL
        AND (values IS NOT NULL OR sealed IS NOT NULL);
    GET DIAGNOSTICS changes = ROW_COUNT;
    UPDATE audit_event SET detail = NULL, salt = NULL, blanked_by = event
    WHERE organisation_id = organisation AND blanked_by IS NULL AND detail IS NOT NULL
        AND action <> 'audit.history.blank'
        AND id IN (SELECT event_id FROM audit_eventperson
                   WHERE organisation_id = organisation AND person_id = person);
    GET DIAGNOSTICS events = ROW_COUNT;
    INSERT INTO audit_event (id, action, outcome, object_type, object_id, persons, detail)
    OVERRIDING SYSTEM VALUE
    VALUES (event, 'audit.history.blank', 'done', '', person, ARRAY[person],
        jsonb_build_object('basis', basis, 'changes', changes, 'events', events));
    RETURN event;
END $$;

REVOKE ALL ON FUNCTION audit_blank(uuid, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION audit_blank(uuid, text) TO reintegra_keeper;
"""

TRIGGERS = """
CREATE TRIGGER stamp BEFORE INSERT ON audit_event FOR EACH ROW EXECUTE FUNCTION audit_stamp();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON audit_event
    FOR EACH ROW EXECUTE FUNCTION audit_keep('detail,salt');
CREATE TRIGGER never_truncate BEFORE TRUNCATE ON audit_event
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON audit_change
    FOR EACH ROW EXECUTE FUNCTION audit_keep('values,sealed,salt');
CREATE TRIGGER never_truncate BEFORE TRUNCATE ON audit_change
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON audit_eventperson
    FOR EACH ROW EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER never_truncate BEFORE TRUNCATE ON audit_eventperson
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
"""

PRIVILEGES = """
REVOKE UPDATE, DELETE, TRUNCATE ON audit_event FROM reintegra_app;
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON audit_change, audit_eventperson FROM reintegra_app;
-- The sealer takes from the queue and never puts into it.
REVOKE INSERT ON audit_unsealed FROM reintegra_app;
REVOKE ALL ON FUNCTION audit_capture(), audit_stamp(), audit_keep() FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO reintegra_keeper;
GRANT SELECT ON audit_event, audit_eventperson TO reintegra_keeper;
GRANT SELECT, UPDATE (sealed) ON audit_change TO reintegra_keeper;
"""


def person_index() -> Iterator[str]:
    """Row security for a table whose key is its three columns (`TenantTable` expects an `id`)."""
    yield from row_security("audit_eventperson", "organisation_id")
