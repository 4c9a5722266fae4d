import django.db.models.deletion
from django.db import migrations, models

import reintegration.core.fields
import reintegration.core.ids
from reintegration.tenancy.sql import TenantTable


class Migration(migrations.Migration):

    dependencies = [
        ('audit', '0001_initial'),
        ('tenancy', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='LegalHold',
            fields=[
                ('id', models.UUIDField(default=reintegration.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('subject_id', models.UUIDField(verbose_name='czyje dane')),
                ('reason', reintegration.core.fields.EncryptedTextField(max_length=500, verbose_name='powód')),
                ('placed_on', models.DateField(verbose_name='od')),
                ('released_at', models.DateTimeField(editable=False, null=True, verbose_name='zwolniono')),
                ('organisation', models.ForeignKey(db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.organisation')),
            ],
            options={
                'verbose_name': 'wstrzymanie usunięcia danych',
                'verbose_name_plural': 'wstrzymania usunięcia danych',
                'abstract': False,
                'base_manager_name': 'objects',
                'constraints': [models.UniqueConstraint(condition=models.Q(('released_at__isnull', True)), fields=('organisation', 'subject_id'), name='legal_hold_once', violation_error_message='Usunięcie danych tej osoby jest już wstrzymane.')],
            },
        ),
        migrations.CreateModel(
            name='Erasure',
            fields=[
                ('id', models.UUIDField(default=reintegration.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('subject_id', models.UUIDField(verbose_name='czyje dane')),
                ('basis', models.TextField(verbose_name='podstawa')),
                ('erased_at', models.DateTimeField(verbose_name='kiedy')),
                ('history_event', models.BigIntegerField(editable=False, null=True, verbose_name='zdarzenie')),
                ('organisation', models.ForeignKey(db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.organisation')),
            ],
            options={
                'verbose_name': 'usunięcie danych osoby',
                'verbose_name_plural': 'usunięcia danych osób',
                'abstract': False,
                'base_manager_name': 'objects',
                'indexes': [models.Index(condition=models.Q(('history_event__isnull', True)), fields=['organisation', 'erased_at'], name='erasure_waiting')],
            },
        ),
        TenantTable("LegalHold", tenant="organisation", subject="subject_id"),
        TenantTable("Erasure", tenant="organisation"),
    ]
