"""What screens and papers of this room read."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import Q

from reintegration.core.clock import WARSAW
from reintegration.core.text import polish_order
from reintegration.documents.models import Document, DocumentQuerySet, Signatory
from reintegration.tenancy.models import StaffMember


@dataclass(frozen=True, slots=True)
class StaffList:
    """The unit's register of staff on a day, as the paper and the sheet show it."""

    on: date
    employees: Sequence[StaffMember]
    volunteers: Sequence[StaffMember]

    @property
    def fte(self) -> Decimal:
        return sum((member.fte for member in self.employees), Decimal(0))

    @property
    def all(self) -> Sequence[StaffMember]:
        return [*self.employees, *self.volunteers]


def staff_list(*, on: date) -> StaffList:
    """Who works in the unit on a day (art. 11), and who helps as a volunteer."""
    rows = StaffMember.objects.filter(Q(until__isnull=True) | Q(until__gte=on), since__lte=on)
    members = sorted(
        rows.order_by("pk"), key=lambda one: (polish_order(one.last_name), polish_order(one.first_name))
    )
    return StaffList(
        on=on,
        employees=[member for member in members if member.kind != "volunteer"],
        volunteers=[member for member in members if member.kind == "volunteer"],
    )


REGISTER_LABELS = ("Numer", "Dokument", "Rodzaj", "Wydano", "Kto wydał", "Stan", "Skrót SHA-256")


def register_of(year: int) -> Iterator[Sequence[object]]:
    """Every paper issued in a year, in the order of issue."""
    for found in papers_of(year).iterator(chunk_size=500):
        yield (
            found.number,
            found.title,
            found.kind_label,
            found.made_at,
            str(found.made_by or ""),
            found.get_state_display(),
            found.sha256,
        )


def papers_of(year: int) -> DocumentQuerySet:
    begin = datetime(year, 1, 1, tzinfo=WARSAW)
    end = datetime(year + 1, 1, 1, tzinfo=WARSAW)
    rows = Document.objects.filter(made_at__gte=begin, made_at__lt=end).select_related("made_by")
    found: DocumentQuerySet = rows.order_by("made_at", "pk")
    return found


def subjects_of(year: int) -> list[UUID]:
    """Whom the papers of a year are about, each once."""
    rows = papers_of(year).exclude(subject_id=None).order_by("subject_id")
    return list(rows.values_list("subject_id", flat=True).distinct())


def signatories(*, on: date) -> list[Signatory]:
    """Those who sign now or will; who has stopped is history."""
    rows = Signatory.objects.filter(Q(until__isnull=True) | Q(until__gte=on))
    return list(rows.order_by("since", "pk"))
