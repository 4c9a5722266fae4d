"""Until when a duty holds, as SQL says it of a row of files; a test compares it with `rules.duties`."""

from datetime import date
from typing import Any

from django.db.models import DateField, Min, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, Greatest

from ipzs.enums import DutyKind
from ipzs.models import DutyRecord, IssuedItem

# Of what was never done, and of what does not run out.
NEVER, ALWAYS = date(1, 1, 1), date(9999, 12, 31)
_HANDED_OUT = frozenset({DutyKind.CLOTHING, DutyKind.PROTECTION})


def end_of(kind: DutyKind, day: date) -> Any:
    """The last day of a duty by its newest entry, or by what is in use, whichever is later."""
    entries = DutyRecord.objects.filter(participation=OuterRef("pk"), kind=kind.value, done_on__lte=day)
    newest = _held(entries.order_by("-done_on").values(end=_or_always("valid_until"))[:1])
    if kind not in _HANDED_OUT:
        return newest
    in_use = IssuedItem.objects.filter(
        Q(returned_on__isnull=True) | Q(returned_on__gt=day),
        participation=OuterRef("pk"),
        kind=kind.value,
        issued_on__lte=day,
    )
    worn = in_use.order_by().values("participation").annotate(end=Min(_or_always("wear_until")))
    return Greatest(newest, _held(worn.values("end")))


def _or_always(name: str) -> Any:
    return Coalesce(name, Value(ALWAYS, output_field=DateField()))


def _held(rows: Any) -> Any:
    return Coalesce(
        Subquery(rows, output_field=DateField()),
        Value(NEVER, output_field=DateField()),
        output_field=DateField(),
    )
