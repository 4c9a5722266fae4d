"""The demo shows duties that hold, run out and ran out, and may be loaded twice."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from ipzs.enums import AccidentState
from ipzs.models import Accident, DutyRecord
from ipzs.queries import duties as queries
from ipzs.rules.duties import State
from participants.models import Participation
from reintegration.core.demo import demo_id
from reintegration.tenancy.scope import scope
from tests.ipzs.duties.made import TODAY

pytestmark = pytest.mark.django_db


def test_duties_stand_in_every_state_and_accidents_on_their_way(settings: Any, tmp_path: Any):
    settings.DEMO, settings.FILES_DIR = True, str(tmp_path)
    for _ in range(2):
        call_command("demo", stderr=StringIO(), stdout=StringIO())
    with scope(organisation_id=demo_id("organisation:nowymost"), source="test"):
        files = (
            Participation.objects.filter(ended_on__isnull=True).values_list("pk", flat=True).order_by("pk")
        )
        found = queries.standings(list(files), TODAY)
        assert {one.state for standing in found.values() for one in standing.values()} == set(State)
        rows = list(DutyRecord.objects.order_by("pk"))
        assert len(rows) == len({(row.participation_id, row.kind) for row in rows})
        assert set(Accident.objects.values_list("state", flat=True).order_by("number")) == {
            AccidentState.REPORTED.value, AccidentState.SENT.value,
        }  # fmt: skip
