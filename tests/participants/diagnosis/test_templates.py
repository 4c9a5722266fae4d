"""Templates: what is built in, what is refused, and what a new version changes."""

import json
import re
from dataclasses import replace

import pytest

from participants.diagnosis.builtin import KEYS, builtin_template
from participants.diagnosis.content import Kind, sensitive_keys, to_dict
from participants.diagnosis.reading import TemplateError, read_template
from participants.diagnosis.versions import Change, differences, next_version
from tests.participants.diagnosis.small import small

SENTENCE = re.compile(r"(?<=[.?!])\s+(?=[A-ZĄĆĘŁŃÓŚŹŻ])")


@pytest.mark.parametrize("key", KEYS)
def test_a_built_in_template_comes_back_the_same_from_json(key):
    template = builtin_template(key)

    assert template.key == key
    assert read_template(json.loads(json.dumps(to_dict(template)))) == template


@pytest.mark.parametrize("key", KEYS)
def test_the_keys_of_a_built_in_template_are_unique(key):
    keys = [question.key for question in builtin_template(key).questions]

    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("key", KEYS)
def test_every_dimension_of_a_built_in_template_rests_on_several_questions(key):
    template = builtin_template(key)

    for dimension in template.dimensions:
        counted = [
            question
            for section in template.sections
            if dimension.key in section.dimensions
            for question in section.questions
            if question.counts
        ]
        assert len(counted) >= 3, dimension.title


@pytest.mark.parametrize("key", KEYS)
def test_what_is_weighed_has_a_short_name_for_the_lists(key):
    assert [q.key for q in builtin_template(key).questions if q.weighed and not q.label] == []


@pytest.mark.parametrize("key", KEYS)
def test_the_sentences_of_a_built_in_template_are_short(key):
    template = builtin_template(key)
    texts = [template.lead, *(section.lead for section in template.sections)]
    texts += [text for question in template.questions for text in (question.text, question.hint)]

    long = [one for text in texts for one in SENTENCE.split(text) if len(one.split()) > 15]
    assert long == []


def test_what_is_special_by_the_gdpr_is_sensitive():
    held = sensitive_keys(builtin_template("general"))

    assert {"health_self", "disability", "addiction", "prison", "safe_home", "origin_needs"} <= held
    assert {"fitness", "habits", "home_peace"} <= sensitive_keys(builtin_template("potential"))


def test_the_profile_has_three_areas_and_three_dimensions():
    found = builtin_template("potential").dimensions

    assert [one.key for one in found if one.group == "Obszary"] == [
        "individual", "circumstances", "environment",
    ]  # fmt: skip
    assert [one.key for one in found if one.group == "Wymiary"] == [
        "resources", "awareness", "participation",
    ]  # fmt: skip


def test_interests_are_even_over_six_areas():
    template = builtin_template("interests")
    sections = [section for section in template.sections if section.dimensions]

    assert [len(section.questions) for section in sections] == [6] * 6


def test_the_set_stands_in_the_order_of_use():
    assert [builtin_template(key).key for key in KEYS] == list(KEYS)
    with pytest.raises(KeyError):
        builtin_template("../secret")


def broken(change):
    data = small()
    change(data)
    with pytest.raises(TemplateError) as caught:
        read_template(data)
    return caught.value.problems


