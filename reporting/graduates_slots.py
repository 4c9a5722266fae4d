"""What certificates and outcomes tell a file, and what they follow in the rooms below."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.urls import reverse

from participants.models import Participation
from participants.person_export import SLOT, Section, described
from reintegration.core import slots
from reporting import perms
from reporting.enums import SocialChange
from reporting.models import Certificate, Outcome
from reporting.services import certificates

CHANGES = [str(Outcome._meta.get_field(name).verbose_name) for name in ("changes", "own_changes")]  # type: ignore[union-attr]


def certificate_url(request: Any, file: Participation) -> str:
    return reverse("reporting:certificate", args=[file.pk]) if request.may(perms.CERTIFICATE_SHOW) else ""


def kept_of(person_id: UUID) -> Iterator[Section]:
    """What was certified of a person, and what became of them."""
    for model in (Certificate, Outcome):
        rows: Any = model._default_manager.filter(person=person_id)
        title = str(model._meta.verbose_name_plural)
        told = [_in_words(described(row)) for row in rows.order_by("pk")]
        yield Section(model._meta.label_lower, title, told)


def _in_words(told: dict[str, Any]) -> dict[str, Any]:
    """The changes of a rating as the screens say them: the person reads them."""
    for label in CHANGES:
        if told.get(label):
            told[label] = [SocialChange(one).label for one in told[label]]
    return told


slots.fill("participants.certificate_url", certificate_url)
slots.fill("participants.certificate_noted", certificates.day_noted)
slots.fill("participants.reopened", certificates.file_reopened)
slots.fill("documents.withdrawn", certificates.paper_withdrawn)
slots.fill(SLOT, kept_of, order=80)
