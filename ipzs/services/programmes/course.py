"""How a programme goes: results of steps, evaluations, the qualification and the extension (art. 15)."""

from datetime import date
from uuid import UUID

from ipzs.enums import Basis, EvaluationResult, PeriodStep, ProgrammeState, StepState
from ipzs.models import Evaluation, PeriodDecision, Programme, StepResult
from ipzs.programme_paper import content_of, period_context
from ipzs.programmes_papers import EXTENDED, QUALIFICATION, QUALIFIED
from ipzs.rules import programmes as rules
from ipzs.services.programmes.common import (
    extendable,
    locked_programme,
    open_file,
    paper,
    refuse_decided,
    running_of,
    version_in_force,
)
from ipzs.services.programmes.motions import grant_waiting
from participants.models import Participation, Period
from participants.rules.codes import UnitType
from participants.services import participations as files
from participants.services.participations.common import (
    actor,
    not_in_future,
    stored,
    unit_type,
)
from reintegration.core import clock
from reintegration.core.dates import ONE_DAY
from reintegration.core.errors import InputError
from reintegration.core.formats import format_table_date
from reintegration.documents.services import issue_document


def record_step(*, programme_id: UUID, step: UUID, state: str, on: date, words: str = "") -> StepResult:
    """Write down how a step went; a step that failed is part of the way and closes nothing."""
    programme = _running(programme_id)
    version = version_in_force(programme)
    known = (
        {one.key for goal in content_of(version, programme.kind).goals for one in goal.steps}
        if version is not None
        else set()
    )
    if str(step) not in known:
        raise InputError("Tego kroku nie ma w programie, który obowiązuje.")
    not_in_future(on, field="on")
    return stored(
        StepResult(
            programme=programme,
            person_id=programme.person_id,
            step=step,
            state=StepState(state),
            on=on,
            words=words.strip(),
            made_by_id=actor(),
            made_at=clock.now(),
        )
    )


def plan_evaluation(*, programme_id: UUID, due_on: date) -> Evaluation:
    """One more day on which both sides look at the programme."""
    programme = _running(programme_id)
    _inside(programme, due_on)
    return stored(Evaluation(programme=programme, person_id=programme.person_id, due_on=due_on))


def hold_evaluation(*, evaluation_id: UUID, held_on: date, result: str, note: str) -> Evaluation:
    """Write down an evaluation that took place."""
    locked_programme(Evaluation.objects.values_list("programme_id", flat=True).get(pk=evaluation_id))
    row: Evaluation = Evaluation.objects.select_for_update(of=("self",)).get(pk=evaluation_id)
    if row.held_on is not None:
        raise InputError(f"Tę ocenę zapisano już {format_table_date(row.held_on)}.")
    not_in_future(held_on, field="held_on")
    since = row.programme.since
    if since is not None and held_on < since:
        raise InputError(f"Program zaczął się {format_table_date(since)}.", field="held_on")
    if not note.strip():
        raise InputError("Napisz, co razem ustaliliście.", field="note")
    row.held_on, row.result, row.note = held_on, EvaluationResult(result), note.strip()
    row.held_by_id = actor()
    return stored(row)


def qualify(
    *,
    participation_id: UUID,
    decided_on: date,
    until: date | None = None,
    told_on: date | None = None,
    told_whom: str = "",
) -> PeriodDecision:
    """Qualify a person after the trial and write the notice to the head of OPS (art. 15 ust. 2)."""
    programme = running_of(participation_id)
    file = open_file(programme)
    if unit_type() is UnitType.KIS:
        raise InputError("W KIS nie ma okresu próbnego ani kwalifikacji. (art. 18)")
    refuse_decided(programme)
    not_in_future(decided_on, field="decided_on")
    if told_on is not None:
        not_in_future(told_on, field="told_on")
        if told_on < decided_on:
            raise InputError("OPS informuje się po kwalifikacji, nie przed nią.", field="told_on")
    period = files.qualify(participation_id=file.pk, until=until)
    _covers(programme, period.until)
    over = period.since - ONE_DAY
    if decided_on < over:
        raise InputError(
            f"Okres próbny trwa do {format_table_date(over)}. Kwalifikuje się po nim. (art. 15 ust. 2)",
            field="decided_on",
        )
    whom = told_whom.strip() or _agreed_with(file)
    made = stored(
        PeriodDecision(
            programme=programme,
            person_id=programme.person_id,
            step=PeriodStep.QUALIFIED,
            decided_on=decided_on,
            since=period.since,
            until=period.until,
            told_on=told_on,
            told_whom=whom,
            made_by_id=actor(),
        )
    )
    _issue(QUALIFIED.key, made)
    _issue(QUALIFICATION.key, made)
    return made


