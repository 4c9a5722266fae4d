"""Free words of a report that name somebody are told from those that do not."""

from datetime import date

import pytest

from reintegration.core.identifiers import false_pesel
from reporting.rules.naming import has_pesel, names_one_of

PEOPLE = [("Marek", "Dąbek"), ("Anna Maria", "Nowak-Maj"), ("Jan", "Li")]


@pytest.mark.parametrize(
    "words",
    [
        "Marek Dąbek wrócił po przerwie.",
        "Rozmowa z Markiem Dąbkiem w grudniu",
        "dotyczy: DĄBEK MAREK",
        "Dopisano M. Dąbka.",
        "Pani Nowak była na zwolnieniu.",
        "umowa Anny Nowak-Maj",
    ],
)
def test_a_name_in_any_case_is_found(words: str):
    assert names_one_of(words, PEOPLE)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "Jedna osoba wróciła po przerwie.",
        "Od 3 maja kadra jest prowadzona gdzie indziej.",
        "Marek, który prowadzi stolarnię, i Anna",
        "Deski z dębu kupiono w maju.",
        "Dotacja 5000 zł, umowa 12/2026",
    ],
)
def test_what_names_nobody_is_left_alone(words: str):
    assert not names_one_of(words, PEOPLE)


def test_a_pesel_is_told_from_another_number():
    number = false_pesel(date(1885, 5, 4), 35, "M")
    assert has_pesel(f"osoba {number}, po przerwie")
    assert has_pesel(f"{number[:6]} {number[6:]}")
    assert not has_pesel(f"umowa {number[:10]}{(int(number[10]) + 1) % 10}")
    assert not has_pesel("rachunek 61 1090 1014 0000 0712 1981 2874")
