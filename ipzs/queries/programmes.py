"""What the screens of programmes read: the current one, its countdown, and what waits."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import F, Q, QuerySet

from ipzs.enums import DecisionState, MotionState, PeriodStep, ProgrammeState, VersionState
from ipzs.models import (
    AttendanceSettings,
    Decision,
    Evaluation,
    ExtensionMotion,
    PeriodDecision,
    Programme,
    ProgrammeVersion,
    StepResult,
)
from ipzs.programme_paper import content_of
from ipzs.rules import content as rules
from ipzs.rules.programmes import Countdown, countdown
from ipzs.transitions.programmes import BINDING
from participants.enums import AgreementState
from participants.models import Participation, Period
from participants.rules.codes import PeriodKind, UnitType
from participants.services.participations.common import as_planned, trial_reading, unit_type
from reintegration.core import clock
from reintegration.core.formats import format_table_date

LIVE = (ProgrammeState.PREPARED, ProgrammeState.RUNNING)
PREPARED = (VersionState.DRAFT, VersionState.READY, VersionState.SIGNED)
# How long before the day something asks for a look.
SOON = timedelta(days=7)


def current(participation_id: UUID) -> Programme | None:
    """The programme of a file that lives, or the last that ended; one that came to nothing is none."""
    rows = Programme.objects.filter(participation_id=participation_id).exclude(state=ProgrammeState.DROPPED)
    found: Programme | None = rows.order_by("-made_at", "-pk").first()
    return found


def countdown_of(
    file: Participation,
    *,
    periods: Sequence[Period] | None = None,
    today: date | None = None,
    ends_on: date | None = None,
    kind: UnitType | None = None,
) -> Countdown | None:
    """How much of a participation is used and left; None before it has periods."""
    rows = list(
        Period.objects.filter(participation=file).order_by("since", "pk") if periods is None else periods
    )
    if not rows:
        return None
    return countdown(
        as_planned(rows),
        today or clock.today(),
        ended_on=file.ended_on or ends_on,
        unit_type=kind or unit_type(),
        reading=trial_reading(rows[0].since),
    )


def decided_end(programme: Programme | None) -> date | None:
    """The last day that a delivered decision names, while the programme still runs."""
    if programme is None or programme.state != ProgrammeState.RUNNING:
        return None
    decision = binding_decision(programme)
    return decision.ends_on if decision is not None else None


def decided_end_of(file: Participation) -> date | None:
    """The same of a file, in one query."""
    rows = Decision.objects.filter(
        programme__participation=file, programme__state=ProgrammeState.RUNNING, state__in=BINDING
    )
    found: date | None = rows.order_by("ends_on").values_list("ends_on", flat=True).first()
    return found


def binding_decision(programme: Programme) -> Decision | None:
    """The decision that was delivered and ends the programme, perhaps on a day that is still to come."""
    found: Decision | None = Decision.objects.filter(programme=programme, state__in=BINDING).first()
    return found


def has_decision(programme: Programme) -> bool:
    """Whether a decision is being written or holds, so that no other is begun."""
    over = (DecisionState.WITHDRAWN, DecisionState.SET_ASIDE)
    return Decision.objects.filter(programme=programme).exclude(state__in=over).exists()


@dataclass(frozen=True, slots=True)
class ShownStep:
    step: rules.Step
    result: StepResult | None
    # Earlier results of the same step, the newest first.
    before: Sequence[StepResult]
    late: bool


@dataclass(frozen=True, slots=True)
class ShownGoal:
    goal: rules.Goal
    steps: Sequence[ShownStep]


@dataclass(frozen=True, slots=True)
class ProgrammePage:
    programme: Programme
    versions: Sequence[ProgrammeVersion]
    in_force: ProgrammeVersion | None
    prepared: ProgrammeVersion | None
    content: rules.Content | None
    goals: Sequence[ShownGoal]
    evaluations: Sequence[Evaluation]
    decisions: Sequence[Decision]
    periods: Sequence[PeriodDecision]
    motions: Sequence[ExtensionMotion]

    @property
    def waiting_motion(self) -> ExtensionMotion | None:
        return next((one for one in self.motions if one.state == MotionState.ASKED), None)

    @property
    def decided(self) -> Decision | None:
        """The decision that was delivered and ends the programme on a day that is still to come."""
        if self.programme.state != ProgrammeState.RUNNING:
            return None
        return next((one for one in self.decisions if one.state in BINDING), None)

    @property
    def newest(self) -> ProgrammeVersion | None:
        return self.versions[0] if self.versions else None

    @property
    def objected(self) -> ProgrammeVersion | None:
        """What OPS sent back and nobody took up yet."""
        newest = self.newest
        return newest if newest is not None and newest.state == VersionState.OBJECTED else None

    @property
    def laid_aside(self) -> bool:
        """Nothing is being written and nothing holds yet."""
        return (
            self.programme.state == ProgrammeState.PREPARED
            and self.prepared is None
            and self.newest is not None
            and self.newest.state == VersionState.DISCARDED
        )


def waiting_motion(participation_id: UUID) -> ExtensionMotion | None:
    """The motion about more time that the manager has to answer."""
    rows = ExtensionMotion.objects.filter(
        programme__participation_id=participation_id, state=MotionState.ASKED
    )
    found: ExtensionMotion | None = rows.first()
    return found


def is_ending(count: Countdown | None) -> bool:
    """Whether so little is left that somebody decides about more, by the unit's own number of days."""
    if count is None or count.days_left is None:
        return False
    own = AttendanceSettings.objects.first() or AttendanceSettings()
    return bool(count.days_left <= own.ending_days)


