"""Persons who may be one: the list, what a merge would do, the merge, and that they are two."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import BadRequest
from django.http import Http404
from django.urls import reverse, reverse_lazy

from participants.models import Person
from participants.perms import people as perms
from participants.queries import people as queries
from participants.services import people as services
from participants.services.people import MergePreview
from participants.services.people.merging import FieldRow
from participants.views.people.shown import MASK
from reintegration.audit import record
from reintegration.core.components import Link
from reintegration.core.errors import InputError
from reintegration.core.formats import format_table_date
from reintegration.core.views import ConfirmPage, Page

TITLE = "Podobne osoby"
LIST = reverse_lazy("participants:double_list")
CHOICES = frozenset({"kept", "gone"})


class DoubleList(Page):
    action = perms.DOUBLE_LIST
    template_name = "participants/people/doubles.html"
    title = TITLE

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [("Szukaj", reverse("participants:search")), (TITLE, "")]

    def page(self) -> Mapping[str, Any]:
        found = queries.likely_doubles()
        record.shows(self.request, [person.pk for pair in found for person in (pair.one, pair.other)])
        return {"doubles": found, "may_merge": self.request.may(perms.MERGE)}


@dataclass(frozen=True, slots=True)
class ShownField:
    """One column of both rows, in words; of a number that is covered the last digits at most."""

    name: str
    label: str
    kept: str
    gone: str
    taken: str


class _Pair(ConfirmPage):
    """Two persons of an address: who stays, and the other."""

    found: MergePreview

    def object(self, *, lock: bool) -> MergePreview:
        try:
            preview = services.merge_preview(keep_id=self.kwargs["pk"], gone_id=self.kwargs["other"])
        except InputError as error:
            raise Http404 from error
        record.about(self.request, preview.keep)
        record.shows(self.request, [preview.keep.pk, preview.gone.pk])
        return preview

    back_url = LIST

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [("Szukaj", reverse("participants:search")), (TITLE, str(LIST)), (self.get_title(), "")]


class PersonMerge(_Pair):
    action = perms.MERGE
    template_name = "participants/people/merge.html"
    fragment_name = ""
    verb = "Połącz wpisy"
    danger = True

    def get_title(self) -> str:
        return f"Połączyć wpisy: {self.found.keep} i {self.found.gone}?"

    def text(self) -> str:
        return "Zostaje jeden wpis ze wszystkim, co było przy obu. Tego nie da się cofnąć."

    def actions(self) -> Sequence[Link]:
        swapped = reverse("participants:person_merge", args=[self.found.gone.pk, self.found.keep.pk])
        return [Link("Zamień miejscami", swapped)]

    def choice(self) -> dict[str, str]:
        sent = {row.name: self.request.POST.get(f"z_{row.name}", "") for row in self.found.fields}
        chosen = {name: value for name, value in sent.items() if value}
        if not CHOICES.issuperset(chosen.values()):
            # The page offers two answers; a third one is nobody's choice, and a merge cannot be taken back.
            raise BadRequest
        return chosen

    def page(self) -> Mapping[str, Any]:
        choice = self.choice()
        return {
            **super().page(),
            "preview": self.found,
            "rows": [_shown(row, choice.get(row.name, row.taken)) for row in self.found.fields],
        }

    def perform(self) -> str:
        kept = services.merge_persons(
            keep_id=self.found.keep.pk, gone_id=self.found.gone.pk, choice=self.choice()
        )
        return reverse("participants:person", args=[kept.pk])

    def success(self) -> str:
        return f"Połączono wpisy: {self.found.keep}."


class DoubleDismiss(_Pair):
    action = perms.DOUBLE_DISMISS
    verb = "To dwie różne osoby"

    def get_title(self) -> str:
        return "To dwie różne osoby?"

    def text(self) -> str:
        return f"{self.found.keep} i {self.found.gone} nie będą już na liście podobnych osób."

    def perform(self) -> str:
        services.mark_not_duplicate(one_id=self.found.keep.pk, other_id=self.found.gone.pk)
        return str(LIST)

    def success(self) -> str:
        return "Zapisano: to dwie różne osoby."


def _shown(row: FieldRow, taken: str) -> ShownField:
    label = row.label[:1].upper() + row.label[1:]
    return ShownField(row.name, label, _word(row.name, row.kept), _word(row.name, row.gone), taken)


def _word(name: str, value: Any) -> str:

    if value in ("", None):
        return "–"
    if name == "pesel":
        return "•" * 9 + str(value)[-2:]
    if name == "document_number":
        return MASK
    if name == "birth_date":
        return format_table_date(value)
    field = Person._meta.get_field(name)
    return str(dict(getattr(field, "flatchoices", ())).get(value, value))
