"""What a paper lacks for whoever has it read aloud: PDF/UA-1, as far as a program can tell.

`faults(paper)` reads the file alone, by a library that did not write it. Each fault is named by its rule, so
that a test can say which of them it made on purpose.
"""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.generic import ContentStream, DictionaryObject

from tests.documents.extents import Operations, texts

# The types that ISO 32000-1 knows and a paper of ours may hold.
STANDARD = {"Document", "Part", "Sect", "Div", "P", "H1", "H2", "H3", "H4", "L", "LI", "Lbl", "LBody"} | {
    *("Table", "THead", "TBody", "TFoot", "TR", "TH", "TD", "Caption"),
    *("Span", "Link", "Figure", "BlockQuote", "Note", "Annot", "NonStruct"),
}
# What stands in what. Whatever is not here may hold anything.
WITHIN = {
    "Table": {"Caption", "THead", "TBody", "TFoot", "TR"},
    "THead": {"TR"},
    "TBody": {"TR"},
    "TFoot": {"TR"},
    "TR": {"TH", "TD"},
    "L": {"LI", "Caption", "L"},
    "LI": {"Lbl", "LBody"},
}
ONLY_IN = {
    "TR": {"Table", "THead", "TBody", "TFoot"},
    "TH": {"TR"},
    "TD": {"TR"},
    "LI": {"L"},
    "LBody": {"LI"},
}
PAINTS = {b"Tj", b"TJ", b"'", b'"', b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"S", b"s"} | {
    *(b"Do", b"sh", b"BI"),
}
# From this length on a paper is leafed through by its bookmarks.
LONG = 4
# How near to an edge letters may come, in points: into the margin at no side, and above and below, where the
# names and numbers of a page stand, as near as a printer reaches.
BESIDE, ABOVE = 44.0, 14.0


class Element:
    """An element of the structure tree, its kids in reading order."""

    def __init__(self, found: DictionaryObject, above: "Element | None" = None) -> None:
        self.found = found
        self.kind = str(found.get("/S", "/")).lstrip("/")
        self.above = above
        self.kids: list[Element] = []
        self.marks: list[tuple[int | None, int]] = []
        self.objects: list[Any] = []
        page = found.raw_get("/Pg").idnum if "/Pg" in found else None
        kids = found.get("/K", [])
        for kid in kids if isinstance(kids, list) else [kids]:
            self._take(kid.get_object(), page)

    def _take(self, kid: Any, page: int | None) -> None:
        if isinstance(kid, int):
            self.marks.append((page, int(kid)))
        elif kid.get("/Type") == "/MCR":
            self.marks.append((kid.raw_get("/Pg").idnum if "/Pg" in kid else page, int(kid["/MCID"])))
        elif kid.get("/Type") == "/OBJR":
            self.objects.append(kid["/Obj"].get_object())
        else:
            self.kids.append(Element(kid, self))

    def all(self) -> Iterator["Element"]:
        yield self
        for kid in self.kids:
            yield from kid.all()

    def attribute(self, name: str) -> Any:
        given = self.found.get("/A", [])
        for one in given if isinstance(given, list) else [given]:
            if name in one.get_object():
                return one.get_object()[name]
        return None

    @property
    def is_said(self) -> bool:
        return any(one.marks or one.objects for one in self.all())


def faults(paper: bytes, *, language: str = "pl") -> list[str]:
    reader = PdfReader(BytesIO(paper))
    root: Any = reader.trailer["/Root"]
    found = list(_of_the_file(reader, root, language))
    if "/StructTreeRoot" not in root:
        return [*found, "tree: there is none"]
    tree = Element(root["/StructTreeRoot"].get_object())
    found += _of_the_tree(tree, root["/StructTreeRoot"].get("/RoleMap", {}))
    found += _of_headings(tree)
    for element in tree.all():
        if element.kind == "Table":
            found += _of_a_table(element)
        if element.kind == "Figure" and not str(element.found.get("/Alt", "")).strip():
            found.append("figure: has no words")
    read = {mark for element in tree.all() for mark in element.marks}
    linked = [
        one.get("/Subtype") for element in tree.all() if element.kind == "Link" for one in element.objects
    ]
    for number, page in enumerate(reader.pages, 1):
        found += [f"{fault} (page {number})" for fault in _of_a_page(page, read)]
    links = [note for page in reader.pages for note in page.get("/Annots", [])]
    if len(links) != len(linked):
        found.append(f"link: {len(links)} on the pages, {len(linked)} in the tree")
    return found


def _of_the_file(reader: PdfReader, root: Any, language: str) -> Iterator[str]:
    if not root.get("/MarkInfo", {}).get("/Marked"):
        yield "file: is not marked as tagged"
    if root.get("/MarkInfo", {}).get("/Suspects"):
        yield "file: its tags are suspect"
    if root.get("/Lang") != language:
        yield f"file: is in {root.get('/Lang')} and not in {language}"
    if not root.get("/ViewerPreferences", {}).get("/DisplayDocTitle"):
        yield "file: its title is not shown"
    title = str((reader.metadata or {}).get("/Title", "")).strip()
    if not title:
        yield "file: has no title"
    told = root["/Metadata"].get_object().get_data().decode() if "/Metadata" in root else ""
    if 'pdfuaid:part="1"' not in told and "<pdfuaid:part>1<" not in told:
        yield "file: does not say that it is PDF/UA"
    if reader.xmp_metadata is None or title not in (reader.xmp_metadata.dc_title or {}).values():
        yield "file: has another title in its metadata"
    if len(reader.pages) >= LONG and not reader.outline:
        yield f"file: {len(reader.pages)} pages without bookmarks"


