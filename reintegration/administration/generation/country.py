"""The plan of a synthetic country: which units, who comes in which year, when, and what each day was.

Pure: no database and no clock. Everything follows from the seed and from which unit and year it is, so that a
part is the same whether it is made at once or after a break.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, cached_property
from random import Random
from typing import Final
from uuid import UUID, uuid5

from reintegration.administration.generation import people
from reintegration.core.calendar_pl import next_working_day, working_days
from reintegration.core.dates import ONE_DAY, DateSpan, Month, add_months
from reintegration.tenancy.enums import UnitType, Voivodeship

NAMESPACE: Final = UUID("5d3f1c1e-0000-5000-8000-000000000002")
VOIVODESHIPS: Final = tuple(one.value for one in Voivodeship)
# A CIS has three times as many people as a KIS (requirements A.22: 70 and 25).
CIS_SHARE: Final = 1.5
KIS_SHARE: Final = 0.5
TRADES: Final = ("stolarska", "kulinarna", "krawiecka", "ogrodnicza", "remontowa", "porządkowa")
START_MONTHS: Final = (1, 2, 3, 4, 5, 6)
START_WEIGHTS: Final = (55, 15, 10, 8, 7, 5)


class Keys:
    """Keys of rows, in time order within their year as the program's own, and always the same ones."""

    def __init__(self, seed: str, day: date) -> None:
        self._dice = Random(seed)  # noqa: S311 - keys of a synthetic country are no secret
        self._moment = int(datetime.combine(day, time(), UTC).timestamp() * 1000) << 12

    def __call__(self) -> UUID:
        self._moment += 1
        milliseconds, counter = self._moment >> 12, self._moment & 0xFFF
        tail = self._dice.getrandbits(62)
        return UUID(int=milliseconds << 80 | 7 << 76 | counter << 64 | 2 << 62 | tail)


@dataclass(frozen=True, slots=True)
class Country:
    seed: int
    units: int
    years: int
    # Of an average unit in a year.
    people: int
    # The last day of which anything is known.
    until: date

    @property
    def first_year(self) -> int:
        return self.until.year - self.years + 1

    @property
    def year_numbers(self) -> range:
        return range(self.first_year, self.until.year + 1)

    @property
    def opened_on(self) -> date:
        return date(self.first_year, 1, 1)

    def key(self, *parts: object) -> UUID:
        return uuid5(NAMESPACE, "/".join(map(str, (self.seed, *parts))))

    def dice(self, *parts: object) -> Random:
        return Random("/".join(map(str, (self.seed, *parts))))  # noqa: S311 - a plan, no secret

    def plans(self) -> Iterator["UnitPlan"]:
        for number in range(1, self.units + 1):
            yield UnitPlan(self, number)

    def voivodeships(self) -> tuple[str, ...]:
        """Those in which there is a unit."""
        return VOIVODESHIPS[: min(self.units, len(VOIVODESHIPS))]

    def office(self, voivodeship: str) -> UUID:
        return self.key("office", voivodeship)

    def user(self, *parts: object) -> UUID:
        return self.key("user", *parts)


