"""The demo of the law can be loaded twice and says the same."""

from datetime import date

import pytest
from django.contrib.auth import get_user_model

from reintegration.core.dates import Month
from reintegration.law.demo_data import CHOSEN, WAITING, load_readings
from reintegration.law.enums import State
from reintegration.law.models import Reading
from reintegration.law.queries import readings_of
from reintegration.notices.models import DeskTask
from reintegration.tenancy.models import Membership, Organisation, Unit
from reintegration.tenancy.scope import platform_scope, scope

pytestmark = pytest.mark.django_db


@pytest.fixture
def centres(world):
    """The two centres of the demo, each with a manager and an accountant."""
    with platform_scope(source="test"):
        founder = Unit.objects.select_related("founder").earliest("pk").founder
        for key in (CHOSEN, WAITING):
            found = Organisation.objects.create(
                pk=key,
                kind="unit",
                name="CIS",
                short_name="CIS",
                voivodeship="06",
                town="Modrzewno",
                opened_on=date(2024, 1, 1),
            )
            Unit.objects.create(organisation=found, unit_type="CIS", founder=founder)
            for role in ("manager", "accountant"):
                person = get_user_model().objects.create_user(
                    f"{role}@{key}.example", first_name="Ewa", last_name="Jarzębina"
                )
                Membership.objects.create(user=person, organisation=found, role=role, since=date(2024, 1, 1))


def test_one_centre_has_chosen_and_the_other_waits(centres):
    load_readings()
    load_readings()
    with scope(organisation_id=CHOSEN, source="test"):
        assert readings_of(CHOSEN, Month(2024, 1))["rate_rounding"] == "up10"
        assert Reading.objects.count() == 2
    with scope(organisation_id=WAITING, source="test"):
        assert Reading.objects.get().state == State.PROPOSED
        assert DeskTask.objects.get().kind == "law.reading_waiting"
        assert "rate_rounding" not in readings_of(WAITING, Month(2026, 11))
