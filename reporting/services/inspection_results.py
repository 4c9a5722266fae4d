"""What came of an inspection: its protocol, the objections, the recommendations and whether they were done.

The office acts in its own scope and the unit in its own, each on a row that was locked first. Of a unit
outside the program the office writes down what came on paper.
"""

from datetime import date
from typing import Any, Final
from uuid import UUID

from participants.services.participations.common import not_in_future, stored
from reintegration.core import clock
from reintegration.core.errors import InputError
from reintegration.core.formats import format_table_date
from reintegration.core.text import clean
from reintegration.documents.uploads import CheckedFile
from reporting import inspection_papers as papers
from reporting.enums import InspectionState, RecommendationState
from reporting.models import Inspection, Recommendation
from reporting.queries import inspection_results as results
from reporting.queries import inspections as queries
from reporting.rules import inspection_results as rules
from reporting.rules import inspections as terms
from reporting.services import inspections, sides
from reporting.transitions import INSPECTIONS, RECOMMENDATIONS, OfInspection, OfRecommendation

OBJECTIONS_FILE: Final = "reporting.inspection_objections"
ANSWER_FILE: Final = "reporting.recommendation_answer"
# Recommendations are written while the protocol is with the unit, and given together.
DRAFTED: Final = (InspectionState.PROTOCOL, InspectionState.OBJECTIONS)


def hand(*, inspection_id: UUID, findings: str, objection_days: int) -> Inspection:
    """Hand the protocol over with its evidence; whoever inspects looks into no file from here on."""
    row = inspections.inspected(inspection_id)
    INSPECTIONS.refuse_state(row, OfInspection.HAND)
    if queries.may_look(row, clock.today()) and row.addressee_id is not None:
        row = inspections.end_access(inspection_id=inspection_id)
    row.findings, row.objection_days = clean(findings, lines=True), objection_days
    row.handed_on = clock.today()
    pack = papers.pack(row)
    row.pack, row.pack_digest = pack.file_id, pack.sha256
    protocol = papers.protocol(row)
    row.protocol = protocol.file_id
    sides.share(row, pack, protocol)
    INSPECTIONS.move(row, OfInspection.HAND)
    return _stored(row, "handed")


def receive(*, inspection_id: UUID, received_on: date) -> Inspection:
    """From the day on which the protocol came the term for objections runs."""
    row = inspections.locked(inspection_id)
    INSPECTIONS.refuse_state(row, OfInspection.RECEIVE)
    if row.objected_on is not None:
        raise InputError("Jednostka zgłosiła już zastrzeżenia, więc dzień odbioru zostaje.")
    if row.received_by_unit or (row.received_on is not None and sides.by_unit(row)):
        raise InputError("Odbiór jest już potwierdzony.")
    if row.addressee_id is not None and not sides.by_unit(row) and received_on != clock.today():
        raise InputError(
            "Jednostka pracuje w programie i ma mieć cały termin na zastrzeżenia. Wpisz dzień dzisiejszy.",
            field="received_on",
        )
    _receive(row, received_on, field="received_on")
    # A day that is put right is told too.
    return _stored(row, "received", f":{received_on.isoformat()}")


def object_to(*, inspection_id: UUID, words: str, objected_on: date, file: CheckedFile | None) -> Inspection:
    """The unit objects to the protocol, once and in its term."""
    row = inspections.locked(inspection_id)
    INSPECTIONS.refuse_state(row, OfInspection.OBJECT)
    _refuse_other_side(row, "zgłasza zastrzeżenia")
    if row.objected_on is not None:
        raise InputError("Zastrzeżenia do tego protokołu już są.")
    not_in_future(objected_on, field="objected_on")
    if not rules.in_time(objected_on, row.objections_due):
        raise InputError(
            f"Termin zastrzeżeń minął {format_table_date(_day(row.objections_due))}.", field="objected_on"
        )
    if row.received_on is None:
        # Whoever objects has the protocol.
        _receive(row, objected_on, field="objected_on")
    elif objected_on < row.received_on:
        raise InputError("Zastrzeżenia nie mogą być wcześniejsze niż odbiór protokołu.", field="objected_on")
    INSPECTIONS.move(row, OfInspection.OBJECT)
    row.objections, row.objected_on = clean(words, lines=True), objected_on
    row.objections_file = sides.keep(row, file, kind=OBJECTIONS_FILE)
    return _stored(row, "objected")


