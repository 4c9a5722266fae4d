"""The demo has a profile that was repeated and an opinion."""

import pytest

from participants.models import Diagnosis, SpecialistOpinion
from participants.queries.diagnoses import results
from reintegration.core.demo import demo_id
from reintegration.tenancy.scope import scope

pytestmark = pytest.mark.usefixtures("demo")


def test_a_profile_was_repeated_and_an_opinion_signed():
    with scope(organisation_id=demo_id("organisation:nowymost"), source="test"):
        rows = list(Diagnosis.objects.select_related("person"))
        assert len(results.comparable(rows)) == 2
        assert all(row.change.startswith("+") for row in results.chart_of(rows).rows)
        assert SpecialistOpinion.objects.get(confidential=True).signed_at is not None
