"""What is put together once and asked often: a statement, or a queryset that pages narrow."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import ParamSpec, TypeVar

from reintegration.tenancy.scope import current_scope

P = ParamSpec("P")
R = TypeVar("R")
# For how many organisations, days and people a process keeps one kind.
KEPT = 300
_forgets: list[Callable[[], None]] = []


def prepared(make: Callable[P, R]) -> Callable[P, R]:
    """Keep what a function puts together in a scope, for the scope's organisation and its arguments.

    The ORM needs longer to make a statement than PostgreSQL to answer a page's question. What is kept holds
    the filter of its organisation, and nothing that was read: a day, a role or a person are arguments.
    """

    @lru_cache(maxsize=KEPT)
    def kept(organisation_id: object, *args: P.args, **kwargs: P.kwargs) -> R:
        return make(*args, **kwargs)

    @wraps(make)
    def asked(*args: P.args, **kwargs: P.kwargs) -> R:
        return kept(current_scope().organisation_id, *args, **kwargs)

    _forgets.append(kept.cache_clear)
    return asked


def forget() -> None:
    """Put everything together anew."""
    for one in _forgets:
        one()
