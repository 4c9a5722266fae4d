"""A referral that was accepted before it followed its file is brought up to its days, and tells nobody."""

from reintegration.ops.postgres import DATABASE
from tests import servers
from tests.servers import dsn

BEFORE = f"{DATABASE}_before_course"
# One who comes, one who left, one who never began, one without a day yet; then the move.
PROGRAM = """
from datetime import date
from django.core.management import call_command
from django.db import connection
from participants.models import Referral, ReferralEntry
from participants.queries.portal import standing
from participants.services.participations import ends
from reintegration.core import clock
from reintegration.notices.models import Notice
from reintegration.core.identifiers import false_pesel
from tests.cast import make_world
from tests.participants.portal.made import sent
from tests.participants.referrals.test_course import accepted, begun

world, today = make_world(), clock.today()
came, left, never, waits = (sent(world, pesel=false_pesel(date(1885, 3, 4), at, "M")) for at in range(4))
with world.scope("cis", "ewa"):
    files = [accepted(world, one) for one in (came, left, never, waits)]
    for file in files[:2]:
        begun(file, today)
    ends.end_participation(participation_id=files[1].pk, ended_on=today, reason="statement")
    ends.end_participation(participation_id=files[2].pk, ended_on=today, reason="resigned")

def told():
    with world.scope("ops", "zofia"):
        rows = [Referral.objects.get(pk=one.pk) for one in (came, left, never, waits)]
        said = [(row.started_on, row.left_on, standing(row).text.split()[0]) for row in rows]
        return said, ReferralEntry.objects.count(), Notice.objects.count()

now = told()
assert now[0] == [
    (today, None, "zajęcia"),
    (today, today, "zakończone"),
    (None, today, "zakończone"),
    (None, None, "przyjęte"),
]
with connection.cursor() as cursor:
    cursor.execute("ALTER TABLE participants_referral NO FORCE ROW LEVEL SECURITY, DISABLE TRIGGER USER")
    cursor.execute("UPDATE participants_referral SET started_on = NULL, left_on = NULL")
    cursor.execute("ALTER TABLE participants_referral FORCE ROW LEVEL SECURITY, ENABLE TRIGGER USER")
assert {one[2] for one in told()[0]} == {"przyjęte"}
call_command("migrate", "participants", "0052_notice_taken_back", verbosity=0)
call_command("migrate", "participants", "0053_course_of_old_referrals", verbosity=0)
assert told() == now
with connection.cursor() as cursor:
    cursor.execute(
        "SELECT (SELECT count(*) FROM pg_class WHERE relname LIKE 'participants_%'"
        " AND relrowsecurity AND NOT relforcerowsecurity),"
        " (SELECT count(*) FROM pg_trigger"
        " WHERE tgrelid = 'participants_referral'::regclass AND tgenabled = 'D')"
    )
    assert cursor.fetchone() == (0, 0)
"""


def test_old_referrals_say_what_became_of_them():
    servers.clone(BEFORE, template=DATABASE)
    servers.run_python(PROGRAM, database=dsn("reintegra_owner", BEFORE))
