"""An order is refused while somebody can still correct it, and the sentence names the person."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from benefits.bank.facts import Party
from benefits.bank.title import benefit_title
from reintegration.core.dates import Month
from reintegration.core.errors import InputError
from tests.benefits.bank.made import OCTOBER, OWN, order, sample, transfer

REFERENCE = "LW/2025/10/001-01"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"amount": Decimal(0)}, "Łucja Przykład: kwota przelewu ma być większa od zera."),
        ({"amount": Decimal("-0.01")}, "większa od zera"),
        ({"amount": Decimal("NaN")}, "większa od zera"),
        ({"amount": Decimal("1.001")}, "Łucja Przykład: kwota przelewu ma części mniejsze od grosza."),
        ({"amount": Decimal("1e11")}, "Łucja Przykład: kwota przelewu jest za duża."),
        ({"account": OWN[:-1]}, "Łucja Przykład, konto: Wpisano 25 cyfr, potrzeba 26."),
        ({"account": OWN[:-1] + "7"}, "Łucja Przykład, konto: Cyfry kontrolne"),
        ({"reference": "ŁW/1"}, "Oznaczenie „ŁW/1” nie nadaje się"),
        ({"reference": "L" * 36}, "nie nadaje się"),
        ({"reference": "LW//1"}, "nie nadaje się"),
        ({"reference": "LW 1"}, "nie nadaje się"),
        ({"reference": ""}, "nie nadaje się"),
        ({"title": ("BEZ OZNACZENIA",)}, f"w tytule przelewu brakuje oznaczenia „{REFERENCE}”"),
        ({"title": ()}, "Łucja Przykład: tytuł przelewu nie mieści się"),
        ({"title": ("A", "B", "C", "D", REFERENCE)}, "nie mieści się"),
        ({"title": ("X" * 36, REFERENCE)}, "nie mieści się"),
        ({"title": ("Щ" * 9, REFERENCE)}, "nie mieści się"),
        ({"reference": "L" * 35, "title": ("X" * 35, "Y" * 35, "Z" * 35, "L" * 35)}, "najwyżej 140"),
    ],
)
def test_a_transfer_that_no_bank_would_take_is_refused(given: dict[str, Any], said: str):
    with pytest.raises(InputError) as refused:
        transfer(**given)
    assert said in refused.value.message


def test_a_float_is_no_amount():
    with pytest.raises(TypeError):
        transfer(amount=2066.28)


@pytest.mark.parametrize("name", ["", " \n", "🙂", "李明", '|"', "112"])
def test_a_name_without_a_letter_for_the_bank_is_refused(name: str):
    with pytest.raises(InputError):
        Party(name)


def test_an_account_is_kept_bare():
    assert transfer(account="PL 64 1020 5558 1111 0000 0000 0002").account == "64102055581111000000000002"


def test_an_order_without_transfers_is_refused():
    with pytest.raises(InputError, match="Nie ma żadnego przelewu"):
        order()


def test_a_reference_names_one_thing():
    with pytest.raises(InputError, match=f"Łucja Przykład: oznaczenie „{REFERENCE}” powtarza się"):
        order(transfer(), transfer())
    with pytest.raises(InputError, match="powtarza się"):
        order(transfer(), reference=REFERENCE)


def test_money_does_not_go_back_to_the_account_it_comes_from():
    with pytest.raises(InputError, match="Łucja Przykład: konto odbiorcy jest kontem, z którego idą"):
        order(transfer(), account=transfer().account)


@pytest.mark.parametrize(
    "given",
    [{"made_at": datetime(2025, 11, 10)}, {"day": datetime(2025, 11, 10, tzinfo=UTC)}],
    ids=["naive instant", "instant as a day"],
)
def test_instants_and_days_are_told_apart(given: dict[str, date]):
    with pytest.raises(TypeError):
        order(transfer(), **given)


def test_amounts_add_up():
    assert sample().total == Decimal("3564.33")


def test_the_title_of_a_benefit_tells_a_bailiff_to_leave_it():
    assert benefit_title(OCTOBER, REFERENCE) == (
        "ŚWIADCZENIE INTEGRACYJNE 10/2025",
        "WOLNE OD EGZEKUCJI",
        REFERENCE,
    )
    # With the longest of all references it still fits.
    longest = "L" * 35
    assert transfer(reference=longest, title=benefit_title(Month(2026, 1), longest)).title_lines[2] == longest
