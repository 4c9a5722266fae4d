"""How the unit settles contributions of a month, and to which month those of a list belong."""

from collections.abc import Sequence

from benefits.models import ContributionRule, PayrollList
from benefits.zus.facts import CountedBy
from benefits.zus.months import month_of
from reintegration.core.dates import Month


def rules() -> list[ContributionRule]:
    return list(ContributionRule.objects.order_by("-since_month"))


def rule_of(month: Month, known: Sequence[ContributionRule] | None = None) -> ContributionRule:
    """How the unit settles a month; before anybody said anything, as most units do."""
    found = rules() if known is None else known
    return next((one for one in found if one.since_month <= month.first), ContributionRule())


def month_of_list(row: PayrollList, known: Sequence[ContributionRule] | None = None) -> Month | None:
    """The month of contributions of a list's own benefits; none while it waits for the payment."""
    about = Month.of(row.month)
    return month_of(about, CountedBy(rule_of(about, known).counted_by), row.paid_on)
