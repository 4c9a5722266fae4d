"""The list of contributions of one set of documents, to print and to take into a spreadsheet."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from benefits.queries.contributions import Line, Sheet
from benefits.zus.facts import Amounts
from reintegration.core import clock
from reintegration.core.formats import format_month
from reintegration.core.lists import WRITERS
from reintegration.documents.papers import render_pdf
from reintegration.documents.services import letterhead

LABELS = (
    "Osoba", "Kod tytułu", "Podstawa", "Emerytalna ubezpieczonego", "Emerytalna płatnika",
    "Rentowa ubezpieczonego", "Rentowa płatnika", "Razem", "Zmiana",
)  # fmt: skip


def amounts_of(found: Amounts) -> Sequence[Decimal]:
    """In the order of the columns: base, both halves of pension, both parts of disability, the sum."""
    parts = found.parts
    return (
        found.base,
        parts.pension_insured,
        parts.pension_payer,
        parts.disability_insured,
        parts.disability_payer,
        found.total,
    )


def sum_of(lines: Sequence[Line]) -> Amounts:
    return sum((one.amounts for one in lines), Amounts.none())


def sheet_pdf(sheet: Sheet) -> bytes:
    return render_pdf(
        "benefits/contributions/paper.html",
        {
            "sheet": sheet,
            "month": format_month(sheet.found.month),
            "lines": [(one, amounts_of(one.amounts)) for one in sheet.lines],
            "total": amounts_of(sum_of(sheet.lines)),
        },
        title="Lista składek",
        number=name_of(sheet),
        made_at=clock.now(),
        letterhead=letterhead(),
    )


def sheet_xlsx(sheet: Sheet) -> bytes:
    write, _ = WRITERS["xlsx"]
    return write(LABELS, _cells(sheet))


def name_of(sheet: Sheet) -> str:
    """As ZUS names a set: its number and its month."""
    return f"{sheet.found.number:02d} {sheet.found.month.month:02d} {sheet.found.month.year}"


def _cells(sheet: Sheet) -> Iterator[Sequence[object]]:
    for one in sheet.lines:
        title = f"{one.title.code}{one.title.pension}{one.title.disability}"
        change = one.change.total if sheet.is_correction else None
        yield [str(one.person), title, *amounts_of(one.amounts), change]
    change = sheet.found.difference.total if sheet.is_correction else None
    yield ["Razem", "", *amounts_of(sum_of(sheet.lines)), change]