def begin_contract_period(*, participation_id: UUID, since: date, until: date) -> Period:
    """Begin a period of a KIS, within the days of the contract that holds (art. 18)."""
    programme = running_of(participation_id)
    file = open_file(programme)
    if unit_type() is not UnitType.KIS:
        raise InputError("Okres uczestnictwa zaczyna się kwalifikacją. (art. 15 ust. 2)")
    if programme.since is not None and since < programme.since:
        held = format_table_date(programme.since)
        raise InputError(f"Kontrakt obowiązuje od {held}. Wpisz ten dzień albo późniejszy.", field="since")
    _covers(programme, until)
    period: Period = files.qualify(participation_id=file.pk, since=since, until=until)
    return period


def extend(
    *,
    participation_id: UUID,
    until: date,
    decided_on: date,
    basis: str,
    basis_on: date,
    author: str,
    analysis: str,
) -> PeriodDecision:
    """Prolong a participation on motion or after an opinion of the social worker (art. 15 ust. 3).

    The manager decides; a motion that waits is answered with it.
    """
    not_in_future(decided_on, field="decided_on")
    asked = rules.Extension(until, rules.Basis(basis), basis_on, author, analysis)
    programme = extendable(participation_id, asked, decided_on=decided_on)
    _covers(programme, until)
    period = files.extend(participation_id=participation_id, until=until)
    made = stored(
        PeriodDecision(
            programme=programme,
            person_id=programme.person_id,
            step=PeriodStep.EXTENDED,
            decided_on=decided_on,
            since=period.since,
            until=period.until,
            basis=Basis(basis),
            basis_on=basis_on,
            author=author.strip(),
            analysis=analysis.strip(),
            made_by_id=actor(),
        )
    )
    grant_waiting(programme, decided_on=decided_on)
    _issue(EXTENDED.key, made)
    return made


def note_told(*, decision_id: UUID, told_on: date, told_whom: str) -> PeriodDecision:
    """Note when the head of OPS was told of a qualification."""
    locked_programme(PeriodDecision.objects.values_list("programme_id", flat=True).get(pk=decision_id))
    row: PeriodDecision = PeriodDecision.objects.select_for_update(of=("self",)).get(pk=decision_id)
    not_in_future(told_on, field="told_on")
    if told_on < row.decided_on:
        raise InputError("OPS informuje się po kwalifikacji, nie przed nią.", field="told_on")
    if not told_whom.strip():
        raise InputError("Wpisz, kogo poinformowano.", field="told_whom")
    row.told_on, row.told_whom = told_on, told_whom.strip()
    return stored(row)


def _running(programme_id: UUID) -> Programme:
    programme = locked_programme(programme_id)
    if programme.state != ProgrammeState.RUNNING:
        raise InputError(f"Ten program nie jest realizowany. Jego stan to „{programme.get_state_display()}”.")
    return programme


def _covers(programme: Programme, last: date) -> None:
    """A participation never lasts longer than the programme that it carries out."""
    if programme.until is not None and last > programme.until:
        until, name = format_table_date(programme.until), paper(unit_type())
        raise InputError(
            f"{name} obowiązuje do {until}. Wpisz ten dzień albo najpierw przygotuj aneks.", field="until"
        )


def _inside(programme: Programme, day: date) -> None:
    if programme.since is None or programme.until is None or not programme.since <= day <= programme.until:
        raise InputError("Ocena odbywa się w czasie programu.", field="due_on")


def _agreed_with(file: Participation) -> str:
    newest = files.newest_agreement(file)
    return "" if newest is None else newest.body_name


def _issue(kind: str, row: PeriodDecision) -> None:
    """Make a paper about a period, once."""
    issue_document(kind=kind, context=period_context(row), subject=row.person_id, key=period_key(row.pk))


def period_key(pk: UUID) -> str:
    """By which key the papers of a period are found again."""
    return f"period:{pk}"
