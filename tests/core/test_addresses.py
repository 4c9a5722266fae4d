"""The view of an address is the one that trying every address in turn would find."""

from typing import Any

from django.urls import Resolver404, URLResolver
from django.urls.resolvers import RoutePattern
from hypothesis import given
from hypothesis import strategies as st

from reintegration.urls import ROOMS, urlpatterns

IN_TURN = URLResolver(RoutePattern(""), ROOMS)  # type: ignore[arg-type]
KEY = "019b76da-a800-7035-a863-dad52f9f1a02"


def found(resolver: Any, address: str) -> Any:
    try:
        match = resolver.resolve(address)
    except Resolver404:
        return None
    return match.func, match.args, match.kwargs, match.view_name, match.route


def known() -> list[str]:
    """Every route with something in place of its blanks."""
    texts = {"uuid": KEY, "int": "7", "str": "slowo", "slug": "a-b", "path": "a/b"}

    def walk(entries: Any) -> Any:
        for entry in entries:
            if isinstance(entry, URLResolver):
                yield from walk(entry.url_patterns)
            else:
                yield str(entry.pattern)

    def filled(route: str) -> str:
        while "<" in route:
            before, _, rest = route.partition("<")
            blank, _, after = rest.partition(">")
            kind = blank.partition(":")[0] if ":" in blank else "str"
            route = before + texts.get(kind, "2026-04") + after
        return route

    return [filled(route) for route in walk(ROOMS)]


def test_every_address_leads_where_it_led():
    (narrow,) = [one for one in urlpatterns if type(one).__name__ == "ByFirstWord"]
    assert len(known()) > 400
    for address in known():
        assert found(narrow, address) == found(IN_TURN, address), address
        assert found(narrow, address.removesuffix("/")) == found(IN_TURN, address.removesuffix("/")), address


@given(st.sampled_from(known()), st.text(alphabet="abc/<>%-żZ0", max_size=12))
def test_what_is_no_address_is_none(address: str, more: str):
    (narrow,) = [one for one in urlpatterns if type(one).__name__ == "ByFirstWord"]
    for text in (address + more, more + address, more, address[len(more) :]):
        assert found(narrow, text) == found(IN_TURN, text), text
