"""The keys of the program: named, several at a time, so that they can be changed while it works."""

import base64
import binascii
import re
from dataclasses import dataclass, field
from functools import cache

from django.conf import settings

LENGTH = 32
_ID = re.compile(r"[A-Za-z0-9._-]{1,16}")


class KeyRefused(ValueError):
    """A key or a ring of keys is not usable; the message names the setting's fault, never the key."""


class UnknownKey(LookupError):
    """A ciphertext names a key that is not in the ring."""


@dataclass(frozen=True, slots=True)
class Key:
    id: str
    secret: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if not _ID.fullmatch(self.id):
            raise KeyRefused("A key's id has 1 to 16 letters, digits, dots, hyphens or underscores.")
        if len(self.secret) != LENGTH:
            raise KeyRefused(f"Key {self.id} has {len(self.secret)} bytes instead of {LENGTH}.")


@dataclass(frozen=True, slots=True)
class KeyRing:
    """The first key encrypts, every key decrypts."""

    keys: tuple[Key, ...]

    def __post_init__(self) -> None:
        if not self.keys:
            raise KeyRefused("A ring needs at least one key.")
        if len({key.id for key in self.keys}) < len(self.keys):
            raise KeyRefused("Two keys of a ring have the same id.")

    @classmethod
    def parse(cls, text: str) -> "KeyRing":
        """Read `id:base64,id:base64`, the current key first."""
        return cls(tuple(_parse_key(part.strip()) for part in text.split(",") if part.strip()))

    @property
    def current(self) -> Key:
        return self.keys[0]

    def get(self, key_id: str) -> Key:
        for key in self.keys:
            if key.id == key_id:
                return key
        raise UnknownKey(f"No key with the id {key_id!r}: put it back into the ring, behind the current one.")


def _parse_key(text: str) -> Key:
    key_id, colon, encoded = text.partition(":")
    if not colon:
        raise KeyRefused("A key is written id:base64.")
    return Key(key_id, decode_secret(encoded))


def decode_secret(encoded: str) -> bytes:
    """Read a secret in base64."""
    try:
        return base64.b64decode(encoded, validate=True)
    except binascii.Error:
        raise KeyRefused("A key is not base64.") from None


_ring = cache(KeyRing.parse)


def field_keys() -> KeyRing:
    """Keys of the values encrypted in columns."""
    return _ring(settings.REINTEGRA_FIELD_KEYS)


def file_keys() -> KeyRing:
    """Keys of the files at rest."""
    return _ring(settings.REINTEGRA_FILE_KEYS)


def seal_keys() -> KeyRing:
    """Keys of the audit's chain."""
    return _ring(settings.REINTEGRA_SEAL_KEYS)


@cache
def _index_key(encoded: str) -> Key:
    return Key("index", decode_secret(encoded))


def index_key() -> Key:
    """The key of the blind indexes. There is one: with two, one person would have two indexes."""
    return _index_key(settings.REINTEGRA_INDEX_KEY)
