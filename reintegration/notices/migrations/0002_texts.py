"""Text messages go by the same outbox, and keep neither a number nor words."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('notices', '0001_initial'),
        ('tenancy', '0004_staff_kinds'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='mail',
            name='mail_to_somebody',
        ),
        migrations.AddField(
            model_name='mail',
            name='channel',
            field=models.CharField(choices=[('mail', 'e-mail'), ('sms', 'SMS')], default='mail', max_length=4, verbose_name='droga'),
        ),
        migrations.AddConstraint(
            model_name='mail',
            constraint=models.CheckConstraint(condition=models.Q(('recipient__isnull', False), ('address__isnull', False), ('state', 'sent'), ('channel', 'sms'), _connector='OR'), name='mail_to_somebody'),
        ),
        migrations.AddConstraint(
            model_name='mail',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('channel', 'sms'), _negated=True), models.Q(('address__isnull', True), ('notice__isnull', True), ('recipient__isnull', True)), _connector='OR'), name='mail_text_names_nobody'),
        ),
    ]
