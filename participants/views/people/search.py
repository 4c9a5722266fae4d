"""One box for everybody in the unit's files: a name, a PESEL, a case number, a telephone.

What was typed is posted. A name goes on into the address, so that a step back finds it again; a PESEL never
does, because addresses stay in the history of browsers and in the journals of what lies between.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse

from participants.forms.people.search import SearchForm
from participants.models import Person
from participants.perms import KEEPERS
from participants.perms import people as perms
from participants.queries import people as queries
from participants.queries.people import FileLine, Hit
from participants.rules.codes import UnitType
from participants.views.people.editing import SEARCH, found_person
from reintegration.audit import record
from reintegration.core import clock
from reintegration.core.components import Link
from reintegration.core.views import Page, wants_fragment

MOST = 20
# In the address after a PESEL was taken out of it, so that the page says why it looked for nobody.
LEFT_OUT = "numer"


@dataclass(frozen=True, slots=True)
class Result:
    hit: Hit
    file: FileLine | None
    url: str


class Search(Page):
    """The box and what it found; each result leads to the address that `place` gives."""

    fragment_name = "participants/people/results.html"
    http_method_names = ["get", "head", "options", "post"]
    request: Any
    form: SearchForm
    text = ""
    in_address = False

    def load(self) -> None:
        """Whatever the page is about besides the search."""

    def place(self, hit: Hit) -> str:
        raise NotImplementedError

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.load()
        self.form = SearchForm(request.GET)
        typed = self.form.cleaned_data["q"] if self.form.is_valid() else ""
        if queries.holds_pesel(request.GET.get("q", "")):
            return HttpResponseRedirect(f"{request.path}?{LEFT_OUT}=1")
        self.text, self.in_address = typed, LEFT_OUT in request.GET
        return self.answer()

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.load()
        self.form = SearchForm(request.POST)
        if not self.form.is_valid():
            return self.answer(status=422)
        self.text = self.form.cleaned_data["q"]
        if wants_fragment(request):
            return self.answer()
        if queries.holds_pesel(self.text):
            # Straight to the one who has it: a step back then asks for nothing to be sent again.
            hits = self.hits(limit=1)
            record.shows(request, [hit.person.pk for hit in hits])
            return HttpResponseRedirect(self.place(hits[0])) if hits else self.answer()
        query = f"?{urlencode({'q': self.text})}" if self.text else ""
        return HttpResponseRedirect(f"{request.path}{query}")

    def hits(self, *, limit: int) -> list[Hit]:
        return queries.search(self.text, limit)

    def page(self) -> Mapping[str, Any]:
        hits = self.hits(limit=MOST + 1)
        more, hits = len(hits) > MOST, hits[:MOST]
        record.shows(self.request, [hit.person.pk for hit in hits])
        found = self.results(hits)
        return {
            "here": self.request.path,
            "form": self.form,
            "text": self.text,
            "named": self.text and not queries.holds_pesel(self.text),
            "in_address": self.in_address,
            "exact": [one for one in found if one.hit.exact],
            "near": [one for one in found if not one.hit.exact],
            "more": more,
            "keeper": bool(self.request.principal.roles & KEEPERS),
        }

    def results(self, hits: Sequence[Hit]) -> list[Result]:
        """Each person with their newest file."""
        principal = self.request.principal
        files = queries.files_of(
            [hit.person.pk for hit in hits],
            user_id=principal.user_id,
            today=clock.today(),
            unit_type=UnitType.KIS if principal.place.subtype == UnitType.KIS else UnitType.CIS,
        ) if hits else []  # fmt: skip
        newest: dict[UUID, FileLine] = {}
        for file in files:
            newest.setdefault(file.person_id, file)
        return [Result(hit, newest.get(hit.person.pk), self.place(hit)) for hit in hits]


class SearchPage(Search):
    action = perms.SEARCH
    template_name = "participants/people/search.html"
    title = SEARCH

    def place(self, hit: Hit) -> str:
        return reverse("participants:person", args=[hit.person.pk])

    def actions(self) -> Sequence[Link]:
        links = []
        if self.request.may(perms.DOUBLE_LIST):
            links.append(Link("Podobne osoby", reverse("participants:double_list")))
        if self.request.may(perms.ADD):
            links.append(Link("Dodaj osobę", reverse("participants:person_add"), current=True))
        return links

    def page(self) -> Mapping[str, Any]:
        return {**super().page(), "may_add": self.request.may(perms.ADD)}


class DoubleFind(Search):
    """The other entry of the same person, which nothing but a look tells; then what a merge would do."""

    action = perms.DOUBLE_FIND
    template_name = "participants/people/double_find.html"
    title = "Z kim połączyć?"
    person: Person

    def load(self) -> None:
        self.person = found_person(self.request, self.kwargs["pk"])

    def crumbs(self) -> Sequence[tuple[str, str]]:
        back = reverse("participants:person", args=[self.person.pk])
        return [(SEARCH, reverse("participants:search")), (str(self.person), back), (self.title, "")]

    def place(self, hit: Hit) -> str:
        return reverse("participants:person_merge", args=[self.person.pk, hit.person.pk])

    def hits(self, *, limit: int) -> list[Hit]:
        found = queries.search(self.text, limit + 1)
        return [hit for hit in found if hit.person.pk != self.person.pk][:limit]

    def page(self) -> Mapping[str, Any]:
        return {**super().page(), "person": self.person}
