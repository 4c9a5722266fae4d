"""The demo has a profile that was repeated and an opinion, and may be loaded twice."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from participants.models import Diagnosis, SpecialistOpinion
from participants.queries.diagnoses import results
from reintegration.core.demo import demo_id
from reintegration.tenancy.scope import scope

pytestmark = pytest.mark.django_db


def test_a_profile_was_repeated_and_an_opinion_signed(settings: Any, tmp_path: Any):
    settings.DEMO, settings.FILES_DIR = True, str(tmp_path)
    for _ in range(2):
        call_command("demo", stderr=StringIO(), stdout=StringIO())
    with scope(organisation_id=demo_id("organisation:nowymost"), source="test"):
        rows = list(Diagnosis.objects.select_related("person"))
        assert len(results.comparable(rows)) == 2
        assert all(row.change.startswith("+") for row in results.chart_of(rows).rows)
        assert SpecialistOpinion.objects.get(confidential=True).signed_at is not None
