"""ISO 20022 for transfers in złoty: valid, in the bank's letters, and the same each time."""

from datetime import UTC, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from benefits.bank import pain as pain_module
from benefits.bank.facts import Order, Party
from benefits.bank.letters import REPERTOIRE
from benefits.bank.pain import SCHEMAS, Addresses, Version, pain
from tests.benefits.bank.made import ORDERS, order, sample, transfer

ROOT = Path(__file__).resolve().parents[3]
PUBLISHED = ROOT.parent / "shared" / "domain" / "formats"
STRUCTURED = """<?xml version='1.0' encoding='UTF-8'?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.09">
  <CstmrCdtTrfInitn>
    <GrpHdr>
      <MsgId>LW/2025/10/001</MsgId>
      <CreDtTm>2025-11-10T09:30:00</CreDtTm>
      <NbOfTxs>1</NbOfTxs>
      <CtrlSum>2066.28</CtrlSum>
      <InitgPty>
        <Nm>Centrum Integracji Społecznej w Przykładowie</Nm>
      </InitgPty>
    </GrpHdr>
    <PmtInf>
      <PmtInfId>LW/2025/10/001</PmtInfId>
      <PmtMtd>TRF</PmtMtd>
      <BtchBookg>false</BtchBookg>
      <NbOfTxs>1</NbOfTxs>
      <CtrlSum>2066.28</CtrlSum>
      <ReqdExctnDt>
        <Dt>2025-11-10</Dt>
      </ReqdExctnDt>
      <Dbtr>
        <Nm>Centrum Integracji Społecznej w Przykładowie</Nm>
        <PstlAdr>
          <StrtNm>ul. Wzorcowa</StrtNm>
          <BldgNb>1</BldgNb>
          <PstCd>00-000</PstCd>
          <TwnNm>Przykładowo</TwnNm>
          <Ctry>PL</Ctry>
        </PstlAdr>
      </Dbtr>
      <DbtrAcct>
        <Id>
          <IBAN>PL50116022020000000000000001</IBAN>
        </Id>
        <Ccy>PLN</Ccy>
      </DbtrAcct>
      <DbtrAgt>
        <FinInstnId>
          <ClrSysMmbId>
            <ClrSysId>
              <Cd>PLKNR</Cd>
            </ClrSysId>
            <MmbId>11602202</MmbId>
          </ClrSysMmbId>
        </FinInstnId>
      </DbtrAgt>
      <CdtTrfTxInf>
        <PmtId>
          <InstrId>LW/2025/10/001-01</InstrId>
          <EndToEndId>LW/2025/10/001-01</EndToEndId>
        </PmtId>
        <Amt>
          <InstdAmt Ccy="PLN">2066.28</InstdAmt>
        </Amt>
        <CdtrAgt>
          <FinInstnId>
            <ClrSysMmbId>
              <ClrSysId>
                <Cd>PLKNR</Cd>
              </ClrSysId>
              <MmbId>10205558</MmbId>
            </ClrSysMmbId>
          </FinInstnId>
        </CdtrAgt>
        <Cdtr>
          <Nm>Łucja Przykład</Nm>
          <PstlAdr>
            <StrtNm>ul. Różana</StrtNm>
            <BldgNb>5</BldgNb>
            <PstCd>00-000</PstCd>
            <TwnNm>Przykładowo</TwnNm>
            <Ctry>PL</Ctry>
          </PstlAdr>
        </Cdtr>
        <CdtrAcct>
          <Id>
            <IBAN>PL64102055581111000000000002</IBAN>
          </Id>
        </CdtrAcct>
        <RmtInf>
          <Ustrd>ŚWIADCZENIE INTEGRACYJNE 10/2025 WOLNE OD EGZEKUCJI LW/2025/10/001-01</Ustrd>
        </RmtInf>
      </CdtTrfTxInf>
    </PmtInf>
  </CstmrCdtTrfInitn>
</Document>
"""


@cache
def published(version: Version) -> Any:
    return etree.XMLSchema(etree.parse(PUBLISHED / f"{version}.xsd"))


def texts(root: Any, path: str) -> list[str]:
    """Texts of all elements at the end of a path, whatever the namespace."""
    steps = "/".join(f"*[local-name()='{step}']" for step in path.split("/"))
    return [found.text for found in root.xpath(f"//{steps}")]


