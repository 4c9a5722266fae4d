"""Telling those who refer people how this unit counts and by when it pays."""

from benefits.models import PaymentTerms
from benefits.queries.forecast import own_terms, pay_settings
from participants.rules.codes import UnitType
from participants.services.participations.common import stored, unit_type
from reintegration.core.dates import Month
from reintegration.law.queries import confirmed_readings
from reintegration.tenancy.scope import current_scope


def tell_terms(*, published: bool | None = None) -> PaymentTerms | None:
    """Copy what holds now; whether it is shown stays as it was unless it is said. A club pays nothing."""
    if unit_type() is not UnitType.CIS:
        return None
    row = own_terms() or PaymentTerms()
    row.payment_day = pay_settings().payment_day
    row.readings = [
        [str(Month.of(one.since_month)), one.key, one.value]
        for one in confirmed_readings(current_scope().organisation_id)
    ]
    if published is not None:
        row.published = published
    return stored(row)
