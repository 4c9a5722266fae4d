"""What PostgreSQL refuses in the tables of the law, whoever asks."""

# A proposal may only be decided; what is decided stays. A value whose day has come stays for ever; before
# that day it may be withdrawn. Where a file's value was checked again, only its provenance is renewed.
KEEP = r"""
CREATE FUNCTION law_today() RETURNS date LANGUAGE sql STABLE AS $$
    SELECT (now() AT TIME ZONE 'Europe/Warsaw')::date
$$;

CREATE FUNCTION law_keep() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    decision text[] := ARRAY['state', 'confirmed_by_id', 'confirmed_at', 'withdrawn_by_id', 'withdrawn_at'];
    provenance text[] := ARRAY['source', 'checked_on', 'evidence', 'confidence'];
    open_columns text[];
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a row of % is never removed', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF OLD.state = 'proposed' THEN
        open_columns := decision;
    ELSIF TG_TABLE_NAME = 'law_parametervalue' AND OLD.state = 'confirmed' THEN
        IF to_jsonb(OLD) ->> 'origin' = 'file' THEN
            open_columns := provenance;
        ELSIF (to_jsonb(OLD) ->> 'since')::date > law_today() AND NEW.state = 'withdrawn' THEN
            open_columns := decision;
        END IF;
    END IF;
    IF to_jsonb(OLD) - coalesce(open_columns, '{}') IS DISTINCT FROM
        to_jsonb(NEW) - coalesce(open_columns, '{}') THEN
        RAISE EXCEPTION 'a row of % that stands is never changed', TG_TABLE_NAME
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER keep BEFORE UPDATE OR DELETE ON law_parametervalue
    FOR EACH ROW EXECUTE FUNCTION law_keep();
CREATE TRIGGER keep BEFORE UPDATE OR DELETE ON law_reading
    FOR EACH ROW EXECUTE FUNCTION law_keep();
REVOKE DELETE, TRUNCATE ON law_parameter, law_parametervalue, law_reading FROM reintegra_app;
"""
