"""Primary keys made in Python, so that a row knows its key before it is stored."""

import os
import threading
import time
import uuid

_lock = threading.Lock()
_last = 0

_RANDOM_B = 62
_COUNTER_BITS = 12


def uuid7() -> uuid.UUID:
    """Make a time-ordered UUID (RFC 9562, version 7), strictly increasing within the process.

    The twelve bits after the milliseconds count up when a millisecond repeats or the clock steps back;
    when they overflow, the next millisecond is borrowed. Rows made together therefore lie together in
    the index and keep the order in which they were made.
    """
    global _last  # noqa: PLW0603 - the process has one sequence
    moment = time.time_ns() // 1_000_000 << _COUNTER_BITS
    # The counter starts in its lower half, so that 2 048 keys fit before a millisecond is borrowed.
    moment |= int.from_bytes(os.urandom(2)) >> 5
    with _lock:
        _last = max(_last + 1, moment)
        moment = _last
    milliseconds, counter = moment >> _COUNTER_BITS, moment & 0xFFF
    tail = int.from_bytes(os.urandom(8)) >> 2
    return uuid.UUID(int=milliseconds << 80 | 7 << 76 | counter << 64 | 2 << _RANDOM_B | tail)
