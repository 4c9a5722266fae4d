"""Looks into a file that somebody brought; run as a program of its own, in a process that may do little.

It reads the file from its standard input and answers on its standard output: one line of JSON, then the
bytes to keep. It knows no key, no database and no setting, and its memory and time are limited: a file
made to break its reader breaks this process and nothing else. Nothing of the project is imported here.
"""

import io
import json
import re
import resource
import sys
import unicodedata
import zipfile
from dataclasses import asdict, dataclass
from typing import Any, NoReturn

MEGABYTE = 1024 * 1024
MOST_POINTS = 40_000_000
MOST_UNPACKED = 100 * MEGABYTE
MOST_PARTS = 3_000
MOST_OBJECTS = 500_000
MOST_RATIO = 200

PDF, PNG, JPEG, TEXT = "application/pdf", "image/png", "image/jpeg", "text/plain"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ODT = "application/vnd.oasis.opendocument.text"

EXTENSIONS = {PDF: "pdf", PNG: "png", JPEG: "jpg", TEXT: "txt", DOCX: "docx", XLSX: "xlsx", ODT: "odt"}


class Refusal(Exception):
    """The file is not taken in; `reason` is a key of `uploads.REASONS`."""

    def __init__(self, reason: str, **values: int) -> None:
        super().__init__(reason)
        self.reason = reason
        self.values = values


@dataclass(frozen=True)
class Finding:
    media_type: str
    width: int = 0
    height: int = 0
    pages: int = 0


