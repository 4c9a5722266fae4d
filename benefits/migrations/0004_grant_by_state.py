from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("benefits", "0003_pay_settings")]

    operations = [
        migrations.AddIndex(
            model_name="grant",
            index=models.Index(fields=["unit", "unit_type", "state"], name="grant_by_state"),
        ),
    ]
