"""The terms of the unit that are near, with what is to be paid on each."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from benefits.enums import FundApplicationState, PublicKind
from benefits.models import FundApplication
from benefits.queries import contributions, fund, public_money
from benefits.queries.contribution_rules import rule_of, rules
from benefits.queries.granted import files_between
from benefits.queries.public_money import Owed
from benefits.rules import fund as fund_rules
from benefits.rules.terms import Calendar, Kind, Term, terms
from reintegration.core.dates import DateSpan, Month
from reintegration.core.money import ZERO

# How far back what was not paid still stands on the desk, and how far the calendar looks ahead.
LATE, AHEAD = timedelta(days=120), timedelta(days=45)
_OFFICES: Mapping[Kind, PublicKind] = {Kind.ZUS: PublicKind.ZUS, Kind.TAX: PublicKind.TAX}


@dataclass(frozen=True, slots=True)
class Coming:
    """A term that nobody has met yet; the amount is not known before the list that makes it."""

    term: Term
    amount: Decimal | None = None


def coming(today: date, *, pays: bool) -> list[Coming]:
    """What is open from some months ago until some weeks ahead, the earliest first."""
    span = DateSpan(today - LATE, today + AHEAD)
    known = rules()
    agreements = list(fund.in_force(span)) if pays else []

    def claim_due(month: Month) -> date | None:
        there = (one for one in agreements if one.since <= month.last and one.until >= month.first)
        found = next(there, None)
        return fund_rules.application_due(month, found.apply_by) if found is not None else None

    own = Calendar(
        pays=pays,
        zus_due=lambda month: contributions.due_on(month, rule_of(month, known)),
        claim_due=claim_due,
    )
    owed = _owed(Month.of(span.first).previous) if pays else {}
    return list(_open(terms(span, own), owed, today))


def _owed(since: Month) -> Mapping[PublicKind, Mapping[Month, Owed]]:
    return {
        kind: {one.month: one for one in public_money.months_of(kind, since=since)} for kind in PublicKind
    }


def _open(
    found: list[Term], owed: Mapping[PublicKind, Mapping[Month, Owed]], today: date
) -> Iterator[Coming]:
    sent = set(_sent(min((term.about for term in found if term.kind is Kind.CLAIM), default=None)))
    for term in found:
        if term.kind in _OFFICES:
            row = owed[_OFFICES[term.kind]].get(term.about)
            if row is not None and row.left > ZERO:
                yield Coming(term, row.left)
            elif row is None and term.kind is Kind.ZUS and term.day >= today and _takes_part(term.about):
                yield Coming(term)
        elif term.kind is Kind.CLAIM:
            if term.about not in sent and (term.day >= today or term.about in owed[PublicKind.ZUS]):
                yield Coming(term)
        elif term.day >= today:
            yield Coming(term)


def _sent(since: Month | None) -> Iterator[Month]:
    """The months from one on that were asked for; nothing where no term asks for any."""
    if since is None:
        return
    live = [FundApplicationState.SENT, FundApplicationState.SETTLED]
    rows = FundApplication.objects.filter(state__in=live, payroll_list__month__gte=since.first)
    rows = rows.order_by("payroll_list__month")
    for day in rows.values_list("payroll_list__month", flat=True):
        yield Month.of(day)


def _takes_part(month: Month) -> bool:
    """Whether a list of the month will have somebody on it."""
    return files_between(month, month).exists()
