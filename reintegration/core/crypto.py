"""Values and files encrypted so that each opens only in its own place.

A value is AES-256-GCM under a key named in its envelope, bound to purpose, table, column and row: moved to
another row it does not open. A file is cut into chunks under a key of its own; a chunk that is changed,
left out or moved is refused, and so is a missing end.
"""

import hashlib
import hmac
import os
from collections.abc import Iterator
from typing import BinaryIO, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from reintegration.core.keys import LENGTH, Key, KeyRing

VALUE, FILE = 1, 2
NONCE = 12
TAG = 16
SALT = 32
CHUNK = 64 * 1024


class Refused(Exception):
    """A ciphertext does not open: it was changed, cut, moved, or its key is another of the same id."""


class _Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


def bound_to(*parts: str) -> bytes:
    """Join the parts of a place so that no two places look alike: ("ab", "c") is not ("a", "bc")."""
    encoded = [part.encode() for part in parts]
    return b"".join(len(part).to_bytes(4) + part for part in encoded)


def header(kind: int, key_id: str) -> bytes:
    """The beginning of every envelope; equal for all that one key has encrypted, so SQL can compare it."""
    return bytes([kind, len(key_id)]) + key_id.encode()


def key_id_of(envelope: bytes) -> str:
    """The id of the key that an envelope was made with."""
    return _opened(envelope)[1]


def _opened(envelope: bytes) -> tuple[int, str, int]:
    """Kind, key id and where the rest begins."""
    if len(envelope) < 2 or envelope[0] not in {VALUE, FILE}:
        raise Refused("This is no envelope of ours.")
    end = 2 + envelope[1]
    try:
        return envelope[0], envelope[2:end].decode("ascii"), end
    except UnicodeDecodeError:
        raise Refused("The envelope's key id is damaged.") from None


# Values


def encrypt(ring: KeyRing, data: bytes, place: bytes) -> bytes:
    """Encrypt a value for its place under the ring's current key."""
    top = header(VALUE, ring.current.id)
    nonce = os.urandom(NONCE)
    return top + nonce + AESGCM(ring.current.secret).encrypt(nonce, data, top + place)


def decrypt(ring: KeyRing, envelope: bytes, place: bytes) -> bytes:
    """Open a value in its place, with whichever key of the ring it names."""
    kind, key_id, end = _opened(envelope)
    if kind != VALUE or len(envelope) < end + NONCE + TAG:
        raise Refused("The envelope of the value is damaged.")
    nonce, sealed = envelope[end : end + NONCE], envelope[end + NONCE :]
    try:
        return AESGCM(ring.get(key_id).secret).decrypt(nonce, sealed, envelope[:end] + place)
    except InvalidTag:
        raise Refused("The value was changed or does not belong here.") from None


def blind_index(key: Key, field: str, value: str) -> bytes:
    """A fingerprint by which an encrypted value can be found, and nothing else learnt.

    The field's name is part of it, so equal values of two fields have different fingerprints.
    """
    return hmac.digest(key.secret, bound_to("blind-index", field, value), hashlib.sha256)


# Files


def encrypt_stream(ring: KeyRing, source: _Readable, target: BinaryIO, place: bytes) -> int:
    """Encrypt a file chunk by chunk; returns how many bytes it has in the clear."""
    salt = os.urandom(SALT)
    top = header(FILE, ring.current.id) + salt
    cipher = _file_cipher(ring.current, top, place)
    target.write(top)
    size = number = 0
    chunk = _read(source, CHUNK)
    while True:
        following = _read(source, CHUNK)
        last = not following
        target.write(cipher.encrypt(_nonce(number, last), chunk, _flag(last)))
        size, number = size + len(chunk), number + 1
        if last:
            return size
        chunk = following


def decrypt_stream(ring: KeyRing, source: _Readable, place: bytes) -> Iterator[bytes]:
    """Open a file chunk by chunk; each is checked before it is handed out.

    That the file is whole is known only at its end: a caller that must not act on a part reads to the
    end first.
    """
    top = _read(source, 2)
    if len(top) < 2 or top[0] != FILE:
        raise Refused("This is no encrypted file of ours.")
    top += _read(source, top[1] + SALT)
    _, key_id, end = _opened(top)
    if len(top) != end + SALT:
        raise Refused("The encrypted file ends in its header.")
    cipher = _file_cipher(ring.get(key_id), top, place)
    number = 0
    chunk = _read(source, CHUNK + TAG)
    while True:
        following = _read(source, CHUNK + TAG)
        last = not following
        try:
            opened = cipher.decrypt(_nonce(number, last), chunk, _flag(last))
        except (InvalidTag, ValueError):
            raise Refused(f"Chunk {number} of the file was changed, moved, or the end is missing.") from None
        yield opened
        if last:
            return
        chunk, number = following, number + 1


def _file_cipher(key: Key, top: bytes, place: bytes) -> AESGCM:
    # A key for each file: chunk numbers can then serve as nonces and never meet another file's.
    derived = HKDF(algorithm=SHA256(), length=LENGTH, salt=top[-SALT:], info=top + place)
    return AESGCM(derived.derive(key.secret))


def _nonce(number: int, last: bool) -> bytes:
    return number.to_bytes(NONCE - 1) + _flag(last)


def _flag(last: bool) -> bytes:
    return b"\x01" if last else b"\x00"


def _read(source: _Readable, size: int) -> bytes:
    """Read exactly so many bytes unless the source ends: a pipe may hand out less at a time."""
    parts = []
    while size and (part := source.read(size)):
        parts.append(part)
        size -= len(part)
    return b"".join(parts)
