"""The demo has people who left, what became of them, and certificates that were issued."""

import pytest

from participants.models import Participation
from reintegration.core.demo import demo_id
from reintegration.tenancy.scope import scope
from reporting.models import Certificate, Outcome

pytestmark = pytest.mark.usefixtures("demo")


def test_whoever_left_was_asked_and_somebody_has_a_certificate():
    with scope(organisation_id=demo_id("organisation:nowymost"), source="test"):
        left = Participation.objects.filter(ended_on__isnull=False, periods__isnull=False).distinct()
        assert left.exclude(end_reason="death").count() == Outcome.objects.count() > 0
        assert Certificate.objects.filter(state="issued").exists()
