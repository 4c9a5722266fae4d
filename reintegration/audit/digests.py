"""The digests of entries in Python: the twin of the database's (`audit/sql.py`), for whoever doubts it.

Everything is handled as the bytes that COPY writes, so that 100 000 entries a second can be checked.
"""

import re
from collections.abc import Sequence
from hashlib import sha256

NULL = b"\\N"

_ESCAPED = re.compile(rb"\\(.)", re.DOTALL)
_MEANING = {b"t": b"\t", b"n": b"\n", b"r": b"\r", b"b": b"\b", b"f": b"\f", b"v": b"\v"}

# What COPY writes for each kind, in this order; the names of places below follow it.
EVENT_COLUMNS = (
    "id, extract(epoch FROM at), user_id, request_id, object_id, persons, source, action, outcome,"
    " object_type, encode(content, 'hex'), salt, detail, encode(digest, 'hex'), blanked_by"
)
CHANGE_COLUMNS = (
    "id, extract(epoch FROM at), user_id, request_id, row_id, operation, subject_id, source, table_name,"
    " encode(content, 'hex'), salt, values, encode(digest, 'hex'), blanked_by, sealed"
)


def unescaped(field: bytes) -> bytes:
    """A text as it is stored; COPY writes some characters with a backslash."""
    if b"\\" not in field:
        return field
    return _ESCAPED.sub(lambda found: _MEANING.get(found[1], found[1]), field)


def _or_dash(field: bytes) -> bytes:
    return b"-" if field == NULL else field


def content_digest(salt: bytes, values: bytes) -> bytes:
    """The digest of personal values under their salt, in hexadecimal digits."""
    return sha256(salt + b"|" + unescaped(values)).hexdigest().encode()


def event_digest(organisation: bytes, row: Sequence[bytes]) -> bytes:
    """The digest of an event, in hexadecimal digits, from a row of EVENT_COLUMNS."""
    id_, at, user, request, found, persons, source, action, outcome, object_type, content, *_ = row
    source, action, outcome = unescaped(source), unescaped(action), unescaped(outcome)
    object_type = unescaped(object_type)
    message = b"event|%b|%b|%b|%b|%b|%b|%b|%d|%b|%d|%b|%d|%b|%d|%b|%b" % (
        id_, organisation, at, _or_dash(user), request, _or_dash(found), persons,
        len(source), source, len(action), action, len(outcome), outcome, len(object_type), object_type,
        _or_dash(content),
    )  # fmt: skip
    return sha256(message).hexdigest().encode()


def change_digest(organisation: bytes, row: Sequence[bytes]) -> bytes:
    """The digest of a change, in hexadecimal digits, from a row of CHANGE_COLUMNS."""
    id_, at, user, request, row_id, operation, subject, source, table, content, *_ = row
    source, table = unescaped(source), unescaped(table)
    message = b"change|%b|%b|%b|%b|%b|%b|%b|%b|%d|%b|%d|%b|%b" % (
        id_, organisation, at, _or_dash(user), request, row_id, operation, _or_dash(subject),
        len(source), source, len(table), table, _or_dash(content),
    )  # fmt: skip
    return sha256(message).hexdigest().encode()
