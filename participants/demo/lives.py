"""Who took part in a unit of the large demo, and when: drawn from the unit's own dice, the same every time.

The proportions are those of the sources (about half long-term unemployed, one in eight disabled, one in nine
after alcohol therapy; most who leave a centre go to work, and one in four of those who leave a club).
Nothing here reads the database.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from typing import Final

from participants.enums import Destination, Education, EndReason, Group
from participants.rules import stages
from participants.rules.codes import PeriodKind
from reintegration.core.dates import ONE_DAY, Month, add_months
from reintegration.core.identifiers import false_pesel

WOMEN: Final = (
    "Adela", "Alina", "Aurelia", "Balbina", "Celina", "Czesława", "Emilia", "Felicja", "Genowefa", "Gizela",
    "Halina", "Honorata", "Ilona", "Jadwiga", "Kunegunda", "Leokadia", "Lidia", "Ludwika", "Marianna",
    "Mirosława", "Nina", "Otylia", "Pelagia", "Regina", "Sabina", "Seweryna", "Tamara", "Wanda", "Zofia",
)  # fmt: skip
MEN: Final = (
    "Alojzy", "Anatol", "Apolinary", "Bazyli", "Bogumił", "Cezary", "Dionizy", "Eryk", "Eugeniusz", "Fabian",
    "Gerwazy", "Gracjan", "Hieronim", "Ireneusz", "Jacenty", "Kajetan", "Konstanty", "Ksawery", "Longin",
    "Makary", "Narcyz", "Onufry", "Prokop", "Remigiusz", "Sylwester", "Tadeusz", "Teofil", "Walenty", "Zenon",
)  # fmt: skip
# Birds, fish, herbs and tools: names that one sees to be invented when they come by the hundred.
FAMILIES: Final = (
    "Bocian", "Bratek", "Brzana", "Ciernik", "Czapla", "Czajka", "Dłuto", "Drozd", "Dudek", "Gawron", "Gil",
    "Grabie", "Grążel", "Hebel", "Irys", "Jaskier", "Jaskółka", "Jesiotr", "Karaś", "Karp", "Kielnia",
    "Kopyto", "Kos", "Kowadło", "Kruszyna", "Kulik", "Lin", "Łopata", "Mewa", "Mniszek", "Motyka",
    "Narzędzie", "Niezabudka", "Okoń", "Orlik", "Pędzel", "Perkoz", "Piła", "Pliszka", "Płoć", "Pokrzywa",
    "Poziomka", "Przepiórka", "Pstrąg", "Raszpla", "Rudzik", "Sandacz", "Sierp", "Sikora", "Skowronek",
    "Słonka", "Sum", "Szczygieł", "Szczupak", "Świder", "Tarcza", "Trznadel", "Wierzbówka", "Wilga", "Zięba",
)  # fmt: skip
GROUPS: Final = (
    (Group.LONG_UNEMPLOYED, 49), (Group.DISABILITY, 12), (Group.ALCOHOL, 11), (Group.HOMELESSNESS, 7),
    (Group.PRISON, 6), (Group.MENTAL, 3), (Group.DRUGS, 2), (Group.REFUGEE, 1), (Group.OTHER, 9),
)  # fmt: skip
EDUCATIONS: Final = (
    (Education.PRIMARY, 24), (Education.LOWER_SECONDARY, 16), (Education.VOCATIONAL, 38),
    (Education.SECONDARY, 16), (Education.POST_SECONDARY, 3), (Education.HIGHER, 3),
)  # fmt: skip
JOBS: Final = (
    (EndReason.JOB, Destination.OPEN_MARKET, 78), (EndReason.JOB, Destination.SUPPORTED, 12),
    (EndReason.BUSINESS, Destination.BUSINESS, 5), (EndReason.COOPERATIVE, Destination.COOPERATIVE, 5),
)  # fmt: skip
AFTER: Final = (
    (Destination.OPEN_MARKET, 35), (Destination.SUPPORTED, 12), (Destination.TRAINING, 20),
    (Destination.INACTIVE, 18), (Destination.PENSION, 8), (Destination.UNKNOWN, 7),
)  # fmt: skip
AFTER_CLUB: Final = (
    (Destination.OPEN_MARKET, 12), (Destination.SUPPORTED, 5), (Destination.TRAINING, 38),
    (Destination.INACTIVE, 26), (Destination.PENSION, 8), (Destination.UNKNOWN, 11),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Stay:
    """A period; `planned` is its last day as it was meant, where an end cut it."""

    kind: PeriodKind
    since: date
    until: date
    planned: date | None = None


@dataclass(frozen=True, slots=True)
class Life:
    """One person and one participation."""

    first_name: str
    last_name: str
    sex: str
    birth_date: date
    pesel: str
    group: Group
    education: Education
    months_without_work: int
    from_labour_office: bool
    stays: tuple[Stay, ...]
    ended_on: date | None = None
    reason: str = ""
    destination: str = ""
    certificate_on: date | None = None

    @property
    def since(self) -> date:
        return self.stays[0].since

    @property
    def planned_until(self) -> date:
        return self.stays[-1].planned or self.stays[-1].until


def lives(seed: str, places: int, *, is_cis: bool, history: int, today: date) -> list[Life]:
    """So many places, each taken by one person after another, in the order of their first days."""
    dice = Random(f"reintegra:{seed}")  # noqa: S311 - a story, no secret
    opened = Month.of(today).plus(-history).first
    spans: list[tuple[Stay, ...]] = []
    ends: dict[tuple[Stay, ...], tuple[date, str, str]] = {}
    for place in range(places):
        day = opened + timedelta(days=5 + place * 7 % 50)
        while day < today - timedelta(days=7):
            stays, end = _stay(dice, _monday(day), is_cis=is_cis, today=today)
            spans.append(stays)
            if end is None:
                break
            ends[stays] = end
            day = end[0] + timedelta(days=dice.randint(4, 16))
    used: set[str] = set()
    made = [_life(dice, stays, ends.get(stays), used, is_cis=is_cis) for stays in spans]
    return sorted(made, key=lambda life: (life.since, life.pesel))


def _monday(day: date) -> date:
    """People begin on working days."""
    return day + timedelta(days=max(0, 8 - day.isoweekday()) if day.isoweekday() > 5 else 0)


def _stay(
    dice: Random, since: date, *, is_cis: bool, today: date
) -> tuple[tuple[Stay, ...], tuple[date, str, str] | None]:
    if is_cis:
        return _in_centre(dice, since, today)
    # A club begins and ends with a month: its classes are on some days of the week only.
    month = Month.of(since)
    since = month.first
    until = month.plus(dice.choice((5, 8, 11))).last
    reason, destination = EndReason.COMPLETED.value, _pick(dice, AFTER_CLUB)
    day = until
    if dice.random() < 0.35:
        day = month.plus(dice.randint(2, 4)).last
        reason, destination = (
            (EndReason.JOB.value, Destination.OPEN_MARKET.value)
            if dice.random() < 0.4
            else (EndReason.STATEMENT.value, Destination.UNKNOWN.value)
        )
    return _cut([Stay(PeriodKind.MAIN, since, until)], day, reason, destination, today)


def _in_centre(
    dice: Random, since: date, today: date
) -> tuple[tuple[Stay, ...], tuple[date, str, str] | None]:
    trial = Stay(PeriodKind.TRIAL, since, stages.latest_end(PeriodKind.TRIAL, since))
    roll = dice.random()
    if roll < 0.1:
        return _cut([trial], trial.until, EndReason.TRIAL_FAILED.value, Destination.INACTIVE.value, today)
    first = trial.until + ONE_DAY
    main = Stay(PeriodKind.MAIN, first, stages.latest_end(PeriodKind.MAIN, first))
    if roll < 0.21:
        day = first + timedelta(days=dice.randint(25, 100))
        return _cut([trial, main], day, EndReason.ABANDONED.value, Destination.UNKNOWN.value, today)
    if roll < 0.26:
        day = first + timedelta(days=dice.randint(10, 160))
        return _cut([trial, main], day, EndReason.STATEMENT.value, Destination.INACTIVE.value, today)
    if roll < 0.72:
        day = first + timedelta(days=dice.randint(120, 320))
        reason, destination = dice.choices([(one, two) for one, two, _ in JOBS], [many for *_, many in JOBS])[
            0
        ]
        return _cut([trial, main], day, reason.value, destination.value, today)
    stays = [trial, main]
    if dice.random() < 0.4:
        more = main.until + ONE_DAY
        if more <= today + timedelta(days=20):
            stays.append(Stay(PeriodKind.EXTENSION, more, add_months(more, dice.randint(3, 6)) - ONE_DAY))
    return _cut(stays, stays[-1].until, EndReason.COMPLETED.value, _pick(dice, AFTER), today)


def _cut(
    stays: list[Stay], day: date, reason: str, destination: str, today: date
) -> tuple[tuple[Stay, ...], tuple[date, str, str] | None]:
    """The stays as they were in the end; whoever's end is still to come, or has just come, goes on."""
    if day >= today:
        begun = [one for one in stays if one.since <= today or one.kind is not PeriodKind.MAIN]
        return tuple(begun), None
    last = stays[-1]
    if day < last.until:
        stays[-1] = Stay(last.kind, last.since, day, last.until)
    return tuple(stays), (day, reason, destination)