def programme_page(programme: Programme, *, today: date) -> ProgrammePage:
    """What the page of a programme shows, in six queries."""
    versions = list(
        ProgrammeVersion.objects.select_related("made_by", "agreement")
        .filter(programme=programme)
        .order_by("-number")
    )
    in_force = next((one for one in versions if one.state == VersionState.IN_FORCE), None)
    prepared = next((one for one in versions if one.state in PREPARED), None)
    content = content_of(in_force, programme.kind) if in_force is not None else None
    return ProgrammePage(
        programme=programme,
        versions=versions,
        in_force=in_force,
        prepared=prepared,
        content=content,
        goals=_goals(programme, content, today) if content is not None else [],
        evaluations=list(
            Evaluation.objects.select_related("held_by").filter(programme=programme).order_by("due_on")
        ),
        decisions=list(Decision.objects.filter(programme=programme).order_by("-made_at", "-pk")),
        periods=list(PeriodDecision.objects.filter(programme=programme).order_by("since", "pk")),
        motions=list(
            ExtensionMotion.objects.select_related("decided_by")
            .filter(programme=programme)
            .order_by("asked_on", "pk")
        ),
    )


def _goals(programme: Programme, content: rules.Content, today: date) -> list[ShownGoal]:
    results: dict[str, list[StepResult]] = {}
    for row in StepResult.objects.filter(programme=programme).order_by("-on", "-made_at", "-pk"):
        results.setdefault(str(row.step), []).append(row)
    return [
        ShownGoal(goal, [_step(step, results.get(step.key, []), today) for step in goal.steps])
        for goal in content.goals
    ]


def step_words(participation_id: UUID, key: str) -> str:
    """What one step says in the version that holds; nothing when there is none such."""
    rows = ProgrammeVersion.objects.select_related("programme").filter(
        programme__participation=participation_id, state=VersionState.IN_FORCE
    )
    version = rows.order_by("-number").first()
    goals = content_of(version, version.programme.kind).goals if version is not None else ()
    return next((step.text for goal in goals for step in goal.steps if step.key == key), "")


def _step(step: rules.Step, results: Sequence[StepResult], today: date) -> ShownStep:
    open_still = not results or results[0].state == "open"
    late = open_still and step.due_on is not None and step.due_on < today
    return ShownStep(step, results[0] if results else None, results[1:], late)


def entry_obstacles(file: Participation, day: date) -> list[str]:
    """What of the programme keeps somebody from the trial; what its agreement lacks, `participants` says."""
    paper, form = ("Program", "programu") if unit_type() is UnitType.CIS else ("Kontrakt", "kontraktu")
    programme = Programme.objects.filter(participation=file, state__in=LIVE).first()
    if programme is None:
        return [f"Nie ma {form}. Napisz go w karcie „{paper}”. (art. 12 ust. 4)"]
    days = days_that_hold(programme)
    if days is None:
        newest = _newest(programme)
        state = VersionState(newest.state) if newest is not None else VersionState.DRAFT
        return [f"{paper} {_WAITS[state]}"] if state in _WAITS else []
    since, until = days
    if day < since:
        first = format_table_date(since)
        return [f"{paper} obowiązuje od {first}. Zajęcia zaczynają się najwcześniej wtedy."]
    if day > until:
        last = format_table_date(until)
        return [f"{paper} obowiązuje do {last}. Zajęcia nie mogą zacząć się później."]
    return []


def days_that_hold(programme: Programme) -> tuple[date, date] | None:
    """The days on which a programme lets its person in; None while nothing holds."""
    row: Programme | ProgrammeVersion | None = programme
    if programme.state != ProgrammeState.RUNNING:
        # OPS agreed in its own scope, and the job that tells the unit is on its way.
        newest = _newest(programme)
        agreed = (
            newest is not None
            and newest.state == VersionState.SIGNED
            and newest.agreement is not None
            and newest.agreement.state == AgreementState.AGREED
        )
        row = newest if agreed else None
    if row is None or row.since is None or row.until is None:
        return None
    return row.since, row.until


