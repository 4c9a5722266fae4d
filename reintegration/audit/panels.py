"""The history of an object on its own page: a room fills its slot with `history_panel`.

slots.fill("tenancy.staff", history_panel, order=90)
"""

from typing import Any

from django.db.models import Model
from django.urls import reverse

from reintegration.audit import perms, queries, record
from reintegration.audit.retention import tables
from reintegration.core.slots import Panel

# The rest stands on a page of its own.
MOST_BESIDE = 5


def history_panel(request: Any, obj: Model) -> Panel | None:
    """The last changes of an object, for whoever may read its history."""
    if not request.may(perms.HISTORY):
        return None
    row_id = record.key_of(obj)
    changes = list(queries.changes_of_row(row_id, type(obj))[: MOST_BESIDE + 1])
    if not changes:
        return None
    context = {
        "entries": queries.in_words(changes[:MOST_BESIDE], request.principal.place),
        "more": len(changes) > MOST_BESIDE,
        "all_url": reverse("audit:history", args=[obj._meta.label_lower, row_id]),
        "seen_url": seen_url(request, obj),
    }
    return Panel("historia", "Historia zmian", "audit/includes/panel.html", context)


def seen_url(request: Any, obj: Model) -> str:
    """The address of who saw this person; empty for what is no person or not for these eyes."""
    table = tables().get(obj._meta.label)
    if table is None or table.subject != "id" or not request.may(perms.SEEN_BY):
        return ""
    return reverse("audit:seen_by", args=[obj.pk])
