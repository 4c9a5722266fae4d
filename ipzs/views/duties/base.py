"""What the screens of duties share."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from ipzs.enums import DutyKind
from participants.models import Participation
from participants.perms import CASE
from participants.views.participations.base import crumbs_of, file_of
from reintegration.audit import record

TAB = "Obowiązki"
LIST = "Co wygasa"
REGISTER = "Rejestr wypadków"
# How each duty is called in an address.
IN_ADDRESS = {
    "bhp": DutyKind.SAFETY,
    "badania": DutyKind.MEDICAL,
    "odziez": DutyKind.CLOTHING,
    "ochrona": DutyKind.PROTECTION,
    "posilek": DutyKind.MEAL,
    "zaopatrzenie": DutyKind.ACCIDENT_COVER,
    "specjalisci": DutyKind.SPECIALISTS,
}
ADDRESS_OF = {kind: name for name, kind in IN_ADDRESS.items()}


def leads(request: Any) -> bool:
    """Who leads cases reads what a doctor wrote."""
    return not CASE.isdisjoint(request.principal.roles)


def kind_of(name: str) -> DutyKind:
    found = IN_ADDRESS.get(name)
    if found is None:
        raise Http404
    return found


def tab_url(file_id: UUID) -> str:
    return reverse("ipzs:duty_show", args=[file_id])


class OfCase:
    """A screen below the tab of one file."""

    request: Any
    kwargs: dict[str, Any]
    file: Participation

    def find_file(self, pk: UUID | None = None) -> Participation:
        self.file = file_of(self.request, pk or self.kwargs["pk"])
        self.back_url = tab_url(self.file.pk)
        return self.file

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return crumbs_of(self.file, (TAB, tab_url(self.file.pk)), (self.get_title(), ""))  # type: ignore[attr-defined]


class OfRow(OfCase):
    """A screen about one row of a file: an entry, a thing handed out."""

    rows: Any

    def object(self, *, lock: bool) -> Any:
        rows = self.rows.objects.all()
        if lock:
            rows = rows.select_for_update(of=("self",))
        found = get_object_or_404(rows, pk=self.kwargs["pk"])
        self.find_file(found.participation_id)
        record.about(self.request, found)
        return found
