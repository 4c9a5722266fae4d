"""Who said that what rested on a withdrawn consent has stopped; the hour of a meeting; ends by a job."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('documents', '0002_storedfile_shared_with'),
        ('participants', '0049_body_access'),
        ('tenancy', '0004_staff_kinds'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='partnerrequest',
            name='partner_request_ended_by',
        ),
        migrations.AddField(
            model_name='cardentry',
            name='next_time',
            field=models.TimeField(blank=True, null=True, verbose_name='godzina następnego spotkania'),
        ),
        migrations.AddField(
            model_name='consent',
            name='heeded_at',
            field=models.DateTimeField(editable=False, null=True, verbose_name='kiedy wstrzymano'),
        ),
        migrations.AddField(
            model_name='consent',
            name='heeded_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='kto wstrzymał'),
        ),
        migrations.AddIndex(
            model_name='consent',
            index=models.Index(condition=models.Q(('heeded_at__isnull', True), ('withdrawn_on__isnull', False)), fields=['unit', 'withdrawn_on'], name='consent_to_heed'),
        ),
        migrations.AddConstraint(
            model_name='cardentry',
            constraint=models.CheckConstraint(condition=models.Q(('next_time__isnull', True), ('next_on__isnull', False), _connector='OR'), name='card_entry_hour_of_a_day', violation_error_message='Godzina spotkania potrzebuje dnia.'),
        ),
        migrations.AddConstraint(
            model_name='consent',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('heeded_at__isnull', True), ('heeded_by__isnull', True)), models.Q(('heeded_at__isnull', False), ('heeded_by__isnull', False), ('withdrawn_on__isnull', False)), _connector='OR'), name='consent_heeded_whole', violation_error_message='Wstrzymuje się to, na co zgodę cofnięto: ktoś i kiedyś.'),
        ),
        migrations.AddConstraint(
            model_name='partnerrequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('ended_by__isnull', True)), models.Q(('ended_at__isnull', False), ('ended_by__isnull', False)), models.Q(('ended_at__isnull', False), ('state', 'withdrawn')), _connector='OR'), name='partner_request_ended_by', violation_error_message='Wynik zapisał ktoś i kiedyś.'),
        ),
    ]
