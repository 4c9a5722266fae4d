"""The sums of the Labour Fund: no difference without a reason, to the grosz."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benefits.rules.fund import (
    Line,
    application_due,
    cover,
    days_over,
    forecast,
    refusals,
    split,
    standing,
)
from reintegration.core.dates import Month
from reintegration.core.money import ZERO

grosze = st.integers(min_value=0, max_value=500_000).map(lambda n: Decimal(n).scaleb(-2))
signed = st.integers(min_value=-500_000, max_value=500_000).map(lambda n: Decimal(n).scaleb(-2))


@st.composite
def answered(draw: st.DrawFn) -> Line:
    """A row, asked or left out, of which the office gave nothing yet, a part, or all."""
    amount = draw(signed)
    if not draw(st.booleans()):
        return Line(amount, asked=False)
    if draw(st.booleans()):
        return Line(amount)
    part = Decimal(draw(st.integers(0, abs(int(amount * 100))))).scaleb(-2)
    return Line(amount, granted=part if amount >= 0 else -part)


@given(st.lists(answered(), max_size=8), grosze, grosze)
def test_what_was_asked_is_explained_to_the_grosz(rows: list[Line], received: Decimal, advance: Decimal):
    found = standing(rows, received).covered(advance)
    assert found.asked == found.refused + found.pending + found.granted
    assert found.granted == found.received + found.from_advance + found.awaited
    assert found.asked + found.left_out == sum((one.amount for one in rows), ZERO)
    assert found.open == found.pending + found.awaited
    assert found.is_even == (not found.unanswered and found.awaited == 0)


@given(st.lists(answered(), max_size=8))
def test_what_is_given_settles_it(rows: list[Line]):
    """Every row answered, and what was given has come: nothing is open."""
    told = [Line(one.amount, one.asked, one.amount if one.granted is None else one.granted) for one in rows]
    found = standing(told, standing(told).granted)
    assert found.awaited == 0
    assert found.is_even


@given(signed, st.lists(signed, max_size=6))
def test_an_advance_covers_in_order_and_no_more_than_there_is(free: Decimal, owed: list[Decimal]):
    parts = cover(free, owed)
    assert len(parts) == len(owed)
    assert sum(parts, ZERO) == min(max(free, ZERO), sum((max(one, ZERO) for one in owed), ZERO))
    assert all(0 <= part <= max(one, ZERO) for part, one in zip(parts, owed, strict=True))
    short = [number for number, (part, one) in enumerate(zip(parts, owed, strict=True)) if part < one]
    # After the first that is not covered whole, nothing is left for another.
    assert all(part == 0 for part in parts[short[0] + 1 :]) if short else True


@given(grosze, grosze, st.integers(0, 100))
def test_what_is_carried_is_the_rest_to_the_grosz(benefit: Decimal, contributions: Decimal, part: int):
    rest = ((benefit + contributions) * part / 100).quantize(Decimal("0.01"))
    of_benefit, of_contributions = split(rest, benefit, contributions)
    assert of_benefit + of_contributions == rest
    assert -Decimal("0.01") <= of_benefit <= benefit + Decimal("0.01")


def test_the_whole_of_a_row_is_carried_as_it_was():
    assert split(Decimal("2729.80"), Decimal("2140.68"), Decimal("589.12")) == (
        Decimal("2140.68"),
        Decimal("589.12"),
    )
    assert split(Decimal("-10.00"), Decimal("-8.00"), Decimal("-2.00")) == (
        Decimal("-8.00"),
        Decimal("-2.00"),
    )


@given(st.integers(0, 30), st.integers(1, 30), signed, signed)
def test_over_the_places_or_the_amount_is_refused(people: int, places: int, asked: Decimal, left: Decimal):
    found = refusals(people=people, places=places, asked=asked, left=left, year=2026)
    assert len(found) == (people > places) + (asked > left)


def test_a_refusal_says_the_numbers():
    asked = Decimal("8189.40")
    places, amount = refusals(people=3, places=2, asked=asked, left=Decimal("5000.00"), year=2026)
    assert places == "We wniosku są 3 osoby, a umowa daje 2 miejsca. Pomiń 1 osobę i napisz dlaczego."
    assert amount.replace("\u00a0", " ") == (
        "Wniosek jest na 8 189,40 zł, a z kwoty na 2026 rok zostało 5 000,00 zł. Brakuje 3 189,40 zł."
    )
    [unknown] = refusals(people=1, places=2, asked=asked, left=None, year=2027)
    assert "2027" in unknown


@given(
    st.dictionaries(st.integers(1, 11), grosze, min_size=1).map(
        lambda found: {Month(2026, number): amount for number, amount in found.items()}
    ),
    st.dates(date(2026, 1, 1), date(2027, 12, 31)),
)
def test_the_year_is_foretold_by_the_average(spent: dict[Month, Decimal], until: date):
    found = forecast(2026, spent, until=until)
    assert found is not None
    assert found.spent == sum(spent.values(), ZERO)
    assert found.expected >= found.spent
    assert all(max(spent) < month <= Month.of(until) for month in found.months)
    # December is asked for in January, by the next budget.
    assert all(month <= Month(2026, 11) for month in found.months)
    assert abs(found.average * len(spent) - found.spent) <= Decimal("0.005") * len(spent)


def test_nothing_is_foretold_of_nothing():
    assert forecast(2026, {}, until=date(2026, 12, 31)) is None


def test_a_forecast_says_how_it_was_made():
    spent = {Month(2026, 8): Decimal("1000.00"), Month(2026, 9): Decimal("2000.00")}
    found = forecast(2026, spent, until=date(2026, 12, 31))
    assert found is not None
    assert found.expected == Decimal("6000.00")
    assert found.words.replace("\u00a0", " ") == (
        "Jeszcze 2 wnioski (październik 2026 i listopad 2026), średnio po 1 500,00 zł."
    )


@pytest.mark.parametrize(
    ("today", "found"), [(date(2026, 11, 15), 0), (date(2026, 11, 16), 1), (date(2026, 10, 1), 0)]
)
def test_a_term_is_over_the_day_after_it(today: date, found: int):
    assert days_over(application_due(Month(2026, 10), 15), today) == found
