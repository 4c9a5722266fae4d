"""What notices and applications share: sending, calls for completion, attachments, telling the other side.

Everything runs in the scope of one side, in the transaction of its request. The case is locked first, so
that of two people one acts after the other.
"""

from datetime import date
from typing import Any, Final, TypeVar
from uuid import UUID

from django.db.models import QuerySet

from participants.services.participations.common import actor, not_in_future, own_unit, stored
from reintegration.core import clock
from reintegration.core.errors import InputError
from reintegration.core.formats import format_table_date
from reintegration.core.text import clean
from reintegration.core.transitions import Table
from reintegration.documents.files import erase_file, store_file
from reintegration.documents.models import Document, StoredFile
from reintegration.documents.uploads import CheckedFile
from reintegration.jobs.services import enqueue
from reintegration.tenancy.scope import current_scope
from reporting.enums import ProcedureState
from reporting.models import ApplicationAnswer, ClubNotice, ProcedureFile, ProcedureStep, StatusApplication
from reporting.rules import procedures as rules
from reporting.services.reports import office_of
from reporting.transitions import APPLICATIONS, NOTICES, OfProcedure

Case = ClubNotice | StatusApplication
C = TypeVar("C", ClubNotice, StatusApplication)
TELL_JOB: Final = "reporting.procedure_told"
ATTACHMENT: Final = "reporting.attachment"
MOST_FILES: Final = 40
# A unit writes while it drafts, and while it completes what the office asked for.
WRITABLE: Final = (ProcedureState.DRAFT, ProcedureState.TO_COMPLETE)


def table_of(case: Case) -> Table[OfProcedure, Any]:
    return NOTICES if isinstance(case, ClubNotice) else APPLICATIONS


def locked(model: type[C], pk: UUID) -> C:
    found: C = model.objects.select_for_update(of=("self",)).get(pk=pk)
    return found


def refuse_second(rows: QuerySet[Any]) -> None:
    """Of each kind a unit has one case at a time before its office."""
    if rows.filter(state__in=[ProcedureState.SENT, ProcedureState.TO_COMPLETE]).exists():
        raise InputError("Taka sprawa jest już w urzędzie. Poczekaj na jej koniec albo ją wycofaj.")


def send(case: Case) -> None:
    """Give a case to the office, or what it asked to be completed; it sees nothing before."""
    today = clock.today()
    if case.state == ProcedureState.TO_COMPLETE:
        table_of(case).move(case, OfProcedure.COMPLETE)
        step = OfProcedure.COMPLETE
        if isinstance(case, StatusApplication):
            # The days of waiting for the applicant are not the office's (art. 35 § 5 of the code).
            case.waited += (today - _day(case.called_on)).days
            case.due_on = rules.decision_due(_day(case.due_from or case.sent_on), case.waited)
        case.called_on = case.call_days = case.call_received_on = case.complete_by = None
        case.call_received_by_unit = False
    else:
        table_of(case).move(case, OfProcedure.SEND)
        step = OfProcedure.SEND
        office = office_of(own_unit())
        if office is None:
            raise InputError(
                "Urząd Waszego województwa nie pracuje jeszcze w Reintegrze. Wydrukuj i wyślij pocztą."
            )
        case.sender = office
        case.sent_on = today
        club = isinstance(case, ClubNotice)
        case.due_on = rules.entry_due(today) if club else rules.decision_due(today)
    stored(case)
    _hand_over(case)
    note(case, step)


def call(case: Case, *, words: str, days: int) -> ProcedureStep:
    """Ask the unit to complete its case in so many days from the receipt (art. 64 § 2 of the code)."""
    if days < rules.COMPLETION_DAYS:
        raise InputError("Daj co najmniej 7 dni. (art. 64 § 2 KPA)", field="days")
    table_of(case).move(case, OfProcedure.CALL)
    case.called_on, case.call_days = clock.today(), days
    stored(case)
    return note(case, OfProcedure.CALL, words)


def receive(case: Case, *, received_on: date) -> Case:
    """From the day on which the call came its term runs: the unit confirms it, or the office types it from
    the return slip."""
    by_unit = bool(current_scope().organisation_id == case.unit_id)
    table_of(case).move(case, OfProcedure.RECEIVE)
    not_in_future(received_on, field="received_on")
    if received_on < _day(case.called_on):
        raise InputError(
            f"Wezwanie wysłano {format_table_date(_day(case.called_on))}. Wpisz ten dzień albo późniejszy.",
            field="received_on",
        )
    if case.call_received_by_unit or (by_unit and case.call_received_on is not None):
        raise InputError("Odbiór jest już potwierdzony.")
    case.call_received_on, case.call_received_by_unit = received_on, by_unit
    case.complete_by = rules.completion_due(received_on, case.call_days or rules.COMPLETION_DAYS)
    stored(case)
    came, due = format_table_date(received_on), format_table_date(case.complete_by)
    note(case, OfProcedure.RECEIVE, f"Odebrano {came}. Uzupełnić do {due}.")
    return case


