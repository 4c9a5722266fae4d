"""Through how many hands a list of a month passes: the rule of a month, and what the page of rules shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from benefits.models import PayrollList, SigningRule
from benefits.transitions import UNSIGNED
from reintegration.core.dates import Month
from reintegration.law.enums import State
from reintegration.law.months import register_closed_months

# Nothing of a rule is copied yet; an abandoned list pays nothing, whatever it copied.


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of a unit as its page shows them."""

    current: SigningRule
    waiting: SigningRule | None
    history: Sequence[SigningRule]


def rule_of(month: Month) -> SigningRule:
    """The unit's rule for a month; until one is confirmed, three people and no second approval."""
    rows = SigningRule.objects.filter(state=State.CONFIRMED, since_month__lte=month.first)
    return rows.order_by("-since_month", "-confirmed_at").first() or SigningRule()


def rules(*, today: date) -> Rules:
    """What holds for the month of a day, what waits for the second person, and everything before."""
    rows = SigningRule.objects.select_related("proposed_by", "confirmed_by", "withdrawn_by")
    found = list(rows.order_by("-since_month", "-proposed_at"))
    return Rules(
        rule_of(Month.of(today)),
        next((row for row in found if row.waits), None),
        [row for row in found if not row.waits],
    )


def first_free_month(*, today: date) -> Month:
    """The first month whose list nobody has handed over yet: a rule holds from there at the earliest."""
    handed = PayrollList.objects.exclude(state__in=UNSIGNED).order_by("-month").first()
    return Month.of(handed.month).next if handed is not None else Month.of(today).previous


@register_closed_months
def last_handed_over(unit_id: UUID) -> Month | None:
    """The last month whose list was counted for good: a reading must not reach behind it, reopened or not."""
    rows = PayrollList.objects.filter(unit=unit_id).exclude(state__in=UNSIGNED)
    day = rows.order_by("-month").values_list("month", flat=True).first()
    return None if day is None else Month.of(day)
