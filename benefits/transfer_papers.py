"""What goes with the money of a list: whom the bank pays, whom the post, who signs for cash."""

from benefits.bank.title import post_title
from benefits.models import TransferFile
from benefits.queries.bankable import in_one_line
from benefits.queries.transfers import Payment, Sheet
from reintegration.core import clock
from reintegration.core.dates import Month
from reintegration.core.formats import format_month
from reintegration.core.identifiers import format_nrb
from reintegration.core.money import ZERO
from reintegration.core.sheets import WRITERS
from reintegration.documents.papers import SignatureBox, render_pdf
from reintegration.documents.services import letterhead

PLACE = ("street", "postcode", "town")
POST_BOXES = [SignatureBox("podpis nadającego"), SignatureBox("pieczęć poczty")]
CASH_BOXES = [SignatureBox("podpis wypłacającego"), SignatureBox("podpis kierownika")]


def account_of(one: Payment) -> str:
    return format_nrb(one.account) if one.account else ""


def _paper(template: str, title: str, sheet: Sheet, **context: object) -> bytes:
    month = format_month(Month.of(sheet.row.month))
    return render_pdf(
        f"benefits/transfers/paper/{template}.html",
        {"sheet": sheet, "month": month, **context},
        title=title,
        number=sheet.row.number,
        made_at=clock.now(),
        letterhead=letterhead(),
    )


def transfers_pdf(sheet: Sheet, made: TransferFile | None) -> bytes:
    lines = [(one, account_of(one)) for one in sheet.transfers]
    own = format_nrb(made.account) if made is not None else ""
    return _paper("transfers", "Wykaz przelewów", sheet, lines=lines, made=made, own=own)


def cash_pdf(sheet: Sheet) -> bytes:
    """For signatures: each person signs beside the amount."""
    return _paper("cash", "Lista wypłat w kasie", sheet, boxes=CASH_BOXES)


def posted(sheet: Sheet) -> list[tuple[Payment, str, str]]:
    """Each order with where it goes and what stands on it."""
    month = Month.of(sheet.row.month)
    return [
        (
            one,
            in_one_line(one.address),
            post_title(
                month,
                one.reference,
                benefit=one.amount > one.statement.premium,
                premium=one.statement.premium > ZERO,
            ),
        )
        for one in sheet.post
    ]


def post_pdf(sheet: Sheet) -> bytes:
    """For the counter of the post: who gets what, where, and room for its number and stamp."""
    return _paper("post", "Wykaz przekazów pocztowych", sheet, lines=posted(sheet), boxes=POST_BOXES)


def post_xlsx(sheet: Sheet) -> bytes:
    write, _ = WRITERS["xlsx"]
    labels = ["Lp.", "Adresat", "Ulica", "Kod", "Miejscowość", "Kwota", "Tytuł"]
    return write(
        labels,
        (
            [
                one.statement.position,
                one.name,
                *(one.address.get(key, "") for key in PLACE),
                one.amount,
                words,
            ]
            for one, _, words in posted(sheet)
        ),
    )


def transfers_xlsx(sheet: Sheet) -> bytes:
    write, _ = WRITERS["xlsx"]
    labels = ["Lp.", "Osoba", "Konto", "Za co", "Kwota", "Oznaczenie"]
    return write(
        labels,
        (
            [one.statement.position, one.name, account_of(one), one.what, one.amount, one.reference]
            for one in sheet.transfers
        ),
    )


def cash_xlsx(sheet: Sheet) -> bytes:
    write, _ = WRITERS["xlsx"]
    return write(
        ["Lp.", "Osoba", "Kwota", "Data i podpis"],
        ([one.statement.position, one.name, one.amount, ""] for one in sheet.cash),
    )
