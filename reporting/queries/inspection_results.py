"""What screens, desks and papers read of the results of inspections; each side what its walls let through."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery

from reintegration.accounts.models import User
from reporting.enums import FileFinding, InspectionState, PointAnswer, RecommendationState
from reporting.models import EntryVersion, Inspection, Recommendation
from reporting.queries import inspections as queries
from reporting.rules import inspection_results as rules

CHECKED = (RecommendationState.DONE, RecommendationState.NOT_DONE)


@dataclass(frozen=True, slots=True)
class Look:
    """Somebody of those who inspect looked at a file, or took a paper of it."""

    at: datetime
    who: str
    file: str
    taken: bool


@dataclass(frozen=True, slots=True)
class Faults:
    points: Sequence[queries.CheckedPoint]
    files: Sequence[queries.SampledFile]

    def __len__(self) -> int:
        return len(self.points) + len(self.files)


def recommendations_of(row: Inspection) -> list[Recommendation]:
    """What the unit has to mend; the unit reads those that were given."""
    return list(Recommendation.objects.filter(inspection=row).order_by("position"))


def is_checked(one: Recommendation) -> bool:
    return one.state in CHECKED


def is_late(one: Recommendation, today: date) -> bool:
    return rules.is_late(today, due=one.due_on, waits=one.state == RecommendationState.GIVEN)


def settling_waits(row: Inspection, today: date) -> rules.Waits:
    """What keeps the office from giving its recommendations."""
    return rules.settling_waits(
        today,
        due=row.objections_due,
        objected=row.objected_on is not None,
        replied=row.replied_on is not None,
    )


def faults_of(points: Sequence[queries.CheckedPoint], files: Sequence[queries.SampledFile]) -> Faults:
    """What was found wrong: points of the checklist, and files of the sample."""
    return Faults(
        [one for one in points if one.row is not None and one.row.answer == PointAnswer.FAULT],
        [one for one in files if one.finding == FileFinding.FAULT],
    )


def looks_told(row: Inspection, files: Sequence[queries.SampledFile]) -> list[Look]:
    """Every look at the sample with names of people and numbers of files, the oldest first."""
    events = list(queries.looks(row).order_by("at", "pk"))
    numbers = {one.row.pk: one.row.file_number for one in files}
    users = User.objects.filter(pk__in={event.user_id for event in events if event.user_id}).order_by("pk")
    names = {user.pk: str(user) for user in users}
    return [
        Look(event.at, names.get(event.user_id, "–"), numbers[event.object_id], event.outcome == "taken")
        for event in events
        if event.object_id in numbers
    ]


# What waits for one of the sides


def waiting(state: InspectionState) -> QuerySet[Any]:
    """Inspections in a state, those that have waited longest first."""
    rows: QuerySet[Any] = queries.inspections().filter(state=state).order_by("handed_on", "pk")
    return rows


def before_unit(today: date) -> QuerySet[Any]:
    """Protocols that the unit may still object to, and behind them inspections whose files are open now."""
    term_runs = Q(objections_due__isnull=True) | Q(objections_due__gte=today)
    handed = Q(state=InspectionState.PROTOCOL, objected_on__isnull=True) & term_runs
    rows: QuerySet[Any] = queries.inspections().filter(handed | queries.open_on(today))
    return rows.order_by("handed_on", "pk")


def not_received(today: date) -> QuerySet[Any]:
    """Protocols of which nobody has said that they came, long after they were handed over."""
    rows: QuerySet[Any] = waiting(InspectionState.PROTOCOL).filter(
        received_on__isnull=True, handed_on__lt=rules.handed_before(today)
    )
    return rows


def ready_to_settle(today: date) -> QuerySet[Any]:
    """Inspections of which nothing holds the recommendations back, as `settling_waits` says of one."""
    settled = Q(replied_on__isnull=False) | Q(objected_on__isnull=True, objections_due__lt=today)
    rows: QuerySet[Any] = waiting(InspectionState.PROTOCOL).filter(settled)
    return rows


def given() -> QuerySet[Any]:
    """Recommendations of inspections that go on, with the number and the unit of each."""
    rows: QuerySet[Any] = Recommendation.objects.filter(
        given_on__isnull=False, inspection__state=InspectionState.SETTLED
    ).select_related("inspection")
    versions = EntryVersion.public.filter(entry=OuterRef("inspection__entry")).order_by("-since")
    return rows.annotate(name=Subquery(versions.values("name")[:1])).order_by("due_on", "pk")


def to_answer() -> QuerySet[Any]:
    return given().filter(state=RecommendationState.GIVEN)


def to_check() -> QuerySet[Any]:
    return given().filter(state=RecommendationState.ANSWERED)


def late(today: date) -> QuerySet[Any]:
    return to_answer().filter(due_on__lt=today)
