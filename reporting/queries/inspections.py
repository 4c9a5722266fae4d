"""Inspections as their two sides read them, and the one question whether somebody may look into a file."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from participants.models import Participation
from reintegration.accounts.models import User
from reintegration.audit.models import Event
from reintegration.core import clock
from reintegration.tenancy.enums import OFFICE_ROLES
from reintegration.tenancy.models import Membership
from reintegration.tenancy.scope import current_scope
from reporting import perms
from reporting.enums import FileFinding, InspectionState, PointAnswer
from reporting.models import (
    EntryVersion,
    Inspection,
    InspectionFile,
    InspectionFinding,
    InspectionMember,
    InspectionPoint,
    InspectionStep,
)
from reporting.rules import checklist
from reporting.rules import inspections as rules

OVER = (InspectionState.CLOSED, InspectionState.CANCELLED)


def inspections() -> QuerySet[Any]:
    """Every inspection that the side that asks may read, with the name of its unit."""
    rows: QuerySet[Any] = Inspection.objects.select_related("addressee__organisation")
    versions = EntryVersion.public.filter(entry=OuterRef("entry")).order_by("-since")
    return rows.annotate(name=Subquery(versions.values("name")[:1])).order_by("-made_on", "-pk")


def named(words: str) -> Q:
    """Inspections of units whose name in the register holds the words."""
    return Q(entry__in=EntryVersion.public.filter(search__contains=words).order_by("pk").values("entry"))


def open_on(today: date) -> Q:
    """Inspections whose files are open on a day, as `rules.may_look` says of one."""
    return Q(
        state=InspectionState.OPEN,
        access_ended_at__isnull=True,
        access_from__lte=today,
        access_until__gte=today,
    )


def may_look(row: Inspection, today: date) -> bool:
    """Whether files of an inspection are open on a day."""
    return row.state == InspectionState.OPEN and rules.may_look(
        today, since=row.access_from, until=row.access_until, ended=row.access_ended_at is not None
    )


def open_to(inspection_id: UUID, user_id: UUID, today: date) -> Inspection | None:
    """The inspection, for one of those who inspect and while its access lasts; nothing for anybody else.

    It is asked twice of each look: in the scope of the office, and again in that of the unit.
    """
    rows = Inspection.objects.filter(open_on(today), pk=inspection_id, pk__in=_of(user_id))
    found: Inspection | None = rows.filter(addressee__isnull=False).first()
    return found


def inspects(row: Inspection, user_id: UUID) -> bool:
    """Whether somebody is one of those who inspect, whatever became of the access."""
    return bool(_of(user_id).filter(inspection=row).exists())


def led_by(user_id: UUID) -> QuerySet[Any]:
    """Open inspections of somebody who inspects, those that close first, with the points that are left."""
    left = Count("points", filter=Q(points__answer=""))
    rows: QuerySet[Any] = inspections().filter(state=InspectionState.OPEN, pk__in=_of(user_id))
    return rows.annotate(points_left=left).order_by("access_until", "pk")


def _of(user_id: UUID) -> QuerySet[Any]:
    rows: QuerySet[Any] = InspectionMember.objects.filter(user=user_id, removed_at__isnull=True)
    return rows.order_by("pk").values("inspection")


def frame(row: Inspection) -> dict[UUID, str]:
    """The files that were open in the inspected period, with their numbers; in the scope of the unit."""
    rows = Participation.objects.filter(
        Q(ended_on__isnull=True) | Q(ended_on__gte=row.period_from), opened_on__lte=row.period_until
    )
    return dict(rows.order_by("pk").values_list("pk", "number"))


def colleagues() -> QuerySet[Any]:
    """Who of the office may inspect: those who have a role there now."""
    held = Membership.objects.active(today=clock.today()).filter(
        organisation=current_scope().organisation_id, role__in=sorted(OFFICE_ROLES)
    )
    rows: QuerySet[Any] = User.objects.filter(is_active=True, pk__in=held.values("user"))
    return rows.order_by("last_name", "first_name", "pk")


@dataclass(frozen=True, slots=True)
class CheckedPoint:
    """A point of the checklist with what was answered, and what the program knows of it."""

    point: checklist.Point
    row: InspectionPoint | None
    known: str


@dataclass(frozen=True, slots=True)
class SampledFile:
    """A file of the sample with what was found in it, which the unit reads with the protocol."""

    row: InspectionFile
    found: InspectionFinding | None

    @property
    def finding(self) -> str:
        return self.found.finding if self.found is not None else ""


@dataclass(frozen=True, slots=True)
class Progress:
    files: int
    looked: int
    points: int
    answered: int
    faults: int


def members_of(row: Inspection) -> list[InspectionMember]:
    rows = InspectionMember.objects.filter(inspection=row, removed_at__isnull=True)
    return list(rows.select_related("user").order_by("user__last_name", "user__first_name", "pk"))


def files_of(row: Inspection) -> list[InspectionFile]:
    return list(InspectionFile.objects.filter(inspection=row).order_by("position"))


def sample_of(row: Inspection) -> list[SampledFile]:
    """The files of the sample in their order, each with what was found in it."""
    rows = InspectionFinding.objects.filter(file__inspection=row).order_by("pk")
    found = {one.file_id: one for one in rows}
    return [SampledFile(one, found.get(one.pk)) for one in files_of(row)]


def steps_of(row: Inspection) -> list[InspectionStep]:
    return list(InspectionStep.objects.filter(inspection=row).select_related("by").order_by("made_at", "pk"))


def points_of(row: Inspection) -> list[CheckedPoint]:
    """The checklist of the scope, each point with its answer."""
    rows = InspectionPoint.objects.filter(inspection=row).select_related("answered_by").order_by("code")
    by_code = {one.code: one for one in rows}
    facts = {key: (count, of) for key, (count, of) in (row.facts or {}).items()}
    return [
        CheckedPoint(point, by_code.get(point.code), checklist.said(point, facts))
        for point in checklist.points_for(row.unit_type, row.areas)
    ]


def progress(files: Sequence[SampledFile], points: Sequence[CheckedPoint]) -> Progress:
    answers = [one.row.answer for one in points if one.row is not None and one.row.answer]
    return Progress(
        files=len(files),
        looked=sum(bool(one.finding) for one in files),
        points=len(points),
        answered=len(answers),
        faults=answers.count(PointAnswer.FAULT) + sum(one.finding == FileFinding.FAULT for one in files),
    )


# What the event of a look names on either side.
LOOKED: Final = "inspection"


def looks(row: Inspection) -> QuerySet[Any]:
    """Every look at a file of the sample, from the journal of the side that asks; the newest first."""
    keys = InspectionFile.objects.filter(inspection=row).order_by("position").values_list("pk", flat=True)
    rows: QuerySet[Any] = Event.objects.filter(
        action=perms.INSPECTION_LOOK.name,
        object_id__in=list(keys),
        outcome__in=["seen", "taken"],
        # The page that says that a file is closed is no look.
        detail__has_key=LOOKED,
    )
    return rows.order_by("-at", "-pk")


def looks_by_file(row: Inspection) -> dict[UUID, int]:
    """How often each file of the sample was looked at."""
    found = looks(row).order_by().values("object_id").annotate(times=Count("pk"))
    return {one["object_id"]: one["times"] for one in found.order_by("object_id")}
