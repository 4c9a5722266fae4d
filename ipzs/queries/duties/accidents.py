"""The register of accidents."""

from typing import Any

from django.db.models import QuerySet

from ipzs.enums import AccidentState
from ipzs.models import Accident
from reintegration.core.components import Badge

BADGES = {
    AccidentState.REPORTED: Badge(AccidentState.REPORTED.label, "bad"),
    AccidentState.EXAMINED: Badge(AccidentState.EXAMINED.label, "warn"),
    AccidentState.CONFIRMED: Badge(AccidentState.CONFIRMED.label, "info"),
    AccidentState.SENT: Badge(AccidentState.SENT.label, "ok"),
}


def accidents() -> QuerySet[Any]:
    """All accidents with their persons, the newest first."""
    rows: QuerySet[Any] = Accident.objects.select_related("person", "participation", "made_by")
    return rows.order_by("-happened_at", "-pk")


def unfinished() -> QuerySet[Any]:
    """Accidents whose protocol did not go out yet, the oldest first."""
    return accidents().exclude(state=AccidentState.SENT).order_by("happened_at", "pk")
