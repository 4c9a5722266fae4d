"""What a booking is, without a database: sure where everything agrees, asked about where it does not."""

from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benefits.bank.answer import Booking
from benefits.rules.matching import Payment, Seen, Stage, Why, judge, matched

FULL = Decimal("2140.68")


def payment(number: int, amount: Decimal = FULL, stage: Stage = Stage.WAITS, **told: str) -> Payment:
    told.setdefault("file", "LW/1/2026")
    told.setdefault("account", f"{number:026}")
    return Payment(
        key=UUID(int=number), reference=f"LW/1/2026-{number:02}", amount=amount, stage=stage, **told
    )


def seen(amount: Decimal, *references: str, number: int = 900, **told: str) -> Seen:
    return Seen(key=UUID(int=number), amount=amount, references=references, **told)


ONE, TWO = payment(1), payment(2)
BOTH = [ONE, TWO]


def test_reference_amount_and_account_are_that_payment():
    assert judge(seen(-FULL, "LW/1/2026-01", account=ONE.account), BOTH).payments == (ONE,)
    # What the bank leaves out contradicts nothing.
    assert judge(seen(-FULL, "LW/1/2026-01"), BOTH).payments == (ONE,)


REFUSED = {
    "amount": (seen(-FULL - 1, "LW/1/2026-01"), BOTH, Why.AMOUNT),
    "account": (seen(-FULL, "LW/1/2026-01", account=TWO.account), BOTH, Why.ACCOUNT),
    "booked": (seen(-FULL, "LW/1/2026-01"), [replace(ONE, stage=Stage.BOOKED), TWO], Why.BOOKED),
    "back": (seen(-FULL, "LW/1/2026-01"), [replace(ONE, stage=Stage.BACK), TWO], Why.BACK),
    "two readings": (seen(-FULL, "LW/1/2026-01", "LW/1/2026-02"), BOTH, Why.SEVERAL),
    "unknown": (seen(-FULL, "LW/7/2026-01"), BOTH, Why.UNKNOWN),
    "file": (seen(-FULL, "LW/1/2026"), BOTH, Why.FILE),
    "file in part": (seen(-2 * FULL, "LW/1/2026"), [replace(ONE, stage=Stage.BOOKED), TWO], Why.FILE),
    "back twice": (seen(FULL, "LW/1/2026-01"), [replace(ONE, stage=Stage.BACK), TWO], Why.BACK),
    "another amount back": (seen(FULL + 1, "LW/1/2026-01"), BOTH, Why.AMOUNT),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_does_not_agree_is_not_taken_and_says_why(name: str):
    booking, payments, why = REFUSED[name]
    found = judge(booking, payments)
    assert (found.payments, found.why) == ((), why)


def test_two_readings_of_a_title_are_told_apart_by_the_account():
    found = judge(seen(-FULL, "LW/1/2026-01", "LW/1/2026-02", account=TWO.account), BOTH)
    assert found.payments == (TWO,)
    back = judge(seen(FULL, "LW/1/2026-01", "LW/1/2026-02", account=TWO.account), BOTH)
    assert back.payments == (TWO,)


def test_a_whole_file_is_all_of_its_payments():
    assert judge(seen(-2 * FULL, "LW/1/2026"), BOTH).payments == (ONE, TWO)
    # Without its name the total is only a proposal.
    assert judge(seen(-2 * FULL), BOTH).proposals == ((ONE, TWO),)


def test_account_and_amount_are_proposed_and_never_taken():
    found = judge(seen(-FULL, account=ONE.account), [ONE, replace(TWO, account=ONE.account)])
    assert found.payments == ()
    assert len(found.proposals) == 2


def test_money_that_came_is_a_return_when_it_is_named_and_asked_about_when_it_looks_like_one():
    booked = [replace(one, stage=Stage.BOOKED) for one in BOTH]
    assert judge(seen(FULL, "LW/1/2026-01", account="9" * 26), booked).payments == (booked[0],)
    assert judge(seen(FULL, account=TWO.account), booked).proposals == ((booked[1],),)
    assert len(judge(seen(FULL, title="Zwrócono przelew"), booked).proposals) == 2
    assert judge(seen(FULL, title="Refundacja"), booked).proposals == ()


def test_payments_go_on_with_the_bookings():
    twice = [seen(-FULL, "LW/1/2026-01", number=number) for number in (901, 902)]
    back = seen(FULL, "LW/1/2026-01", number=903)
    assert [(one.key.int, found[0].stage) for one, found in matched([*twice, back], BOTH)] == [
        (901, Stage.WAITS),
        (903, Stage.BOOKED),
    ]


_AMOUNTS = st.sampled_from([FULL, Decimal("100.00"), Decimal("0.01")])
_PAYMENTS = st.lists(
    st.builds(
        payment,
        st.integers(1, 6),
        _AMOUNTS,
        st.sampled_from(Stage),
        file=st.sampled_from(["", "LW/1/2026", "LW/1/2026-R1"]),
        account=st.sampled_from(["", "1" * 26, "2" * 26]),
    ),
    max_size=6,
    unique_by=lambda one: one.key,
)
_REFERENCES = st.lists(
    st.sampled_from(["LW/1/2026", "LW/1/2026-R1", *(f"LW/1/2026-0{number}" for number in range(1, 8))]),
    max_size=2,
    unique=True,
)
_SEEN = st.builds(
    Seen,
    key=st.uuids(),
    amount=st.builds(lambda amount, times: amount * times, _AMOUNTS, st.integers(-3, 3).filter(bool)),
    references=_REFERENCES.map(tuple),
    account=st.sampled_from(["", "1" * 26, "2" * 26]),
    title=st.sampled_from(["", "ZWROT", "CZYNSZ"]),
)


@given(st.lists(_SEEN, max_size=8, unique_by=lambda one: one.key), _PAYMENTS)
def test_whatever_the_bank_says_nothing_is_taken_that_does_not_agree(
    bookings: list[Seen], payments: list[Payment]
):
    booked: Counter[UUID] = Counter()
    returned: Counter[UUID] = Counter()
    for one, found in matched(bookings, payments):
        # To the grosz, by our own name.
        assert sum(each.amount for each in found) == abs(one.amount)
        assert all(each.reference in one.references or each.file in one.references for each in found)
        if one.amount < 0:
            assert all(each.stage is Stage.WAITS for each in found)
            booked.update(each.key for each in found)
        else:
            assert len(found) == 1
            assert found[0].stage is not Stage.BACK
            returned.update(each.key for each in found)
    assert max(booked.values(), default=0) <= 1
    assert max(returned.values(), default=0) <= 1


@given(_SEEN, _PAYMENTS)
def test_what_is_proposed_makes_the_amount(one: Seen, payments: list[Payment]):
    for group in judge(one, payments).proposals:
        assert sum(each.amount for each in group) == abs(one.amount)


@pytest.mark.parametrize(
    ("title", "read"),
    [
        ("LW/1/2026-01", ["LW/1/2026-01"]),
        ("ZWROT LW/1/2026-01 10.11.2026", ["LW/1/2026-01"]),
        ("LW/1/ 2026-01-R1", ["LW/1/2026-01-R1"]),
        ("PREMIA LW/1/2026-12-P-R2", ["LW/1/2026-12-P-R2"]),
        ("LW/1/2026-10 0", ["LW/1/2026-10", "LW/1/2026-100"]),
        ("PACZKA LW/1/2026", ["LW/1/2026"]),
        ("PACZKA LW/1/2026-R1 Z DNIA", ["LW/1/2026-R1"]),
        ("FAKTURA 1/2026", []),
    ],
)
def test_our_references_are_read_wherever_a_title_breaks(title: str, read: list[str]):
    booking = Booking(line=1, day=date(2026, 11, 20), amount=Decimal(1), title=title)
    assert list(booking.references) == read
