"""The notice and the consents: the same in three languages, short, and never with a hole."""

import re

import pytest

from participants.papers_text.texts import (
    CONSENTS,
    LANGUAGES,
    NOTICE,
    MissingValues,
    UnknownText,
    consent_paper,
    draft,
    information_notice,
    needed_values,
    placeholders,
)

KEYS = (NOTICE, *CONSENTS)
SENTENCE = re.compile(r"(?<=[.?!])\s+(?=[A-ZĄĆĘŁŃÓŚŹŻА-ЯІЇЄҐ])")
NEEDED = ("recipient", "purpose", "scope", "until")


def values(key, unit_type):
    return {name: f"«{name}»" for name in needed_values(key, unit_type=unit_type)}


def paper(key, unit_type, language, given):
    if key == NOTICE:
        return information_notice(unit_type=unit_type, language=language, values=given)
    return consent_paper(kind=key, unit_type=unit_type, language=language, values=given)


def shape(key, language):
    held = draft(key, language)
    return [
        (section, [(one.only, one.given, one.absent, sorted(placeholders(one.text))) for one in paragraphs])
        for section, _, paragraphs in held.sections
    ], len(held.signatures)


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_has_the_same_shape_in_every_language(key, language):
    assert shape(key, language) == shape(key, "pl")


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_are_short(key, language):
    texts = [one.text for _, _, paragraphs in draft(key, language).sections for one in paragraphs]

    assert [one for text in texts for one in SENTENCE.split(text) if len(one.split()) > 15] == []


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("unit_type", ["CIS", "KIS"])
def test_a_paper_with_its_values_has_no_hole(key, language, unit_type):
    given = values(key, unit_type)
    text = str(paper(key, unit_type, language, given))

    assert "{" not in text
    assert all(value in text for value in given.values())


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("hole", ["", "  ", None])
def test_a_paper_with_a_hole_is_refused(key, hole):
    given = values(key, "KIS")
    for name in given:
        holed = {**given, name: hole} if hole is not None else {n: v for n, v in given.items() if n != name}
        with pytest.raises(MissingValues) as caught:
            paper(key, "KIS", "pl", holed)
        assert caught.value.names == (name,)


def test_a_consent_says_for_whom_why_and_until_when():
    for kind in CONSENTS:
        needed = needed_values(kind, unit_type="CIS")
        assert {"person_name", "unit_name", "unit_contact", "purpose", "scope", "until"} <= needed
        # Only messages have no other recipient than the person.
        assert ("recipient" in needed) == (kind != "contact")


def test_sharing_the_card_needs_the_worker_too():
    assert "worker_name" in needed_values("card_sharing", unit_type="KIS")
    assert len(draft("card_sharing", "pl").signatures) == 2
    assert all(len(draft(kind, "pl").signatures) == 1 for kind in CONSENTS if kind != "card_sharing")


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_type_of_unit_names_its_own_article(language):
    cis, kis = (str(paper(NOTICE, kind, language, values(NOTICE, kind))) for kind in ("CIS", "KIS"))

    assert "8b" in cis
    assert "18f" not in cis
    assert "18f" in kis
    assert "8b" not in kis
    assert "10 " in cis


def test_an_inspector_is_named_when_there_is_one():
    given = values(NOTICE, "CIS")
    without = str(paper(NOTICE, "CIS", "pl", given))
    having = str(paper(NOTICE, "CIS", "pl", {**given, "inspector_contact": "iod@most.example"}))

    assert "Nie mamy inspektora" in without
    assert "iod@most.example" in having
    assert "Nie mamy inspektora" not in having


def test_a_value_is_put_in_as_it_is():
    given = {**values("contact", "CIS"), "person_name": "{unit_name}"}

    assert "{unit_name}" in str(paper("contact", "CIS", "pl", given))


@pytest.mark.parametrize(("key", "language"), [("notice", "de"), ("secret", "pl"), ("../notice", "pl")])
def test_an_unknown_text_or_language_is_refused(key, language):
    with pytest.raises(UnknownText):
        draft(key, language)
    with pytest.raises(UnknownText):
        consent_paper(kind="secret", unit_type="CIS", language="pl", values={})
