"""Digests of what a list says, so that a change behind everybody's back is found.

A statement has two: of what an erasure takes away (account, basis, rows), and of everything, in which the
first stands for what it covers. So the amounts of an erased person can still be checked.
"""

import hashlib
import json
from collections.abc import Iterable
from typing import Any


def digest(*parts: Any) -> str:
    """Of values as JSON, in which dates, amounts and keys are text; dictionaries in the order of keys."""
    text = json.dumps(parts, default=str, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def of_statement(sealed: str, amounts: Iterable[Any], corrections: Iterable[Iterable[Any]]) -> str:
    return digest(sealed, list(amounts), [list(one) for one in corrections])


def of_list(head: Iterable[Any], statements: Iterable[str]) -> str:
    return digest(list(head), list(statements))
