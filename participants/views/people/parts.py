"""What is known of a person from a day to a day: add, change, end, take back a mistake."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse

from participants.forms.people.parts import FORMS, EndForm
from participants.models import Person
from participants.perms import people as perms
from participants.services import people as services
from participants.services.people.parts import PARTS
from participants.views.people.editing import SEARCH, found_person
from reintegration.core import clock
from reintegration.core.views import ConfirmPage, FormPage

# The word of each kind in the addresses.
WORDS = {
    "group": "grupy",
    "disability": "orzeczenia",
    "fact": "informacje",
    "barrier": "bariery",
    "income": "dochody",
}
NEW = {
    "group": "Nowa grupa",
    "disability": "Nowe orzeczenie",
    "fact": "Nowa informacja wrażliwa",
    "barrier": "Nowa bariera",
    "income": "Nowy dochód",
}
CHANGED = {
    "group": "Grupa z ustawy",
    "disability": "Orzeczenie o niepełnosprawności",
    "fact": "Informacja wrażliwa",
    "barrier": "Bariera",
    "income": "Dochód",
}

View = Callable[..., HttpResponseBase]


class _OfPerson:
    """The way back from an entry to its person."""

    kind = ""
    person: Person
    request: Any
    kwargs: Any

    @property
    def back_url(self) -> str:
        return f"{reverse('participants:person', args=[self.person.pk])}#{self.kind}"

    def crumbs(self) -> Sequence[tuple[str, str]]:
        title: str = self.get_title()  # type: ignore[attr-defined]
        return [(SEARCH, reverse("participants:search")), (str(self.person), self.back_url), (title, "")]

    def part(self, *, lock: bool) -> Any:
        """The entry of an address and its person, whose case must be the viewer's."""
        found = get_object_or_404(PARTS[self.kind].objects.filter(pk=self.kwargs["pk"]))
        self.person = found_person(self.request, found.person_id, lock=lock, case=True)
        if lock:
            rows = PARTS[self.kind].objects.select_for_update(of=("self",))
            found = get_object_or_404(rows.filter(pk=found.pk))
        return found


class PartAdd(_OfPerson, FormPage):
    submit = "Dodaj"

    @classmethod
    def of(cls, kind: str) -> View:
        return type(f"{cls.__name__}_{kind}", (cls,), {
            "kind": kind, "action": perms.PART_ADD[kind], "title": NEW[kind], "form_class": FORMS[kind],
        }).as_view()  # type: ignore[attr-defined,no-any-return]  # fmt: skip

    def object(self, *, lock: bool) -> None:
        self.person = found_person(self.request, self.kwargs["pk"], lock=lock, case=True)

    def initial(self) -> Mapping[str, Any]:
        return {} if self.kind == "fact" else {"since": clock.today()}

    def save(self, form: Any) -> Any:
        return services.add_part(person_id=self.person.pk, kind=self.kind, values=form.cleaned_data)


class PartEdit(_OfPerson, FormPage):
    @classmethod
    def of(cls, kind: str) -> View:
        return type(f"{cls.__name__}_{kind}", (cls,), {
            "kind": kind, "action": perms.PART_EDIT[kind], "title": CHANGED[kind], "form_class": FORMS[kind],
        }).as_view()  # type: ignore[attr-defined,no-any-return]  # fmt: skip

    def object(self, *, lock: bool) -> Any:
        return self.part(lock=lock)

    def initial(self) -> Mapping[str, Any]:
        return {name: getattr(self.found, name) for name in self.form_class.base_fields}

    def save(self, form: Any) -> Any:
        return services.edit_part(kind=self.kind, part_id=self.found.pk, values=form.cleaned_data)


class PartEnd(_OfPerson, FormPage):
    form_class = EndForm
    submit = "Zakończ"

    @classmethod
    def of(cls, kind: str) -> View:
        return type(f"{cls.__name__}_{kind}", (cls,), {
            "kind": kind, "action": perms.PART_END[kind], "title": f"{CHANGED[kind]}: do kiedy",
        }).as_view()  # type: ignore[attr-defined,no-any-return]  # fmt: skip

    def object(self, *, lock: bool) -> Any:
        return self.part(lock=lock)

    def initial(self) -> Mapping[str, Any]:
        return {"until": self.found.until or clock.today()}

    def save(self, form: Any) -> Any:
        return services.end_part(kind=self.kind, part_id=self.found.pk, last_day=form.cleaned_data["until"])


class PartRemove(_OfPerson, ConfirmPage):
    verb = "Usuń wpis"
    danger = True

    @classmethod
    def of(cls, kind: str) -> View:
        return type(f"{cls.__name__}_{kind}", (cls,), {
            "kind": kind, "action": perms.PART_REMOVE[kind], "title": f"Usunąć wpis: {CHANGED[kind]}?",
        }).as_view()  # type: ignore[attr-defined,no-any-return]  # fmt: skip

    def object(self, *, lock: bool) -> Any:
        return self.part(lock=lock)

    def text(self) -> str:
        return "Tylko dla pomyłki. Co przestało być prawdą, dostaje ostatni dzień i zostaje w kartotece."

    def perform(self) -> str:
        address = self.back_url
        services.remove_part(kind=self.kind, part_id=self.found.pk)
        return address

    def success(self) -> str:
        return "Usunięto wpis."
