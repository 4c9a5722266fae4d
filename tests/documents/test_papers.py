"""The one way to make a PDF: whole, tagged, the same every time, and shut off from everything outside."""

import gc
import logging
import re
import resource
import socket
import subprocess
import sys
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from reintegration.documents import papers
from reintegration.documents.papers import (
    Letterhead,
    SignatureBox,
    UnknownLanguage,
    join_pdfs,
    render_pdf,
    template_version,
)

pytestmark = pytest.mark.usefixtures("probe_templates")

AT = datetime(2026, 11, 20, 10, tzinfo=UTC)
HEAD = Letterhead("CIS „Nowy Most”", ("ul. Leśna 1, 20-001 Modrzewno",))


def table(rows: list[tuple[str, str]], sentence: str = "Zażółć gęślą jaźń", **kwargs: Any) -> bytes:
    values: dict[str, Any] = {
        "title": "Wykaz próbny",
        "number": "WK/27/2026",
        "made_at": AT,
        "letterhead": HEAD,
    }
    return render_pdf("probe/table.html", {"sentence": sentence, "rows": rows}, **values | kwargs)


def rows(count: int) -> list[tuple[str, str]]:
    return [(f"Osoba Łącka {number}", f"{number},50 zł") for number in range(count)]


def text_of(paper: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(paper)).pages).split())


def tags(paper: bytes) -> list[Any]:
    """The elements of the structure tree, in reading order."""
    found: list[Any] = []

    def walk(element: Any) -> None:
        element = element.get_object()
        if not isinstance(element, dict):
            return
        found.append(element)
        kids = element.get("/K", [])
        for kid in kids if isinstance(kids, list) else [kids]:
            walk(kid)

    walk(PdfReader(BytesIO(paper)).trailer["/Root"]["/StructTreeRoot"])
    return found


def fonts(paper: bytes) -> list[Any]:
    return [
        font.get_object()
        for page in PdfReader(BytesIO(paper)).pages
        for font in page["/Resources"]["/Font"].values()
    ]


def test_a_paper_shows_exactly_the_rows_of_its_context():
    shown = text_of(table(rows(90)))
    cells = [cell for row in rows(90) for cell in row]
    places = [shown.index(cell) for cell in cells]
    assert places == sorted(places)
    assert shown.count("Osoba Łącka") == 90
    assert "Zażółć gęślą jaźń" in shown


def test_a_table_over_three_pages_repeats_its_head_and_numbers_its_pages():
    paper = table(rows(90))
    pages = [page.extract_text() for page in PdfReader(BytesIO(paper)).pages]
    assert len(pages) == 3
    for number, page in enumerate(pages, start=1):
        assert "Imię i nazwisko" in page
        assert f"Strona {number} z 3" in page
        assert "WK/27/2026" in page
        assert "CIS „Nowy Most”" in page


def test_a_table_without_rows_is_one_page():
    assert len(PdfReader(BytesIO(table([]))).pages) == 1


def test_long_words_stay_on_the_page():
    paper = table([("Ż" * 400, "1,00 zł")], sentence="x" * 3000)
    assert "1,00 zł" in text_of(paper)


def test_a_paper_is_tagged_for_screen_readers():
    paper = table(rows(3))
    root = PdfReader(BytesIO(paper)).trailer["/Root"]
    assert root["/Lang"] == "pl"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b'pdfuaid:part="1"' in root["/Metadata"].get_object().get_data()
    kinds = [element.get("/S") for element in tags(paper)]
    assert kinds.count("/H1") == 1
    assert {"/Table", "/THead", "/TBody", "/TR", "/TH", "/TD", "/Caption"} <= set(kinds)


def test_every_header_cell_says_what_it_heads():
    scopes = [element["/A"].get("/Scope") for element in tags(table(rows(3))) if element.get("/S") == "/TH"]
    assert scopes == ["/Column", "/Column", "/Row", "/Row", "/Row"]


