"""The order of the inbox and the files without a certificate, each held by an index."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("participants", "0046_partners"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="referral",
            name="need",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Case(
                    models.When(state="sent", then=models.Value(0)),
                    models.When(
                        state__in=["draft", "refused", "withdrawn", "obsolete", "accepted"],
                        then=models.Value(2),
                    ),
                    default=models.Value(1),
                ),
                output_field=models.SmallIntegerField(),
            ),
        ),
        migrations.AddIndex(
            model_name="participation",
            index=models.Index(
                condition=models.Q(("certificate_on__isnull", True), ("ended_on__isnull", False)),
                fields=["unit", "ended_on"],
                name="participation_no_certificate",
            ),
        ),
        migrations.AddIndex(
            model_name="referral",
            index=models.Index(fields=["unit", "need", "-sent_at", "id"], name="referral_by_need"),
        ),
    ]
