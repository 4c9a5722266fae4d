from django.db import migrations, models

import reintegration.core.fields
from reintegration.tenancy.sql import TenantTable


class Migration(migrations.Migration):
    dependencies = [
        ("participants", "0040_linked_body"),
    ]

    operations = [
        migrations.AddField(
            model_name="barrier",
            name="delivered_on",
            field=models.DateField(blank=True, null=True, verbose_name="pomoc przyszła"),
        ),
        migrations.AddField(
            model_name="barrier",
            name="helper",
            field=reintegration.core.fields.EncryptedTextField(
                blank=True, default="", max_length=160, verbose_name="kto pomaga"
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="barrier",
            name="promised_for",
            field=models.DateField(blank=True, null=True, verbose_name="obiecano na"),
        ),
        # A new ciphertext: history has to know which column it is.
        TenantTable("Barrier", subject="person_id"),
    ]
