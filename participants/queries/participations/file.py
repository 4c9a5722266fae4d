"""One file: its stage, its time, what stops a candidate, who works with the person, what was before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from participants.enums import FollowUpState, Stage
from participants.models import (
    Agreement,
    FollowUp,
    Participation,
    Period,
    TeamMember,
)
from participants.queries.participations.axis import Axis, axis
from participants.queries.participations.list import asked_terms, terms
from participants.queries.participations.stage import BADGES, stage_of
from participants.rules import stages
from participants.rules.codes import PeriodKind, UnitType
from participants.rules.identity import as_living
from reintegration.core.components import Badge
from reintegration.core.dates import ONE_DAY, full_years
from reintegration.core.formats import counted, format_date
from reintegration.core.together import together

PERIOD_LABELS = {"trial": "okres próbny", "main": "zajęcia", "extension": "przedłużenie"}


@dataclass(frozen=True, slots=True)
class FilePage:
    file: Participation
    stage: Stage
    badge: Badge
    periods: Sequence[Period]
    # Of the period that runs: days left, today included; None when none runs.
    left: int | None
    left_text: str
    axis: Axis | None
    # The last day of the extension that the law would still allow.
    extensible_until: date | None
    agreements: Sequence[Agreement]
    team: Sequence[TeamMember]
    earlier: Sequence[Participation]
    follow_up: FollowUp | None
    age: str
    # The last day that a decision of a room above names.
    decided: date | None
    # After how many days without a contact the page says so.
    silent_after: int

    @property
    def newest(self) -> Agreement | None:
        return self.agreements[0] if self.agreements else None


def file_page(
    file: Participation, *, today: date, unit_type: UnitType, decided: date | None = None
) -> FilePage:
    """What the page of a file shows, in one query.

    Where it is decided already that the file ends, the time counts to that day.
    """
    periods, agreements, team, earlier, follow_ups, said = together(
        Period.objects.filter(participation=file).order_by("since", "pk"),
        Agreement.objects.select_related("asked_by").filter(participation=file).order_by("-version"),
        TeamMember.objects.select_related("user")
        .filter(Q(until__isnull=True) | Q(until__gte=today), participation=file)
        .order_by("since", "pk"),
        earlier_of(file),
        FollowUp.objects.filter(participation=file, state=FollowUpState.DUE).order_by("due_on")[:1],
        asked_terms(),
    )
    stage = Stage(stage_of(file, periods, today=today, unit_type=unit_type).value)
    ends_on = decided or date.max
    running = next((row for row in periods if row.since <= today <= min(row.until, ends_on)), None)
    until = min(running.until, ends_on) if running is not None else None
    left = (until - today).days if until is not None and file.ended_on is None else None
    extensible = _extensible_until(periods) if unit_type is UnitType.CIS and decided is None else None
    return FilePage(
        file=file,
        stage=stage,
        badge=BADGES[stage],
        periods=periods,
        left=left,
        left_text=_left_text(running, ends_on, today) if running is not None else "",
        axis=axis(periods, names=PERIOD_LABELS, extensible_until=extensible, today=today, ends_on=ends_on),
        extensible_until=extensible,
        agreements=agreements,
        team=team,
        earlier=earlier,
        follow_up=next(iter(follow_ups), None),
        age=_age(file.person.birth_date, today),
        decided=decided,
        silent_after=terms(said).contact_days,
    )


def _age(born: date | None, today: date) -> str:
    if born is None:
        return ""
    return counted(full_years(as_living(born), today), "rok", "lata", "lat")


def earlier_of(file: Participation) -> QuerySet[Participation]:
    """The other files of the same person, the newest first."""
    rows = Participation.objects.filter(person_id=file.person_id).exclude(pk=file.pk)
    found: QuerySet[Participation] = rows.order_by("-opened_on", "-pk")
    return found


def _left_text(running: Period, ends_on: date, today: date) -> str:
    last = min(running.until, ends_on)
    day = (today - running.since).days + 1
    whole = (last - running.since).days + 1
    why = " (decyzja)" if last < running.until else ""
    until = format_date(last, today=today)
    return f"{PERIOD_LABELS[running.kind]} do {until}{why} · dzień {day} z {whole}"


def _extensible_until(periods: Sequence[Period]) -> date | None:
    """A main period that was not extended yet may be, by up to twelve months (art. 15 ust. 3)."""
    if not periods or periods[-1].kind != PeriodKind.MAIN:
        return None
    return stages.latest_end(PeriodKind.EXTENSION, periods[-1].until + ONE_DAY)
