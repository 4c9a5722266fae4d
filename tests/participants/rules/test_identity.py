from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from participants.rules.codes import DocumentKind, NoPesel, Sex
from participants.rules.identity import (
    FieldProblem,
    Identity,
    PeselFacts,
    as_living,
    facts_of,
    identity_problems,
    unlikely_birth,
)
from reintegration.core.identifiers import false_pesel

TODAY = date(2026, 11, 20)
WOMAN = false_pesel(date(1885, 3, 14), 12, "K")
MAN = false_pesel(date(1885, 3, 14), 12, "M")


def fields_of(identity, **options):
    return [problem.field for problem in identity_problems(identity, today=TODAY, **options)]


def made_up(identity):
    return identity_problems(identity, today=TODAY, false_series=True)


def test_a_pesel_tells_birth_date_and_sex():
    assert facts_of(WOMAN) == PeselFacts(date(1885, 3, 14), Sex.FEMALE)
    assert facts_of(MAN).sex is Sex.MALE


@pytest.mark.parametrize("birth", [date(1885, 3, 14), date(1985, 3, 14), None])
def test_a_made_up_number_goes_with_its_own_date_and_the_one_a_century_beside(birth):
    assert made_up(Identity(WOMAN, birth_date=birth, sex=Sex.FEMALE)) == ()


def test_outside_the_demo_nobody_is_born_in_another_century():
    assert fields_of(Identity(WOMAN)) == ["pesel"]
    assert fields_of(Identity(WOMAN, birth_date=date(1985, 3, 14))) == ["birth_date"]


def test_a_number_that_contradicts_birth_date_and_sex_says_so_at_both_fields():
    assert made_up(Identity(WOMAN, birth_date=date(1985, 3, 15), sex=Sex.MALE)) == (
        FieldProblem("birth_date", "Według PESEL data urodzenia to 14 marca 1885. Popraw datę albo PESEL."),
        FieldProblem("sex", "To PESEL kobiety. Popraw płeć albo PESEL."),
    )


def test_a_wrong_check_digit_stands_at_the_number():
    wrong = WOMAN[:-1] + str((int(WOMAN[-1]) + 1) % 10)
    (problem,) = made_up(Identity(wrong, birth_date=date(1985, 3, 14)))
    assert problem.field == "pesel"
    assert "Cyfra kontrolna" in problem.sentence


def test_without_a_number_there_is_a_reason():
    assert made_up(Identity()) == (FieldProblem("pesel", "Wpisz numer PESEL albo wybierz powód jego braku."),)


def test_a_number_and_a_reason_exclude_each_other():
    assert [p.field for p in made_up(Identity(WOMAN, no_pesel=NoPesel.PENDING))] == ["no_pesel"]


@pytest.mark.parametrize("reason", [NoPesel.FOREIGNER, NoPesel.PENDING])
def test_without_a_number_another_document_is_needed(reason):
    assert fields_of(Identity(no_pesel=reason)) == ["document_kind", "document_number", "birth_date"]
    shown = Identity(
        no_pesel=reason,
        document_kind=DocumentKind.PASSPORT,
        document_number="ZZ 0000001",
        birth_date=date(1985, 3, 14),
    )
    assert fields_of(shown) == []


def test_who_has_no_papers_is_not_asked_for_them():
    assert fields_of(Identity(no_pesel=NoPesel.UNKNOWN)) == []


def test_a_number_of_signs_alone_is_no_document():
    identity = Identity(
        no_pesel=NoPesel.FOREIGNER, document_kind=DocumentKind.PASSPORT, birth_date=date(1985, 3, 14)
    )
    for number in (" - / ", "A1"):
        typed = Identity(identity.pesel, identity.no_pesel, identity.document_kind, number, date(1985, 3, 14))
        assert fields_of(typed) == ["document_number"]


@pytest.mark.parametrize(
    ("birth", "sentence"),
    [
        (date(2026, 11, 21), "Data urodzenia 21 listopada 2026 jest w przyszłości."),
        (date(2026, 11, 20), "Ta osoba miałaby 0 lat. Sprawdź rok urodzenia."),
        (date(2011, 11, 21), "Ta osoba miałaby 14 lat. Sprawdź rok urodzenia."),
        (date(2011, 11, 20), None),
        (date(1915, 11, 21), None),
        (date(1915, 11, 20), "Ta osoba miałaby 111 lat. Sprawdź rok urodzenia."),
    ],
)
def test_a_birth_is_neither_in_the_future_nor_too_long_ago(birth, sentence):
    assert unlikely_birth(birth, today=TODAY) == sentence


def test_a_birth_on_29_february_is_fifteen_on_1_march():
    assert unlikely_birth(date(2012, 2, 29), today=date(2027, 2, 28)) is not None
    assert unlikely_birth(date(2012, 2, 29), today=date(2027, 3, 1)) is None


@given(st.dates(date(1800, 1, 1), date(2299, 12, 31)))
def test_a_date_beside_keeps_day_and_month(birth):
    living = as_living(birth)
    assert (living.day, living.month, living.year % 100) == (birth.day, birth.month, birth.year % 100)
    assert living.year // 100 in (19, 20)


@given(st.dates(date(1920, 1, 1), date(1999, 12, 31)), st.integers(0, 999), st.sampled_from(["K", "M"]))
def test_a_number_agrees_with_what_it_tells(birth, serial, letter):
    number = false_pesel(birth.replace(year=birth.year - 100), serial, letter)
    sex = Sex.MALE if letter == "M" else Sex.FEMALE
    other = Sex.FEMALE if letter == "M" else Sex.MALE
    assert made_up(Identity(number, birth_date=birth, sex=sex)) == ()
    assert [p.field for p in made_up(Identity(number, birth_date=birth, sex=other))] == ["sex"]


@given(st.text(max_size=15))
def test_no_text_breaks_the_check(text):
    for _, sentence in identity_problems(Identity(text), today=TODAY):
        assert sentence.endswith(".")
