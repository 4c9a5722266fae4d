"""What the demo's bank, which does not exist, answers to a file of transfers."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from benefits.models import PayrollList, TransferFile
from benefits.queries.transfers import sheet_of
from benefits.services import answers
from reintegration.core.money import ZERO


def answer(row: PayrollList, made: TransferFile, *, returned: bool) -> None:
    """Everything was booked on its day, beside other business; the first transfer may have come back."""
    sent = sheet_of(row).transfers
    moves = [(-one.amount, one.reference, one.name, one.account) for one in sent]
    if returned:
        one = sent[0]
        moves.append((one.amount, f"ZWROT {one.reference} RACHUNEK ZAMKNIETY", one.name, one.account))
    moves.append((Decimal("-1250.00"), "CZYNSZ", "Spółdzielnia Mieszkaniowa", ""))
    answers.take_in(content=_mt940(made.account, made.day, moves).encode())


def _mt940(own: str, day: date, moves: Sequence[tuple[Decimal, str, str, str]]) -> str:
    """A statement of the bank that does not exist."""
    opening = Decimal("100000.00")
    lines = [":20:MT940", f":25:PL{own}", ":28C:1", f":60F:C{day:%y%m%d}PLN{_comma(opening)}"]
    for number, (amount, title, name, account) in enumerate(moves, 1):
        side = "C" if amount > ZERO else "D"
        lines += [
            f":61:{day:%y%m%d%m%d}{side}{_comma(abs(amount))}N641NONREF//BR{number:06}",
            f":86:641~20{title}~32{name}" + (f"~38PL{account}" if account else ""),
        ]
    closing = opening + sum((amount for amount, *_ in moves), ZERO)
    return "\r\n".join([*lines, f":62F:C{day:%y%m%d}PLN{_comma(closing)}"])


def _comma(amount: Decimal) -> str:
    return f"{amount:.2f}".replace(".", ",")
