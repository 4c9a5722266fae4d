"""What the pages of one file share: the file itself, its head, its tabs, and the forms about it."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from django.urls import reverse

from participants.models import Participation
from participants.rules.codes import UnitType
from reintegration.audit import record
from reintegration.core import slots
from reintegration.core.components import Link
from reintegration.core.views import FormPage

LIST = "Uczestnicy"


def unit_type(request: Any) -> UnitType:
    return UnitType(request.principal.place.subtype)


def file_of(request: Any, pk: UUID, *, lock: bool = False) -> Participation:
    """The file with its person, noted in the journal; of another unit it is not found."""
    rows = Participation.objects.select_related("person", "case_manager")
    if lock:
        rows = rows.select_for_update(of=("self",))
    found: Participation = get_object_or_404(rows, pk=pk)
    record.about(request, found)
    record.shows(request, [found.person_id])
    return found


def tabs_of(request: Any, file: Participation) -> list[Link]:
    """The tabs of a file: ours at both ends, between them those of other rooms."""
    pairs: list[tuple[str, str]] = [("Przegląd", reverse("participants:file", args=[file.pk]))]
    for provider in slots.providers("participants.file_tabs"):
        found = provider(request, file)
        if found is not None:
            pairs.append((found[0], found[1]))
    pairs.append(("Historia", reverse("participants:file_history", args=[file.pk])))
    # A page under a tab, such as a comparison, stands on that tab.
    here = max((url for _, url in pairs if request.path.startswith(url)), key=len, default="")
    return [Link(label, url, current=url == here) for label, url in pairs]


def crumbs_of(file: Participation, *more: tuple[str, str]) -> Sequence[tuple[str, str]]:
    url = reverse("participants:file", args=[file.pk]) if more else ""
    return [(LIST, reverse("participants:list")), (str(file.person), url), *more]


class FileForm(FormPage):
    """A form about one file; it leads back to the file."""

    def object(self, *, lock: bool) -> Participation:
        self.file = file_of(self.request, self.kwargs["pk"], lock=lock)
        self.back_url = reverse("participants:file", args=[self.file.pk])
        return self.file

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return crumbs_of(self.file, (self.get_title(), ""))

    def initial(self) -> Mapping[str, Any]:
        return {}
