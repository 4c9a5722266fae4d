"""A file that somebody brings: taken in when its content is what we accept, or refused with a sentence."""

import hashlib
import json
import re
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from reintegration.core.errors import InputError
from reintegration.core.formats import format_number, format_size
from reintegration.documents import examine

ACCEPT = ".pdf,.jpg,.jpeg,.png,.docx,.xlsx,.odt,.txt"
SECONDS = 30

REASONS = {
    "empty": "Ten plik jest pusty. Wybierz inny.",
    "unknown": "Tego rodzaju pliku nie przyjmujemy. Dodaj PDF, JPG, PNG, DOCX, XLSX, ODT albo TXT.",
    "heic": "To zdjęcie w formacie HEIC. Zapisz je jako JPG i dodaj jeszcze raz.",
    "tiff": "To skan w formacie TIFF. Zapisz go jako PDF i dodaj jeszcze raz.",
    "old_office": "To plik dawnego Worda albo Excela. Zapisz go jako DOCX, XLSX albo PDF.",
    "archive": "To archiwum. Rozpakuj je i dodaj każdy plik osobno.",
    "mixed": "W tym pliku ukryty jest drugi plik. Zapisz dokument jako nowy PDF i dodaj tamten.",
    "markup": "To strona internetowa albo rysunek SVG. Zapisz to jako PDF i dodaj jeszcze raz.",
    "image_broken": "Obraz jest uszkodzony albo niepełny. Zrób go jeszcze raz.",
    "pdf_broken": "Tego pliku PDF nie da się otworzyć. Zapisz go jeszcze raz.",
    "pdf_locked": "Ten PDF jest zabezpieczony hasłem. Zapisz go bez hasła.",
    "pdf_active": "Ten PDF zawiera program. Wydrukuj go do nowego pliku PDF i dodaj tamten.",
    "pdf_attachment": "Ten PDF ma w środku inne pliki. Dodaj każdy plik osobno.",
    "office_broken": "Tego dokumentu nie da się otworzyć. Zapisz go jeszcze raz albo jako PDF.",
    "office_locked": "Ten dokument jest zabezpieczony hasłem. Zapisz go bez hasła.",
    "office_big": "Ten dokument jest po rozpakowaniu za duży. Zapisz go jako PDF.",
    "office_linked": "Ten dokument pobiera coś z zewnątrz albo ma w środku inny plik. Zapisz go jako PDF.",
    "macro": "Ten dokument ma makra. Zapisz go bez makr albo jako PDF.",
    "unreadable": "Tego pliku nie udało się sprawdzić. Zapisz go jeszcze raz, najlepiej jako PDF.",
    "infected": "W tym pliku jest wirus. Nie otwieraj go i powiedz o tym informatykowi.",
}

Scanner = Callable[[bytes], bool]


class Upload(Protocol):
    """What a form hands over."""

    name: str | None
    size: int | None

    def read(self, size: int = ..., /) -> bytes: ...


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """A file whose content was looked into; the only thing that can be stored."""

    name: str
    media_type: str
    content: bytes = field(repr=False)
    pages: int = 0
    width: int = 0
    height: int = 0

    @property
    def size(self) -> int:
        return len(self.content)

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def check_upload(upload: Upload, *, max_bytes: int, only: frozenset[str] | None = None) -> CheckedFile:
    """Take a file in, or say in one sentence why not and what to do. `only`: media types accepted."""
    content = upload.read(max_bytes + 1)
    if len(content) > max_bytes:
        size = format_size(max(upload.size or 0, len(content)))
        message = (
            f"Plik ma {size}, a przyjmujemy do {format_size(max_bytes)}. Zmniejsz go albo podziel na części."
        )
        raise InputError(message)
    finding, kept = look_into(content)
    if only is not None and finding["media_type"] not in only:
        accepted = ", ".join(sorted(examine.EXTENSIONS[media_type].upper() for media_type in only))
        raise InputError(f"Tu przyjmujemy tylko: {accepted}.")
    scan = scanner()
    if scan is not None and scan(content):
        raise InputError(REASONS["infected"])
    name = clean_name(upload.name or "", examine.EXTENSIONS[finding["media_type"]])
    return CheckedFile(name=name, content=kept, **finding)


def look_into(content: bytes) -> tuple[dict[str, Any], bytes]:
    """Examine a file in a process of its own, without keys, with little memory and time."""
    try:
        done = subprocess.run(  # noqa: S603 - our own program; the file is its input
            [sys.executable, "-I", str(Path(examine.__file__))],
            input=content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=SECONDS,
            env={"LC_ALL": "C.UTF-8"},
            check=True,
        )
        line, _, kept = done.stdout.partition(b"\n")
        answer = json.loads(line)
    except (subprocess.SubprocessError, ValueError):
        raise InputError(REASONS["unreadable"]) from None
    reason = answer.get("refused")
    if reason == "image_big":
        width, height = (format_number(int(answer["values"][side])) for side in ("width", "height"))
        raise InputError(f"Obraz ma {width} × {height} punktów, a przyjmujemy do 40 milionów. Zmniejsz go.")
    if reason:
        raise InputError(REASONS.get(reason, REASONS["unreadable"]))
    return answer, kept


def clean_name(name: str, extension: str) -> str:
    """A name to show and to offer for saving: no path, no tricks, the extension of what it really is.

    It is never used on our disk.
    """
    name = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    name = "".join(letter for letter in name if unicodedata.category(letter)[0] not in "CZ" or letter == " ")
    name = re.sub(r'[<>:"|?*%;]', "", name)
    stem, dot, ending = name.rpartition(".")
    stem = stem if dot and re.fullmatch(r"\w{1,5}", ending) else name
    stem = re.sub(r"[\s.]+", " ", stem).strip(" -_")[:100].strip()
    return f"{stem or 'plik'}.{extension}"


def scanner() -> Scanner | None:
    """The scan for viruses, when the installation has one."""
    path: str = settings.FILE_SCANNER
    return import_string(path) if path else None