def first_day(file: Participation) -> date | None:
    """The day from which the programme of a file lets its person in."""
    programme = Programme.objects.filter(participation=file, state__in=LIVE).first()
    days = days_that_hold(programme) if programme is not None else None
    return days[0] if days is not None else None


def _newest(programme: Programme) -> ProgrammeVersion | None:
    rows = ProgrammeVersion.objects.select_related("agreement").filter(programme=programme)
    found: ProgrammeVersion | None = rows.order_by("-number").first()
    return found


# A version that was signed and one that came back: what the head of OPS said stands beside it already.
_WAITS = {
    VersionState.DRAFT: "jest jeszcze szkicem. Dokończ go i podpisz.",
    VersionState.READY: "czeka na podpisy.",
    VersionState.SIGNED: "czeka na uzgodnienie.",
    VersionState.OBJECTED: "wrócił z uwagami. Popraw go i podpisz.",
    VersionState.DISCARDED: "porzucono. Napisz go od nowa.",
}


def to_write(person_id: UUID | None) -> QuerySet[ProgrammeVersion]:
    """Versions of open files that wait for somebody of the unit, the oldest first."""
    rows = ProgrammeVersion.objects.select_related("programme", "person").filter(
        state__in=[VersionState.READY, VersionState.OBJECTED], programme__participation__ended_on=None
    )
    newest = rows.filter(programme__state__in=LIVE)
    if person_id is not None:
        newest = newest.filter(programme__participation__case_manager=person_id)
    found: QuerySet[ProgrammeVersion] = newest.order_by("made_at", "pk")
    return found


def evaluations_due(until: date, leader_id: UUID | None) -> QuerySet[Evaluation]:
    """Evaluations that are due until a day and were not held."""
    rows = Evaluation.objects.select_related("programme", "person").filter(
        held_on__isnull=True, due_on__lte=until, programme__state=ProgrammeState.RUNNING
    )
    if leader_id is not None:
        rows = rows.filter(programme__participation__case_manager=leader_id)
    found: QuerySet[Evaluation] = rows.order_by("due_on", "pk")
    return found


def trials_ending(until: date) -> QuerySet[Period]:
    """Trials that end until a day, with nothing after them."""
    later = Period.objects.filter(kind__in=["main", "extension"]).values("participation_id")
    rows = Period.objects.select_related("person").filter(
        kind="trial", until__lte=until, participation__ended_on__isnull=True
    )
    found: QuerySet[Period] = rows.exclude(participation_id__in=later).order_by("until", "pk")
    return found


def trial_is_over(periods: Iterable[Period], day: date) -> bool:
    """Whether the trial of a file ends by a day; on its last day it may be decided (art. 15 ust. 2)."""
    return any(row.kind == PeriodKind.TRIAL and row.until <= day for row in periods)


def over(today: date) -> QuerySet[Programme]:
    """Programmes whose last day has passed and that nobody ended, also those beside work or decided."""
    decided = Decision.objects.filter(state__in=BINDING, ends_on__lt=today).values("programme")
    rows = Programme.objects.select_related("person", "participation").filter(
        Q(until__lt=today) | Q(pk__in=decided), state=ProgrammeState.RUNNING
    )
    found: QuerySet[Programme] = rows.order_by("until", "pk")
    return found


def motions_waiting() -> QuerySet[ExtensionMotion]:
    """Motions about more time that the manager has to answer, the oldest first."""
    rows = ExtensionMotion.objects.select_related("programme", "person").filter(
        state=MotionState.ASKED, programme__state=ProgrammeState.RUNNING
    )
    found: QuerySet[ExtensionMotion] = rows.order_by("asked_on", "pk")
    return found


def to_tell() -> QuerySet[PeriodDecision]:
    """Qualifications of open files that nobody has told to OPS yet (art. 15 ust. 2)."""
    rows = PeriodDecision.objects.select_related("programme", "person").filter(
        step=PeriodStep.QUALIFIED, told_on__isnull=True, programme__participation__ended_on__isnull=True
    )
    found: QuerySet[PeriodDecision] = rows.order_by("decided_on", "pk")
    return found


def decisions_waiting() -> QuerySet[Decision]:
    """Decisions that were issued and not delivered."""
    rows = Decision.objects.select_related("programme", "person").filter(state="issued")
    found: QuerySet[Decision] = rows.order_by(F("decided_on").asc(), "pk")
    return found
