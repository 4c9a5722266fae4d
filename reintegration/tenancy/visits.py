"""What a page needs from another organisation, fetched before the scope of the page is opened.

A scope inside a scope is refused. So a view class may declare a `visit`, which the gate calls for whoever may
do the action of the address, before it opens their own scope: it opens a scope of the other organisation by a
named policy (an inspection), writes there who looked, and brings back plain values. The view finds them in
`request.visited`, None where there was nothing to fetch. A visit only reads: `only_read` is the first thing
it says once its look is written down, and PostgreSQL refuses every write until its scope ends.
"""

from collections.abc import Callable
from typing import Any

from django.db import connection

Visit = Callable[..., Any]


def visit_of(view: Callable[..., Any]) -> Visit | None:
    """The visit that a resolved view declares."""
    found: Visit | None = getattr(getattr(view, "view_class", None), "visit", None)
    return found


def only_read() -> None:
    """From here to its end nothing is written in this transaction, whatever asks for it."""
    with connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION READ ONLY")
