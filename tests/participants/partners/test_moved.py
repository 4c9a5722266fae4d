"""What barriers said of promised help, before there were partners, is moved and not lost."""

import pytest

from reintegration.ops.postgres import DATABASE
from tests import servers
from tests.servers import dsn

BEFORE = f"{DATABASE}_before_partners"
# Three barriers of somebody who is led, and one of somebody whom nobody leads; then the move.
PROGRAM = """
from datetime import date
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

def tables(cursor, *words):
    for name in walled:
        for word in words:
            cursor.execute(f"ALTER TABLE {name} {word}")

state = ("participants", "0045_link_of_a_place")
call_command("migrate", *state, verbosity=0)
apps = MigrationExecutor(connection).loader.project_state(state).apps
model = {one: apps.get_model("participants", one) for one in ("Person", "Participation", "Barrier")}
since, due, came = date(2026, 11, 2), date(2026, 11, 20), date(2026, 11, 18)
with connection.cursor() as cursor:
    cursor.execute("SELECT DISTINCT tgrelid::regclass FROM pg_trigger WHERE tgname = 'history'")
    walled = [row[0] for row in cursor.fetchall()]
with transaction.atomic(), connection.cursor() as cursor:
    tables(cursor, "NO FORCE ROW LEVEL SECURITY", "DISABLE TRIGGER USER")
    organisation = apps.get_model("tenancy", "Organisation").objects.create(
        kind="unit", name="CIS", short_name="CIS", voivodeship="06", town="Modrzewno", opened_on=since
    )
    founder = apps.get_model("tenancy", "Founder").objects.create(name="Krok", kind="ngo", town="Modrzewno")
    unit = apps.get_model("tenancy", "Unit").objects.create(
        organisation=organisation, unit_type="CIS", founder=founder
    )
    user = apps.get_model("accounts", "User").objects.create(email="jan@example.org")
    helps = {"unit": unit, "kind": "distance", "since": since}
    led, alone = (
        model["Person"].objects.create(unit=unit, first_name="Jan", last_name=name, made_at=timezone.now())
        for name in ("Kos", "Sowa")
    )
    model["Participation"].objects.create(
        unit=unit, person=led, number="U/1", opened_on=since, case_manager_id=user.pk
    )
    for person, told in (
        (led, {"helper": "Gmina", "promised_for": due, "help_given": "Bilet."}),
        (led, {"helper": "GMINA", "promised_for": due, "delivered_on": came, "kind": "child_care"}),
        (led, {"helper": "Ciocia", "help_given": "Rower."}),
        (alone, {"helper": "Gmina", "promised_for": due}),
    ):
        model["Barrier"].objects.create(person=person, **{**helps, **told})
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    tables(cursor, "ENABLE TRIGGER USER", "FORCE ROW LEVEL SECURITY")
call_command("migrate", verbosity=0)
from participants.models import Barrier, Partner, PartnerRequest
from reintegration.tenancy.scope import scope
with scope(organisation_id=unit.pk, source="test"):
    (partner,) = Partner.objects.order_by("pk")
    assert (partner.name, partner.helps_with) == ("Gmina", ["transport", "care"])
    first, second = PartnerRequest.objects.order_by("help_kind")[::-1]
    assert (first.state, first.text, first.promised_for) == ("promised", "Bilet.", due)
    assert (second.state, second.delivered_on, second.asked_by_id) == ("delivered", came, user.pk)
    assert sorted(row.help_given for row in Barrier.objects.order_by("pk")) == [
        "", "Bilet.", "Gmina", "Rower.\\nCiocia"
    ]
with connection.cursor() as cursor:
    cursor.execute(
        "SELECT count(*) FROM pg_class WHERE relname LIKE 'participants_%'"
        " AND relrowsecurity AND NOT relforcerowsecurity"
    )
    assert cursor.fetchone() == (0,)
    cursor.execute(
        "SELECT count(*) FROM pg_trigger WHERE tgrelid = 'participants_barrier'::regclass AND tgenabled = 'D'"
    )
    assert cursor.fetchone() == (0,)
"""


@pytest.mark.audit
def test_promises_of_barriers_become_requests():
    servers.clone(BEFORE, template="template0")
    servers.run_python(PROGRAM, database=dsn("reintegra_owner", BEFORE))
