from django.db import migrations, models

# An erasure takes the account and leaves that a transfer was made, so the rule is asked when the way is
# written and not of the row for ever.
KEEP = r"""
CREATE FUNCTION benefits_keep_account() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NEW.method = 'transfer' AND NEW.account_index IS NULL THEN
        RAISE EXCEPTION 'a transfer without an account'
            USING ERRCODE = 'restrict_violation', HINT = 'Wpisz numer konta albo wybierz gotówkę.';
    END IF;
    RETURN NULL;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("benefits", "0001_initial")]

    operations = [
        migrations.RemoveConstraint(model_name="payway", name="pay_way_whole"),
        migrations.AddConstraint(
            model_name="payway",
            constraint=models.CheckConstraint(
                name="pay_way_cash",
                condition=models.Q(method="transfer") | models.Q(account_index__isnull=True),
                violation_error_message="Gotówka nie ma numeru konta.",
            ),
        ),
        migrations.RunSQL(KEEP, "DROP FUNCTION benefits_keep_account()"),
        migrations.RunSQL(
            "CREATE TRIGGER keep_account AFTER INSERT OR UPDATE OF method ON benefits_payway"
            " FOR EACH ROW EXECUTE FUNCTION benefits_keep_account()",
            "DROP TRIGGER keep_account ON benefits_payway",
        ),
    ]
