"""Who takes part, and with what balance each of them began here."""

from django.db.models import Q, QuerySet

from ipzs.models import OpeningBalance
from participants.models import Participation


def files() -> QuerySet[Participation]:
    """Open files that have begun classes, in the order of names."""
    rows: QuerySet[Participation] = Participation.objects.filter(
        Q(periods__isnull=False), ended_on__isnull=True
    )
    return rows.select_related("person").distinct().order_by("person__name_order", "pk")


def with_openings() -> list[tuple[Participation, OpeningBalance | None]]:
    """Everybody of the list with their opening, in two queries."""
    found = list(files())
    rows = OpeningBalance.objects.filter(participation__in=[file.pk for file in found])
    by_file = {row.participation_id: row for row in rows.order_by("pk")}
    return [(file, by_file.get(file.pk)) for file in found]
