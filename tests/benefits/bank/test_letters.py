"""Any text in the letters of a bank, and cut to its fields."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benefits.bank.elixir import Encoding
from benefits.bank.letters import REPERTOIRE, WIDTH, bank_text, cut, split_lines
from tests.benefits.bank.made import HOSTILE


@settings(deadline=None)
@given(HOSTILE)
def test_any_text_becomes_letters_of_the_bank_and_stays_so(text: str):
    written = bank_text(text)
    assert REPERTOIRE.issuperset(written)
    assert written == " ".join(written.split()) == bank_text(written)


@pytest.mark.parametrize("encoding", Encoding)
def test_every_encoding_knows_every_letter(encoding: Encoding):
    for letter in REPERTOIRE:
        assert len(letter.encode(encoding)) == (2 if encoding == Encoding.UTF8 and letter > "~" else 1)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Zażółć gęślą jaźń", "Zażółć gęślą jaźń"),
        ("Zaz\u0307o\u0301ł", "Zażół"),
        ("Jürgen Großmann-Øster", "Jurgen Grossmann-Oster"),
        ("Nguyễn Thị Ánh", "Nguyen Thi Anh"),
        ("O’Brien „Szpak”", "O'Brien 'Szpak'"),
        ('Anna | "Ewa"\r\n110,', "Anna / 'Ewa' 110,"),
        ("An\u00adna\u200b Ma\u202eria", "Anna Maria"),
        ("Jan 🙂 Kot", "Jan Kot"),
        ("Jan 李明", "Jan .."),
        ("Spółka A&B – dział №\u00a02; druga", "Spółka A+B - dział No 2, druga"),
        ("٣ Maja", "3 Maja"),
        ("a lone \ud800 half", "a lone half"),
    ],
)
def test_what_a_bank_does_not_take_is_written_otherwise(text: str, written: str):
    assert bank_text(text) == written


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Юрій Щербухін", "Yurii Shcherbukhin"),
        ("ЮРІЙ ЩЕРБУХІН", "YURII SHCHERBUKHIN"),
        ("Єнакієве Їжакевич Кадиївка", "Yenakiieve Yizhakevych Kadyivka"),
        ("Згорани Розгон", "Zghorany Rozghon"),
        ("Мар'яна Знам’янка Стецько", "Mariana Znamianka Stetsko"),
        ("Олексій Йосипівка", "Oleksii Yosypivka"),
        ("Ю. Ґалаґан", "Yu. Galagan"),
        ("Сергі\u0438\u0306", "Serhii"),
        ("Олексі\u0301й", "Oleksii"),
        ("Артём Ўладзь", "Artiom Uladz"),
    ],
)
def test_a_cyrillic_name_is_spelled_as_in_a_passport(text: str, written: str):
    assert bank_text(text) == written


@settings(deadline=None)
@given(HOSTILE, st.integers(3, 40))
def test_lines_hold_the_whole_text(text: str, width: int):
    lines = split_lines(text, width)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(0 < len(line) <= width for line in lines)
    if all(len(word) <= width for word in text.split()):
        assert " ".join(lines) == " ".join(text.split())


def test_a_lone_letter_goes_with_the_word_after_it():
    assert split_lines("Centrum Integracji Społecznej w Przykładowie") == [
        "Centrum Integracji Społecznej",
        "w Przykładowie",
    ]
    # Where the word fills its line, the letter stays behind.
    assert split_lines("dom w Abcdefgh", 8) == ["dom w", "Abcdefgh"]


def test_a_word_longer_than_a_line_is_broken():
    assert split_lines("ul. " + "x" * 40) == ["ul.", "x" * WIDTH, "x" * 5]
    assert split_lines("") == []


def test_cutting_keeps_whole_words():
    assert cut("Jan Maria Rokita", 12) == "Jan Maria"
    assert cut("Jan Maria", 12) == "Jan Maria"
    assert cut("", 12) == ""


def test_georgian_is_spelled_as_in_a_passport():
    assert bank_text("გიორგი ბერიძე") == "Giorgi Beridze"
    assert bank_text("ნინო ჩხეიძე-ღვინიაშვილი") == "Nino Chkheidze-Ghviniashvili"
