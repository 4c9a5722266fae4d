"""One way to make a PDF: a template, its data, a number, a language.

The paper is tagged (PDF/UA-1), carries its fonts, and is a function of its input: the same data at the
same instant give the same bytes, on every machine. A template reaches nothing outside: its only
addresses begin with `paper:` and name a shipped font or an image that the caller handed over.
"""

import atexit
import hashlib
import logging
import os
import re
import shutil
import tempfile
import warnings
import weakref
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

from django.template.loader import get_template
from pypdf import PdfWriter
from pypdf.generic import NameObject

from reintegration.documents import paper_tags

HERE = Path(__file__).parent
FONTS = HERE / "fonts"
BASE = "paper:"

logger = logging.getLogger(__name__)

WORDS = {
    "pl": {"page": "Strona", "of": "z", "unsigned": "Nie wymaga podpisu", "date": "Data"},
    "uk": {"page": "Сторінка", "of": "з", "unsigned": "Підпис не потрібний", "date": "Дата"},
    "en": {"page": "Page", "of": "of", "unsigned": "No signature needed", "date": "Date"},
}


# A tag, or a word longer than any digest: in a cell it would push the table off the paper.
_TAG_OR_LONG_WORD = re.compile(r"<[^>]*>|[^\s<>]{65,}")
_PIECE = re.compile(r"(?:&#?\w+;|[^&]){20}(?=.)")


class UnknownLanguage(ValueError):
    """A paper was asked for in a language it is not written in."""


