"""Free places: the unit publishes, bodies of its area and everybody else read."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse, reverse_lazy
from django.utils.functional import cached_property

from participants.forms.portal.offers import OfferForm, PlaceFilter, PublicPlaceFilter
from participants.models import PlaceOffer
from participants.perms import portal as perms
from participants.queries import places
from participants.services.portal import offers
from reintegration.audit import record
from reintegration.core import clock
from reintegration.core.components import Badge, Empty, Link
from reintegration.core.formats import counted, format_date
from reintegration.core.identifiers import format_phone
from reintegration.core.lists import Column, ListPage
from reintegration.core.views import FormPage, Page
from reintegration.tenancy.enums import Voivodeship


def updated_on(offer: Any) -> date:
    return clock.day_of(offer.updated_at)


def start_of(offer: Any) -> str:
    """When one can begin; a day that has passed says that the offer waits for its unit."""
    if offer.starts_on is None:
        return "nabór ciągły"
    if offer.starts_on < clock.today():
        return "termin minął, zapytaj jednostkę"
    return f"od {format_date(offer.starts_on, today=clock.today())}"


def unit_of(offer: Any) -> str:
    found = offer.unit.organisation
    return f"{found.short_name}, {found.town}"


def contact_of(offer: Any) -> str:
    found = offer.unit.organisation
    return ", ".join(part for part in (format_phone(found.phone), found.email) if part)


class OfferList(ListPage):
    action = perms.OFFER_LIST
    title = "Ogłoszone miejsca"
    file_name = "wolne-miejsca"
    row_url_name = "participants:offer_edit"
    columns = (
        Column("title", "Pracownia albo grupa", sort="title"),
        Column("places", "Wolne miejsca", sort="places", number=True, phone="main"),
        Column("starts_on", "Najbliższy początek", sort="starts_on", cell=start_of),
        Column(
            "published", "Na liście",
            cell=lambda row: Badge("widoczne", "ok") if row.published else Badge("ukryte", "plain"),
        ),
        Column("updated_at", "Stan na", sort="updated_at", phone="hide"),
    )  # fmt: skip

    def lead(self) -> str:
        return "Widzą je ośrodki pomocy, urzędy pracy i każdy bez konta. Zmieniaj, gdy miejsce się zajmie."

    def actions(self) -> Sequence[Link]:
        return [
            Link("Ogłoś miejsca", reverse("participants:offer_new"), current=True),
            Link("Zobacz listę dla wszystkich", reverse("participants:places")),
        ]

    def queryset(self) -> QuerySet[PlaceOffer]:
        return places.own_offers()

    def empty(self, *, filtered: bool) -> Empty:
        return Empty(
            "Nikt jeszcze nie widzi Waszych miejsc",
            "Ogłoś pierwszą pracownię albo grupę. Ośrodki zobaczą ją od razu.",
            "map-pin",
            "Ogłoś miejsca",
            reverse("participants:offer_new"),
        )


class OfferForms(FormPage):
    form_class = OfferForm
    back_url = reverse_lazy("participants:offer_list")
    action = perms.OFFER_EDIT

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [(OfferList.title, str(self.back_url)), (self.get_title(), "")]

    def store(self, form: Any, offer_id: Any) -> PlaceOffer:
        saved = offers.save_offer(offer_id=offer_id, **form.cleaned_data)
        record.about(self.request, saved)
        return saved

    def success(self, form: Any, result: PlaceOffer) -> str:
        seen = "Widać je na liście wolnych miejsc." if result.published else "Na liście ich nie widać."
        return f"Zapisano: {result.title}, {counted(result.places, 'miejsce', 'miejsca', 'miejsc')}. {seen}"


class OfferNew(OfferForms):
    title = "Nowe wolne miejsca"
    submit = "Ogłoś miejsca"

    def initial(self) -> Mapping[str, Any]:
        return {"published": True, "areas": "\n".join(offers.default_areas())}

    def save(self, form: Any) -> PlaceOffer:
        return self.store(form, None)


class OfferEdit(OfferForms):
    def get_title(self) -> str:
        return str(self.found.title)

    def object(self, *, lock: bool) -> PlaceOffer:
        rows = places.own_offers()
        return get_object_or_404(rows.select_for_update(of=("self",)) if lock else rows, pk=self.kwargs["pk"])

    def initial(self) -> Mapping[str, Any]:
        values = {name: getattr(self.found, name) for name in OfferForm.base_fields}
        return {**values, "areas": "\n".join(self.found.areas)}

    def save(self, form: Any) -> PlaceOffer:
        return self.store(form, self.found.pk)


class AreaPlaces(ListPage):
    """For a referring body: the offers for people of its area."""

    action = perms.PLACE_LIST
    title = "Wolne miejsca"
    filter_form = PlaceFilter
    file_name = "wolne-miejsca"
    default_sort = "starts_on"
    columns = (
        Column("unit", "Jednostka", sort="unit__organisation__name_order", cell=unit_of),
        Column("title", "Pracownia albo grupa", sort="title"),
        Column("places", "Wolne miejsca", sort="places", number=True, phone="main"),
        Column("starts_on", "Początek", sort="starts_on", cell=start_of),
        Column("note", "Co warto wiedzieć"),
        Column("contact", "Kontakt", cell=contact_of),
        Column("updated_at", "Stan na", sort="updated_at", cell=updated_on),
    )

    @cached_property
    def area(self) -> places.Area:
        return places.area_of_body(self.request.principal.place.id)  # type: ignore[attr-defined]

    def lead(self) -> str:
        return f"Dla osób z Waszego terenu: {self.area.name}. Miejsca ogłaszają same jednostki."

    def actions(self) -> Sequence[Link]:
        return [Link("Nowe skierowanie", reverse("participants:own_referral_check"), current=True)]

    def queryset(self) -> QuerySet[Any]:
        return places.for_area(self.area)

    def empty(self, *, filtered: bool) -> Empty:
        if filtered:
            return super().empty(filtered=filtered)
        return Empty(
            "Na tym terenie nikt nie ogłosił wolnych miejsc",
            "Skierowanie można wysłać i tak: jednostka odpisze albo wpisze osobę na listę.",
            "map-pin",
        )


class Places(Page):
    """For everybody, without an account: by voivodeship, with the day of the state."""

    action = perms.PLACE_READ
    title = "Wolne miejsca w CIS i KIS"
    template_name = "participants/portal/places.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        asked = request.GET.get("woj", "")
        chosen = asked if asked in Voivodeship.values else ""
        rows = list(places.in_voivodeship(chosen) if chosen else places.published())
        names = places.area_names({code for row in rows for code in row.areas})
        response: HttpResponse = self.answer(
            filter=PublicPlaceFilter(initial={"woj": chosen}),
            chosen=Voivodeship(chosen).label if chosen else "",
            rows=[self.row(row, names) for row in rows],
            total=sum(row.places for row in rows),
            newest=max((row.updated_at for row in rows), default=None),
        )
        return response

    @staticmethod
    def row(offer: Any, names: Mapping[str, str]) -> dict[str, Any]:
        return {
            "unit": offer.unit.organisation,
            "title": offer.title,
            "places": offer.places,
            "start": start_of(offer),
            "note": offer.note,
            "area": places.said_areas(offer.areas, dict(names))
            or f"województwo {offer.unit.organisation.get_voivodeship_display()}",
            "updated_on": updated_on(offer),
        }
