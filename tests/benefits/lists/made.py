"""Lists of payments, made by the services themselves. All names are invented."""

import threading
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from itertools import product
from typing import Any

from django.db import connection

from benefits.models import PayrollList, Statement
from benefits.queries import integrity
from benefits.services import lists
from ipzs.enums import MarkKind
from ipzs.models import AttendanceMonth
from ipzs.services import months as attendance_months
from participants.models import Participation
from reintegration.core import clock
from reintegration.core.dates import Month
from reintegration.core.errors import InputError
from reintegration.law.models import Reading
from tests.benefits.pay.made import payable
from tests.cast import World
from tests.ipzs.attendance.made import NAMES, closed, mark
from tests.participants.participations.made import in_classes
from tests.specimens import specimen

SEPTEMBER, OCTOBER = Month(2026, 9), Month(2026, 10)
FULL = "2140.68"


def rounding(world: World, *, unit: str = "cis") -> None:
    """The unit has chosen how it rounds, as two people do."""
    people = {"cis": ("ewa", "celina"), "other_cis": ("teresa", "karol")}[unit]
    specimen(
        Reading, world, "", key="rate_rounding", value="exact", since_month=date(2026, 3, 1),
        state="confirmed", confirmed_at=clock.now(),
        proposed_by=world.people[people[0]], confirmed_by=world.people[people[1]],
    )  # fmt: skip


def people(count: int = 3, **given: Any) -> list[Participation]:
    """Who is in classes and lacks nothing for a payment."""
    return [payable(in_classes(name, **given)) for name in NAMES[:count]]


def somebody() -> Participation:
    return Participation.objects.order_by("number")[0]


def statement_of(row: PayrollList, file: Participation) -> Statement:
    return Statement.objects.get(payroll_list=row, participation=file)


def draft(month: Month = OCTOBER) -> PayrollList:
    return lists.calculate(month=month)


def digested(row: PayrollList) -> None:
    """Give a list that no service has counted the digests that the lock would have given it."""
    statements, corrections = integrity.statements_of(row), integrity.corrections_of(row)
    for one in statements:
        one.sealed_digest = integrity.sealed_digest(one)
        one.digest = integrity.statement_digest(one, corrections[one.pk])
    Statement.objects.bulk_update(statements, ["sealed_digest", "digest"])
    row.digest = integrity.list_digest(row, statements)


def locked(world: World, month: Month = OCTOBER, *, by: str = "rafal", **given: Any) -> PayrollList:
    """A list that was handed over for the signatures."""
    with world.scope("cis", "ewa"):
        closed(month.first)
    with world.scope("cis", by):
        return lists.lock(list_id=draft(month).pk, **given)


def approved(world: World, month: Month = OCTOBER, **given: Any) -> PayrollList:
    row = locked(world, month, **given)
    with world.scope("cis", "celina"):
        lists.check(list_id=row.pk)
    with world.scope("cis", "ewa"):
        return lists.approve(list_id=row.pk)


def amounts(rows: Iterable[Statement], *names: str) -> list[tuple[str, ...]]:
    return [tuple(str(getattr(one, name)) for name in names) for one in rows]


def reopened(month: Month) -> None:
    """What the manager does before anything of a closed month is put right."""
    attendance_months.reopen(month=month, reason="poprawka")


def shut(month: Month) -> None:
    row = AttendanceMonth.objects.get(first_day=month.first)
    row.state, row.closings = "closed", row.closings + 1
    row.save()


def missed(*files: Participation, month: Month = SEPTEMBER, count: int = 1) -> None:
    """Days of a paid month turn out to be unexcused."""
    reopened(month)
    for file, number in product(files, range(count)):
        mark(file, month.first + timedelta(days=number), MarkKind.UNEXCUSED, reason="późno")
    shut(month)


def at_once(world: World, works: Mapping[str, Callable[[], Any]], *, wait: int = 60) -> dict[str, Any]:
    """What each person's work gave, or the refusal that stopped it, when all begin together."""
    given: dict[str, Any] = {}
    start = threading.Barrier(len(works))
    today = clock.today()

    def run(person: str, work: Callable[[], Any]) -> None:
        try:
            start.wait(wait)
            with clock.frozen(today), world.scope("cis", person):
                given[person] = work()
        except InputError as error:
            given[person] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=one) for one in works.items()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(wait)
        assert not thread.is_alive(), "They wait for each other."
    assert set(given) == set(works)
    return given
