"""What is still open of an approved list: with ZUS and the tax office, the Labour Fund, and the bank."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from benefits.enums import FundApplicationState, LineState, PayMethod, PublicKind
from benefits.models import FundApplication, PaidLine, PayrollList
from benefits.queries import answers, contributions, fund, health, public_money
from benefits.rules.close import Claim
from reintegration.core import clock
from reintegration.core.dates import Month
from reintegration.core.money import ZERO


@dataclass(frozen=True, slots=True)
class Settlement:
    """Everything that the steps after the payment ask."""

    owed: Sequence[public_money.Owed]
    # Of whom ZUS was not told, or whom it could not tell from others.
    untold: Sequence[contributions.Line]
    # Whom nobody would pay a doctor for.
    uninsured: Sequence[health.Lacking]
    fund: fund.OfMonth
    # Why the application cannot be sent as it is.
    refusals: Sequence[str]
    # Whether the list gives anything that the fund refunds.
    asks: bool
    # Payments that are neither paid nor decided.
    lines: Sequence[PaidLine]

    @property
    def application(self) -> FundApplication | None:
        return self.fund.standing.row if self.fund.standing is not None else None

    @property
    def claim(self) -> Claim:
        row, standing = self.application, self.fund.standing
        if row is None or standing is None:
            return Claim.NONE if self.asks else Claim.SETTLED
        if row.state == FundApplicationState.SENT:
            found = standing.found
            answered = found.received or found.from_advance or found.pending != found.asked
            return Claim.ANSWERED if answered else Claim.SENT
        return Claim.DRAFT if row.state == FundApplicationState.DRAFT else Claim.SETTLED

    @property
    def on_claim(self) -> int:
        return len(self.refusals) if self.fund.agreement is not None else 1

    @property
    def returned(self) -> list[PaidLine]:
        return [one for one in self.lines if one.state == LineState.RETURNED]

    @property
    def person_ids(self) -> set[UUID]:
        """Whom the page names."""
        return {one.person.pk for one in self.untold} | {one.person_id for one in self.returned}

    def facts(self) -> dict[str, Any]:
        """The part of `rules.close.Facts` that is about them."""
        left = {one.kind for one in self.owed if one.left > ZERO}
        sent = [one for one in self.lines if one.state == LineState.SENT]
        posted = sum(one.method == PayMethod.POST for one in sent)
        return {
            "on_offices": len(self.untold),
            "zus_open": PublicKind.ZUS in left,
            "tax_open": PublicKind.TAX in left,
            "on_claim": self.on_claim,
            "claim": self.claim,
            "returned": len(self.returned),
            "planned": sum(one.state == LineState.PLANNED for one in self.lines),
            "unanswered": len(sent) - posted,
            "posted": posted,
        }


def settlement_of(row: PayrollList) -> Settlement:
    month = Month.of(row.month)
    found = fund.of_month(month)
    return Settlement(
        owed=public_money.of_month(month),
        untold=contributions.untold(row),
        uninsured=health.lacking(month),
        fund=found,
        refusals=_refusals(found),
        asks=found.standing is not None or bool(fund.asked_of(row)),
        lines=answers.open_lines(row),
    )


def _refusals(found: fund.OfMonth) -> Sequence[str]:
    row = found.standing.row if found.standing is not None else None
    if row is None or row.state != FundApplicationState.DRAFT:
        return ()
    return fund.refusals(row, list(fund.lines_of(row)), clock.today())
