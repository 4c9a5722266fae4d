"""ISO 20022 camt.053, the statement of an account in XML, in any version that Polish banks write.

Versions differ in their namespace and in a few wrappers; what is read here stands at the same places, so
elements are found by their local names.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from lxml import etree

from benefits.bank.answer import (
    Answer,
    Booking,
    BrokenLine,
    account_in,
    amount_in,
    day_in,
    other_account,
    refuse_nothing,
    refuse_other_currency,
)
from reintegration.core.errors import InputError

_OPENING, _CLOSING = ("OPBD", "PRCD"), ("CLBD",)
_CREDIT = "CRDT"
# The other side of what went out, and of what came in.
_SIDES = {False: "Cdtr", True: "Dbtr"}
_WITHOUT = frozenset({"", "NOTPROVIDED"})


def read_camt053(content: bytes) -> list[Answer]:
    """Every statement of a file, or the line that cannot be read."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise BrokenLine(error.lineno or 1, "plik XML jest uszkodzony.") from None
    if etree.QName(root).localname != "Document" or "camt.053" not in (etree.QName(root).namespace or ""):
        raise InputError("To nie jest wyciąg camt.053.")
    return refuse_nothing(_answer(one) for one in _all(root, "BkToCstmrStmt/Stmt"))


def _answer(stmt: Any) -> Answer:
    account = _first(stmt, "Acct/Id/IBAN")
    if account is None:
        account = _first(stmt, "Acct/Id/Othr/Id")
    if account is None:
        raise BrokenLine(stmt.sourceline, "w wyciągu brakuje numeru konta.")
    closing = _balance(stmt, _CLOSING, "końcowego")
    return Answer(
        line=closing.sourceline,
        account=account_in(account.text or "", account.sourceline),
        number=_text(stmt, "ElctrncSeqNb") or _text(stmt, "LglSeqNb") or _text(stmt, "Id"),
        opening=_signed(_balance(stmt, _OPENING, "początkowego")),
        closing=_signed(closing),
        bookings=tuple(one for entry in _all(stmt, "Ntry") for one in _bookings(entry)),
    )


def _balance(stmt: Any, codes: tuple[str, ...], which: str) -> Any:
    for one in _all(stmt, "Bal"):
        if _text(one, "Tp/CdOrPrtry/Cd") in codes:
            return one
    raise BrokenLine(stmt.sourceline, f"w wyciągu brakuje salda {which}.")


def _bookings(entry: Any) -> Iterator[Booking]:
    """One for each transaction of an entry; an entry without details speaks for itself."""
    details = _all(entry, "NtryDtls/TxDtls")
    if len(details) < 2:  # noqa: PLR2004 - an entry of one, whose amount stands on the entry
        yield _booking(entry, details[0] if details else None, _signed(entry))
        return
    came = _came(entry)
    found = [_booking(entry, one, _part(one, came)) for one in details]
    if sum(one.amount for one in found) != _signed(entry):
        raise BrokenLine(entry.sourceline, "części operacji nie dają jej kwoty.")
    yield from found


def _booking(entry: Any, detail: Any, amount: Decimal) -> Booking:
    here = detail if detail is not None else entry
    side = _SIDES[_text(entry, "CdtDbtInd") == _CREDIT]
    account = _text(here, f"RltdPties/{side}Acct/Id/IBAN") or _text(here, f"RltdPties/{side}Acct/Id/Othr/Id")
    reference = _text(here, "Refs/EndToEndId")
    return Booking(
        line=here.sourceline,
        day=_day(entry),
        amount=amount,
        account=other_account(account),
        name=_text(here, f"RltdPties/{side}/Nm") or _text(here, f"RltdPties/{side}/Pty/Nm"),
        title=" ".join((one.text or "").strip() for one in _all(here, "RmtInf/Ustrd")),
        end_to_end="" if reference in _WITHOUT else reference,
        bank_reference=_text(here, "Refs/AcctSvcrRef") or _text(entry, "AcctSvcrRef"),
        reversal=_text(entry, "RvslInd") == "true" or _first(here, "RtrInf") is not None,
    )


def _part(detail: Any, came: bool) -> Decimal:
    found = _first(detail, "Amt")
    if found is None:
        found = _first(detail, "AmtDtls/TxAmt/Amt")
    if found is None:
        raise BrokenLine(detail.sourceline, "część operacji nie ma kwoty.")
    amount = _amount(found)
    return amount if came else -amount


def _came(one: Any) -> bool:
    """Whether it is money that came; the sign of a reversal says it already."""
    side = _text(one, "CdtDbtInd")
    if side not in {_CREDIT, "DBIT"}:
        raise BrokenLine(one.sourceline, "nie wiadomo, czy to wpływ, czy wydatek.")
    return side == _CREDIT


def _signed(one: Any) -> Decimal:
    found = _first(one, "Amt")
    if found is None:
        raise BrokenLine(one.sourceline, "brakuje kwoty.")
    amount = _amount(found)
    return amount if _came(one) else -amount


def _amount(found: Any) -> Decimal:
    refuse_other_currency(found.get("Ccy", ""), found.sourceline)
    return amount_in(found.text or "", found.sourceline)


def _day(entry: Any) -> date:
    said = (_text(entry, "BookgDt/Dt") or _text(entry, "BookgDt/DtTm"))[:10]
    parts = said.split("-")
    if len(parts) != 3 or not all(one.isdecimal() for one in parts):  # noqa: PLR2004 - year, month, day
        raise BrokenLine(entry.sourceline, "operacja nie ma dnia.")
    year, month, day = map(int, parts)
    return day_in(year, month, day, entry.sourceline)


def _all(element: Any, path: str) -> list[Any]:
    """Elements by their local names, whatever the namespace of the version."""
    found = [element]
    for name in path.split("/"):
        found = [child for one in found for child in one.iterchildren(f"{{*}}{name}")]
    return found


def _first(element: Any, path: str) -> Any:
    found = _all(element, path)
    return found[0] if found else None


def _text(element: Any, path: str) -> str:
    found = _first(element, path)
    return (found.text or "").strip() if found is not None else ""
