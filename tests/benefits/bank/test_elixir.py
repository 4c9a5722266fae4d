"""Elixir-0: the hand-made sample, and texts that would like to break a record."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given, settings

from benefits.bank.elixir import Encoding, elixir, party_lines
from benefits.bank.facts import Order, Party
from benefits.bank.letters import REPERTOIRE, WIDTH
from tests.benefits.bank.made import LUCJA, ORDERS, UNIT, order, sample, transfer

ROOT = Path(__file__).resolve().parents[3]
SAMPLE = ROOT.parent / "shared" / "domain" / "formats" / "elixir0-sample.cp1250.txt"


def test_the_hand_made_sample_comes_out_byte_for_byte():
    assert elixir(sample(), Encoding.CP1250) == SAMPLE.read_bytes()


@pytest.mark.parametrize("encoding", Encoding)
def test_encodings_differ_in_bytes_only(encoding: Encoding):
    written = elixir(sample(), encoding)
    assert written.decode(encoding) == SAMPLE.read_bytes().decode("cp1250")
    assert written == elixir(sample(), encoding)


def test_cp852_is_the_one_of_banks():
    # "Ś" and "Ł" as the code page of DOS has them.
    assert b'"\x97WIADCZENIE' in elixir(sample(), Encoding.CP852)
    assert b'"\x9ducja' in elixir(sample(), Encoding.CP852)


@settings(deadline=None, max_examples=60)
@given(ORDERS)
def test_no_text_breaks_a_record_or_adds_a_field(asked: Order):
    text = elixir(asked, Encoding.CP852).decode(Encoding.CP852)
    records = text.removesuffix("\r\n").split("\r\n")
    assert len(records) == len(asked.transfers)
    rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    for transfer_, row in zip(asked.transfers, rows, strict=True):
        assert len(row) == 15
        assert [row[0], row[4], row[9], *row[12:]] == ["110", "0", "0", "", "", "51"]
        assert [row[5], row[6], int(row[2])] == [asked.account, transfer_.account, transfer_.amount * 100]
        assert [row[3], row[10]] == [asked.account[2:10], transfer_.account[2:10]]
        for field in (row[7], row[8], row[11]):
            lines = field.split("|")
            assert len(lines) == 4
            assert all(len(line) <= WIDTH and REPERTOIRE.issuperset(line) for line in lines)
        # A dot below would take the letter's own dot away.
        assert row[7][0] in "ŻZ"
        assert row[8][0] in "ŻZ"
        assert transfer_.reference in row[11].split("|")
    assert sum(int(row[2]) for row in rows) == asked.total * 100


def test_a_name_made_to_be_a_field_stays_a_name():
    attack = 'Ewa",0,99999999,"|x\r\n110,20251110,1,'
    text = elixir(order(transfer(party=Party(attack))), Encoding.UTF8).decode()
    assert text.count("\r\n") == 1
    (row,) = csv.reader([text])
    assert row[8] == "Ewa',0,99999999,'/x 110,20251110,1,|||"


def test_name_and_address_take_four_lines():
    assert party_lines(UNIT) == (
        "Centrum Integracji Społecznej",
        "w Przykładowie",
        "ul. Wzorcowa 1",
        "00-000 Przykładowo",
    )
    assert party_lines(LUCJA) == ("Łucja Przykład", "ul. Różana 5", "00-000 Przykładowo")


def test_who_has_no_address_is_paid_under_the_name_alone():
    assert '"Jan Kot|||"' in elixir(order(transfer(party=Party("Jan Kot"))), Encoding.UTF8).decode()


def test_what_does_not_fit_loses_the_end_of_its_longest_part():
    long = Party("Imię " * 40, "ul. Generała Władysława Andersa w Lesie 12", "00-000", "Przykładowo")
    assert party_lines(long) == (
        "Imię Imię Imię Imię Imię Imię Imię",
        "Imię Imię Imię Imię Imię Imię Imię",
        "ul. Generała Władysława Andersa",
        "00-000 Przykładowo",
    )
