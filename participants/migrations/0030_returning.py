from django.db import migrations

# A draft is its sender's alone. The unit that gives a referral back writes the row that it may no longer
# see, and PostgreSQL asks that a row that is written can also be read: so the one row that the transaction
# names is readable to its unit while it is written, and to nobody else.
RETURNING = """
CREATE POLICY returning ON participants_referral FOR SELECT
    USING (unit_id = (SELECT nullif(current_setting('app.organisation', true), '')::uuid)
        AND id = (SELECT nullif(current_setting('app.returning', true), '')::uuid))
"""


class Migration(migrations.Migration):
    dependencies = [("participants", "0020_participations")]

    operations = [
        migrations.RunSQL(RETURNING, "DROP POLICY returning ON participants_referral"),
    ]
