"""What the pages of programmes share: the file, the programme or version, names and crumbs."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Model
from django.shortcuts import get_object_or_404
from django.urls import reverse

from ipzs.models import Decision, Programme, ProgrammeVersion
from participants.models import Participation
from participants.rules.codes import UnitType
from participants.services import participations as files
from participants.services.participations.common import locked
from participants.views.participations.base import crumbs_of, unit_type
from reintegration.audit import record
from reintegration.core import clock, toasts
from reintegration.core.dates import DateSpan
from reintegration.core.formats import format_span, join_words
from reintegration.core.views import FormPage

M = TypeVar("M", bound=Model)
OF_PROGRAMME = "programme__participation__person"


def paper_of(request: Any) -> str:
    """How this unit calls what it agrees on."""
    return "Program" if unit_type(request) is UnitType.CIS else "Kontrakt"


def url_of(file_id: UUID) -> str:
    return reverse("ipzs:programme_show", args=[file_id])


def seen(request: Any, obj: Any) -> None:
    """Write down which object and whose data a page showed."""
    record.about(request, obj)
    record.shows(request, [obj.person_id])


def tell_elsewhere(request: Any, person_id: UUID, since: date, until: date | None) -> None:
    """Ask whether the person is in another unit's care on these days, and say on which."""
    spans = files.elsewhere(person_id=person_id, span=DateSpan(since, until))
    if spans:
        today = clock.today()
        days = join_words(format_span(one.first, one.last, today=today) for one in spans)
        toasts.refused(request, f"W tych dniach osoba jest też w innej jednostce: {days}.")


def row_of(request: Any, model: type[M], pk: UUID, *with_it: str, lock: bool = False) -> M:
    """A row of a programme with its person; whoever opens it is written down."""
    rows = model._default_manager.select_related(*with_it)
    if lock:
        # The file before everything that belongs to it, as the services do.
        file = "participation_id" if model is Programme else "programme__participation_id"
        found_file = model._default_manager.filter(pk=pk).values_list(file, flat=True).first()
        if found_file is not None:
            locked(found_file)
        rows = rows.select_for_update(of=("self",))
    found = get_object_or_404(rows, pk=pk)
    seen(request, found)
    return found


def programme_of(request: Any, pk: UUID, *, lock: bool = False) -> Programme:
    return row_of(request, Programme, pk, "participation__person", "person", lock=lock)


def version_of(request: Any, pk: UUID, *, lock: bool = False) -> ProgrammeVersion:
    return row_of(request, ProgrammeVersion, pk, OF_PROGRAMME, "agreement", lock=lock)


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


class OfRow(OfProgramme):
    """A form about one row of a programme."""

    model: type[Model]
    with_it: Sequence[str] = ()
    row: Any

    def object(self, *, lock: bool) -> Any:
        self.row = row_of(self.request, self.model, self.kwargs["pk"], OF_PROGRAMME, *self.with_it, lock=lock)
        self.programme = self.row.programme
        self.back_url = url_of(self.programme.participation_id)
        return self.row


class OfVersion(OfRow):
    model = ProgrammeVersion
    with_it = ("agreement",)
    row: ProgrammeVersion


class OfDecision(OfRow):
    model = Decision
    row: Decision
