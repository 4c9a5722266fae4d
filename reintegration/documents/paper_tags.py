"""What the engine leaves unsaid of a paper's structure, said before the file is written.

The engine makes PDF/UA-1 out of HTML, but does not know which heading heads what, what stands on every page,
which pictures only adorn, and that a table may have come without a row.
"""

from collections.abc import Iterator
from typing import Any

GROUPS = {"/THead", "/TBody", "/TFoot"}


def finish(document: Any, pdf: Any) -> None:
    """Called by the engine with its own pages, and with the objects of the file to be."""
    tree = _Tree(pdf)
    _name_scopes(tree)
    _drop_empty_groups(tree)
    _set_aside(tree, _drop_adornments(tree))


class _Tree:
    """The objects of a file, and those that a screen reader walks."""

    def __init__(self, pdf: Any) -> None:
        self.by_number = {item.number: item for item in pdf.objects}
        self.root = self.of(pdf.catalog["StructTreeRoot"])
        self.document = self.of(self.root["K"][0])
        self.pages = [item for item in pdf.objects if hasattr(item, "get") and item.get("Type") == "/Page"]

    def of(self, reference: bytes) -> Any:
        """The object behind a reference such as `12 0 R`."""
        return self.by_number[_number(reference)]

    def kids(self, element: Any) -> list[Any]:
        """The elements in an element: not its texts, nor an object of its own, such as a link."""
        refered = [
            kid for kid in element.get("K", []) if not isinstance(kid, int) and not hasattr(kid, "get")
        ]
        return [kid for kid in map(self.of, refered) if "S" in kid]

    def walk(self, element: Any = None) -> Iterator[Any]:
        for kid in self.kids(self.root if element is None else element):
            yield kid
            yield from self.walk(kid)

    def above(self, element: Any) -> Any:
        return self.of(element["P"]) if "P" in element else None

    def drop(self, element: Any) -> None:
        self.above(element)["K"].remove(element.reference)

    def lift(self, element: Any) -> None:
        """Put what stands in an element in its place."""
        above = self.above(element)
        place = above["K"].index(element.reference)
        above["K"][place : place + 1] = element["K"]
        for kid in self.kids(element):
            kid["P"] = above.reference

    def parents(self, page: Any) -> Any:
        """For each mark on a page, the element that it belongs to."""
        nums = self.of(self.root["ParentTree"])["Nums"]
        return nums[nums.index(page["StructParents"]) + 1]


def _number(reference: bytes) -> int:
    return int(reference.split()[0])


def _name_scopes(tree: _Tree) -> None:
    """Say of each header cell whether it heads a column or a row.

    In our papers headers of columns stand in `thead`, all others head their row.
    """
    for head in (one for one in tree.walk() if one["S"] == "/TH"):
        above = head
        while above["S"] not in {"/THead", "/Table"}:
            above = tree.above(above)
        head["A"]["Scope"] = "/Column" if above["S"] == "/THead" else "/Row"


def _drop_empty_groups(tree: _Tree) -> None:
    """What is left of a table without rows: its head, or a caption whose rows stand on the next page."""
    for table in [one for one in tree.walk() if one["S"] == "/Table"]:
        for group in [one for one in tree.kids(table) if one["S"] in GROUPS]:
            if not any(one["S"] == "/TR" for one in tree.walk(group)):
                tree.drop(group)
        groups = [one for one in tree.kids(table) if one["S"] in GROUPS]
        if not groups:
            table["S"] = "/Div"
            for caption in tree.kids(table):
                caption["S"] = "/P"
        elif not any(one["S"] == "/TBody" for one in groups):
            for group in groups:
                tree.lift(group)


def _drop_adornments(tree: _Tree) -> set[tuple[int, int]]:
    """Take out the pictures that say nothing by themselves, such as bars beside their numbers."""
    taken = set()
    for picture in [one for one in tree.walk() if one["S"] == "/Figure" and "Alt" not in one]:
        taken |= {(_number(picture["Pg"]), mark) for mark in picture["K"]}
        tree.drop(picture)
    return taken


def _set_aside(tree: _Tree, adornments: set[tuple[int, int]]) -> None:
    """Mark what nobody reads: heads and feet of pages, to which the engine gives no place in the tree.

    A screen reader would read a page number in the middle of a table that goes on. Only the foot of the
    first page is read, once, behind all else: nothing above says what it says.
    """
    read = {
        (_number(one["Pg"]), kid) for one in tree.walk() for kid in one.get("K", []) if isinstance(kid, int)
    }
    for page in tree.pages:
        drawn, parents = tree.of(page["Contents"]).stream, tree.parents(page)
        places = {
            drawn[place - 1]["MCID"]: place
            for place, operator in enumerate(drawn)
            if operator == b"BDC" and "MCID" in drawn[place - 1]
        }
        unread = [mark for mark in places if (page.number, mark) not in read]
        margins = [mark for mark in unread if (page.number, mark) not in adornments]
        # The first page has no head, and the number of the page comes last.
        foot = margins[:-1] if page is tree.pages[0] else []
        if foot:
            _read_at_the_end(tree, [tree.of(parents[mark]) for mark in foot])
        for mark in unread:
            if mark not in foot:
                kind = "/Layout" if (page.number, mark) in adornments else "/Pagination"
                drawn[places[mark] - 2] = "/Artifact"
                drawn[places[mark] - 1] = type(page)({"Type": kind})
                parents[mark] = "null"


def _read_at_the_end(tree: _Tree, lines: list[Any]) -> None:
    """The lines of one text; what the engine put around them becomes its paragraph."""
    paragraph = tree.above(lines[0])
    paragraph["S"], paragraph["P"] = "/P", tree.document.reference
    paragraph["K"][:] = [line.reference for line in lines]
    for line in lines:
        line["P"] = paragraph.reference
    tree.document["K"].append(paragraph.reference)
