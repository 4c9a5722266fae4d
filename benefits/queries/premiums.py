"""Premiums of a month: who may have one, how much at most, what was proposed and granted."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final
from uuid import UUID

from django.db.models import Q, QuerySet

from benefits.enums import ListState, PremiumState
from benefits.models import Premium, Statement
from benefits.queries.basis import Told, told_of
from benefits.queries.forecast import pay_settings
from benefits.queries.lists import live_lists
from benefits.rules.codes import PremiumCap
from benefits.rules.law import Law
from benefits.rules.month import count_month, in_main_period, premium_most
from benefits.transitions import UNSIGNED
from participants.models import Participation
from reintegration.core import clock
from reintegration.core.dates import Month
from reintegration.core.errors import InputError
from reintegration.core.money import ZERO
from reintegration.law.book import law_book

# A premium that still says something about its month.
LIVE: Final = (PremiumState.PROPOSED, PremiumState.GRANTED)


@dataclass(frozen=True, slots=True)
class Limit:
    """The highest premium of one person and month; without one the reason says why."""

    most: Decimal | None = None
    reason: str = ""
    # A day of the main period; whoever has none may not even be proposed (art. 15a ust. 1).
    due: bool = False
    # What nobody's premium of that month is above, whatever the days of a person are.
    ceiling: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class Standing:
    """One person on the screen of a month."""

    file: Participation
    premium: Premium | None
    limit: Limit

    @property
    def live(self) -> bool:
        return self.premium is not None and self.premium.state in LIVE


@dataclass(frozen=True, slots=True)
class Plan:
    """The unit's own money for premiums of a month, beside what was granted of it."""

    granted: Decimal
    planned: Decimal | None

    @property
    def left(self) -> Decimal | None:
        return None if self.planned is None else self.planned - self.granted


def granted_premiums(month: Month) -> Mapping[UUID, Decimal]:
    """What the manager granted for a month, by file."""
    rows = Premium.objects.filter(month=month.first, state=PremiumState.GRANTED)
    return dict(rows.order_by("pk").values_list("participation_id", "amount"))


def plan_of(month: Month) -> Plan:
    return Plan(sum(granted_premiums(month).values(), ZERO), pay_settings().premium_plan)


def limits(participation_ids: Iterable[UUID], month: Month) -> Mapping[UUID, Limit]:
    """The highest premium of each file, in a number of queries that does not depend on them."""
    law = Law(law_book())
    return {key: _limit(told, law) for key, told in told_of(participation_ids, month).items()}


def _limit(told: Told, law: Law) -> Limit:
    basis = told.basis
    if basis is None or not in_main_period(basis):
        return Limit(reason="Premia należy się dopiero po okresie próbnym. (art. 15a ust. 1)")
    whole = replace(basis, readings=replace(basis.readings, premium_cap=PremiumCap.FULL))
    try:
        ceiling = premium_most(whole, law, ZERO)
    except InputError as error:
        return Limit(reason=error.message)
    try:
        most = premium_most(basis, law, count_month(basis, law).benefit)
    except InputError as error:
        return Limit(reason=error.message, due=True, ceiling=ceiling)
    return Limit(most, due=True, ceiling=ceiling)


def standings(month: Month) -> tuple[Sequence[Standing], str]:
    """Everybody in the main period of a month by name, and why nobody's premium can be judged yet."""
    of_month = Q(premiums__month=month.first)
    takes_part = Q(periods__since__lte=month.last, periods__until__gte=month.first)
    files = list(
        Participation.objects.filter(takes_part | of_month)
        .select_related("person")
        .order_by("person__name_order", "pk")
        .distinct()
    )
    found: Mapping[UUID, Limit] = {}
    refused = ""
    try:
        found = limits([file.pk for file in files], month) if files else {}
    except InputError as error:
        refused = error.message
    premiums = _last_of(month)
    rows = [Standing(file, premiums.get(file.pk), found.get(file.pk, Limit())) for file in files]
    return [one for one in rows if one.premium is not None or one.limit.due], refused


def _last_of(month: Month) -> Mapping[UUID, Premium]:
    """For each file the premium that lives, else the last one."""
    rows = premiums().filter(month=month.first).order_by("pk")
    return {row.participation_id: row for row in sorted(rows, key=lambda row: row.state in LIVE)}


def premiums() -> QuerySet[Premium]:
    rows: QuerySet[Premium] = Premium.objects.select_related("person", "proposed_by", "decided_by")
    return rows


def premiums_of(participation_id: UUID) -> Sequence[Premium]:
    """All that was proposed for one file, the latest month first."""
    return list(premiums().filter(participation=participation_id).order_by("-month", "-pk"))


def is_on_locked_list(row: Premium) -> bool:
    """Whether a list that was handed over for the signatures pays this premium."""
    statements = Statement.objects.filter(
        participation=row.participation_id, payroll_list__month=row.month, premium__gt=0
    )
    found: bool = statements.exclude(payroll_list__state__in=UNSIGNED).exists()
    return found


def usual_month() -> Month:
    """The month that premiums are about today: the one before, as long as its list can still take one.

    Without a list that is until the day of payment, and longer where a premium of that month waits for it.
    """
    today = clock.today()
    here = Month.of(today)
    row = live_lists(here.previous).first()
    if row is not None:
        return here.previous if row.state == ListState.OPEN else here
    if today.day <= pay_settings().payment_day:
        return here.previous
    waiting = Premium.objects.filter(month=here.previous.first, state__in=LIVE)
    return here.previous if waiting.exists() else here
