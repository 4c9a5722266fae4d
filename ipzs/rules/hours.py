"""Hours: the week of a CIS, the month of a KIS, and how many people one leader has.

Art. 14 ust. 1: at least 30 and at most 40 hours a week; with a considerable or moderate disability at
most 7 hours a day and 35 a week. Everything is reckoned in minutes; numbers of the law are passed in.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from fractions import Fraction
from math import ceil

from ipzs.rules.codes import Standing
from ipzs.rules.words import hours_text, span_text
from reintegration.core.dates import DateSpan, Month
from reintegration.core.formats import counted, format_table_date, plural, weekday_short

_HOUR = 60
_HUNDREDTH = Decimal("0.01")
_WORK_WEEK = 5


@dataclass(frozen=True, slots=True)
class WeekLimits:
    """Hours of art. 14 ust. 1 in force on the first day of the week."""

    least: int
    most: int
    disability_most: int
    disability_day_most: int


@dataclass(frozen=True, slots=True)
class WeekHours:
    """A week of a person. `owed` is what is asked of it: less than the whole when it is a week in part."""

    week: DateSpan
    minutes: int
    owed: Fraction
    most: int
    standing: Standing
    # Why the week is one in part: a holiday, a closed day, days outside the participation.
    because: tuple[str, ...] = ()
    sentences: tuple[str, ...] = ()


def week_of(day: date) -> DateSpan:
    """The week from Monday to Sunday in which the day lies."""
    monday = day - timedelta(days=day.weekday())
    return DateSpan(monday, monday + timedelta(days=6))


def weeks_of(month: Month) -> tuple[DateSpan, ...]:
    """The weeks that reach into a month, the first and the last of them whole."""
    return tuple(dict.fromkeys(week_of(day) for day in month))


def week_hours(
    week: DateSpan,
    minutes: Mapping[date, int],
    *,
    taking_part: Iterable[DateSpan],
    off: Mapping[date, str],
    limits: WeekLimits,
    disabled: bool = False,
) -> WeekHours:
    """Set the hours of a week against art. 14 ust. 1.

    `minutes` of each day are planned or attended, as the caller asks; for attended ones `off` names also
    the days of sickness and free days. The act knows whole weeks only. From a week in part, one with days
    off or days outside the participation, a fifth less is asked for each working day that is missing; less
    than that is said, but such a week is never "below 30".
    """
    terms = tuple(taking_part)
    inside = {day: minutes.get(day, 0) for day in week if any(day in term for term in terms)}
    because = _missing(week, terms, off)
    total = sum(inside.values())
    owed = Fraction(limits.least * _HOUR * (_WORK_WEEK - len(because)), _WORK_WEEK)
    most = (limits.disability_most if disabled else limits.most) * _HOUR
    sentences: list[str] = []
    standing = Standing.ENOUGH
    if total > most:
        standing = Standing.ABOVE
        sentences.append(
            f"Tydzień {span_text(week)} ma {hours_text(total)}, może mieć najwyżej "
            f"{hours_text(most)}. ({_article(disabled)})"
        )
    elif total < owed:
        standing = Standing.PART_SHORT if because else Standing.BELOW
        sentences.append(
            _part_short(week, total, owed)
            if because
            else f"Tydzień {span_text(week)} ma {hours_text(total)}, powinien mieć co najmniej "
            f"{hours_text(owed)}. (art. 14 ust. 1)"
        )
    if because and any(week.overlaps(term) for term in terms):
        sentences.append(f"To tydzień niepełny: {', '.join(because)}.")
    if disabled:
        sentences += _long_days(inside, limits)
    return WeekHours(week, total, owed, most, standing, because, tuple(sentences))


def _part_short(week: DateSpan, total: int, owed: Fraction) -> str:
    return f"Tydzień {span_text(week)} ma {hours_text(total)}; na jego dni wypada {hours_text(ceil(owed))}."


def _article(disabled: bool) -> str:
    if disabled:
        return "art. 14 ust. 1; art. 15 ust. 2 ustawy o rehabilitacji"
    return "art. 14 ust. 1"


def _missing(week: DateSpan, terms: tuple[DateSpan, ...], off: Mapping[date, str]) -> tuple[str, ...]:
    """Each working day that asks for nothing, with the reason."""
    found = []
    for day in list(week)[:_WORK_WEEK]:
        if not any(day in term for term in terms):
            found.append(f"{weekday_short(day)} poza okresem uczestnictwa")
        elif day in off:
            found.append(f"{weekday_short(day)} {off[day]}")
    return tuple(found)


def _long_days(inside: Mapping[date, int], limits: WeekLimits) -> list[str]:
    most = limits.disability_day_most * _HOUR
    return [
        f"{format_table_date(day)}: {hours_text(minutes)}, przy tym stopniu niepełnosprawności może być "
        f"najwyżej {hours_text(most)} dziennie. (art. 15 ust. 2 ustawy o rehabilitacji)"
        for day, minutes in inside.items()
        if minutes > most
    ]


@dataclass(frozen=True, slots=True)
class Spent:
    """Minutes of a day, a week or a month: in classes of a group, alone with a specialist, in counselling."""

    group: int = 0
    alone: int = 0
    talks: int = 0

    @classmethod
    def of_day(cls, *, marked: int, group: int, alone: int, talks: int) -> "Spent":
        """The classes of the journal are a part of the day that was marked; the longer of the two counts.

        Counselling is written on the card, beside the day, and comes on top of it.
        """
        return cls(max(group, marked - alone), alone, talks)

    def __add__(self, other: "Spent") -> "Spent":
        return Spent(self.group + other.group, self.alone + other.alone, self.talks + other.talks)

    @property
    def classes(self) -> int:
        return self.group + self.alone

    @property
    def total(self) -> int:
        return self.classes + self.talks

    # Hours as people read them, to the hundredth.
    @property
    def class_hours(self) -> Decimal:
        return _in_hours(self.classes, _HOUR)

    @property
    def talk_hours(self) -> Decimal:
        return _in_hours(self.talks, _HOUR)

    @property
    def hours(self) -> Decimal:
        return _in_hours(self.total, _HOUR)

    @property
    def lessons(self) -> Decimal:
        """In teaching hours, rounded down, so that nobody is told too much."""
        return _in_hours(self.total, TeachingRule().minutes_of_hour, ROUND_DOWN)


def _in_hours(minutes: int, hour: int, rounding: str = ROUND_HALF_UP) -> Decimal:
    return (Decimal(minutes) / hour).quantize(_HUNDREDTH, rounding=rounding).normalize()


@dataclass(frozen=True, slots=True)
class TeachingRule:
    """The standard of a KIS: 40 teaching hours of 45 minutes a month. It is advice, no article."""

    hours: int = 40
    minutes_of_hour: int = 45


@dataclass(frozen=True, slots=True)
class TeachingHours:
    """A month of a KIS participant: work in a group and alone with a specialist in one balance."""

    month: Month
    group: Fraction
    individual: Fraction
    owed: Fraction
    standing: Standing
    sentence: str
    whole: bool

    @property
    def total(self) -> Fraction:
        return self.group + self.individual

    @property
    def left(self) -> Fraction:
        """How much is missing from what the month should have."""
        return max(Fraction(0), self.owed - self.total)


def teaching_hours(
    month: Month,
    *,
    group_minutes: int,
    individual_minutes: int,
    taking_part: Iterable[DateSpan],
    rule: TeachingRule | None = None,
) -> TeachingHours:
    """Set a month of a KIS against 40 teaching hours, group and individual together.

    Of a month in part the share of its calendar days is asked.
    """
    rule = rule or TeachingRule()
    group = Fraction(group_minutes, rule.minutes_of_hour)
    individual = Fraction(individual_minutes, rule.minutes_of_hour)
    terms = tuple(taking_part)
    days = sum(any(day in term for term in terms) for day in month)
    owed = Fraction(rule.hours * days, month.days)
    total = group + individual
    if total >= owed:
        standing = Standing.ENOUGH
    else:
        standing = Standing.BELOW if days == month.days else Standing.PART_SHORT
    # What was attended is rounded down and what is asked is rounded up, so that nobody is told too much.
    hours = counted(int(total), "godzina dydaktyczna", "godziny dydaktyczne", "godzin dydaktycznych")
    said = f"{hours} z {ceil(owed)}, w grupie i indywidualnie razem."
    if days != month.days:
        said += f" Miesiąc niepełny: {days} z {counted(month.days, 'dnia', 'dni', 'dni')}."
    return TeachingHours(month, group, individual, owed, standing, said, whole=days == month.days)


def crowded(participants: int, leaders: int, *, most: int) -> str | None:
    """A sentence when one leader has too many participants (art. 11 ust. 3: "nie powinno").

    It stops nothing: the act says how it should be, and a colleague falls ill.
    """
    if participants == 0:
        return None
    if leaders == 0:
        return "Te zajęcia nie mają prowadzącego."
    if participants <= most * leaders:
        return None
    verb = plural(ceil(participants / leaders), "przypada", "przypadają", "przypada")
    persons = counted(ceil(participants / leaders), "osoba", "osoby", "osób")
    return f"Na jednego prowadzącego {verb} {persons}, powinno być najwyżej {most}. (art. 11 ust. 3)"
