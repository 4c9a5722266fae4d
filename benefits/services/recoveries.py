"""Grounds for taking back what was paid too much: the person's consent, or a decision."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from benefits.enums import RecoveryKind
from benefits.models import Recovery
from participants.rules.codes import UnitType
from participants.services.participations.common import locked, not_in_future, stored, unit_type
from reintegration.core import clock
from reintegration.core.errors import InputError
from reintegration.core.text import clean


def add(
    *, participation_id: UUID, kind: str, given_on: date, reference: str, at_most: Decimal | None
) -> Recovery:
    """Write down by what right the next lists may deduct; a file that is over takes it too."""
    if unit_type() is not UnitType.CIS:
        raise InputError("KIS nie wypłaca świadczeń integracyjnych. (art. 18)")
    file = locked(participation_id)
    not_in_future(given_on, field="given_on")
    said = clean(reference)
    if kind == RecoveryKind.DECISION and not said:
        raise InputError("Wpisz numer decyzji.", field="reference")
    return stored(
        Recovery(
            participation=file,
            person_id=file.person_id,
            kind=kind,
            given_on=given_on,
            reference=said if kind == RecoveryKind.DECISION else "",
            at_most=at_most,
        )
    )


def withdraw(*, recovery_id: UUID) -> Recovery:
    """From now on nothing is deducted; what approved lists took stays taken."""
    locked(Recovery.objects.values_list("participation_id", flat=True).get(pk=recovery_id))
    row: Recovery = Recovery.objects.select_for_update(of=("self",)).get(pk=recovery_id)
    if row.withdrawn_on is not None:
        raise InputError("Ta podstawa jest już wycofana.")
    row.withdrawn_on = clock.today()
    return stored(row)
