"""Screens of what a unit offers: the catalogue of services and the rooms."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import path, reverse, reverse_lazy

from ipzs.forms import catalogue as forms
from ipzs.models import Room, Service
from ipzs.perms import catalogue as perms
from ipzs.queries import catalogue as queries
from ipzs.services import catalogue as services
from ipzs.views.catalogue_workshops import urlpatterns as workshops
from reintegration.audit import record
from reintegration.core import clock
from reintegration.core.components import Badge, Empty, Link
from reintegration.core.formats import counted, format_number
from reintegration.core.lists import Column, ListPage
from reintegration.core.views import ConfirmPage, FormPage

SERVICES = "Katalog usług"
ROOMS = "Sale"


def hours_of(row: Any) -> str:
    return format_number(row.hours.normalize()) if row.hours is not None else ""


def whose(row: Any) -> object:
    """The partner, and that there is one to be named."""
    if row.partner == services.UNNAMED:
        return Badge(row.partner, "warn")
    return row.partner or row.get_provider_display()


class ServiceList(ListPage):
    action = perms.SERVICE_LIST
    title = SERVICES
    file_name = "katalog-uslug"
    filter_form = forms.ServiceFilter
    default_sort = "name"
    request: Any
    columns = (
        Column("name", "Usługa", sort="name_order"),
        Column("area", "Obszar", sort="area", cell=lambda row: row.get_area_display()),
        Column("form", "Forma", cell=lambda row: row.get_form_display(), phone="hide"),
        Column("dimension", "Rola", cell=lambda row: row.get_dimension_display(), phone="hide"),
        Column("provider", "Czyja", cell=whose, phone="hide"),
        Column("hours", "Godziny", sort="hours", cell=hours_of, number=True),
        Column(
            "active", "Oferta", phone="main",
            cell=lambda row: Badge("w ofercie", "ok") if row.active else Badge("poza ofertą", "plain"),
        ),
    )  # fmt: skip

    def lead(self) -> str:
        return "Z niego wybiera się usługi do programu i zajęcia do planu."

    def actions(self) -> Sequence[Link]:
        if not self.request.may(perms.SERVICE_EDIT):
            return []
        found = [Link("Dodaj usługę", reverse("ipzs:service_add"), current=True)]
        if self.request.may(perms.SERVICE_LOAD):
            found.append(Link("Wczytaj gotowe listy", reverse("ipzs:service_load")))
        return found

    def queryset(self) -> QuerySet[Service]:
        return queries.services()

    def row_url(self, row: Any) -> str:
        may = self.request.may(perms.SERVICE_EDIT)
        return reverse("ipzs:service_edit", args=[row.pk]) if may else ""

    def empty(self, *, filtered: bool) -> Empty:
        if filtered or not self.request.may(perms.SERVICE_LOAD):
            return super().empty(filtered=filtered)
        return Empty(
            "Katalog jest jeszcze pusty",
            "Wczytaj gotowe listy i popraw je po swojemu albo dodaj własną usługę.",
            "list",
            "Wczytaj gotowe listy",
            reverse("ipzs:service_load"),
        )


class ServiceLoad(ConfirmPage):
    action = perms.SERVICE_LOAD
    title = "Wczytać gotowe listy?"
    verb = "Wczytaj"
    back_url = reverse_lazy("ipzs:service_list")
    made = 0

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [(SERVICES, str(self.back_url)), (self.title, "")]

    def text(self) -> str:
        return (
            "Dojdą usługi, powody usprawiedliwionych nieobecności i obowiązki, których jeszcze nie macie."
            " To, co już jest, zostaje bez zmian."
        )

    def perform(self) -> str:
        self.made = services.ensure_catalogue()
        return str(self.back_url)

    def success(self) -> str:
        if not self.made:
            return "Wszystko z gotowych list już tu jest."
        return f"Wczytano: {counted(self.made, 'pozycja', 'pozycje', 'pozycji')}."


class ServiceForms(FormPage):
    action = perms.SERVICE_EDIT
    form_class = forms.ServiceForm
    back_url = reverse_lazy("ipzs:service_list")

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [(SERVICES, str(self.back_url)), (self.get_title(), "")]

    def success(self, form: Any, result: Service) -> str:
        return f"Zapisano usługę: {result.name}."


class ServiceAdd(ServiceForms):
    title = "Nowa usługa"
    submit = "Dodaj usługę"

    def initial(self) -> Mapping[str, Any]:
        return {"provider": "own"}

    def save(self, form: Any) -> Service:
        made = services.add_service(data=services.ServiceData(**form.cleaned_data))
        record.about(self.request, made)
        return made


class ServiceEdit(ServiceForms):
    template_name = "ipzs/catalogue/service.html"

    def get_title(self) -> str:
        return str(self.found.name)

    def object(self, *, lock: bool) -> Service:
        rows = queries.services().filter(pk=self.kwargs["pk"])
        found: Service = get_object_or_404(rows.select_for_update(of=("self",)) if lock else rows)
        record.about(self.request, found)
        return found

    def initial(self) -> Mapping[str, Any]:
        stands = {name: getattr(self.found, name) for name in forms.ServiceForm.base_fields}
        return stands | ({"partner": ""} if self.found.partner == services.UNNAMED else {})

    def page(self) -> Mapping[str, Any]:
        return {"service": self.found}

    def save(self, form: Any) -> Service:
        return services.change_service(
            service_id=self.found.pk, data=services.ServiceData(**form.cleaned_data)
        )


class ServiceSwitch(ConfirmPage):
    """On or off the offer."""

    action = perms.SERVICE_EDIT
    back_url = reverse_lazy("ipzs:service_list")

    def object(self, *, lock: bool) -> Service:
        rows = queries.services().filter(pk=self.kwargs["pk"])
        found: Service = get_object_or_404(rows.select_for_update(of=("self",)) if lock else rows)
        record.about(self.request, found)
        return found

    def get_title(self) -> str:
        return "Wycofać usługę z oferty?" if self.found.active else "Przywrócić usługę do oferty?"

    @property
    def verb(self) -> str:  # type: ignore[override]
        return "Wycofaj z oferty" if self.found.active else "Przywróć do oferty"

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [(SERVICES, str(self.back_url)), (self.found.name, "")]

    def text(self) -> str:
        if self.found.active:
            return f"„{self.found.name}” zostanie w zapisanych programach i w planie, do nowych nie wejdzie."
        return f"„{self.found.name}” będzie można znów wybrać do programu i do planu."

    def perform(self) -> str:
        self.was = self.found.active
        services.set_service_active(service_id=self.found.pk, active=not self.found.active)
        return str(self.back_url)

    def success(self) -> str:
        done = "Wycofano z oferty" if self.was else "Przywrócono do oferty"
        return f"{done}: {self.found.name}."


# Rooms


class RoomList(ListPage):
    action = perms.ROOM_LIST
    title = ROOMS
    file_name = "sale"
    default_sort = "name"
    request: Any
    columns = (
        Column("name", "Sala", sort="name_order"),
        Column("site.name", "Gdzie", sort="site__name_order"),
        Column("places", "Liczba miejsc", sort="places", number=True),
        Column(
            "active", "Stan", phone="main",
            cell=lambda row: Badge("używana", "ok") if row.active else Badge("nieużywana", "plain"),
        ),
    )  # fmt: skip

    def actions(self) -> Sequence[Link]:
        may = self.request.may(perms.ROOM_EDIT)
        return [Link("Dodaj salę", reverse("ipzs:room_add"), current=True)] if may else []

    def queryset(self) -> QuerySet[Room]:
        return queries.rooms()

    def row_url(self, row: Any) -> str:
        return reverse("ipzs:room_edit", args=[row.pk]) if self.request.may(perms.ROOM_EDIT) else ""

    def empty(self, *, filtered: bool) -> Empty:
        may = self.request.may(perms.ROOM_EDIT)
        return Empty(
            "Nie ma jeszcze sal",
            "Sala w planie pozwala zobaczyć, czy dwie grupy nie mają jej naraz. Można planować bez sal.",
            "map-pin",
            "Dodaj salę" if may else "",
            reverse("ipzs:room_add") if may else "",
        )


class RoomForms(FormPage):
    action = perms.ROOM_EDIT
    form_class = forms.RoomForm
    back_url = reverse_lazy("ipzs:room_list")

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [(ROOMS, str(self.back_url)), (self.get_title(), "")]

    def form_kwargs(self) -> Mapping[str, Any]:
        return {"sites": queries.sites(today=clock.today())}

    def store(self, form: Any, room_id: Any) -> Room:
        data = form.cleaned_data
        made = services.save_room(
            room_id=room_id,
            site_id=data["site"].pk,
            name=data["name"],
            places=data["places"],
            active=data["active"],
        )
        record.about(self.request, made)
        return made

    def success(self, form: Any, result: Room) -> str:
        return f"Zapisano salę: {result.name}."


class RoomAdd(RoomForms):
    title = "Nowa sala"
    submit = "Dodaj salę"

    def initial(self) -> Mapping[str, Any]:
        return {"active": True}

    def save(self, form: Any) -> Room:
        return self.store(form, None)


class RoomEdit(RoomForms):
    def get_title(self) -> str:
        return str(self.found.name)

    def object(self, *, lock: bool) -> Room:
        rows = queries.rooms().filter(pk=self.kwargs["pk"])
        found: Room = get_object_or_404(rows.select_for_update(of=("self",)) if lock else rows)
        record.about(self.request, found)
        return found

    def initial(self) -> Mapping[str, Any]:
        row = self.found
        return {"name": row.name, "site": row.site_id, "places": row.places, "active": row.active}

    def save(self, form: Any) -> Room:
        return self.store(form, self.found.pk)


urlpatterns = [
    path("ustawienia/uslugi/", ServiceList.as_view(), name="service_list"),
    path("ustawienia/uslugi/nowa/", ServiceAdd.as_view(), name="service_add"),
    path("ustawienia/uslugi/gotowe/", ServiceLoad.as_view(), name="service_load"),
    path("ustawienia/uslugi/<uuid:pk>/", ServiceEdit.as_view(), name="service_edit"),
    path("ustawienia/uslugi/<uuid:pk>/oferta/", ServiceSwitch.as_view(), name="service_switch"),
    path("ustawienia/sale/", RoomList.as_view(), name="room_list"),
    path("ustawienia/sale/nowa/", RoomAdd.as_view(), name="room_add"),
    path("ustawienia/sale/<uuid:pk>/", RoomEdit.as_view(), name="room_edit"),
    *workshops,
]
