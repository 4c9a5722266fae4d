"""One mark a day: set, corrected with a reason, cleared; everybody of a workshop at once.

Who marks holds the file, so that of two people who mark the same day one after the other is heard; the
second is told what the first wrote when it is not what they saw.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from django.db.models import DecimalField, Exists, Q, Subquery
from django.db.models.functions import Coalesce

from ipzs.enums import FreeDayState, MarkKind, MonthState
from ipzs.models import (
    AttendanceMonth,
    AttendanceSettings,
    DayMark,
    FreeDayRequest,
    Placement,
    SickLeave,
)
from ipzs.queries import balances, timetable
from ipzs.queries.balances import DayRules
from ipzs.rules.balances import Facts, Mark, after
from ipzs.rules.codes import BalanceKind
from ipzs.rules.codes import MarkKind as RuleKind
from ipzs.services.attendance.common import (
    Changed,
    closed_sentence,
    hours_of,
    own_settings,
    reason_of,
    refuse_closed,
    store,
)
from participants.models import Participation, Period
from participants.rules.codes import PeriodKind, UnitType
from participants.services.participations.common import actor, locked
from reintegration.core import clock
from reintegration.core.dates import Month
from reintegration.core.errors import InputError
from reintegration.core.formats import counted, format_table_date

WITH_HOURS = frozenset({MarkKind.PRESENT, MarkKind.EMPLOYER})
# What may be known before the day comes.
AHEAD = frozenset({MarkKind.SICK, MarkKind.FREE, MarkKind.EXCUSED, MarkKind.CLOSED})


@dataclass(frozen=True, slots=True)
class Around:
    """What lies around a mark: the period, the papers that cover the day, the month, the unit's settings."""

    period: str | None
    leave: UUID | None
    free_day: UUID | None
    closed: bool
    late_days: int
    day_hours: Decimal
    meals: bool
    unit_type: str
    # How long the day is at the employer's, for somebody who has practice on it.
    practice_hours: Decimal | None = None

    def usual_hours(self, kind: MarkKind) -> Decimal:
        if kind is MarkKind.EMPLOYER and self.practice_hours is not None:
            return self.practice_hours
        return self.day_hours


def mark(
    *,
    participation_id: UUID,
    day: date,
    kind: str,
    hours: Decimal | None = None,
    excuse_id: UUID | None = None,
    workshop_id: UUID | None = None,
    reason: str = "",
    expected_revision: int | None = None,
    meal: bool | None = None,
) -> DayMark:
    """Say what a day was for a person.

    `expected_revision` is that of the mark which was seen, 0 for none; who gives none overwrites. The same
    mark sent twice stays one. A late mark, and one that changes an earlier day's, says why.
    """
    wanted = MarkKind(kind)
    file = locked(participation_id)
    standing = _standing(file, day)
    around = around_of(file, day)
    said = reason_of(reason)
    given = around.usual_hours(wanted) if hours is None else hours
    hours = hours_of(given) if wanted in WITH_HOURS else None
    eats = wanted is MarkKind.PRESENT and (around.meals if meal is None else meal)
    excuse_id = excuse_id if wanted is MarkKind.EXCUSED else None
    if standing is not None and _is_same(standing, wanted, hours, excuse_id, eats):
        return standing
    if expected_revision is not None and expected_revision != (standing.revision if standing else 0):
        raise Changed(standing)
    check_day(day, wanted, around)
    check_reason(day, standing, said, around.late_days)
    if wanted is MarkKind.EXCUSED and excuse_id is None:
        raise InputError("Wybierz powód usprawiedliwienia.", field="excuse")
    if wanted is MarkKind.FREE and around.free_day is None:
        check_free(file, day, UnitType(around.unit_type))
    row = standing or DayMark(participation=file, person_id=file.person_id, day=day)
    row.kind, row.hours, row.meal, row.excuse_id = wanted, hours, eats, excuse_id
    row.workshop_id = workshop_id or row.workshop_id
    row.sick_leave_id, row.free_day_id = rests_on(wanted, around)
    row.reason = said
    if standing is not None:
        row.revision += 1
    return store(row, actor())


