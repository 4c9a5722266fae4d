"""Days of the demo: everybody since their first one, with absences of each kind; today is to be marked."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from ipzs.enums import MarkKind
from ipzs.models import DayMark, ExcuseReason, FreeDayRequest, SickLeave, WorkshopPlace
from ipzs.queries import timetable
from ipzs.queries.attendance import employers
from ipzs.queries.balances import facts_of
from ipzs.rules.balances import Facts, period_on
from ipzs.services import attendance
from participants.models import Participation
from participants.rules.codes import PeriodKind
from reintegration.accounts.models import User
from reintegration.administration.demo_data import email_of
from reintegration.core import clock
from reintegration.core.dates import DateSpan, Month
from reintegration.core.demo import demo_id, demo_step
from reintegration.tenancy.scope import scope

CENTRE, CLUB = "nowymost", "przystan"
# Of so many days one is an absence that nobody excused, and one that the rules of the unit excuse.
UNEXCUSED, EXCUSED = 37, 53
# By the order of the files: how many days ago a leave began, how long it was, whether the paper came.
LEAVES = {0: (40, 5, True), 2: (12, 8, True), 4: (75, 14, True), 6: (3, 3, False)}


@contextmanager
def _as(person: str, unit: str) -> Iterator[User]:
    user = User.objects.get(email=email_of(person, unit))
    with scope(organisation_id=demo_id(f"organisation:{unit}"), user_id=user.pk, source="demo"):
        yield user


@demo_step("attendance", order=90)
def load_attendance() -> None:
    with _as("tomasz.klon", CENTRE) as user:
        if not DayMark.objects.exists():
            files = _files()
            _leaves(files)
            _mark(files, user)
    with _as("ewa.jarzebina", CENTRE):
        if not FreeDayRequest.objects.exists():
            ask_free_days(_files())
    with _as("bozena.lipa", CLUB) as user:
        if not DayMark.objects.exists():
            _mark(_files(), user)


def _files() -> list[Participation]:
    rows = Participation.objects.filter(periods__isnull=False).distinct()
    return list(rows.order_by("opened_on", "pk"))


def _leaves(files: list[Participation]) -> None:
    today = clock.today()
    facts = facts_of([file.pk for file in files])
    for at, (ago, days, paper) in LEAVES.items():
        if at >= len(files):
            continue
        file = files[at]
        since = today - timedelta(days=ago)
        until = since + timedelta(days=days - 1)
        if period_on(facts[file.pk], since) is None or period_on(facts[file.pk], until) is None:
            continue
        leave = attendance.add_sick_leave(participation_id=file.pk, since=since, until=until)
        if paper:
            attendance.confirm(leave_id=leave.pk, confirmed_on=until)


def _mark(files: list[Participation], user: User) -> None:
    """Every class day from the first one until yesterday."""
    today = clock.today()
    keys = [file.pk for file in files]
    facts = facts_of(keys)
    places = dict(
        WorkshopPlace.objects.filter(participation__in=keys)
        .exclude(workshop__kind="group")
        .order_by("since")
        .values_list("participation_id", "workshop_id")
    )
    leaves: dict[UUID, list[SickLeave]] = {}
    for leave in SickLeave.objects.order_by("since"):
        leaves.setdefault(leave.participation_id, []).append(leave)
    reason = ExcuseReason.objects.order_by("name_order").first()
    first = min((period.span.first for one in facts.values() for period in one.periods), default=today)
    made = []
    at_work = employers(keys, DateSpan(first, today))
    for month in DateSpan(first, today).months():
        planned = timetable.class_days(keys, month)
        for serial, file in enumerate(files):
            for day, hours in planned[file.pk].items():
                if day < today and period_on(facts[file.pk], day) is not None:
                    row = DayMark(participation=file, person_id=file.person_id, day=day)
                    row.marked_by, row.marked_at = user, clock.now()
                    row.workshop_id = places.get(file.pk)
                    own = leaves.get(file.pk, [])
                    sick = next((one for one in own if one.since <= day <= one.until), None)
                    _fill(row, serial, hours, sick, reason)
                    if row.kind == MarkKind.PRESENT and day in at_work.get(file.pk, {}):
                        row.kind, row.meal = MarkKind.EMPLOYER, False
                    made.append(row)
    DayMark.objects.bulk_create(made)


def _fill(
    row: DayMark, serial: int, hours: Decimal, sick: SickLeave | None, reason: ExcuseReason | None
) -> None:
    turn = row.day.toordinal() + serial * 11
    if sick is not None:
        row.kind, row.sick_leave = MarkKind.SICK, sick
    elif turn % UNEXCUSED == 0:
        row.kind = MarkKind.UNEXCUSED
    elif turn % EXCUSED == 0 and reason is not None:
        row.kind, row.excuse = MarkKind.EXCUSED, reason
    else:
        row.kind, row.hours, row.meal = MarkKind.PRESENT, hours, True


def ask_free_days(files: list[Participation]) -> None:
    """Two persons were free for a day ahead with the manager's consent, a third waits for it."""
    today = clock.today()
    facts = facts_of([file.pk for file in files])
    found = [file for file in files if _in_classes(facts[file.pk], today)]
    for at, file in enumerate(found[:3]):
        day = _next_class(file, today + timedelta(days=7 + at))
        if day is None:
            continue
        request = attendance.ask(
            participation_id=file.pk, since=day, until=day, asked_on=today - timedelta(days=at)
        )
        if at < 2:
            attendance.grant(request_id=request.pk)


def _in_classes(own: Facts, today: date) -> bool:
    kinds = {period_on(own, today + timedelta(days=days)) for days in range(14)}
    return None not in kinds and PeriodKind.TRIAL not in kinds


def _next_class(file: Participation, since: date) -> date | None:
    planned = timetable.class_days([file.pk], Month.of(since))[file.pk]
    return next((day for day in sorted(planned) if day >= since), None)
