"""The user guide of `docs/przewodnik/`, read once."""

from functools import cache

from django.conf import settings

from reintegration.core.text import search_key
from reintegration.shell.rules import GuidePage, read


@cache
def pages() -> tuple[GuidePage, ...]:
    """All pages, in the order of their numbers."""
    files = sorted(settings.GUIDE_DIR.glob("*.md"))
    found = tuple(read(file.stem, file.read_text(encoding="utf-8"), search_key) for file in files)
    assert found, f"No guide in {settings.GUIDE_DIR}."
    return found


def page(slug: str) -> GuidePage | None:
    return next((one for one in pages() if one.slug == slug), None)
