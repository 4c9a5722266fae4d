"""Balances with which a unit that starts in mid-year begins: typed for one person, or read from a file."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from ipzs.models import OpeningBalance
from ipzs.queries.months import closed_after
from ipzs.services.attendance import hold_month
from participants.models import Participation
from participants.rules.codes import PeriodKind
from participants.services.participations.common import locked, not_in_future, periods_of, stored
from reintegration.core import clock
from reintegration.core.dates import ONE_DAY, DateSpan, Month
from reintegration.core.errors import InputError
from reintegration.core.formats import counted, format_month, format_table_date
from reintegration.core.text import clean


@dataclass(frozen=True, slots=True)
class OpeningData:
    """What was used up to a day; the unexcused days and the hours are those of its month."""

    until: date
    source: str
    free_days: int = 0
    free_days_extension: int = 0
    sick_days: int = 0
    sick_days_extension: int = 0
    unexcused_in_month: int = 0
    hours_in_month: Decimal = Decimal(0)


def save_opening(*, participation_id: UUID, data: OpeningData) -> OpeningBalance:
    """Write down what was used before the program was here, or correct it while no later month is closed."""
    file = locked(participation_id)
    standing = _standing(file)
    _check(file, data)
    if standing is not None and is_same(standing, data):
        return standing
    _hold_months(_first_day(file, standing, data))
    row = standing or OpeningBalance(participation=file, person_id=file.person_id)
    row.until, row.source = data.until, clean(data.source)
    row.free_days, row.free_days_extension = data.free_days, data.free_days_extension
    row.sick_days, row.sick_days_extension = data.sick_days, data.sick_days_extension
    row.unexcused_in_month, row.hours_in_month = data.unexcused_in_month, round(data.hours_in_month, 1)
    return stored(row)


def remove_opening(*, participation_id: UUID) -> None:
    """Take the opening away: from now on only what is marked here counts."""
    file = locked(participation_id)
    standing = _standing(file)
    if standing is None:
        raise InputError("Ta osoba nie ma stanu początkowego.")
    _hold_months(_first_day(file, standing, None))
    standing.delete()


def is_same(row: OpeningBalance, data: OpeningData) -> bool:
    """Whether the figures are those that stand; where they come from may be told otherwise."""
    figures = (
        "until", "free_days", "free_days_extension", "sick_days", "sick_days_extension",
        "unexcused_in_month", "hours_in_month",
    )  # fmt: skip
    return all(getattr(row, name) == getattr(data, name) for name in figures)


def _standing(file: Participation) -> OpeningBalance | None:
    found: OpeningBalance | None = (
        OpeningBalance.objects.select_for_update(of=("self",)).filter(participation=file).first()
    )
    return found


def _check(file: Participation, data: OpeningData) -> None:
    not_in_future(data.until, field="until")
    if not clean(data.source):
        raise InputError("Napisz, skąd są te liczby: listy obecności, poprzedni program.", field="source")
    periods = [row for row in periods_of(file) if row.since <= data.until]
    if not periods:
        day = format_table_date(data.until)
        raise InputError(f"Do {day} ta osoba nie uczestniczyła jeszcze w zajęciach.", field="until")
    kinds = {row.kind for row in periods}
    for kind, used, field in (
        (PeriodKind.MAIN, data.free_days, "free_days"),
        (PeriodKind.MAIN, data.sick_days, "sick_days"),
        (PeriodKind.EXTENSION, data.free_days_extension, "free_days_extension"),
        (PeriodKind.EXTENSION, data.sick_days_extension, "sick_days_extension"),
    ):
        if used and kind not in kinds:
            name = "przedłużenie" if kind is PeriodKind.EXTENSION else "okres uczestnictwa"
            raise InputError(
                f"Do {format_table_date(data.until)} nie zaczął się {name}. Wpisz 0."
                if kind is PeriodKind.MAIN
                else f"Do {format_table_date(data.until)} nie zaczęło się {name}. Wpisz 0.",
                field=field,
            )
    if data.unexcused_in_month > data.until.day:
        raise InputError(
            f"Od początku miesiąca minęło {counted(data.until.day, 'dzień', 'dni', 'dni')}. "
            "Wpisz najwyżej tyle.",
            field="unexcused_in_month",
        )


def _first_day(file: Participation, standing: OpeningBalance | None, data: OpeningData | None) -> date:
    """From which day on something is counted otherwise, as the database holds it (`0005_closed_plan`)."""
    if standing is None or data is None or standing.until != data.until:
        # Whether days speak for themselves changes from the first of the person.
        ends = [one.until for one in (standing, data) if one is not None]
        return min([min(ends) + ONE_DAY, *(row.since for row in periods_of(file))])
    before = (standing.unexcused_in_month, standing.hours_in_month)
    same_month = before == (data.unexcused_in_month, data.hours_in_month)
    return data.until + ONE_DAY if same_month else data.until


def _hold_months(since: date) -> None:
    """Hold the months that are counted from the opening; one that is closed keeps its figures."""
    today = clock.today()
    if since <= today:
        for month in DateSpan(since, today).months():
            hold_month(month.first)
    first = closed_after(since).first()
    if first is not None:
        name = format_month(Month.of(first.first_day)).capitalize()
        raise InputError(f"{name} jest zamknięty i policzony z tego stanu. Kierownik może go otworzyć.")
