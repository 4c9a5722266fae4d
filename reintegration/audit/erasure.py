"""Erasing a person: the live rows, what rooms hold besides, then what history says of them.

Two roles do it. The program empties the rows, which history captures like every change, and writes down
an `Erasure`; the keeper then blanks the person's history, those last changes included. Killed between
the two, the next run finds the erasure without its blanking and goes on.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.db import connections
from django.db.models import (
    BinaryField,
    DateTimeField,
    F,
    Field,
    Func,
    IntegerField,
    JSONField,
    Model,
    Q,
    QuerySet,
)
from django.utils.module_loading import import_string

from reintegration.audit import perms, record
from reintegration.audit.models import Erasure, LegalHold
from reintegration.audit.retention import Table, Term, Treatment, model_of, tables
from reintegration.core import clock
from reintegration.core.errors import InputError
from reintegration.tenancy.models import Organisation
from reintegration.tenancy.scope import OPERATOR_ID, scope

SOURCE = "command:retention"


@dataclass(frozen=True, slots=True)
class Due:
    """Rows of one table whose time is up in one organisation."""

    label: str
    organisation_id: UUID
    basis: str
    keys: tuple[Any, ...]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.label}: {len(self.keys)} rows ({self.basis})"


def place_hold(*, subject_id: UUID, reason: str, on: date, until: date | None = None) -> LegalHold:
    """Keep a person's data beyond their term: a dispute, an inspection, a request under art. 18 RODO."""
    if until is not None and until < on:
        raise InputError(
            "Przewidywany koniec jest przed dniem wstrzymania. Wpisz późniejszy dzień.", field="until"
        )
    if LegalHold.objects.filter(subject_id=subject_id, released_at__isnull=True).exists():
        raise InputError("Usunięcie danych tej osoby jest już wstrzymane.")
    hold = LegalHold(subject_id=subject_id, reason=reason.strip(), placed_on=on, until=until)
    hold.full_clean()
    hold.save()
    return hold


def release_hold(*, hold_id: UUID, reason: str) -> LegalHold:
    hold: LegalHold = LegalHold.objects.select_for_update(of=("self",)).get(pk=hold_id)
    if hold.released_at is None:
        hold.released_at = clock.now()
        hold.release_reason = reason.strip()
        hold.save(update_fields=["released_at", "release_reason"])
    return hold


def erase_subject(*, subject_id: UUID, basis: str, at: datetime | None = None) -> Erasure:
    """Empty everything live of one person in the current organisation; history follows by the keeper.

    `at` is the time of an earlier erasure that a restored backup has forgotten.
    """
    if LegalHold.objects.filter(subject_id=subject_id, released_at__isnull=True).exists():
        raise InputError("Usunięcie danych tej osoby jest wstrzymane. Najpierw zwolnij wstrzymanie.")
    # First the word that it is under way: what is signed is emptied for an erasure alone.
    made: Erasure = Erasure.objects.create(subject_id=subject_id, basis=basis, erased_at=at or clock.now())
    done = set()
    for label, table in tables().items():
        if not table.personal or not table.subject:
            continue
        hook = table.hook()
        if hook is None:
            _treat(label, table, _rows(label).filter(**{table.subject: subject_id}))
        elif table.erased_by not in done:
            done.add(table.erased_by)
            hook(subject_id)
    record.note(perms.PERSON_ERASE, persons=[subject_id], basis=basis)
    return made


def blanked_with_history(subject_id: UUID) -> None:
    """History is the keeper's: `blank_histories` does it after this transaction."""


def blank_histories(*, organisation_id: UUID, using: str) -> int:
    """Let the keeper blank the history of everybody erased in an organisation; opens scopes of its own."""
    count = 0
    with scope(organisation_id=organisation_id, source=SOURCE):
        waiting = list(Erasure.objects.filter(history_event__isnull=True).order_by("erased_at", "pk"))
    for erasure in waiting:
        with (
            scope(organisation_id=organisation_id, source=SOURCE, using=using),
            connections[using].cursor() as cursor,
        ):
            cursor.execute("SELECT audit_blank(%s, %s)", [erasure.subject_id, erasure.basis])
            (event,) = cursor.fetchone()
        with scope(organisation_id=organisation_id, source=SOURCE):
            erasure.history_event = event
            erasure.save(update_fields=["history_event"])
        count += 1
    return count


