"""A notice that the office takes back from one centre, because it named another."""

from django.db import migrations, models

# A draft that was withdrawn and taken up again may be addressed to another unit; like its other parts the
# notice follows it (0031).
FOLLOW = (
    "ALTER TABLE participants_opsnotice DROP CONSTRAINT participants_opsnotice_referral_id_kin,"
    " ADD CONSTRAINT participants_opsnotice_referral_id_kin FOREIGN KEY (unit_id, referral_id)"
    " REFERENCES participants_referral (unit_id, id) ON UPDATE CASCADE"
)


class Migration(migrations.Migration):
    dependencies = [("participants", "0051_ops_notice")]

    operations = [
        migrations.AddField(
            model_name="opsnotice",
            name="taken_back_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="kiedy cofnięto"),
        ),
        migrations.RunSQL(FOLLOW, migrations.RunSQL.noop),
    ]
