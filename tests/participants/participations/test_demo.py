"""The demo shows a file in every stage."""

from collections import Counter

import pytest

from participants.enums import Stage
from participants.models import Participation, Person
from participants.queries.participations import list_page
from participants.rules.codes import UnitType
from participants.services import participations as services
from reintegration.core.dates import DateSpan
from reintegration.core.demo import demo_id
from reintegration.tenancy.scope import scope
from tests.participants.participations.made import TODAY

pytestmark = pytest.mark.usefixtures("demo")


def test_every_stage_is_there_and_one_person_in_two_units():
    with scope(organisation_id=demo_id("organisation:nowymost"), source="test"):
        seen = Counter(row.stage for row in list_page(today=TODAY, unit_type=UnitType.CIS))
        assert set(seen) == set(Stage.values)
        assert Participation.objects.values("person").distinct().count() == Participation.objects.count()
        both = Person.objects.get(first_name="Marek", last_name="Dąbek")
        assert services.elsewhere(person_id=both.pk, span=DateSpan(TODAY, TODAY))
