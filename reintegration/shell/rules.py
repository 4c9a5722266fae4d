"""The user guide as its files write it: a small part of Markdown, read into pieces that a template draws.

A page is a heading, a line of roles, a lead, and sections; a section is paragraphs, lists, notes,
pictures. Nothing passes as HTML, because nothing here is HTML. What the guide does not use is refused.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

# The line under the heading of a page, and the comment that names the screens it is for.
FOR = "Dla: "
SCREENS = re.compile(r"<!-- ekrany: (?P<paths>[^>]+?) -->")
PICTURE = re.compile(r"!\[(?P<alt>[^\]]+)\]\(obrazy/(?P<name>[a-z0-9-]+)\.webp\)")
ITEM = re.compile(r"(?P<sign>-|\d+\.) (?P<text>.+)")
INLINE = re.compile(
    r"\*\*(?P<bold>[^*]+)\*\*|`(?P<key>[^`]+)`|\[(?P<label>[^\]]+)\]\((?P<page>[a-z-]+)\.md\)|(?P<text>[^*`\[]+)"
)
FILE = re.compile(r"\d\d-(?P<slug>[a-z-]+)")


class Unreadable(ValueError):
    """A page of the guide uses what the guide does not know."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text: plain, the name of something on the screen, a key, or a link to another page."""

    kind: Literal["text", "bold", "key", "page"]
    text: str
    page: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    kind: Literal["paragraph", "steps", "list", "note", "picture"]
    # A line of a list each; one for everything else.
    lines: tuple[tuple[Piece, ...], ...]
    picture: str = ""

    @property
    def file(self) -> str:
        return f"przewodnik/{self.picture}.webp"

    @property
    def text(self) -> str:
        return " ".join("".join(piece.text for piece in line) for line in self.lines)


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    anchor: str
    blocks: tuple[Block, ...]

    @property
    def text(self) -> str:
        return " ".join(block.text for block in self.blocks)

    @property
    def names(self) -> list[str]:
        """What the section says stands on the screen."""
        pieces = [piece for block in self.blocks for line in block.lines for piece in line]
        return [piece.text for piece in pieces if piece.kind == "bold"]

    @property
    def pictures(self) -> list[str]:
        return [block.picture for block in self.blocks if block.picture]


@dataclass(frozen=True, slots=True)
class GuidePage:
    slug: str
    title: str
    roles: tuple[str, ...]
    lead: str
    screens: tuple[str, ...]
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Found:
    page: GuidePage
    section: Section | None
    excerpt: str


@dataclass
class _Draft:
    title: str = ""
    blocks: list[Block] = field(default_factory=list)


def read(name: str, text: str, fold: Callable[[str], str]) -> GuidePage:
    """Read one file of the guide; `fold` makes an address out of a heading."""
    named = FILE.fullmatch(name)
    parts = [part.strip() for part in re.split(r"\n\s*\n", text.strip())]
    if not named or len(parts) < 4 or not parts[0].startswith("# ") or not parts[1].startswith(FOR):
        raise Unreadable(f"{name}: a page begins with its heading, its roles and a lead.")
    # The list of pages shows the lead as it stands.
    if any(piece.kind != "text" for piece in _pieces(parts[2])):
        raise Unreadable(f"{name}: the lead is plain text.")
    screens: tuple[str, ...] = ()
    sections: list[_Draft] = []
    for part in parts[3:]:
        if found := SCREENS.fullmatch(part):
            screens = tuple(found["paths"].split())
        elif part.startswith("## "):
            sections.append(_Draft(part.removeprefix("## ")))
        elif not sections:
            raise Unreadable(f"{name}: text before the first section: {part}")
        else:
            sections[-1].blocks.append(_block(part))
    return GuidePage(
        slug=named["slug"],
        title=parts[0].removeprefix("# "),
        roles=tuple(parts[1].removeprefix(FOR).split(", ")),
        lead=parts[2],
        screens=screens,
        sections=tuple(
            Section(one.title, fold(one.title).replace(" ", "-"), tuple(one.blocks)) for one in sections
        ),
    )


def _block(part: str) -> Block:
    lines = part.split("\n")
    if found := PICTURE.fullmatch(part):
        return Block("picture", ((Piece("text", found["alt"]),),), found["name"])
    if all(line.startswith("> ") for line in lines):
        return Block("note", (_pieces(" ".join(line.removeprefix("> ") for line in lines)),))
    items = [ITEM.fullmatch(line) for line in lines]
    if all(items):
        signs = {"-" if item["sign"] == "-" else "1" for item in items if item}
        if len(signs) > 1:
            raise Unreadable(part)
        kind: Literal["list", "steps"] = "list" if signs == {"-"} else "steps"
        return Block(kind, tuple(_pieces(item["text"]) for item in items if item))
    if len(lines) > 1 or re.match(r"[#>|<!]|- |\d+\. ", part):
        raise Unreadable(part)
    return Block("paragraph", (_pieces(part),))


def _pieces(text: str) -> tuple[Piece, ...]:
    found, at = [], 0
    for match in INLINE.finditer(text):
        if match.start() != at:
            break
        at = match.end()
        if match["bold"]:
            found.append(Piece("bold", match["bold"]))
        elif match["key"]:
            found.append(Piece("key", match["key"]))
        elif match["label"]:
            found.append(Piece("page", match["label"], match["page"]))
        else:
            found.append(Piece("text", match["text"]))
    if at != len(text):
        raise Unreadable(text)
    return tuple(found)


def by_role(pages: Sequence[GuidePage], roles: set[str]) -> tuple[list[GuidePage], list[GuidePage]]:
    """The pages for somebody of these roles, and the rest; a page for everybody is for each."""
    mine = [page for page in pages if roles & {*page.roles} or page.roles == ("każdy",)]
    return mine, [page for page in pages if page not in mine]


def search(pages: Sequence[GuidePage], words: Sequence[str], fold: Callable[[str], str]) -> Iterator[Found]:
    """Where every word stands: the sections with all of them, a page by its title or lead."""
    if not words:
        return
    for page in pages:
        if _has(fold(f"{page.title} {page.lead}"), words):
            yield Found(page, None, page.lead)
        for section in page.sections:
            # The title of the page counts: "wypłata zwrot" finds a return on the page of payments.
            own = fold(f"{section.title} {section.text}")
            if any(word in own for word in words) and _has(f"{fold(page.title)} {own}", words):
                yield Found(page, section, _excerpt(section, words, fold))


def _has(text: str, words: Sequence[str]) -> bool:
    return all(word in text for word in words)


def _excerpt(section: Section, words: Sequence[str], fold: Callable[[str], str]) -> str:
    """The first block that has one of the words."""
    blocks = [block.text for block in section.blocks]
    return next((text for text in blocks if any(word in fold(text) for word in words)), "".join(blocks[:1]))
