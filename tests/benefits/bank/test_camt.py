"""A bank's camt.053: what it says, in both versions that banks write; and a broken file is taken nowhere."""

from datetime import date
from decimal import Decimal

import pytest

from benefits.bank.answer import BrokenLine
from benefits.bank.camt import read_camt053
from reintegration.core.errors import InputError
from tests.benefits.bank.made import account

OWN, HERS = account(1), account(2)


def balance(code: str, amount: str) -> str:
    return (
        f"<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp><Amt Ccy='PLN'>{amount}</Amt>"
        "<CdtDbtInd>CRDT</CdtDbtInd></Bal>"
    )


def details(reference: str, amount: str = "", side: str = "Cdtr") -> str:
    said = f"<Amt Ccy='PLN'>{amount}</Amt>" if amount else ""
    return (
        f"<TxDtls><Refs><EndToEndId>{reference}</EndToEndId></Refs>{said}"
        f"<RltdPties><{side}><Nm>Łucja Przykład</Nm></{side}>"
        f"<{side}Acct><Id><IBAN>PL{HERS}</IBAN></Id></{side}Acct></RltdPties>"
        "<RmtInf><Ustrd>ŚWIADCZENIE INTEGRACYJNE 10/2026 LW/1/</Ustrd><Ustrd>2026-01</Ustrd></RmtInf>"
        "</TxDtls>"
    )


def entry(amount: str, *parts: str, side: str = "DBIT") -> str:
    return (
        f"<Ntry><Amt Ccy='PLN'>{amount}</Amt><CdtDbtInd>{side}</CdtDbtInd>"
        f"<BookgDt><Dt>2026-11-10</Dt></BookgDt><AcctSvcrRef>BR1</AcctSvcrRef>"
        f"<NtryDtls>{''.join(parts)}</NtryDtls></Ntry>"
    )


def document(*entries: str, closing: str = "860.51", version: str = "02") -> bytes:
    return (
        f"<Document xmlns='urn:iso:std:iso:20022:tech:xsd:camt.053.001.{version}'><BkToCstmrStmt><Stmt>"
        f"<Id>S1</Id><ElctrncSeqNb>211</ElctrncSeqNb><Acct><Id><IBAN>PL{OWN}</IBAN></Id></Acct>"
        f"{balance('OPBD', '3001.19')}{balance('CLBD', closing)}{''.join(entries)}"
        "</Stmt></BkToCstmrStmt></Document>"
    ).encode()


@pytest.mark.parametrize("version", ["02", "08"])
def test_a_transfer_of_ours_is_known_by_what_we_called_it(version: str):
    (answer,) = read_camt053(document(entry("2140.68", details("LW/1/2026-01")), version=version))
    assert (answer.account, answer.number, answer.closing) == (OWN, "211", Decimal("860.51"))
    (one,) = answer.bookings
    assert (one.day, one.amount) == (date(2026, 11, 10), Decimal("-2140.68"))
    assert (one.references, one.account, one.name) == (("LW/1/2026-01",), HERS, "Łucja Przykład")
    assert one.bank_reference == "BR1"


def test_without_our_name_for_it_the_title_tells():
    (answer,) = read_camt053(document(entry("2140.68", details("NOTPROVIDED"))))
    assert answer.bookings[0].end_to_end == ""
    assert answer.bookings[0].references == ("LW/1/2026-01",)


def test_an_entry_of_several_is_taken_apart():
    both = entry("2140.68", details("LW/1/2026-01", "2000.00"), details("LW/1/2026-02", "140.68"))
    (answer,) = read_camt053(document(both))
    assert [(one.references[0], str(one.amount)) for one in answer.bookings] == [
        ("LW/1/2026-01", "-2000.00"),
        ("LW/1/2026-02", "-140.68"),
    ]


def test_money_that_came_back_names_who_it_came_from():
    back = entry("2140.68", details("LW/1/2026-01", side="Dbtr"), side="CRDT")
    (answer,) = read_camt053(document(entry("2140.68", details("LW/1/2026-01")), back, closing="3001.19"))
    assert [one.amount for one in answer.bookings] == [Decimal("-2140.68"), Decimal("2140.68")]
    assert answer.bookings[1].account == HERS


def test_an_entry_without_details_speaks_for_itself():
    (answer,) = read_camt053(document(entry("2140.68")))
    assert (answer.bookings[0].references, answer.bookings[0].bank_reference) == ((), "BR1")


BROKEN = {
    "balance": (document(entry("2140.68"), closing="860.52"), "nie zgadza się z operacjami"),
    "parts": (document(entry("2140.68", details("A", "1.00"), details("B", "2.00"))), "części operacji"),
    "amount": (document(entry("2140,6x")), "nie jest kwotą"),
    "grosz": (document(entry("2140.681")), "w złotych i groszach"),
    "huge": (document(entry("9" * 40)), "za dużo"),
    "power": (document(entry("1E999999")), "nie jest kwotą"),
    "side": (document(entry("2140.68", side="?")), "wpływ, czy wydatek"),
    "currency": (document(entry("2140.68")).replace(b"PLN", b"EUR"), "konto jest w EUR"),
    "day": (document(entry("2140.68")).replace(b"2026-11-10", b"2026-13-10"), "nie jest dniem"),
    "cut": (document(entry("2140.68"))[:-30], "uszkodzony"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_is_refused_by_its_line(name: str):
    content, said = BROKEN[name]
    with pytest.raises(BrokenLine, match=said):
        read_camt053(content)


def test_the_line_of_the_file_is_named():
    content = document(entry("2140.68"), entry("5.0x")).replace(b"<Ntry>", b"\n<Ntry>")
    with pytest.raises(BrokenLine, match="Wiersz 3: ") as refused:
        read_camt053(content)
    assert refused.value.line == 3


@pytest.mark.parametrize(
    "content", [b"<x/>", b"<Document xmlns='urn:iso:std:iso:20022:tech:xsd:pain.001.001.03'/>"]
)
def test_another_file_is_told_from_a_statement(content: bytes):
    with pytest.raises(InputError, match="camt"):
        read_camt053(content)


def test_no_entity_is_opened():
    evil = b"<!DOCTYPE d [<!ENTITY x SYSTEM 'file:///etc/hostname'>]>" + document(entry("2140.68")).replace(
        b"BR1", b"&x;"
    )
    (answer,) = read_camt053(evil)
    assert answer.bookings[0].bank_reference == ""
