"""Where a day that keeps a month open is put right."""

from typing import Any

from django.urls import reverse

from ipzs.rules.closing import Finding
from participants.models import Participation
from reintegration.core.components import Link


def place_of(file: Participation, finding: Finding, request: Any) -> Link | None:
    """The screen on which this finding is mended, when this person may open it."""
    return Link("Otwórz kartę", reverse("participants:file", args=[file.pk]))
