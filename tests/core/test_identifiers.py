import contextlib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import iban

from reintegration.core import identifiers
from reintegration.core.errors import InputError
from reintegration.core.identifiers import (
    false_pesel,
    format_nip,
    format_nrb,
    format_phone,
    is_false_pesel,
    nrb_to_iban,
    parse_krs,
    parse_nip,
    parse_nrb,
    parse_pesel,
    parse_phone,
    parse_postcode,
    parse_regon,
    pesel_birth_date,
    pesel_sex,
)

# An account of no bank: the settlement number 00000000 is nobody's.
ACCOUNT = "74000000000000000000000001"
FALSE = false_pesel(date(1801, 3, 14), 12, "K")


def test_a_made_up_pesel_carries_its_date_and_sex():
    assert parse_pesel(FALSE) == FALSE
    assert (pesel_birth_date(FALSE), pesel_sex(FALSE)) == (date(1801, 3, 14), "K")
    assert pesel_sex(false_pesel(date(1801, 3, 14), 12, "M")) == "M"
    assert is_false_pesel(FALSE)


@given(
    st.one_of(st.dates(date(1800, 1, 1), date(1899, 12, 31)), st.dates(date(2100, 1, 1), date(2299, 12, 31))),
    st.integers(0, 999),
    st.sampled_from("KM"),
)
def test_every_made_up_pesel_is_read(birth, serial, sex):
    number = false_pesel(birth, serial, sex)
    assert parse_pesel(number) == number
    assert (pesel_birth_date(number), pesel_sex(number)) == (birth, sex)
    assert is_false_pesel(number)


def test_a_made_up_pesel_never_belongs_to_somebody_alive():
    with pytest.raises(ValueError, match="nobody alive"):
        false_pesel(date(1990, 1, 1), 1, "K")
    with pytest.raises(ValueError, match="series"):
        false_pesel(date(1801, 1, 1), 1000, "K")


@given(st.integers(0, 9), st.integers(1, 9))
def test_one_wrong_digit_of_a_pesel_is_found(place, change):
    wrong = list(FALSE)
    wrong[place] = str((int(wrong[place]) + change) % 10)
    with pytest.raises(InputError):
        parse_pesel("".join(wrong))


def test_spaces_and_dashes_do_not_matter():
    assert parse_pesel(f" {FALSE[:6]} {FALSE[6:]}\u00a0") == FALSE
    assert parse_nrb(format_nrb(ACCOUNT)) == ACCOUNT
    assert parse_nrb(f"pl {ACCOUNT}") == parse_nrb(f"PL{ACCOUNT}") == ACCOUNT
    assert parse_nip("PL 123-456-32-18") == "1234563218"
    assert parse_postcode(" 20 001") == parse_postcode("20001") == "20-001"
    assert parse_krs("0000 012 345") == parse_krs("12345") == "0000012345"
    assert parse_regon("123456785") == "123456785"


@given(st.text("0123456789", min_size=24, max_size=24), st.integers(0, 99) | st.none())
def test_an_account_is_what_the_library_of_numbers_takes_for_one(rest, digits):
    right = 98 - int(f"{rest}252100") % 97
    number = f"{right if digits is None else digits:02}{rest}"
    try:
        taken = parse_nrb(number) == number
    except InputError:
        taken = False
    assert taken == iban.is_valid(f"PL{number}")
    assert taken or digits is not None


def test_numbers_are_shown_in_groups():
    assert format_nip("1234563218") == "123-456-32-18"
    assert format_nip("") == ""
    assert format_nrb(ACCOUNT).replace("\u00a0", " ") == "74 0000 0000 0000 0000 0000 0001"
    assert nrb_to_iban(ACCOUNT) == f"PL{ACCOUNT}"
    assert format_phone("+48601234567").replace("\u00a0", " ") == "601 234 567"
    assert format_phone("+380441234567") == "+380441234567"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("601 234 567", "+48601234567"),
        ("+48 601-234-567", "+48601234567"),
        ("0048601234567", "+48601234567"),
        ("48 601 234 567", "+48601234567"),
        ("(81) 532 10 10", "+48815321010"),
        ("+380 44 123 45 67", "+380441234567"),
    ],
)
def test_a_phone_number_is_read_as_people_write_it(text, number):
    assert parse_phone(text) == number


@pytest.mark.parametrize(
    ("parse", "text", "says"),
    [
        (parse_nrb, ACCOUNT[:-1], "Wpisano 25 cyfr, potrzeba 26."),
        (parse_nrb, ACCOUNT[:-1] + "2", "Cyfry kontrolne rachunku się nie zgadzają"),
        (parse_nrb, "", "Wpisz numer rachunku: 26 cyfr."),
        (parse_nrb, "DE" + ACCOUNT, "Numer rachunku składa się z cyfr, a wpisano „D”"),
        (parse_pesel, FALSE[:-1], "Wpisano 10 cyfr, potrzeba 11."),
        (parse_pesel, "12", "Wpisano 2 cyfry, potrzeba 11."),
        (parse_pesel, "1", "Wpisano 1 cyfrę, potrzeba 11."),
        (parse_pesel, "01833200000", "nie jest datą urodzenia"),
        (parse_pesel, FALSE[:-1] + str((int(FALSE[-1]) + 1) % 10), "Cyfra kontrolna PESEL"),
        (parse_pesel, FALSE[:-1] + "\x00", "wpisano znak sterujący"),
        (parse_pesel, "٠" * 11, "składa się z cyfr"),
        (parse_regon, "000000000", "nie składa się z samych zer"),
        (parse_nip, "1234563219", "Cyfra kontrolna NIP"),
        (parse_nip, "0000000000", "nie składa się z samych zer"),
        (parse_regon, "123456784", "Cyfra kontrolna REGON"),
        (parse_regon, "1234567", "Wpisano 7 cyfr, potrzeba 9 albo 14."),
        (parse_krs, "0", "nie składa się z samych zer"),
        (parse_krs, "12345678901", "Wpisano 11 cyfr, potrzeba 10."),
        (parse_postcode, "2000", "Wpisano 4 cyfry, potrzeba 5."),
        (parse_phone, "12345", "Wpisano 5 cyfr, potrzeba 9."),
        (parse_phone, "012345678", "nie zaczyna się od zera"),
        (parse_phone, "+1234", "od 7 do 15 cyfr"),
        (parse_phone, "", "Wpisz numer telefonu: 9 cyfr."),
    ],
)
def test_a_wrong_number_is_refused_with_what_to_correct(parse, text, says):
    with pytest.raises(InputError, match=says):
        parse(text)


PARSERS = [
    value for name, value in vars(identifiers).items() if name.startswith("parse_") and callable(value)
]


@pytest.mark.parametrize("parse", PARSERS, ids=lambda parse: parse.__name__)
@given(text=st.text(max_size=30))
def test_any_text_is_a_number_or_a_sentence(parse, text):
    with contextlib.suppress(InputError):
        assert parse(parse(text)) == parse(text)
