"""Saying how the unit settles contributions with ZUS, from a month on."""

from benefits.models import ContributionRule, PayrollList
from benefits.queries.granted import STANDS
from participants.rules.codes import UnitType
from participants.services.participations.common import stored, unit_type
from reintegration.core import clock
from reintegration.core.dates import Month
from reintegration.core.errors import InputError
from reintegration.core.formats import format_month

# A rule for later than that is a slip of the hand.
MONTHS_AHEAD = 24


def set_rule(*, since: Month, counted_by: str, pay_by: int, title_code: str) -> ContributionRule:
    """Months whose list somebody approved keep what their documents were made with."""
    if unit_type() is not UnitType.CIS:
        raise InputError("KIS nie wypłaca świadczeń integracyjnych. (art. 18)")
    later = PayrollList.objects.filter(state__in=STANDS, month__gte=since.first)
    last = later.order_by("-month").first()
    if last is not None:
        sentence = f"Lista za {format_month(Month.of(last.month))} jest już zatwierdzona."
        raise InputError(f"{sentence} Wybierz późniejszy miesiąc.", field="since")
    if since > Month.of(clock.today()).plus(MONTHS_AHEAD):
        raise InputError("Wpisz miesiąc w ciągu dwóch najbliższych lat.", field="since")
    rows = ContributionRule.objects.select_for_update(of=("self",)).filter(since_month=since.first)
    row = rows.first() or ContributionRule(since_month=since.first)
    row.counted_by, row.pay_by, row.title_code = counted_by, pay_by, title_code
    return stored(row)
