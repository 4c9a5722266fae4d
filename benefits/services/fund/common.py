"""What the services of the Labour Fund share. Whoever writes holds the agreement, then the application."""

from uuid import UUID

from benefits.models import FundAgreement, FundApplication, FundLine
from participants.rules.codes import UnitType
from participants.services.participations.common import unit_type
from reintegration.core.errors import InputError
from reintegration.core.text import clean

LONGEST = 600


def refuse_club() -> None:
    if unit_type() is not UnitType.CIS:
        raise InputError("KIS nie wypłaca świadczeń integracyjnych. (art. 18)")


def held_agreement(agreement_id: UUID) -> FundAgreement:
    found: FundAgreement = FundAgreement.objects.select_for_update(of=("self",)).get(pk=agreement_id)
    return found


def held(application_id: UUID) -> FundApplication:
    """An application with its agreement, held in this order."""
    key = FundApplication.objects.values_list("agreement_id", flat=True).get(pk=application_id)
    agreement = held_agreement(key)
    row: FundApplication = (
        FundApplication.objects.select_for_update(of=("self",))
        .select_related("payroll_list")
        .get(pk=application_id)
    )
    row.agreement = agreement
    return row


def held_line(line_id: UUID) -> FundLine:
    """A line with what it belongs to."""
    key = FundLine.objects.values_list("application_id", flat=True).get(pk=line_id)
    application = held(key)
    row: FundLine = FundLine.objects.select_for_update(of=("self",)).get(pk=line_id)
    row.application = application
    return row


def said(text: str, *, field: str) -> str:
    found = clean(text)
    if not found:
        raise InputError("Napisz, dlaczego.", field=field)
    if len(found) > LONGEST:
        raise InputError(f"To ma {len(found)} znaków, zmieści się {LONGEST}.", field=field)
    return found
