"""Early warnings: signs that somebody may be leaving, each a sentence with the day from which it holds.

They ask for a talk and never cost anything. Leaving is likeliest in the first weeks, while trust grows,
so that a unit wants to know before the counting of days says anything.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from ipzs.rules.balances import (
    CountedDay,
    DayLimits,
    DayReadings,
    Facts,
    kinds_by_day,
    period_on,
    sick_days,
    unexcused_balance,
    unexcused_days,
)
from ipzs.rules.codes import AlertKind, MarkKind, Standing, UnexcusedLimit
from ipzs.rules.hours import WeekHours
from ipzs.rules.words import days_text, in_month
from reintegration.core.dates import Month
from reintegration.core.formats import counted, distance, format_date, plural

EARLY_WEEKS: Final = 4
EARLY_ABSENCES: Final = 2
SICK_DAYS: Final = 15
SILENT_DAYS: Final = 14
ENDS_IN_DAYS: Final = 60

# A free day is agreed, a day at the employer is attended, and on a closed day nobody is missing.
_ABSENCES: Final = frozenset({MarkKind.UNEXCUSED, MarkKind.EXCUSED, MarkKind.SICK})


@dataclass(frozen=True, slots=True)
class Alert:
    """A sign, the day from which it holds, and how a desk says it."""

    kind: AlertKind
    day: date
    sentence: str


def early_absences(facts: Facts) -> Alert | None:
    """Two absences in the first four weeks of the participation; it holds from the second.

    A sick leave is one absence however long it is: the doctor has explained all its days.
    """
    if not facts.periods:
        return None
    start = min(period.span.first for period in facts.periods)
    stop = start + timedelta(weeks=EARLY_WEEKS)
    days: list[date] = []
    sick_before = None
    for day, kind in kinds_by_day(facts).items():
        if kind not in _ABSENCES or not start <= day < stop or period_on(facts, day) is None:
            continue
        follows = kind is MarkKind.SICK and sick_before == day - timedelta(days=1)
        sick_before = day if kind is MarkKind.SICK else None
        if not follows:
            days.append(day)
    if len(days) < EARLY_ABSENCES:
        return None
    times = counted(len(days), "nieobecność", "nieobecności", "nieobecności")
    return Alert(
        AlertKind.EARLY_ABSENCES,
        days[EARLY_ABSENCES - 1],
        f"{times} w pierwszych czterech tygodniach: {days_text(days)}. To dobry czas na rozmowę.",
    )


def third_unexcused(facts: Facts, month: Month, *, limits: DayLimits, readings: DayReadings) -> Alert | None:
    """The third unexcused day of a month, after which the next may cost all of it (art. 15 ust. 7)."""
    reached: list[date] = []
    if facts.opening is not None and facts.opening.until in month:
        reached = [facts.opening.until] * facts.opening.unexcused
    reached += unexcused_days(facts, month)
    if len(reached) < limits.unexcused:
        return None
    number = len(reached)
    words = counted(number, "dzień", "dni", "dni")
    unexcused = plural(number, "nieusprawiedliwiony", "nieusprawiedliwione", "nieusprawiedliwionych")
    said = f"{words} {unexcused} {in_month(month)}."
    balance = unexcused_balance(facts, month, limits=limits, readings=readings)
    if balance.over:
        said += " Świadczenie za ten miesiąc nie przysługuje. (art. 15 ust. 7)"
    elif not balance.left:
        next_one = "Następny z rzędu" if readings.unexcused is UnexcusedLimit.CONSECUTIVE else "Następny"
        said += f" {next_one} zabierze całe świadczenie za miesiąc. (art. 15 ust. 7)"
    return Alert(AlertKind.THIRD_UNEXCUSED, reached[limits.unexcused - 1], said)


def many_sick_days(
    facts: Facts, *, limits: DayLimits, readings: DayReadings, number: int = SICK_DAYS
) -> Alert | None:
    """The fifteenth day of sickness in a pool (art. 15 ust. 7a), early enough to talk about what follows."""
    # With a new pool for the extension the later one is what matters now.
    pool: list[CountedDay] = []
    for one in sick_days(facts, limits=limits, readings=readings):
        pool = [*pool, one] if pool and one.number > pool[-1].number else [one]
    reached = [one for one in pool if one.number >= number]
    if not reached:
        return None
    first, last = reached[0], reached[-1]
    words = counted(last.number, "dzień choroby", "dni choroby", "dni choroby")
    if last.is_over:
        said = f"{words}, limit to {last.limit}. Za dalsze dni świadczenie nie przysługuje. (art. 15 ust. 7a)"
    else:
        left = counted(last.limit - last.number, "dzień", "dni", "dni")
        said = f"{words} z {last.limit}. Do limitu: {left}. (art. 15 ust. 7a)"
    return Alert(AlertKind.SICK_DAYS, first.day, said)


def few_hours(week: WeekHours) -> Alert | None:
    """A whole week with less than the 30 hours of art. 14 ust. 1; a week in part is no sign of anything."""
    if week.standing is not Standing.BELOW:
        return None
    assert week.week.last is not None
    return Alert(AlertKind.FEW_HOURS, week.week.last, week.sentences[0])


def silence(last_entry: date | None, *, since: date, today: date, days: int = SILENT_DAYS) -> Alert | None:
    """Nobody has written anything about a person for 14 days; `since` is the first day of the file."""
    last = max(last_entry or since, since)
    due = last + timedelta(days=days)
    if today < due:
        return None
    words = counted((today - last).days, "dnia", "dni", "dni")
    if last_entry is None:
        said = f"Od {words} nie ma żadnego wpisu."
    else:
        said = f"Od {words} nie ma nowego wpisu. Ostatni: {format_date(last_entry, today=today)}."
    return Alert(AlertKind.SILENCE, due, said)


def ends_soon(ends_on: date, *, today: date, days: int = ENDS_IN_DAYS) -> Alert | None:
    """The programme ends within 60 days: time to extend it or to plan what follows (art. 15 ust. 3)."""
    since = ends_on - timedelta(days=days)
    if not since <= today <= ends_on:
        return None
    return Alert(
        AlertKind.ENDS_SOON,
        since,
        f"Program kończy się {distance(ends_on, today=today)}, "
        f"{format_date(ends_on, today=today)}. Zaplanuj przedłużenie albo zakończenie.",
    )
