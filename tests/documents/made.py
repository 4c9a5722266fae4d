"""Files as people bring them, and as attackers make them."""

import struct
import zipfile
import zlib
from io import BytesIO
from typing import Any

from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, NameObject, TextStringObject

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def image(kind: str = "PNG", size: tuple[int, int] = (40, 30), mode: str = "RGB", **kwargs: Any) -> bytes:
    target = BytesIO()
    Image.new(mode, size, "red" if mode != "1" else 1).save(target, kind, **kwargs)
    return target.getvalue()


def photo() -> bytes:
    """A picture from a phone: lying on its side, and telling where it was taken."""
    picture = Image.new("RGB", (40, 30), "red")
    picture.paste("blue", (0, 0, 20, 30))
    exif = Image.Exif()
    exif[0x0112] = 6  # turned a quarter
    exif[0x010F] = "Telefon Kanarkowy"
    exif.get_ifd(0x8825)[2] = (51.0, 14.0, 0.0)
    target = BytesIO()
    picture.save(target, "JPEG", exif=exif, comment=b"kanarek w komentarzu")
    return target.getvalue()


def png_that_claims(width: int, height: int) -> bytes:
    """A small file whose head promises a flood of points."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(b"\0" * 100_000, 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def pdf(change: Any = None, **kwargs: Any) -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    if change:
        change(writer)
    target = BytesIO()
    writer.write(target)
    return target.getvalue()


def _action(kind: str, **more: Any) -> DictionaryObject:
    values = {NameObject("/S"): NameObject(kind)}
    values |= {NameObject(f"/{name}"): TextStringObject(value) for name, value in more.items()}
    return DictionaryObject(values)


def open_action(kind: str, **more: Any) -> Any:
    def change(writer: PdfWriter) -> None:
        writer.root_object[NameObject("/OpenAction")] = writer._add_object(_action(kind, **more))

    return change


def with_script(writer: PdfWriter) -> None:
    named = ArrayObject([TextStringObject("start"), writer._add_object(_action("/JavaScript", JS="x"))])
    names = DictionaryObject({NameObject("/Names"): named})
    writer.root_object[NameObject("/Names")] = DictionaryObject({NameObject("/JavaScript"): names})


def with_attachment(writer: PdfWriter) -> None:
    writer.add_attachment("kanarek.exe", b"MZ")


def with_form(writer: PdfWriter) -> None:
    stream = DecodedStreamObject()
    stream.set_data(b"<xdp/>")
    form = DictionaryObject({NameObject("/XFA"): ArrayObject([writer._add_object(stream)])})
    writer.root_object[NameObject("/AcroForm")] = form


def locked_pdf() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    writer.encrypt("tajne", algorithm="AES-256")
    target = BytesIO()
    writer.write(target)
    return target.getvalue()


TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Override PartName="/{part}" ContentType="application/vnd.{kind}"/></Types>'
)
WORD = "openxmlformats-officedocument.wordprocessingml.document.main+xml"
SHEET = "openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
MACRO = "ms-word.document.macroEnabled.main+xml"


def office(kind: str = WORD, extra: dict[str, bytes] | None = None) -> bytes:
    parts = {
        "[Content_Types].xml": TYPES.format(part="word/document.xml", kind=kind).encode(),
        "_rels/.rels": b'<Relationships><Relationship Type="x" Target="word/document.xml"/></Relationships>',
        "word/document.xml": b"<document>Podanie</document>",
    } | (extra or {})
    return packed(parts)


def odt(extra: dict[str, bytes] | None = None) -> bytes:
    mime = {"mimetype": b"application/vnd.oasis.opendocument.text"}
    return packed(mime | {"content.xml": b"<office/>"} | (extra or {}), stored=("mimetype",))


def packed(parts: dict[str, bytes], stored: tuple[str, ...] = ()) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            method = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            archive.writestr(name, content, compress_type=method)
    return target.getvalue()


def link(kind: str, target: str) -> dict[str, bytes]:
    types = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    one = f'<Relationship Id="r1" Type="{types}/{kind}" Target="{target}" TargetMode="External"/>'
    return {"word/_rels/document.xml.rels": f"<Relationships>{one}</Relationships>".encode()}


def lying_bomb() -> bytes:
    """A document that says its part is small and unpacks to far more."""
    huge = b"\0" * (150 * 1024 * 1024)
    data = bytearray(office(extra={"word/media.xml": huge}))
    size = struct.pack("<I", len(huge))
    return bytes(data.replace(size, struct.pack("<I", 1000)))
