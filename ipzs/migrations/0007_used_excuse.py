from django.db import migrations

# The days that are marked with a reason were paid by its rule, which therefore stays.
FUNCTION = r"""
CREATE FUNCTION ipzs_keep_pay_rule() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NEW.pay_rule <> OLD.pay_rule
        AND EXISTS (SELECT FROM ipzs_daymark WHERE unit_id = OLD.unit_id AND excuse_id = OLD.id) THEN
        RAISE EXCEPTION 'reason % is used', OLD.id USING ERRCODE = 'restrict_violation',
            HINT = 'Ten powód stoi już przy czyjejś nieobecności. Wyłącz go i dodaj nowy z inną zasadą.';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER keep_pay_rule BEFORE UPDATE OF pay_rule ON ipzs_excusereason
    FOR EACH ROW EXECUTE FUNCTION ipzs_keep_pay_rule();
"""
FORGOTTEN = """
DROP TRIGGER keep_pay_rule ON ipzs_excusereason;
DROP FUNCTION ipzs_keep_pay_rule();
"""


class Migration(migrations.Migration):
    dependencies = [("ipzs", "0006_sentences")]

    operations = [migrations.RunSQL(FUNCTION, FORGOTTEN)]