def test_heads_and_feet_of_pages_are_set_aside_and_all_else_is_read():
    paper = table(rows(90))
    read: dict[int, set[int]] = {}
    for element in tags(paper):
        kids = element.get("/K", [])
        for kid in kids if isinstance(kids, list) else [kids]:
            if isinstance(kid, int):
                read.setdefault(element.raw_get("/Pg").idnum, set()).add(int(kid))
    for page in PdfReader(BytesIO(paper)).pages:
        content = page.get_contents()
        assert content is not None
        drawn = content.get_data()
        assert b"/Pagination" in drawn
        marked = {int(mark) for mark in re.findall(rb"/MCID (\d+)>> BDC", drawn.replace(b"\n", b" "))}
        assert page.indirect_reference is not None
        assert marked == read[page.indirect_reference.idnum]


def test_every_picture_has_words():
    png = _png()
    paper = table(rows(1), letterhead=Letterhead("CIS", (), png))
    figures = [element for element in tags(paper) if element.get("/S") == "/Figure"]
    assert [figure["/Alt"] for figure in figures] == ["Znak: CIS"]


def test_the_title_is_the_documents():
    meta = PdfReader(BytesIO(table(rows(1)))).metadata
    assert meta is not None
    assert meta.title == "Wykaz próbny WK/27/2026"
    assert meta["/CreationDate"].startswith("D:20261120")


def test_only_shipped_fonts_are_used_and_all_are_inside():
    found = fonts(table(rows(1), sentence="Łąka і Їжак"))
    assert {font["/BaseFont"].split("+")[1].rpartition("-")[0] for font in found} <= {"", "Lato", "Noto"}
    for font in found:
        descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"]
        assert "/FontFile2" in descriptor


def test_ukrainian_letters_have_shapes(caplog: pytest.LogCaptureFixture):
    sentence = "Заява про виплату: їжак, ґанок, Єва, об'єднання"
    table([])  # the engine has set its loggers
    with caplog.at_level(logging.WARNING), caplog.at_level(logging.WARNING, "weasyprint"):
        paper = table(rows(1), sentence=sentence, language="uk", title="Розрахунок")
    assert sentence in text_of(paper)
    assert PdfReader(BytesIO(paper)).trailer["/Root"]["/Lang"] == "uk"
    assert "Сторінка 1 з 1" in text_of(paper)
    assert caplog.messages == []  # the engine would name each letter it draws as an empty box


def test_a_letter_without_a_shape_is_reported(caplog: pytest.LogCaptureFixture):
    with caplog.at_level(logging.WARNING):
        table(rows(1), sentence="Imię Ⴀ")
    assert "U+10A0" in caplog.text
    assert "Imię" not in caplog.text


def test_the_same_input_gives_the_same_bytes():
    assert table(rows(40)) == table(rows(40))


@pytest.mark.process
def test_another_process_gives_the_same_bytes(tmp_path: Path):
    program = f"""
import sys; sys.path.insert(0, {str(Path(__file__).parents[2])!r})
import os; os.environ["DJANGO_SETTINGS_MODULE"] = "reintegration.settings.test"
import django; django.setup()
from django.conf import settings
settings.TEMPLATES[0]["DIRS"].append({str(Path(__file__).parent / "templates")!r})
from tests.documents.test_papers import rows, table
open({str(tmp_path / "paper.pdf")!r}, "wb").write(table(rows(40)))
"""
    subprocess.run([sys.executable, "-c", program], check=True, cwd=tmp_path)
    assert (tmp_path / "paper.pdf").read_bytes() == table(rows(40))


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:9/tracker.png",
        "https://reintegra.invalid/tracker.png",
        "file:///etc/passwd",
        "/etc/passwd",
        "../../settings/base.py",
        "paper:../papers.py",
        "paper:/etc/passwd",
        "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'/>",
        "ftp://127.0.0.1/x",
    ],
)
def test_a_template_gets_nothing_from_outside(address: str, monkeypatch: pytest.MonkeyPatch):
    table(rows(1))  # the engine has read its fonts
    asked: list[str] = []
    fetcher = papers._engine()._fetcher
    original = fetcher.fetch

    def watched(self: Any, url: str, headers: Any = None) -> Any:
        asked.append(url)
        return original(self, url, headers)

    def no_network(*args: Any, **kwargs: Any) -> Any:
        raise AssertionError("a paper opened a socket")

    monkeypatch.setattr(fetcher, "fetch", watched)
    monkeypatch.setattr(socket, "socket", no_network)
    monkeypatch.setattr(socket, "create_connection", no_network)
    paper = render_pdf("probe/outside.html", {"address": address}, title="Próba")
    assert asked, "the template asked for nothing, so nothing was shown"
    assert "root:" not in text_of(paper)
    assert "Przed" in text_of(paper)
    assert "Po" in text_of(paper)
    assert "/EmbeddedFiles" not in str(PdfReader(BytesIO(paper)).trailer["/Root"].get("/Names", ""))


