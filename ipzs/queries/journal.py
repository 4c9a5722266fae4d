"""What the class journal says of persons' days, beside what their marks say."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db.models import F, Q, QuerySet, Value

from ipzs.enums import MeetingState
from ipzs.models import ClassMeeting, ClassPresence, WorkshopPlace
from ipzs.queries.spent import counselling
from ipzs.rules.closing import Journal
from participants.rules.codes import UnitType
from reintegration.core.dates import Month

_CAME: Final = "came"
_TALKED: Final = "talked"
_EXPECTED: Final = "expected"


def of_month(month: Month, participation_ids: Iterable[UUID]) -> dict[UUID, Journal]:
    """Who was written down on which days, and on which days nobody wrote them down, in one query."""
    keys, days = list(participation_ids), (month.first, month.last)
    places = WorkshopPlace.objects.filter(
        Q(until__isnull=True) | Q(until__gte=F("workshop__meetings__day")),
        since__lte=F("workshop__meetings__day"),
        workshop__meetings__state=MeetingState.HELD,
        workshop__meetings__day__range=days,
    )
    alone = ClassMeeting.objects.filter(state=MeetingState.HELD, workshop__isnull=True, day__range=days)
    said = _said(ClassPresence.objects.filter(day__range=days), _CAME, "participation", "day", keys).union(
        _said(counselling(month.span), _TALKED, "participation", "held_on", keys),
        _said(places, _EXPECTED, "participation", "workshop__meetings__day", keys),
        _said(alone, _EXPECTED, "entry__participation", "day", keys),
    )
    found: dict[UUID, dict[str, set[date]]] = {}
    for key, day, what in said.order_by("_file", "_day", "_what"):
        found.setdefault(key, {_CAME: set(), _TALKED: set(), _EXPECTED: set()})[what].add(day)
    return {
        key: Journal(frozenset(of[_CAME]), frozenset(of[_EXPECTED] - of[_CAME] - of[_TALKED]))
        for key, of in found.items()
    }


def speaking() -> QuerySet[ClassPresence]:
    """Presences that stand for a mark: in a KIS nobody ticks the same people twice.

    A day of a CIS is paid for by its mark, and a tick in the journal is none.
    """
    rows: QuerySet[ClassPresence] = ClassPresence.objects.filter(unit__unit_type=UnitType.KIS)
    return rows


def _said(rows: QuerySet[Any], what: str, file: str, day: str, keys: list[UUID]) -> QuerySet[Any]:
    of_files = rows.filter(**{f"{file}__in": keys}).order_by()
    return of_files.annotate(_file=F(f"{file}_id"), _day=F(day), _what=Value(what)).values_list(
        "_file", "_day", "_what"
    )
