"""The lines of a statement are the calculator's rows, with the days and numbers that they rest on."""

import json
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benefits.cases import basis_of
from benefits.explain.days import days_of_rows
from benefits.explain.languages import LANGUAGES
from benefits.explain.lines import corrections_explained, explained
from benefits.explain.shown import Line
from benefits.explain.texts import Total
from benefits.explain.totals import Settled
from benefits.rules.codes import FractionBase, Part, RowCode
from benefits.rules.corrections import Change, Differs
from benefits.rules.days import due_span
from benefits.rules.facts import Basis, Participation
from benefits.rules.month import count_month
from benefits.rules.tax import Pit2, Relief
from ipzs.rules.codes import PayRule
from reintegration.core.dates import Month
from reintegration.core.errors import InputError
from reintegration.core.money import ZERO
from tests.benefits.explain.made import applied, excused, october, sick
from tests.benefits.rules.made import LAW, bases, basis, readings
from tests.benefits.rules.test_cases import PUBLIC

OF_TRIAL = {RowCode.TRIAL, RowCode.UNEXCUSED_TRIAL, RowCode.SICK_TRIAL, RowCode.EXCUSED_TRIAL}
WITHOUT_DAYS = {RowCode.FLOOR, RowCode.ROUNDING}


def told(one: Basis, language: str = "pl") -> dict[str, Line]:
    """The lines by their code, with plain spaces."""
    lines = explained(count_month(one, LAW), one, LAW, language)
    return {
        line.key.value: replace(
            line,
            **{name: getattr(line, name).replace("\u00a0", " ") for name in ("count", "shown", "sentence")},
        )
        for line in lines
    }


def check_sums(one: Basis, language: str) -> None:
    counted = count_month(one, LAW)
    lines = explained(counted, one, LAW, language)
    rows = [line for line in lines if line.is_row]
    totals = {line.key: line.amount for line in lines if not line.is_row}
    assert [(line.key, line.amount) for line in rows] == [(row.code, row.amount) for row in counted.rows]
    assert sum((line.amount for line in rows), ZERO) == totals[Total.BENEFIT] == counted.benefit
    assert totals.get(Total.PREMIUM, ZERO) == counted.premium
    assert totals[Total.BENEFIT] + counted.premium + totals[Total.TAX] == totals[Total.TO_PAY]
    assert totals[Total.TO_PAY] == counted.to_pay
    assert all("{" not in text for line in lines for text in (line.sentence, line.count))
    assert all(line.label and line.sentence and line.shown for line in lines)


def test_every_public_case_is_explained_in_every_language():
    explained_cases = 0
    for text in PUBLIC.read_text(encoding="utf-8").splitlines():
        case = json.loads(text)
        try:
            one = basis_of(case)
            count_month(one, LAW)
        except InputError:
            assert case["expect"].get("error")
            continue
        for language in LANGUAGES:
            check_sums(one, language)
        explained_cases += 1
    assert explained_cases > 100


def check_days(one: Basis) -> None:
    """A line names as many days as its row counts."""
    counted = count_month(one, LAW)
    days = days_of_rows(counted.rows, one, LAW)
    assert set(days) == {row.code for row in counted.rows}
    due = due_span(one)
    whole = due is not None and due.days == one.month.days and RowCode.SICK_NOT_DUE not in days
    for row in counted.rows:
        # A whole month is thirty days, whatever the calendar has.
        if row.code not in WITHOUT_DAYS and not (whole and row.code in {RowCode.TRIAL, RowCode.MAIN}):
            assert (row.code, len(set(days[row.code]))) == (row.code, row.quantity)


def check_parts(one: Basis) -> None:
    """The part of the benefit that a sentence takes is the part that was taken."""
    one = replace(one, readings=replace(one.readings, fraction_base=FractionBase.FULL))
    counted = count_month(one, LAW)
    for row, line in zip(counted.rows, explained(counted, one, LAW, "pl"), strict=False):
        if said := re.search(r"odejmujemy (\d+/\d+) pełnego", line.sentence):
            part = Part.TRIAL if row.code in OF_TRIAL else Part.MAIN
            full = LAW.full(part, one.month.first, one.readings.rate_rounding)
            assert abs(Fraction(row.rate) + full * Fraction(said[1])) <= Fraction("0.00005")
        else:
            assert row.amount >= 0 or row.code in {RowCode.FORFEITED, *WITHOUT_DAYS}


