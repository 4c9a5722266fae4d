"""Elixir-0: one transfer a line, fields between commas, texts in quotation marks.

A text cannot break a line: `bank_text` leaves neither quotation mark, bar nor line break in it.
"""

from enum import StrEnum

from benefits.bank.facts import LINES, Order, Party, Transfer, bank_of
from benefits.bank.letters import bank_text, split_lines

_CREDIT_TRANSFER = "110"
_ORDINARY = "51"


class Encoding(StrEnum):
    """Banks disagree on it, so it is a setting; each value is the name of a codec."""

    CP1250 = "cp1250"
    CP852 = "cp852"
    UTF8 = "utf-8"


def elixir(order: Order, encoding: Encoding) -> bytes:
    """Write the file of an order."""
    payer = _four(party_lines(order.payer))
    return "".join(f"{_record(order, payer, one)}\r\n" for one in order.transfers).encode(encoding)


def _record(order: Order, payer: str, transfer: Transfer) -> str:
    fields = (
        _CREDIT_TRANSFER,
        order.day.isoformat().replace("-", ""),
        str(transfer.grosze),
        bank_of(order.account),
        "0",
        _text(order.account),
        _text(transfer.account),
        payer,
        _four(party_lines(transfer.party)),
        "0",
        bank_of(transfer.account),
        _four(transfer.title_lines),
        _text(""),
        _text(""),
        _text(_ORDINARY),
    )
    return ",".join(fields)


def _text(value: str) -> str:
    return f'"{value}"'


def _four(lines: tuple[str, ...]) -> str:
    """A field of four lines; those that are missing stay empty."""
    return _text("|".join([*lines, *[""] * (LINES - len(lines))]))


def party_lines(party: Party) -> tuple[str, ...]:
    """Name, street and place in at most four lines.

    Where they do not fit, the part with the most lines loses its last one, the street before the place and
    the place before the name; each part keeps its first line. Money finds its account by the number alone.
    """
    name, street, place = (
        split_lines(bank_text(part)) for part in (party.name, party.street, f"{party.postcode} {party.town}")
    )
    while len(name) + len(street) + len(place) > LINES:
        max(street, place, name, key=len).pop()
    return (*name, *street, *place)
