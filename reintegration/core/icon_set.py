"""Icons, drawn into the page: no request, no font, and the colour of the text beside them."""

import re
from functools import cache
from pathlib import Path

from django.utils.safestring import SafeString, mark_safe

FOLDER = Path(__file__).parent / "icons"
_SHAPES = re.compile(r"<(?:path|circle|rect|line|polyline|ellipse)\s[^>]*?/>", re.DOTALL)


class UnknownIcon(LookupError):
    """A template names an icon that is not in the folder."""


@cache
def drawing(name: str) -> SafeString:
    """The shapes of an icon without its frame and without the invisible box of the set."""
    path = FOLDER / f"{name}.svg"
    if not name.replace("-", "").isalnum() or not path.is_file():
        raise UnknownIcon(name)
    shapes = _SHAPES.findall(path.read_text(encoding="utf-8"))
    return mark_safe("".join(shape for shape in shapes if 'stroke="none"' not in shape))  # noqa: S308 – our files