@given(bases(), st.sampled_from(sorted(LANGUAGES)))
def test_a_statement_says_of_any_month_what_the_calculator_did(one: Basis, language: str):
    check_sums(one, language)
    check_days(one)
    check_parts(one)


def test_days_without_an_excuse_are_told_with_their_dates():
    line = told(basis(unexcused=october(6, 7, 8)))["unexcused_main"]
    assert line.sentence == (
        "Dni bez usprawiedliwienia: 6, 7 i 8 października. Za każdy taki dzień odejmujemy 1/20 pełnego "
        "świadczenia."
    )
    assert (line.count, line.shown, line.article) == ("3 dni × 103,314 zł", "−309,94 zł", "art. 15 ust. 7")
    assert [(one.label, one.value) for one in line.parameters] == [
        ("potrącenie za dzień nieobecności nieusprawiedliwionej", "1/20")
    ]
    assert [one.value for one in line.readings] == ["od pełnej kwoty miesięcznej"]


def test_days_in_a_row_are_told_as_a_span():
    absent = basis(sick=(*sick(2, 2), *sick(13, 17)), free=october(20, 21))
    assert "Дні хвороби, підтвердженої лікарем: 2 і 13–17 жовтня." in told(absent, "uk")["sick"].sentence
    assert told(absent, "en")["free"].sentence.startswith("Free days: 20 and 21 October.")


def test_a_lost_month_names_the_days_that_cost_it():
    lost = basis(unexcused=october(6, 7, 8, 9, 20), free=october(10), sick=sick(13, 14))
    line = told(lost, "en")["forfeited"]
    assert line.sentence == (
        "Unexcused days this month: 6–9 and 20 October. That is 5 days in all. When there are more than 3, "
        "no benefit is due for the month."
    )
    assert line.count == "5 days"
    in_a_row = replace(lost, readings=readings(unexcused_over_limit="consecutive"))
    assert "z rzędu bez usprawiedliwienia: 6–9 października" in told(in_a_row)["forfeited"].sentence


def test_a_month_in_part_names_its_days_and_what_a_full_one_pays():
    line = told(basis(granted_from=date(2025, 10, 16)))["main"]
    assert line.sentence == (
        "Dni, za które świadczenie się należy: 16–31 października. Pełne świadczenie za miesiąc to "
        "2 066,28 zł: 120 % zasiłku, który wynosi 1 721,90 zł. Za każdy dzień należy się 1/30 tej kwoty."
    )


def test_days_of_sickness_that_are_not_due_are_left_out_of_the_days_that_are():
    over = basis(readings=readings(sick_over="days_due"), sick=(*sick(1, 21, 7), *sick(8, 10)))
    lines = told(over)
    assert "1–7 i 11–31 października" in lines["main"].sentence
    assert "ponad limit (21 dni): 8, 9 i 10 października" in lines["sick_not_due"].sentence


def test_a_limit_that_changes_in_the_month_is_told_with_both_values():
    """14 days until 14 February 2022, 21 after it: each day by the limit of its day."""
    over = basis("2022-02", participation=Participation(date(2021, 6, 1)), sick=sick(1, 14, 1))
    leave = tuple(
        replace(one, first=one.first.replace(year=2022), last=date(2022, 2, 28)) for one in over.sick
    )
    line = told(replace(over, sick=leave))["sick_over"]
    assert "(14 dni / 21 dni)" in line.sentence


