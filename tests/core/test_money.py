import contextlib
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reintegration.core.errors import InputError
from reintegration.core.money import grosz, parse_money, up10, whole

exact_amounts = st.fractions(min_value=-(10**9), max_value=10**9, max_denominator=10_000)


@pytest.mark.parametrize(
    ("value", "rounded"),
    [("53.517", "53.52"), ("53.515", "53.52"), ("53.5149", "53.51"), ("-53.515", "-53.52"), ("2", "2.00")],
)
def test_half_a_grosz_goes_up(value, rounded):
    assert str(grosz(Decimal(value))) == rounded


@pytest.mark.parametrize(
    ("value", "rounded"),
    [
        ("2066.28", "2066.30"),
        ("2140.68", "2140.70"),
        ("2140.70", "2140.70"),
        ("0.001", "0.10"),
        ("0", "0.00"),
    ],
)
def test_a_benefit_is_rounded_up_to_ten_grosze(value, rounded):
    assert str(up10(Decimal(value))) == rounded


@pytest.mark.parametrize(("value", "rounded"), [("1498.50", "1499.00"), ("1498.49", "1498.00")])
def test_a_tax_base_is_rounded_to_whole_zloty(value, rounded):
    assert str(whole(Decimal(value))) == rounded


@given(exact_amounts)
def test_rounding_moves_less_than_its_unit(value):
    assert abs(Fraction(grosz(value)) - value) <= Fraction(1, 200)
    assert abs(Fraction(whole(value)) - value) <= Fraction(1, 2)
    assert 0 <= Fraction(up10(value)) - value < Fraction(1, 10)


@given(exact_amounts)
def test_rounding_twice_changes_nothing(value):
    for rounding in (grosz, up10, whole):
        assert rounding(rounding(value)) == rounding(value)


@given(exact_amounts)
def test_a_correction_mirrors_the_amount_it_takes_back(value):
    assert grosz(-value) == -grosz(value)


@pytest.mark.parametrize("value", [1.5, 0.1, True, "1.50", None])
@pytest.mark.parametrize("rounding", [grosz, up10, whole])
def test_a_float_is_never_money(rounding, value):
    with pytest.raises(TypeError):
        rounding(value)


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-Infinity"])
def test_what_is_not_finite_is_never_money(value):
    with pytest.raises(ValueError, match="finite"):
        grosz(Decimal(value))


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1 966,06 zł", "1966.06"),
        ("1\u00a0966,06\u00a0zł", "1966.06"),
        ("1\u202f966,06", "1966.06"),
        ("1966.06", "1966.06"),
        ("1966,06", "1966.06"),
        ("1966,6", "1966.60"),
        ("1.966,06", "1966.06"),
        ("1 234 567,89 PLN", "1234567.89"),
        ("200", "200.00"),
        ("200,", "200.00"),
        ("0", "0.00"),
        ("0007", "7.00"),
        ("+5", "5.00"),
        (" 5 zł ", "5.00"),
        ("-0,00", "0.00"),
        ("9999999999,99", "9999999999.99"),
    ],
)
def test_an_amount_is_read_as_people_type_it(text, amount):
    assert str(parse_money(text)) == amount


def test_an_amount_below_zero_is_read_only_where_it_makes_sense():
    assert parse_money("\u2212214,07 zł", negative=True) == Decimal("-214.07")
    assert parse_money("-214.07", negative=True) == Decimal("-214.07")
    with pytest.raises(InputError, match="mniejsza od zera"):
        parse_money("-214,07")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "Wpisz samą kwotę"),
        ("dużo", "Wpisz samą kwotę"),
        ("1,2,3", "Wpisz samą kwotę"),
        ("12 34", "Wpisz samą kwotę"),
        ("1e5", "Wpisz samą kwotę"),
        ("NaN", "Wpisz samą kwotę"),
        ("١٢", "Wpisz samą kwotę"),
        ("5\x00", "Wpisz samą kwotę"),
        ("1.966", "Kropka może dzielić tysiące albo grosze"),
        ("1,234", "Wpisano 3 cyfry po przecinku"),
        ("1,23456", "Wpisano 5 cyfr po przecinku"),
        ("10000000000", "za duża"),
        ("9" * 10_000, "za duża"),
    ],
)
def test_what_is_no_amount_is_refused_with_the_reason(text, says):
    with pytest.raises(InputError, match=says):
        parse_money(text)


@given(st.text(alphabet="0123456789 ,.-zł\u00a0", max_size=14))
def test_any_text_is_an_amount_or_a_sentence(text):
    with contextlib.suppress(InputError):
        assert parse_money(text, negative=True).as_tuple().exponent == -2