def _life(
    dice: Random,
    stays: tuple[Stay, ...],
    end: tuple[date, str, str] | None,
    used: set[str],
    *,
    is_cis: bool,
) -> Life:
    sex = "F" if dice.random() < 0.52 else "M"
    born = date(1960 + dice.randint(0, 42), dice.randint(1, 12), dice.randint(1, 28))
    pesel = ""
    while not pesel or pesel in used:
        # The series of numbers that nobody has lies a century beside the living.
        false = born.replace(year=born.year + (100 if born.year >= 2000 else -100))
        serial = 100 * dice.randint(0, 9) + dice.randint(0, 99)
        pesel = false_pesel(false, serial, "M" if sex == "M" else "K")
    used.add(pesel)
    life = Life(
        first_name=dice.choice(WOMEN if sex == "F" else MEN),
        last_name=dice.choice(FAMILIES),
        sex=sex,
        birth_date=born,
        pesel=pesel,
        group=dice.choices([one for one, _ in GROUPS], [many for _, many in GROUPS])[0],
        education=dice.choices([one for one, _ in EDUCATIONS], [many for _, many in EDUCATIONS])[0],
        months_without_work=dice.randint(13, 110),
        from_labour_office=is_cis and dice.random() < 0.2,
        stays=stays,
    )
    return life if end is None else _ended(life, *end)


def _ended(life: Life, day: date, reason: str, destination: str) -> Life:
    return replace(
        life,
        ended_on=day,
        reason=reason,
        destination=destination,
        certificate_on=day + timedelta(days=4),
    )


def _pick(dice: Random, among: tuple[tuple[Destination, int], ...]) -> str:
    return dice.choices([one for one, _ in among], [many for _, many in among])[0].value
