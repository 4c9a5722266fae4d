"""What the unit would pay somebody who begins on a day."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from uuid import UUID

from benefits.models import PaymentTerms, PaySettings
from benefits.rules.facts import Readings
from benefits.rules.forecast import Payment, payments
from benefits.rules.law import Law
from reintegration.core.dates import Month
from reintegration.law.book import law_book
from reintegration.law.queries import readings_of
from reintegration.law.readings import DEFAULTS
from reintegration.tenancy.scope import current_scope


def pay_settings() -> PaySettings:
    """What the unit says of its payments, or what holds until it does."""
    return PaySettings.objects.first() or PaySettings()


def first_payments(start: date, *, pit2: bool) -> list[Payment]:
    """The first payment and a typical one, by the unit's readings; refused until it chose its rounding."""
    unit = current_scope().organisation_id
    return _payments(start, lambda month: readings_of(unit, month), pit2, pay_settings().payment_day)


def own_terms() -> PaymentTerms | None:
    """What this unit tells those who refer to it."""
    return PaymentTerms.objects.first()


def told_terms(units: Iterable[UUID]) -> Mapping[UUID, PaymentTerms]:
    """What these units tell; one that does not is missing."""
    rows = PaymentTerms.public.filter(unit__in=list(units)).order_by("unit")
    return {row.unit_id: row for row in rows}


def told_payments(terms: PaymentTerms, start: date, *, pit2: bool) -> list[Payment]:
    """The same as the unit would count it, for whoever may not read the unit's own rows."""

    def answers(month: Month) -> Mapping[str, str]:
        standing = {key: value for since, key, value in terms.readings if Month.parse(since) <= month}
        return {**DEFAULTS, **standing}

    return _payments(start, answers, pit2, terms.payment_day)


def _payments(
    start: date, answers: Callable[[Month], Mapping[str, str]], pit2: bool, payment_day: int
) -> list[Payment]:
    law = Law(law_book())
    return payments(start, lambda month: Readings.of(answers(month)), law, pit2=pit2, payment_day=payment_day)
