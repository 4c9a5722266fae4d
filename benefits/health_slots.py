"""What health insurance tells other rooms: the tab of a file, everything of one person, shared rows."""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from benefits.models import HealthRegistration, HealthTitle
from benefits.views.health import tab
from participants.person_export import SLOT, Section, described
from reintegration.core import slots


def insurance_of(person_id: UUID) -> Iterator[Section]:
    """What covers a person, and what an OPS was told."""
    told: Any = HealthRegistration.objects.filter(participation__person=person_id)
    for rows in (HealthTitle.objects.filter(person=person_id), told):
        meta = rows.model._meta
        title = str(meta.verbose_name_plural)
        yield Section(meta.label_lower, title, [described(row) for row in rows.order_by("pk")])


def shared_rows(erased: Sequence[UUID]) -> Any:
    """Of erased files: whose history knows what was told, and the two sides of each row."""
    rows = HealthRegistration.objects.filter(participation__in=erased)
    return rows.values_list("participation_id", "unit_id", "sender_id")


slots.fill("participants.file_tabs", tab, order=47)
slots.fill("participants.shared_rows", shared_rows)
slots.fill(SLOT, insurance_of, order=71)