def test_the_rule_of_a_kind_is_told_and_not_the_one_of_the_unit():
    """The unit takes 1/30, but not for this kind of absence."""
    kind = basis(readings=readings(excused_other="per_30"), excused=excused(PayRule.FULL, 7))
    assert [one.value for one in told(kind)["excused_full"].readings] == ["bez potrącenia"]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"granted_from": None}, "nie jest przyznane"),
        ({"granted_from": date(2025, 11, 3)}, "od 3 listopada 2025"),
        ({"participation": Participation(date(2025, 11, 3))}, "nie ma dnia"),
    ],
)
def test_no_benefit_is_told_with_its_reason(changed: dict[str, object], said: str):
    lines = told(basis(**changed))
    assert said in lines["benefit"].sentence
    assert lines["to_pay"].shown == "0,00 zł"


def test_tax_and_premium_are_told_with_what_they_were_counted_by():
    lines = told(basis(premium=Decimal("1000.00")), "en")
    assert lines["premium"].shown == "PLN 1,000.00"
    assert lines["tax"].shown == "−PLN 368.00"
    assert lines["tax"].sentence.startswith("This is 12% of the benefit and the premium. We have no PIT-2")
    assert [one.value for one in lines["tax"].parameters] == ["12%"]
    filed = told(basis(pit2=True))["tax"]
    assert (filed.shown, filed.sentence.endswith("Podatku za ten miesiąc nie ma.")) == ("0,00 zł", True)


PART, USED = (Relief(Pit2(holds=True), Decimal(one)) for one in ("256.92", "300"))


@pytest.mark.parametrize(
    ("relief", "sentence"),
    [
        (PART, "odejmujemy 43,08\u00a0zł, bo mamy oświadczenie PIT-2."),
        (USED, "ale 300,00\u00a0zł na ten miesiąc odejmujemy już przy innej"),
        (Relief(Pit2(over=True)), "działało do końca uczestnictwa, a ta wypłata jest później"),
    ],
)  # fmt: skip
def test_a_reduction_that_is_not_whole_is_told_with_its_reason(relief: Relief, sentence: str):
    one = basis()
    paid = Settled(Decimal(17), Decimal("2049.28"), relief)
    lines = explained(count_month(one, LAW), one, LAW, "pl", paid=paid)
    (tax,) = (line for line in lines if line.key is Total.TAX)
    assert sentence in tax.sentence


def test_a_month_before_is_told_with_what_changed_in_it_and_what_is_left():
    ill = Differs(Change.SICK, added=(date(2025, 9, 8), date(2025, 9, 9)))
    missed = Differs(Change.UNEXCUSED, removed=(date(2025, 9, 8), date(2025, 9, 9)))
    back = applied(Month(2025, 8), "-80.00", "-30.00", Differs(Change.GRANT))
    paid = Settled(
        tax=Decimal("255.00"),
        to_pay=Decimal("1884.59"),
        relief=Relief(),
        corrections=(applied(Month(2025, 9), "103.31", "103.31", missed, ill), back),
    )
    one = basis()
    lines = explained(count_month(one, LAW), one, LAW, "pl", paid=paid)
    assert sum((line.amount for line in lines if not line.is_row), ZERO) == 2 * paid.to_pay
    more, less = (line for line in lines if line.key is Total.CORRECTION)
    assert (more.label, more.amount) == ("Wyrównanie za: wrzesień 2025", Decimal("103.31"))
    assert more.sentence == (
        "Od wypłaty zmieniły się: dni bez usprawiedliwienia (odpadły: 8 i 9 września); dni choroby "
        "(doszły: 8 i 9 września)."
    )
    assert "Cała różnica to −80,00\u00a0zł. Reszta przejdzie na następną listę." in less.sentence
    assert lines[-2].sentence.startswith("To 12\u00a0% wszystkich kwot powyżej razem.")


def test_who_has_left_is_told_the_corrections_alone():
    given = applied(Month(2025, 9), "68.88", "68.88", Differs(Change.NOT_PAID))
    paid = Settled(ZERO, Decimal("68.88"), Relief(Pit2(holds=True)), corrections=(given,))
    lines = corrections_explained(paid, Month(2025, 10), LAW, "en")
    assert [line.key for line in lines] == [Total.CORRECTION, Total.TAX, Total.TO_PAY]
    assert lines[0].label == "Correction for September 2025"
    assert lines[0].sentence == "This month had not been paid yet."
    assert lines[-1].shown == "PLN\u00a068.88"
