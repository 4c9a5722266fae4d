"""One person: all that the viewer's role and case allow, and what is covered until asked for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from participants.forms.people.fields import country
from participants.models import Referral
from participants.perms import HELPERS, KEEPERS
from participants.perms import consents as consent_perms
from participants.perms import participations as file_perms
from participants.perms import people as perms
from participants.perms import referrals as referral_perms
from participants.queries import people as queries
from participants.queries.people import PersonPage
from participants.rules.codes import UnitType
from participants.views.people.shown import (
    REASONS,
    Covered,
    Uncovered,
    entries,
    number_covers,
    opened,
    reason_of,
)
from participants.views.referrals.inbox import sender_of
from participants.views.referrals.shown import needs_of
from reintegration.administration.views.own import history_links
from reintegration.audit import record
from reintegration.core import clock, slots
from reintegration.core.components import Link
from reintegration.core.identifiers import format_phone
from reintegration.core.views import Page, wants_fragment
from reintegration.tenancy.actions import handles


@dataclass(frozen=True, slots=True)
class Told:
    """The words of one sender, with their source."""

    referral: Referral
    sender: str
    rows: list[tuple[str, str]]


def found_page(request: Any, pk: UUID) -> PersonPage:
    """The person of an address, or the page of a stranger's."""
    principal = request.principal
    kis = principal.place.subtype == UnitType.KIS
    page = queries.person_page(
        pk,
        user_id=principal.user_id,
        today=clock.today(),
        unit_type=UnitType.KIS if kis else UnitType.CIS,
    )
    if page is None:
        raise Http404
    return page


class PersonDetail(Page):
    action = perms.SHOW
    template_name = "participants/people/person.html"
    uncovered: Uncovered | None = None

    def get_title(self) -> str:
        return str(self.shown.person) or "Osoba bez danych"

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [("Szukaj", reverse("participants:search")), (self.get_title(), "")]

    def actions(self) -> Sequence[Link]:
        person = self.shown.person
        links = []
        if self.request.may(file_perms.OPEN) and all(file.ended_on for file in self.shown.files):
            url = reverse("participants:participation_open", args=[person.pk])
            links.append(Link("Otwórz sprawę", url, current=True))
        for action, label, name in (
            (perms.DOUBLE_FIND, "Połącz z inną osobą", "double_find"),
            (consent_perms.PERSON_EXPORT, "Wszystko o tej osobie", "person_export"),
        ):
            if self.request.may(action):
                links.append(Link(label, reverse(f"participants:{name}", args=[person.pk])))
        return [*links, *history_links(self.request, person)]

    def page(self) -> Mapping[str, Any]:
        principal = self.request.principal
        case = queries.case_allows(principal, self.shown.files)
        today = clock.today()
        return {
            "person": self.shown.person,
            "gmina": self.shown.gmina,
            "files": self.shown.files,
            "keeper": bool(principal.roles & KEEPERS),
            "helper": bool(principal.roles & HELPERS),
            "case": case,
            "may_see_case": self.request.may(perms.FACT_REVEAL),
            "edit": self.edit_links(case=case),
            "citizenship": country(self.shown.person.citizenship),
            "phone": format_phone(self.shown.person.phone) if self.shown.person.phone else "",
            "numbers": number_covers(self.shown.person),
            "parts": entries(self.request, self.shown, today) if case else [],
            "told": self.told() if case else [],
            "today": today,
            "reasons": REASONS,
            "uncovered": self.uncovered,
            "panels": slots.items("participants.person", self.request, self.shown.person),
        }

    def told(self) -> list[Told]:
        """What the senders wrote of income, obstacles and care, until the unit writes its own."""
        if not self.request.may(referral_perms.SHOW):
            return []
        found = queries.accepted_referrals(self.shown.files)
        return [Told(one, sender_of(one), rows) for one in found if (rows := needs_of(one))]

    def edit_links(self, *, case: bool) -> dict[str, Link]:
        """Where each section is changed; an empty link for what this person may not change."""
        found = {}
        for name, label, action, of_case in (
            ("identity", "Zmień tożsamość", perms.IDENTITY_EDIT, False),
            ("address", "Zmień adres i kontakt", perms.ADDRESS_EDIT, False),
            ("household", "Zmień dom i rodzinę", perms.HOUSEHOLD_EDIT, True),
            ("work", "Zmień wykształcenie i pracę", perms.WORK_EDIT, True),
        ):
            allowed = self.request.may(action) and (case or not of_case)
            url = reverse(f"participants:{name}_edit", args=[self.shown.person.pk])
            found[name] = Link(label, url) if allowed else Link("", "")
        return found

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.shown = found_page(request, kwargs["pk"])
        if self.shown.person.merged_into_id is not None:
            return redirect("participants:person", self.shown.person.merged_into_id)
        record.about(request, self.shown.person)
        record.shows(request, [self.shown.person.pk])
        return self.answer()

    def uncovering(self, status: int) -> HttpResponse:
        """The place alone for htmx, else the whole page with this one value on it."""
        place = self.place()
        if place is None or not wants_fragment(self.request):
            return self.answer(status=status)
        context = {"place": place, "uncovered": self.uncovered, "reasons": REASONS}
        return render(self.request, "participants/people/covered.html", context, status=status)

    def place(self) -> Covered | None:
        """The covered place that is being asked about, as it stands on the page."""
        what = self.uncovered.what if self.uncovered else ""
        places = number_covers(self.shown.person)
        for section in entries(self.request, self.shown, clock.today()):
            places += [one.covered for one in (section, *section.rows, *section.past) if one.covered]
        return next((one for one in places if one.what == what), None)


def uncover(request: Any, pk: UUID, *, numbers: bool) -> HttpResponse:
    """Show one covered value, once: on this answer and nowhere else. The reason stands in the journal."""
    page = found_page(request, pk)
    reason, what = reason_of(request.POST.get("reason", "")), request.POST.get("what", "")
    if not (numbers or queries.case_allows(request.principal, page.files)):
        raise PermissionDenied
    # Whoever names no place at all is told so on the page.
    found = opened(page.person, what, numbers=numbers) if what else Uncovered("", reason=reason)
    if found is None:
        # A place that this person does not have is no place.
        raise Http404
    # Without a reason the place stays covered.
    uncovered = found if reason else Uncovered(found.what)
    record.about(request, page.person, what=uncovered.name or "none", reason=reason or "none")
    record.shows(request, [pk])
    view = PersonDetail()
    view.setup(request, pk=pk)
    view.shown, view.uncovered = page, uncovered
    return view.uncovering(200 if uncovered.lines else 422)


@handles(POST=perms.NUMBER_REVEAL)
def number_reveal(request: Any, pk: UUID) -> HttpResponse:
    return uncover(request, pk, numbers=True)


@handles(POST=perms.FACT_REVEAL)
def fact_reveal(request: Any, pk: UUID) -> HttpResponse:
    return uncover(request, pk, numbers=False)
