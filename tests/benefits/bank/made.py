"""Orders for tests of the bank's files; accounts have right check digits and belong to nobody."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from benefits.bank.facts import Order, Party, Transfer
from benefits.bank.title import benefit_title
from reintegration.core.dates import Month

OCTOBER = Month(2025, 10)
UNIT = Party("Centrum Integracji Społecznej w Przykładowie", "ul. Wzorcowa 1", "00-000", "Przykładowo")
LUCJA = Party("Łucja Przykład", "ul. Różana 5", "00-000", "Przykładowo")
ZEGOTA = Party("Żegota Wzór", "Polna 7", "00-000", "Przykładowo")


def account(number: int) -> str:
    """An account of a bank with few digits."""
    body = f"{number:024}"
    return f"{98 - int(f'{body}252100') % 97:02}{body}"


OWN = account(9 * 10**17)


def transfer(**given: Any) -> Transfer:
    given.setdefault("reference", "LW/2025/10/001-01")
    given.setdefault("party", LUCJA)
    given.setdefault("account", "64102055581111000000000002")
    given.setdefault("amount", Decimal("2066.28"))
    given.setdefault("title", benefit_title(OCTOBER, given["reference"]))
    return Transfer(**given)


def order(*transfers: Transfer, **given: Any) -> Order:
    given.setdefault("reference", "LW/2025/10/001")
    given.setdefault("made_at", datetime(2025, 11, 10, 8, 30, tzinfo=UTC))
    given.setdefault("day", date(2025, 11, 10))
    given.setdefault("payer", UNIT)
    given.setdefault("account", "50116022020000000000000001")
    return Order(transfers=transfers, **given)


def sample() -> Order:
    """The order of the hand-made sample."""
    return order(
        transfer(),
        transfer(
            reference="LW/2025/10/001-02",
            party=ZEGOTA,
            account="24124015740000000000000003",
            amount=Decimal("1498.05"),
        ),
    )


# What would break a record if it got through, and letters that grow when they are spelled out.
_BITING = st.text("|\",;:&<>„”'\\\r\n\t\x00\x1f\x85\u2028\u202e\uff02\uff5c ąŁßїЩзг李🙂+-=@?", max_size=90)
HOSTILE = _BITING | st.text(max_size=90)
# Short enough to fit a line even when each letter becomes four.
_TITLES = st.lists(st.text('|",\r\n<&„ąŁЩ🙂\x00 -', max_size=8), max_size=2)
_PARTIES = st.builds(
    Party, HOSTILE.map("Ż{}".format), street=HOSTILE, postcode=st.text(max_size=8), town=HOSTILE
)
_PAYMENTS = st.tuples(_PARTIES, st.integers(1, 10**12 - 1), st.integers(1, 10**17), _TITLES)


def _order(payer: Party, payments: list[tuple[Party, int, int, list[str]]]) -> Order:
    transfers = [
        transfer(
            reference=f"LW/1-{number:02}",
            party=party,
            amount=Decimal(grosze).scaleb(-2),
            account=account(body),
            title=(*title, f"LW/1-{number:02}"),
        )
        for number, (party, grosze, body, title) in enumerate(payments, 1)
    ]
    return order(*transfers, payer=payer, account=OWN)


ORDERS = st.builds(_order, _PARTIES, st.lists(_PAYMENTS, min_size=1, max_size=3))