def decide(*, inspection_id: UUID, result: str, words: str) -> Inspection:
    """The office takes its stand on the objections."""
    row = inspections.locked(inspection_id)
    INSPECTIONS.move(row, OfInspection.DECIDE)
    row.objections_result, row.objections_reply = result, clean(words, lines=True)
    row.replied_on = clock.today()
    return _stored(row, "decided")


# Recommendations


def recommend(*, inspection_id: UUID, words: str, due_on: date) -> Recommendation:
    """Write a recommendation; the unit does not read it until all are given."""
    row = _drafting(inspection_id)
    there = results.recommendations_of(row)
    if len(there) >= rules.MOST_RECOMMENDATIONS:
        raise InputError(f"Kontrola ma najwyżej {rules.MOST_RECOMMENDATIONS} zaleceń.")
    position = max((one.position for one in there), default=0) + 1
    made = Recommendation(inspection=row, position=position, made_at=clock.now())
    return _said(made, words, due_on)


def reword(*, recommendation_id: UUID, words: str, due_on: date) -> Recommendation:
    return _said(_draft(recommendation_id), words, due_on)


def drop(*, recommendation_id: UUID) -> None:
    _draft(recommendation_id).delete()


def settle(*, inspection_id: UUID) -> Inspection:
    """Give the recommendations to the unit, or say that there are none."""
    row = inspections.locked(inspection_id)
    INSPECTIONS.refuse_state(row, OfInspection.SETTLE)
    today = clock.today()
    _refuse_waiting(row, today)
    given = results.recommendations_of(row)
    for number, one in enumerate(given, 1):
        if one.due_on < rules.earliest_term(today):
            raise InputError(
                f"Zalecenie {number} ma termin {format_table_date(one.due_on)}."
                f" Daj jednostce co najmniej {rules.LEAST_DAYS} dni."
            )
        one.given_on, one.addressee_id = today, row.addressee_id
        stored(one)
    row.settled_on = today
    paper = papers.recommendations(row)
    row.settled_paper = paper.file_id
    sides.share(row, paper)
    INSPECTIONS.move(row, OfInspection.SETTLE)
    return _stored(row, "settled")


def answer(
    *, recommendation_id: UUID, words: str, answered_on: date, file: CheckedFile | None
) -> Recommendation:
    """Say what was done about a recommendation."""
    one, row = _given(recommendation_id)
    _refuse_other_side(row, "odpowiada")
    RECOMMENDATIONS.move(one, OfRecommendation.ANSWER)
    not_in_future(answered_on, field="answered_on")
    if answered_on < _day(one.given_on):
        raise InputError("Odpowiedź nie może być wcześniejsza niż zalecenie.", field="answered_on")
    one.answer, one.answered_on = clean(words, lines=True), answered_on
    one.answer_file = sides.keep(row, file, kind=ANSWER_FILE)
    made: Recommendation = stored(one)
    sides.tell_other(inspections.WHAT, row, "answered", f":{one.pk}:{one.due_on}")
    return made


def follow(
    *, recommendation_id: UUID, step: OfRecommendation, words: str, due_on: date | None
) -> Recommendation:
    """The office checked: done, not done, or until another day."""
    one, row = _given(recommendation_id)
    RECOMMENDATIONS.refuse_state(one, step)
    today = clock.today()
    answered = one.state == RecommendationState.ANSWERED
    if step is OfRecommendation.NOT_DONE and not rules.may_fail(today, due=one.due_on, answered=answered):
        raise InputError(f"Jednostka ma czas do {format_table_date(one.due_on)}. Zrób to po tym dniu.")
    if step is OfRecommendation.AGAIN:
        if due_on is None or due_on <= today:
            raise InputError("Wpisz dzień, który dopiero nadejdzie.", field="due_on")
        one.due_on = due_on
    if step is not OfRecommendation.DONE and not words.strip():
        raise InputError("Napisz, dlaczego. Przeczyta to jednostka.", field="words")
    RECOMMENDATIONS.move(one, step)
    one.reply, one.checked_on = clean(words, lines=True), today
    made: Recommendation = stored(one)
    sides.tell_other(inspections.WHAT, row, "checked", f":{one.pk}:{step}:{one.due_on}")
    return made


