"""The notice of a labour office in the account of the centre that is told."""

import django.db.models.deletion
import reintegration.core.fields
import reintegration.core.ids
import reintegration.tenancy.fields
from django.conf import settings
from django.db import migrations, models

from reintegration.tenancy.sql import SharedTable


class Migration(migrations.Migration):

    dependencies = [
        ('participants', '0050_heeded_and_hours'),
        ('tenancy', '0004_staff_kinds'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='referral',
            name='ops',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.organisation', verbose_name='konto OPS'),
        ),
        migrations.CreateModel(
            name='OpsNotice',
            fields=[
                ('id', models.UUIDField(default=reintegration.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('person_name', models.CharField(max_length=160, verbose_name='kogo dotyczy')),
                ('address', reintegration.core.fields.EncryptedTextField(blank=True, max_length=300, verbose_name='gdzie mieszka albo przebywa')),
                ('office_name', models.CharField(max_length=200, verbose_name='kto kieruje')),
                ('notified_on', models.DateField(verbose_name='zawiadomiono')),
                ('told_at', models.DateTimeField(editable=False, verbose_name='kiedy przekazano')),
                ('read_at', models.DateTimeField(editable=False, null=True, verbose_name='kiedy przeczytano')),
                ('read_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('referral', reintegration.tenancy.fields.KinForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='participants.referral')),
                ('sender', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.organisation')),
                ('unit', models.ForeignKey(db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.unit')),
            ],
            options={
                'verbose_name': 'zawiadomienie OPS',
                'verbose_name_plural': 'zawiadomienia OPS',
                'abstract': False,
                'base_manager_name': 'objects',
                'constraints': [models.UniqueConstraint(fields=('unit', 'referral', 'sender'), name='ops_notice_once'), models.CheckConstraint(condition=models.Q(('sender__isnull', False)), name='ops_notice_has_a_centre'), models.CheckConstraint(condition=models.Q(models.Q(('read_at__isnull', True), ('read_by__isnull', True)), models.Q(('read_at__isnull', False), ('read_by__isnull', False)), _connector='OR'), name='ops_notice_read_by_someone')],
            },
        ),
        SharedTable("OpsNotice", subject="referral_id"),
    ]
