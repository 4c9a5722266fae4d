"""The demo has persons of whom much is known, and two who may be one."""

import pytest

from participants.models import Barrier, PersonFact
from participants.queries.people import likely_doubles
from reintegration.core.demo import demo_id
from reintegration.tenancy.scope import scope


@pytest.mark.usefixtures("demo")
def test_the_demo_shows_what_is_known_and_a_pair_to_judge():
    with scope(organisation_id=demo_id("organisation:nowymost"), source="test"):
        assert Barrier.objects.count() == 2
        assert PersonFact.objects.count() == 3
        pairs = [{str(pair.one), str(pair.other)} for pair in likely_doubles()]
        assert {"Zdzisław Klon", "Zdzisława Klon"} in pairs