@pytest.mark.parametrize("version", Version)
def test_the_schemas_are_the_published_ones(version: Version):
    assert (SCHEMAS / f"{version}.xsd").read_bytes() == (PUBLISHED / f"{version}.xsd").read_bytes()


def test_a_whole_file_reads_so_and_the_same_each_time():
    for _ in range(2):
        written = pain(order(transfer()), Version.V09, Addresses.STRUCTURED)
        assert written.decode() == STRUCTURED


def test_the_older_version_and_addresses_in_lines():
    root = etree.fromstring(pain(sample(), Version.V03))
    assert texts(root, "PmtInf/ReqdExctnDt") == ["2025-11-10"]
    assert texts(root, "Cdtr/PstlAdr/AdrLine") == [
        "ul. Różana 5",
        "00-000 Przykładowo",
        "Polna 7",
        "00-000 Przykładowo",
    ]


@settings(deadline=None, max_examples=60)
@given(ORDERS, st.sampled_from(Version), st.sampled_from(Addresses))
def test_every_order_is_valid_and_adds_up(asked: Order, version: Version, addresses: Addresses):
    root = etree.fromstring(pain(asked, version, addresses))
    published(version).assertValid(root)
    count = str(len(asked.transfers))
    assert texts(root, "GrpHdr/NbOfTxs") == texts(root, "PmtInf/NbOfTxs") == [count]
    amounts = [Decimal(text) for text in texts(root, "Amt/InstdAmt")]
    assert amounts == [one.amount for one in asked.transfers]
    for path in ("GrpHdr/CtrlSum", "PmtInf/CtrlSum"):
        assert [Decimal(text) for text in texts(root, path)] == [sum(amounts)]
    references = [one.reference for one in asked.transfers]
    assert texts(root, "PmtId/InstrId") == texts(root, "PmtId/EndToEndId") == references
    for title, reference in zip(texts(root, "RmtInf/Ustrd"), references, strict=True):
        assert title.endswith(reference)
    for tag in ("Nm", "AdrLine", "StrtNm", "BldgNb", "PstCd", "TwnNm", "Ustrd"):
        assert all(REPERTOIRE.issuperset(text) for text in texts(root, tag))
    assert texts(root, "SvcLvl") == []


def test_the_instant_is_told_in_polish_time():
    summer = order(transfer(), made_at=datetime(2026, 7, 1, 22, 30, 1, 999, tzinfo=UTC))
    assert texts(etree.fromstring(pain(summer, Version.V03)), "CreDtTm") == ["2026-07-02T00:30:01"]


@pytest.mark.parametrize("addresses", Addresses)
def test_who_has_no_address_gets_none(addresses: Addresses):
    root = etree.fromstring(pain(order(transfer(party=Party("Jan Kot"))), Version.V09, addresses))
    assert texts(root, "Cdtr/Nm") == ["Jan Kot"]
    assert texts(root, "Cdtr/PstlAdr") == []


@pytest.mark.parametrize(
    ("street", "parts"),
    [
        ("ul. Długa 10/12", ["ul. Długa", "10/12"]),
        ("ul. Długa 12 A", ["ul. Długa", "12 A"]),
        ("ul. Długa 5b m. 3", ["ul. Długa", "5b m. 3"]),
        ("os. 1000-lecia, 4/7a", ["os. 1000-lecia", "4/7a"]),
        ("Przykładowo 7", ["Przykładowo", "7"]),
        ("ul. 3 Maja", ["ul. 3 Maja"]),
        ("pl. Wolności", ["pl. Wolności"]),
    ],
)
def test_a_house_number_stands_by_itself(street: str, parts: list[str]):
    asked = order(transfer(party=Party("Jan Kot", street, "00-000", "Przykładowo")))
    root = etree.fromstring(pain(asked, Version.V03, Addresses.STRUCTURED))
    found = [*texts(root, "Cdtr/PstlAdr/StrtNm"), *texts(root, "Cdtr/PstlAdr/BldgNb")]
    assert found == parts


def test_a_file_that_the_schema_refuses_is_not_given_out(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(pain_module, "_NAME", 200)
    with pytest.raises(etree.DocumentInvalid):
        pain(order(transfer(party=Party("Ż" * 200))), Version.V03)
