"""The demo of this part: made once, and the same when it is made again."""

import pytest

from participants.demo.gminas import gminas
from participants.demo.portal import portal
from participants.models import PlaceOffer, SignedLink
from reintegration.administration.demo_data import id_of, load_organisations
from reintegration.tenancy.scope import scope

pytestmark = pytest.mark.django_db


def test_the_demo_stands_and_can_be_made_again():
    load_organisations()
    gminas()
    portal()
    portal()
    assert PlaceOffer.public.count() == 5
    with scope(organisation_id=id_of("nowymost"), source="test"):
        assert SignedLink.objects.count() == 1
