"""What is put together once and asked often: a statement, or a queryset that pages narrow."""

from collections.abc import Callable, Hashable, Sequence
from functools import cached_property, lru_cache, wraps
from typing import Any, ParamSpec, TypeVar

from django.db.models import QuerySet

from reintegration.core.lists import ListPage, Slice
from reintegration.core.together import Counts, Questions
from reintegration.tenancy.scope import current_scope

P = ParamSpec("P")
R = TypeVar("R")
# For how many organisations, days and people a process keeps one kind: a question of many columns takes a
# tenth of a megabyte.
KEPT = 40
MANY = 300
_forgets: list[Callable[[], None]] = []


def prepared(make: Callable[P, R], *, most: int = KEPT) -> Callable[P, R]:
    """Keep what a function puts together in a scope, for the scope's organisation and its arguments.

    The ORM needs longer to make a statement than PostgreSQL to answer a page's question. What is kept holds
    the filter of its organisation, and nothing that was read: a day, a role or a person are arguments.
    """

    @lru_cache(maxsize=most)
    def kept(organisation_id: object, *args: P.args, **kwargs: P.kwargs) -> R:
        return make(*args, **kwargs)

    @wraps(make)
    def asked(*args: P.args, **kwargs: P.kwargs) -> R:
        return kept(current_scope().organisation_id, *args, **kwargs)

    _forgets.append(kept.cache_clear)
    return asked


class PreparedList(ListPage):
    """A list whose statements are kept while no filter is set; its room says what they depend on."""

    def depends_on(self) -> tuple[Hashable, ...]:
        """Whatever else than the organisation and the order decides which rows there are: the day, a role."""
        raise NotImplementedError

    def counted(self) -> Sequence[QuerySet[Any]]:
        """What is counted together with the rows; these come first."""
        return [self.rows()]

    @cached_property
    def counts(self) -> list[int]:
        return self._kept("counts", lambda: Counts(*self.counted())).answers()

    def all(self) -> int:
        return self.counts[0]

    def of_part(self, part: Slice) -> Sequence[Any]:
        made = self._kept((part.first, part.last), lambda: Questions(self.rows()[part.first : part.last]))
        return made.answers()[0]

    def _kept(self, what: Hashable, make: Callable[[], R]) -> R:
        if self.filtered:
            return make()
        key = (current_scope().organisation_id, type(self), what, self.sort, *self.depends_on())
        found: R | None = _lists.get(key)
        if found is None:
            if len(_lists) >= MANY:
                _lists.pop(next(iter(_lists)))
            found = _lists[key] = make()
        return found


_lists: dict[Hashable, Any] = {}
_forgets.append(_lists.clear)


def forget() -> None:
    """Put everything together anew."""
    for one in _forgets:
        one()
