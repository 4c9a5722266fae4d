"""Writing health insurance: what covers a person, what an OPS is told, and what it did."""

from collections.abc import Hashable, Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q

from benefits.enums import HealthKind
from benefits.models import HealthRegistration, HealthTitle
from benefits.queries.health import data_of, health_of_one, terms_on
from benefits.rules import health as rules
from participants.models import Participation
from participants.services.participations.common import actor, locked, not_in_future, stored
from reintegration.audit.models import Erasure
from reintegration.core import clock
from reintegration.core.errors import InputError
from reintegration.core.formats import format_table_date
from reintegration.tenancy.scope import current_scope

BASIS = "jak dane osoby"


def add_title(
    *, participation_id: UUID, kind: str, since: date, until: date | None, note: str = ""
) -> HealthTitle:
    """Write down what covers the person besides the programme, or that nothing does."""
    file = locked(participation_id)
    row = HealthTitle(participation=file, person_id=file.person_id)
    return _titled(file, row, kind=kind, since=since, until=until, note=note)


def change_title(
    *, title_id: UUID, kind: str, since: date, until: date | None, note: str = ""
) -> HealthTitle:
    file, row = _held(title_id)
    return _titled(file, row, kind=kind, since=since, until=until, note=note)


def remove_title(*, title_id: UUID) -> None:
    """Take back what was written by mistake; what was true once gets an end instead."""
    file, row = _held(title_id)
    row.delete()
    _fit(file)


def tell(*, participation_id: UUID) -> list[HealthRegistration]:
    """Tell the OPS from when to insure the person, until when, and what has changed (art. 75 ust. 12).

    Of whom a body of this program referred, the body sees it at once; others get a letter or the list.
    """
    file = locked(participation_id)
    if not health_of_one(file).changes:
        raise InputError("OPS wie już wszystko o tej osobie.")
    return _fit(file, new=True)


def tell_many(*, participation_ids: Iterable[UUID]) -> int:
    """The list of a month was given to the OPS: everybody on it is told; gives how many were not yet."""
    told = 0
    # The files are locked one after the other, as everywhere by their keys.
    for key in sorted(set(participation_ids)):
        told += bool(_fit(locked(key), new=True))
    return told


def note_done(
    *, registration_id: UUID, registered_on: date | None, deregistered_on: date | None
) -> HealthRegistration:
    """When the OPS registered and deregistered; written by the body itself, or by the unit for it."""
    unit_id, file_id = HealthRegistration.objects.values_list("unit_id", "participation_id").get(
        pk=registration_id
    )
    if current_scope().organisation_id == unit_id:
        # In the unit its file is locked before what belongs to it; the body knows no file.
        locked(file_id)
    row: HealthRegistration = HealthRegistration.objects.select_for_update(of=("self",)).get(
        pk=registration_id
    )
    if registered_on is not None:
        not_in_future(registered_on, field="registered_on")
        if registered_on < row.since:
            said = format_table_date(row.since)
            raise InputError(
                f"Obowiązek powstaje {said}, wcześniej nikogo się nie zgłasza.", field="registered_on"
            )
    elif deregistered_on is not None:
        raise InputError("Wpisz też, kiedy osobę zgłoszono.", field="registered_on")
    if deregistered_on is not None:
        not_in_future(deregistered_on, field="deregistered_on")
        if row.cancelled_on is None and deregistered_on <= row.until:
            said = format_table_date(row.until)
            raise InputError(
                f"Osoba jest ubezpieczona do {said}. Wyrejestrowuje się ją następnego dnia.",
                field="deregistered_on",
            )
    row.registered_on, row.deregistered_on, row.done_by_id = registered_on, deregistered_on, actor()
    row.save(update_fields=["registered_on", "deregistered_on", "done_by"])
    return row


def bring_up_to_date() -> int:
    """Let what was told follow programmes that ended, grew longer or began later; gives how many changed."""
    waits = Q(registered_on__isnull=True, cancelled_on__isnull=True)
    runs = Q(registered_on__isnull=False, deregistered_on__isnull=True)
    known = HealthRegistration.objects.filter(waits | runs | Q(participation__ended_on__isnull=True))
    keys = known.order_by("participation_id").values_list("participation_id", flat=True).distinct()
    return sum(len(_fit(locked(key))) for key in list(keys))


def erase_registrations(subject_id: UUID) -> None:
    """What an OPS was told of a person; history knows these rows by the file."""
    of = Q(participation=subject_id) | Q(participation__person=subject_id)
    for row in HealthRegistration.objects.filter(of).order_by("pk"):
        HealthRegistration.objects.filter(pk=row.pk).update(person_name="", told=None)
        Erasure.objects.get_or_create(
            subject_id=row.participation_id,
            history_event=None,
            defaults={"basis": BASIS, "erased_at": clock.now()},
        )


def _titled(
    file: Participation, row: HealthTitle, *, kind: str, since: date, until: date | None, note: str
) -> HealthTitle:
    if until is not None and until < since:
        raise InputError("Koniec nie może być wcześniejszy niż początek.", field="until")
    if kind == HealthKind.NONE:
        not_in_future(since, field="since")
        until = None
    if kind == HealthKind.DECISION:
        last = rules.decision_until(since, terms_on(since))
        if until is not None and until > last:
            said = format_table_date(last)
            raise InputError(f"Decyzja działa najwyżej 90 dni, czyli do {said}. (art. 54)", field="until")
        until = until or last
    row.kind, row.since, row.until, row.note = kind, since, until, note.strip()
    made = stored(row)
    _fit(file)
    return made


def _held(title_id: UUID) -> tuple[Participation, HealthTitle]:
    file = locked(HealthTitle.objects.values_list("participation_id", flat=True).get(pk=title_id))
    row: HealthTitle = HealthTitle.objects.select_for_update(of=("self",)).get(pk=title_id)
    return file, row


def _fit(file: Participation, *, new: bool = False) -> list[HealthRegistration]:
    """Make what the OPS was told say what holds; a stretch that it knows nothing of only when asked to."""
    found = health_of_one(file)
    rows: dict[Hashable, HealthRegistration] = {row.pk: row for row in found.told}
    today = clock.today()
    told = {"number": "", "address": "", "born": ""} | data_of(file.person)
    done = []
    for change in found.changes:
        if change.key is None:
            if not new or change.span is None:
                continue
            row = HealthRegistration(participation=file, told_by_id=actor(), told_on=today)
        else:
            row = rows[change.key]
        if change.span is None:
            row.cancelled_on = today
        else:
            assert change.span.last is not None
            if row.deregistered_on is not None and change.span.last > row.until:
                # It was ended and goes on after all: the OPS registers anew.
                row.registered_on = row.deregistered_on = None
            row.since, row.until, row.cancelled_on = change.span.first, change.span.last, None
        body = found.body
        row.unit_id = file.unit_id
        row.sender_id, row.referral_id, row.body_name = body.sender_id, body.referral_id, body.name
        row.person_name, row.told = str(file.person), told
        done.append(stored(row))
    return done