def clear_mark(
    *, participation_id: UUID, day: date, expected_revision: int | None = None, reason: str = ""
) -> None:
    """Take a mark away; a day without one stays without one."""
    file = locked(participation_id)
    standing = _standing(file, day)
    if standing is None:
        return
    if expected_revision is not None and expected_revision != standing.revision:
        raise Changed(standing)
    refuse_closed([day])
    check_reason(day, standing, reason_of(reason), own_settings().late_days)
    standing.delete()


def mark_all_present(*, workshop_id: UUID, day: date, reason: str = "") -> list[DayMark]:
    """Mark everybody of a workshop who has classes and no mark yet: those who came, and those excused by
    a paper that is here already. What somebody marked stays.
    """
    own, said = own_settings(), reason_of(reason)
    if day > clock.today():
        raise InputError(f"{format_table_date(day)} jeszcze nie nadszedł.", field="day")
    refuse_closed([day], field="day")
    check_reason(day, None, said, own.late_days)
    keys = [row.pk for row in timetable.workshop_people(workshop_id, day)]
    files = list(Participation.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk"))
    planned = timetable.class_days(keys, Month.of(day))
    people = [file.person_id for file in files]
    there = DayMark.objects.filter(person_id__in=people, day=day).order_by("pk")
    marked = set(there.values_list("person_id", flat=True))
    papers = _papers(keys, day)
    user_id, now = actor(), clock.now()
    made = []
    for file in files:
        planned_hours = planned[file.pk].get(day)
        if planned_hours is None or file.person_id in marked:
            continue
        row = DayMark(participation=file, person_id=file.person_id, day=day, workshop_id=workshop_id)
        row.marked_by_id, row.marked_at, row.reason = user_id, now, said
        _fill(row, papers.get(file.pk), planned_hours, own)
        made.append(row)
    DayMark.objects.bulk_create(made)
    return made


# What a mark must keep to


def _standing(file: Participation, day: date) -> DayMark | None:
    found: DayMark | None = (
        DayMark.objects.select_related("marked_by").filter(person_id=file.person_id, day=day).first()
    )
    if found is not None and found.participation_id != file.pk:
        raise InputError("Ten dzień ma wpis w innej sprawie tej osoby.", field="day")
    return found


def _is_same(row: DayMark, kind: MarkKind, hours: Decimal | None, excuse_id: UUID | None, meal: bool) -> bool:
    return (row.kind, row.hours, row.excuse_id, row.meal) == (kind, hours, excuse_id, meal)


def around_of(file: Participation, day: date) -> Around:
    """In one query, because a mark is saved hundreds of times a month."""
    covers = Q(participation=file.pk, since__lte=day, until__gte=day)
    own, usual = AttendanceSettings.objects.all(), AttendanceSettings()
    free = FreeDayRequest.objects.filter(covers, state=FreeDayState.GRANTED)
    closed = AttendanceMonth.objects.filter(state=MonthState.CLOSED, first_day=day.replace(day=1))
    placed = Placement.objects.filter(covers, weekdays__contains=[day.isoweekday()])
    found = Participation.objects.filter(pk=file.pk).values_list(
        Subquery(Period.objects.filter(covers).values("kind")[:1]),
        Subquery(SickLeave.objects.filter(covers).values("pk")[:1]),
        Subquery(free.values("pk")[:1]),
        Exists(closed),
        Coalesce(Subquery(own.values("late_days")[:1]), usual.late_days),
        Coalesce(
            Subquery(own.values("day_hours")[:1]), Decimal(usual.day_hours), output_field=DecimalField()
        ),
        Coalesce(Subquery(own.values("meals")[:1]), usual.meals),
        "unit__unit_type",
        Subquery(placed.values("hours")[:1]),
    )
    return Around(*found.get())


def check_day(day: date, kind: MarkKind, around: Around) -> None:
    said = format_table_date(day)
    if around.closed:
        raise InputError(closed_sentence(day.replace(day=1)), field="day")
    if around.period is None:
        raise InputError(f"{said} nie należy do żadnego okresu uczestnictwa tej osoby.", field="day")
    if day > clock.today() and kind not in AHEAD:
        raise InputError(f"{said} jeszcze nie nadszedł. Taki wpis robi się po zajęciach.", field="day")
    if around.leave is not None and kind not in {MarkKind.SICK, MarkKind.CLOSED}:
        raise InputError(
            "Tego dnia trwa zwolnienie lekarskie. Najpierw skróć zwolnienie albo je usuń.", field="kind"
        )
    if kind is MarkKind.FREE and around.period == PeriodKind.TRIAL:
        raise InputError("W okresie próbnym nie ma dni wolnych. (art. 15 ust. 6a)", field="kind")


def check_reason(day: date, standing: DayMark | None, reason: str, late_days: int) -> None:
    """Late, or not what was written on an earlier day: somebody will ask why."""
    if reason:
        return
    if clock.today() - day > timedelta(days=late_days):
        days = counted(late_days, "dniu", "dniach", "dniach")
        raise InputError(
            f"Napisz, dlaczego wpis jest dopiero teraz: po {days} potrzebny jest powód.", field="reason"
        )
    if standing is not None and clock.day_of(standing.marked_at) < clock.today():
        raise InputError("Napisz, dlaczego zmieniasz wpis z wcześniejszego dnia.", field="reason")


def rests_on(wanted: MarkKind, around: Around) -> tuple[UUID | None, UUID | None]:
    """The leave and the granted request on which a mark rests."""
    leave = around.leave if wanted is MarkKind.SICK else None
    return leave, around.free_day if wanted is MarkKind.FREE else None


def check_free(file: Participation, day: date, here: UnitType) -> None:
    """A free day without a consent of its own."""
    refuse_kis(here)
    check_left(balances.facts_of([file.pk])[file.pk], day, balances.rules_on(day))


def refuse_kis(here: UnitType) -> None:
    """Only the act's benefit has the act's free days."""
    if here is UnitType.KIS:
        raise InputError(
            "Dni wolne z ustawy mają uczestnicy CIS. W KIS wybierz nieobecność usprawiedliwioną.",
            field="kind",
        )


def check_left(facts: Facts, day: date, governing: DayRules) -> None:
    """A free day without a request yet: there must be one left (art. 15 ust. 6a)."""
    change = after(facts, Mark(day, RuleKind.FREE), limits=governing.limits, readings=governing.readings)
    if BalanceKind.FREE in change.exceeds:
        used = counted(change.before.free.used, "dzień", "dni", "dni")
        raise InputError(f"Nie ma już dni wolnych: wykorzystano {used}. (art. 15 ust. 6a)", field="kind")


# Everybody at once


def _papers(keys: Sequence[UUID], day: date) -> dict[UUID, SickLeave | FreeDayRequest | Placement]:
    """What says already why somebody is not here on a day: a leave before a free day, and that first."""
    covers = Q(participation__in=keys, since__lte=day, until__gte=day)
    found: dict[UUID, SickLeave | FreeDayRequest | Placement] = {}
    for rows in (
        Placement.objects.filter(covers, weekdays__contains=[day.isoweekday()]),
        FreeDayRequest.objects.filter(covers, state=FreeDayState.GRANTED),
        SickLeave.objects.filter(covers),
    ):
        found |= {row.participation_id: row for row in rows.order_by("pk")}
    return found


def _fill(
    row: DayMark,
    paper: SickLeave | FreeDayRequest | Placement | None,
    hours: Decimal,
    own: AttendanceSettings,
) -> None:
    if isinstance(paper, SickLeave):
        row.kind, row.sick_leave = MarkKind.SICK, paper
    elif isinstance(paper, FreeDayRequest):
        row.kind, row.free_day = MarkKind.FREE, paper
    elif isinstance(paper, Placement):
        row.kind, row.hours = MarkKind.EMPLOYER, hours
    else:
        row.kind, row.hours, row.meal = MarkKind.PRESENT, hours, own.meals
