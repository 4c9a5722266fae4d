"""The tags and filters that draw every screen."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.template import Context, Template
from django.template.loader import render_to_string as render
from django.utils.safestring import SafeString

from reintegration.core import clock, icon_set
from reintegration.core.components import Badge, DueDay, DueItem, Link, Task, TimelineEntry, Verdict
from reintegration.core.dates import DateSpan, Month
from reintegration.core.ui import drawing
from reintegration.core.ui.drawing import UnknownKind
from reintegration.shell.context import Me

TODAY = date(2026, 11, 20)


def draw(source: str, **values: Any) -> str:
    with clock.frozen(TODAY):
        return " ".join(Template(source).render(Context(values)).split())


@pytest.mark.parametrize(
    ("source", "value", "expected"),
    [
        ("{{ x|zl }}", Decimal("1966.06"), "1\u00a0966,06\u00a0zł"),
        ("{{ x|zl_diff }}", Decimal("59"), "+59,00\u00a0zł"),
        ("{{ x|zl_diff }}", Decimal("-324.62"), "−324,62\u00a0zł"),
        ("{{ x|amount }}", Decimal("0.00"), "0,00"),
        ("{{ x|zl }}", None, "–"),
        ("{{ x|day }}", TODAY, "20 listopada"),
        ("{{ x|day }}", date(2025, 3, 1), "1 marca 2025"),
        ("{{ x|day_table }}", TODAY, "20.11.2026"),
        ("{{ x|distance }}", date(2026, 11, 23), "za 3 dni"),
        ("{{ x|span }}", DateSpan(date(2026, 10, 12), date(2026, 10, 14)), "12–14 października"),
        ("{{ x|span }}", None, "–"),
        ("{{ x|month }}", Month(2026, 10), "październik 2026"),
        ("{{ x|moment }}", datetime(2026, 11, 20, 9, 42, tzinfo=UTC), "dziś, 10:42"),
        ("{{ x|dash }}", "", "–"),
        ("{{ x|dash }}", 0, "0"),
    ],
)
def test_a_value_is_written_in_polish(source: str, value: Any, expected: str):
    with clock.frozen(TODAY):
        assert Template(source).render(Context({"x": value})) == expected


@pytest.mark.parametrize(
    ("number", "expected"),
    [(0, "0 osób"), (1, "1 osoba"), (2, "2 osoby"), (5, "5 osób"), (12, "12 osób"), (22, "22 osoby")],
)
def test_a_noun_takes_the_form_of_its_number(number: int, expected: str):
    assert draw('{% plural n "osoba" "osoby" "osób" %}', n=number) == expected


ME = '{% kept "components/side_end.html" me=me %}'


def test_a_kept_piece_is_drawn_once_for_the_same_values(monkeypatch: pytest.MonkeyPatch):
    drawing._piece.cache_clear()
    made = []
    monkeypatch.setattr(drawing, "render_to_string", lambda *asked: made.append(asked) or render(*asked))
    drawn = [draw(ME, me=Me(name, "Dąb", "kierownik")) for name in ("Ewa", "Anna", "Ewa")]
    assert len(made) == 2
    assert ["Anna Dąb" in one for one in drawn] == [False, True, False]
    assert drawn[0] == drawn[2]


def test_a_kept_piece_holds_nobody_s_token_and_sees_nothing_else():
    me = Me("Ewa", "Dąb", "kierownik")
    first, second = (draw(ME, me=me, csrf_token=token) for token in ("a" * 64, "b" * 64))
    assert 'value="' + "a" * 64 in first
    assert second == first.replace("a" * 64, "b" * 64)
    assert "Ewa" not in draw('{% kept "components/side_end.html" %}', me=me)


def test_a_kept_piece_tells_html_from_what_only_looks_like_it():
    source = '{% kept "components/mark.html" size=size %}'
    assert 'width="&lt;b&gt;"' in draw(source, size="<b>")
    assert 'width="<b>"' in draw(source, size=SafeString("<b>"))


def test_what_a_person_wrote_is_escaped_in_every_part():
    evil = '<img src=x onerror="x">'
    drawn = draw(
        "{% status evil %}{% person evil sub=evil %}{% head evil %}{{ evil }}{% endhead %}"
        '{% note "warn" title=evil %}{{ evil }}{% endnote %}{% empty evil %}{{ evil }}{% endempty %}'
        "{% task_list tasks %}{% timeline entries %}{% verdict verdicts %}{% chips links evil %}"
        "{% facts pairs %}{% crumbs evil evil %}{% why evil %}{{ evil }}{% endwhy %}",
        evil=evil,
        tasks=[Task(evil, evil, action=evil, action_url=evil)],
        entries=[TimelineEntry(TODAY, evil, evil, evil)],
        verdicts=[Verdict(evil, "no", evil, evil)],
        links=[Link(evil, evil)],
        pairs=[(evil, evil)],
    )
    assert "<img" not in drawn


def test_a_status_is_a_shape_a_word_and_a_colour():
    drawn = draw('{% status "odmowa" "bad" %}')
    assert 'class="st st-bad"' in drawn
    assert "<svg" in drawn
    assert "odmowa" in drawn


@pytest.mark.parametrize(
    "source",
    [
        '{% status "x" "czerwony" %}',
        '{% note "duża" %}x{% endnote %}',
        '{% step "x" state="jutro" %}{% endstep %}',
        '{% task "x" kind="pilne" %}{% endtask %}',
    ],
)
def test_a_kind_that_is_not_drawn_is_refused(source: str):
    with pytest.raises(UnknownKind):
        draw(source)


def test_an_unknown_icon_is_refused():
    with pytest.raises(icon_set.UnknownIcon):
        draw('{% icon "nie-ma-takiej" %}')
    with pytest.raises(icon_set.UnknownIcon):
        draw('{% icon "../../settings/base" %}')


def test_an_icon_is_hidden_from_readers_unless_it_is_named():
    assert 'aria-hidden="true"' in draw('{% icon "check" %}')
    named = draw('{% icon "check" label="Gotowe" %}')
    assert 'aria-label="Gotowe"' in named
    assert "aria-hidden" not in named


@pytest.mark.parametrize(
    ("left", "of", "state"),
    [(4, 6, ""), (1, 6, "low"), (0, 6, "bad"), (12, 21, ""), (5, 21, "low"), (0, 21, "bad")],
)
def test_a_balance_says_what_is_left(left: int, of: int, state: str):
    drawn = draw('{% balance "DW" "Dni wolne" left=left of=of %}', left=left, of=of)
    assert f"Dni wolne: zostało {left} z {of}" in drawn
    assert (f'class="r-bal {state}"' if state else 'class="r-bal"') in drawn


def test_a_pool_that_opens_later_says_from_when():
    assert "Dni wolne: od 2 kwietnia" in draw('{% balance "DW" "Dni wolne" left=0 of=6 opens="2 kwietnia" %}')


def test_the_buttons_of_a_head_stand_beside_the_sentence():
    drawn = draw(
        '{% head "A" %}Zdanie.{% acts %}<a>x</a>{% endacts %}{% endhead %}{% head "B" %}{% endhead %}'
    )
    assert drawn.count('class="acts"') == 1
    assert "<p>Zdanie.</p>" in drawn


def test_a_timeline_is_newest_first_by_month():
    drawn = draw(
        "{% timeline entries %}",
        entries=[TimelineEntry(date(2026, 10, 9), "Stare"), TimelineEntry(date(2026, 11, 5), "Nowe")],
    )
    assert drawn.index("listopad 2026") < drawn.index("Nowe") < drawn.index("październik 2026")


def test_a_due_day_says_how_far_it_is():
    drawn = draw("{% due_list days %}", days=[DueDay(date(2026, 11, 23), [DueItem("Zgłoszenie")])])
    assert "pn. 23<" in drawn
    assert "za 3 dni" in drawn


def test_a_due_day_of_another_month_names_it():
    drawn = draw("{% due_list days %}", days=[DueDay(date(2026, 12, 15), [DueItem("Składki")])])
    assert "wt. 15.12" in drawn


def test_a_badge_in_a_list_is_drawn_and_a_text_is_not_touched():
    assert 'class="st st-ok"' in draw("{% cell x %}", x=Badge("czynne", "ok"))
    assert draw("{% cell x %}", x="<b>") == "&lt;b&gt;"


def test_a_change_outside_a_form_is_a_post_with_a_token():
    drawn = draw('{% post "/x/" "Usuń" %}', csrf_token="znak")
    assert 'method="post"' in drawn
    assert 'value="znak"' in drawn


def test_every_icon_is_drawable():
    for file in icon_set.FOLDER.glob("*.svg"):
        assert icon_set.drawing(Path(file).stem)
