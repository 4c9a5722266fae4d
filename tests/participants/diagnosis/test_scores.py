"""Answers: what is read, what is refused, what they add up to."""

from datetime import date
from decimal import Decimal
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from participants.diagnosis.answers import check, shown, split, typed
from participants.diagnosis.builtin import KEYS, builtin_template
from participants.diagnosis.chart import Drawing, Series, chart
from participants.diagnosis.content import Kind
from participants.diagnosis.reading import read_template
from participants.diagnosis.scores import compare, evaluate
from tests.participants.diagnosis.small import SMALL, small

TODAY = date(2026, 11, 20)
TEMPLATE = read_template(SMALL)


def errors(**answers):
    return check(TEMPLATE, {"wish": "pracy", **answers}, today=TODAY).errors


def answers(**values):
    checked = check(TEMPLATE, {"wish": "pracy", **values}, today=TODAY)
    assert checked.errors == {}
    return checked.answers


def scores(**values):
    return {one.dimension.key: one for one in evaluate(TEMPLATE, answers(**values)).scores}


def test_answers_of_every_kind_become_plain_values():
    assert answers(
        roof="3", debts="nie", search="often", obstacles=["care", "road"], years=" 12,5 ", ended="1.3.26",
    ) == {
        "roof": 3, "debts": False, "search": "often", "obstacles": ["road", "care"], "years": "12.5",
        "ended": "2026-03-01", "wish": "pracy",
    }  # fmt: skip


@pytest.mark.parametrize("key", KEYS)
def test_clean_answers_are_read_again_as_they_are(key):
    template = builtin_template(key)
    raw = {question.key: example(question) for question in template.questions}
    once = check(template, raw, today=TODAY)

    assert once.errors == {}
    assert check(template, once.answers, today=TODAY) == once


def example(question):
    return {
        Kind.SCALE: "2",
        Kind.YES_NO: "tak",
        Kind.ONE: question.options[0].key if question.options else "",
        Kind.MANY: [option.key for option in question.options],
        Kind.TEXT: "Słowa osoby.\nDrugi wiersz.",
        Kind.NUMBER: str(question.least or 1),
        Kind.DATE: "20.11.2026",
    }[question.kind]


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        ({"roof": "5"}, "Zaznacz miejsce na skali od 0 do 4."),
        ({"roof": True}, "Zaznacz miejsce na skali od 0 do 4."),
        ({"debts": "może"}, "Zaznacz tak albo nie."),
        ({"search": "rarely"}, "Wybierz jedną z podanych odpowiedzi."),
        ({"obstacles": ["road", "war"]}, "Wybierz spośród podanych odpowiedzi."),
        ({"years": "dużo"}, "Wpisz liczbę, na przykład 3 albo 1250,50."),
        ({"years": "1e5"}, "Wpisz liczbę, na przykład 3 albo 1250,50."),
        ({"years": "99"}, "Wpisano 99. Największa liczba to 60."),
        ({"years": "-1"}, "Wpisano −1. Najmniejsza liczba to 0."),
        ({"ended": "31.02.2026"}, "Ten miesiąc ma dni od 1 do 28, wpisano 31."),
        ({"wish": "x" * 4001}, "Wpisano 4001 znaków. Skróć tekst do 4000."),
        ({"wish": "a\x00b"}, "W tekście jest znak sterujący (miejsce 2). Usuń go albo wpisz tekst ręcznie."),
        ({"other": "x"}, "Tego pytania nie ma w tej wersji ankiety."),
    ],
)
def test_an_answer_that_cannot_be_read_is_refused_at_its_question(answer, sentence):
    assert errors(**answer) == {next(iter(answer)): sentence}


def test_only_a_finished_diagnosis_needs_its_required_answers():
    assert check(TEMPLATE, {"wish": "  "}, today=TODAY).errors == {"wish": "Wpisz odpowiedź."}
    assert check(TEMPLATE, {}, today=TODAY, complete=False).errors == {}


def test_a_submitted_form_is_picked_apart_by_question():
    form = {"roof": ["2"], "obstacles": ["road", "care"], "wish": [""], "csrf": ["x"]}

    assert typed(TEMPLATE, lambda key: form.get(key, [])) == {"roof": "2", "obstacles": ["road", "care"]}


def test_sensitive_answers_part_from_the_rest():
    assert split(TEMPLATE, answers(roof="1", health="2")) == ({"roof": 1, "wish": "pracy"}, {"health": 2})


def test_a_score_is_the_mean_of_what_is_answered():
    assert scores(roof="3", debts="nie")["home"].value == Decimal(88)
    assert scores(roof="3")["home"].value == Decimal(75)
    assert (scores(roof="3")["home"].answered, scores(roof="3")["home"].of) == (1, 2)
    assert scores()["home"].value is None


def test_a_sensitive_answer_moves_no_score():
    assert scores(roof="3", health="0") == scores(roof="3", health="4")


def test_an_answer_without_weight_is_not_counted():
    assert scores(search="retired")["work"].value is None
    assert scores(search="never")["work"].value == Decimal(0)


def test_strengths_stand_beside_difficulties():
    result = evaluate(TEMPLATE, answers(roof="4", debts="tak", health="0", search="never", licence="tak"))

    assert [(found.name, found.answer) for found in result.assets] == [
        ("dach", "zdecydowanie tak"), ("Prawo jazdy?", "tak"),
    ]  # fmt: skip
    assert [found.key for found in result.deficits] == ["debts", "health", "search"]
    assert [found.key for found in result.without_sensitive().deficits] == ["debts", "search"]


