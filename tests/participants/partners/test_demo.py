"""The demo shows a request in every state."""

import pytest

from participants.enums import RequestState
from participants.models import PartnerRequest
from reintegration.core.demo import demo_id
from reintegration.tenancy.scope import scope


@pytest.mark.usefixtures("demo")
def test_the_demo_has_a_request_in_every_state():
    with scope(organisation_id=demo_id("organisation:nowymost"), source="test"):
        rows = PartnerRequest.objects.order_by("pk")
        assert {row.state for row in rows} == set(RequestState.values)
        assert sum(row.consent_id is not None and row.letter_id is not None for row in rows) == 1
