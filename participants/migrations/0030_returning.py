from django.db import migrations

from reintegration.tenancy.sql import CURRENT, SharedTable

# A draft is its sender's alone. The unit that gives a referral back writes the row that it may no longer
# see, and PostgreSQL asks that a row that is written can also be read: so the one row that the transaction
# names is readable to its unit while it is written, and to nobody else.
RETURNING = """
CREATE POLICY given_back ON participants_referral FOR SELECT
    USING (unit_id = (SELECT nullif(current_setting('app.organisation', true), '')::uuid)
        AND id = (SELECT nullif(current_setting('app.returning', true), '')::uuid))
"""


class Migration(migrations.Migration):
    dependencies = [("participants", "0020_participations")]

    operations = [
        # What was never sent is its sender's alone, also when it was withdrawn as a draft.
        SharedTable(
            "Referral",
            subject="id",
            seen="sent_at IS NOT NULL OR sender_id IS NULL",
            also=f"handed_to_id = {CURRENT}",
        ),
        migrations.RunSQL(RETURNING, "DROP POLICY given_back ON participants_referral"),
    ]
