"""What axe-core cannot decide by itself: each kind, on which elements it may be, and why.

`docs/accessibility.md` shows this table; `tests/frontend/test_accessibility.py` holds the two together. A
kind that is not here, or is found on another element, fails its page.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Undecided:
    """A rule of axe, what axe says of the element, and the elements of which we know better."""

    rule: str
    said: str
    elements: str
    reason: str

    @property
    def kind(self) -> str:
        return f"{self.rule} {self.said}"


KNOWN = (
    Undecided(
        "color-contrast",
        "bgGradient",
        "select",
        "The arrow of a field to choose from is drawn as a picture behind it. The text keeps clear of the "
        "arrow and stands on the plain colour of fields, on which axe measures every other field.",
    ),
    Undecided(
        "color-contrast",
        "elmPartiallyObscured",
        ".side *, .tabs *, .tw *, .mg *",
        "The menu beside the page, the tabs and the tables of a narrow one scroll in frames of their own "
        "when they are longer than the window, so what stands at the edge is cut in the middle. It has the "
        "colours of its neighbours, which axe measures, and comes into sight with the focus.",
    ),
    Undecided(
        "color-contrast",
        "bgOverlap",
        ".tilemap *, #tresc *",
        "The letters on the map of voivodeships stand on tiles, whose colours axe does not see; the same "
        "numbers stand in a table. In a window that was scrolled, a bar that stays in its place lies over "
        "the text under it, which comes into sight as the page moves. The colours are those of buttons and "
        "of plain text, which axe measures elsewhere.",
    ),
    Undecided(
        "color-contrast",
        "imgNode",
        ".tilemap *",
        "The map of voivodeships is one picture drawn as SVG, in whose lines of text axe sees a picture. The "
        "letters have the colours of buttons and of plain text; the same numbers stand in a table.",
    ),
)
ELEMENTS = {one.kind: one.elements for one in KNOWN}
