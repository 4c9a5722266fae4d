"""The end of a programme: by statement, with work found, with the period, and what a file's end means."""

from datetime import date
from uuid import UUID

from django.db import transaction

from ipzs.enums import ProgrammeEnd, ProgrammeState
from ipzs.models import Decision, Evaluation, Programme, ProgrammeVersion
from ipzs.programme_paper import content_of
from ipzs.queries.programmes import binding_decision
from ipzs.rules import endings as rules
from ipzs.rules.programmes import tail_after_work
from ipzs.services.programmes.common import (
    PREPARED,
    last_planned,
    locked_programme,
    paper,
    planned_periods,
    version_in_force,
)
from ipzs.services.programmes.evaluations import plan_evaluations
from ipzs.services.programmes.motions import drop_waiting
from ipzs.transitions.programmes import BINDING, OfProgramme, OfVersion, passed, refuse_state
from participants.enums import EndReason
from participants.models import Participation
from participants.rules.codes import PeriodKind, UnitType
from participants.services import participations as files
from participants.services.participations.common import locked, not_in_future, stored, unit_type
from reintegration.core import clock
from reintegration.core.errors import InputError
from reintegration.core.formats import format_table_date

# How a programme ended whose file was ended first.
OF_REASON = {
    EndReason.COMPLETED: ProgrammeEnd.PERIOD_OVER,
    EndReason.TRIAL_FAILED: ProgrammeEnd.PERIOD_OVER,
    EndReason.JOB: ProgrammeEnd.WORK,
    EndReason.BUSINESS: ProgrammeEnd.WORK,
    EndReason.COOPERATIVE: ProgrammeEnd.WORK,
    EndReason.STATEMENT: ProgrammeEnd.STATEMENT,
    EndReason.BREACH: ProgrammeEnd.BREACH,
    EndReason.ABANDONED: ProgrammeEnd.ABANDONMENT,
}


def end_by_statement(*, programme_id: UUID, statement_on: date, ended_on: date, note: str = "") -> Programme:
    """End on the participant's own statement (art. 13 ust. 4 pkt 3); no decision is needed."""
    end = rules.End(rules.Ending.STATEMENT, ended_on, statement_on=statement_on)
    return _end(programme_id, end, note=note)


def end_by_period(*, programme_id: UUID, ended_on: date, note: str = "") -> Programme:
    """End with the last day of the participation (art. 13 ust. 5)."""
    return _end(programme_id, rules.End(rules.Ending.PERIOD_OVER, ended_on), note=note)


def end_otherwise(
    *, programme_id: UUID, ending: str, ended_on: date, reasons: str = "", reason: str = ""
) -> Programme:
    """The ends of a KIS, and what the act does not name; `reason` is that of the file."""
    chosen = rules.Ending(ending)
    if rules.needs_decision(chosen, unit_type()):
        raise InputError("Taki koniec wymaga decyzji kierownika. (art. 13 ust. 4a)", field="ending")
    if chosen not in rules.endings(unit_type()):
        raise InputError("Takiego zakończenia nie ma w tej jednostce.", field="ending")
    if chosen in {rules.Ending.STATEMENT, rules.Ending.WORK}:
        raise InputError(
            "Wróć i wybierz z listy „Oświadczenie uczestnika” albo „Podjęcie pracy”.", field="ending"
        )
    end = rules.End(chosen, ended_on, reasons=reasons.strip())
    return _end(programme_id, end, note=reasons, reason=reason)


def end_by_work(
    *,
    programme_id: UUID,
    work_kind: str,
    work_started_on: date,
    left_on: date,
    ended_on: date | None = None,
    destination: str = "",
) -> Programme:
    """End with work (art. 13 ust. 5): the person leaves, the programme may run on for up to six months.

    `left_on` is the last day in the unit, `ended_on` that of the programme, at most and by default six
    months after the first day of work, which may still be to come; between the two there is no benefit.
    """
    programme = locked_programme(programme_id)
    refuse_state(programme, OfProgramme.END)
    today = clock.today()
    latest = rules.latest_work(today)
    if work_started_on > latest:
        raise InputError(
            f"Wpisz pracę, która zacznie się najpóźniej {format_table_date(latest)}.", field="work_started_on"
        )
    if left_on > today:
        raise InputError(
            "Zajęcia jeszcze trwają. Zapisz pracę w ostatnim dniu zajęć albo później.", field="left_on"
        )
    if left_on > work_started_on:
        day = format_table_date(work_started_on)
        raise InputError(
            f"Pierwszy dzień pracy to {day}. Ostatni dzień zajęć jest najpóźniej wtedy.", field="left_on"
        )
    ended_on = ended_on or tail_after_work(work_started_on).until
    kind = rules.WorkKind(work_kind)
    end = rules.End(rules.Ending.WORK, ended_on, work_kind=kind, work_started_on=work_started_on)
    _refuse(programme, end)
    programme.work_since, programme.until = work_started_on, ended_on
    stored(programme)
    reason = rules.participation_reason(rules.Ending.WORK, kind) or EndReason.JOB
    _end_file(programme, left_on, reason, destination=destination)
    if ended_on <= today:
        _close(programme, ended_on, ProgrammeEnd.WORK)
    return programme


