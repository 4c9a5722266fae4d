"""What the screens of diagnoses share: the file they belong to, the row, and who is looking."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from django.urls import reverse

from participants.enums import DiagnosisState
from participants.models import Diagnosis, Participation, SpecialistOpinion
from participants.queries.cards import works_with
from participants.queries.diagnoses import results
from participants.views.participations.base import crumbs_of
from reintegration.audit import record
from reintegration.core import clock
from reintegration.core.components import Badge

TITLE = "Diagnoza"


def tab_url(participation_id: UUID) -> str:
    return reverse("participants:diagnosis_list", args=[participation_id])


def state_of(row: Diagnosis) -> Badge:
    if row.state == DiagnosisState.DRAFT:
        return Badge("w trakcie", "info")
    return Badge("zakończona", "ok")


def opinion_state(row: SpecialistOpinion) -> Badge:
    if row.signed_at is None:
        return Badge("szkic", "info")
    return Badge("poufna", "plum", "lock") if row.confidential else Badge("podpisana", "ok")


class OfCase:
    """A form about a file that only those may use who work with the person."""

    request: Any
    kwargs: dict[str, Any]

    def find_case(self, *, lock: bool = False) -> Participation:
        rows = Participation.objects.select_related("person", "case_manager")
        if lock:
            rows = rows.select_for_update(of=("self",))
        case: Participation = get_object_or_404(rows, pk=self.kwargs["pk"])
        record.about(self.request, case)
        record.shows(self.request, [case.person_id])
        self.inside = works_with(self.request.principal, case, today=clock.today())
        self.case = case
        self.back_url = tab_url(case.pk)
        return case

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return crumbs_of(self.case, (TITLE, self.back_url), (self.get_title(), ""))  # type: ignore[attr-defined]


class OfDiagnosis:
    """A screen of one diagnosis; whoever may not read it does not find it."""

    request: Any
    kwargs: dict[str, Any]
    diagnosis: Diagnosis

    def object(self, *, lock: bool = False) -> Diagnosis:
        rows = results.diagnoses(self.request.principal, today=clock.today())
        if lock:
            rows = rows.select_for_update(of=("self",))
        self.diagnosis = get_object_or_404(rows, pk=self.kwargs["pk"])
        record.about(self.request, self.diagnosis)
        record.shows(self.request, [self.diagnosis.person_id])
        self.back_url = reverse("participants:diagnosis_show", args=[self.diagnosis.pk])
        return self.diagnosis

    @property
    def sensitive(self) -> bool:
        return results.sees_sensitive(self.request.principal)

    def crumbs(self) -> Sequence[tuple[str, str]]:
        row = self.diagnosis
        case = row.participation
        last: list[tuple[str, str]] = [(row.title, self.back_url)]
        title = self.get_title()  # type: ignore[attr-defined]
        last = [*last, (title, "")] if title != row.title else [(title, "")]
        return crumbs_of(case, (TITLE, tab_url(case.pk)), *last)


class OfOpinion:
    """A screen of one opinion, found only by those who may read it."""

    request: Any
    kwargs: dict[str, Any]
    opinion: SpecialistOpinion

    def object(self, *, lock: bool = False) -> SpecialistOpinion:
        rows = results.opinions(self.request.principal, today=clock.today())
        if lock:
            rows = rows.select_for_update(of=("self",))
        self.opinion = get_object_or_404(self.narrowed(rows), pk=self.kwargs["pk"])
        record.about(self.request, self.opinion)
        record.shows(self.request, [self.opinion.person_id])
        self.back_url = reverse("participants:specialist_opinion_show", args=[self.opinion.pk])
        return self.opinion

    def narrowed(self, rows: Any) -> Any:
        return rows

    def crumbs(self) -> Sequence[tuple[str, str]]:
        case = self.opinion.participation
        return crumbs_of(case, (TITLE, tab_url(case.pk)), (self.get_title(), ""))  # type: ignore[attr-defined]


class OfOwnDraft(OfOpinion):
    """What only the author does with an opinion, before it is signed."""

    def narrowed(self, rows: Any) -> Any:
        return rows.filter(author=self.request.principal.user_id, signed_at__isnull=True)


class OfGiver(OfOpinion):
    """What the author and the case manager do with a signed, confidential opinion."""

    def narrowed(self, rows: Any) -> Any:
        user = self.request.principal.user_id
        given = rows.filter(author=user) | rows.filter(participation__case_manager=user)
        return given.filter(confidential=True, signed_at__isnull=False)