class ForbiddenAddress(ValueError):
    """A template asked for something outside the paper."""


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Whose paper it is."""

    name: str = ""
    lines: tuple[str, ...] = ()
    logo: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class SignatureBox:
    """A place to sign: who, and in what capacity."""

    label: str
    name: str = ""
    position: str = ""


def subsetter_missing() -> bool:
    """Whether libharfbuzz-subset is not on this machine: papers are then made three times slower."""
    return bool(_engine().subsetter_missing)


def render_pdf(
    template: str,
    context: Mapping[str, Any],
    *,
    title: str,
    number: str = "",
    language: str = "pl",
    made_at: datetime | None = None,
    letterhead: Letterhead | None = None,
    images: Mapping[str, bytes] | None = None,
) -> bytes:
    """Make a paper. `made_at` is the instant in its metadata; without one there is none.

    `images` are given as bytes of PNG or JPEG and named in the template as `paper:<name>`.
    """
    if language not in WORDS:
        raise UnknownLanguage(language)
    head = letterhead or Letterhead()
    pictures = {**(images or {}), **({"logo": head.logo} if head.logo else {})}
    html = get_template(template).render(
        {
            **context,
            "title": title,
            "number": number,
            "language": language,
            "words": WORDS[language],
            "made_at": made_at,
            "letterhead": head,
            "version": template_version(template),
        }
    )
    html = _TAG_OR_LONG_WORD.sub(_breakable, html)
    missing = sorted({letter for letter in html if ord(letter) > 0x7F} - _letters())
    if missing:
        codes = ", ".join(f"U+{ord(letter):04X}" for letter in missing)
        logger.warning("%s holds letters that no shipped font has: %s", template, codes)
    return _engine().render(html, pictures)


def _breakable(found: re.Match[str]) -> str:
    """A word that may end a line after each piece of it."""
    word = found[0]
    return word if word.startswith("<") else _PIECE.sub("\\g<0>\u200b", word)


def join_pdfs(papers: Iterable[bytes], *, title: str, language: str = "pl") -> bytes:
    """Put papers one after another: a batch is rendered paper by paper, so that memory stays flat."""
    writer = PdfWriter()
    for paper in papers:
        writer.append(BytesIO(paper), import_outline=False)
    writer.metadata = {"/Title": title, "/Producer": "Reintegra"}
    root = writer.root_object
    root[NameObject("/Lang")] = _text(language)
    return _bytes(writer)


@lru_cache(maxsize=256)
def template_version(template: str) -> str:
    """Twelve digits that change when the wording or the looks of a paper do.

    What a template includes lies beside it or among our components, so all of that is counted in.
    """
    own: Any = get_template(template)
    frame: Any = get_template("documents/paper.html")
    own_path, frame_path = Path(own.origin.name), Path(frame.origin.name)
    parts = [
        frame_path,
        *sorted((frame_path.parent / "components").glob("*.html")),
        *sorted((HERE / "css").glob("*.css")),
        *sorted(own_path.parent.glob("*.html")),
        own_path,
    ]
    digest = hashlib.sha256()
    for path in parts:
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:12]


def _text(value: str) -> Any:
    from pypdf.generic import TextStringObject  # noqa: PLC0415 - kept beside its only use

    return TextStringObject(value)


def _bytes(writer: PdfWriter) -> bytes:
    target = BytesIO()
    writer.write(target)
    return target.getvalue()


@cache
def _letters() -> frozenset[str]:
    """Every letter that one of the shipped fonts can draw."""
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # noqa: PLC0415 - heavy

    found: set[int] = set()
    for path in sorted(FONTS.glob("*.ttf")):
        with TTFont(path, lazy=True) as font:
            found.update(font.getBestCmap())
    # Spaces and joiners are laid out, not drawn.
    return frozenset(map(chr, found)) | frozenset("\u00a0\u00ad\u2009\u200b\u202f\u2060")


class _Engine:
    """WeasyPrint with the program's fonts and style sheet, read once in each process.

    It is imported here and not above: it needs system libraries that a process without papers can do
    without, and it costs a second of start.
    """

    def __init__(self) -> None:
        # Fontconfig must not see the fonts of the machine, or the same paper would differ between two.
        folder = tempfile.mkdtemp(prefix="reintegra-fonts-")
        weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
        config = Path(folder) / "fonts.conf"
        config.write_text(
            '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">'
            f"<fontconfig><dir>{FONTS}</dir><cachedir>{folder}</cachedir></fontconfig>",
            encoding="utf-8",
        )
        os.environ["FONTCONFIG_FILE"] = str(config)
        os.environ.pop("FONTCONFIG_SYSROOT", None)
        for name in ("weasyprint", "weasyprint.progress", "fontTools"):
            # Their warnings quote the paper, and a log holds no personal data.
            logging.getLogger(name).setLevel(logging.ERROR)
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", message="HarfBuzz-Subset", category=DeprecationWarning)
            import weasyprint  # noqa: PLC0415
            from weasyprint.text import ffi  # noqa: PLC0415
            from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415
            from weasyprint.urls import URLFetcher, URLFetcherResponse  # noqa: PLC0415

        class Fetcher(URLFetcher):  # type: ignore[misc]
            """Hands out what belongs to the paper and refuses the rest, before any socket or file."""

            def __init__(self, pictures: Mapping[str, bytes]) -> None:
                super().__init__()
                self.pictures = pictures

            def fetch(self, url: str, headers: Any = None) -> Any:
                name = url.removeprefix(BASE)
                if url.startswith(BASE) and name in self.pictures:
                    return URLFetcherResponse(url, self.pictures[name])
                if url.startswith(BASE) and name in SHIPPED:
                    return URLFetcherResponse(url, (FONTS / name).read_bytes(), {"Content-Type": "font/ttf"})
                raise ForbiddenAddress(url[:200])

        self.subsetter_missing = ffi.harfbuzz_subset is None
        if self.subsetter_missing:
            logger.warning("Papers are made slowly: install libharfbuzz-subset0.")
        # Its fonts must go while the interpreter is whole.
        atexit.register(_engine.cache_clear)
        self._html, self._fetcher = weasyprint.HTML, Fetcher
        self._fonts = FontConfiguration()
        self._sheets = [
            weasyprint.CSS(
                string=path.read_text(encoding="utf-8"),
                font_config=self._fonts,
                url_fetcher=Fetcher({}),
                base_url=BASE,
            )
            for path in sorted((HERE / "css").glob("*.css"))
        ]

    def render(self, html: str, pictures: Mapping[str, bytes]) -> bytes:
        source = self._html(string=html, url_fetcher=self._fetcher(pictures), base_url=BASE)
        return source.write_pdf(  # type: ignore[no-any-return]
            stylesheets=self._sheets,
            font_config=self._fonts,
            pdf_variant="pdf/ua-1",
            finisher=paper_tags.finish,
        )


SHIPPED = frozenset(path.name for path in FONTS.glob("*.ttf"))


@cache
def _engine() -> _Engine:
    return _Engine()
