from django.db import migrations, models

import reintegration.core.fields
from reintegration.tenancy.sql import TenantTable


class Migration(migrations.Migration):
    dependencies = [("participants", "0003_gmina")]

    operations = [
        migrations.AddField(
            model_name="participation",
            name="reopened_on",
            field=models.DateField(editable=False, null=True, verbose_name="otwarto ponownie"),
        ),
        migrations.AddField(
            model_name="participation",
            name="reopen_reason",
            field=reintegration.core.fields.EncryptedTextField(
                blank=True, default="", max_length=600, verbose_name="dlaczego otwarto ponownie"
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="period",
            name="planned_until",
            field=models.DateField(editable=False, null=True, verbose_name="planowano do"),
        ),
        # A new ciphertext: history has to know which column it is.
        TenantTable("Participation", subject="person_id"),
    ]
