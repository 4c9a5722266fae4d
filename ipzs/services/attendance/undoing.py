"""What one person did to marks in one request, taken back from the history.

A mark that comes back keeps to the same rules as one that is written now: since then there may be a leave
over the day, its request may be withdrawn, the last free day may be used.
"""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db.models import ForeignKey

from ipzs.enums import MarkKind
from ipzs.models import DayMark
from ipzs.services.attendance.common import refuse_closed
from ipzs.services.attendance.marks import around_of, check_day, check_free, rests_on
from participants.models import Participation
from participants.rules.codes import UnitType
from participants.services.participations.common import actor
from reintegration.audit.models import Change
from reintegration.core.errors import InputError
from reintegration.core.fields import Ciphertext

SEALED = frozenset({"reason"})


def undo_last(*, request_id: UUID) -> int:
    """Take back what this person changed in one request, unless somebody changed it since."""
    user_id = actor()
    marks = DayMark._meta.db_table
    made = Change.objects.filter(request_id=request_id, user_id=user_id)
    changes = list(made.filter(table_name=marks).order_by("-id"))
    if not changes or made.exclude(table_name=marks).filter(table_name__startswith="ipzs_").exists():
        raise InputError("Nie ma czego cofnąć.")
    rows = list({change.row_id for change in changes})
    files = _files_of(changes)
    held_rows = DayMark.objects.select_for_update(of=("self",)).filter(pk__in=rows).order_by("pk")
    held = {row.pk: row for row in held_rows}
    # Asked only while all of it is held: a colleague's mark may be on its way until then.
    later = Change.objects.filter(row_id__in=rows, table_name=marks, id__gt=changes[0].id)
    if later.exclude(request_id=request_id).exists():
        raise InputError("Ktoś w tym czasie zmienił te wpisy. Popraw je pojedynczo.")
    refuse_closed([row.day for row in held.values()])
    before = {key: [change for change in changes if change.row_id == key] for key in rows}
    # What was new goes first: it may have used up what an older mark needs again.
    for key in sorted(rows, key=lambda key: before[key][-1].operation != "I"):
        _take_back(before[key], held.get(key), files)
    return len(rows)


def _files_of(changes: Sequence[Change]) -> dict[UUID, Participation]:
    """Whose marks they are, locked before the marks as whoever writes one does it."""
    there = DayMark.objects.filter(pk__in=[change.row_id for change in changes])
    keys = set(there.order_by("pk").values_list("participation_id", flat=True))
    gone = [change.values or {} for change in changes if change.operation == "D"]
    keys.update(UUID(str(_before(values["participation_id"]))) for values in gone)
    rows = Participation.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk")
    return {row.pk: row for row in rows}


def _take_back(changes: Sequence[Change], row: DayMark | None, files: Mapping[UUID, Participation]) -> None:
    """Give a row the values that it had before; the changes come newest first."""
    first = changes[-1]
    if first.operation == "I":
        if row is not None:
            row.delete()
        return
    found = row or DayMark(pk=first.row_id)
    for change in changes:
        for name, value in {**(change.values or {}), **(change.sealed or {})}.items():
            _put(found, name, _before(value))
    _rest_again(found, files[found.participation_id])
    # Whoever still looks at an older state is told that it is another one now.
    found.revision = found.revision + len(changes) + 1
    found.save(force_insert=row is None)


def _rest_again(row: DayMark, file: Participation) -> None:
    kind, around = MarkKind(row.kind), around_of(file, row.day)
    check_day(row.day, kind, around)
    if kind is MarkKind.FREE and around.free_day is None:
        check_free(file, row.day, UnitType(around.unit_type))
    row.sick_leave_id, row.free_day_id = rests_on(kind, around)


def _before(value: object) -> object:
    """What a column held before: the trail keeps a pair of old and new, or the old one alone."""
    return value[0] if isinstance(value, list) else value


def _put(row: DayMark, column: str, value: object) -> None:
    field = next((one for one in DayMark._meta.concrete_fields if one.column == column), None)
    if field is None or field.primary_key:
        return
    if column in SEALED and isinstance(value, str):
        sealed = bytes.fromhex(value.removeprefix("\\x"))
        # No words were kept as none, and are no envelope.
        setattr(row, field.attname, Ciphertext(sealed) if sealed else "")
        return
    # A number in JSON is binary; its shortest text is the number that was written.
    bare = str(value) if isinstance(value, float) else value
    plain = field.target_field if isinstance(field, ForeignKey) else field
    setattr(row, field.attname, plain.to_python(bare))
