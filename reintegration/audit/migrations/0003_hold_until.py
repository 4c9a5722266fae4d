import reintegration.core.fields
from django.db import migrations, models

from reintegration.tenancy.sql import TenantTable


class Migration(migrations.Migration):

    dependencies = [
        ('audit', '0002_retention'),
    ]

    operations = [
        migrations.AddField(
            model_name='legalhold',
            name='release_reason',
            field=reintegration.core.fields.EncryptedTextField(blank=True, max_length=500, null=True, verbose_name='powód zwolnienia'),
        ),
        migrations.AddField(
            model_name='legalhold',
            name='until',
            field=models.DateField(blank=True, null=True, verbose_name='przewidywany koniec'),
        ),
        # A new ciphertext: history has to know which column it is.
        TenantTable("LegalHold", tenant="organisation", subject="subject_id"),
    ]
