"""Finding the view of an address among the few that begin with the same word; addresses that never change.

Django tries the addresses of every room in turn, twice in each request; the program has hundreds of them.
"""

from functools import cache, lru_cache
from typing import Any

from django.urls import URLPattern, URLResolver, reverse
from django.urls.resolvers import ResolverMatch, RoutePattern

Entry = URLPattern | URLResolver
# More than there are first words; whoever makes up addresses must not fill the memory.
KEPT = 500


class ByFirstWord(URLResolver):
    """The addresses of all rooms in their order, asked only for those that an address can mean."""

    def __init__(self, entries: list[Entry]) -> None:
        super().__init__(RoutePattern(""), entries)
        self._of = lru_cache(maxsize=KEPT)(self._narrowed)

    def resolve(self, path: Any) -> ResolverMatch:
        word, slash, _ = str(path).partition("/")
        return self._of(word + slash).resolve(path)

    def _narrowed(self, word: str) -> URLResolver:
        return URLResolver(RoutePattern(""), _beginning(self.url_patterns, word))


def _beginning(entries: list[Entry], word: str) -> list[Entry]:
    found: list[Entry] = []
    for entry in entries:
        route = str(entry.pattern)
        if isinstance(entry, URLResolver) and not route:
            if inner := _beginning(entry.url_patterns, word):
                found.append(
                    URLResolver(
                        entry.pattern,
                        inner,
                        entry.default_kwargs,
                        entry.app_name,
                        entry.namespace,
                    )
                )
        elif _may_begin(route, word):
            found.append(entry)
    return found


def _may_begin(route: str, word: str) -> bool:
    """Whether an address of the route can begin with the word: what stands before its first blank decides."""
    first, slash, _ = route.partition("/")
    if "<" not in first:
        return first + slash == word
    return word.startswith(first.partition("<")[0])


@cache
def address(name: str) -> str:
    """The address of a view that takes no arguments: a page has a score of them, and they never change."""
    return reverse(name)
