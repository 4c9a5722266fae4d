"""What the pages of programmes share: the file, the programme or version, names and crumbs."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from django.urls import reverse

from ipzs.models import Decision, Programme, ProgrammeVersion
from participants.models import Participation
from participants.rules.codes import UnitType
from participants.views.participations.base import crumbs_of, unit_type
from reintegration.audit import record
from reintegration.core.views import FormPage


def paper_of(request: Any) -> str:
    """How this unit calls what it agrees on."""
    return "Program" if unit_type(request) is UnitType.CIS else "Kontrakt"


def url_of(file_id: UUID) -> str:
    return reverse("ipzs:programme_show", args=[file_id])


def seen(request: Any, obj: Any) -> None:
    """Write down which object and whose data a page showed."""
    record.about(request, obj)
    record.shows(request, [obj.person_id])


def programme_of(request: Any, pk: UUID, *, lock: bool = False) -> Programme:
    rows = Programme.objects.select_related("participation__person", "person")
    if lock:
        rows = rows.select_for_update(of=("self",))
    found: Programme = get_object_or_404(rows, pk=pk)
    seen(request, found)
    return found


def version_of(request: Any, pk: UUID, *, lock: bool = False) -> ProgrammeVersion:
    rows = ProgrammeVersion.objects.select_related("programme__participation__person", "agreement")
    if lock:
        rows = rows.select_for_update(of=("self",))
    found: ProgrammeVersion = get_object_or_404(rows, pk=pk)
    seen(request, found)
    return found


def decision_of(request: Any, pk: UUID, *, lock: bool = False) -> Decision:
    rows = Decision.objects.select_related("programme__participation__person")
    if lock:
        rows = rows.select_for_update(of=("self",))
    found: Decision = get_object_or_404(rows, pk=pk)
    seen(request, found)
    return found


class OfProgramme(FormPage):
    """A form about one programme; it leads back to the tab."""

    request: Any
    programme: Programme

    def object(self, *, lock: bool) -> Any:
        self.programme = programme_of(self.request, self.kwargs["pk"], lock=lock)
        self.back_url = url_of(self.programme.participation_id)
        return self.programme

    @property
    def file(self) -> Participation:
        found: Participation = self.programme.participation
        return found

    def lead(self) -> str:
        return f"{self.file.person}, {self.programme.number}."

    def crumbs(self) -> Sequence[tuple[str, str]]:
        name = paper_of(self.request)
        return crumbs_of(self.file, (name, url_of(self.file.pk)), (self.get_title(), ""))

    def initial(self) -> Mapping[str, Any]:
        return {}


class OfVersion(OfProgramme):
    """A form about one version."""

    row: ProgrammeVersion

    def object(self, *, lock: bool) -> Any:
        self.row = version_of(self.request, self.kwargs["pk"], lock=lock)
        self.programme = self.row.programme
        self.back_url = url_of(self.programme.participation_id)
        return self.row


class OfDecision(OfProgramme):
    """A form about one decision."""

    row: Decision

    def object(self, *, lock: bool) -> Any:
        self.row = decision_of(self.request, self.kwargs["pk"], lock=lock)
        self.programme = self.row.programme
        self.back_url = url_of(self.programme.participation_id)
        return self.row
