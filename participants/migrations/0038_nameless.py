from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("participants", "0037_elsewhere_asked"),
    ]

    operations = [
        migrations.AddField(
            model_name="anonymousfile",
            name="ages",
            field=models.JSONField(default=dict, verbose_name="wiek na koniec roku"),
        ),
        migrations.AddField(
            model_name="anonymousfile",
            name="groups_held",
            field=models.JSONField(default=list, verbose_name="grupy w czasie"),
        ),
    ]
