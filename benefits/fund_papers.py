"""The application for the refund with the list of benefits and contributions, and the one for an advance."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Sum

from benefits.models import FundAdvance, FundApplication, FundLine, PayrollList, Statement
from benefits.queries import fund as queries
from reintegration.core import clock
from reintegration.core.dates import Month
from reintegration.core.formats import format_month
from reintegration.core.money import ZERO
from reintegration.core.sheets import WRITERS
from reintegration.documents.papers import SignatureBox, render_pdf
from reintegration.documents.services import letterhead

LABELS = ("Lp.", "Osoba", "Za miesiąc", "Co", "Świadczenie", "Składki", "Razem")


@dataclass(frozen=True, slots=True)
class Sheet:
    """An application as it goes out: only what is asked for."""

    row: FundApplication
    lines: Sequence[FundLine]
    # Own money of the unit, which nobody refunds (art. 15a).
    premium: Decimal

    @property
    def month(self) -> Month:
        return Month.of(self.row.payroll_list.month)

    @property
    def benefit(self) -> Decimal:
        return sum((one.benefit for one in self.lines), ZERO)

    @property
    def contributions(self) -> Decimal:
        return sum((one.contributions for one in self.lines), ZERO)

    @property
    def total(self) -> Decimal:
        return self.benefit + self.contributions

    @property
    def people(self) -> int:
        return len({one.participation_id for one in self.lines})


def sheet_of(row: FundApplication) -> Sheet:
    lines = [one for one in queries.lines_of(row) if one.asked]
    return Sheet(row, lines, premium_of(row.payroll_list))


def premium_of(row: PayrollList) -> Decimal:
    """What of a list nobody refunds."""
    rows = Statement.objects.filter(payroll_list=row, blocked=False)
    found: Decimal = rows.aggregate(total=Sum("premium"))["total"] or ZERO
    return found


def application_pdf(sheet: Sheet) -> bytes:
    return render_pdf(
        "benefits/fund/paper/application.html",
        {
            "sheet": sheet,
            "row": sheet.row,
            "agreement": sheet.row.agreement,
            "month": format_month(sheet.month),
            "lines": [(one, queries.name_on(one), format_month(Month.of(one.month))) for one in sheet.lines],
            "boxes": [SignatureBox("podpis kierownika")],
        },
        title="Wniosek o refundację z Funduszu Pracy",
        number=sheet.row.number,
        made_at=clock.now(),
        letterhead=letterhead(),
    )


def application_xlsx(sheet: Sheet) -> bytes:
    write, _ = WRITERS["xlsx"]
    return write(LABELS, _cells(sheet))


def advance_pdf(row: FundAdvance) -> bytes:
    return render_pdf(
        "benefits/fund/paper/advance.html",
        {
            "row": row,
            "agreement": row.agreement,
            "month": format_month(Month.of(row.month)),
            "boxes": [SignatureBox("podpis kierownika")],
        },
        title="Wniosek o zaliczkę z Funduszu Pracy",
        number=row.number,
        made_at=clock.now(),
        letterhead=letterhead(),
    )


def _cells(sheet: Sheet) -> Iterator[Sequence[Any]]:
    for number, one in enumerate(sheet.lines, 1):
        what, month = one.get_kind_display(), format_month(Month.of(one.month))
        yield [number, queries.name_on(one), month, what, one.benefit, one.contributions, one.amount]
    yield ["", "Razem", "", "", sheet.benefit, sheet.contributions, sheet.total]
    if sheet.premium:
        yield ["", "Premie motywacyjne, nie podlegają refundacji", "", "", None, None, sheet.premium]
