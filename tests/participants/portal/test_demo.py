"""The demo of this part."""

import pytest

from participants.models import PlaceOffer, SignedLink
from reintegration.administration.demo_data import id_of
from reintegration.tenancy.scope import scope

pytestmark = pytest.mark.usefixtures("demo")


def test_the_demo_stands():
    assert PlaceOffer.public.count() == 5
    with scope(organisation_id=id_of("nowymost"), source="test"):
        assert SignedLink.objects.count() == 1
