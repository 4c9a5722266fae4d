"""What a unit opens to a body that has an account."""

import django.db.models.deletion
import reintegration.core.ids
from django.conf import settings
from django.db import migrations, models

from reintegration.tenancy.sql import CURRENT, SharedTable

# The unit alone writes it; the body reads it while it is open. What was opened, to whom and for what stays:
# the program may write that it was closed, and nothing else.
POLICY = f"""
DROP POLICY tenant ON participants_bodyaccess;
CREATE POLICY tenant ON participants_bodyaccess USING (unit_id = {CURRENT}) WITH CHECK (unit_id = {CURRENT});
CREATE POLICY opened ON participants_bodyaccess FOR SELECT USING (sender_id = {CURRENT} AND closed_at IS NULL);
REVOKE UPDATE ON participants_bodyaccess FROM reintegra_app;
GRANT UPDATE (closed_at, closed_by_id) ON participants_bodyaccess TO reintegra_app
"""


class Migration(migrations.Migration):

    dependencies = [
        ('participants', '0048_referral_course'),
        ('tenancy', '0004_staff_kinds'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='BodyAccess',
            fields=[
                ('id', models.UUIDField(default=reintegration.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('purpose', models.CharField(choices=[('refer', 'wysłanie skierowania'), ('follow', 'podgląd skierowania'), ('agree', 'uzgodnienie programu'), ('month', 'lista miesiąca dla OPS'), ('fund', 'rozliczenie z urzędem pracy')], max_length=10, verbose_name='do czego')),
                ('body_name', models.CharField(max_length=200, verbose_name='dla kogo')),
                ('opened_at', models.DateTimeField(editable=False, verbose_name='kiedy otwarto')),
                ('closed_at', models.DateTimeField(editable=False, null=True, verbose_name='kiedy zamknięto')),
                ('closed_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('opened_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('sender', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.organisation')),
                ('unit', models.ForeignKey(db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.unit')),
            ],
            options={
                'verbose_name': 'dostęp z konta',
                'verbose_name_plural': 'dostępy z konta',
                'abstract': False,
                'base_manager_name': 'objects',
                'constraints': [models.CheckConstraint(condition=models.Q(('purpose__in', ['fund', 'month'])), name='body_access_is_told'), models.CheckConstraint(condition=models.Q(('sender__isnull', False)), name='body_access_has_a_body'), models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', True), ('closed_by__isnull', True)), models.Q(('closed_at__gte', models.F('opened_at')), ('closed_by__isnull', False)), _connector='OR'), name='body_access_closed_by_someone'), models.UniqueConstraint(condition=models.Q(('closed_at__isnull', True)), fields=('unit', 'sender', 'purpose', 'body_name'), name='body_access_once', violation_error_message='Ten podmiot ma już ten dostęp.')],
            },
        ),
        SharedTable("BodyAccess", subject=""),
        migrations.RunSQL(POLICY, migrations.RunSQL.noop),
    ]
