"""Supervision of centres by letters: explanations and remedies, each with its term (art. 5b)."""

from datetime import date
from typing import Any
from uuid import UUID

from participants.services.participations.common import actor, not_in_future, stored
from reintegration.core import clock
from reintegration.core.errors import InputError
from reintegration.core.formats import format_table_date
from reintegration.core.text import clean
from reintegration.documents.uploads import CheckedFile
from reintegration.tenancy.enums import UnitType
from reporting import procedure_papers as papers
from reporting.enums import LetterKind, LetterState
from reporting.models import RegisterEntry, SupervisionLetter
from reporting.rules import procedures as rules
from reporting.services import sides
from reporting.transitions import LETTERS, OfLetter

ANSWER_FILE = "reporting.letter_answer"
WHAT = "letter"


def write(*, entry_id: UUID, kind: str, number: str, days: int, words: str) -> SupervisionLetter:
    """Draft a letter; nobody but the office reads it until it is sent."""
    entry = RegisterEntry.objects.get(pk=entry_id)
    if entry.unit_type != UnitType.CIS:
        raise InputError("Nadzór z art. 5b dotyczy CIS.")
    letter = SupervisionLetter(entry=entry, made_by_id=actor(), made_on=clock.today())
    return _said(letter, kind=kind, number=number, days=days, words=words)


def change(*, letter_id: UUID, kind: str, number: str, days: int, words: str) -> SupervisionLetter:
    letter = locked(letter_id)
    if letter.state != LetterState.DRAFT:
        raise InputError("To pismo już wysłano. Napisz następne.")
    return _said(letter, kind=kind, number=number, days=days, words=words)


def send(*, letter_id: UUID) -> SupervisionLetter:
    """Send the letter: the unit of the entry reads it in the program, another one gets it on paper."""
    letter = locked(letter_id)
    LETTERS.move(letter, OfLetter.SEND)
    letter.sent_on = clock.today()
    letter.addressee_id = RegisterEntry.objects.values_list("joined", flat=True).get(pk=letter.entry_id)
    paper = papers.letter(letter)
    sides.share(letter, paper)
    letter.paper = paper.file_id
    sent: SupervisionLetter = stored(letter)
    sides.tell_other(WHAT, sent, "send")
    return sent


def receive(*, letter_id: UUID, received_on: date) -> SupervisionLetter:
    """From the day on which the letter came its term runs (art. 5b ust. 2)."""
    letter = locked(letter_id)
    if letter.state != LetterState.SENT or letter.sent_on is None:
        raise InputError(
            "Dzień otrzymania wpisuje się przy piśmie, które wysłano i na które nie ma odpowiedzi."
        )
    not_in_future(received_on, field="received_on")
    if received_on < letter.sent_on:
        raise InputError(
            f"Pismo wysłano {format_table_date(letter.sent_on)}. Wpisz ten dzień albo późniejszy.",
            field="received_on",
        )
    if letter.received_by_unit or (letter.received_on is not None and sides.by_unit(letter)):
        raise InputError("Odbiór jest już potwierdzony.")
    letter.received_on, letter.received_by_unit = received_on, sides.by_unit(letter)
    letter.due_on = rules.letter_due(received_on, letter.days)
    # A day that is put right is told too.
    return _stored(letter, "receive", f":{received_on.isoformat()}")


def answer(*, letter_id: UUID, words: str, answered_on: date, file: CheckedFile | None) -> SupervisionLetter:
    """The unit answers in the program; of a unit outside it the office writes down what came."""
    letter = locked(letter_id)
    if letter.addressee_id is not None and not sides.by_unit(letter):
        raise InputError("Ta jednostka pracuje w programie i odpowiada w nim sama.")
    LETTERS.move(letter, OfLetter.ANSWER)
    not_in_future(answered_on, field="answered_on")
    if letter.received_on is None:
        # Whoever answers has the letter.
        letter.received_on, letter.received_by_unit = answered_on, sides.by_unit(letter)
        letter.due_on = rules.letter_due(answered_on, letter.days)
    if answered_on < letter.received_on:
        raise InputError("Odpowiedź nie może być wcześniejsza niż odbiór pisma.", field="answered_on")
    letter.answer_file = sides.keep(letter, file, kind=ANSWER_FILE)
    letter.answer, letter.answered_on = clean(words, lines=True), answered_on
    return _stored(letter, "answer")


def close(*, letter_id: UUID, heeded: bool) -> SupervisionLetter:
    """Say whether the letter had its effect; without one it is a ground for the loss of status."""
    letter = locked(letter_id)
    if not heeded and letter.state == LetterState.SENT:
        if letter.due_on is None:
            raise InputError(
                "Nie wiadomo, kiedy pismo doszło, więc termin nie biegnie. Wpisz dzień otrzymania."
            )
        if letter.due_on >= clock.today():
            raise InputError(f"Termin mija {format_table_date(letter.due_on)}. Poczekaj do tego dnia.")
    LETTERS.move(letter, OfLetter.CLOSE)
    letter.closed_on, letter.heeded = clock.today(), heeded
    return _stored(letter, "close")


def locked(letter_id: UUID) -> SupervisionLetter:
    found: SupervisionLetter = SupervisionLetter.objects.select_for_update(of=("self",)).get(pk=letter_id)
    return found


def _said(letter: SupervisionLetter, **said: Any) -> SupervisionLetter:
    least = rules.least_days(said["kind"] == LetterKind.REMEDY)
    if said["days"] < least:
        raise InputError(f"Na tę odpowiedź jest co najmniej {least} dni. (art. 5b ust. 2)", field="days")
    letter.kind, letter.number, letter.days = said["kind"], clean(said["number"]), said["days"]
    letter.words = clean(said["words"], lines=True)
    made: SupervisionLetter = stored(letter)
    return made


def _stored(letter: SupervisionLetter, step: str, day: str = "") -> SupervisionLetter:
    """The unit does not see the entry, so it is not asked whether there is one."""
    letter.save()
    sides.tell_other(WHAT, letter, step, day)
    return letter
