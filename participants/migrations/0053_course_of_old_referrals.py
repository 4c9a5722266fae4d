"""The first and the last day of whom a unit accepted before a referral followed its file (0048)."""

from django.db import migrations

# The walls are down for this transaction alone, since it reads the files of every unit. An entry says when
# it was written, so there is none, and nobody is told what happened long ago.
READ = ("referral", "participation", "period")
OPEN = "".join(f"ALTER TABLE participants_{name} NO FORCE ROW LEVEL SECURITY;" for name in READ)
CLOSE = "".join(f"ALTER TABLE participants_{name} FORCE ROW LEVEL SECURITY;" for name in READ)
FILL = f"""
{OPEN}
ALTER TABLE participants_referral DISABLE TRIGGER USER;
UPDATE participants_referral r SET started_on = f.first, left_on = f.ended_on
    FROM (
        SELECT p.unit_id, p.referral_id, p.ended_on, min(d.since) AS first
        FROM participants_participation p LEFT JOIN participants_period d
            ON d.unit_id = p.unit_id AND d.participation_id = p.id
        WHERE p.referral_id IS NOT NULL
        GROUP BY p.unit_id, p.id
    ) f
    WHERE r.unit_id = f.unit_id AND r.id = f.referral_id AND r.state = 'accepted'
        AND r.started_on IS NULL AND r.left_on IS NULL
        AND (f.first IS NOT NULL OR f.ended_on IS NOT NULL);
SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED;
ALTER TABLE participants_referral ENABLE TRIGGER USER;
{CLOSE}
"""


class Migration(migrations.Migration):
    dependencies = [("participants", "0052_notice_taken_back")]

    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]
