from django.db import migrations

# A draft may be addressed to another unit; what was added to it already goes along. The key that binds a
# part to its referral carries the unit, so the unit of the parts follows that of the referral.
PARTS = ("referralentry", "referralopinion", "referralfile")


def follow(part: str) -> str:
    table = f"participants_{part}"
    return (
        f"ALTER TABLE {table} DROP CONSTRAINT {table}_referral_id_kin,"
        f" ADD CONSTRAINT {table}_referral_id_kin FOREIGN KEY (unit_id, referral_id)"
        " REFERENCES participants_referral (unit_id, id) ON UPDATE CASCADE"
    )


class Migration(migrations.Migration):
    dependencies = [("participants", "0030_returning")]

    operations = [migrations.RunSQL(follow(part), migrations.RunSQL.noop) for part in PARTS]
