"""Who on the staff is the same person: a key, where a name had to do.

Rows of one name in one unit were counted as one person and stay so, until somebody says otherwise. The keys are
made under a salt that nobody keeps, for a plain digest of a name would tell it after its erasure.
"""

import secrets

from django.db import migrations, models

import reintegration.core.ids

# Adding and retyping a column writes no row that a trigger or a policy would see.
ADD = "ALTER TABLE tenancy_staffmember ADD COLUMN person_key uuid"
FILL = (
    "ALTER TABLE tenancy_staffmember ALTER COLUMN person_key TYPE uuid"
    " USING md5(%s || unit_id::text || lower(first_name || ' ' || last_name))::uuid"
)
KEEP = "ALTER TABLE tenancy_staffmember ALTER COLUMN person_key SET NOT NULL"


class Migration(migrations.Migration):
    dependencies = [("tenancy", "0002_calendar_accounts_order")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    [ADD, (FILL, [secrets.token_hex(16)]), KEEP],
                    "ALTER TABLE tenancy_staffmember DROP COLUMN person_key",
                )
            ],
            state_operations=[
                migrations.AddField(
                    model_name="staffmember",
                    name="person_key",
                    field=models.UUIDField(
                        default=reintegration.core.ids.uuid7, editable=False, verbose_name="klucz osoby"
                    ),
                )
            ],
        )
    ]
