"""Writing events: one for each address called, with the persons whose data it showed."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import models

from reintegration.audit.models import Event
from reintegration.tenancy.actions import Action


def shows(request: Any, persons: Iterable[UUID]) -> None:
    """Note whose personal data this answer shows, or takes."""
    noted = getattr(request, "audit_persons", None)
    if noted is None:
        noted = request.audit_persons = set()
    noted.update(persons)


def about(request: Any, found: models.Model, **detail: Any) -> None:
    """Note which object this request is about; `detail` holds no personal data."""
    request.audit_object = found
    if detail:
        request.audit_detail = {**getattr(request, "audit_detail", {}), **detail}


def write(request: Any, *, outcome: str) -> None:
    """Write the event of a request inside its transaction."""
    found = getattr(request, "audit_object", None)
    Event.objects.create(
        action=request.action.name,
        outcome=outcome,
        object_type=found._meta.label_lower if found is not None else "",
        object_id=found.pk if found is not None else None,
        persons=sorted(getattr(request, "audit_persons", ())),
        detail=getattr(request, "audit_detail", None),
    )


def note(
    action: Action,
    *,
    found: models.Model | None = None,
    persons: Iterable[UUID] = (),
    outcome: str = "done",
    **detail: Any,
) -> None:
    """Write an event of a job or a command, in the scope it runs in."""
    Event.objects.create(
        action=action.name,
        outcome=outcome,
        object_type=found._meta.label_lower if found is not None else "",
        object_id=found.pk if found is not None else None,
        persons=sorted(persons),
        detail=detail or None,
    )
