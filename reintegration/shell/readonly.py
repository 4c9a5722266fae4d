"""A GET reads; the one thing it may write is the event of the reading."""

import re
from collections.abc import Callable
from typing import Any

_READS = re.compile(
    r"\s*(\(\s*)*(SELECT|WITH|SAVEPOINT|RELEASE|ROLLBACK|EXPLAIN|DECLARE|FETCH|CLOSE)\b", re.I
)
_WRITES_INSIDE = re.compile(r"\b(INSERT\s+INTO|UPDATE\s+\S+\s+SET|DELETE\s+FROM|TRUNCATE)\b", re.I)


class WriteOnRead(RuntimeError):
    """A page that is only looked at tried to change something."""


def refuse_writes(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any) -> Any:
    text = sql if isinstance(sql, str) else str(sql)
    if not _READS.match(text) or (text.lstrip()[:4].upper() == "WITH" and _WRITES_INSIDE.search(text)):
        message = f"A GET must not write: {text[:80]}"
        raise WriteOnRead(message)
    return execute(sql, params, many, context)
