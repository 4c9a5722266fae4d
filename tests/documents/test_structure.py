"""Papers are looked into, each rule shown finding what was spoilt; and mended behind the engine."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, StreamObject, TextStringObject

from reintegration.documents.papers import Letterhead, join_pdfs, render_pdf
from tests.documents.structure import Element, faults

pytestmark = pytest.mark.usefixtures("probe_templates")

PAPERS = Path(__file__).resolve().parents[2] / "templates"
Spoil = Callable[[Any, list[Any]], None]


def paper(**content: Any) -> bytes:
    return render_pdf(
        "probe/structure.html",
        {"rows": ["Osoba Łącka", "Osoba Rzeczna"], "foot": "Podstawa: art. 15 ustawy.", **content},
        title="Wykaz próbny",
        letterhead=Letterhead("CIS „Nowy Most”"),
    )


def elements(content: bytes) -> list[Element]:
    root: Any = PdfReader(BytesIO(content)).trailer["/Root"]
    return list(Element(root["/StructTreeRoot"].get_object()).all())


def kinds(content: bytes) -> list[str]:
    return [one.kind for one in elements(content)]


def spoilt(spoil: Spoil) -> list[str]:
    """The faults of a good paper after somebody had it in hand."""
    writer = PdfWriter(clone_from=BytesIO(paper()))
    root: Any = writer.root_object
    spoil(root, list(Element(root["/StructTreeRoot"].get_object()).all()))
    target = BytesIO()
    writer.write(target)
    return faults(target.getvalue())


def first(kind: str, all_of_them: list[Element]) -> Any:
    return next(one.found for one in all_of_them if one.kind == kind)


def rename(kind: str, to: str) -> Spoil:
    return lambda root, tree: first(kind, tree).update({NameObject("/S"): NameObject(f"/{to}")})


def without(name: str) -> Spoil:
    return lambda root, tree: root.pop(name)


def page_of(root: Any) -> Any:
    return root["/Pages"]["/Kids"][0].get_object()


def draw_more(root: Any, tree: list[Element]) -> None:
    page = page_of(root)
    stream = StreamObject()
    stream.set_data(page["/Contents"].get_object().get_data() + b"\n0 0 10 10 re f\n")
    page[NameObject("/Contents")] = stream


def forget_text(root: Any, tree: list[Element]) -> None:
    first("Caption", tree)[NameObject("/K")] = ArrayObject()


def forget_font(root: Any, tree: list[Element]) -> None:
    for font in page_of(root)["/Resources"]["/Font"].values():
        font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"].pop("/FontFile2")
        font.get_object().pop("/ToUnicode")


def forget_scope(root: Any, tree: list[Element]) -> None:
    first("TH", tree)["/A"].get_object().pop("/Scope")


def forget_words(root: Any, tree: list[Element]) -> None:
    first("Figure", tree).pop("/Alt")


def widen(root: Any, tree: list[Element]) -> None:
    first("TR", tree)["/K"].pop()


def speak_german(root: Any, tree: list[Element]) -> None:
    root[NameObject("/Lang")] = TextStringObject("de")


def add_link(root: Any, tree: list[Element]) -> None:
    note = DictionaryObject({NameObject("/Subtype"): NameObject("/Link")})
    page_of(root)[NameObject("/Annots")] = ArrayObject([note])
    page_of(root).pop("/Tabs")


def test_a_good_paper_has_no_fault():
    assert faults(paper()) == []


@pytest.mark.parametrize(
    ("spoil", "found"),
    [
        (without("/MarkInfo"), "file: is not marked"),
        (without("/StructTreeRoot"), "tree: there is none"),
        (without("/ViewerPreferences"), "file: its title is not shown"),
        (without("/Metadata"), "file: does not say that it is PDF/UA"),
        (speak_german, "file: is in de"),
        (rename("H2", "H3"), "headings: 3 after 1"),
        (rename("H1", "P"), "headings: 0 of the first level"),
        (rename("P", "Paragraph"), "tree: Paragraph is no known type"),
        (rename("TBody", "TR"), "tree: TR in T"),
        (forget_text, "tree: an empty Caption"),
        (forget_text, "content: is marked and nobody reads it"),
        (forget_scope, "table: a heading does not say"),
        (forget_words, "figure: has no words"),
        (widen, "table: its rows have"),
        (draw_more, "content: is neither read nor set aside"),
        (forget_font, "font: "),
        (add_link, "link: 1 on the pages, 0 in the tree"),
        (add_link, "link: has no words"),
        (add_link, "page: its links"),
    ],
)
def test_what_is_spoilt_is_found(spoil: Spoil, found: str):
    assert any(one.startswith(found) for one in spoilt(spoil)), spoilt(spoil)


def test_a_long_paper_is_leafed_through_by_bookmarks():
    long = paper(rows=[f"Osoba {number}" for number in range(200)])
    assert faults(long) == []
    writer = PdfWriter(clone_from=BytesIO(long))
    writer.root_object.pop("/Outlines")
    target = BytesIO()
    writer.write(target)
    assert [one for one in faults(target.getvalue()) if "bookmarks" in one]


@pytest.mark.parametrize("word", ["Łącka" * 40, "9" * 200, "Ż" * 400, "<&>" * 60], ids=len)
def test_a_word_without_end_stays_on_the_paper(word: str):
    assert [one for one in faults(paper(rows=[word])) if one.startswith("edge: ")] == []


def test_what_is_moved_off_the_paper_is_found():
    """Up, down and aside."""
    for moved in ("0 200", "0 -800", "-60 0", "400 0"):
        writer = PdfWriter(clone_from=BytesIO(paper()))
        page = page_of(writer.root_object)
        stream = StreamObject()
        stream.set_data(f"1 0 0 1 {moved} cm\n".encode() + page["/Contents"].get_object().get_data())
        page[NameObject("/Contents")] = stream
        target = BytesIO()
        writer.write(target)
        assert [one for one in faults(target.getvalue()) if one.startswith("edge: ")]


def test_a_batch_for_the_printer_is_not_read_aloud():
    assert "tree: there is none" in faults(join_pdfs([paper()], title="Paczka"))


def test_the_foot_is_read_once_and_the_number_of_the_page_never():
    long = paper(rows=[f"Osoba {number}" for number in range(200)])
    document = elements(long)[1]
    last = document.kids[-1]
    assert last.kind == "P"
    assert [len(one.marks) for one in last.kids] == [1]
    # The sentence that nobody need sign, and the foot.
    assert [one.kind for one in document.kids].count("P") == 2


def test_a_table_without_rows_keeps_its_head():
    found = kinds(paper(rows=[]))
    assert found.count("TR") == 1
    assert not {"TBody", "THead"} & set(found)
    assert faults(paper(rows=[])) == []


def test_a_picture_that_adorns_is_set_aside():
    assert kinds(paper()).count("Figure") == 1
    assert kinds(paper(adorned=True)).count("Figure") == 1
    assert faults(paper(adorned=True)) == []


def test_every_picture_of_a_template_has_words_or_says_that_it_adorns():
    named = [
        line
        for path in sorted(PAPERS.rglob("*.html"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if 'src="paper:' in line
    ]
    assert named
    assert [line for line in named if ' alt="' not in line] == []
