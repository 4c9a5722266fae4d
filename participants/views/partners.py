"""The directory of partners, and all that they are asked for."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import path, reverse, reverse_lazy

from participants.enums import HelpKind, RequestState
from participants.forms import partners as forms
from participants.models import Partner
from participants.perms import partners as perms
from participants.queries import partners as queries
from participants.services import partners as services
from participants.views import network
from reintegration.audit import record
from reintegration.core import clock
from reintegration.core.components import Badge, Empty, Link
from reintegration.core.identifiers import format_phone
from reintegration.core.lists import Column, ListPage
from reintegration.core.views import ConfirmPage, FormPage

TITLE = "Partnerzy"
REQUESTS = "Prośby do partnerów"


def _helps(row: Any) -> str:
    return ", ".join(str(kind.label) for kind in HelpKind if kind in row.helps_with)


def _contact(row: Any) -> str:
    phone = format_phone(row.phone) if row.phone else ""
    return ", ".join(part for part in (row.contact_person, phone, row.email) if part)


def _kind(row: Any) -> Any:
    return Badge("w archiwum", "plain") if row.archived_on else row.get_kind_display()


class PartnerList(ListPage):
    action = perms.PARTNER_LIST
    title = TITLE
    file_name = "partnerzy"
    filter_form = forms.PartnerFilter
    row_url_name = "participants:partner_edit"
    default_sort = "name"
    columns = (
        Column("name", "Partner", sort="name_order"),
        Column("kind", "Kto to jest", cell=_kind, phone="full"),
        Column("helps_with", "W czym pomaga", cell=_helps),
        Column("contact", "Kontakt", cell=_contact),
        Column("going", "W toku", sort="going", number=True, phone="main"),
        Column("promised", "Obiecał", sort="promised", number=True, phone="hide"),
        Column("delivered", "Pomógł", sort="delivered", number=True, phone="hide"),
    )

    def lead(self) -> str:
        return "Kto z okolicy pomaga Waszym uczestnikom, ile razy obiecał i ile razy pomógł."

    def actions(self) -> Sequence[Link]:
        return [
            Link(REQUESTS, reverse("participants:partner_request_list")),
            Link("Dodaj partnera", reverse("participants:partner_add"), current=True),
        ]

    def queryset(self) -> QuerySet[Partner]:
        return queries.partners()

    def rows(self) -> QuerySet[Any]:
        """Whoever is in the archive comes only when asked for."""
        rows = super().rows()
        return rows if self.asked.get("archiwum") else rows.filter(archived_on__isnull=True)

    def empty(self, *, filtered: bool) -> Empty:
        if filtered:
            return super().empty(filtered=True)
        return Empty(
            "Nie ma jeszcze partnerów",
            "Dodaj tych, którzy pomagają: gminę, żłobek, przewoźnika, organizację.",
            "heart-handshake",
            "Dodaj partnera",
            reverse("participants:partner_add"),
        )


class OfPartner(FormPage):
    form_class = forms.PartnerForm
    back_url = reverse_lazy("participants:partner_list")

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [(TITLE, str(self.back_url)), (self.get_title(), "")]

    def store(self, form: Any, partner_id: Any) -> Partner:
        saved = services.save_partner(partner_id=partner_id, values=form.cleaned_data)
        record.about(self.request, saved)
        return saved

    def success(self, form: Any, result: Partner) -> str:
        return f"Zapisano: {result}."


class PartnerAdd(OfPartner):
    action = perms.PARTNER_ADD
    title = "Nowy partner"
    submit = "Dodaj partnera"

    def save(self, form: Any) -> Partner:
        return self.store(form, None)


def _partner(view: Any, *, lock: bool) -> Partner:
    rows = Partner.objects.select_for_update(of=("self",)) if lock else Partner.objects.all()
    found: Partner = get_object_or_404(rows, pk=view.kwargs["pk"])
    record.about(view.request, found)
    return found


class PartnerEdit(OfPartner):
    action = perms.PARTNER_EDIT

    def get_title(self) -> str:
        return str(self.found)

    def object(self, *, lock: bool) -> Partner:
        return _partner(self, lock=lock)

    def actions(self) -> Sequence[Link]:
        going = f"{reverse('participants:partner_request_list')}?partner={self.found.pk}"
        label = "Przywróć z archiwum" if self.found.archived_on else "Przenieś do archiwum"
        archive = reverse("participants:partner_archive", args=[self.found.pk])
        return [Link("Prośby do tego partnera", going), Link(label, archive)]

    def initial(self) -> Mapping[str, Any]:
        return {name: getattr(self.found, name) for name in self.form_class.base_fields}

    def save(self, form: Any) -> Partner:
        return self.store(form, self.found.pk)


class PartnerArchive(ConfirmPage):
    action = perms.PARTNER_ARCHIVE
    back_url = reverse_lazy("participants:partner_list")

    def object(self, *, lock: bool) -> Partner:
        found = _partner(self, lock=lock)
        self.verb = "Przywróć z archiwum" if found.archived_on else "Przenieś do archiwum"
        return found

    def get_title(self) -> str:
        return f"{self.verb}?"

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [(TITLE, str(self.back_url)), (str(self.found), "")]

    def text(self) -> str:
        if self.found.archived_on:
            return f"{self.found}: znów będzie na liście tych, których można prosić."
        return f"{self.found}: nie będzie go na liście tych, których można prosić. Dawne prośby zostają."

    def perform(self) -> str:
        done = services.restore_partner if self.found.archived_on else services.archive_partner
        done(partner_id=self.found.pk)
        return str(self.back_url)

    def success(self) -> str:
        return "Przywrócono." if self.found.archived_on else "Przeniesiono do archiwum."


class RequestList(ListPage):
    action = perms.REQUEST_LIST
    title = REQUESTS
    file_name = "prosby-do-partnerow"
    filter_form = forms.RequestFilter
    columns = (
        Column("person", "Osoba", sort="person__name_order"),
        Column("partner", "Partner", sort="partner__name_order"),
        Column("help_kind", "W czym", cell=lambda row: row.get_help_kind_display()),
        Column("state", "Stan", cell=lambda row: queries.BADGES[RequestState(row.state)], phone="main"),
        Column("wanted_by", "Potrzebne do", sort="wanted_by"),
        Column("promised_for", "Obiecano na", sort="promised_for"),
        Column("delivered_on", "Przyszła", sort="delivered_on"),
        Column("asked_by", "Kto prosił", cell=lambda row: row.asked_by.get_full_name(), phone="hide"),
    )

    def lead(self) -> str:
        return "O co poproszono, co obiecano i co przyszło. Na górze prośby w toku, od najpilniejszej."

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [(TITLE, reverse("participants:partner_list")), (REQUESTS, "")]

    def queryset(self) -> QuerySet[Any]:
        return queries.requests(self.request.principal, today=clock.today())  # type: ignore[attr-defined]

    def row_url(self, row: Any) -> str:
        return f"{reverse('participants:network', args=[row.participation_id])}#prosba-{row.pk}"

    def shown_rows(self, rows: Sequence[Any]) -> None:
        record.shows(self.request, [row.person_id for row in rows])

    def empty(self, *, filtered: bool) -> Empty:
        if filtered:
            return super().empty(filtered=True)
        return Empty(
            "Nie ma jeszcze próśb", "Poprosić można z karty uczestnika, w zakładce „Pomoc”.", "users"
        )


urlpatterns = [
    path("partnerzy/", PartnerList.as_view(), name="partner_list"),
    path("partnerzy/nowy/", PartnerAdd.as_view(), name="partner_add"),
    path("partnerzy/prosby/", RequestList.as_view(), name="partner_request_list"),
    path("partnerzy/<uuid:pk>/", PartnerEdit.as_view(), name="partner_edit"),
    path("partnerzy/<uuid:pk>/archiwum/", PartnerArchive.as_view(), name="partner_archive"),
    *network.urlpatterns,
]