def first(data):
    return data["sections"][0]["questions"][0]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda d: d.update(version=0), "Ankieta: numer wersji to liczba od 1 w górę."),
        (lambda d: d.update(version=True), "Ankieta: numer wersji to liczba od 1 w górę."),
        (lambda d: d.update(colour="red"), "Ankieta: nie ma pola „colour”."),
        (lambda d: d.update(sections=[]), "Ankieta: dodaj co najmniej jedną część."),
        (lambda d: d.update(sections="x"), "Ankieta: pole „sections” to lista."),
        (
            lambda d: first(d).update(kind="slider"),
            "Część 1 „Dom”, pytanie 1: nie ma rodzaju odpowiedzi „slider”. Wybierz: scale, yes_no, one,"
            " many, text, number, date.",
        ),
        (lambda d: first(d).pop("text"), "Część 1 „Dom”, pytanie 1: wpisz treść pola „text”."),
        (
            lambda d: first(d).update(sensitiv=True),
            "Część 1 „Dom”, pytanie 1: nie ma pola „sensitiv”.",
        ),
        (
            lambda d: first(d).update(sensitive="tak"),
            "Część 1 „Dom”, pytanie 1: pole „sensitive” ma wartość tak albo nie.",
        ),
        (
            lambda d: first(d).update(key="Dach"),
            "Część 1 „Dom”, pytanie 1: klucz to małe litery bez ogonków, cyfry i podkreślenia, do 40 znaków.",
        ),
        (
            lambda d: first(d).update(key="wish"),
            "Pytanie „wish”: ten klucz jest już zajęty. Każdy ma być inny.",
        ),
        (
            lambda d: d["sections"][1]["questions"][1].update(options=[]),
            "Część 2 „Praca”, pytanie 2: podaj co najmniej dwie odpowiedzi do wyboru.",
        ),
        (
            lambda d: d["sections"][0].update(dimensions=["health"]),
            "Część 1 „Dom”: nie ma wymiaru „health”. Dodaj go albo usuń z tej części.",
        ),
        (
            lambda d: d["sections"][0].update(scale=["nie", "tak"]),
            "Część 1 „Dom”: skala ma 5 opisów, podano 2.",
        ),
        (
            lambda d: d["sections"][1]["questions"][4].update(least="9"),
            "Część 2 „Praca”, pytanie 5: granice ma tylko pytanie o liczbę.",
        ),
        (
            lambda d: d["sections"][1]["questions"][3].update(least="99"),
            "Część 2 „Praca”, pytanie 4: najmniejsza liczba 99 jest większa od największej 60.",
        ),
        (
            lambda d: d["sections"][1]["questions"][0]["options"][0].update(worth=9),
            "Część 2 „Praca”, pytanie 1, odpowiedź 1: waga to liczba całkowita od 0 do 4.",
        ),
    ],
)
def test_a_broken_template_is_refused_with_the_place(change, sentence):
    assert sentence in broken(change)


@pytest.mark.parametrize("data", [None, [], "x", 3, {"sections": [None]}, {"sections": [{"questions": [7]}]}])
def test_what_is_no_template_at_all_is_refused(data):
    with pytest.raises(TemplateError):
        read_template(data)


def test_all_problems_are_named_at_once():
    def change(data):
        data["title"] = ""
        first(data)["text"] = ""

    assert len(broken(change)) == 2


def changed(change):
    data = small()
    change(data)
    return read_template(data)


def test_a_changed_copy_gets_the_next_number():
    old = read_template(small())
    new = next_version(old, changed(lambda d: first(d).update(text="Mam gdzie mieszkać.")))

    assert new.version == 2
    assert [(one.change, one.place) for one in differences(old, new)] == [
        (Change.CHANGED, "część „Dom”, pytanie „roof”")
    ]


def test_added_removed_and_moved_questions_are_named():
    def change(data):
        moved = data["sections"][0]["questions"].pop()
        data["sections"][1]["questions"].append(moved)
        data["sections"][1]["questions"].pop(2)
        data["sections"][0]["questions"].append({"key": "garden", "text": "Ogród?", "kind": "yes_no"})

    found = differences(read_template(small()), changed(change))

    assert {(one.change, one.place.split("„")[-1].rstrip("”")) for one in found} == {
        (Change.MOVED, "health"), (Change.REMOVED, "licence"), (Change.ADDED, "garden"),
    }  # fmt: skip


def test_a_section_and_a_dimension_that_change_are_named():
    def change(data):
        data["title"] = "Inna"
        data["sections"][0]["lead"] = "Spokojnie."
        data["dimensions"][0]["title"] = "Domownicy"
        data["dimensions"].append({"key": "health", "title": "Zdrowie"})

    found = differences(read_template(small()), changed(change))

    assert [one.place for one in found] == [
        "tytuł", "wymiar „home”", "wymiar „health”", "część „Dom”, wstęp",
    ]  # fmt: skip


def test_a_version_that_takes_the_same_key_for_another_answer_is_refused():
    old = read_template(small())
    question = replace(old.questions[0], kind=Kind.TEXT, leaning=None)
    section = replace(old.sections[0], questions=(question, *old.sections[0].questions[1:]))

    with pytest.raises(TemplateError, match="rodzaj odpowiedzi zostaje"):
        next_version(old, replace(old, sections=(section, *old.sections[1:])))


def test_a_version_without_a_change_is_refused():
    old = read_template(small())

    with pytest.raises(TemplateError, match="nic się nie zmieniło"):
        next_version(old, old)
    with pytest.raises(TemplateError, match="zostaje w każdej wersji"):
        next_version(old, replace(old, key="other"))