def _of_the_tree(tree: Element, roles: Any) -> Iterator[str]:
    for element in tree.all():
        if element.above is None:
            continue
        if element.kind not in STANDARD and f"/{element.kind}" not in roles:
            yield f"tree: {element.kind} is no known type"
        if "/P" not in element.found or element.found["/P"].get_object() is not element.above.found:
            yield f"tree: {element.kind} does not know what it stands in"
        above = element.above.kind
        if element.kind not in WITHIN.get(above, {element.kind}) or above not in ONLY_IN.get(
            element.kind, {above}
        ):
            yield f"tree: {element.kind} in {above}"
        if element.marks and element.kind in WITHIN:
            yield f"tree: text in {element.kind} itself"
        if element.kind in {"H1", "H2", "H3", "H4", "TH", "Caption", "LI", "Link"} and not element.is_said:
            yield f"tree: an empty {element.kind}"


def _of_headings(tree: Element) -> Iterator[str]:
    levels = [int(one.kind[1]) for one in tree.all() if one.kind[:1] == "H" and one.kind[1:].isdigit()]
    if levels[:1] != [1] or levels.count(1) != 1:
        yield f"headings: {levels.count(1)} of the first level, the first is of level {levels[:1]}"
    for before, level in zip(levels, levels[1:], strict=False):
        if level > before + 1:
            yield f"headings: {level} after {before}"


def _of_a_table(table: Element) -> Iterator[str]:
    rows = [one for one in table.all() if one.kind == "TR"]
    heads = [cell for row in rows for cell in row.kids if cell.kind == "TH"]
    if not heads:
        yield "table: has no headings"
    for head in heads:
        if head.attribute("/Scope") not in {"/Column", "/Row", "/Both"}:
            yield "table: a heading does not say what it heads"
    widths: dict[int, int] = {}
    for place, row in enumerate(rows):
        for cell in row.kids:
            for down in range(int(cell.attribute("/RowSpan") or 1)):
                widths[place + down] = widths.get(place + down, 0) + int(cell.attribute("/ColSpan") or 1)
    if len(set(widths.values())) > 1 or len(widths) != len(rows):
        yield f"table: its rows have {sorted(set(widths.values()))} cells"


def _of_a_page(page: PageObject, read: set[tuple[int | None, int]]) -> Iterator[str]:
    if "/StructParents" not in page:
        yield "page: is not in the tree"
    if page.get("/Annots") and page.get("/Tabs") != "/S":
        yield "page: its links are not gone through in the order of the tree"
    for note in page.get("/Annots", []):
        if not str(note.get_object().get("/Contents", "")).strip():
            yield "link: has no words of its own"
    for font in page.get("/Resources", {}).get("/Font", {}).values():
        yield from _of_a_font(font.get_object())
    assert page.indirect_reference is not None
    content = page.get_contents()
    operations = [] if content is None else ContentStream(content, page.pdf).operations
    yield from _of_extent(page, operations)
    yield from _of_content(operations, page.indirect_reference.idnum, read)


def _of_a_font(font: Any) -> Iterator[str]:
    drawn = font["/DescendantFonts"][0].get_object() if "/DescendantFonts" in font else font
    inside = drawn.get("/FontDescriptor", {})
    if not any(name in inside for name in ("/FontFile", "/FontFile2", "/FontFile3")):
        yield f"font: {font.get('/BaseFont')} is not inside"
    if "/ToUnicode" not in font:
        yield f"font: {font.get('/BaseFont')} does not say which letters it draws"


def _of_content(operations: Operations, number: int, read: set[tuple[int | None, int]]) -> Iterator[str]:
    """Whatever is drawn is either read or set aside, and never both."""
    open_marks: list[str] = []
    told = set()
    for operands, operator in operations:
        if operator in {b"BDC", b"BMC"}:
            within = operands[1] if len(operands) > 1 else {}
            if operands[0] == "/Artifact":
                open_marks.append("aside")
            elif isinstance(within, DictionaryObject) and "/MCID" in within:
                open_marks.append("read" if (number, int(within["/MCID"])) in read else "lost")
            else:
                open_marks.append("")
            if {"aside", "read"} <= set(open_marks):
                told.add("content: is read and set aside at once")
        elif operator == b"EMC":
            open_marks.pop()
        elif operator in PAINTS:
            if "lost" in open_marks:
                told.add("content: is marked and nobody reads it")
            elif not {"aside", "read"} & set(open_marks):
                told.add(f"content: is neither read nor set aside ({operator.decode()})")
    yield from sorted(told)


def _of_extent(page: PageObject, operations: Operations) -> Iterator[str]:
    """Letters stand on the paper, within its margins: what overflows is cut off by the printer."""
    box = page.mediabox
    for text in texts(page, operations):
        inside = (
            text.left >= float(box.left) + BESIDE
            and text.right <= float(box.right) - BESIDE
            and text.low >= float(box.bottom) + ABOVE
            and text.high <= float(box.top) - ABOVE
        )
        if not inside and text.words.strip():
            place = f"{text.left:.0f}–{text.right:.0f}, {text.low:.0f}–{text.high:.0f}"
            yield f"edge: „{text.words}” stands at {place}"
