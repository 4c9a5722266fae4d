"""Whose data stay beyond their term, and why: a dispute, an inspection, a request under art. 18 RODO."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse, reverse_lazy
from django.utils.functional import cached_property

from reintegration.audit import erasure, people, perms, record
from reintegration.audit.models import LegalHold
from reintegration.core import clock
from reintegration.core.components import Badge, Empty, Link
from reintegration.core.form_fields import PolishDateField, TextField
from reintegration.core.forms import Form
from reintegration.core.lists import Column, ListPage
from reintegration.core.views import FormPage, Page
from reintegration.tenancy.enums import OrganisationKind

TITLE = "Wstrzymane usunięcia danych"
LONGEST_REASON = 500
# One letter would list half of the people of a unit.
SHORTEST_NAME = 2
LONGEST_NAME = 80
UNKNOWN = "osoba, której dane usunięto"


class PlaceForm(Form):
    reason = TextField(
        label="Powód",
        max_length=LONGEST_REASON,
        width="l",
        help_text="Na przykład: spór przed sądem pracy, kontrola wojewody, prośba osoby.",
    )
    until = PolishDateField(
        label="Przewidywany koniec",
        required=False,
        help_text="Dzień, w którym warto to sprawdzić. Samo się nie zwolni.",
    )


class ReleaseForm(Form):
    reason = TextField(
        label="Powód zwolnienia",
        max_length=LONGEST_REASON,
        width="l",
        help_text="Na przykład: wyrok jest prawomocny, kontrola się skończyła.",
    )


def name_of(person: UUID, kind: OrganisationKind) -> str:
    return people.names_of([person], kind).get(person, "")


def state_of(hold: LegalHold) -> Badge:
    if hold.released_at is not None:
        return Badge("zwolnione", "plain")
    if hold.until is not None and hold.until < clock.today():
        return Badge("sprawdź, czy nadal trzeba", "warn")
    return Badge("wstrzymane", "info")


class HoldList(ListPage):
    action = perms.HOLD_LIST
    title = TITLE
    file_name = "wstrzymania"
    default_sort = "-placed_on"
    request: Any
    columns = (
        Column("name", "Czyje dane"),
        Column("state", "Stan", cell=state_of, phone="main"),
        Column("reason", "Powód"),
        Column("placed_on", "Od", sort="placed_on"),
        Column("until", "Przewidywany koniec", sort="until"),
        Column("released_at", "Zwolniono", sort="released_at"),
        Column("release_reason", "Powód zwolnienia"),
    )

    def queryset(self) -> QuerySet[Any]:
        return LegalHold.objects.all()

    def shown_rows(self, rows: Sequence[Any]) -> None:
        subjects = {row.subject_id for row in rows}
        record.shows(self.request, subjects)
        names = people.names_of(subjects, self.request.principal.place.kind)
        for row in rows:
            row.name = names.get(row.subject_id, UNKNOWN)

    def row_url(self, row: Any) -> str:
        standing = row.released_at is None and self.request.may(perms.HOLD_RELEASE)
        return reverse("audit:hold_release", args=[row.pk]) if standing else ""

    def lead(self) -> str:
        return "Danych tych osób nie usuwamy, nawet gdy minie termin. Trwa to do zwolnienia."

    def actions(self) -> Sequence[Link]:
        return [Link("Wstrzymaj usunięcie", reverse("audit:hold_find"), current=True)]

    def empty(self, *, filtered: bool) -> Empty:
        return Empty(
            "Niczego nie wstrzymano",
            "Dane usuwamy po terminie. Wstrzymaj to, gdy trwa spór albo kontrola, albo gdy osoba o to prosi.",
            "lock-open",
        )


class HoldFind(Page):
    """Whose data: whoever a room of this organisation knows by name."""

    action = perms.HOLD_FIND
    template_name = "audit/hold_find.html"
    title = "Czyje dane zostają?"
    request: Any

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [(TITLE, reverse("audit:hold_list")), (self.title, "")]

    def page(self) -> Mapping[str, Any]:
        asked = self.request.GET.get("kto", "").strip()[:LONGEST_NAME].replace("\x00", "")
        kind = self.request.principal.place.kind
        names = people.names_of(people.find(asked, kind), kind) if len(asked) >= SHORTEST_NAME else {}
        record.shows(self.request, names)
        found = sorted((name, reverse("audit:hold_place", args=[one])) for one, name in names.items())
        return {"asked": asked, "short": len(asked) < SHORTEST_NAME, "longest": LONGEST_NAME, "found": found}


class HoldPlace(FormPage):
    action = perms.HOLD_PLACE
    title = "Wstrzymanie usunięcia danych"
    form_class = PlaceForm
    submit = "Wstrzymaj usunięcie"
    back_url = reverse_lazy("audit:hold_list")
    drafts = False
    request: Any

    @cached_property
    def name(self) -> str:
        name = name_of(self.kwargs["pk"], self.request.principal.place.kind)
        if not name:
            raise Http404
        record.shows(self.request, [self.kwargs["pk"]])
        return name

    def object(self, *, lock: bool) -> None:
        """Nothing is changed yet; a person nobody knows is not found before a form is shown."""
        assert self.name

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [(TITLE, str(self.back_url)), (self.name, "")]

    def lead(self) -> str:
        return f"{self.name}. Dane zostaną także po terminie, dopóki ktoś nie zwolni wstrzymania."

    def save(self, form: Any) -> LegalHold:
        made = erasure.place_hold(
            subject_id=self.kwargs["pk"],
            reason=form.cleaned_data["reason"],
            on=clock.today(),
            until=form.cleaned_data["until"],
        )
        record.about(self.request, made)
        return made

    def success(self, form: Any, result: Any) -> str:
        return f"Wstrzymano usunięcie danych: {self.name}."


class HoldRelease(FormPage):
    action = perms.HOLD_RELEASE
    title = "Zwolnienie wstrzymania"
    form_class = ReleaseForm
    submit = "Zwolnij wstrzymanie"
    back_url = reverse_lazy("audit:hold_list")
    drafts = False
    request: Any

    def object(self, *, lock: bool) -> LegalHold:
        rows = LegalHold.objects.filter(pk=self.kwargs["pk"], released_at__isnull=True)
        hold: LegalHold = get_object_or_404(rows.select_for_update(of=("self",)) if lock else rows)
        self.name = name_of(hold.subject_id, self.request.principal.place.kind) or UNKNOWN
        record.about(self.request, hold)
        record.shows(self.request, [hold.subject_id])
        return hold

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [(TITLE, str(self.back_url)), (self.name, "")]

    def lead(self) -> str:
        return f"{self.name}. Po zwolnieniu dane, których termin minął, znikną przy najbliższym sprawdzeniu."

    def save(self, form: Any) -> LegalHold:
        return erasure.release_hold(hold_id=self.found.pk, reason=form.cleaned_data["reason"])

    def success(self, form: Any, result: Any) -> str:
        return f"Zwolniono wstrzymanie: {self.name}."
