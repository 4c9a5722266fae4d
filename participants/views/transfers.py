"""Screens of files that go from unit to unit: what came, what was sent, and what became of it."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import path, reverse, reverse_lazy
from django.utils.functional import cached_property

from participants.card_content import as_pairs
from participants.card_parts import labels
from participants.enums import TransferState
from participants.forms.consents import AcceptForm
from participants.models import FileTransfer
from participants.perms import consents as perms
from participants.queries import consents as queries
from participants.services import transfers as services
from reintegration.audit import record
from reintegration.core.components import Empty, Link
from reintegration.core.formats import join_words
from reintegration.core.lists import Column, ListPage
from reintegration.core.views import ConfirmPage, FormPage, Page

TITLE = "Przekazane sprawy"


def other_side(row: FileTransfer) -> str:
    if queries.is_incoming(row):
        return f"od: {row.sender}"
    return f"do: {row.unit}"


class TransferList(ListPage):
    action = perms.TRANSFER_LIST
    title = TITLE
    file_name = "przekazane-sprawy"
    default_sort = "-sent_at"
    row_url_name = "participants:transfer_show"
    request: Any
    columns = (
        Column("person_name", "Osoba"),
        Column("state", "Stan", cell=lambda row: queries.STATES[row.state], phone="main"),
        Column("side", "Druga jednostka", cell=other_side),
        Column("sent_at", "Wysłano", sort="sent_at"),
        Column("answered_at", "Odpowiedź", sort="answered_at", phone="hide"),
    )

    def queryset(self) -> QuerySet[Any]:
        return queries.transfers()

    def lead(self) -> str:
        return f"Czeka na Waszą odpowiedź: {queries.waiting_here().count()}."

    def row_name(self, row: Any) -> object:
        return row.person_name or "dane usunięto"

    def shown_rows(self, rows: Sequence[Any]) -> None:
        record.shows(self.request, {row.person_id or row.pk for row in rows})

    def empty(self, *, filtered: bool) -> Empty:
        return Empty(
            "Nikt niczego nie przekazał",
            "Gdy inna jednostka przekaże sprawę za zgodą osoby, zobaczysz ją tutaj.",
            "inbox",
        )


class OfTransfer:
    """A transfer that this unit sees, from either side."""

    back_url = reverse_lazy("participants:transfer_list")
    request: Any
    kwargs: dict[str, Any]

    def find(self, *, lock: bool = False) -> FileTransfer:
        rows = queries.transfers().filter(pk=self.kwargs["pk"])
        found: FileTransfer = get_object_or_404(rows.select_for_update(of=("self",)) if lock else rows)
        record.about(self.request, found)
        record.shows(self.request, [found.person_id or found.pk])
        return found

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [(TITLE, reverse("participants:transfer_list")), (self.found.person_name, "")]  # type: ignore[attr-defined]


class TransferShow(OfTransfer, Page):
    action = perms.TRANSFER_SHOW
    template_name = "participants/consents/transfer.html"

    def get(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        self.found = self.find()
        return self.answer()

    def get_title(self) -> str:
        return self.found.person_name or "Przekazana sprawa"

    def actions(self) -> Sequence[Link]:
        if self.found.state != TransferState.SENT:
            return []
        key = [self.found.pk]
        if not queries.is_incoming(self.found):
            return [Link("Cofnij przekazanie", reverse("participants:transfer_cancel", args=key))]
        return [
            Link("Odmów", reverse("participants:transfer_refuse", args=key)),
            Link("Odbierz", reverse("participants:transfer_accept", args=key), current=True),
        ]

    def page(self) -> Mapping[str, Any]:
        found = self.found
        incoming = queries.is_incoming(found)
        content = as_pairs(found.content) if incoming and found.content else []
        return {
            "found": found,
            "incoming": incoming,
            "state": queries.STATES[TransferState(found.state)],
            "side": other_side(found),
            "scope": join_words(labels(",".join(found.parts))),
            "parts": content,
            "person_url": reverse("participants:person", args=[found.person_id])
            if incoming and found.person_id
            else "",
        }


class TransferAccept(OfTransfer, FormPage):
    action = perms.TRANSFER_ACCEPT
    title = "Odebranie sprawy"
    form_class = AcceptForm
    submit = "Odbierz dane"
    drafts = False

    def object(self, *, lock: bool) -> FileTransfer:
        return self.find(lock=lock)

    def version(self) -> str:
        return ""

    def lead(self) -> str:
        said = "Osoba i jej dane trafią do kartoteki. Sprawy to nie otwiera, zrobisz to osobno."
        return said if self.known else f"{said} Nikogo podobnego w niej jeszcze nie ma."

    @cached_property
    def known(self) -> list[tuple[str, str]]:
        """Who on file may be the person."""
        found = queries.known_here(self.found.content) if self.found.content else []
        record.shows(self.request, [UUID(key) for key, _ in found])
        return found

    def form_kwargs(self) -> Mapping[str, Any]:
        return {"people": self.known}

    def initial(self) -> Mapping[str, Any]:
        return {"person": "new"}

    def save(self, form: Any) -> FileTransfer:
        chosen = form.cleaned_data.get("person", "new")
        person = None if chosen == "new" else UUID(chosen)
        return services.accept_transfer(transfer_id=self.found.pk, person_id=person)

    def next_url(self, result: FileTransfer) -> str:
        return reverse("participants:person", args=[result.person_id])

    def success(self, form: Any, result: FileTransfer) -> str:
        return f"Odebrano: {result.person}. Całość leży w dokumentach tej osoby."


class TransferRefuse(OfTransfer, ConfirmPage):
    action = perms.TRANSFER_REFUSE
    title = "Odmówić odebrania?"
    verb = "Odmów"
    danger = True

    def object(self, *, lock: bool) -> FileTransfer:
        return self.find(lock=lock)

    def text(self) -> str:
        return "Przekazane dane znikną, a jednostka, która je wysłała, zobaczy odmowę."

    def perform(self) -> str:
        services.refuse_transfer(transfer_id=self.found.pk)
        return str(self.back_url)

    def success(self) -> str:
        return "Odmówiono odebrania sprawy."


class TransferCancel(OfTransfer, ConfirmPage):
    action = perms.TRANSFER_CANCEL
    title = "Cofnąć przekazanie?"
    verb = "Cofnij przekazanie"
    danger = True

    def object(self, *, lock: bool) -> FileTransfer:
        return self.find(lock=lock)

    def text(self) -> str:
        return "Druga jednostka nie zobaczy już tych danych. Zgoda zostaje, możesz przekazać je jeszcze raz."

    def perform(self) -> str:
        services.cancel_transfer(transfer_id=self.found.pk)
        return str(self.back_url)

    def success(self) -> str:
        return "Cofnięto przekazanie."


urlpatterns = [
    path("przekazane-sprawy/", TransferList.as_view(), name="transfer_list"),
    path("przekazane-sprawy/<uuid:pk>/", TransferShow.as_view(), name="transfer_show"),
    path("przekazane-sprawy/<uuid:pk>/odbierz/", TransferAccept.as_view(), name="transfer_accept"),
    path("przekazane-sprawy/<uuid:pk>/odmow/", TransferRefuse.as_view(), name="transfer_refuse"),
    path("przekazane-sprawy/<uuid:pk>/cofnij/", TransferCancel.as_view(), name="transfer_cancel"),
]
