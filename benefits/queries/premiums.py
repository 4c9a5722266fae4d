"""Premiums of a month."""

from collections.abc import Mapping
from decimal import Decimal
from uuid import UUID

from benefits.enums import PremiumState
from benefits.models import Premium
from reintegration.core.dates import Month


def granted_premiums(month: Month) -> Mapping[UUID, Decimal]:
    """What the manager granted for a month, by file."""
    rows = Premium.objects.filter(month=month.first, state=PremiumState.GRANTED)
    return dict(rows.order_by("pk").values_list("participation_id", "amount"))
