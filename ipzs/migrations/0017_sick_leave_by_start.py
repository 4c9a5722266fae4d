"""A page of sick leaves comes from an index in its order."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ipzs", "0016_marks_at_once")]

    operations = [
        migrations.AddIndex(
            model_name="sickleave",
            index=models.Index(fields=["unit", "-since", "id"], name="sick_leave_by_start"),
        ),
    ]
