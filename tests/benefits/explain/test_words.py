"""Every language says everything, the same things, and nothing that nobody reads."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from string import Formatter

import pytest

from benefits.explain.languages import LANGUAGES
from benefits.explain.lines import explained
from benefits.explain.texts import Say, Texts, Total
from benefits.rules.codes import RowCode
from benefits.rules.corrections import Change
from benefits.rules.month import count_month
from benefits.rules.rows import KINDS
from ipzs.rules.codes import BalanceKind
from reintegration.documents.enums import Language
from reintegration.law.readings import READINGS
from tests.benefits.explain.made import everything_said, months
from tests.benefits.rules.made import LAW

ABROAD = [language for language in LANGUAGES if language != "pl"]
# Below the rows, beside what the kinds of rows name.
OF_TOTALS = {"premium_cap", "tax_advance_rate", "tax_monthly_reduction"}


def written(texts: Texts) -> Iterator[tuple[object, str]]:
    """Every text of a language, with the name by which the program finds it."""
    for table in (
        texts.rows,
        texts.totals,
        texts.sentences,
        texts.changes,
        texts.readings,
        texts.answers,
    ):
        yield from table.items()
    yield from (texts.parameters or {}).items()
    for kind, words in (*texts.balances.items(), ("in a row", texts.in_a_row)):
        yield (kind, "label"), words.label
        yield from (((kind, place), text) for place, text in enumerate(words.left))
        yield from (((kind, "none"), words.none), ((kind, "over"), words.over))
        if kind in {BalanceKind.FREE, BalanceKind.SICK}:
            yield (kind, "trial"), words.in_trial


def names_in(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name is not None}


def test_the_languages_are_those_of_the_papers():
    assert set(LANGUAGES) == set(Language.values)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_row_reading_or_sentence_is_without_words(language: str):
    texts = LANGUAGES[language]
    assert set(texts.rows) == set(RowCode)
    # A correction is named with its month.
    assert set(texts.totals) == set(Total) - {Total.CORRECTION}
    assert set(texts.sentences) == set(Say)
    assert set(texts.balances) == set(BalanceKind)
    # A month that was never paid has a sentence of its own.
    assert set(texts.changes) == set(Change) - {Change.NOT_PAID}
    assert set(texts.readings) == set(READINGS)
    assert set(texts.answers) == {(key, one.value) for key, spec in READINGS.items() for one in spec.options}
    assert [len(texts.grammar.months), len(texts.grammar.months_of_day)] == [12, 12]
    assert all(text.strip() for _, text in written(texts))
    assert all(getattr(texts.frame, name) for name in texts.frame.__slots__)


@pytest.mark.parametrize("language", ABROAD)
def test_parameters_and_articles_are_told_abroad(language: str):
    texts = LANGUAGES[language]
    assert set(texts.parameters or ()) == {key for kind in KINDS.values() for key in kind.law} | OF_TOTALS
    tax = LAW.book.parameter("tax_advance_rate").article
    assert set(texts.articles) == {kind.act for kind in KINDS.values()} | {
        tax,
        "art. 15 ust. 4–7a",
        "art. 15a",
    }


def test_polish_keeps_the_words_of_the_rows_and_of_the_book():
    texts = LANGUAGES["pl"]
    assert {code: kind.label for code, kind in KINDS.items()} == texts.rows
    one = next(months())
    line = explained(count_month(one, LAW), one, LAW, "pl")[0]
    assert line.parameters[0].label == LAW.book.parameter("allowance").label


@pytest.mark.parametrize("language", ABROAD)
def test_a_sentence_names_the_same_things_in_every_language(language: str):
    polish, abroad = (dict(written(LANGUAGES[one])) for one in ("pl", language))
    assert {key: names_in(text) for key, text in abroad.items() if key in polish} == {
        key: names_in(text) for key, text in polish.items()
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_written_is_read_and_nothing_is_left_unfilled(language: str):
    """Each text is met in some month, with its gaps filled."""
    said = everything_said(language)
    assert not [text for text in said if "{" in text or "}" in text]
    everything = "\n".join(said)

    def is_read(template: str) -> bool:
        return re.search(re.sub(r"\\\{\w+\\\}", ".+?", re.escape(template)), everything) is not None

    assert [key for key, text in written(LANGUAGES[language]) if not is_read(text)] == []


NUMBERS: Mapping[str, tuple[str, ...]] = {
    "pl": ("1 dzień", "2 dni", "5 dni", "12 dni", "21 dni", "22 dni"),
    "uk": ("1 день", "2 дні", "5 днів", "12 днів", "21 день", "22 дні"),
    "en": ("1 day", "2 days", "5 days", "12 days", "21 days", "22 days"),
}
AMOUNTS: Mapping[str, tuple[str, ...]] = {
    "pl": ("1 234,56 zł", "−0,50 zł", "107,034 zł"),
    "uk": ("1 234,56 злотих", "−0,50 злотих", "107,034 злотих"),
    "en": ("PLN 1,234.56", "−PLN 0.50", "PLN 107.034"),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_numbers_are_written_as_the_language_writes_them(language: str):
    grammar = LANGUAGES[language].grammar
    days = tuple(grammar.days(number) for number in (1, 2, 5, 12, 21, 22))
    amounts = (
        grammar.amount(Decimal("1234.56")),
        grammar.amount(Decimal("-0.50")),
        grammar.rate(Decimal("-107.0340")),
    )
    assert tuple(one.replace("\u00a0", " ") for one in days) == NUMBERS[language]
    assert tuple(one.replace("\u00a0", " ") for one in amounts) == AMOUNTS[language]
