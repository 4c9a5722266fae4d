"""What the services of files share: locking, storing with a sentence, the unit and its colleagues."""

from datetime import date
from typing import TypeVar
from uuid import UUID

from django.db import DatabaseError, models, transaction

from participants.models import Participation, Period
from participants.rules import stages
from participants.rules.codes import PeriodKind, TrialEnd, UnitType
from reintegration.core import clock
from reintegration.core.dates import DateSpan, Month
from reintegration.core.errors import InputError
from reintegration.core.formats import format_date
from reintegration.law.queries import readings_of
from reintegration.tenancy.enums import Role
from reintegration.tenancy.managers import claim
from reintegration.tenancy.models import Membership, TenantRecord, Unit
from reintegration.tenancy.scope import current_scope

M = TypeVar("M", bound=models.Model)

ENDED = "Ta sprawa jest zakończona. Otwórz ją ponownie albo otwórz nową."


def stored(row: M) -> M:
    """Check a row against its fields, and store it; the database judges by its constraints.

    Asked beforehand each constraint is a query of its own. So the row is written first, and only where the
    database refuses it the constraints are asked one by one, for the sentence of the one that does.
    """
    if isinstance(row, TenantRecord):
        claim(row)
    # What may be empty in the table may be empty here; forms ask for what a screen needs.
    empty = {
        field.name
        for field in row._meta.local_concrete_fields
        if field.null and getattr(row, field.attname) is None
    }
    row.clean_fields(exclude=empty)
    try:
        with transaction.atomic(using=row._state.db):
            row.save()
    except DatabaseError:
        row.validate_unique()
        row.validate_constraints()
        raise
    return row


def locked(participation_id: UUID) -> Participation:
    """The file, held until the transaction ends.

    Whoever changes anything of a case in its unit locks the file first, then what belongs to it (programme,
    version, agreement): so nobody waits for somebody who waits for them.
    """
    found: Participation = Participation.objects.select_for_update(of=("self",)).get(pk=participation_id)
    return found


def locked_open(participation_id: UUID) -> Participation:
    """The file, locked; refused when it is over."""
    found = locked(participation_id)
    if found.ended_on is not None:
        raise InputError(ENDED)
    return found


def actor() -> UUID:
    """Whoever does this; no job opens or agrees to anything."""
    user_id = current_scope().user_id
    if user_id is None:
        raise RuntimeError("Only a person may do this.")
    return user_id


def own_unit() -> Unit:
    return Unit.objects.get(pk=current_scope().organisation_id)


def unit_type() -> UnitType:
    return UnitType(own_unit().unit_type)


def trial_reading(day: date) -> TrialEnd:
    """How the unit reads "1 miesiąc" of the trial in the month of a day (art. 15 ust. 1)."""
    return TrialEnd(readings_of(current_scope().organisation_id, Month.of(day))["trial_end"])


def periods_of(participation: Participation) -> list[Period]:
    return list(Period.objects.filter(participation=participation).order_by("since", "pk"))


def as_planned(rows: list[Period]) -> list[stages.Period]:
    """Periods as the rules take them: an earlier end does not make them shorter."""
    return [
        stages.Period(PeriodKind(row.kind), DateSpan(row.since, row.planned_until or row.until))
        for row in rows
    ]


def not_in_future(day: date, *, field: str) -> None:
    today = clock.today()
    if day > today:
        message = f"Ten dzień jeszcze nie nadszedł. Dziś jest {format_date(today, today=today)}."
        raise InputError(message, field=field)


def colleague(user_id: UUID, *, roles: frozenset[Role], sentence: str, field: str) -> None:
    """Refuse who does not work here today in one of the roles."""
    here = Membership.objects.active(today=clock.today()).filter(
        organisation_id=current_scope().organisation_id, user_id=user_id, user__is_active=True
    )
    if not here.filter(role__in=roles).exists():
        raise InputError(sentence, field=field)
