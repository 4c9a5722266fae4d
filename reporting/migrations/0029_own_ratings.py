"""The person's own rating beside the unit's. What was written before was one rating, made together."""

import reintegration.core.fields
from django.conf import settings
from django.db import migrations, models

from reintegration.tenancy.sql import TenantTable


class Migration(migrations.Migration):

    dependencies = [
        ('participants', '0047_order_of_need'),
        ('reporting', '0028_findings'),
        ('tenancy', '0004_staff_kinds'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='outcome',
            name='own_changes',
            field=reintegration.core.fields.EncryptedJSONField(blank=True, null=True, verbose_name='zmiany według uczestnika'),
        ),
        migrations.AddField(
            model_name='outcome',
            name='own_missing',
            field=models.CharField(blank=True, default='together', choices=[('refused', 'osoba nie chciała oceniać'), ('unreached', 'nie udało się jej zapytać'), ('together', 'zapisano jedną ocenę, ustaloną razem')], max_length=10, verbose_name='dlaczego nie ma oceny uczestnika'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='outcome',
            name='own_reached',
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='ile zmian według uczestnika'),
        ),
        migrations.AlterField(
            model_name='outcome',
            name='changes',
            field=reintegration.core.fields.EncryptedJSONField(blank=True, null=True, verbose_name='zmiany według jednostki'),
        ),
        migrations.AlterField(
            model_name='outcome',
            name='reached',
            field=models.PositiveSmallIntegerField(verbose_name='ile zmian według jednostki'),
        ),
        migrations.AddConstraint(
            model_name='outcome',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('own_missing', ''), ('own_reached__range', (0, 9))), models.Q(models.Q(('own_missing', ''), _negated=True), ('own_changes__isnull', True), ('own_reached__isnull', True)), _connector='OR'), name='outcome_own_or_why', violation_error_message='Wpisz ocenę uczestnika albo dlaczego jej nie ma.'),
        ),
        # Its history knows the new ciphertext as such.
        TenantTable("Outcome", subject="person_id"),
    ]