def finish_after_work(*, programme_id: UUID, ended_on: date) -> Programme:
    """End a programme that ran on beside work."""
    programme = locked_programme(programme_id)
    refuse_state(programme, OfProgramme.END)
    if programme.work_since is None:
        raise InputError("Ta osoba nie podjęła pracy. Wybierz inne zakończenie.")
    not_in_future(ended_on, field="ended_on")
    problem = tail_after_work(programme.work_since).problem(ended_on)
    if problem is not None:
        raise InputError(problem, field="ended_on")
    _close(programme, ended_on, ProgrammeEnd.WORK)
    return programme


def close_by_decision(programme: Programme, decision: Decision) -> None:
    """End a locked programme by a decision that was delivered (art. 13 ust. 4a).

    Where it names a last day that is still to come, the programme runs until then, and the nightly look
    (`close_decided`) ends it.
    """
    refuse_state(programme, OfProgramme.END)
    _refuse(programme, end_of(decision))
    if decision.ends_on <= clock.today():
        _end_decided(programme, decision)


def close_decided(*, today: date) -> tuple[int, int]:
    """End the programmes of this unit whose decision named a day that has passed: how many, and how many not.

    One that cannot be ended so, as its periods were corrected meanwhile, waits for somebody on the desk.
    """
    ended = left = 0
    rows = Decision.objects.filter(
        state__in=BINDING, ends_on__lt=today, programme__state=ProgrammeState.RUNNING
    )
    # The files are locked one after the other, as everywhere by their keys.
    for decision in rows.order_by("programme__participation_id", "pk"):
        programme = locked_programme(decision.programme_id)
        if programme.state != ProgrammeState.RUNNING:
            continue
        try:
            with transaction.atomic():
                _end_decided(programme, decision)
        except InputError:
            left += 1
        else:
            ended += 1
    return ended, left


def _end_decided(programme: Programme, decision: Decision) -> None:
    _close(programme, decision.ends_on, ProgrammeEnd(decision.kind))
    why = rules.participation_reason(rules.Ending(decision.kind)) or EndReason.OTHER
    _end_file(programme, decision.ends_on, why)


def end_of(decision: Decision) -> rules.End:
    """A decision as the rules of endings read it; the instruction is on every paper of one."""
    return rules.End(
        rules.Ending(decision.kind),
        decision.ends_on,
        number=decision.number,
        decided_on=decision.decided_on,
        reasons=decision.reasons,
        instructed=True,
        delivered_on=decision.delivered_on,
    )


def resume(programme: Programme, *, reason: str, reopen: bool) -> None:
    """Take back an end: the programme runs on, and its file with it."""
    version = version_in_force(programme)
    until = version.until if version is not None else programme.until
    passed(
        programme,
        OfProgramme.RESUME,
        ended_on=None,
        end_kind="",
        end_note="",
        work_since=None,
        until=until,
    )
    if version is not None:
        _plan_again(programme, version)
    file = locked(programme.participation_id)
    if reopen and file.ended_on is not None:
        files.reopen(participation_id=file.pk, reason=reason)


def _plan_again(programme: Programme, version: ProgrammeVersion) -> None:
    """The evaluations that the end took away; those whose day has passed meanwhile are not caught up on."""
    days = content_of(version, programme.kind).evaluations
    plan_evaluations(programme, tuple(day for day in days if day >= clock.today()))


