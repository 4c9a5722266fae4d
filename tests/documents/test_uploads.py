"""What is taken in, what is refused, and what is left of a picture."""

import hashlib
import socket
import threading
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from reintegration.core.errors import InputError
from reintegration.documents import uploads
from reintegration.documents.examine import DOCX, JPEG, ODT, PDF, PNG, TEXT, XLSX
from reintegration.documents.form_fields import CheckedFileField
from reintegration.documents.uploads import CheckedFile, check_upload, clean_name
from tests.documents import made

MB = 1024 * 1024


def check(content: bytes, name: str = "plik.bin", **kwargs: Any) -> CheckedFile:
    return check_upload(SimpleUploadedFile(name, content), **{"max_bytes": 10 * MB} | kwargs)


ACCEPTED = {
    "pdf": (made.pdf(), PDF, "pdf"),
    "pdf with a harmless start": (made.pdf(made.open_action("/GoTo")), PDF, "pdf"),
    "png": (made.image(), PNG, "png"),
    "grey png with transparency": (made.image(mode="LA"), PNG, "png"),
    "black and white png": (made.image(mode="1"), PNG, "png"),
    "palette png": (made.image(mode="P"), PNG, "png"),
    "jpeg": (made.image("JPEG"), JPEG, "jpg"),
    "jpeg for print": (made.image("JPEG", mode="CMYK"), JPEG, "jpg"),
    "docx": (made.office(), DOCX, "docx"),
    "docx with a link": (made.office(extra=made.link("hyperlink", "https://isap.sejm.gov.pl")), DOCX, "docx"),
    "xlsx": (made.office(made.SHEET), XLSX, "xlsx"),
    "odt": (made.odt(), ODT, "odt"),
    "text": ("Zażółć gęślą jaźń\r\n".encode(), TEXT, "txt"),
    "old Polish text": ("Zażółć gęślą jaźń".encode("cp1250"), TEXT, "txt"),
}


@pytest.mark.parametrize("what", ACCEPTED)
def test_a_file_is_known_by_its_content(what: str):
    content, media_type, extension = ACCEPTED[what]
    found = check(content, "Skan dokumentu.exe")
    assert found.media_type == media_type
    assert found.name == f"Skan dokumentu.{extension}"


