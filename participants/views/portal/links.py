"""Signed links as the unit sees them: issued, listed with their state, revoked."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse, reverse_lazy

from participants.enums import LinkPurpose
from participants.forms.portal.links import IssueForm
from participants.models import SignedLink
from participants.perms import portal as perms
from participants.queries import portal as queries
from participants.services.portal import links
from reintegration.audit import record
from reintegration.core.components import Empty, Link
from reintegration.core.lists import Column, ListPage
from reintegration.core.views import ConfirmPage, FormPage
from reintegration.tenancy.enums import BodyType

TITLE = "Odnośniki z kodem"


class LinkList(ListPage):
    action = perms.LINK_LIST
    title = TITLE
    file_name = "odnosniki"
    exports = False
    request: Any

    @cached_property
    def columns(self) -> Sequence[Column]:  # type: ignore[override]
        return (
            Column("body_name", "Dla kogo", sort="body_name", cell=lambda row: self.names[row.pk]),
            Column("purpose", "Do czego", cell=lambda row: row.get_purpose_display()),
            Column(
                "state", "Stan", cell=lambda row: queries.link_state(row, most_attempts=links.MOST_ATTEMPTS)
            ),
            Column("made_at", "Wydany", sort="made_at", phone="hide"),
            Column("expires_at", "Działa do", sort="expires_at"),
            Column("made_by", "Kto wydał", cell=lambda row: row.made_by.get_full_name(), phone="hide"),
        )

    def lead(self) -> str:
        return "Dla podmiotów bez konta. Odnośnik idzie e-mailem, kod podajesz osobno."

    def actions(self) -> Sequence[Link]:
        return [Link("Wydaj odnośnik", reverse("participants:link_issue"), current=True)]

    def queryset(self) -> QuerySet[SignedLink]:
        return queries.links()

    def row_url(self, row: Any) -> str:
        return reverse("participants:link_revoke", args=[row.pk]) if links.works(row) else ""

    def shown_rows(self, rows: Sequence[Any]) -> None:
        self.names = queries.names_of_bodies(rows)
        record.shows(self.request, [row.referral_id for row in rows if row.referral_id])

    def empty(self, *, filtered: bool) -> Empty:
        return Empty(
            "Nie ma jeszcze odnośników",
            "Wydaj pierwszy, gdy podmiot bez konta chce wysłać skierowanie.",
            "link",
            "Wydaj odnośnik",
            reverse("participants:link_issue"),
        )


class Issue(FormPage):
    """What every form shares that ends with a link on its way, and its code on the screen."""

    submit = "Wydaj odnośnik"
    back_url: Any = reverse_lazy("participants:link_list")
    drafts = False

    def issued(self, **wanted: Any) -> HttpResponse:
        link, handover = links.issue_link(**wanted)
        record.about(self.request, link, purpose=link.purpose)
        list_url = reverse("participants:link_list")
        context = {
            "title": "Odnośnik wydany",
            "link": link,
            "body": queries.names_of_bodies([link])[link.pk],
            "handover": handover,
            "list_url": list_url,
        }
        return render(self.request, "participants/portal/link_code.html", context)


class LinkIssue(Issue):
    action = perms.LINK_ISSUE
    title = "Nowy odnośnik"
    form_class = IssueForm

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [(TITLE, str(self.back_url)), (self.title, "")]

    def lead(self) -> str:
        return "Kod pokażemy raz, zaraz po wydaniu. Przygotuj kartkę albo telefon."

    def initial(self) -> Mapping[str, Any]:
        """What the page that leads here already knows: the purpose, the row, and whose it is."""
        asked = self.request.GET
        known = queries.link_wanted(referral=asked.get("referral", ""), agreement=asked.get("agreement", ""))
        usual = {"purpose": LinkPurpose.REFER, "body_kind": BodyType.OPS}
        return {"days": 14, **usual, **({"purpose": asked["purpose"]} if "purpose" in asked else {}), **known}

    def save(self, form: Any) -> HttpResponse:
        typed = form.cleaned_data
        referral, agreement = typed.pop("referral"), typed.pop("agreement")
        return self.issued(
            **typed,
            referral_id=referral.pk if referral else None,
            agreement_id=agreement.pk if agreement else None,
        )


class LinkRevoke(ConfirmPage):
    action = perms.LINK_REVOKE
    title = "Cofnąć odnośnik?"
    verb = "Cofnij odnośnik"
    danger = True
    back_url = reverse_lazy("participants:link_list")

    def object(self, *, lock: bool) -> SignedLink:
        rows = SignedLink.objects.select_for_update(of=("self",)) if lock else SignedLink.objects.all()
        found: SignedLink = get_object_or_404(rows, pk=self.kwargs["pk"])
        record.about(self.request, found)
        return found

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [(TITLE, str(self.back_url)), (self.name, "")]

    @cached_property
    def name(self) -> str:
        return queries.names_of_bodies([self.found])[self.found.pk]

    def text(self) -> str:
        return f"{self.name}: odnośnik przestanie działać od razu, także dla kogoś w środku."

    def perform(self) -> str:
        links.revoke_link(link_id=self.found.pk)
        return str(self.back_url)

    def success(self) -> str:
        return f"Cofnięto odnośnik: {self.name}."
