"""Addresses that nobody was given: queries of every page, and keys that are none."""

from collections.abc import Iterator
from urllib.parse import quote
from uuid import uuid4

from django.urls import resolve

from tests.fuzz.pages import Visit
from tests.fuzz.payloads import ESSENTIAL, MORE, body, said
from tests.fuzz.refusals import failure
from tests.walls.routes import ROWS

ALWAYS_ASKED = ("page", "sort", "plik", "next", "q")
# What lists read from an address, beside what a form may be given.
QUERIES = {
    "page": ["null", "0", "-1", "1.5", "9" * 20, "²", "٣", ""],
    "sort": ["garbage", "-password", "pk", "--at", "user__password", "?", "-"],
    "plik": ["exe", "../x", "csv\x00", "CSV"],
}
READ_BY_LISTS = (
    "no UTF-8",
    "very big",
    "beyond any column",
    "negative",
    "not a number",
    "foreign digits",
    "odd digits",
    "far day",
    "half an id",
    "an id of nothing",
)
# Its lists are drawings.
DRAWN = "shell:patterns"
LONG_ADDRESS = "Zażółć" * 300
JUNK = [("junk everywhere", body(dict.fromkeys(ALWAYS_ASKED, said("\x00Ala\x1b"))))]
KEYS = ("nie-ma", "0", "-1", "%00", "%FF", "00000000", "..%2f..", "0192f0c1-0000-7000-8000-00000000000g")


def queries(names: list[str]) -> list[tuple[str, bytes]]:
    """(what is asked, the query)."""
    found = [(f"{name}={value!r}", body({name: said(value)})) for name in QUERIES for value in QUERIES[name]]
    payloads = {what: MORE[what] for what in READ_BY_LISTS} | ESSENTIAL | {"too long": said(LONG_ADDRESS)}
    found += [
        (f"{what} in {name}", body({name: values})) for what, values in payloads.items() for name in names
    ]
    for what in ("zero byte", "no UTF-8", "a list"):
        found.append((f"{what} everywhere", body(dict.fromkeys([*names, *ALWAYS_ASKED], MORE[what]))))
    found.append(("many", b"&".join(b"sort=x&page=%d" % number for number in range(300))))
    found.append(("nothing readable", b"%&=&&%zz=%ff&\xff\xfe"))
    return found


def no_query_breaks_a_page(visit: Visit) -> Iterator[str]:
    """No query breaks a page."""
    route = visit.route
    names = sorted({name for form in visit.forms("get") for name in form.controls})
    is_list = route.name != DRAWN and hasattr(getattr(route.view, "view_class", None), "columns")
    for what, query in queries(names) if is_list else JUNK:
        answer = visit.ask("GET", visit.url.partition("?")[0], query=query.decode("latin-1"))
        if trouble := failure(answer):
            yield f"{route}, {what}: {trouble}"


# To whom the file is closed, the address leads to the page that says so, whatever paper it names.
CLOSED = {"reporting:inspection_paper"}


def a_malformed_key_leads_nowhere(visit: Visit) -> Iterator[str]:
    """A malformed key leads nowhere."""
    route = visit.route
    if not route.arguments:
        return
    path = visit.url.partition("?")[0]
    wanted = {200, 404, 410, 302} if ROWS[route.name].whose == "everybody" else {404}
    if route.name in CLOSED:
        wanted.add(302)
    for value in resolve(path).kwargs.values():
        for key in (*KEYS, str(uuid4()), quote("Zażółć" * 50), "9" * 500):
            answer = visit.ask("GET", path.replace(f"/{value}/", f"/{key}/"))
            if answer.status_code not in wanted:
                yield f"{route}, {key[:40]}: {failure(answer) or answer.status_code}"