def leave(case: Case) -> None:
    """What was not completed in its term is left without being looked at (art. 64 § 2 of the code)."""
    table_of(case).refuse_state(case, OfProcedure.LEAVE)
    if case.complete_by is None:
        raise InputError("Nie wiadomo, kiedy wezwanie doszło, więc termin nie biegnie. Wpisz dzień odbioru.")
    if case.complete_by >= clock.today():
        day = format_table_date(case.complete_by)
        raise InputError(f"Jednostka ma czas do {day}. Zrób to po tym dniu.")
    finish(case, OfProcedure.LEAVE, on=clock.today())


def withdraw(case: Case) -> None:
    table_of(case).move(case, OfProcedure.WITHDRAW)
    case.complete_by = None
    stored(case)
    note(case, OfProcedure.WITHDRAW)


def finish(case: Case, step: OfProcedure, *, on: date, words: str = "") -> ProcedureStep:
    """The end of a case: it was granted, refused or left."""
    table_of(case).move(case, step)
    case.decided_on, case.complete_by = on, None
    stored(case)
    return note(case, step, words)


# Attachments


def attach(case: Case, *, file: CheckedFile, label: str, point: str = "") -> ProcedureFile:
    """Add a paper of the unit; the office reads it once the case is sent."""
    refuse_closed(case)
    there = ProcedureFile.objects.filter(**_of(case)).count()
    if there >= MOST_FILES:
        raise InputError(f"Sprawa ma już {MOST_FILES} załączników.", field="file")
    kept = store_file(file, kind=ATTACHMENT)
    # Never by the name of the file, which may be somebody's.
    what = rules.BY_CODE[point].title if point else f"Załącznik {there + 1}"
    return _attached(case, kept, clean(label) or what, point=point)


def drop_file(file: ProcedureFile) -> None:
    """Take back an attachment that the office has not seen."""
    if file.sender_id is not None:
        raise InputError("Urząd ma już ten załącznik. Dodaj nowy, a w nazwie napisz, co zastępuje.")
    kept = StoredFile.objects.filter(pk=file.stored_file, erased_at=None).first()
    file.delete()
    if kept is not None:
        erase_file(kept)


def attach_paper(case: Case, paper: Document) -> ProcedureFile:
    """Put a paper of the office with the case: the unit may read it."""
    kept = paper.file
    kept.shared_with_id = case.unit_id
    kept.save(update_fields=["shared_with"])
    return _attached(case, kept, paper.title, by_office=True)


def stored_of(file_id: UUID | None) -> StoredFile | None:
    """A file of a case: the current organisation's own, or one that the other side shares."""
    own = StoredFile.objects.filter(pk=file_id, erased_at=None).first()
    found: StoredFile | None = own or StoredFile.brought.filter(pk=file_id, erased_at=None).first()
    return found


# What these and the services beside them share


def refuse_closed(case: Case) -> None:
    if case.state not in WRITABLE:
        raise InputError("Tej sprawy nie można teraz zmieniać: jest w urzędzie albo jest zakończona.")


def note(case: Case, step: OfProcedure, words: str = "") -> ProcedureStep:
    """Write a step down, and tell the other side when it knows of the case."""
    here = current_scope().organisation_id
    by_office = here != case.unit_id
    made: ProcedureStep = stored(
        ProcedureStep(
            unit_id=case.unit_id,
            sender_id=case.sender_id,
            **_of(case),
            step=step.value,
            words=clean(words, lines=True),
            at=clock.now(),
            by_office=by_office,
            by_id=actor(),
        )
    )
    if case.sender_id is not None:
        other = case.unit_id if by_office else case.sender_id
        tell("notice" if isinstance(case, ClubNotice) else "application", case.pk, step, other, str(made.pk))
    return made


def tell(what: str, row: UUID, step: str, other: UUID, key: str) -> None:
    """The other organisation hears of it in a scope of its own."""
    enqueue(
        kind=TELL_JOB,
        payload={"what": what, "row": row, "step": str(step), "other": other},
        key=f"told:{key}",
    )


def _of(case: Case) -> dict[str, Any]:
    return {"notice": case} if isinstance(case, ClubNotice) else {"application": case}


def _hand_over(case: Case) -> None:
    """What the unit wrote and attached is the office's to read from now on."""
    if isinstance(case, StatusApplication):
        ApplicationAnswer.objects.filter(application=case, sender=None).update(sender=case.sender_id)
    files = ProcedureFile.objects.filter(sender=None, **_of(case))
    StoredFile.objects.filter(pk__in=list(files.order_by("pk").values_list("stored_file", flat=True))).update(
        shared_with=case.sender_id
    )
    files.update(sender=case.sender_id)


def _attached(
    case: Case, kept: StoredFile, label: str, *, point: str = "", by_office: bool = False
) -> ProcedureFile:
    made: ProcedureFile = stored(
        ProcedureFile(
            unit_id=case.unit_id,
            sender_id=case.sender_id if by_office else None,
            **_of(case),
            point=point,
            stored_file=kept.pk,
            label=label[:80],
            media_type=kept.media_type,
            size=kept.size,
            made_at=clock.now(),
            by_office=by_office,
        )
    )
    return made


def _day(value: date | None) -> date:
    assert value is not None
    return value
