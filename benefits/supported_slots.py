"""What supported employment tells a file: its tab, steps on the timeline, "everything of one person"."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.urls import reverse

from benefits import perms
from benefits.models import SupportedJob, SupportedMonth
from benefits.views.supported import tab
from benefits.views.supported_words import ending
from participants.happened import Chip, Happened, Part
from participants.models import Participation
from participants.person_export import SLOT, Section, described
from reintegration.core import slots


def happened(request: Any, file: Participation) -> Iterator[Part]:
    """Each day that the way has, as far as it came."""
    if not request.may(perms.SUPPORTED_SHOW):
        return

    def days_of(row: SupportedJob) -> Iterator[Happened]:
        url = reverse("benefits:supported_job", args=[row.pk])
        told = (
            (row.sent_on, "Wniosek o skierowanie do pracy wysłany", row.pup_name),
            (row.answered_on, "PUP skierował do pracy", row.employer_name),
            (row.agreed_on, "Umowa starosty z pracodawcą", row.employer_name),
            (
                row.since if row.state not in {"agreed", "failed"} else None,
                "Początek pracy",
                row.employer_name,
            ),
            (row.ended_on, "Koniec pracy", ending(row)),
            (row.failed_on, "Zatrudnienie wspierane bez skutku", ending(row)),
        )
        for day, title, text in told:
            if day is not None:
                yield Happened(day, title, Chip.STAGES, text=text, icon="briefcase", url=url)

    yield Part(SupportedJob.objects.filter(participation=file).order_by("pk"), days_of)


def told_of(person_id: UUID) -> Iterator[Section]:
    for model in (SupportedJob, SupportedMonth):
        rows: Any = model._default_manager.filter(person=person_id)
        title = str(model._meta.verbose_name_plural)
        yield Section(model._meta.label_lower, title, [described(row) for row in rows.order_by("pk")])


slots.fill("participants.file_tabs", tab, order=48)
slots.fill("participants.timeline", happened, order=48)
slots.fill(SLOT, told_of, order=72)
