"""Months whose days are all marked. All names are invented."""

from collections.abc import Iterable
from datetime import date, timedelta

from ipzs.models import DayMark
from ipzs.queries import timetable
from participants.models import Participation
from reintegration.core import clock
from reintegration.core.dates import Month
from reintegration.tenancy.scope import current_scope

OCTOBER = Month(2026, 10)


def marked(files: Iterable[Participation], month: Month = OCTOBER, *, left_out: Iterable[date] = ()) -> None:
    """Everybody came on every class day, except on those left out."""
    held, gaps = list(files), set(left_out)
    planned = timetable.class_days([file.pk for file in held], month)
    DayMark.objects.bulk_create(
        DayMark(
            participation=file, person_id=file.person_id, day=day, kind="present", hours=hours,
            marked_by_id=current_scope().user_id, marked_at=clock.now(),
        )
        for file in held
        for day, hours in planned[file.pk].items()
        if day not in gaps
    )  # fmt: skip


def weekdays(since: date, count: int) -> list[date]:
    """The next days from Monday to Friday."""
    days = (since + timedelta(days=n) for n in range(count * 2 + 3))
    return [day for day in days if day.isoweekday() <= 5][:count]
