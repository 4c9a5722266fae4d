"""Any sequence of marks, leaves, free days and corrections: one mark a day, balances equal to a recount."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ipzs.enums import FreeDayState
from ipzs.models import DayMark, FreeDayRequest, SickLeave
from ipzs.queries import balances
from ipzs.services import attendance
from participants.models import Participation
from reintegration.core.errors import InputError
from tests.cast import World
from tests.ipzs.attendance.made import TODAY, excuse
from tests.participants.participations import made

FIRST = date(2026, 10, 26)
KINDS = ("present", "unexcused", "sick", "free", "excused", "employer", "closed")

days = st.integers(0, 30).map(lambda at: FIRST + timedelta(days=at))
spans = st.tuples(days, st.integers(0, 9)).map(lambda pair: (pair[0], pair[0] + timedelta(days=pair[1])))
steps = st.one_of(
    st.tuples(st.just("mark"), days, st.sampled_from(KINDS)),
    st.tuples(st.just("clear"), days),
    st.tuples(st.just("sick"), spans),
    st.tuples(st.just("change"), st.integers(0, 3), spans),
    st.tuples(st.just("remove"), st.integers(0, 3)),
    st.tuples(st.just("ask"), spans),
    st.tuples(st.sampled_from(["grant", "refuse", "withdraw"]), st.integers(0, 3)),
)


def do(file: Participation, reason: Any, step: tuple[Any, ...]) -> None:
    name, *rest = step
    if name == "mark":
        attendance.mark(
            participation_id=file.pk, day=rest[0], kind=rest[1], excuse_id=reason.pk, reason="na próbę"
        )
    elif name == "clear":
        attendance.clear_mark(participation_id=file.pk, day=rest[0], reason="na próbę")
    elif name == "sick":
        attendance.add_sick_leave(participation_id=file.pk, since=rest[0][0], until=rest[0][1])
    elif name == "ask":
        attendance.ask(participation_id=file.pk, since=rest[0][0], until=rest[0][1])
    elif name in {"change", "remove"}:
        leaves = list(SickLeave.objects.order_by("pk"))
        if rest[0] < len(leaves):
            one = leaves[rest[0]]
            if name == "remove":
                attendance.remove(leave_id=one.pk)
            else:
                attendance.change(leave_id=one.pk, since=rest[1][0], until=rest[1][1])
    else:
        requests = list(FreeDayRequest.objects.order_by("pk"))
        if rest[0] < len(requests):
            more = {"reason": "za dużo osób"} if name == "refuse" else {}
            getattr(attendance, name)(request_id=requests[rest[0]].pk, **more)


def recount(file: Participation) -> tuple[int, int, int]:
    """Free, sick and unexcused days counted day by day, by nobody's rules but the plainest."""
    kind = dict(DayMark.objects.order_by("pk").values_list("day", "kind"))
    for leave in SickLeave.objects.order_by("pk"):
        for at in range((leave.until - leave.since).days + 1):
            kind[leave.since + timedelta(days=at)] = "sick"
    main_since = date(2026, 4, 9)
    found = Counter(one for day, one in kind.items() if main_since <= day <= date(2027, 3, 8))
    november = sum(one == "unexcused" and day.month == TODAY.month for day, one in kind.items())
    return found["free"], found["sick"], november


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(steps, max_size=14))
def test_any_sequence_leaves_one_mark_a_day_and_balances_that_a_recount_gives(
    world: World, sequence: list[tuple[Any, ...]]
) -> None:
    with world.scope("cis", "ewa"), transaction.atomic():
        file, reason = made.in_classes(), excuse()
        for step in sequence:
            try:
                with transaction.atomic():
                    do(file, reason, step)
            except (InputError, ValidationError):
                continue
        marked = list(DayMark.objects.order_by("pk").values_list("day", flat=True))
        assert len(marked) == len(set(marked))
        found = balances.of([file.pk], TODAY)[file.pk]
        assert (found.free.used, found.sick.used, found.unexcused.used) == recount(file)
        assert found.free.over == 0
        linked = DayMark.objects.filter(free_day__isnull=False).exclude(free_day__state=FreeDayState.GRANTED)
        assert not linked.exists()
        transaction.set_rollback(True)
