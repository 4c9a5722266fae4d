import django.db.models.deletion
import reintegration.core.fields
import reintegration.core.ids
from django.conf import settings
from django.db import migrations, models

from reintegration.tenancy.sql import TenantTable


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('tenancy', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='FormDraft',
            fields=[
                ('id', models.UUIDField(default=reintegration.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('path', models.CharField(max_length=300, verbose_name='adres')),
                ('data', reintegration.core.fields.EncryptedJSONField(verbose_name='treść')),
                ('saved_at', models.DateTimeField(verbose_name='zapisany')),
                ('organisation', models.ForeignKey(db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.organisation')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'szkic',
                'verbose_name_plural': 'szkice',
                'abstract': False,
                'base_manager_name': 'objects',
                'constraints': [models.UniqueConstraint(fields=('organisation', 'user', 'path'), name='draft_one_per_address')],
            },
        ),
        # What a person has not saved is nobody's history.
        TenantTable('FormDraft', tenant='organisation', keeps='nothing'),
        migrations.CreateModel(
            name='SubmissionKey',
            fields=[
                ('id', models.UUIDField(default=reintegration.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('token', models.CharField(max_length=64, verbose_name='znak formularza')),
                ('location', models.CharField(blank=True, max_length=500, verbose_name='dokąd prowadzi')),
                ('sent_at', models.DateTimeField(verbose_name='wysłany')),
                ('organisation', models.ForeignKey(db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.organisation')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'wysłany formularz',
                'verbose_name_plural': 'wysłane formularze',
                'abstract': False,
                'base_manager_name': 'objects',
                'constraints': [models.UniqueConstraint(fields=('organisation', 'user', 'token'), name='submission_once')],
            },
        ),
        TenantTable('SubmissionKey', tenant='organisation', keeps='nothing'),
    ]
