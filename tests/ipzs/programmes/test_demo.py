"""The demo shows programmes in every state."""

from typing import Any

import pytest

from ipzs.models import Decision, ExtensionMotion, Programme, ProgrammeVersion, StepResult
from reintegration.core.demo import demo_id
from reintegration.tenancy.scope import scope

pytestmark = pytest.mark.usefixtures("demo")


def _seen(model: Any, field: str) -> set[str]:
    return set(model.objects.order_by("pk").values_list(field, flat=True))


def test_programmes_are_in_every_state():
    with scope(organisation_id=demo_id("organisation:nowymost"), source="test"):
        assert _seen(Programme, "state") == {"prepared", "running", "ended"}
        assert Decision.objects.get().state == "delivered"
        assert ExtensionMotion.objects.get().state == "asked"
        assert _seen(ProgrammeVersion, "state") == {"draft", "signed", "objected", "in_force", "replaced"}
        assert _seen(StepResult, "state") == {"done", "missed"}
    with scope(organisation_id=demo_id("organisation:przystan"), source="test"):
        assert _seen(Programme, "kind") == {"internal_contract"}
