"""The form of a link: what its keyed hash covers. Pure functions; sealing and verifying share them.

Each part of the message stands behind its length, so that no two links have the same message. The chain
of an organisation begins at number 1 behind 32 zero bytes.
"""

import hashlib
import hmac
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from reintegration.core.keys import KeyRing

EVENT, CHANGE, CIPHER = "event", "change", "cipher"
START = bytes(32)

_MADE_FOR = b"reintegra audit link 1"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Link:
    organisation_id: UUID
    number: int
    at: datetime
    kinds: Sequence[str]
    entry_ids: Sequence[int]
    digests: Sequence[bytes]
    previous: bytes
    key_id: str

    def mac(self, keys: KeyRing) -> bytes:
        """The link under the key it names; `UnknownKey` when the ring does not hold it."""
        return hmac.digest(keys.get(self.key_id).secret, b"".join(self._parts()), hashlib.sha256)

    def _parts(self) -> Iterator[bytes]:
        for part in (
            _MADE_FOR,
            self.organisation_id.bytes,
            self.number.to_bytes(8),
            ((self.at - _EPOCH) // timedelta(microseconds=1)).to_bytes(8),
            self.key_id.encode(),
            self.previous,
            len(self.digests).to_bytes(8),
        ):
            yield len(part).to_bytes(4)
            yield part
        for kind, entry_id, digest in zip(self.kinds, self.entry_ids, self.digests, strict=True):
            yield len(kind).to_bytes(1) + kind.encode() + entry_id.to_bytes(8) + len(digest).to_bytes(1)
            yield digest
