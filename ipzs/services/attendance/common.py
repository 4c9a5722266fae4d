"""What the services of days share: the file held, its days, the month, and the words of a refusal."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db import connection

from ipzs.enums import MarkKind, MonthState
from ipzs.models import AttendanceMonth, AttendanceSettings, DayMark
from participants.models import Participation, Period
from participants.rules.codes import PeriodKind
from reintegration.core import clock
from reintegration.core.dates import DateSpan, Month
from reintegration.core.errors import InputError
from reintegration.core.formats import MONTHS, format_date, format_table_date
from reintegration.core.text import clean
from reintegration.tenancy.scope import current_scope

SHORT = 300
# A quarter of an hour is the least that a day is marked with.
LEAST_HOURS, MOST_HOURS = Decimal("0.25"), Decimal(24)


class Changed(InputError):
    """Somebody wrote something else on the day meanwhile; `standing` is what stands there now."""

    def __init__(self, standing: DayMark | None) -> None:
        self.standing = standing
        super().__init__(_what_stands(standing))


def _what_stands(standing: DayMark | None) -> str:
    if standing is None:
        return "Ktoś w tym czasie usunął ten wpis. Sprawdź i zapisz jeszcze raz."
    who = standing.marked_by.get_full_name() or standing.marked_by.email
    return f"{who}: {standing.get_kind_display()}. Sprawdź i zapisz jeszcze raz, jeśli ma być inaczej."


@dataclass(frozen=True, slots=True)
class Terms:
    """When somebody takes part; days outside carry no mark."""

    rows: Sequence[Period]

    def kind_on(self, day: date) -> PeriodKind | None:
        found = next((row for row in self.rows if row.since <= day <= row.until), None)
        return None if found is None else PeriodKind(found.kind)

    def touch(self, span: DateSpan) -> bool:
        return any(span.overlaps(DateSpan(row.since, row.until)) for row in self.rows)


def terms_of(file: Participation) -> Terms:
    return Terms(list(Period.objects.filter(participation=file).order_by("since", "pk")))


def own_settings() -> AttendanceSettings:
    """What the unit set for itself, or what everybody begins with."""
    found: AttendanceSettings = AttendanceSettings.objects.first() or AttendanceSettings()
    return found


def hold_month(first_day: date) -> None:
    """Hold a month alone until the transaction ends: marks under way are waited for, new ones wait."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(ipzs_month_lock(%s, %s))",
            [current_scope().organisation_id, first_day],
        )


def refuse_closed(days: Sequence[date], *, field: str | None = None) -> None:
    """Say that a month is closed before the database does."""
    months = sorted({Month.of(day) for day in days})
    closed = AttendanceMonth.objects.filter(
        state=MonthState.CLOSED, first_day__in=[month.first for month in months]
    )
    first = closed.order_by("first_day").first()
    if first is not None:
        raise InputError(closed_sentence(first.first_day), field=field)


def closed_sentence(first_day: date) -> str:
    name = MONTHS[first_day.month - 1].capitalize()
    return f"{name} {first_day.year} jest zamknięty. Kierownik może otworzyć go ponownie."


def hours_of(hours: Decimal) -> Decimal:
    """The hours of a day, to the hundredth."""
    found = round(hours, 2)
    if not LEAST_HOURS <= found <= MOST_HOURS:
        raise InputError("Godziny to liczba od 0,25 do 24.", field="hours")
    return found


def reason_of(text: str, *, field: str = "reason") -> str:
    said = clean(text)
    if len(said) > SHORT:
        raise InputError(f"Powód ma {len(said)} znaków, zmieści się {SHORT}.", field=field)
    return said


def store(row: DayMark, user_id: UUID) -> DayMark:
    """Write a mark as the work of whoever does it now."""
    row.marked_by_id, row.marked_at = user_id, clock.now()
    row.save()
    return row


def change_kind(row: DayMark, kind: MarkKind, *, reason: str, user_id: UUID) -> DayMark:
    """Make a mark another one because of a paper that came; what belonged to the old kind goes."""
    row.kind = kind
    row.hours = row.excuse_id = row.sick_leave_id = row.free_day_id = None
    row.meal = False
    row.reason = reason
    row.revision += 1
    return store(row, user_id)


def ordered(since: date, until: date) -> DateSpan:
    if until < since:
        raise InputError("Koniec nie może być wcześniejszy niż początek.", field="until")
    return DateSpan(since, until)


def said_span(span: DateSpan) -> str:
    assert span.last is not None
    if span.first == span.last:
        return format_table_date(span.first)
    return f"{format_table_date(span.first)}–{format_table_date(span.last)}"


def not_ahead(day: date, *, field: str) -> None:
    today = clock.today()
    if day > today:
        message = f"Ten dzień jeszcze nie nadszedł. Dziś jest {format_date(today, today=today)}."
        raise InputError(message, field=field)
