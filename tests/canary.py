"""The hunt for a canary: every place where a person's data could have stayed, opened as far as it goes.

A canary is a word that occurs nowhere else. `database`, `files`, `redis` and `logs` give pairs of place
and content; `sightings` says where a canary still sings. Rooms that keep data in a new kind of place add
a function here. The database is read through pg_dump, which is what a backup holds; dead tuples that
VACUUM has not reached yet are PostgreSQL's own matter and in no dump.
"""

import base64
import gzip
import io
import json
import os
import re
import subprocess
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
from django.apps import apps
from psycopg.rows import dict_row
from pypdf import PdfReader
from pypdf.generic import StreamObject

from reintegration.accounts.session_store import SessionStore
from reintegration.core.crypto import decrypt
from reintegration.core.fields import Ciphertext, encrypted_fields
from reintegration.core.keys import field_keys, file_keys
from reintegration.core.text import polish_order, search_key
from reintegration.documents import files as stored_files
from reintegration.documents.models import StoredFile
from reintegration.ops.backup import login, program

Content = Iterator[tuple[str, bytes]]

_HEX = re.compile(rb"\\\\?x((?:[0-9a-f]{2}){8,})")


def disguises(canary: str) -> set[bytes]:
    """How a text may look where it was stored, folded, quoted or encoded."""
    texts = {canary, canary.lower(), canary.upper(), search_key(canary), polish_order(canary), quote(canary)}
    texts |= {json.dumps(canary)[1:-1]}
    plain = {text.encode(encoding) for text in texts for encoding in ("utf-8", "utf-16-le", "utf-16-be")}
    encoded = set(plain)
    for text in plain:
        encoded |= {text.hex().encode(), text.hex().upper().encode()}
        for shift in range(3):
            # The middle of its base64, whatever stands before and after it.
            inner = base64.b64encode(bytes(shift) + text)[(shift * 8 + 5) // 6 : -4]
            encoded |= {inner, inner.replace(b"+", b"-").replace(b"/", b"_")}
    return {one for one in encoded if len(one) >= 8}


def sightings(places: Iterable[tuple[str, bytes]], canaries: Sequence[str]) -> list[tuple[str, str]]:
    """(canary, place) for every canary in every place, looking into archives, PDFs and hex."""
    sought = {canary: disguises(canary) for canary in canaries}
    found = []
    for place, content in places:
        for inner, data in opened(place, content):
            found += [
                (canary, inner) for canary, shapes in sought.items() if any(one in data for one in shapes)
            ]
    return found


# Opening what is packed


def opened(place: str, data: bytes) -> Content:
    """The content itself and all that is packed in it."""
    yield place, data
    for number, digits in enumerate(_HEX.findall(data)):
        yield f"{place} hex {number}", bytes.fromhex(digits.decode())
    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in archive.namelist():
                yield f"{place}/{name}", name.encode()
                yield from opened(f"{place}/{name}", archive.read(name))
    elif data.startswith(b"%PDF"):
        yield from in_pdf(place, data)
    elif data.startswith(b"\x1f\x8b"):
        yield from opened(f"{place} unzipped", gzip.decompress(data))
    elif data[:1] == b"\x78":
        try:
            inflated = zlib.decompress(data)
        except zlib.error:
            return
        yield f"{place} inflated", inflated


def in_pdf(place: str, data: bytes) -> Content:
    reader = PdfReader(io.BytesIO(data))
    yield f"{place} text", "\n".join(page.extract_text() for page in reader.pages).encode()
    # Lines are broken where the paper is narrow.
    yield f"{place} joined", "".join(page.extract_text() for page in reader.pages).replace("\n", "").encode()
    yield f"{place} metadata", repr(reader.metadata).encode()
    for key in range(1, len(reader.xref_objStm) + sum(map(len, reader.xref.values())) + 1):
        found = reader.get_object(key)
        yield f"{place} object {key}", repr(found).encode()
        if isinstance(found, StreamObject):
            yield f"{place} stream {key}", found.get_data()


# Places


def database(url: str) -> Content:
    """The whole dump, and every ciphertext in it, opened with our keys."""
    done = subprocess.run(
        [program("pg_dump"), "--no-owner", "--format=plain", "--inserts"],
        env={**os.environ, **login(url)},
        capture_output=True,
        check=True,
    )
    yield "dump", done.stdout
    with psycopg.connect(url, row_factory=dict_row) as connection:
        yield from ciphertexts(connection)
        yield from sessions(connection)


def ciphertexts(connection: Any) -> Content:
    columns = {
        (model._meta.db_table, column.column): column
        for model in apps.get_models()
        for column in encrypted_fields(model)
    }
    for (table, name), column in columns.items():
        key = column.model._meta.pk.column
        for row in connection.execute(f'SELECT "{key}"::text AS key, "{name}" AS value FROM "{table}"'):
            if row["value"]:
                yield f"{table}.{name} {row['key']}", unlocked(column, row["value"], row["key"])
    for row in connection.execute(
        "SELECT id, table_name, row_id::text, sealed FROM audit_change WHERE sealed IS NOT NULL"
    ):
        for name, value in row["sealed"].items():
            column = columns.get((row["table_name"], name))
            sealed = bytes.fromhex(value[2:]) if value else b""
            if column is not None and sealed:
                yield f"history {row['id']} {name}", unlocked(column, sealed, row["row_id"])


def unlocked(column: Any, value: bytes, row: str) -> bytes:
    return decrypt(field_keys(), Ciphertext(value), column.place(row))


def sessions(connection: Any) -> Content:
    for row in connection.execute("SELECT session_key, session_data FROM django_session"):
        yield f"session {row['session_key']}", repr(SessionStore().decode(row["session_data"])).encode()


def files(folder: Path) -> Content:
    """Every file as it lies there, and those that a row still names in the clear."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            # Apart from its name, for it is by its first bytes that a file is known and opened.
            yield f"name of {path.name}", str(path).encode()
            yield f"file {path.name}", path.read_bytes()
    assert file_keys().current


def stored(organisations: Iterable[Any]) -> Content:
    """The files of organisations, decrypted; each organisation is a scope to open."""
    for scope in organisations:
        with scope:
            for one in StoredFile.objects.filter(erased_at__isnull=True).order_by("pk"):
                yield f"stored file {one.pk}", stored_files.read_file(one)


def redis(url: str) -> Content:
    import redis as client

    with client.Redis.from_url(url) as server:
        for key in server.scan_iter():
            yield f"redis {key!r}", key + b"\n" + (server.dump(key) or b"")
            kind = server.type(key)
            if kind == b"list":
                yield f"redis list {key!r}", b"\n".join(server.lrange(key, 0, -1))
            elif kind == b"hash":
                yield f"redis hash {key!r}", repr(server.hgetall(key)).encode()
            elif kind == b"string":
                yield f"redis text {key!r}", server.get(key) or b""


def logs(url: str, ours: str) -> Content:
    """What the program logged, and the log of the database server itself."""
    yield "our log", ours.encode()
    with psycopg.connect(url) as connection:
        row = connection.execute("SHOW data_directory").fetchone()
    assert row is not None
    log = Path(row[0]).parent / "postgres.log"
    assert log.is_file(), f"the server's log is not at {log}"
    yield "server log", log.read_bytes()
