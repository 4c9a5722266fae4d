"""The manager's decision that ends a programme of a CIS, and the complaint about it (art. 13 ust. 4a, 4b)."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from ipzs.enums import DecisionState, Delivery, ProgrammeEnd, ProgrammeState
from ipzs.models import Decision, Programme
from ipzs.programme_paper import decision_context
from ipzs.programmes_papers import DECISION, DECISION_SERIES
from ipzs.rules import endings as rules
from ipzs.services.programmes.common import locked_programme
from ipzs.services.programmes.ends import close_by_decision, end_of, resume
from ipzs.transitions.programmes import OfDecision, OfProgramme, passed, refuse_state
from participants.papers import PROGRAMME_FILE
from participants.rules.codes import UnitType
from participants.services.participations.common import actor, not_in_future, stored, unit_type
from reintegration.core import clock
from reintegration.core.errors import InputError
from reintegration.core.formats import format_table_date
from reintegration.documents.enums import DocumentState
from reintegration.documents.files import store_file
from reintegration.documents.models import Document
from reintegration.documents.numbers import next_number
from reintegration.documents.services import issue_document, withdraw_document
from reintegration.documents.uploads import CheckedFile


def draft_decision(
    *,
    programme_id: UUID,
    kind: str,
    ends_on: date,
    reasons: str = "",
    change_considered: str = "",
    number: str = "",
) -> Decision:
    """Begin a decision; its number is the unit's own or the next of the register."""
    programme = locked_programme(programme_id)
    if unit_type() is UnitType.KIS:
        raise InputError("W KIS nie ma decyzji: udział jest dobrowolny. (art. 18 ust. 3)")
    refuse_state(programme, OfProgramme.END)
    rules_kind = rules.Ending(kind)
    if rules_kind not in rules.DECIDED:
        raise InputError("Decyzja zapada przy naruszaniu programu albo opuszczeniu zajęć.", field="kind")
    row = Decision(
        programme=programme,
        person_id=programme.person_id,
        number=number.strip() or next_number(DECISION_SERIES, on=clock.today()),
        made_by_id=actor(),
        made_at=clock.now(),
    )
    return _written(row, kind, ends_on, reasons, change_considered)


def edit_decision(
    *, decision_id: UUID, kind: str, ends_on: date, reasons: str, change_considered: str, number: str = ""
) -> Decision:
    _, row = _locked(decision_id)
    if row.state != DecisionState.DRAFT:
        raise InputError(f"Tej decyzji już się nie zmienia. Jej stan to „{row.get_state_display()}”.")
    row.number = number.strip() or row.number
    return _written(row, kind, ends_on, reasons, change_considered)


def issue_decision(*, decision_id: UUID, decided_on: date) -> Decision:
    """Issue a decision: the paper is made once, with the instruction about the complaint."""
    programme, row = _locked(decision_id)
    refuse_state(row, OfDecision.ISSUE)
    not_in_future(decided_on, field="decided_on")
    problems = rules.issue_problems(replace(end_of(row), decided_on=decided_on))
    if problems:
        sentence = " ".join(one.sentence for one in problems)
        raise InputError(sentence, field=problems[0].field)
    if not row.change_considered.strip():
        raise InputError("Napisz w decyzji, dlaczego nie wystarczy zmiana programu.")
    if programme.state != ProgrammeState.RUNNING:
        raise InputError("Ten program nie jest już realizowany.")
    if programme.since is not None and row.ends_on < programme.since:
        raise InputError(f"Program zaczął się {format_table_date(programme.since)}. Popraw ostatni dzień.")
    passed(row, OfDecision.ISSUE, decided_on=decided_on)
    issue_document(
        kind=DECISION.key,
        title=f"Decyzja nr {row.number}",
        context=decision_context(programme, row),
        subject=programme.person_id,
        key=decision_key(row),
    )
    return row


def deliver_decision(
    *, decision_id: UUID, delivered_on: date, how: str, proof: CheckedFile | None = None
) -> Decision:
    """Write down the delivery; from it the decision binds and the complaint may be made."""
    programme, row = _locked(decision_id)
    refuse_state(row, OfDecision.DELIVER)
    not_in_future(delivered_on, field="delivered_on")
    if row.decided_on is not None:
        substitute = how == Delivery.SUBSTITUTE
        problem = rules.delivery_problem(row.decided_on, delivered_on, substitute=substitute)
        if problem is not None:
            raise InputError(problem, field="delivered_on")
    values: dict[str, object] = {"delivered_on": delivered_on, "delivered_how": Delivery(how)}
    if proof is not None:
        values["scan"] = store_file(proof, kind=PROGRAMME_FILE, subject=programme.person_id).pk
    passed(row, OfDecision.DELIVER, **values)
    close_by_decision(programme, row)
    return row


def complain(*, decision_id: UUID, complained_on: date) -> Decision:
    """Write down a complaint; whether it came in time the court says."""
    _, row = _locked(decision_id)
    refuse_state(row, OfDecision.COMPLAIN)
    not_in_future(complained_on, field="complained_on")
    if row.delivered_on is not None and complained_on < row.delivered_on:
        raise InputError("Skarga wpływa po doręczeniu decyzji.", field="complained_on")
    passed(row, OfDecision.COMPLAIN, complained_on=complained_on)
    return row


def judge(*, decision_id: UUID, upheld: bool, judged_on: date, judgment: str) -> Decision:
    """Write down the judgment; a decision set aside lets the programme and the file go on."""
    programme, row = _locked(decision_id)
    step = OfDecision.UPHOLD if upheld else OfDecision.SET_ASIDE
    refuse_state(row, step)
    not_in_future(judged_on, field="judged_on")
    if row.complained_on is not None and judged_on < row.complained_on:
        raise InputError("Wyrok zapada po wniesieniu skargi.", field="judged_on")
    if not judgment.strip():
        raise InputError("Wpisz sygnaturę.", field="judgment")
    passed(row, step, judged_on=judged_on, judgment=judgment.strip())
    if not upheld and programme.state == ProgrammeState.ENDED and programme.end_kind == row.kind:
        resume(programme, reason=f"Sąd uchylił decyzję {row.number}, {judgment.strip()}.", reopen=True)
    return row


def withdraw_decision(*, decision_id: UUID, reason: str) -> Decision:
    """Lay a decision aside before it binds; an issued paper is withdrawn and keeps its number."""
    _, row = _locked(decision_id)
    issued = row.state == DecisionState.ISSUED
    passed(row, OfDecision.WITHDRAW)
    if issued:
        paper = paper_of(row)
        if paper is not None and paper.state == DocumentState.ISSUED:
            withdraw_document(document=paper, reason=reason)
    return row


def paper_of(row: Decision) -> Document | None:
    found: Document | None = Document.objects.filter(kind=DECISION.key, key=decision_key(row)).first()
    return found


def decision_key(row: Decision) -> str:
    """By which key the paper of a decision is found again."""
    return f"decision:{row.pk}"


def _written(row: Decision, kind: str, ends_on: date, reasons: str, change_considered: str) -> Decision:
    if not reasons.strip():
        raise InputError("Napisz, dlaczego program się kończy.", field="reasons")
    row.kind, row.ends_on = ProgrammeEnd(kind), ends_on
    row.reasons, row.change_considered = reasons.strip(), change_considered.strip()
    return stored(row)


def _locked(decision_id: UUID) -> tuple[Programme, Decision]:
    programme_id = Decision.objects.values_list("programme_id", flat=True).get(pk=decision_id)
    programme = locked_programme(programme_id)
    row: Decision = Decision.objects.select_for_update(of=("self",)).get(pk=decision_id)
    return programme, row