POLYGLOT = made.pdf()[:-6] + made.packed({"a.txt": b"x"}) + b"\n%%EOF\n"
REFUSED = {
    "nothing": (b"", "empty"),
    "zeros": (b"\0" * 1000, "unknown"),
    "program": (b"MZ\x90\x00" + bytes(range(256)), "unknown"),
    "gif": (made.image("GIF"), "unknown"),
    "heic": (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "heic"),
    "tiff": (made.image("TIFF"), "tiff"),
    "old word": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old_office"),
    "gzip": (b"\x1f\x8b\x08" + bytes(40), "archive"),
    "zip": (made.packed({"a.txt": b"x"}), "archive"),
    "zip of zips": (made.packed({"a.zip": made.packed({"b": b"x" * 99})}), "archive"),
    "svg": (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "markup"),
    "html": (b"<!DOCTYPE html><script>alert(1)</script>", "markup"),
    "html with a mark": (b"\xef\xbb\xbf  <html><body onload=alert(1)>", "markup"),
    "script in a text": (b"Podanie <script>alert(1)</script>", "markup"),
    "shell script": (b"#!/bin/sh\nrm -rf /\n", "markup"),
    "cut png": (made.image(size=(300, 300))[:120], "image_broken"),
    "cut jpeg": (made.image("JPEG", size=(600, 600))[:-400], "image_broken"),
    "png head alone": (b"\x89PNG\r\n\x1a\n", "image_broken"),
    "pdf head alone": (b"%PDF-1.7\n", "pdf_broken"),
    "cut pdf": (made.pdf()[:-40], "pdf_broken"),
    "pdf of rubbish": (b"%PDF-1.7\n" + bytes(range(256)) * 40 + b"\nstartxref\n5\n%%EOF", "pdf_broken"),
    "pdf with a password": (made.locked_pdf(), "pdf_locked"),
    "pdf with a script": (made.pdf(made.with_script), "pdf_active"),
    "pdf that starts a program": (made.pdf(made.open_action("/Launch", F="cmd.exe")), "pdf_active"),
    "pdf that starts a script": (made.pdf(made.open_action("/JavaScript", JS="x")), "pdf_active"),
    "pdf that sends": (made.pdf(made.open_action("/SubmitForm")), "pdf_active"),
    "pdf with an active form": (made.pdf(made.with_form), "pdf_active"),
    "pdf with a file inside": (made.pdf(made.with_attachment), "pdf_attachment"),
    "pdf that is a zip": (POLYGLOT, "mixed"),
    "zip behind something": (b"PK\x03\x04" + b"x" * 50 + made.office(), "mixed"),
    "docx with something behind": (made.office() + b"MZ", "mixed"),
    "docx with macros by type": (made.office(made.MACRO), "macro"),
    "docx with macros": (made.office(extra={"word/vbaProject.bin": b"x"}), "macro"),
    "odt with macros": (made.odt({"Basic/Standard/Module1.xml": b"x"}), "macro"),
    "docx with a program": (made.office(extra={"word/embeddings/oleObject1.bin": b"x"}), "office_linked"),
    "docx with a far template": (
        made.office(extra=made.link("attachedTemplate", "http://x.invalid/a.dotm")),
        "office_linked",
    ),
    "docx with entities": (
        made.office(extra={"word/x.xml": b"<!DOCTYPE a [<!ENTITY b 'c'>]><a/>"}),
        "office_broken",
    ),
    "docx with a path": (made.office(extra={"../../etc/cron.d/x": b"x"}), "office_broken"),
    "zip bomb": (made.office(extra={"word/media.xml": b"\0" * 120 * MB}), "office_big"),
    "zip bomb within the limit": (made.office(extra={"word/media.xml": b"\0" * 60 * MB}), "office_big"),
    "zip bomb that lies": (made.lying_bomb(), "office_broken"),
    "zip of many parts": (made.office(extra={f"word/{n}.xml": b"" for n in range(3100)}), "office_big"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_file_is_refused_with_a_sentence(what: str):
    content, reason = REFUSED[what]
    with pytest.raises(InputError) as refused:
        check(content, "skan.pdf")
    assert refused.value.message == uploads.REASONS[reason]


def test_every_sentence_says_what_to_do():
    for sentence in uploads.REASONS.values():
        assert sentence.count(".") >= 2, sentence


def test_a_file_above_the_limit_is_refused_with_both_sizes():
    with pytest.raises(InputError, match=r"Plik ma 11\sMB, a przyjmujemy do 10\sMB"):
        check(b"x" * (10 * MB + 200_000))


@pytest.mark.parametrize(("width", "height"), [(30_000, 30_000), (8_000, 6_000), (60_000, 700)])
def test_a_flood_of_points_is_refused_before_it_is_decoded(width: int, height: int):
    with pytest.raises(InputError, match="przyjmujemy do 40 milionów"):
        check(made.png_that_claims(width, height))


def test_forty_megapixels_are_taken_in():
    found = check(made.image("JPEG", size=(8_000, 5_000)))
    assert (found.width, found.height) == (8_000, 5_000)


def test_a_photo_is_drawn_anew_and_tells_nothing_more():
    found = check(made.photo(), "IMG_0001.JPG")
    picture = Image.open(BytesIO(found.content))
    assert picture.size == (30, 40), "the turn of the camera was applied"
    assert dict(picture.getexif()) == {}
    assert "exif" not in picture.info
    for secret in (b"Kanarkowy", b"kanarek", b"Exif"):
        assert secret in made.photo()
        assert secret not in found.content
    assert found.sha256 == hashlib.sha256(found.content).hexdigest()


def test_what_hangs_behind_a_picture_is_gone():
    for kind in ("PNG", "JPEG"):
        found = check(made.image(kind) + made.packed({"kanarek.txt": b"x"}) + b"<script>")
        assert b"kanarek" not in found.content
        assert b"<script>" not in found.content


def test_a_reader_that_breaks_is_a_refusal_and_nothing_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    for number, program in enumerate(
        [
            "import os; os.kill(os.getpid(), 11)",
            "raise SystemExit(3)",
            "print('nonsense')",
            "while True: pass",
        ]
    ):
        path = tmp_path / f"{number}.py"
        path.write_text(program)
        monkeypatch.setattr(uploads.examine, "__file__", str(path))
        monkeypatch.setattr(uploads, "SECONDS", 1)
        with pytest.raises(InputError) as refused:
            check(made.pdf())
        assert refused.value.message == uploads.REASONS["unreadable"]


def test_the_reader_knows_no_secret_and_little_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """What runs beside the file sees no environment and cannot take what it likes."""
    path = tmp_path / "look.py"
    source = (
        Path(uploads.examine.__file__)
        .read_text()
        .replace(
            "finding, kept = examine(sys.stdin.buffer.read())",
            "import os; held = list(os.environ)\n"
            "        try: bytearray(3 * 1024 ** 3); grown = True\n"
            "        except MemoryError: grown = False\n"
            "        finding, kept = Finding(f'{sorted(held)} {grown}'), b''",
        )
    )
    path.write_text(source)
    monkeypatch.setenv("REINTEGRA_FILE_KEYS", "kanarek")
    monkeypatch.setattr(uploads.examine, "__file__", str(path))
    finding, _ = uploads.look_into(b"x")
    assert finding["media_type"] in {"['LC_ALL'] False", "['LC_ALL', 'LC_CTYPE'] False"}


NAMES = {
    "../../etc/passwd": "passwd.pdf",
    "C:\\Users\\Jan\\Skan.PDF": "Skan.pdf",
    "skan\u202efdp.exe": "skanfdp.pdf",
    "za\u0142\u0105cznik\r\nSet-Cookie: x.pdf": "załącznikSet-Cookie x.pdf",
    "": "plik.pdf",
    "...": "plik.pdf",
    ".htaccess": "htaccess.pdf",
    'a"b;c<d>%2e.pdf': "abcd2e.pdf",
    "umowa 2.5.docx": "umowa 2 5.pdf",
    "x" * 400 + ".pdf": "x" * 100 + ".pdf",
    "Zas\u0301wiadczenie.pdf": "Zaświadczenie.pdf",
}


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_cleaned(name: str):
    assert clean_name(name, "pdf") == NAMES[name]


def test_a_field_of_a_form_says_it_at_the_field():
    field = CheckedFileField(kind="documents.logo", only=frozenset({PNG, JPEG}))
    with pytest.raises(ValidationError, match="Tu przyjmujemy tylko: JPG, PNG"):
        field.clean(SimpleUploadedFile("a.pdf", made.pdf()))
    with pytest.raises(ValidationError, match="Ten plik jest pusty"):
        field.clean(SimpleUploadedFile("a.png", b""))
    with pytest.raises(ValidationError, match="Wybierz plik"):
        field.clean(None)
    found = field.clean(SimpleUploadedFile("a.png", made.image()))
    assert isinstance(found, CheckedFile)


@pytest.fixture
def daemon(settings: Any, tmp_path: Path) -> Iterator[list[bytes]]:
    """A scanner that speaks ClamAV's protocol and knows the harmless test signature."""
    address = str(tmp_path / "clamd.ctl")
    server = socket.socket(socket.AF_UNIX)
    server.bind(address)
    server.listen()
    scanned: list[bytes] = []

    def read(connection: socket.socket, size: int) -> bytes:
        data = b""
        while len(data) < size:
            data += connection.recv(size - len(data))
        return data

    def serve() -> None:
        while True:
            try:
                connection, _ = server.accept()
            except OSError:
                return
            with connection:
                assert read(connection, 10) == b"zINSTREAM\0"
                content = b""
                while size := int.from_bytes(read(connection, 4)):
                    content += read(connection, size)
                scanned.append(content)
                found = b"Eicar-Test-Signature FOUND" if made.EICAR in content else b"OK"
                connection.sendall(b"stream: " + found + b"\0")

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    settings.FILE_SCANNER = "reintegration.documents.clamav.infected"
    settings.CLAMAV = address
    yield scanned
    server.shutdown(socket.SHUT_RDWR)
    server.close()
    thread.join(timeout=5)


def test_a_virus_is_refused_when_the_scan_is_on(daemon: list[bytes]):
    with pytest.raises(InputError, match="jest wirus"):
        check(made.EICAR, "a.txt")
    assert check(made.pdf()).media_type == PDF
    assert daemon == [made.EICAR, made.pdf()]


def test_without_a_scan_the_same_text_is_only_a_text():
    assert check(made.EICAR).media_type == TEXT


def test_a_scan_that_is_away_lets_nothing_in(settings: Any, tmp_path: Path):
    settings.FILE_SCANNER = "reintegration.documents.clamav.infected"
    settings.CLAMAV = str(tmp_path / "nobody.ctl")
    with pytest.raises(InputError, match="chwilowo nie działa"):
        check(made.pdf())
