"""Trial, main period and extension (art. 15 ust. 1-3); a KIS has main periods only, as long as agreed."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from participants.models import Participation, Period
from participants.rules import stages
from participants.rules.codes import PeriodKind, UnitType
from participants.services.participations.agreements import entry_obstacles
from participants.services.participations.common import (
    as_planned,
    locked_open,
    periods_of,
    stored,
    trial_reading,
    unit_type,
)
from reintegration.core import slots
from reintegration.core.dates import ONE_DAY, DateSpan
from reintegration.core.errors import InputError
from reintegration.core.formats import format_table_date


def start_trial(*, participation_id: UUID, since: date) -> Period:
    """Begin the trial month of a CIS; nobody enters before the programme is signed and agreed."""
    file = locked_open(participation_id)
    if unit_type() is UnitType.KIS:
        raise InputError("W KIS nie ma okresu próbnego. Zapisz okres uczestnictwa. (art. 18)")
    _may_enter(file, since)
    until = stages.last_day(since, stages.TRIAL_MONTHS, trial_reading(since))
    _planned(file, [*as_planned(periods_of(file)), stages.Period(PeriodKind.TRIAL, DateSpan(since, until))])
    return _added(file, PeriodKind.TRIAL, since, until)


def qualify(*, participation_id: UUID, until: date | None = None, since: date | None = None) -> Period:
    """Begin the main period: in a CIS the day after the trial, in a KIS on the day that was agreed."""
    file = locked_open(participation_id)
    rows = periods_of(file)
    if unit_type() is UnitType.KIS:
        if since is None or until is None:
            raise InputError("Wpisz pierwszy i ostatni dzień z kontraktu.", field="until")
        if not rows:
            _may_enter(file, since)
        if since <= until:
            _planned(file, [*as_planned(rows), stages.Period(PeriodKind.MAIN, DateSpan(since, until))])
        return _added(file, PeriodKind.MAIN, since, until)
    first = since or (rows[-1].until + ONE_DAY if rows else None)
    if first is None:
        raise InputError("Najpierw jest okres próbny: 1 miesiąc. (art. 15 ust. 1)")
    last = until or stages.latest_end(PeriodKind.MAIN, first, trial_reading(first))
    return _added(file, PeriodKind.MAIN, first, last)


def extend(*, participation_id: UUID, until: date) -> Period:
    """Add up to twelve months after the main period (art. 15 ust. 3)."""
    file = locked_open(participation_id)
    rows = periods_of(file)
    if not any(row.kind == PeriodKind.MAIN for row in rows):
        raise InputError("Nie ma okresu uczestnictwa, który można przedłużyć. (art. 15 ust. 3)")
    if unit_type() is UnitType.KIS:
        raise InputError("W KIS nie ma przedłużenia. Zapisz kolejny okres z kontraktu. (art. 18)")
    return _added(file, PeriodKind.EXTENSION, rows[-1].until + ONE_DAY, until)


def set_periods(
    *, participation_id: UUID, periods: Sequence[stages.Period], entered_before: bool = False
) -> list[Period]:
    """Correct the periods of a file as a whole: those given stay, the others go.

    Who `entered_before` the unit came to the program is in classes already; nobody is asked again what had
    to be there before the first of them. Everybody else is asked as soon as the first day gets earlier.
    """
    file = locked_open(participation_id)
    before = periods_of(file)
    wanted = sorted(periods, key=lambda one: one.span.first)
    entered_before = entered_before or _entered_before(file, before)
    if wanted and not entered_before and (not before or wanted[0].span.first < before[0].since):
        _may_enter(file, wanted[0].span.first)
    if before and not wanted:
        raise InputError("Zostaw przynajmniej jeden okres. Osobę, która odeszła, zapisz jako zakończenie.")
    _check(file, wanted)
    _planned(file, wanted)
    return _rewritten(file, before, wanted)


def _entered_before(file: Participation, before: Sequence[Period]) -> bool:
    """Whether somebody was in classes before anything was signed here, which no other way leads to."""
    signed = file.programme_signed_on
    return bool(before) and (signed is None or before[0].since < signed)


def _planned(file: Participation, wanted: Sequence[stages.Period]) -> None:
    """Let other rooms refuse periods as they are to be."""
    for provider in slots.providers("participants.periods_planned"):
        provider(file, wanted)


def _rewritten(file: Participation, before: list[Period], wanted: Sequence[stages.Period]) -> list[Period]:
    """Change only the days that change: what is left alone is no writing, and may lie in a closed month.

    No two periods may hold one day even for a moment, so that days leave before others come.
    """
    pairs: list[tuple[Period, stages.Period]] = []
    left = list(before)
    for one in wanted:
        same = (row for row in left if row.kind == one.kind and one.span.overlaps(_span(row)))
        row = next(same, None)
        if row is None:
            row = Period(participation=file, person_id=file.person_id, kind=one.kind)
        else:
            left.remove(row)
        pairs.append((row, one))
    for row in left:
        row.delete()
    for row, one in pairs:
        if row in before and not one.span.contains(_span(row)):
            row.since, row.until = max(row.since, one.span.first), min(row.until, _last(one))
            row.save(update_fields=["since", "until"])
    for row, one in pairs:
        if row not in before or _span(row) != one.span:
            row.since, row.until = one.span.first, _last(one)
            stored(row)
    _kept(file)
    return [row for row, _ in pairs]


def _span(row: Period) -> DateSpan:
    return DateSpan(row.since, row.until)


def _last(one: stages.Period) -> date:
    return one.span.last or one.span.first


def _may_enter(file: Participation, since: date) -> None:
    obstacles = entry_obstacles(file, on=since)
    if obstacles:
        raise InputError(" ".join(obstacles))


def _added(file: Participation, kind: PeriodKind, since: date, until: date) -> Period:
    if until < since:
        raise InputError("Koniec nie może być wcześniejszy niż początek.", field="until")
    _check(file, [*as_planned(periods_of(file)), stages.Period(kind, DateSpan(since, until))])
    row = stored(Period(participation=file, person_id=file.person_id, kind=kind, since=since, until=until))
    _kept(file)
    return row


def _kept(file: Participation) -> None:
    """Let others follow the periods as they are now."""
    for provider in slots.providers("participants.periods_kept"):
        provider(file)


def _check(file: Participation, periods: Sequence[stages.Period]) -> None:
    """Refuse what the law does not allow, and days before the file was opened."""
    if not periods:
        return
    first = min(one.span.first for one in periods)
    if first < file.opened_on:
        opened = format_table_date(file.opened_on)
        raise InputError(f"Sprawę otwarto {opened}. Okres nie może zacząć się wcześniej.", field="since")
    found = stages.problems(periods, unit_type=unit_type(), reading=trial_reading(first))
    if found:
        raise InputError(" ".join(found))
