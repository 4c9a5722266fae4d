"""Adding a person, and changing one section of what is known at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse, reverse_lazy

from participants import teryt
from participants.forms.people.fields import GMINA_LIST
from participants.forms.people.person import (
    AddressForm,
    CheckForm,
    HouseholdForm,
    IdentityEditForm,
    PersonAddForm,
    PersonForm,
    WorkForm,
)
from participants.models import Person
from participants.perms import people as perms
from participants.queries import people as queries
from participants.queries.people import Similar
from participants.rules.codes import Score, UnitType
from participants.rules.similar import Likeness
from participants.services import people as services
from participants.services.people import KnownPesel, PersonData
from participants.views.people.shown import MASK
from reintegration.audit import record
from reintegration.core import clock
from reintegration.core.errors import InputError
from reintegration.core.views import FormPage
from reintegration.tenancy.actions import handles

SEARCH = "Szukaj"


def found_person(request: Any, pk: UUID, *, lock: bool = False, case: bool = False) -> Person:
    """The person of an address, noted in the journal. `case`: their case must be the viewer's, too."""
    rows = Person.objects.present().filter(pk=pk)
    person: Person = get_object_or_404(rows.select_for_update(of=("self",)) if lock else rows)
    record.about(request, person)
    record.shows(request, [person.pk])
    if case:
        principal, today = request.principal, clock.today()
        files = queries.files_of([pk], user_id=principal.user_id, today=today, unit_type=UnitType.CIS)
        if not queries.case_allows(principal, files):
            raise PermissionDenied
    return person


def alike(request: Any, typed: Mapping[str, Any]) -> list[Similar]:
    """Who on file is like what was typed, as far as it could be read; they are shown, so they are noted."""
    found = services.similar_persons(
        first_name=typed.get("first_name") or "",
        last_name=typed.get("last_name") or "",
        birth_date=typed.get("birth_date"),
        pesel=typed.get("pesel") or "",
        phone=typed.get("phone") or "",
    )
    record.shows(request, [one.person.pk for one in found])
    return found


class PersonAdd(FormPage):
    action = perms.ADD
    title = "Nowa osoba"
    template_name = "participants/people/add.html"
    form_class = PersonAddForm
    submit = "Dodaj osobę"
    back_url = reverse_lazy("participants:search")
    similar: Sequence[Similar] = ()
    typed: Mapping[str, Any] | None = None

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [(SEARCH, reverse("participants:search")), (self.title, "")]

    def initial(self) -> Mapping[str, Any]:
        return {"citizenship": "PL", "language": "pl"}

    def page(self) -> Mapping[str, Any]:
        return {"similar": self.similar, "gmina_list": GMINA_LIST}

    def show(self, form: Any, **kwargs: Any) -> HttpResponse:
        if form.is_bound:
            # An error takes its field out of what was read; what was typed is compared all the same.
            self.similar = alike(self.request, self.typed or form.cleaned_data)
        return super().show(form, **kwargs)

    def save(self, form: PersonAddForm) -> Person:
        self.typed = dict(form.cleaned_data)
        values = form.values()
        different = values.pop("different")
        data = PersonData(**values)
        services.check_person(data=data)
        if not different and alike(self.request, self.typed):
            raise InputError(
                "Sprawdź podobne osoby. Jeśli to ktoś inny, zaznacz to i dodaj.", field="different"
            )
        made = services.add_person(data=data)
        record.about(self.request, made)
        record.shows(self.request, [made.pk])
        return made

    def success(self, form: Any, result: Person) -> str:
        return f"Dodano: {result}."

    def next_url(self, result: Person) -> str:
        return reverse("participants:person", args=[result.pk])


@handles(POST=perms.CHECK)
def person_check(request: Any) -> HttpResponse:
    """While somebody types: who on file is like this. A POST, so that no PESEL stands in an address."""
    form = CheckForm(request.POST)
    form.is_valid()
    context = {"similar": alike(request, form.cleaned_data), "form": form}
    return render(request, "participants/people/similar.html", context)


@handles(GET=perms.GMINA_FIND)
def gmina_find(request: HttpRequest) -> HttpResponse:
    return render(
        request, "participants/people/gminas.html", {"found": teryt.find(request.GET.get("gmina", ""))}
    )


class SectionEdit(FormPage):
    """One section of a person; the rest of the row stays as it is."""

    form_class: type[PersonForm]
    template_name = "participants/people/section.html"
    # Sections of the case ask whether it is the viewer's.
    case = False

    def object(self, *, lock: bool) -> Person:
        return found_person(self.request, self.kwargs["pk"], lock=lock, case=self.case)

    @property
    def back_url(self) -> str:  # type: ignore[override]
        return reverse("participants:person", args=[self.kwargs["pk"]])

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [(SEARCH, reverse("participants:search")), (str(self.found), self.back_url), (self.title, "")]

    def page(self) -> Mapping[str, Any]:
        return {"gmina_list": GMINA_LIST}

    def initial(self) -> Mapping[str, Any]:
        return {name: getattr(self.found, name) for name in self.form_class.base_fields}

    def changes(self, form: PersonForm) -> Mapping[str, Any]:
        return form.values()

    def save(self, form: PersonForm) -> Person:
        data = replace(services.data_of(self.found), **self.changes(form))
        return services.edit_person(person_id=self.found.pk, data=data)

    def success(self, form: Any, result: Person) -> str:
        return f"Zapisano: {result}."


class IdentityEdit(SectionEdit):
    action = perms.IDENTITY_EDIT
    title = "Tożsamość"
    template_name = "participants/people/identity.html"
    form_class = IdentityEditForm
    # A draft would hold the number that is typed anew.
    drafts = False
    similar: Sequence[Similar] = ()

    def page(self) -> Mapping[str, Any]:
        return {"similar": self.similar}

    def initial(self) -> Mapping[str, Any]:
        return {**super().initial(), "pesel": "", "document_number": ""}

    def form_kwargs(self) -> Mapping[str, Any]:
        known = {}
        if self.found.pesel:
            known["pesel"] = "•" * 9 + self.found.pesel[-2:]
        if self.found.document_number:
            known["document_number"] = MASK
        return {"known": known}

    def changes(self, form: PersonForm) -> Mapping[str, Any]:
        """An empty number is the one that stands covered, unless the form says that there is none."""
        values = form.values()
        if not values["no_pesel"]:
            values["pesel"] = values["pesel"] or self.found.pesel
        if values["document_kind"]:
            values["document_number"] = values["document_number"] or self.found.document_number
        return values

    def save(self, form: PersonForm) -> Person:
        try:
            return super().save(form)
        except KnownPesel as error:
            self.similar = [Similar(error.person, Likeness(Score.CERTAIN, ("Ten sam PESEL.",)))]
            record.shows(self.request, [error.person.pk])
            raise


class AddressEdit(SectionEdit):
    action = perms.ADDRESS_EDIT
    title = "Adres i kontakt"
    form_class = AddressForm


class WorkEdit(SectionEdit):
    action = perms.WORK_EDIT
    title = "Wykształcenie i praca"
    form_class = WorkForm
    case = True


class HouseholdEdit(SectionEdit):
    action = perms.HOUSEHOLD_EDIT
    title = "Dom i rodzina"
    form_class = HouseholdForm
    case = True
