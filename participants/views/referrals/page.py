"""One referral as the unit reads it, its files, and the tab of the file that came of it."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from participants.enums import ReferralState
from participants.forms.referrals import person_name
from participants.models import Referral, ReferralFile, ReferralOpinion
from participants.perms import referrals as perms
from participants.perms.portal import LINK_ISSUE
from participants.queries import portal as shared
from participants.queries import referrals as queries
from participants.referral_papers import refusal_pdf
from participants.views.participations.base import file_of, tabs_of
from participants.views.referrals.base import one
from participants.views.referrals.inbox import LIST, TITLE, sender_of
from participants.views.referrals.shown import (
    facts_of,
    readiness_of,
    situation_of,
    steps_of,
    terms_of,
    verdict_of,
)
from reintegration.audit import record
from reintegration.core.components import Link
from reintegration.core.views import Page
from reintegration.documents.exports import as_download
from reintegration.documents.serving import serve
from reintegration.tenancy.actions import handles
from reintegration.tenancy.enums import BodyType

# Who can be given a link: the kinds of bodies that its form knows.
BODIES = frozenset(BodyType.values)


def content_of(referral: Referral) -> dict[str, Any]:
    """What both the page and the tab show of a referral."""
    return {
        "referral": referral,
        "badge": queries.state_badge(referral),
        "awaited": queries.awaited(referral),
        "sender": sender_of(referral),
        "facts": facts_of(referral),
        "terms": terms_of(referral),
        "situation": situation_of(referral),
        "timeline": shared.timeline(referral),
        "opinions": ReferralOpinion.objects.filter(referral=referral).order_by("-signed_at", "-pk"),
        "files": ReferralFile.objects.filter(referral=referral).order_by("made_at", "pk"),
        "reason": shared.reason_label(referral.state, referral.reason) if referral.reason else "",
    }


class ReferralPage(Page):
    """Everything that the sender gave, what the rules say, and the next step as the primary button."""

    action = perms.SHOW
    template_name = "participants/referrals/referral.html"
    request: Any

    def get(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        self.found = one(request, kwargs["pk"])
        return self.answer()

    def get_title(self) -> str:
        return str(self.found)

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [(TITLE, str(LIST)), (str(self.found), "")]

    def page(self) -> Mapping[str, Any]:
        found = self.found
        intake = queries.intake_of(found)
        still_open = found.state in queries.OPEN
        similar = queries.similar(found) if still_open else []
        record.shows(self.request, [one.person.pk for one in similar])
        primary, others = steps_of(self.request, found)
        return {
            **content_of(found),
            "primary": primary,
            "others": others,
            "similar": similar,
            "verdict": verdict_of(found) if still_open else None,
            "readiness": readiness_of(found) if still_open else None,
            "notes": queries.notes(found) if self.request.may(perms.NOTE) else None,
            "assigned": person_name(intake.assigned_to) if intake and intake.assigned_to else "",
            "file_url": self.file_url(),
            "adding": self.adding(),
            "still_open": still_open,
        }

    def adding(self) -> list[Link]:
        """What may be added at any time; none of it is a step."""
        here = [self.found.pk]
        offered = [
            (perms.MESSAGE, "Napisz do kierującego", "participants:referral_message"),
            (perms.OPINION, "Wpisz opinię z papieru", "participants:referral_opinion"),
            (perms.ATTACH, "Dodaj załącznik", "participants:referral_attach"),
        ]
        if self.found.sender_id is None:
            offered = offered[1:]
        if self.found.state not in queries.OPEN:
            offered = [one for one in offered if one[0] is perms.MESSAGE]
        if self.found.state == ReferralState.REFUSED:
            offered.append((perms.REFUSAL_PRINT, "Wydrukuj odmowę", "participants:referral_refusal_print"))
        found = [
            Link(label, reverse(name, args=here))
            for action, label, name in offered
            if self.request.may(action)
        ]
        return [*found, *self.ways_in()]

    def ways_in(self) -> list[Link]:
        """A body without an account follows its referral by a link; a person who applies is told here."""
        body = self.found.sender_id is None and self.found.source in BODIES
        if not body or not self.request.may(LINK_ISSUE):
            return []
        address = f"{reverse('participants:link_issue')}?referral={self.found.pk}"
        return [Link("Wydaj odnośnik dla ośrodka bez konta", address)]

    def file_url(self) -> str:
        file = queries.file_from(self.found)
        return reverse("participants:file", args=[file.pk]) if file is not None else ""


@handles(GET=perms.FILE)
def referral_file(request: Any, pk: UUID, file: UUID) -> HttpResponse:
    """Hand out an attachment of a referral that this unit sees: its own, or one the sender shares."""
    referral = one(request, pk)
    attached = get_object_or_404(ReferralFile.objects.filter(referral=referral), pk=file)
    stored = queries.stored_of(attached)
    if stored is None:
        raise Http404
    return serve(request, stored)


@handles(GET=perms.REFUSAL_PRINT)
def refusal_print(request: Any, pk: UUID) -> HttpResponse:
    """The refusal on paper, for the person to take along."""
    referral = one(request, pk)
    if referral.state != ReferralState.REFUSED:
        raise Http404
    return as_download(refusal_pdf(referral), "odmowa przyjęcia")


class FileReferral(Page):
    """The tab „Skierowanie” of a file."""

    action = perms.SHOW
    template_name = "participants/referrals/tab.html"

    def get(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        self.file = file_of(request, kwargs["pk"])
        referral = (
            Referral.objects.filter(pk=self.file.referral_id).first() if self.file.referral_id else None
        )
        if referral is None:
            raise Http404
        self.found = referral
        return self.answer()

    def get_title(self) -> str:
        return str(self.file.person)

    def crumbs(self) -> Sequence[tuple[str, str]]:
        file = reverse("participants:file", args=[self.file.pk])
        people = reverse("participants:list")
        return [("Uczestnicy", people), (str(self.file.person), file), ("Skierowanie", "")]

    def page(self) -> Mapping[str, Any]:
        return {**content_of(self.found), "case": self.file, "tabs": tabs_of(self.request, self.file)}
