"""Two rows of one person become one. Every reference is moved, or the merge does not happen.

What is moved stands in one declared list; the merge compares it with the models, so that a reference
that somebody added and forgot stops it instead of staying behind with a row that is gone.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.apps import apps
from django.db import models

from participants.models import Merge, NotDuplicate, Participation, Period, Person, PersonGroup
from participants.services.people.data import IDENTITY, NAMES, PersonData, completed
from participants.services.people.persons import locked, stored, write_name_keys
from reintegration.audit.models import Erasure, LegalHold
from reintegration.core import clock
from reintegration.core.dates import DateSpan
from reintegration.core.errors import InputError
from reintegration.documents.models import Document, StoredFile
from reintegration.notices.models import DeskTask, Notice
from reintegration.tenancy.scope import current_scope

Reference = tuple[str, str]

# Rows that change hands as they are.
MOVED: Final[set[Reference]] = {
    ("participants.Barrier", "person"),
    ("participants.CardEntry", "person"),
    ("participants.Consent", "person"),
    ("participants.Diagnosis", "person"),
    ("participants.Disability", "person"),
    ("participants.FileTransfer", "person"),
    ("participants.FollowUp", "person"),
    ("participants.Income", "person"),
    ("participants.Intake", "person"),
    ("participants.Participation", "person"),
    ("participants.PartnerRequest", "person"),
    ("participants.Period", "person"),
    ("participants.PersonFact", "person"),
    ("participants.SpecialistOpinion", "person"),
    # Who was merged before leads to whom is kept now, and goes with them when their term is up.
    ("participants.Merge", "kept"),
    ("participants.Person", "merged_into"),
}
# Rows that are handled one by one below, or that speak of the row that went and stay with it.
SETTLED: Final[set[Reference]] = {
    ("participants.Merge", "gone"),
    ("participants.NameKey", "person"),
    ("participants.NotDuplicate", "one"),
    ("participants.NotDuplicate", "other"),
    ("participants.PersonGroup", "person"),
}
# Rows of rooms below this one, which know a person by their number only.
BY_NUMBER: Final = (StoredFile, Document, LegalHold, Notice, DeskTask)

BASIS: Final = "połączono z osobą, której dane usunięto"


class UnknownReference(LookupError):
    """A model refers to persons and nobody has said what a merge does with it."""


@dataclass(frozen=True, slots=True)
class FieldRow:
    """One column of both rows; `taken` is what the merge takes unless somebody chooses otherwise."""

    name: str
    label: str
    kept: Any
    gone: Any
    taken: str


@dataclass(frozen=True, slots=True)
class MergePreview:
    keep: Person
    gone: Person
    fields: tuple[FieldRow, ...]
    references: tuple[tuple[str, int], ...]
    refusals: tuple[str, ...]


def moves(label: str, field: str = "person") -> None:
    """Say that a room above has rows of persons that change hands in a merge."""
    MOVED.add((label, field))


def references() -> Iterator[tuple[type[models.Model], str]]:
    """Every foreign key to a person in every model there is; one that nobody declared is refused."""
    known = MOVED | SETTLED
    for model in apps.get_models():
        for field in model._meta.local_fields:
            if not isinstance(field, models.ForeignKey) or field.related_model is not Person:
                continue
            if (model._meta.label, field.name) not in known:
                message = f"Say in MOVED or SETTLED what a merge does with {model._meta.label}.{field.name}."
                raise UnknownReference(message)
            yield model, field.name


def merge_preview(*, keep_id: UUID, gone_id: UUID) -> MergePreview:
    """Show what a merge would do: both rows side by side, every reference counted, what stands against it."""
    keep, gone = _present(keep_id), _present(gone_id)
    return MergePreview(
        keep=keep,
        gone=gone,
        fields=tuple(_field_rows(keep, gone)),
        references=tuple(_counted(gone, keep)),
        refusals=tuple(_refusals(keep, gone)),
    )


def merge_persons(*, keep_id: UUID, gone_id: UUID, choice: Mapping[str, str] | None = None) -> Person:
    """Make two rows of one person one. `choice` says for a column whether "kept" or "gone" is true.

    The row that goes stays as an empty sign that leads to the other; what it said is kept, encrypted, in
    the record of the merge, and goes when the person's term is up.
    """
    if keep_id == gone_id:
        raise InputError("Wybierz dwa różne wpisy.")
    # In the order of their keys, so that two merges of the same pair wait and do not block each other.
    rows = {pk: locked(pk) for pk in sorted((keep_id, gone_id))}
    keep, gone = rows[keep_id], rows[gone_id]
    refusals = _refusals(keep, gone)
    if refusals:
        raise InputError(refusals[0])
    data = _chosen(keep, gone, choice or {})
    moved = {_label(model, field): count for model, field, count in _move(keep, gone)}
    Merge.objects.create(
        kept=keep,
        gone=gone,
        moved=moved,
        before=_told(gone),
        merged_at=clock.now(),
        merged_by_id=current_scope().user_id,
    )
    _empty(gone, keep)
    changed = [name for name in NAMES if getattr(keep, name) != data[name]]
    for name in changed:
        setattr(keep, name, data[name])
    stored(keep, changed=changed)
    write_name_keys(keep)
    return keep


def mark_not_duplicate(*, one_id: UUID, other_id: UUID) -> NotDuplicate:
    """Write down that somebody has checked: two persons who are like each other, not one."""
    if one_id == other_id:
        raise InputError("Wybierz dwa różne wpisy.")
    first, second = sorted((one_id, other_id))
    _present(first)
    _present(second)
    found: NotDuplicate
    found, _ = NotDuplicate.objects.get_or_create(
        one_id=first,
        other_id=second,
        defaults={"checked_at": clock.now(), "checked_by_id": current_scope().user_id},
    )
    return found


def erase_merged(subject_id: UUID) -> None:
    """Whoever was merged into an erased person is erased with them, their history too."""
    for merge in Merge.objects.filter(kept_id=subject_id).order_by("pk"):
        Merge.objects.filter(pk=merge.pk).update(before=None)
        Erasure.objects.get_or_create(
            subject_id=merge.gone_id,
            history_event=None,
            defaults={"basis": BASIS, "erased_at": clock.now()},
        )


def _present(pk: UUID) -> Person:
    person: Person | None = Person.objects.present().filter(pk=pk).first()
    if person is None:
        raise InputError("Tej osoby nie ma już w kartotece. Połączono ją z inną.")
    return person


def _field_rows(keep: Person, gone: Person) -> Iterator[FieldRow]:
    for name in NAMES:
        kept, other = getattr(keep, name), getattr(gone, name)
        if kept == other or other in ("", None):
            continue
        if name == "no_pesel" and keep.pesel:
            # The number is known: why it was not says nothing any more.
            continue
        label = str(_column(name).verbose_name)
        yield FieldRow(name, label, kept, other, "gone" if kept in ("", None) else "kept")


def _chosen(keep: Person, gone: Person, choice: Mapping[str, str]) -> dict[str, Any]:
    values = {name: getattr(keep, name) for name in NAMES}
    for row in _field_rows(keep, gone):
        if choice.get(row.name, row.taken) == "gone":
            values[row.name] = row.gone
    if values["pesel"]:
        values["no_pesel"] = ""
    if any(values[name] != getattr(keep, name) for name in IDENTITY):
        return completed(PersonData(**values))
    return values


def _refusals(keep: Person, gone: Person) -> list[str]:
    found = []
    files = Participation.objects.filter(person__in=[keep, gone], ended_on__isnull=True)
    if len(set(files.order_by("pk").values_list("person_id", flat=True))) > 1:
        found.append("Obie osoby mają otwartą sprawę. Zakończ jedną z nich i wróć tutaj.")
    spans: dict[UUID, list[DateSpan]] = {keep.pk: [], gone.pk: []}
    for period in Period.objects.filter(person__in=[keep, gone]).order_by("since"):
        spans[period.person_id].append(DateSpan(period.since, period.until))
    if any(one.overlaps(other) for one in spans[keep.pk] for other in spans[gone.pk]):
        found.append("Okresy uczestnictwa obu osób nakładają się. Popraw daty jednego z nich i wróć tutaj.")
    return found


def _rows(model: type[models.Model], field: str, person: Person) -> "models.QuerySet[Any]":
    rows: models.QuerySet[Any] = model._default_manager.filter(**{field: person})
    return rows


def _counted(gone: Person, keep: Person) -> Iterator[tuple[str, int]]:
    """How many rows of what would be moved; keys of names are made anew and count for nobody."""
    for model, field in references():
        if (model._meta.label, field) in MOVED or model is PersonGroup:
            count = _rows(model, field, gone).count()
            if count:
                yield str(model._meta.verbose_name_plural), count
    for model in BY_NUMBER:
        count = _by_number(model, gone, keep).count()
        if count:
            yield str(model._meta.verbose_name_plural), count


def _by_number(model: type[models.Model], gone: Person, keep: Person) -> "models.QuerySet[Any]":
    rows: models.QuerySet[Any] = model._default_manager.filter(subject_id=gone.pk)
    if model is LegalHold and LegalHold.objects.filter(subject_id=keep.pk, released_at=None).exists():
        # One hold is enough; the other goes on to keep the history of the row that went.
        return rows.filter(released_at__isnull=False)
    return rows


def _move(keep: Person, gone: Person) -> Iterator[tuple[type[models.Model], str, int]]:
    for model, field in list(references()):
        if (model._meta.label, field) in MOVED:
            yield model, field, _rows(model, field, gone).update(**{field: keep})
    yield PersonGroup, "person", _move_groups(keep, gone)
    for model in BY_NUMBER:
        yield model, "subject_id", _by_number(model, gone, keep).update(subject_id=keep.pk)
    _rows(apps.get_model("participants.NameKey"), "person", gone).delete()
    _move_marks(keep, gone)


def _move_groups(keep: Person, gone: Person) -> int:
    """A group that both have from the same day stays once; of two main groups the kept person's holds."""
    held = {(group.code, group.since) for group in PersonGroup.objects.filter(person=keep).order_by("pk")}
    main = PersonGroup.objects.filter(person=keep, main=True, until__isnull=True).exists()
    count = 0
    for group in PersonGroup.objects.filter(person=gone).order_by("pk"):
        if (group.code, group.since) in held:
            group.delete()
            continue
        group.person = keep
        group.main = group.main and not (main and group.until is None)
        group.save()
        count += 1
    return count