def close(*, inspection_id: UUID) -> Inspection:
    row = inspections.locked(inspection_id)
    INSPECTIONS.refuse_state(row, OfInspection.CLOSE)
    if not rules.all_checked(results.is_checked(one) for one in results.recommendations_of(row)):
        raise InputError("Sprawdź najpierw każde zalecenie.")
    INSPECTIONS.move(row, OfInspection.CLOSE)
    row.closed_on = clock.today()
    return _stored(row, "closed")


# What these share


def _refuse_waiting(row: Inspection, today: date) -> None:
    waits = results.settling_waits(row, today)
    if waits is rules.Waits.RECEIPT:
        raise InputError("Nie wiadomo, kiedy protokół doszedł, więc termin zastrzeżeń nie biegnie.")
    if waits is rules.Waits.TERM:
        day = format_table_date(_day(row.objections_due))
        raise InputError(f"Jednostka może zgłosić zastrzeżenia do {day}. Zrób to po tym dniu.")
    if waits is rules.Waits.STAND:
        raise InputError("Rozpatrz najpierw zastrzeżenia jednostki.")


def _refuse_other_side(row: Inspection, what: str) -> None:
    if row.addressee_id is not None and not sides.by_unit(row):
        raise InputError(f"Ta jednostka pracuje w programie i {what} w nim sama.")


def _receive(row: Inspection, day: date, *, field: str) -> None:
    not_in_future(day, field=field)
    handed = _day(row.handed_on)
    if day < handed:
        raise InputError(
            f"Protokół przekazano {format_table_date(handed)}. Wpisz ten dzień albo późniejszy.", field=field
        )
    row.received_on, row.received_by_unit = day, sides.by_unit(row)
    row.objections_due = terms.objections_due(day, row.objection_days)


def _drafting(inspection_id: UUID) -> Inspection:
    row = inspections.locked(inspection_id)
    if row.state not in DRAFTED:
        raise InputError("Zalecenia pisze się po przekazaniu protokołu, a przed ich wydaniem.")
    return row


def _draft(recommendation_id: UUID) -> Recommendation:
    one = _locked(recommendation_id)
    _drafting(one.inspection_id)
    return one


def _given(recommendation_id: UUID) -> tuple[Recommendation, Inspection]:
    one = _locked(recommendation_id)
    # Of a unit the inspection is only read: the row that it may write is its answer.
    row = Inspection.objects.get(pk=one.inspection_id)
    if row.state != InspectionState.SETTLED or one.given_on is None:
        raise InputError("Tego zalecenia jeszcze nie wydano albo kontrola jest już zakończona.")
    return one, row


def _locked(recommendation_id: UUID) -> Recommendation:
    found: Recommendation = Recommendation.objects.select_for_update(of=("self",)).get(pk=recommendation_id)
    return found


def _said(one: Recommendation, words: str, due_on: date) -> Recommendation:
    if due_on < rules.earliest_term(clock.today()):
        raise InputError(f"Daj jednostce co najmniej {rules.LEAST_DAYS} dni od wydania.", field="due_on")
    one.words, one.due_on = clean(words, lines=True), due_on
    made: Recommendation = stored(one)
    return made


def _stored(row: Inspection, step: str, day: str = "") -> Inspection:
    """The unit does not see the entry, so it is not asked whether there is one."""
    row.save()
    sides.tell_other(inspections.WHAT, row, step, day)
    return row


def _day(value: Any) -> date:
    assert isinstance(value, date)
    return value
