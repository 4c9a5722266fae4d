"""Periods of a participation and the stage that follows from them (art. 2, 13, 15, 18)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final

from participants.rules.codes import PeriodKind, Stage, TrialEnd, UnitType
from reintegration.core.dates import ONE_DAY, DateSpan, add_months, total_days, union
from reintegration.core.formats import format_table_date

TRIAL_MONTHS: Final = 1
MAIN_MONTHS: Final = 11
EXTENSION_MONTHS: Final = 12
GRADUATE_MONTHS: Final = 6
# Art. 114 of the civil code: where a term need not run without a break, a month is thirty days.
_DAYS_OF_MONTH: Final = 30

_STAGES: Final = {
    PeriodKind.TRIAL: Stage.TRIAL,
    PeriodKind.MAIN: Stage.MAIN,
    PeriodKind.EXTENSION: Stage.EXTENDED,
}
_ORDER: Final = tuple(PeriodKind)
_MONTHS: Final = {
    PeriodKind.TRIAL: TRIAL_MONTHS,
    PeriodKind.MAIN: MAIN_MONTHS,
    PeriodKind.EXTENSION: EXTENSION_MONTHS,
}
_NAMES: Final = {
    PeriodKind.TRIAL: "okres próbny",
    PeriodKind.MAIN: "okres uczestnictwa",
    PeriodKind.EXTENSION: "przedłużenie",
}


@dataclass(frozen=True, slots=True)
class Period:
    """A period as planned; leaving early is the end of the participation, not a shorter period."""

    kind: PeriodKind
    span: DateSpan


def last_day(first: date, months: int, reading: TrialEnd = TrialEnd.DAY_BEFORE) -> date:
    """The last day of a term in months: from 15.10 one month lasts until 14.11, from 31.01 until 27.02.

    The month is added first, clipped to its last day, and only then one goes a day back; a unit that
    reads `same_day` does not go back.
    """
    end = add_months(first, months)
    return end if reading is TrialEnd.SAME_DAY else end - ONE_DAY


def latest_end(kind: PeriodKind, first: date, reading: TrialEnd = TrialEnd.DAY_BEFORE) -> date:
    """The day on which a period ends at the latest; a trial ends exactly then (art. 15 ust. 1, 3)."""
    return last_day(first, _MONTHS[kind], reading)


def stage_on(
    periods: Iterable[Period], ended_on: date | None, graduated_until: date | None, day: date
) -> Stage:
    """The stage of a participation on a day.

    `ended_on` is the last day of it. When the last period is over the programme has ended with it (art.
    13 ust. 5), recorded or not. In a gap, which `problems` reports, the stage before it stays. The
    status of a graduate of KIS has no last day: `date.max` stands for it.
    """
    ordered = sorted(periods, key=lambda period: period.span.first)
    over = ended_on is not None and day > ended_on
    if ordered and not over:
        over = all(period.span.last is not None and period.span.last < day for period in ordered)
    if not over:
        begun = [period for period in ordered if period.span.first <= day]
        return _STAGES[begun[-1].kind] if begun else Stage.CANDIDATE
    if graduated_until is not None and day <= graduated_until:
        return Stage.GRADUATE
    return Stage.ENDED


def graduate_until(
    periods: Iterable[Period],
    *,
    ended_on: date,
    certificate_on: date | None,
) -> date | None:
    """The last day of the status of a graduate of CIS, or None without it (art. 2).

    It takes six months in classes and the certificate of art. 13 ust. 5a, and lasts six months from the
    end of classes. Art. 15 ust. 2 and 3 call "uczestnictwo w zajęciach" what comes after the trial.
    """
    if certificate_on is None:
        return None
    if not attended_long_enough(periods, ended_on=ended_on):
        return None
    until = add_months(ended_on, GRADUATE_MONTHS)
    return until if certificate_on <= until else None


def is_kis_graduate(
    periods: Iterable[Period], *, ended_on: date, certificate_on: date | None, contract_fulfilled: bool
) -> bool:
    """Tell whether who left a KIS is its graduate (art. 2, art. 18 ust. 5a); the act sets no last day."""
    return (
        certificate_on is not None and contract_fulfilled and attended_long_enough(periods, ended_on=ended_on)
    )


def attended_long_enough(periods: Iterable[Period], *, ended_on: date) -> bool:
    """Tell whether classes lasted six months up to the day of the end.

    Without a break they are counted by the calendar; with one, a month is thirty days.
    """
    lasted = DateSpan(date.min, ended_on)
    clipped = (period.span.clip(lasted) for period in periods if period.kind is not PeriodKind.TRIAL)
    spans = union(span for span in clipped if span is not None)
    if len(spans) == 1 and spans[0].last is not None:
        return spans[0].last >= last_day(spans[0].first, GRADUATE_MONTHS)
    return total_days(spans) >= GRADUATE_MONTHS * _DAYS_OF_MONTH


def problems(
    periods: Sequence[Period],
    *,
    unit_type: UnitType = UnitType.CIS,
    reading: TrialEnd = TrialEnd.DAY_BEFORE,
) -> tuple[str, ...]:
    """Tell what of the periods the law does not allow, in sentences (art. 15 ust. 1–3).

    One trial of exactly a month; then, from the next day, up to eleven months; then up to twelve more,
    which several extensions may make up. The length of a KIS is set for each person (art. 18), so that
    there only the trial and the extension are out of place, and days that overlap.
    """
    ordered = sorted(periods, key=lambda period: (period.span.first, _ORDER.index(period.kind)))
    found = [*_disorder(ordered, gaps=unit_type is UnitType.CIS)]
    if unit_type is UnitType.KIS:
        if any(period.kind is not PeriodKind.MAIN for period in ordered):
            found.append("W KIS nie ma okresu próbnego ani przedłużenia. Długość ustala kontrakt. (art. 18)")
        return tuple(found)
    parts = {kind: [period.span for period in ordered if period.kind is kind] for kind in _ORDER}
    trials, mains, extensions = (parts[kind] for kind in _ORDER)
    if len(trials) > 1:
        found.append(f"Okres próbny jest jeden, wpisano {len(trials)}. (art. 15 ust. 1)")
    if len(mains) > 1:
        found.append(f"Okres uczestnictwa jest jeden, wpisano {len(mains)}. (art. 15 ust. 3)")
    if mains and not trials:
        found.append("Przed okresem uczestnictwa brakuje okresu próbnego. (art. 15 ust. 2)")
    if extensions and not mains:
        found.append("Nie ma okresu uczestnictwa, który można przedłużyć. (art. 15 ust. 3)")
    found += [sentence for span in trials if (sentence := _trial_length(span, reading))]
    for kind in (PeriodKind.MAIN, PeriodKind.EXTENSION):
        if sentence := _too_long(kind, parts[kind], reading):
            found.append(sentence)
    return tuple(found)


def _disorder(ordered: Sequence[Period], *, gaps: bool) -> Iterable[str]:
    """What is wrong between each period and the next."""
    for earlier, later in pairwise(ordered):
        name = _NAMES[later.kind]
        capital = name[0].upper() + name[1:]
        if _ORDER.index(later.kind) < _ORDER.index(earlier.kind):
            yield f"{capital} nie może zacząć się po tym, jak trwa {_NAMES[earlier.kind]}. (art. 15)"
        elif earlier.span.overlaps(later.span):
            start = format_table_date(later.span.first)
            yield f"{capital} zaczyna się {start}, gdy trwa jeszcze poprzedni okres."
        elif gaps and not earlier.span.touches(later.span) and earlier.span.last is not None:
            due = format_table_date(earlier.span.last + ONE_DAY)
            yield f"{capital} zaczyna się dzień po poprzednim okresie, czyli {due}. (art. 15)"


def _trial_length(span: DateSpan, reading: TrialEnd) -> str | None:
    end = latest_end(PeriodKind.TRIAL, span.first, reading)
    if span.last == end:
        return None
    return f"Okres próbny trwa 1 miesiąc: do {format_table_date(end)}. (art. 15 ust. 1)"


def _too_long(kind: PeriodKind, spans: Sequence[DateSpan], reading: TrialEnd) -> str | None:
    """Whether the parts of one kind, from the first day to the last, are longer than the law allows."""
    if not spans:
        return None
    end = latest_end(kind, spans[0].first, reading)
    name = _NAMES[kind].capitalize()
    until = format_table_date(end)
    if any(span.last is None for span in spans):
        return f"Wpisz ostatni dzień. {name} trwa najdłużej do {until}. (art. 15 ust. 3)"
    if max(span.last for span in spans if span.last is not None) > end:
        months = _MONTHS[kind]
        return f"{name} trwa do {months} miesięcy, najdłużej do {until}. (art. 15 ust. 3)"
    return None
