from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('ipzs', '0013_accident_sent'),
        ('participants', '0036_held'),
        ('tenancy', '0002_calendar_accounts_order'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='programme',
            constraint=models.CheckConstraint(condition=models.Q(('work_since__isnull', True), models.Q(('until__lte', models.Func(models.F('work_since'), output_field=models.DateField(), template="CAST(CAST(%(expressions)s AS date) + interval '6 months' AS date)")), ('work_since__gte', models.F('since'))), _connector='OR'), name='programme_tail', violation_error_message='Praca zaczyna się w czasie programu, a po jej podjęciu program trwa do 6 miesięcy. (art. 13 ust. 5)'),
        ),
    ]
