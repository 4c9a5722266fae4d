"""A decision of the office that is taken further: when, how, and what came of it (art. 6a; art. 127 KPA).

An end of a status that is reversed never came. A refusal that is reversed brings its application back to the
office, which decides again.
"""

from datetime import date
from uuid import UUID

from participants.services.participations.common import not_in_future, stored
from reintegration.core.errors import InputError
from reintegration.core.formats import format_table_date
from reintegration.core.text import clean
from reporting.enums import AppealState
from reporting.models import StatusAppeal, StatusApplication
from reporting.queries import registers as queries
from reporting.rules import procedures as rules
from reporting.services import proceedings, registers
from reporting.transitions import APPEALS, APPLICATIONS, ENTRIES, OfAppeal, OfEntry, OfProcedure


def lodge(*, entry_id: UUID, kind: str, lodged_on: date) -> StatusAppeal:
    """Write down that the loss of a status or a deletion was taken further."""
    entry = registers.locked(entry_id)
    ENTRIES.refuse_state(entry, OfEntry.RESTORE)
    decision = queries.end_of(entry)
    assert decision is not None
    return _lodged(StatusAppeal(decision=decision, kind=kind), decision.decided_on, lodged_on)


def lodge_refusal(*, application_id: UUID, kind: str, lodged_on: date) -> StatusAppeal:
    """Write down that a refusal was taken further; the unit sees it beside its application."""
    application = proceedings.locked(StatusApplication, application_id)
    APPLICATIONS.move(application, OfProcedure.APPEAL)
    made = _lodged(StatusAppeal(application=application.pk, kind=kind), application.decided_on, lodged_on)
    said = f"{made.get_kind_display()}, złożone {format_table_date(lodged_on)}."
    proceedings.note(application, OfProcedure.APPEAL, f"{said[:1].upper()}{said[1:]}")
    return made


def decide(*, appeal_id: UUID, outcome: str, number: str, decided_on: date) -> StatusAppeal:
    """Write down what came of it; what was reversed stands as it stood before."""
    found: StatusAppeal = StatusAppeal.objects.get(pk=appeal_id)
    # Who decides about the entry or the application holds it first, here as everywhere.
    decision, application = found.decision, None
    if decision is not None:
        registers.locked(decision.entry_id)
    else:
        application = proceedings.locked(StatusApplication, _key(found.application))
    appeal: StatusAppeal = StatusAppeal.objects.select_for_update(of=("self",)).get(pk=appeal_id)
    APPEALS.move(appeal, OfAppeal(outcome))
    not_in_future(decided_on, field="decided_on")
    if decided_on < appeal.lodged_on:
        raise InputError(
            f"Złożono je {format_table_date(appeal.lodged_on)}. Wpisz ten dzień albo późniejszy.",
            field="decided_on",
        )
    appeal.number, appeal.decided_on = clean(number), decided_on
    kept: StatusAppeal = stored(appeal)
    if application is not None:
        _back_to_office(application, kept, decided_on)
    elif decision is not None and kept.state == AppealState.REVERSED:
        registers.reverse(decision=decision, number=number, decided_on=decided_on)
    return kept


def _lodged(appeal: StatusAppeal, decided_on: date | None, lodged_on: date) -> StatusAppeal:
    not_in_future(lodged_on, field="lodged_on")
    if decided_on is not None and lodged_on < decided_on:
        raise InputError(
            f"Decyzja jest z {format_table_date(decided_on)}. Wpisz ten dzień albo późniejszy.",
            field="lodged_on",
        )
    appeal.lodged_on = lodged_on
    made: StatusAppeal = stored(appeal)
    return made


def _back_to_office(application: StatusApplication, appeal: StatusAppeal, decided_on: date) -> None:
    """What was reversed the office decides anew, in the usual term from that day."""
    reverses = appeal.state == AppealState.REVERSED
    step = OfProcedure.REOPEN if reverses else OfProcedure.UPHOLD
    APPLICATIONS.move(application, step)
    if reverses:
        application.decided_on, application.due_on = None, rules.decision_due(decided_on)
        application.due_from, application.waited = decided_on, 0
        stored(application)
    number = f" {appeal.number}" if appeal.number else ""
    said = f"{appeal.get_state_display()}:{number} z {format_table_date(decided_on)}."
    proceedings.note(application, step, f"{said[:1].upper()}{said[1:]}")


def _key(value: UUID | None) -> UUID:
    assert value is not None
    return value
