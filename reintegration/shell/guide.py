"""The user guide of `docs/przewodnik/`, read once."""

from functools import cache

from django.conf import settings
from django.urls import reverse

from reintegration.core.components import Link
from reintegration.core.text import search_key
from reintegration.shell.rules import GuidePage, read


@cache
def pages() -> tuple[GuidePage, ...]:
    """All pages, in the order of their numbers."""
    files = sorted(settings.GUIDE_DIR.glob("*.md"))
    found = tuple(read(file.stem, file.read_text(encoding="utf-8"), search_key) for file in files)
    assert found, f"No guide in {settings.GUIDE_DIR}."
    return found


@cache
def _screens() -> tuple[tuple[str, Link], ...]:
    """How the addresses of screens begin, the longest first, with the page that names each."""
    found = [
        (begin, Link(one.title, reverse("shell:guide", args=[one.slug])))
        for one in pages()
        for begin in one.screens
    ]
    return tuple(sorted(found, key=lambda one: -len(one[0])))


def link_for(path: str) -> Link | None:
    """The page that is about the screen of this address."""
    return next((link for begin, link in _screens() if path.startswith(begin)), None)


def page(slug: str) -> GuidePage | None:
    return next((one for one in pages() if one.slug == slug), None)
