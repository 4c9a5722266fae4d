"""ISO 20022 pain.001 for transfers in złoty inside the country.

There is no service level: SEPA's would send złoty the way of euro. A bank is named by the clearing number in
its account, as the Polish recommendation has it. Each transfer is booked alone, so that one that comes back
is found by its own reference.
"""

import re
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from lxml import etree
from lxml.builder import ElementMaker

from benefits.bank.facts import Order, Party, Transfer, bank_of
from benefits.bank.letters import WIDTH, bank_text, cut
from reintegration.core.formats import WARSAW
from reintegration.core.identifiers import nrb_to_iban

SCHEMAS = Path(__file__).parent / "schemas"

# Polish banks carry two lines of a name, though the schema has room for 140 characters.
_NAME = 2 * WIDTH
_STREET = 70
_NUMBER = 16
_POSTCODE = 16
_STREET_AND_NUMBER = re.compile(
    r"(?P<street>.*?[^ ,]),? (?P<number>\d+ ?[A-Za-z]?(?:/\d+[A-Za-z]?)?(?: m\. ?\d+)?)"
)


class Version(StrEnum):
    """Banks disagree on it, so it is a setting; each value is the name of a schema."""

    V03 = "pain.001.001.03"
    V09 = "pain.001.001.09"


class Addresses(StrEnum):
    """Lines as banks have always taken them, or parts by name, which banks begin to ask for."""

    LINES = "lines"
    STRUCTURED = "structured"


def pain(order: Order, version: Version, addresses: Addresses = Addresses.LINES) -> bytes:
    """Write the file of an order; it has passed the schema of its version."""
    document = _Writer(version, addresses).document(order)
    _schema(version).assertValid(document)
    return bytes(
        etree.tostring(document, xml_declaration=True, encoding="UTF-8", pretty_print=True),
    )


@cache
def _schema(version: Version) -> Any:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return etree.XMLSchema(etree.parse(SCHEMAS / f"{version}.xsd", parser))


class _Writer:
    def __init__(self, version: Version, addresses: Addresses) -> None:
        namespace = f"urn:iso:std:iso:20022:tech:xsd:{version}"
        self.e = ElementMaker(namespace=namespace, nsmap={None: namespace})
        self.version = version
        self.addresses = addresses

    def document(self, order: Order) -> Any:
        e = self.e
        return e.Document(e.CstmrCdtTrfInitn(self._header(order), self._payment(order)))

    def _header(self, order: Order) -> Any:
        e = self.e
        made_at = order.made_at.astimezone(WARSAW).replace(tzinfo=None)
        return e.GrpHdr(
            e.MsgId(order.reference),
            e.CreDtTm(made_at.isoformat(timespec="seconds")),
            *self._sums(order),
            e.InitgPty(e.Nm(_name(order.payer))),
        )

    def _sums(self, order: Order) -> tuple[Any, Any]:
        return self.e.NbOfTxs(str(len(order.transfers))), self.e.CtrlSum(f"{order.total:.2f}")

    def _payment(self, order: Order) -> Any:
        e = self.e
        return e.PmtInf(
            e.PmtInfId(order.reference),
            e.PmtMtd("TRF"),
            e.BtchBookg("false"),
            *self._sums(order),
            e.ReqdExctnDt(*self._day(order.day.isoformat())),
            e.Dbtr(*self._party(order.payer)),
            e.DbtrAcct(self._account(order.account), e.Ccy("PLN")),
            e.DbtrAgt(self._bank(order.account)),
            *(self._transfer(one) for one in order.transfers),
        )

    def _day(self, day: str) -> tuple[Any]:
        return (day if self.version == Version.V03 else self.e.Dt(day),)

    def _transfer(self, one: Transfer) -> Any:
        e = self.e
        return e.CdtTrfTxInf(
            e.PmtId(e.InstrId(one.reference), e.EndToEndId(one.reference)),
            e.Amt(e.InstdAmt(f"{one.amount:.2f}", Ccy="PLN")),
            e.CdtrAgt(self._bank(one.account)),
            e.Cdtr(*self._party(one.party)),
            e.CdtrAcct(self._account(one.account)),
            e.RmtInf(e.Ustrd(" ".join(one.title_lines))),
        )

    def _account(self, number: str) -> Any:
        return self.e.Id(self.e.IBAN(nrb_to_iban(number)))

    def _bank(self, account: str) -> Any:
        e = self.e
        return e.FinInstnId(e.ClrSysMmbId(e.ClrSysId(e.Cd("PLKNR")), e.MmbId(bank_of(account))))

    def _party(self, party: Party) -> list[Any]:
        """Name and address; who has no address gets none."""
        e = self.e
        parts = self._structured(party) if self.addresses == Addresses.STRUCTURED else self._lines(party)
        return [e.Nm(_name(party)), *([e.PstlAdr(*parts)] if parts else [])]

    def _lines(self, party: Party) -> list[Any]:
        lines = (cut(bank_text(part), WIDTH) for part in (party.street, f"{party.postcode} {party.town}"))
        found = [self.e.AdrLine(line) for line in lines if line]
        return [self.e.Ctry("PL"), *found] if found else []

    def _structured(self, party: Party) -> list[Any]:
        street, number = _street_and_number(bank_text(party.street))
        parts = {
            "StrtNm": cut(street, _STREET),
            "BldgNb": cut(number, _NUMBER),
            "PstCd": cut(bank_text(party.postcode), _POSTCODE),
            "TwnNm": cut(bank_text(party.town), WIDTH),
        }
        found = [self.e(tag, text) for tag, text in parts.items() if text]
        return [*found, self.e.Ctry("PL")] if found else []


def _name(party: Party) -> str:
    return cut(bank_text(party.name), _NAME)


def _street_and_number(text: str) -> tuple[str, str]:
    """`ul. Różana 5/7 m. 3` in two; what does not end like a house number stays in one."""
    found = _STREET_AND_NUMBER.fullmatch(text)
    return (found["street"], found["number"]) if found is not None else (text, "")
