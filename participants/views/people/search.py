"""One box for everybody in the unit's files: a name, a PESEL, a case number, a telephone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from participants.perms import KEEPERS
from participants.perms import people as perms
from participants.queries import people as queries
from participants.queries.people import FileLine, Hit
from participants.rules.codes import UnitType
from reintegration.audit import record
from reintegration.core import clock
from reintegration.core.components import Link
from reintegration.core.views import Page

MOST = 20
LONGEST = 120


@dataclass(frozen=True, slots=True)
class Result:
    hit: Hit
    file: FileLine | None


class SearchPage(Page):
    action = perms.SEARCH
    template_name = "participants/people/search.html"
    fragment_name = "participants/people/results.html"
    title = "Szukaj"

    def actions(self) -> Sequence[Link]:
        links = []
        if self.request.may(perms.DOUBLE_LIST):
            links.append(Link("Podobne osoby", reverse("participants:double_list")))
        if self.request.may(perms.ADD):
            links.append(Link("Dodaj osobę", reverse("participants:person_add"), current=True))
        return links

    def page(self) -> Mapping[str, Any]:
        text = self.request.GET.get("q", "")[:LONGEST].replace("\x00", "").strip()
        hits = queries.search(text, MOST + 1)
        more, hits = len(hits) > MOST, hits[:MOST]
        record.shows(self.request, [hit.person.pk for hit in hits])
        found = self.results(hits)
        return {
            "text": text,
            "exact": [one for one in found if one.hit.exact],
            "near": [one for one in found if not one.hit.exact],
            "more": more,
            "keeper": bool(self.request.principal.roles & KEEPERS),
            "may_add": self.request.may(perms.ADD),
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
        newest: dict[Any, FileLine] = {}
        for file in files:
            newest.setdefault(file.person_id, file)
        return [Result(hit, newest.get(hit.person.pk)) for hit in hits]