def _move_marks(keep: Person, gone: Person) -> None:
    """Who was checked against the row that went was checked against this person."""
    for mark in NotDuplicate.objects.filter(models.Q(one=gone) | models.Q(other=gone)).order_by("pk"):
        other = mark.other_id if mark.one_id == gone.pk else mark.one_id
        mark.delete()
        if other == keep.pk:
            continue
        first, second = sorted((keep.pk, other))
        NotDuplicate.objects.get_or_create(
            one_id=first,
            other_id=second,
            defaults={"checked_at": mark.checked_at, "checked_by_id": mark.checked_by_id},
        )


def _told(person: Person) -> dict[str, Any]:
    """Everything that a row said, and its groups, as texts."""
    told = {name: str(getattr(person, name)) for name in NAMES if getattr(person, name) not in ("", None)}
    told["groups"] = ", ".join(
        f"{group.code} od {group.since}"
        for group in PersonGroup.objects.filter(person=person).order_by("since", "pk")
    )
    return told


def _empty(gone: Person, keep: Person) -> None:
    """Leave a sign that leads on: nothing of a person, so that nothing of one is kept twice."""
    for name in NAMES:
        if name not in {"citizenship", "language"}:
            setattr(gone, name, None if _column(name).null else "")
    gone.merged_into = keep
    gone.save()


def _column(name: str) -> "models.Field[Any, Any]":
    return next(field for field in Person._meta.fields if field.name == name)


def _label(model: type[models.Model], field: str) -> str:
    return f"{model._meta.label}.{field}"
