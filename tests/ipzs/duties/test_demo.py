"""The demo shows duties that hold, run out and ran out."""

import pytest

from ipzs.enums import AccidentState
from ipzs.models import Accident, DutyRecord
from ipzs.queries import duties as queries
from ipzs.rules.duties import State
from participants.models import Participation
from reintegration.core.demo import demo_id
from reintegration.tenancy.scope import scope
from tests.ipzs.duties.made import TODAY

pytestmark = pytest.mark.usefixtures("demo")


def test_duties_stand_in_every_state_and_accidents_on_their_way():
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
