"""Where the letters of a page stand: what its content draws, measured by the widths that its fonts tell."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pypdf import PageObject

# a b c d e f, as ISO 32000-1 has it.
Matrix = tuple[float, float, float, float, float, float]
# What a page draws, one after the other: operands and operator.
Operations = Iterable[tuple[Any, bytes]]
SAME: Matrix = (1, 0, 0, 1, 0, 0)


def times(one: Matrix, other: Matrix) -> Matrix:
    """What the first does within the second."""
    a, b, c, d, e, f = one
    p, q, r, s, t, u = other
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


@dataclass(frozen=True, slots=True)
class Text:
    """A run of letters and the box on the page from its line to the height of its font."""

    words: str
    left: float
    low: float
    right: float
    high: float


class Font:
    """How wide each letter of a font is, in thousandths of its size, and what it says."""

    def __init__(self, found: Any) -> None:
        drawn = found["/DescendantFonts"][0].get_object()
        self.otherwise = float(drawn.get("/DW", 1000))
        self.widths: dict[int, float] = {}
        rows = list(drawn.get("/W", []))
        while rows:
            first, then = int(rows.pop(0)), rows.pop(0).get_object()
            if isinstance(then, list):
                self.widths |= {first + at: float(width) for at, width in enumerate(then)}
            else:
                width = float(rows.pop(0))
                self.widths |= dict.fromkeys(range(first, int(then) + 1), width)
        told = found["/ToUnicode"].get_object().get_data().decode("latin-1") if "/ToUnicode" in found else ""
        self.letters = _letters(told)

    def measured(self, shown: bytes) -> tuple[float, str]:
        glyphs = [int.from_bytes(shown[at : at + 2], "big") for at in range(0, len(shown), 2)]
        width = sum(self.widths.get(one, self.otherwise) for one in glyphs)
        return width, "".join(self.letters.get(one, "") for one in glyphs)


def _letters(told: str) -> Mapping[int, str]:
    """`<0024> <0041>` of a map from glyphs to letters."""
    found = {}
    for line in told.splitlines():
        parts = line.replace("<", " ").replace(">", " ").split()
        if len(parts) == 2 and line.startswith("<") and len(parts[0]) == 4:
            found[int(parts[0], 16)] = bytes.fromhex(parts[1]).decode("utf-16-be", "replace")
    return found


def texts(page: PageObject, operations: Operations) -> Iterator[Text]:
    """Each run of letters that the content of a page draws by itself."""
    fonts = {
        name: Font(one.get_object()) for name, one in page.get("/Resources", {}).get("/Font", {}).items()
    }
    placed, kept = SAME, []
    at, font, size = SAME, "", 0.0
    for operands, operator in operations:
        if operator == b"q":
            kept.append(placed)
        elif operator == b"Q":
            placed = kept.pop()
        elif operator == b"cm":
            placed = times(_matrix(operands), placed)
        elif operator == b"BT":
            at = SAME
        elif operator == b"Tm":
            at = _matrix(operands)
        elif operator == b"Tf":
            font, size = operands[0], float(operands[1])
        elif operator in {b"TJ", b"Tj"}:
            width, words = _run(operands[0], fonts[font])
            yield _placed(words, width * size / 1000, size, times(at, placed))
            at = times((1, 0, 0, 1, width * size / 1000, 0), at)


def _matrix(operands: Any) -> Matrix:
    a, b, c, d, e, f = map(float, operands)
    return a, b, c, d, e, f


def _run(shown: Any, font: Font) -> tuple[float, str]:
    """Letters, and by how many thousandths the next one comes nearer."""
    width, words = 0.0, ""
    for part in shown if isinstance(shown, list) else [shown]:
        if isinstance(part, int | float):
            width -= float(part)
        else:
            more, said = font.measured(getattr(part, "original_bytes", part))
            width, words = width + more, words + said
    return width, words


def _placed(words: str, width: float, size: float, to: Matrix) -> Text:
    corners = [times((1, 0, 0, 1, x, y), to)[4:] for x in (0, width) for y in (0, size)]
    across, up = [x for x, _ in corners], [y for _, y in corners]
    return Text(words, min(across), min(up), max(across), max(up))
