"""The guide that people read under "Pomoc": what it names exists, and what stands in it is found."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from reintegration.core.text import search_key
from reintegration.shell import guide, rules
from reintegration.tenancy.enums import Role
from tests.cast import World, sign_in
from tests.strict import ROOMS

ROOT = Path(__file__).resolve().parents[2]
LARGEST = 60_000
EVERYBODY = "każdy"
PAGE = """# Skierowanie

Dla: kierownik

Zdanie.

<!-- ekrany: /skierowania/ -->

## Krok

Naciśnij **Wyślij**, klawisz `/`, zobacz [stronę](pulpit.md).

- jedno
- drugie

1. najpierw
2. potem

> Uwaga.

![Obraz](obrazy/krok-raz.webp)
"""


def read(text: str) -> rules.GuidePage:
    return rules.read("10-skierowanie", text, search_key)


def test_a_page_is_read_into_its_pieces() -> None:
    page = read(PAGE)
    assert (page.slug, page.title, page.roles, page.lead) == (
        "skierowanie",
        "Skierowanie",
        ("kierownik",),
        "Zdanie.",
    )
    assert page.screens == ("/skierowania/",)
    (section,) = page.sections
    assert [block.kind for block in section.blocks] == ["paragraph", "list", "steps", "note", "picture"]
    assert (section.names, section.pictures) == (["Wyślij"], ["krok-raz"])
    kinds = [piece.kind for piece in section.blocks[0].lines[0]]
    assert kinds == ["text", "bold", "text", "key", "text", "page", "text"]


@pytest.mark.parametrize(
    "strange",
    [
        "### Za głęboko",
        "| a | b |",
        "<b>nie</b>",
        "**niedomknięte",
        "[obcy](https://example.org)",
        "- raz\n1. dwa",
        "dwie\nlinie",
        "![Obraz](https://example.org/a.png)",
    ],
)
def test_what_the_guide_does_not_know_is_refused(strange: str) -> None:
    with pytest.raises(rules.Unreadable):
        read(f"{PAGE}\n{strange}\n")


def test_the_lead_is_plain_because_lists_show_it() -> None:
    name, roles, lead, *rest = PAGE.split("\n\n")
    with pytest.raises(rules.Unreadable, match="lead"):
        read("\n\n".join([name, roles, f"{lead} **Wcale**", *rest]))


def test_html_stays_text(client: Client, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    page = read(PAGE.replace("- jedno", "- <script>alert(1)</script>"))
    monkeypatch.setattr(guide, "pages", lambda: (page,))
    text = client.get(reverse("shell:guide", args=["skierowanie"])).content.decode()
    assert "&lt;script&gt;alert(1)" in text
    assert "<script>alert" not in text


def addresses(resolver: Any, before: str = "/") -> Iterator[str]:
    """Every address of the program, as its patterns write it."""
    for one in resolver.url_patterns:
        route = f"{before}{one.pattern}"
        if isinstance(one, URLPattern):
            yield route
        else:
            yield from addresses(one, route)


def test_every_page_names_what_exists() -> None:
    pages = guide.pages()
    slugs = [page.slug for page in pages]
    assert len({*slugs}) == len(slugs)
    roles = {str(role.label) for role in Role} | {EVERYBODY}
    for page in pages:
        assert {*page.roles} <= roles, page.slug
        for path in page.screens:
            assert any(one.startswith(path) for one in addresses(get_resolver())), f"{page.slug}: {path}"
        anchors = [section.anchor for section in page.sections]
        assert len({*anchors}) == len(anchors), page.slug
        for section in page.sections:
            for block in section.blocks:
                for line in block.lines:
                    assert {piece.page for piece in line if piece.page} <= {*slugs}, page.slug


def test_every_role_has_a_page_of_its_own() -> None:
    for role in Role:
        mine, _ = rules.by_role(guide.pages(), {str(role.label)})
        assert any(page.roles != (EVERYBODY,) for page in mine) or role is Role.OPERATOR, role


def test_a_picture_is_small_and_named_once() -> None:
    named = [name for page in guide.pages() for section in page.sections for name in section.pictures]
    kept = {path.stem: path.stat().st_size for path in (settings.GUIDE_DIR / "obrazy").iterdir()}
    assert sorted(named) == sorted(kept)
    assert max(kept.values()) < LARGEST


def test_what_stands_in_bold_stands_on_some_screen() -> None:
    """The pages of journeys are held to the very screen; here is what the others name too."""
    files = [*(ROOT / "templates").rglob("*.html")]
    for folder in ROOMS:
        files += (ROOT / folder).rglob("*.py")
    shown = "\n".join(path.read_text(encoding="utf-8") for path in files)
    for page in guide.pages():
        for section in page.sections:
            missing = [name for name in section.names if name not in shown]
            assert missing == [], f"{page.slug}: {section.title}"


def page_of(client: Client, query: str = "") -> str:
    answer: Any = client.get(reverse("shell:help"), {"q": query} if query else {})
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_whoever_signed_in_finds_their_own_pages_first(client: Client, world: World) -> None:
    sign_in(client, world.people["celina"], world.cis.pk)
    text = page_of(client)
    own, others = text.index("Przewodnik: Twoje strony"), text.index("Przewodnik: pozostałe role")
    month, referral = (text.index(f"/pomoc/{slug}/") for slug in ("rozliczenie-miesiaca", "skierowanie"))
    assert own < month < others < referral


def test_a_word_is_found_without_its_polish_letters(client: Client, world: World) -> None:
    found = page_of(client, "wyciag camt")
    assert re.search(r'/pomoc/rozliczenie-miesiaca/#[a-z-]*wyciag-z-banku"', found)
    assert "Tego słowa nie ma w przewodniku" in page_of(client, "kajak")
    assert page_of(client, "\x00<b>")


def test_a_screen_leads_to_its_page(client: Client, world: World) -> None:
    sign_in(client, world.people["anna"], world.cis.pk)
    text = client.get("/skierowania/").content.decode()
    assert reverse("shell:guide", args=["skierowanie"]) in text
    assert client.get(reverse("shell:guide", args=["nie-ma"])).status_code == 404
