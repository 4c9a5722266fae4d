"""How many people sign a list: one proposes a rule, another confirms it, and it never reaches back.

Whoever confirms holds the unit and its open lists before looking: a list that is being handed over is
either waited for and refuses the rule, or waits and copies it.
"""

from decimal import Decimal
from uuid import UUID

from django.urls import reverse

from benefits import kinds
from benefits.enums import ListState
from benefits.models import PayrollList, SigningRule
from benefits.queries.signing import first_free_month
from benefits.transitions import UNSIGNED
from participants.rules.codes import UnitType
from participants.services.participations.common import actor, stored, unit_type
from reintegration.core import clock
from reintegration.core.dates import Month
from reintegration.core.errors import InputError
from reintegration.core.formats import format_money, format_month
from reintegration.law import transitions
from reintegration.notices.services import raise_task, settle_task
from reintegration.tenancy.models import Unit
from reintegration.tenancy.scope import current_scope

transitions.register(SigningRule)
# A rule for later than that is a slip of the hand.
MONTHS_AHEAD = 24
ALL_THREE = 3


def propose(*, since: Month, hands: int, second_above: Decimal | None = None) -> SigningRule:
    """Propose through how many hands the lists from a month on go; a second person confirms."""
    if unit_type() is not UnitType.CIS:
        raise InputError("KIS nie wypłaca świadczeń integracyjnych. (art. 18)")
    if second_above is not None and hands != ALL_THREE:
        raise InputError(
            "Drugie zatwierdzenie jest tylko tam, gdzie podpisują trzy osoby.", field="second_above"
        )
    _refuse_reaching_back(since)
    if since > Month.of(clock.today()).plus(MONTHS_AHEAD):
        raise InputError("Wpisz miesiąc w ciągu dwóch najbliższych lat.", field="since")
    row = stored(
        SigningRule(
            since_month=since.first,
            hands=hands,
            second_above=second_above,
            proposed_by_id=actor(),
            proposed_at=clock.now(),
        )
    )
    raise_task(
        kind=kinds.SIGNING_WAITING.key,
        key=str(row.pk),
        title="Do potwierdzenia: zasada podpisów",
        text=f"Od miesiąca {format_month(since)}: {in_words(row)}.",
        link=reverse("benefits:signing"),
    )
    return row


def confirm(*, rule_id: UUID) -> SigningRule:
    """Let a rule stand. Its month is looked at again: time passes between the two people."""
    Unit.objects.select_for_update(of=("self",), no_key=True).get(pk=current_scope().organisation_id)
    row = transitions.lock(SigningRule, rule_id)
    since = Month.of(row.since_month)
    # Read, not only asked for: a lock under way is waited for.
    list(
        PayrollList.objects.select_for_update(of=("self",))
        .filter(month__gte=since.first, state=ListState.OPEN)
        .order_by("month")
    )
    if row.waits:
        _refuse_reaching_back(since)
    transitions.confirm(row, by=actor(), at=clock.now())
    settle_task(kind=kinds.SIGNING_WAITING.key, key=str(row.pk))
    return row


def withdraw(*, rule_id: UUID) -> SigningRule:
    """Who proposed takes it back, or the second person refuses it."""
    row = transitions.withdraw(transitions.lock(SigningRule, rule_id), by=actor(), at=clock.now())
    settle_task(kind=kinds.SIGNING_WAITING.key, key=str(row.pk))
    return row


def in_words(row: SigningRule) -> str:
    """A rule as a page and a task say it."""
    people = "trzy osoby" if row.hands == ALL_THREE else "dwie osoby"
    if row.second_above is None:
        return people
    return f"{people}, a powyżej {format_money(row.second_above)} jeszcze drugi kierownik"


def _refuse_reaching_back(since: Month) -> None:
    """A rule governs lists that nobody has handed over yet; others keep the one they were signed by."""
    handed = PayrollList.objects.filter(month__gte=since.first).exclude(state__in=UNSIGNED)
    if handed.exists():
        first = format_month(first_free_month(today=clock.today()))
        raise InputError(f"Zasada nie działa wstecz. Najwcześniejszy miesiąc: {first}.", field="since")
