"""What money tells a file: its tab, steps on the timeline, "everything of one person"."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.urls import reverse

from benefits import perms
from benefits.enums import GrantState
from benefits.models import Grant, InsuranceTitle, PayWay, TaxStatement
from benefits.views.pay import tab
from participants.happened import Chip, Happened
from participants.models import Participation
from participants.person_export import SLOT, Section, described
from reintegration.core import slots

SAID = {
    GrantState.ASKED: "Wniosek o świadczenie",
    GrantState.GRANTED: "Świadczenie przyznane",
    GrantState.REFUSED: "Odmowa świadczenia",
    GrantState.WITHDRAWN: "Wycofany wniosek o świadczenie",
}


def happened(request: Any, file: Participation) -> Iterator[Happened]:
    """Applications and what was decided."""
    if not request.may(perms.PAY_SHOW):
        return
    url = reverse("benefits:pay", args=[file.pk])
    for row in Grant.objects.filter(participation=file).order_by("asked_on", "pk"):
        day = row.decided_on or row.asked_on
        yield Happened(day, SAID[GrantState(row.state)], Chip.PAPERS, url=url)


def money_of(person_id: UUID) -> Iterator[Section]:
    """Everything that is kept for a person's payments."""
    for model in (Grant, PayWay, TaxStatement, InsuranceTitle):
        rows: Any = model._default_manager.filter(person=person_id)
        title = str(model._meta.verbose_name_plural)
        yield Section(model._meta.label_lower, title, [described(row) for row in rows.order_by("pk")])


slots.fill("participants.file_tabs", tab, order=45)
slots.fill("participants.timeline", happened, order=45)
slots.fill(SLOT, money_of, order=70)
