"""Motivational premiums: who works with a person proposes one, the manager decides (art. 15a).

Everything runs in the scope of the unit, in the transaction of the request. Whoever changes a premium holds
the list of its month, when there is one, then the file, then the premium: the lock of a list, which writes
below the same files, either sees a decision whole or comes before it.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from uuid import UUID

from benefits.enums import ListState
from benefits.models import PayrollList, Premium
from benefits.queries.lists import live_lists
from benefits.queries.premiums import LIVE, Limit, is_on_locked_list, limits
from benefits.transitions import PREMIUMS, OfPremium
from participants.rules.codes import UnitType
from participants.services.participations.common import actor, locked, stored, unit_type
from reintegration.core import clock
from reintegration.core.dates import Month
from reintegration.core.errors import InputError
from reintegration.core.formats import format_money, format_month
from reintegration.core.text import clean
from reintegration.documents.kinds import series
from reintegration.documents.numbers import next_number

NUMBERS = series("PM", "decyzje o premii motywacyjnej").code


def propose(*, participation_id: UUID, month: Month, amount: Decimal, reason: str) -> Premium:
    """Whoever works with a person says for what, and how much."""
    if unit_type() is not UnitType.CIS:
        raise InputError("KIS nie wypłaca premii motywacyjnych. (art. 18)")
    if month.first > clock.today():
        raise InputError("Ten miesiąc jeszcze się nie zaczął.")
    _hold_open_list(month)
    file = locked(participation_id)
    if Premium.objects.filter(participation=file, month=month.first, state__in=LIVE).exists():
        raise InputError("Ta osoba ma już premię za ten miesiąc. Zmień ją albo wycofaj.")
    row = Premium(participation=file, person_id=file.person_id, month=month.first, proposed_by_id=actor())
    return _written(row, amount, reason)


def change(*, premium_id: UUID, amount: Decimal, reason: str) -> Premium:
    """Correct a proposal on which nobody decided yet."""
    row = held(premium_id)
    PREMIUMS.move(row, OfPremium.CHANGE)
    return _written(row, amount, reason)


def grant(*, premium_id: UUID, amount: Decimal | None = None) -> Premium:
    """The manager grants a premium, as it was proposed or with another amount."""
    row = held(premium_id)
    PREMIUMS.refuse_state(row, OfPremium.GRANT)
    month = Month.of(row.month)
    _hold_open_list(month)
    if amount is not None:
        row.amount = amount
    return _granted(row, limits([row.participation_id], month)[row.participation_id])


def grant_several(
    *, month: Month, premium_ids: Iterable[UUID]
) -> tuple[Sequence[Premium], Sequence[tuple[Premium, str]]]:
    """Grant proposals of a month at once; what could not be granted comes back with its reason."""
    _hold_open_list(month)
    asked = Premium.objects.filter(pk__in=list(premium_ids), month=month.first)
    for key in asked.order_by("participation_id").values_list("participation_id", flat=True):
        locked(key)
    rows = list(asked.select_for_update(of=("self",)).order_by("pk"))
    found = limits([row.participation_id for row in rows], month)
    done, refused = [], []
    for row in rows:
        try:
            done.append(_granted(row, found[row.participation_id]))
        except InputError as error:
            refused.append((row, error.message))
    return done, refused


def refuse(*, premium_id: UUID) -> Premium:
    """The manager does not grant it; a new one may be proposed."""
    row = held(premium_id)
    PREMIUMS.move(row, OfPremium.REFUSE)
    row.decided_by_id, row.decided_on = actor(), clock.today()
    return stored(row)


def withdraw(*, premium_id: UUID) -> Premium:
    """Take a proposal back on which nobody decided yet."""
    row = held(premium_id)
    PREMIUMS.move(row, OfPremium.WITHDRAW)
    return stored(row)


def take_back(*, premium_id: UUID) -> Premium:
    """The manager takes a decision back, until a list that pays it is handed over."""
    row = held(premium_id)
    PREMIUMS.refuse_state(row, OfPremium.TAKE_BACK)
    if is_on_locked_list(row):
        raise InputError("Ta premia jest już na liście wypłat oddanej do podpisów.")
    PREMIUMS.move(row, OfPremium.TAKE_BACK)
    return stored(row)


def held(premium_id: UUID) -> Premium:
    """The premium with the list of its month and its file, held in the order of everybody who writes."""
    key, month = Premium.objects.values_list("participation_id", "month").get(pk=premium_id)
    _held_list(Month.of(month))
    locked(key)
    found: Premium = Premium.objects.select_for_update(of=("self",)).get(pk=premium_id)
    return found


def _held_list(month: Month) -> PayrollList | None:
    found: PayrollList | None = live_lists(month).select_for_update(of=("self",)).first()
    return found


def _hold_open_list(month: Month) -> None:
    row = _held_list(month)
    if row is not None and row.state != ListState.OPEN:
        raise InputError(
            f"Lista wypłat za {format_month(month)} nie jest już robocza."
            f" Premię można przyznać za {format_month(month.next)}."
        )


def _written(row: Premium, amount: Decimal, reason: str) -> Premium:
    row.reason = clean(reason)
    if not row.reason:
        raise InputError("Napisz, za co jest premia.", field="reason")
    limit = limits([row.participation_id], Month.of(row.month))[row.participation_id]
    if not limit.due:
        raise InputError(limit.reason)
    _refuse_above(amount, limit.ceiling)
    row.amount = amount
    return stored(row)


def _granted(row: Premium, limit: Limit) -> Premium:
    PREMIUMS.refuse_state(row, OfPremium.GRANT)
    if limit.most is None:
        raise InputError(limit.reason)
    _refuse_above(row.amount, limit.most)
    PREMIUMS.move(row, OfPremium.GRANT)
    row.decided_by_id, row.decided_on = actor(), clock.today()
    row.number = next_number(NUMBERS, on=row.decided_on)
    return stored(row)


def _refuse_above(amount: Decimal, most: Decimal) -> None:
    if amount > most:
        raise InputError(f"Najwyższa premia to {format_money(most)}. (art. 15a ust. 2)", field="amount")
