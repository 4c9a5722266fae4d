"""The frame that screens below one file share: the way back and the tabs."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from participants.models import Participation
from reintegration.core import slots
from reintegration.core.components import Link


def crumbs(case: Participation) -> Sequence[tuple[str, str]]:
    return [
        ("Uczestnicy", reverse("participants:list")),
        (str(case.person), reverse("participants:file", args=[case.pk])),
    ]


def tabs(request: Any, case: Participation, current: str) -> list[Link]:
    """The tabs of a file, as its own page shows them."""
    here = reverse(current, args=[case.pk])
    links = [Link("Przegląd", reverse("participants:file", args=[case.pk]))]
    for provider in slots.providers("participants.file_tabs"):
        found = provider(request, case)
        if found is not None:
            links.append(Link(found[0], found[1], current=found[1] == here))
    return links
