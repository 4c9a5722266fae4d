"""The status of a CIS: the application point by point, and what the office decides (art. 4, 5, 5a)."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from participants.services.participations.common import actor, not_in_future, stored
from reintegration.core import clock
from reintegration.core.errors import InputError
from reintegration.tenancy.enums import UnitType
from reintegration.tenancy.models import Unit
from reintegration.tenancy.scope import current_scope
from reporting import procedure_papers as papers
from reporting.enums import ApplicationKind, ProcedureState
from reporting.models import ApplicationAnswer, EntryVersion, RegisterEntry, StatusApplication, StatusDecision
from reporting.queries import procedures as queries
from reporting.rules import procedures as rules
from reporting.services import proceedings, registers
from reporting.services.notices import plain
from reporting.transitions import OfProcedure


def start(*, local: bool, powiat: bool) -> StatusApplication:
    """Begin an application; a centre that has the status asks for five years more of it, and one
    whose status ran out for a new one.

    What the program knows of the unit, and what was answered last time, is filled in.
    """
    unit = Unit.objects.get(pk=current_scope().organisation_id)
    if unit.unit_type != UnitType.CIS:
        raise InputError("O status występuje CIS. Klub zgłasza się do rejestru.")
    if powiat and not local:
        raise InputError("Powiat jest jednostką samorządu terytorialnego.", field="powiat")
    entry = queries.prolongable_of(unit.pk, clock.today())
    kind = ApplicationKind.GRANT if entry is None else ApplicationKind.PROLONG
    proceedings.refuse_second(StatusApplication.objects.filter(kind=kind))
    earlier = StatusApplication.objects.filter(state=ProcedureState.DONE).order_by("-made_at", "-pk").first()
    made: StatusApplication = stored(
        StatusApplication(
            kind=kind,
            local=local,
            powiat=powiat,
            entry=entry.pk if entry is not None else None,
            made_at=clock.now(),
            made_by_id=actor(),
        )
    )
    data = queries.data_of_unit(unit.pk)
    before = queries.answers_of(earlier) if earlier is not None else {}
    for point in rules.POINTS:
        if point.way is rules.Way.DATA:
            content = {name: plain(data[name]) for name in point.fields if data.get(name)}
        else:
            content = (before[point.code].content or {}) if point.code in before else {}
        # What leaves the point half answered somebody looks at first.
        if content and not rules.lacks(point, content):
            _answer(made, point.code, content)
    return made


def answer(*, application_id: UUID, point: str, content: Mapping[str, Any]) -> ApplicationAnswer:
    """Answer one point; what was sent stays as it was, and a completion is written beside it."""
    application = proceedings.locked(StatusApplication, application_id)
    proceedings.refuse_closed(application)
    kept = {name: plain(value) for name, value in content.items() if value is not None}
    return _answer(application, point, kept)


def send(*, application_id: UUID) -> StatusApplication:
    """Give the application to the office once every point is answered; a completion goes as it is."""
    application = proceedings.locked(StatusApplication, application_id)
    missing = queries.missing_of(application)
    if missing:
        codes = ", ".join(point.code for point in missing)
        raise InputError(f"Brakuje jeszcze punktów: {codes}.")
    proceedings.send(application)
    return application


def call(*, application_id: UUID, words: str, days: int) -> None:
    """Call for a completion, with a letter that says what happens without it."""
    application = proceedings.locked(StatusApplication, application_id)
    step = proceedings.call(application, words=words, days=days)
    proceedings.attach_paper(application, papers.call(application, step))


def grant(
    *, application_id: UUID, number: str, decision: str, decided_on: date, since: date
) -> RegisterEntry:
    """Give the status for five years: with it the centre stands in the register (art. 5 ust. 2 and 5)."""
    application = _of_kind(application_id, ApplicationKind.GRANT)
    entry = registers.enter(
        unit_type=UnitType.CIS, number=number, decision=decision, decided_on=decided_on, since=since,
        **queries.register_data(queries.answers_of(application)),
    )  # fmt: skip
    registers.link(entry_id=entry.pk, unit_id=application.unit_id)
    application.entry = entry.pk
    made = StatusDecision.objects.get(entry=entry)
    _decided(application, made, decision=decision, decided_on=decided_on)
    return entry


def prolong(*, application_id: UUID, decision: str, decided_on: date, reports_seen: bool) -> RegisterEntry:
    """Give the status for five years more, with the reports of the last three years in mind (art. 5a)."""
    if not reports_seen:
        raise InputError(
            "Przedłużenie bierze pod uwagę sprawozdania z 3 ostatnich lat. Potwierdź to. (art. 5a)",
            field="reports_seen",
        )
    application = _of_kind(application_id, ApplicationKind.PROLONG)
    found: RegisterEntry | None = RegisterEntry.objects.filter(joined=application.unit_id).first()
    if found is None:
        raise InputError("Najpierw w rejestrze połącz wpis Centrum z tą jednostką.")
    made = registers.prolong(entry_id=found.pk, number=decision, decided_on=decided_on)
    _bring_up_to_date(found, decided_on, queries.register_data(queries.answers_of(application)))
    application.entry = found.pk
    _decided(application, made, decision=decision, decided_on=decided_on)
    return found


def refuse(*, application_id: UUID, decision: str, decided_on: date, words: str) -> None:
    """Refuse by a decision with its reasons; the applicant may appeal to the minister (art. 6a)."""
    not_in_future(decided_on, field="decided_on")
    application = proceedings.locked(StatusApplication, application_id)
    proceedings.finish(application, OfProcedure.REFUSE, on=decided_on, words=words)
    paper = papers.decision(application, None, decision=decision, decided_on=decided_on, words=words)
    proceedings.attach_paper(application, paper)


def _decided(
    application: StatusApplication, made: StatusDecision, *, decision: str, decided_on: date
) -> None:
    proceedings.finish(application, OfProcedure.FINISH, on=decided_on)
    proceedings.attach_paper(
        application, papers.decision(application, made, decision=decision, decided_on=decided_on)
    )


def _of_kind(application_id: UUID, kind: ApplicationKind) -> StatusApplication:
    application = proceedings.locked(StatusApplication, application_id)
    if application.kind != kind:
        raise InputError(f"To jest {application.get_kind_display()}.")
    return application


def _answer(application: StatusApplication, point: str, content: dict[str, Any]) -> ApplicationAnswer:
    rows = ApplicationAnswer.objects.filter(application=application, point=point, sender=None)
    row = rows.first() or ApplicationAnswer(application=application, point=point)
    row.content, row.made_at = content, clock.now()
    made: ApplicationAnswer = stored(row)
    return made


def _bring_up_to_date(entry: RegisterEntry, since: date, data: dict[str, Any]) -> None:
    """Write the data of the application where the register says something else."""
    last = EntryVersion.objects.filter(entry=entry).order_by("since").last()
    if last is None:
        return
    merged = {name: getattr(last, name) for name in registers.DATA} | data
    if any(merged[name] != getattr(last, name) for name in registers.DATA):
        registers.change(entry_id=entry.pk, since=max(since, last.since), **merged)