def file_ended(file: Participation) -> None:
    """What the end of a file, or its correction, means for its programme."""
    programme = _newest(file)
    if programme is None or file.ended_on is None:
        return
    if programme.state == ProgrammeState.PREPARED:
        passed(programme, OfProgramme.DROP)
        _drop_prepared(programme)
    elif programme.state == ProgrammeState.RUNNING and programme.work_since is None:
        kind = OF_REASON.get(EndReason(file.end_reason), ProgrammeEnd.OTHER)
        if rules.needs_decision(rules.Ending(kind), unit_type()) and binding_decision(programme) is None:
            raise InputError(
                "Taki koniec wymaga decyzji kierownika. Przygotuj ją w karcie „Program”. (art. 13 ust. 4a)",
                field="end_reason",
            )
        begun = programme.since is not None and programme.since <= file.ended_on
        if kind is ProgrammeEnd.WORK and begun and unit_type() is UnitType.CIS:
            raise InputError(
                "Zapisz to w karcie „Program” jako „Podjęcie pracy lub działalności”."
                " Program może potem trwać jeszcze do 6 miesięcy. (art. 13 ust. 5)",
                field="end_reason",
            )
        last = file.ended_on if programme.since is None else max(file.ended_on, programme.since)
        work = last if kind is ProgrammeEnd.WORK else None
        _close(programme, last, kind, work_since=work)
    elif programme.state == ProgrammeState.ENDED and programme.end_kind != ProgrammeEnd.WORK:
        _follow(programme, file.ended_on)


def file_reopened(file: Participation) -> None:
    """A file that was ended by mistake goes on with its programme; a decision that holds keeps both."""
    programme = _newest(file)
    if programme is None:
        return
    running_after_work = programme.state == ProgrammeState.RUNNING and programme.work_since is not None
    if running_after_work:
        version = version_in_force(programme)
        programme.work_since = None
        programme.until = version.until if version is not None else programme.until
        stored(programme)
    elif programme.state == ProgrammeState.ENDED:
        decision = binding_decision(programme)
        if decision is not None and decision.kind == programme.end_kind:
            raise InputError("Program zakończyła decyzja. Sprawę otwiera dopiero jej uchylenie przez sąd.")
        resume(programme, reason="", reopen=False)


def _newest(file: Participation) -> Programme | None:
    rows = Programme.objects.select_for_update(of=("self",)).filter(participation=file)
    found: Programme | None = rows.exclude(state=ProgrammeState.DROPPED).order_by("-made_at", "-pk").first()
    return found


def _end(programme_id: UUID, end: rules.End, *, note: str, reason: str = "") -> Programme:
    programme = locked_programme(programme_id)
    refuse_state(programme, OfProgramme.END)
    not_in_future(end.ended_on, field="ended_on")
    if programme.work_since is not None:
        raise InputError("Ta osoba podjęła pracę. Program kończy się po niej. (art. 13 ust. 5)")
    _refuse(programme, end)
    _close(programme, end.ended_on, ProgrammeEnd(end.ending), note=note.strip())
    why = rules.participation_reason(end.ending) or reason or EndReason.OTHER
    if end.ending is rules.Ending.PERIOD_OVER and _only_trial(programme):
        # Whose trial passed without the manager's decision was not qualified (art. 15 ust. 2).
        why = EndReason.TRIAL_FAILED
    _end_file(programme, end.ended_on, why)
    return programme


def _only_trial(programme: Programme) -> bool:
    kinds = {period.kind for period in planned_periods(locked(programme.participation_id))}
    return kinds == {PeriodKind.TRIAL}


def _refuse(programme: Programme, end: rules.End) -> None:
    file = locked(programme.participation_id)
    since = programme.since
    if since is None:
        raise InputError(f"{paper(unit_type())} jeszcze się nie zaczął.")
    problems = rules.end_problems(
        end, unit_type=unit_type(), since=since, period_until=last_planned(planned_periods(file))
    )
    if problems:
        sentence = " ".join(problem.sentence for problem in problems)
        raise InputError(sentence, field=problems[0].field)


def _close(
    programme: Programme,
    ended_on: date,
    kind: ProgrammeEnd,
    *,
    note: str = "",
    work_since: date | None = None,
) -> None:
    """Make the step; the days after the end are free again for another programme."""
    passed(
        programme,
        OfProgramme.END,
        ended_on=ended_on,
        end_kind=kind,
        end_note=note,
        until=ended_on,
        work_since=work_since or programme.work_since,
    )
    _drop_prepared(programme)
    drop_waiting(programme)
    Evaluation.objects.filter(programme=programme, held_on__isnull=True, due_on__gt=ended_on).delete()


def _drop_prepared(programme: Programme) -> None:
    for version in ProgrammeVersion.objects.filter(programme=programme, state__in=PREPARED):
        passed(version, OfVersion.DISCARD)


def _follow(programme: Programme, ended_on: date) -> None:
    if programme.since is None or ended_on < programme.since or programme.ended_on == ended_on:
        return
    programme.ended_on = programme.until = ended_on
    stored(programme)


def _end_file(programme: Programme, ended_on: date, reason: str, *, destination: str = "") -> None:
    """End the file too, unless somebody did before."""
    file = locked(programme.participation_id)
    if file.ended_on is None:
        files.end_participation(
            participation_id=file.pk, ended_on=ended_on, reason=reason, destination=destination
        )
