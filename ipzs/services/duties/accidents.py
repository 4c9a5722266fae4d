"""The register of accidents (art. 14 ust. 3): report, circumstances, protocol, and its way to ZUS."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from uuid import UUID

from ipzs import accident_paper
from ipzs.duties_papers import ACCIDENT_PROTOCOL, ACCIDENT_SERIES
from ipzs.models import Accident
from ipzs.transitions import accident as transitions
from ipzs.transitions.accident import Transition
from participants.models import Participation
from participants.services.participations.common import actor, locked, not_in_future, stored
from reintegration.core import clock
from reintegration.core.errors import InputError
from reintegration.core.formats import format_table_date
from reintegration.core.transitions import WrongState
from reintegration.documents.enums import DocumentState
from reintegration.documents.models import Document
from reintegration.documents.numbers import next_number
from reintegration.documents.services import issue_document, withdraw_document


@dataclass(frozen=True, slots=True)
class AccidentData:
    """What is known of an accident, as its form asks for it."""

    happened_at: datetime
    place: str
    circumstances: str
    injury: str = ""
    witnesses: str = ""
    first_aid: str = ""
    prevention: str = ""


def report_accident(*, participation_id: UUID, data: AccidentData, reported_on: date) -> Accident:
    """Write an accident into the register under its next number.

    A file that is over takes it too: an accident of the last day may be reported later.
    """
    file = locked(participation_id)
    _check_days(file, data, reported_on)
    return stored(
        Accident(
            participation=file,
            person_id=file.person_id,
            number=next_number(ACCIDENT_SERIES, on=clock.today()),
            reported_on=reported_on,
            made_by_id=actor(),
            **asdict(data),
        )
    )


def change_accident(*, accident_id: UUID, data: AccidentData, reported_on: date) -> Accident:
    """Write down better what is known, until the protocol is confirmed."""
    row = transitions.locked(accident_id)
    if row.state not in transitions.OPEN:
        raise WrongState("Protokół jest zatwierdzony. Wycofaj go, żeby coś poprawić.")
    _check_days(row.participation, data, reported_on)
    for name, value in asdict(data).items():
        setattr(row, name, value)
    row.reported_on = reported_on
    return stored(row)


def examine_accident(*, accident_id: UUID) -> Accident:
    """Circumstances and causes are known, and so is whether anybody saw it."""
    row = transitions.locked(accident_id)
    transitions.TABLE.refuse_state(row, Transition.EXAMINE)
    for name, asked in (
        ("injury", "Napisz, jaki był uraz."),
        ("witnesses", "Napisz, kto widział wypadek. Jeśli nikt, napisz „nikt”."),
    ):
        if not getattr(row, name).strip():
            raise InputError(asked, field=name)
    return transitions.apply(accident_id=accident_id, transition=Transition.EXAMINE)


def confirm_accident(*, accident_id: UUID, protocol_on: date) -> Accident:
    """Confirm the protocol: the paper is kept as it is now."""
    row = transitions.locked(accident_id)
    transitions.TABLE.refuse_state(row, Transition.CONFIRM)
    not_in_future(protocol_on, field="protocol_on")
    if protocol_on < row.reported_on:
        reported = format_table_date(row.reported_on)
        raise InputError(
            f"Wypadek zgłoszono {reported}. Protokół nie jest wcześniejszy.", field="protocol_on"
        )
    made = transitions.apply(accident_id=accident_id, transition=Transition.CONFIRM, protocol_on=protocol_on)
    issue_document(
        kind=ACCIDENT_PROTOCOL.key,
        title=f"{ACCIDENT_PROTOCOL.label} {made.number}",
        context=accident_paper.context(made),
        subject=made.person_id,
        key=_key(made),
    )
    return made


def send_accident(*, accident_id: UUID, sent_on: date) -> Accident:
    """Note the day on which the protocol went to ZUS."""
    row = transitions.locked(accident_id)
    transitions.TABLE.refuse_state(row, Transition.SEND)
    not_in_future(sent_on, field="sent_on")
    if row.protocol_on is not None and sent_on < row.protocol_on:
        signed = format_table_date(row.protocol_on)
        raise InputError(f"Protokół jest z {signed}. Przekazanie nie jest wcześniejsze.", field="sent_on")
    return transitions.apply(accident_id=accident_id, transition=Transition.SEND, sent_on=sent_on)


def reopen_accident(*, accident_id: UUID, reason: str) -> Accident:
    """Withdraw a confirmed protocol, so that a mistake in it may be mended."""
    row = transitions.locked(accident_id)
    transitions.TABLE.refuse_state(row, Transition.REOPEN)
    if not reason.strip():
        raise InputError("Napisz, dlaczego wycofujesz protokół.", field="reason")
    paper = protocol_of(row)
    if paper is not None:
        withdraw_document(document=paper, reason=reason)
    return transitions.apply(accident_id=accident_id, transition=Transition.REOPEN, protocol_on=None)


def protocol_of(row: Accident) -> Document | None:
    """The confirmed paper that counts."""
    found: Document | None = Document.objects.filter(
        kind=ACCIDENT_PROTOCOL.key, key__startswith=f"{row.pk}:", state=DocumentState.ISSUED
    ).first()
    return found


def _key(row: Accident) -> str:
    """A new paper after each withdrawal."""
    earlier = Document.objects.filter(kind=ACCIDENT_PROTOCOL.key, key__startswith=f"{row.pk}:").count()
    return f"{row.pk}:{earlier + 1}"


def _check_days(file: Participation, data: AccidentData, reported_on: date) -> None:
    day = clock.day_of(data.happened_at)
    if data.happened_at > clock.now():
        raise InputError("Ta chwila jeszcze nie nadeszła.", field="happened_on")
    if day < file.opened_on or (file.ended_on is not None and day > file.ended_on):
        raise InputError("Tego dnia ta osoba nie była w opiece jednostki.", field="happened_on")
    not_in_future(reported_on, field="reported_on")
    if reported_on < day:
        message = "Zgłoszenie nie jest wcześniejsze niż wypadek."
        raise InputError(message, field="reported_on")
