"""What the unit would pay somebody who begins on a day."""

from datetime import date

from benefits.models import PaySettings
from benefits.rules.facts import Readings
from benefits.rules.forecast import Payment, payments
from benefits.rules.law import Law
from reintegration.core.dates import Month
from reintegration.law.book import law_book
from reintegration.law.queries import readings_of
from reintegration.tenancy.scope import current_scope


def pay_settings() -> PaySettings:
    """What the unit says of its payments, or what holds until it does."""
    return PaySettings.objects.first() or PaySettings()


def first_payments(start: date, *, pit2: bool) -> list[Payment]:
    """The first payment and a typical one, by the unit's readings; refused until it chose its rounding."""
    readings = Readings.of(readings_of(current_scope().organisation_id, Month.of(start)))
    law = Law(law_book())
    return payments(start, readings, law, pit2=pit2, payment_day=pay_settings().payment_day)
