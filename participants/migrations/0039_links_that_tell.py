from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("participants", "0038_nameless"),
    ]

    operations = [
        migrations.AlterField(
            model_name="signedlink",
            name="purpose",
            field=models.CharField(
                choices=[
                    ("refer", "wysłanie skierowania"),
                    ("follow", "podgląd skierowania"),
                    ("agree", "uzgodnienie programu"),
                    ("month", "lista miesiąca dla OPS"),
                    ("fund", "rozliczenie z urzędem pracy"),
                ],
                max_length=10,
                verbose_name="do czego",
            ),
        ),
        migrations.RemoveConstraint(model_name="signedlink", name="signed_link_leads_somewhere"),
        migrations.AddConstraint(
            model_name="signedlink",
            constraint=models.CheckConstraint(
                condition=models.Q(("agreement__isnull", True), ("purpose", "refer"))
                | models.Q(("agreement__isnull", True), ("purpose", "follow"), ("referral__isnull", False))
                | models.Q(("agreement__isnull", False), ("purpose", "agree"))
                | models.Q(
                    ("agreement__isnull", True),
                    ("purpose__in", ["month", "fund"]),
                    ("referral__isnull", True),
                ),
                name="signed_link_leads_somewhere",
            ),
        ),
    ]