def examine(data: bytes) -> tuple[Finding, bytes]:
    """Say what a file is by its content, and give back what to keep of it."""
    if not data:
        raise Refusal("empty")
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return image(data, "PNG")
    if data.startswith(b"\xff\xd8\xff"):
        return image(data, "JPEG")
    if data.startswith(b"%PDF-"):
        return pdf(data), data
    if data.startswith(b"PK\x03\x04"):
        return office(data), data
    if data[4:8] == b"ftyp" and data[8:12] in {b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif"}:
        raise Refusal("heic")
    if data[:4] in {b"II*\x00", b"MM\x00*"}:
        raise Refusal("tiff")
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        raise Refusal("old_office")
    if data.startswith((b"PK", b"7z\xbc\xaf\x27\x1c", b"Rar!", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")):
        raise Refusal("archive")
    return text(data)


# Images


def image(data: bytes, kind: str) -> tuple[Finding, bytes]:
    """Draw the picture anew: what was hidden in it or told where it was taken stays behind."""
    from PIL import Image, ImageOps  # noqa: PLC0415 - each kind of file pays for its own reader only

    Image.MAX_IMAGE_PIXELS = None  # measured below, before anything is decoded
    try:
        found = Image.open(io.BytesIO(data), formats=[kind])
        width, height = found.size
    except Exception:
        raise Refusal("image_broken") from None
    if width * height > MOST_POINTS:
        raise Refusal("image_big", width=width, height=height)
    try:
        found.load()
        drawn: Any = ImageOps.exif_transpose(found)
        target = io.BytesIO()
        if kind == "JPEG":
            drawn = drawn.convert("L" if drawn.mode == "L" else "RGB")
            clean = Image.frombytes(drawn.mode, drawn.size, drawn.tobytes())
            clean.save(target, "JPEG", quality=88, optimize=True)
        else:
            if drawn.mode not in {"1", "L", "LA", "RGB", "RGBA"}:
                drawn = drawn.convert("RGBA" if "transparency" in drawn.info or drawn.mode == "P" else "RGB")
            clean = Image.frombytes(drawn.mode, drawn.size, drawn.tobytes())
            clean.save(target, "PNG")
    except Exception:
        raise Refusal("image_broken") from None
    media_type = JPEG if kind == "JPEG" else PNG
    return Finding(media_type, width=clean.width, height=clean.height), target.getvalue()


# PDF

ACTIVE = {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/Rendition", "/Movie", "/Sound", "/GoToE"}


def pdf(data: bytes) -> Finding:
    """Read every object of the document: it may show things, and start or carry nothing."""
    from pypdf import PdfReader  # noqa: PLC0415
    from pypdf.generic import IndirectObject  # noqa: PLC0415

    if b"%%EOF" not in data[-1024:]:
        raise Refusal("pdf_broken")
    if zipfile.is_zipfile(io.BytesIO(data)):
        raise Refusal("mixed")
    try:
        reader = PdfReader(io.BytesIO(data))
        locked = reader.is_encrypted
    except Exception:
        raise Refusal("pdf_broken") from None
    if locked:
        raise Refusal("pdf_locked")
    try:
        pages = len(reader.pages)
        numbers = [(n, g) for g, table in reader.xref.items() for n in table]
        numbers += [(n, 0) for n in reader.xref_objStm]
        waiting: list[Any] = [reader.trailer]
        waiting += [reader.get_object(IndirectObject(n, g, reader)) for n, g in numbers]
    except Exception:
        raise Refusal("pdf_broken") from None
    if not pages:
        raise Refusal("pdf_broken")
    _search(waiting)
    return Finding(PDF, pages=pages)


def _search(waiting: list[Any]) -> None:
    seen = 0
    while waiting:
        item = waiting.pop()
        seen += 1
        if seen > MOST_OBJECTS:
            raise Refusal("unreadable")
        if isinstance(item, dict):
            if "/EmbeddedFiles" in item or "/EmbeddedFile" in (item.get("/Type"), item.get("/S")):
                raise Refusal("pdf_attachment")
            if "/EF" in item or item.get("/Subtype") == "/FileAttachment":
                raise Refusal("pdf_attachment")
            if not item.keys().isdisjoint({"/JS", "/JavaScript", "/XFA", "/RichMediaContent"}):
                raise Refusal("pdf_active")
            if str(item.get("/S")) in ACTIVE or str(item.get("/Subtype")) in {"/RichMedia", "/Screen", "/3D"}:
                raise Refusal("pdf_active")
            # Raw values: a reference leads to an object that stands in the list by itself.
            waiting.extend(value for value in dict.values(item) if isinstance(value, dict | list))
        elif isinstance(item, list):
            waiting.extend(value for value in list.__iter__(item) if isinstance(value, dict | list))


# DOCX, XLSX, ODT

MAIN_PARTS = {
    b"wordprocessingml.document.main+xml": DOCX,
    b"spreadsheetml.sheet.main+xml": XLSX,
}
PROGRAMS = (".bin", ".exe", ".dll", ".js", ".vbs", ".zip", ".jar")
_EXTERNAL = re.compile(rb"<Relationship\b[^>]*TargetMode\s*=\s*[\"']External[\"'][^>]*>", re.I)
_HARMLESS_LINK = re.compile(rb"/relationships/hyperlink[\"']", re.I)


def office(data: bytes) -> Finding:
    """Unpack every part, within limits: the file is really that document, and holds no program."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        parts = archive.infolist()
    except Exception:
        raise Refusal("office_broken") from None
    # The central directory ends the file and its first part begins it: nothing before, between, behind.
    if not data.endswith(archive.comment) or data[-22 - len(archive.comment) :][:4] != b"PK\x05\x06":
        raise Refusal("mixed")
    if parts and min(part.header_offset for part in parts) != 0:
        raise Refusal("mixed")
    if any(part.flag_bits & 1 for part in parts):
        raise Refusal("office_locked")
    if len(parts) > MOST_PARTS or len({part.filename for part in parts}) < len(parts):
        raise Refusal("office_big" if len(parts) > MOST_PARTS else "office_broken")
    declared = sum(part.file_size for part in parts)
    if declared > MOST_UNPACKED or declared > MOST_RATIO * max(len(data), 5_000):
        raise Refusal("office_big")
    opened = _unpack(archive, parts)
    media_type = _kind_of(opened, parts)
    _refuse_programs(opened)
    return Finding(media_type)


def _unpack(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> dict[str, bytes]:
    opened: dict[str, bytes] = {}
    total = 0
    for part in parts:
        if part.filename.startswith(("/", "\\")) or ".." in part.filename.replace("\\", "/").split("/"):
            raise Refusal("office_broken")
        try:
            with archive.open(part) as stream:
                content = stream.read(MOST_UNPACKED - total + 1)
        except Exception:
            raise Refusal("office_broken") from None
        total += len(content)
        if total > MOST_UNPACKED:
            raise Refusal("office_big")
        opened[part.filename] = content
    return opened


def _kind_of(opened: dict[str, bytes], parts: list[zipfile.ZipInfo]) -> str:
    types = opened.get("[Content_Types].xml", b"")
    if b"macroEnabled" in types:
        raise Refusal("macro")
    for mark, media_type in MAIN_PARTS.items():
        if mark in types:
            return media_type
    first = parts[0]
    if (
        first.filename == "mimetype"
        and opened["mimetype"] == ODT.encode()
        and first.compress_type == zipfile.ZIP_STORED
        and "content.xml" in opened
    ):
        return ODT
    raise Refusal("archive")


def _refuse_programs(opened: dict[str, bytes]) -> None:
    for name, content in opened.items():
        low = name.lower()
        if "vbaproject" in low or low.startswith(("basic/", "scripts/")) or "/macrosheets/" in low:
            raise Refusal("macro")
        if low.endswith(PROGRAMS) and "printersettings" not in low:
            raise Refusal("office_linked")
        if "/embeddings/" in low or "/activex/" in low or low.startswith("object "):
            raise Refusal("office_linked")
        if low.endswith((".xml", ".rels", ".rdf")):
            if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
                raise Refusal("office_broken")
            if any(not _HARMLESS_LINK.search(link) for link in _EXTERNAL.findall(content)):
                raise Refusal("office_linked")


# Plain text

_MARKUP = re.compile(r"\s*(<!doctype|<html|<head|<body|<script|<svg|<\?xml|<!--|<\?php|#!)", re.I)


def text(data: bytes) -> tuple[Finding, bytes]:
    """Plain text in UTF-8 or the old Polish encoding; kept as UTF-8."""
    for encoding in ("utf-8-sig", "cp1250"):
        try:
            found = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if any(unicodedata.category(letter) == "Cc" and letter not in "\t\r\n\f" for letter in found):
            continue
        if _MARKUP.match(found) or re.search(r"<(script|svg|html)\b", found, re.I):
            raise Refusal("markup")
        return Finding(TEXT), found.encode()
    raise Refusal("unknown")


# The process


def confine() -> None:
    """Give up what is not needed: memory beyond one picture, time, files, further processes."""
    for limit, most in (
        (resource.RLIMIT_AS, 1536 * MEGABYTE),
        (resource.RLIMIT_CPU, 20),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_NOFILE, 32),
    ):
        hard = resource.getrlimit(limit)[1]
        resource.setrlimit(limit, (most if hard == resource.RLIM_INFINITY else min(most, hard),) * 2)


def main() -> NoReturn:
    confine()
    try:
        finding, kept = examine(sys.stdin.buffer.read())
    except Refusal as refusal:
        answer: dict[str, Any] = {"refused": refusal.reason, "values": refusal.values}
        kept = b""
    else:
        answer = asdict(finding)
    sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n" + kept)
    sys.stdout.buffer.flush()
    sys.exit(0)


if __name__ == "__main__":
    main()
