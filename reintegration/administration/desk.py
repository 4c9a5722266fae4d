"""The line on the desk that leads a new unit through its first steps."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse

from reintegration.administration import perms
from reintegration.administration.checklist import steps_for
from reintegration.notices.desk import DeskLine, desk_lines
from reintegration.notices.enums import Urgency
from reintegration.notices.rules import Section


@desk_lines
def first_steps(request: Any, today: date) -> Iterator[DeskLine]:
    if not request.principal.may(perms.START):
        return
    steps = steps_for(request)
    left = [step for step in steps if not step.done]
    if left:
        yield DeskLine(
            Section.TODAY,
            f"Pierwsze kroki: {len(steps) - len(left)} z {len(steps)}",
            reverse("administration:start"),
            text=f"Teraz: {left[0].title[:1].lower()}{left[0].title[1:]}. {left[0].why}",
            urgency=Urgency.WARN,
            icon="checklist",
            action="Dokończ",
        )