def test_no_licence_is_no_difficulty_and_no_debt_is_no_strength():
    result = evaluate(TEMPLATE, answers(licence="nie", debts="nie"))

    assert (result.assets, result.deficits) == ((), ())


def test_answers_are_shown_in_words():
    section = TEMPLATE.section_of("search")
    given_answers = answers(
        debts="nie", search="often", obstacles=["care", "road"], years="12,5", ended="1.3.26"
    )
    words = {q.key: shown(section, q, given_answers.get(q.key)) for q in section.questions}

    assert words == {
        "search": "często", "obstacles": "dojazd, opieka", "licence": "–", "years": "12,5",
        "ended": "1 marca 2026", "wish": "pracy",
    }  # fmt: skip


def any_answer(question):
    plain = {
        Kind.SCALE: st.integers(0, 4),
        Kind.YES_NO: st.booleans(),
        Kind.TEXT: st.just("słowa"),
        Kind.NUMBER: st.integers(int(question.least or 0), int(question.most or 999)),
        Kind.DATE: st.dates(date(1950, 1, 1), date(2030, 1, 1)).map(str),
    }
    keys = [option.key for option in question.options]
    if question.kind is Kind.ONE:
        return st.sampled_from(keys)
    if question.kind is Kind.MANY:
        return st.lists(st.sampled_from(keys), unique=True, min_size=1)
    return plain[question.kind]


@st.composite
def filled(draw):
    template = builtin_template(draw(st.sampled_from(KEYS)))
    chosen = draw(st.sets(st.sampled_from(template.questions), max_size=25))
    return template, {question.key: draw(any_answer(question)) for question in chosen}


@given(filled())
def test_whatever_is_answered_scores_stay_between_0_and_100(case):
    template, raw = case
    checked = check(template, raw, today=TODAY, complete=False)
    result = evaluate(template, checked.answers)

    assert checked.errors == {}
    for score in result.scores:
        assert (score.value is None) == (score.answered == 0)
        assert score.answered <= score.of
        assert score.value is None or 0 <= score.value <= 100
    assert not {one.key for one in result.assets} & {one.key for one in result.deficits}


@given(
    st.dictionaries(
        st.sampled_from([q.key for q in TEMPLATE.questions]), st.text() | st.none() | st.integers()
    )
)
def test_whatever_is_typed_ends_in_an_answer_or_a_sentence(raw):
    checked = check(TEMPLATE, raw, today=TODAY, complete=False)

    assert not checked.answers.keys() & checked.errors.keys()
    evaluate(TEMPLATE, checked.answers)


def test_two_diagnoses_stand_side_by_side():
    earlier = evaluate(TEMPLATE, answers(roof="1")).scores
    later = evaluate(TEMPLATE, answers(roof="3", search="often")).scores

    assert [(row.dimension.key, row.earlier, row.later, row.change) for row in compare(earlier, later)] == [
        ("home", Decimal(25), Decimal(75), Decimal(50)),
        ("work", None, Decimal(100), None),
    ]


def test_a_dimension_of_only_one_version_keeps_its_row():
    data = small()
    data["dimensions"].pop()
    data["sections"][1].pop("dimensions")
    newer = evaluate(read_template(data), {}).scores

    assert [row.dimension.key for row in compare(evaluate(TEMPLATE, {}).scores, newer)] == ["home", "work"]


def series(*values):
    return [
        Series(label=f"{number}.0{number}.2026", scores=evaluate(TEMPLATE, answers(roof=value)).scores)
        for number, value in enumerate(values, start=1)
    ]


def test_a_chart_draws_the_newest_solid_and_says_its_numbers():
    drawn = chart(series("1", "3"))
    home, work = drawn.rows
    root = ElementTree.fromstring(home.bars)  # noqa: S314 - drawn by ourselves
    rects = root.findall("rect")

    assert drawn.labels == ("1.01.2026", "2.02.2026")
    assert [rect.get("class") for rect in rects] == ["ch-b", "ch-a"]
    assert [rect.get("width") for rect in rects] == ["49.0", "150.0"]
    assert [text.text for text in root.findall("text")] == ["1.01.2026", "25", "2.02.2026", "75"]
    assert (home.numbers, home.change) == (("25", "75"), "+50")
    assert home.sentence == "Dom. 1.01.2026: 25 na 100, 2.02.2026: 75 na 100."
    assert (work.numbers, work.change) == (("–", "–"), "–")
    assert "style" not in home.bars


def test_a_chart_escapes_its_words_once():
    drawn = chart([Series("<b>&", one.scores) for one in series("1", "1")])

    assert "&lt;b&gt;&amp;" in drawn.rows[0].bars
    assert isinstance(drawn.rows[0].bars, Drawing)
    assert drawn.rows[0].bars.__html__() == drawn.rows[0].bars


def test_a_loss_has_a_real_minus():
    assert chart(series("3", "1")).rows[0].change == "−50"


@pytest.mark.parametrize("count", [0, 1, 5])
def test_a_chart_compares_two_to_four(count):
    with pytest.raises(ValueError, match="compares 2 to 4"):
        chart(series(*["1"] * count))
