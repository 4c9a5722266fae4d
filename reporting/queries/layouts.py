"""Which layout a report of a year stands in."""

from django.db.models import F, QuerySet

from reintegration.core.errors import InputError
from reintegration.law.enums import State
from reporting.enums import LayoutKind
from reporting.models import ReportLayout


def in_force(kind: LayoutKind, year: int) -> ReportLayout:
    """The last layout that was confirmed for the year or before; of one year the later word stands."""
    found = (
        ReportLayout.objects.filter(kind=kind, state=State.CONFIRMED, since_year__lte=year)
        .order_by("-since_year", F("confirmed_at").desc(nulls_last=True), "-pk")
        .first()
    )
    if found is None:
        raise InputError(f"Nie ma wzoru na rok {year}: {LayoutKind(kind).label}.")
    return found


def versions() -> QuerySet[ReportLayout]:
    """Every layout, by kind and from the newest; without its document, which a list does not need."""
    return ReportLayout.objects.defer("document").order_by("kind", "-since_year", "-pk")
