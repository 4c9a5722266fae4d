"""Free days: a person asks, the manager agrees or does not (art. 15 ust. 6a and 6b).

A granted request marks its class days at once, so that everybody sees them; a day on which the person
came after all is marked so, and the free day is theirs again.
"""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from ipzs.enums import FreeDayState, MarkKind
from ipzs.models import DayMark, FreeDayRequest
from ipzs.queries import balances, timetable
from ipzs.rules.balances import Facts, Mark, free_days
from ipzs.rules.codes import MarkKind as RuleKind
from ipzs.rules.words import days_text
from ipzs.services.attendance.common import (
    change_kind,
    not_ahead,
    ordered,
    reason_of,
    refuse_closed,
    store,
    terms_of,
)
from ipzs.transitions.free_days import TABLE, Transition
from participants.models import Participation
from participants.rules.codes import PeriodKind, UnitType
from participants.services.participations.common import actor, locked, locked_open, stored, unit_type
from reintegration.core import clock
from reintegration.core.dates import DateSpan
from reintegration.core.errors import InputError

LONGEST = 60
# Marks that a consent turns into a free day; who came, or was ill, did not use one.
ABSENT = (MarkKind.UNEXCUSED, MarkKind.EXCUSED)


def ask(*, participation_id: UUID, since: date, until: date, asked_on: date | None = None) -> FreeDayRequest:
    """Write down a request; it says at once when there are not enough days."""
    file = locked_open(participation_id)
    if unit_type() is UnitType.KIS:
        raise InputError("Dni wolne z ustawy mają uczestnicy CIS. (art. 15 ust. 6a)")
    span = ordered(since, until)
    if span.days > LONGEST:
        raise InputError("Wniosek obejmuje najwyżej 60 dni. Sprawdź dni.", field="until")
    asked = asked_on or clock.today()
    not_ahead(asked, field="asked_on")
    _days_of(file, span)
    request = FreeDayRequest(
        participation=file, person_id=file.person_id, since=since, until=until, asked_on=asked
    )
    return stored(request)


def grant(*, request_id: UUID) -> FreeDayRequest:
    """The manager agrees: the class days of the request are free, paid in full."""
    request = _held(request_id)
    span = DateSpan(request.since, request.until)
    refuse_closed(list(span))
    TABLE.move(request, Transition.GRANT)
    days = _days_of(request.participation, span)
    _decided(request)
    _mark(request, days)
    return request


def refuse(*, request_id: UUID, reason: str) -> FreeDayRequest:
    request = _held(request_id)
    said = reason_of(reason)
    if not said:
        raise InputError("Napisz, dlaczego nie ma zgody.", field="reason")
    TABLE.move(request, Transition.REFUSE)
    request.reason = said
    return _decided(request)


def withdraw(*, request_id: UUID) -> FreeDayRequest:
    """The person takes the request back; of a granted one only before its first day."""
    request = _held(request_id)
    granted = request.state == FreeDayState.GRANTED
    TABLE.move(request, Transition.WITHDRAW)
    if granted:
        if request.since <= clock.today():
            raise InputError("Te dni już się zaczęły. Dzień, w którym ktoś przyszedł, popraw w obecności.")
        refuse_closed(list(DateSpan(request.since, request.until)))
        for row in DayMark.objects.select_for_update(of=("self",)).filter(free_day=request).order_by("day"):
            row.delete()
    return stored(request)


def class_days_in(file: Participation, span: DateSpan) -> list[date]:
    """The days of a span on which somebody has classes: only these use up free days."""
    planned: set[date] = set()
    for month in span.months():
        planned.update(timetable.class_days([file.pk], month)[file.pk])
    return sorted(day for day in planned if day in span)


def _held(request_id: UUID) -> FreeDayRequest:
    key = FreeDayRequest.objects.values_list("participation_id", flat=True).get(pk=request_id)
    locked(key)
    found: FreeDayRequest = (
        FreeDayRequest.objects.select_for_update(of=("self",))
        .select_related("participation")
        .get(pk=request_id)
    )
    return found


def _decided(request: FreeDayRequest) -> FreeDayRequest:
    request.decided_on, request.decided_by_id = clock.today(), actor()
    return stored(request)


def _days_of(file: Participation, span: DateSpan) -> list[date]:
    """The class days of a request; refused in the trial, and when there are not so many left."""
    days, terms = class_days_in(file, span), terms_of(file)
    if not days:
        raise InputError("W tych dniach ta osoba nie ma zajęć.", field="since")
    trial = [day for day in days if terms.kind_on(day) is PeriodKind.TRIAL]
    if trial:
        raise InputError(
            f"W okresie próbnym nie ma dni wolnych: {days_text(trial)}. (art. 15 ust. 6a)", field="since"
        )
    governing = balances.rules_on(days[0])
    facts = balances.facts_of([file.pk], governing)[file.pk]
    over = _over(facts, days)
    if over:
        raise InputError(
            f"Nie wystarczy dni wolnych. Ponad limit: {days_text(over)}. (art. 15 ust. 6a)", field="until"
        )
    return days


def _over(facts: Facts, days: Iterable[date]) -> list[date]:
    """The days of a request that have no free day left for them."""
    wanted = list(days)
    governing = balances.rules_on(wanted[0])
    for day in wanted:
        if facts.mark_on(day) not in {RuleKind.PRESENT, RuleKind.SICK, RuleKind.EMPLOYER, RuleKind.CLOSED}:
            facts = facts.with_mark(Mark(day, RuleKind.FREE))
    counted = free_days(facts, limits=governing.limits, readings=governing.readings)
    first = wanted[0]
    return [one.day for one in counted if one.is_over and one.day >= first]


def _mark(request: FreeDayRequest, days: list[date]) -> None:
    held = DayMark.objects.select_for_update(of=("self",)).filter(
        person_id=request.person_id, day__range=(request.since, request.until)
    )
    marks = {row.day: row for row in held.order_by("day")}
    user_id = actor()
    for day in days:
        row = marks.get(day)
        if row is None:
            row = DayMark(participation_id=request.participation_id, person_id=request.person_id, day=day)
            row.kind, row.free_day = MarkKind.FREE, request
            store(row, user_id)
        elif row.kind in ABSENT:
            change_kind(row, MarkKind.FREE, reason="zgoda na dzień wolny", user_id=user_id)
        if row.kind == MarkKind.FREE and row.free_day_id != request.pk:
            row.free_day = request
            row.save(update_fields=["free_day"])