def test_the_fetcher_refuses_with_its_own_error():
    table([])
    with pytest.raises(papers.ForbiddenAddress):
        papers._engine()._fetcher({}).fetch("file:///etc/passwd")


def test_markup_in_data_is_text():
    assert "<b>nie</b>" in text_of(table([("<b>nie</b>", "0")]))


def test_a_wide_paper_lies_on_its_side():
    page = PdfReader(BytesIO(render_pdf("probe/wide.html", {}, title="Siatka"))).pages[0]
    assert page.mediabox.width > page.mediabox.height


def test_signature_boxes_name_who_must_sign():
    boxes = [
        SignatureBox("podpis kierownika", "Ewa Jarzębina", "kierownik CIS"),
        SignatureBox("podpis uczestnika"),
    ]
    shown = text_of(render_pdf("probe/signed.html", {"boxes": boxes}, title="Umowa"))
    assert "Ewa Jarzębina" in shown
    assert "podpis uczestnika" in shown
    assert "Nie wymaga podpisu" not in shown
    assert "Nie wymaga podpisu" in text_of(table([]))


def test_a_language_without_words_is_refused():
    with pytest.raises(UnknownLanguage):
        table([], language="de")


def test_a_batch_is_joined_paper_by_paper():
    joined = join_pdfs([table(rows(2), number=f"WK/{n}/2026") for n in (1, 2, 3)], title="Paczka")
    assert len(PdfReader(BytesIO(joined)).pages) == 3
    shown = text_of(joined)
    assert [shown.index(f"WK/{n}/2026") for n in (1, 2, 3)] == sorted(
        shown.index(f"WK/{n}/2026") for n in (1, 2, 3)
    )
    assert PdfReader(BytesIO(joined)).trailer["/Root"]["/Lang"] == "pl"


def test_the_version_of_a_template_follows_its_wording():
    assert template_version("probe/table.html") != template_version("probe/wide.html")
    assert len(template_version("probe/table.html")) == 12


@pytest.mark.parametrize("papers_made", [30, pytest.param(200, marks=pytest.mark.audit)])
def test_memory_is_flat_however_many_papers_are_made(papers_made: int):
    for _ in range(20):
        table(rows(10))
    gc.collect()
    before = _resident()
    for number in range(papers_made):
        table(rows(10), number=f"WK/{number}/2026")
    gc.collect()
    assert _resident() - before < 12 * 1024  # kB; a leak of one paper's fonts alone would be ten times that


def test_the_machine_has_the_library_that_makes_papers_fast(caplog: pytest.LogCaptureFixture):
    missing = papers.subsetter_missing()
    papers._engine.cache_clear()
    with caplog.at_level(logging.WARNING):
        table([])
    assert ("libharfbuzz-subset0" in caplog.text) is missing


def _resident() -> int:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() // 1024


def _png() -> bytes:
    from PIL import Image

    target = BytesIO()
    Image.new("RGB", (60, 40), "black").save(target, "PNG")
    return target.getvalue()
