"""The demo shows people who are insured, one of whom nobody asked, and what the OPS did."""

import pytest

from benefits.queries.health import health_of, looked_at
from reintegration.core import clock
from reintegration.core.demo import demo_id
from reintegration.tenancy.scope import scope

pytestmark = pytest.mark.usefixtures("demo")


def test_most_people_are_insured_and_of_one_nobody_asked():
    with scope(organisation_id=demo_id("organisation:nowymost"), source="test"):
        found = list(health_of(looked_at(clock.today()).order_by("number")).values())
        begun = [one for one in found if one.programmes]
        assert {one.asked for one in begun} == {True, False}
        assert any(row.registered_on for one in begun for row in one.told)
