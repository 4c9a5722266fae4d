"""What became of whom the unit accepted: the first day of classes and the last day."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("participants", "0047_order_of_need"),
    ]

    operations = [
        migrations.AddField(
            model_name="referral",
            name="left_on",
            field=models.DateField(editable=False, null=True, verbose_name="ostatni dzień udziału"),
        ),
        migrations.AddField(
            model_name="referral",
            name="started_on",
            field=models.DateField(editable=False, null=True, verbose_name="pierwszy dzień zajęć"),
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state", "accepted"),
                    models.Q(("left_on__isnull", True), ("started_on__isnull", True)),
                    _connector="OR",
                ),
                name="referral_course_of_accepted",
                violation_error_message="Zajęcia ma tylko osoba, którą przyjęto.",
            ),
        ),
    ]
