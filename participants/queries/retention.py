"""Until when the data of each person are kept, why, and what stops their erasure."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from participants.models import Participation, Person
from participants.retention import years_kept
from participants.rules.retention import keep_until, may_be_erased
from reintegration.audit.models import LegalHold
from reintegration.core import clock
from reintegration.core.formats import format_date


@dataclass(frozen=True, slots=True)
class Keeping:
    """The last day of keeping; None while services go on."""

    until: date | None
    why: str
    held: bool

    def due(self, today: date) -> bool:
        return may_be_erased(self.until, today=today, held=self.held)


def kept_persons() -> QuerySet[Any]:
    """Persons whose data still stand here, with when their services ended."""
    opened = Participation.objects.filter(person=OuterRef("pk"), ended_on__isnull=True)
    holds = LegalHold.objects.filter(subject_id=OuterRef("pk"), released_at__isnull=True)
    rows: QuerySet[Any] = Person.objects.present().exclude(first_name="", last_name="")
    found: QuerySet[Any] = rows.annotate(
        last_end=Max("participations__ended_on"), has_open=Exists(opened), is_held=Exists(holds)
    )
    return found


def ending_by(rows: QuerySet[Any], *, year: int) -> QuerySet[Any]:
    """Those whose term ends in a year or has ended before it."""
    border = date(year - years_kept() + 1, 1, 1)
    never = Q(last_end__isnull=True, made_at__date__lt=border)
    found: QuerySet[Any] = rows.filter(Q(last_end__lt=border) | never, has_open=False)
    return found


def keeping_of(row: Any, *, years: int, today: date) -> Keeping:
    """The term of one person of `kept_persons`."""
    if row.has_open:
        return Keeping(None, "sprawa jest otwarta", row.is_held)
    if row.last_end is None:
        until = keep_until(clock.day_of(row.made_at), years=years)
        return Keeping(until, "bez uczestnictwa; liczy się rok dodania", row.is_held)
    until = keep_until(row.last_end, years=years)
    ended = format_date(row.last_end, today=today)
    return Keeping(until, f"{years} lat od końca roku, w którym zakończono usługi ({ended})", row.is_held)


def keeping_of_person(person_id: UUID, *, today: date) -> Keeping | None:
    row = kept_persons().filter(pk=person_id).first()
    return keeping_of(row, years=years_kept(), today=today) if row is not None else None
