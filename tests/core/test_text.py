import contextlib
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reintegration.core.errors import InputError
from reintegration.core.text import clean, deletion_keys, one_typo_apart, polish_order, search_key

words = st.text(alphabet="abcłó", max_size=6)
texts = st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=20)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Żółć-NOWAK", "zolc nowak"),
        ("  Anna   Maria ", "anna maria"),
        ("O'Neil", "oneil"),
        ("Weiß", "weiss"),
        ("Müller", "muller"),
        ("Đorđe Škoda", "dorde skoda"),
        ("Nguyễn", "nguyen"),
        ("Ævar Þór", "aevar thor"),
        ("Їжак Олексій", "іжак олексіи"),
        ("ul. Długa 5/7", "ul dluga 5 7"),
        ("", ""),
    ],
)
def test_a_search_key_forgets_case_marks_and_hyphens(text, key):
    assert search_key(text) == key


@given(texts)
def test_a_search_key_does_not_depend_on_how_a_letter_is_composed(text):
    composed = unicodedata.normalize("NFC", text)
    assert search_key(search_key(composed)) == search_key(composed)


def test_names_sort_as_in_a_polish_index():
    names = ["Cyran", "Ćwik", "Dąb", "Ewa", "Ęda", "Lis", "Łoś", "Nowak", "Nowak-Żak", "Nowakowska"]
    names += ["Ömer", "Ozon", "Ósmy", "Sowa", "Śmigły", "zając", "Źrebak", "Żak"]
    backwards = names[::-1]
    assert sorted(backwards, key=polish_order) == names


def test_polish_order_is_made_of_bytes_that_sort_the_same_everywhere():
    assert polish_order("Aąbcćdeęfghijklłmnńoópqrsśtuvwxyzźż").isascii()


@given(words, words)
def test_words_one_typo_apart_share_a_deletion_key(one, other):
    if one_typo_apart(one, other):
        assert deletion_keys(one) & deletion_keys(other)


@given(words, st.data())
def test_every_single_typo_is_recognised(word, data):
    letters = list(word)
    place = data.draw(st.integers(0, len(word)))
    kind = data.draw(st.sampled_from(["more", "less", "other", "swapped"]))
    if kind == "more":
        letters.insert(place, "x")
    elif kind == "less":
        del letters[place : place + 1]
    elif kind == "other":
        letters[place : place + 1] = ["x"]
    else:
        letters[place : place + 2] = letters[place : place + 2][::-1]
    typed = "".join(letters)
    assert one_typo_apart(word, typed)
    assert one_typo_apart(typed, word)
    assert deletion_keys(word) & deletion_keys(typed)


@pytest.mark.parametrize(("one", "other"), [("Dąbek", "Dombek"), ("abcd", "badc"), ("Nowak", "Nowacki")])
def test_two_typos_are_too_many(one, other):
    assert not one_typo_apart(one, other)


def test_a_cleaned_text_has_one_form():
    assert clean("  z\u0307o\u0301łw \u00a0 morski\t") == "żółw morski"
    assert clean("So\u00adwa\u200b\ufeff") == "Sowa"
    assert clean("jedna\r\nlinia") == "jedna linia"


def test_a_text_of_several_lines_keeps_them():
    assert clean(" jeden \r\n\r\n dwa\u2028trzy \n", lines=True) == "jeden\n\ndwa\ntrzy"


@pytest.mark.parametrize("character", ["\x00", "\x07", "\x1b", "\x7f", "\x85", "\u202e", "\u2067", "\ue000"])
@pytest.mark.parametrize("lines", [True, False])
def test_a_control_character_is_refused_and_its_place_named(character, lines):
    with pytest.raises(InputError, match="miejsce 3"):
        clean(f"ab{character}c", lines=lines)


@given(st.text(max_size=20), st.booleans())
def test_cleaning_twice_changes_nothing(text, lines):
    with contextlib.suppress(InputError):
        once = clean(text, lines=lines)
        assert clean(once, lines=lines) == once
        assert lines or "\n" not in once
