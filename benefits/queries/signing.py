"""Through how many hands a list of a month passes."""

from benefits.models import SigningRule
from reintegration.core.dates import Month
from reintegration.law.enums import State


def rule_of(month: Month) -> SigningRule:
    """The unit's rule for a month; until one is confirmed, three people and no second approval."""
    rows = SigningRule.objects.filter(state=State.CONFIRMED, since_month__lte=month.first)
    return rows.order_by("-since_month", "-confirmed_at").first() or SigningRule()
