"""A bank's MT940: what it says, in the shapes that banks write; and a broken file is taken nowhere."""

from contextlib import suppress
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benefits.bank.answer import BrokenLine
from benefits.bank.mt940 import read_mt940
from reintegration.core.errors import InputError
from tests.benefits.bank.made import account

OWN, HERS = account(1), account(2)


def statement(*bookings: str, closing: str = "C261110PLN860,51") -> str:
    return "\r\n".join(
        (
            "{1:F01BANKPLPWAXXX0000000000}{2:I940BANKPLPWXXXXN}{4:",
            ":20:MT940",
            f":25:/PL{OWN}",
            ":28C:00211",
            ":60F:C261109PLN3001,19",
            *bookings,
            f":62F:{closing}",
            ":64:C261110PLN860,51",
            "-}",
        )
    )


SENT = (
    ":61:2611101110D2140,68N641NONREF//BR26314000001",
    ":86:641~00PRZELEW WYCHODZACY~20SWIADCZENIE INTEGRACYJNE 10/~212026 WOLNE OD EGZEKUCJI LW~22/1/2026-01",
    f"~30{HERS[2:10]}~31{HERS}~32LUCJA PRZYKLAD~33UL. ROZANA 5~38PL{HERS}",
)


def test_a_transfer_of_ours_is_known_by_its_reference_wherever_the_title_breaks():
    (answer,) = read_mt940(statement(*SENT))
    assert (answer.account, answer.number) == (OWN, "00211")
    assert (answer.opening, answer.closing) == (Decimal("3001.19"), Decimal("860.51"))
    (one,) = answer.bookings
    assert (one.day, one.amount) == (date(2026, 11, 10), Decimal("-2140.68"))
    assert (one.account, one.name) == (HERS, "LUCJA PRZYKLAD UL. ROZANA 5")
    assert one.references == ("LW/1/2026-01",)
    assert one.bank_reference == "BR26314000001"


@pytest.mark.parametrize("sign", ["?", "<", "^", "~"])
def test_each_bank_divides_the_details_by_a_sign_of_its_own(sign: str):
    lines = [line.replace("~", sign) for line in SENT]
    (one,) = read_mt940(statement(*lines))[0].bookings
    assert (one.references, one.account) == (("LW/1/2026-01",), HERS)


def test_a_payment_that_came_back_is_money_that_came():
    back = (":61:2611101110RD2140,68NRTINONREF", ":86:ZWROT LW/1/2026-01 RACHUNEK ZAMKNIETY")
    (answer,) = read_mt940(statement(*SENT, *back, closing="C261110PLN3001,19"))
    assert [one.amount for one in answer.bookings] == [Decimal("-2140.68"), Decimal("2140.68")]
    assert answer.bookings[1].references == ("LW/1/2026-01",)
    assert answer.bookings[1].account == ""


def test_a_premium_has_a_reference_of_its_own():
    line = (":61:2611101110D2140,68N641LW/1/2026-01-P//X", ":86:PREMIA")
    (one,) = read_mt940(statement(*line))[0].bookings
    assert (one.references, one.end_to_end) == (("LW/1/2026-01-P",), "LW/1/2026-01-P")


def test_several_days_stand_in_one_file():
    answers = read_mt940(statement(*SENT) + "\r\n" + statement(*SENT))
    assert [one.number for one in answers] == ["00211", "00211"]


BROKEN = {
    "balance": (SENT, "C261110PLN860,52", "nie zgadza się z operacjami", 9),
    "amount": ((":61:2611101110D21A0,68N641NONREF", ":86:X"), "C261110PLN860,51", "nie jest operacją", 6),
    "day": ((":61:2613991110D2140,68N641NONREF", ":86:X"), "C261110PLN860,51", "nie jest dniem", 6),
    "currency": (SENT, "C261110EUR860,51", "konto jest w EUR", 9),
    # Read on over, the title of a movement would be lost without a word.
    "tag": ((SENT[0], ":8:X"), "C261110PLN860,51", "nie jest znanym polem", 7),
    "tag of nothing": ((SENT[0], ":68:X"), "C261110PLN860,51", "nie jest znanym polem", 7),
    "movement": ((*SENT, ":61 :2611101110D1,00N641X"), "C261110PLN860,51", "nie jest znanym polem", 9),
    "huge": ((f":61:2611101110D{'9' * 40}N641NONREF", ":86:X"), "C261110PLN860,51", "za dużo", 6),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_line_is_named_by_its_number(name: str):
    lines, closing, said, number = BROKEN[name]
    with pytest.raises(BrokenLine, match=said) as refused:
        read_mt940(statement(*lines, closing=closing))
    assert refused.value.line == number


@pytest.mark.parametrize("missing", [":25:", ":60F:", ":62F:"])
def test_without_account_or_balances_there_is_no_statement(missing: str):
    lines = [line for line in statement(*SENT).splitlines() if not line.startswith(missing)]
    with pytest.raises(BrokenLine):
        read_mt940("\n".join(lines))


@pytest.mark.parametrize("text", ["", "-", "Imię;Kwota\nAnna;5,00"])
def test_another_file_is_told_from_a_statement(text: str):
    with pytest.raises(InputError):
        read_mt940(text)


@given(st.text(max_size=200))
def test_whatever_is_brought_is_read_or_refused(text: str):
    with suppress(InputError):
        assert read_mt940(text)


@given(st.lists(st.integers(-(10**8), 10**8).filter(bool), max_size=6))
def test_amounts_come_out_as_they_went_in(grosze: list[int]):
    lines = [
        line
        for one in grosze
        for line in (
            f":61:2611101110{'C' if one > 0 else 'D'}{abs(one) // 100},{abs(one) % 100:02}N641NONREF",
            ":86:X",
        )
    ]
    total = 300119 + sum(grosze)
    closing = f"{'C' if total >= 0 else 'D'}261110PLN{abs(total) // 100},{abs(total) % 100:02}"
    (answer,) = read_mt940(statement(*lines, closing=closing))
    assert [int(one.amount * 100) for one in answer.bookings] == grosze
