"""What a body reads from its own account, and the unit's list of whom it opened that to."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse, reverse_lazy
from django.views import View

from participants.models import BodyAccess
from participants.perms import portal as perms
from participants.queries import portal as queries
from participants.services.portal import access as services
from reintegration.audit import record
from reintegration.core.components import Badge, Empty
from reintegration.core.lists import Column, ListPage
from reintegration.core.views import ConfirmPage, Page
from reintegration.tenancy.principal import Principal

TITLE = "Co miesiąc"
UNIT_TITLE = "Kto czyta z konta"


def purpose_of(row: BodyAccess) -> str:
    said = row.get_purpose_display()
    return said[:1].upper() + said[1:]


def state_of(row: BodyAccess) -> Badge:
    return Badge("otwarty", "ok") if row.closed_at is None else Badge("zamknięty", "plain")


class OpenedList(ListPage):
    """The units that let this body read something."""

    action = perms.OPENED_READ
    title = TITLE
    file_name = "co-miesiac"
    exports = False
    row_url_name = "participants:opened"
    columns = (
        Column("unit.organisation.name", "Jednostka"),
        Column("purpose", "Co pokazuje", cell=purpose_of),
        Column("opened_at", "Od kiedy", phone="hide"),
    )

    def lead(self) -> str:
        return "Listy i rozliczenia, które otworzyły Wam jednostki. Każde otwarcie trafia do ich dziennika."

    def queryset(self) -> QuerySet[BodyAccess]:
        return queries.opened_to_body()

    def empty(self, *, filtered: bool) -> Empty:
        return Empty(
            "Żadna jednostka nic jeszcze nie otworzyła",
            "Poproś o to kierownika CIS. Otwiera dostęp przy liście dla OPS albo przy umowie z urzędem.",
            "lock",
        )


class One:
    request: Any
    kwargs: dict[str, Any]

    def access(self) -> BodyAccess:
        """The body's own row and what the visit brought: without either there is nothing here."""
        found: BodyAccess = get_object_or_404(queries.opened_to_body(), pk=self.kwargs["pk"])
        record.about(self.request, found)
        if self.request.visited is None:
            raise Http404
        return found


class Opened(One, Page):
    action = perms.OPENED_READ
    template_name = "participants/portal/opened.html"

    @staticmethod
    def visit(request: Any, principal: Principal, pk: UUID) -> Any:
        return services.read(request, principal, pk)

    def get(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        self.row = self.access()
        return self.answer()

    def get_title(self) -> str:
        return purpose_of(self.row)

    def lead(self) -> str:
        unit = self.row.unit.organisation
        return f"{unit.name}, {unit.town}."

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [(TITLE, reverse("participants:opened_list")), (self.get_title(), "")]

    def page(self) -> Mapping[str, Any]:
        return {"told": self.request.visited}


class OpenedTake(One, View):
    action = perms.OPENED_READ
    http_method_names = ["get", "head", "options"]

    @staticmethod
    def visit(request: Any, principal: Principal, pk: UUID, name: str) -> Any:
        return services.take(request, principal, pk, name)

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        self.access()
        response: HttpResponse = request.visited
        return response


# The unit


class AccessList(ListPage):
    action = perms.ACCESS_LIST
    title = UNIT_TITLE
    file_name = "dostep-z-konta"
    exports = False
    columns = (
        Column("sender.name", "Kto", cell=lambda row: f"{row.sender.name} ({row.sender.town})"),
        Column("purpose", "Co czyta", cell=purpose_of),
        Column("state", "Stan", cell=state_of),
        Column("opened_at", "Otwarto", sort="opened_at", phone="hide"),
        Column("opened_by", "Kto otworzył", cell=lambda row: row.opened_by.get_full_name(), phone="hide"),
    )

    def lead(self) -> str:
        return "Podmioty z kontem w programie. Czytają bez odnośnika i kodu, dopóki nie zamkniesz dostępu."

    def queryset(self) -> QuerySet[BodyAccess]:
        return queries.opened_by_unit()

    def row_url(self, row: Any) -> str:
        return reverse("participants:access_close", args=[row.pk]) if row.closed_at is None else ""

    def empty(self, *, filtered: bool) -> Empty:
        return Empty(
            "Nikt nie czyta z konta",
            "Dostęp otworzysz ośrodkowi przy liście dla OPS, a urzędowi pracy przy jego umowie.",
            "lock",
        )


class AccessClose(ConfirmPage):
    action = perms.ACCESS_CLOSE
    title = "Zamknąć dostęp?"
    verb = "Zamknij dostęp"
    danger = True
    back_url = reverse_lazy("participants:access_list")

    def object(self, *, lock: bool) -> BodyAccess:
        rows = BodyAccess.objects.filter(closed_at__isnull=True)
        rows = rows.select_for_update(of=("self",)) if lock else rows.select_related("sender")
        found: BodyAccess = get_object_or_404(rows, pk=self.kwargs["pk"])
        record.about(self.request, found)
        return found

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [(UNIT_TITLE, str(self.back_url)), (self.found.sender.name, "")]

    def text(self) -> str:
        return f"{self.found.sender.name}: strony zamkną się od razu. Otworzysz je znowu w tym samym miejscu."

    def perform(self) -> str:
        services.close_access(access_id=self.found.pk)
        return str(self.back_url)

    def success(self) -> str:
        return f"Zamknięto dostęp: {self.found.sender.name}."
