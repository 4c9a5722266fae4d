"""What people were paid, and when: one answer for the annual report and for statistics."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import F, Q

from benefits.enums import PayPart
from benefits.models import PaidLine, Statement
from reintegration.core.dates import DateSpan
from reintegration.core.money import ZERO
from reporting.rules.filling import Sending, paid_for_good

# What a statement grants.
PARTS = ("benefit", "corrected", "premium")


@dataclass(frozen=True, slots=True)
class Paid:
    """A statement of a list that was paid: its parts, and what reached the person, each with its day.

    What came back has the day on which it was paid again, or none. Tax and contributions of it stay owed.
    """

    participation: UUID
    listed_on: date
    parts: Mapping[str, tuple[Decimal, date | None]]
    reached: Sequence[tuple[Decimal, date | None]]
    tax: Decimal
    contributions: Decimal

    def within(self, span: DateSpan) -> dict[str, Decimal]:
        """The parts that were paid in a span."""
        return {
            name: amount
            for name, (amount, day) in self.parts.items()
            if amount and day is not None and day in span
        }

    def reached_within(self, span: DateSpan) -> Decimal:
        return sum((amount for amount, day in self.reached if day is not None and day in span), ZERO)


def paid(spans: Sequence[DateSpan]) -> list[Paid]:
    """The statements of which something was paid in one of the spans, or should have been; two queries."""
    moved = _moved()
    here = {
        key
        for key, sendings in moved.items()
        if any(day is not None and any(day in span for span in spans) for day, _ in sendings.values())
    }
    listed = reduce(or_, (Q(payroll_list__paid_on__range=(one.first, one.last)) for one in spans))
    insured = F("pension_insured") + F("pension_payer") + F("disability_insured") + F("disability_payer")
    rows = (
        Statement.objects.filter(listed | Q(pk__in=here))
        .order_by("pk")
        .values_list("pk", "payroll_list__paid_on", "participation_id", "to_pay", "tax", insured, *PARTS)
    )
    return [
        Paid(
            participation=file,
            listed_on=paid_on,
            parts={
                name: (amount, _day_of(name, paid_on, moved.get(key)))
                for name, amount in zip(PARTS, amounts, strict=True)
            },
            reached=[(amount, day) for day, amount in moved[key].values()]
            if key in moved
            else [(to_pay, paid_on)],
            tax=tax,
            contributions=contributions,
        )
        for key, paid_on, file, to_pay, tax, contributions, *amounts in rows
    ]


_Sendings = Mapping[str, tuple[date | None, Decimal]]


def _moved() -> dict[UUID, _Sendings]:
    """By statement of which some sending came back: the day and the amount of each of its payments."""
    sendings: defaultdict[tuple[UUID, str], list[Sending]] = defaultdict(list)
    amounts: dict[tuple[UUID, str], Decimal] = {}
    rows = PaidLine.objects.filter(
        statement__in=PaidLine.objects.filter(returned_on__isnull=False).values("statement")
    )
    for key, part, sent_on, returned_on, amount in rows.order_by("statement", "part", "attempt").values_list(
        "statement_id", "part", "sent_on", "returned_on", "amount"
    ):
        sendings[key, part].append(Sending(sent_on, returned_on))
        # What goes out again is what came back.
        amounts[key, part] = amount
    found: defaultdict[UUID, dict[str, tuple[date | None, Decimal]]] = defaultdict(dict)
    for (key, part), one in sendings.items():
        found[key][part] = (paid_for_good(one), amounts[key, part])
    return found


def _day_of(name: str, paid_on: date, sendings: _Sendings | None) -> date | None:
    """When a part of a statement was paid: with the list, unless its sending came back."""
    for one in (PayPart.PREMIUM if name == "premium" else PayPart.BENEFIT, PayPart.WHOLE):
        if sendings is not None and one in sendings:
            return sendings[one][0]
    return paid_on
