"""Writing events: one for each address called, with the persons whose data it showed."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import models
from psycopg.types.json import Jsonb

from reintegration.core.planned import planned
from reintegration.tenancy.actions import Action
from reintegration.tenancy.scope import current_scope

# Every request writes one: the statement is written out, and its other columns are the database's to fill.
_EVENT = """
INSERT INTO audit_event (organisation_id, action, outcome, object_type, object_id, persons, detail)
VALUES (%(organisation)s, %(action)s, %(outcome)s, %(type)s, %(id)s, %(persons)s::uuid[], %(detail)s)
"""
Named = tuple[str, UUID | None]


def shows(request: Any, persons: Iterable[UUID]) -> None:
    """Note whose personal data this answer shows, or takes."""
    noted = getattr(request, "audit_persons", None)
    if noted is None:
        noted = request.audit_persons = set()
    noted.update(persons)


def about(request: Any, found: models.Model, **detail: Any) -> None:
    """Note which object this request is about; `detail` holds no personal data.

    Its key is read now: an object that the request removes has none at its end.
    """
    request.audit_object = named(found)
    if detail:
        adds(request, **detail)


def adds(request: Any, **detail: Any) -> None:
    """Add to what the event says of this request; like every detail, no personal data."""
    request.audit_detail = {**getattr(request, "audit_detail", {}), **detail}


def named(found: models.Model | None) -> Named:
    """The kind and the key of an object, as an event keeps them."""
    return (found._meta.label_lower, key_of(found)) if found is not None else ("", None)


def key_of(found: models.Model) -> UUID:
    """The key as history writes it: a number is a UUID with zeros in front."""
    return found.pk if isinstance(found.pk, UUID) else UUID(int=found.pk)


def write(request: Any, *, outcome: str) -> None:
    """Write the event of a request inside its transaction."""
    _write(
        request.action,
        found=getattr(request, "audit_object", named(None)),
        persons=getattr(request, "audit_persons", ()),
        outcome=outcome,
        detail=getattr(request, "audit_detail", None),
    )


def write_failure(request: Any) -> None:
    """Write that a request failed, in a transaction of its own: it showed nobody's data."""
    found = getattr(request, "audit_object", named(None))
    _write(request.action, found=found, persons=(), outcome="failed", detail=None)


def note(
    action: Action,
    *,
    found: models.Model | None = None,
    persons: Iterable[UUID] = (),
    outcome: str = "done",
    **detail: Any,
) -> None:
    """Write an event of a job or a command, in the scope it runs in."""
    _write(action, found=named(found), persons=persons, outcome=outcome, detail=detail or None)


def _write(
    action: Action,
    *,
    found: Named,
    persons: Iterable[UUID],
    outcome: str,
    detail: dict[str, Any] | None,
) -> None:
    with planned() as cursor:
        cursor.execute(
            _EVENT,
            {
                "organisation": current_scope().organisation_id,
                "action": action.name,
                "outcome": outcome,
                "type": found[0],
                "id": found[1],
                "persons": sorted(set(persons)),
                "detail": None if detail is None else Jsonb(detail),
            },
        )