@dataclass(frozen=True)
class UnitPlan:
    country: Country
    number: int

    @property
    def type(self) -> UnitType:
        return UnitType.CIS if self.number % 2 else UnitType.KIS

    @property
    def is_cis(self) -> bool:
        return self.type is UnitType.CIS

    @cached_property
    def id(self) -> UUID:
        return self.country.key("unit", self.number)

    @property
    def body(self) -> UUID:
        """The welfare centre that sends people here."""
        return self.country.key("body", self.number)

    @property
    def voivodeship(self) -> str:
        return VOIVODESHIPS[(self.number - 1) % len(VOIVODESHIPS)]

    @property
    def town(self) -> str:
        return people.TOWNS[self.number % len(people.TOWNS)]

    @property
    def short_name(self) -> str:
        return f"{self.type} „Wymyślony {self.number}”"

    @property
    def body_name(self) -> str:
        return f"OPS {self.town} {self.number}"

    @property
    def people(self) -> int:
        """How many come in a year."""
        return max(1, round(self.country.people * (CIS_SHARE if self.is_cis else KIS_SHARE)))

    @property
    def workshops(self) -> int:
        return max(1, min(len(TRADES), -(-self.people // 15)))

    def workshop(self, place: int) -> UUID:
        return self.country.key("workshop", self.number, place)

    def key(self, *parts: object) -> UUID:
        return self.country.key(*parts, self.number)

    def user(self, role: str) -> UUID:
        return self.country.user(self.number, role)

    def year(self, year: int) -> "YearPlan":
        return YearPlan(self, year)


@dataclass(frozen=True, slots=True)
class FilePlan:
    """One person's way through the unit, all of it within one year."""

    place: int
    key: UUID
    person: UUID
    first_name: str
    last_name: str
    sex: str
    birth_date: date
    pesel: str
    education: str
    group: str
    workshop: int
    opened_on: date
    signed_on: date
    since: date
    planned_until: date
    # None while it goes on.
    ended_on: date | None
    end_reason: str
    destination: str
    sick: DateSpan | None
    free: DateSpan | None
    excused: date | None
    unexcused: frozenset[date] = frozenset()
    # The class days until the end, or until the last day of which anything is known.
    days: tuple[date, ...] = ()

    @property
    def last(self) -> date:
        return self.ended_on or self.planned_until

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}"

    @property
    def trial_until(self) -> date:
        return add_months(self.since, 1) - ONE_DAY


@dataclass(frozen=True)
class YearPlan:
    unit: UnitPlan
    year: int

    @property
    def country(self) -> Country:
        return self.unit.country

    @property
    def last(self) -> date:
        """The last day of the year of which anything is known."""
        return min(date(self.year, 12, 31), self.country.until)

    @property
    def months_over(self) -> list[Month]:
        """The months that are over and closed."""
        months = [Month(self.year, number) for number in range(1, 13)]
        return [month for month in months if month.last < self.country.until]

    @cached_property
    def files(self) -> tuple[FilePlan, ...]:
        dice = self.country.dice("year", self.unit.number, self.year)
        keys = Keys(f"{self.country.seed}/files/{self.unit.number}/{self.year}", date(self.year, 1, 1))
        made = (self._file(place, dice, keys) for place in range(self.unit.people))
        return tuple(one for one in made if one.since <= self.country.until)

    def _file(self, place: int, dice: Random, keys: Keys) -> FilePlan:
        sex = "F" if dice.random() < 0.52 else "M"
        (month,) = dice.choices(START_MONTHS, START_WEIGHTS)
        since = next_working_day(date(self.year, month, dice.randint(1, 9)))
        planned = min(date(self.year, 12, 31), add_months(since, 12) - ONE_DAY)
        reason, destination, ends = "completed", dice.choice(("open_market", "supported", "unknown")), planned
        if dice.random() < 0.2:
            ends = min(planned, since + timedelta(days=dice.randint(60, 240)))
            reason, destination = dice.choice((("job", "open_market"), ("statement", "inactive")))
        ended = ends if ends < self.country.until else None
        last = ends if ended is not None else min(planned, self.country.until - ONE_DAY)
        days = tuple(day for day in _class_days(self.year) if since <= day <= last)
        sick, free, excused, unexcused = self._absences(dice, days, last)
        (group,) = dice.choices(people.GROUPS, people.GROUP_WEIGHTS)
        return FilePlan(
            place=place,
            key=keys(),
            person=keys(),
            first_name=people.first_name(dice, sex),
            last_name=people.last_name(dice),
            sex=sex,
            birth_date=date(dice.randint(1962, 2004), dice.randint(1, 12), dice.randint(1, 28)),
            pesel=people.pesel(self._serial(place), sex),
            education=dice.choice(people.EDUCATION),
            group=group,
            workshop=place % self.unit.workshops,
            # Not before the year begins, whose numbers the file and the programme carry.
            opened_on=max(date(self.year, 1, 1), since - timedelta(days=dice.randint(15, 25))),
            signed_on=max(date(self.year, 1, 1), since - timedelta(days=dice.randint(4, 12))),
            since=since,
            planned_until=planned,
            ended_on=ended,
            end_reason=reason if ended is not None else "",
            destination=destination if ended is not None else "",
            sick=sick,
            free=free,
            excused=excused,
            unexcused=unexcused,
            days=days,
        )

    def _serial(self, place: int) -> int:
        """Which person of the whole country this is."""
        country = self.country
        most = max(1, round(country.people * CIS_SHARE))
        return ((self.unit.number - 1) * country.years + self.year - country.first_year) * most + place

    def _absences(
        self, dice: Random, days: tuple[date, ...], last: date
    ) -> tuple[DateSpan | None, DateSpan | None, date | None, frozenset[date]]:
        """A sick leave, a free day, a day excused and some that are not; each on days of its own."""
        ill, off, away, missed = (dice.random() for _ in range(4))
        at = [dice.random() for _ in range(6)]
        if len(days) < 15:
            return None, None, None, frozenset()
        left = list(days[5:])

        def take(place: float) -> date:
            return left.pop(int(place * len(left)))

        sick = free = excused = None
        if ill < 0.35:
            first = left[int(at[0] * len(left))]
            sick = DateSpan(first, min(last, first + timedelta(days=2 + int(at[1] * 9))))
            left = [day for day in left if day not in sick]
        # Of the act on a CIS alone, and not in the trial month (art. 15 ust. 6b).
        later = [day for day in left if self.unit.is_cis and day >= add_months(days[0], 1)]
        if later and off < 0.5:
            free = DateSpan.single(later[int(at[2] * len(later))])
            left.remove(free.first)
        if left and away < 0.4:
            excused = take(at[3])
        unexcused = [take(place) for place in at[4:] if left and missed < 0.3]
        return sick, free, excused, frozenset(unexcused)


@cache
def _class_days(year: int) -> tuple[date, ...]:
    return tuple(working_days(DateSpan(date(year, 1, 1), date(year, 12, 31))))


def kind_of_day(file: FilePlan) -> Mapping[date, str]:
    """What each class day was, as marks call it; a day that is not here was one of presence."""
    found = dict.fromkeys(file.unexcused, "unexcused")
    if file.excused is not None:
        found[file.excused] = "excused"
    for span, kind in ((file.free, "free"), (file.sick, "sick")):
        if span is not None:
            found |= {day: kind for day in file.days if day in span}
    return found