def due_rows(*, organisation_id: UUID, today: date) -> Iterator[Due]:
    """What is due in the current organisation. Global tables are the operator's to clear."""
    held = LegalHold.objects.filter(released_at__isnull=True).values("subject_id")
    for label, table in tables().items():
        model = model_of(label)
        if table.term is None or not (hasattr(model, "tenant_field") or organisation_id == OPERATOR_ID):
            continue
        rows = _begun_before(_rows(label), table.term, today)
        if table.term.treatment is Treatment.BLANK:
            rows = _with_something_left(rows, table)
        if table.subject:
            rows = rows.exclude(**{f"{table.subject}__in": held})
        keys = tuple(rows.order_by("pk").values_list("pk", flat=True))
        if keys:
            yield Due(label, organisation_id, table.term.basis, keys)


def clear(due: Due) -> int:
    """Treat the due rows of one table; opens a scope for each row, so that it can be killed.

    A row that names a person whose own time is not up is emptied alone.
    """
    table = tables()[due.label]
    if not table.subject:
        with scope(organisation_id=due.organisation_id, source=SOURCE):
            return _treat(due.label, table, _rows(due.label).filter(pk__in=due.keys))
    for key in due.keys:
        with scope(organisation_id=due.organisation_id, source=SOURCE):
            row = _rows(due.label).filter(pk=key)
            if table.subject == "id":
                erase_subject(subject_id=key, basis=due.basis)
            elif _treat(due.label, table, row) and row.filter(**{f"{table.subject}__isnull": True}).exists():
                # A row about nobody is its own subject in history.
                Erasure.objects.create(subject_id=key, basis=due.basis, erased_at=clock.now())
    return len(due.keys)


def run(*, today: date, using: str, only: UUID | None = None) -> Iterator[str]:
    """Erase what is due and blank histories, organisation by organisation; says what it did."""
    for organisation_id in [only] if only else organisations():
        for due in find_due(organisation_id=organisation_id, today=today):
            clear(due)
            yield str(due)
        blanked = blank_histories(organisation_id=organisation_id, using=using)
        if blanked:
            yield f"{organisation_id} history: {blanked} blanked"


def find_due(*, organisation_id: UUID, today: date) -> list[Due]:
    """What is due in one organisation; opens a scope."""
    with scope(organisation_id=organisation_id, source=SOURCE):
        return list(due_rows(organisation_id=organisation_id, today=today))


def organisations() -> list[UUID]:
    return list(Organisation.objects.order_by("pk").values_list("pk", flat=True))


def _rows(label: str) -> QuerySet[Any]:
    rows: QuerySet[Any] = model_of(label)._base_manager.all()
    return rows


def _begun_before(rows: QuerySet[Any], term: Term, today: date) -> QuerySet[Any]:
    border: date | datetime = term.border(today)
    if term.due:
        found: QuerySet[Any] = import_string(term.due)(border)
        return found
    if isinstance(rows.model._meta.get_field(term.starts), DateTimeField):
        border = datetime.combine(border, time(), tzinfo=clock.WARSAW)
    return rows.filter(**{f"{term.starts}__lt": border})


def _treat(label: str, table: Table, rows: QuerySet[Any]) -> int:
    if table.term is not None and table.term.treatment is Treatment.DELETE:
        return int(rows.delete()[0])
    model = model_of(label)
    left = _with_something_left(rows, table)
    if table.term is not None and table.term.each:
        each = import_string(table.term.each)
        emptied = list(left.select_for_update(of=("self",)).order_by("pk"))
        for row in emptied:
            each(row)
        return len(emptied)
    return int(left.update(**{name: empty(_field(model, name)) for name in table.personal}))


def _field(model: type[Model], name: str) -> "Field[Any, Any]":
    found = model._meta.get_field(name)
    assert isinstance(found, Field)
    return found


def empty(field: "Field[Any, Any]") -> Any:
    """What a personal column holds when it holds nothing."""
    if field.null:
        return None
    if isinstance(field, JSONField):
        return {}
    return b"" if type(field) is BinaryField else ""


def _with_something_left(rows: QuerySet[Any], table: Table) -> QuerySet[Any]:
    """The rows that still hold a personal value."""
    found = Q()
    for name in table.personal:
        field = _field(rows.model, name)
        if field.null:
            found |= Q(**{f"{name}__isnull": False})
        elif isinstance(field, BinaryField):
            # An encrypted column cannot be compared, but what is empty has no length.
            size = Func(F(name), function="octet_length", output_field=IntegerField())
            rows = rows.alias(**{f"{name}_size": size})
            found |= Q(**{f"{name}_size__gt": 0})
        else:
            found |= ~Q(**{name: empty(field)})
    return rows.filter(found)
