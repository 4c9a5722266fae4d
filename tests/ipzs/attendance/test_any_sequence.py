"""Any sequence of marks, ranges, files, leaves, free days, corrections and undoing, in the trial, the main
period and the extension: one mark a day, balances equal to a recount.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ipzs.enums import FreeDayState
from ipzs.models import AttendanceSettings, DayMark, FreeDayRequest, SickLeave, Workshop
from ipzs.queries import balances
from ipzs.services import attendance
from ipzs.services.attendance.ranges import Cell
from participants.models import Participation, Period
from participants.rules.codes import PeriodKind
from reintegration.core.errors import InputError
from tests.cast import World
from tests.ipzs.attendance.made import TODAY, excuse, placed, workshop
from tests.ipzs.imports.made import bring_marks, line
from tests.participants.participations import made

BEGUN = date(2026, 1, 5)
# The periods that follow each other, and days around each end of one; today is in the last.
PERIODS = (
    (PeriodKind.TRIAL, BEGUN, date(2026, 2, 4)),
    (PeriodKind.MAIN, date(2026, 2, 5), date(2026, 11, 1)),
    (PeriodKind.EXTENSION, date(2026, 11, 2), date(2027, 5, 1)),
)
AROUND = tuple(
    first + timedelta(days=at) for first in (date(2026, 1, 29), date(2026, 10, 26)) for at in range(14)
)
SEVEN = tuple(date(2026, 10, 26) + timedelta(days=at) for at in range(7))
KINDS = ("present", "unexcused", "sick", "free", "excused", "employer", "closed")
LETTERS = ("O", "NN", "L4", "DW", "U", "P", "Z")

days = st.sampled_from(AROUND)
spans = st.tuples(days, st.integers(0, 9)).map(lambda pair: (pair[0], pair[0] + timedelta(days=pair[1])))
which = st.integers(0, 3)
words = st.sampled_from(("", "na próbę"))
steps = st.one_of(
    st.tuples(st.just("mark"), days, st.sampled_from(KINDS), words),
    st.tuples(st.just("clear"), days, words),
    st.tuples(st.just("mark_span"), spans, st.sampled_from(("usual", "", *KINDS))),
    st.tuples(st.just("everybody"), days),
    st.tuples(st.just("bring"), st.lists(st.tuples(days, st.sampled_from(LETTERS)), min_size=1, max_size=4)),
    st.tuples(st.just("undo"), which),
    st.tuples(st.just("leave"), spans),
    st.tuples(st.just("change"), which, spans),
    st.tuples(st.just("remove"), which),
    st.tuples(st.just("ask"), spans),
    st.tuples(st.sampled_from(["grant", "refuse", "withdraw"]), which),
)


@dataclass
class Course:
    """One person with what was asked of the services so far."""

    file: Participation
    place: Workshop
    reason: Any
    requests: list[UUID] = field(default_factory=list)

    def do(self, step: tuple[Any, ...]) -> None:
        name, *rest = step
        getattr(self, name, lambda *given: self.decide(name, *given))(*rest)

    def mark(self, day: date, kind: str, reason: str) -> None:
        attendance.mark(
            participation_id=self.file.pk, day=day, kind=kind, excuse_id=self.reason.pk, reason=reason
        )

    def clear(self, day: date, reason: str) -> None:
        attendance.clear_mark(participation_id=self.file.pk, day=day, reason=reason)

    def mark_span(self, span: tuple[date, date], kind: str) -> None:
        standing = dict(DayMark.objects.order_by("pk").values_list("day", "revision"))
        listed = [span[0] + timedelta(days=at) for at in range((span[1] - span[0]).days + 1)]
        attendance.mark_range(
            cells=[Cell(self.file.pk, day, standing.get(day, 0)) for day in listed],
            kind=kind, excuse_id=self.reason.pk, reason="na próbę",
        )  # fmt: skip

    def everybody(self, day: date) -> None:
        attendance.mark_all_present(workshop_id=self.place.pk, day=day, reason="na próbę")

    def bring(self, rows: list[tuple[date, str]]) -> None:
        bring_marks(
            *[
                line(self.file, day, letters, "", self.reason.name if letters == "U" else "")
                for day, letters in rows
            ]
        )

    def undo(self, back: int) -> None:
        if back < len(self.requests):
            attendance.undo_last(request_id=self.requests[-1 - back])

    def leave(self, span: tuple[date, date]) -> None:
        attendance.add_sick_leave(participation_id=self.file.pk, since=span[0], until=span[1])

    def change(self, at: int, span: tuple[date, date]) -> None:
        for leave in SickLeave.objects.order_by("pk")[at : at + 1]:
            attendance.change(leave_id=leave.pk, since=span[0], until=span[1])

    def remove(self, at: int) -> None:
        for leave in SickLeave.objects.order_by("pk")[at : at + 1]:
            attendance.remove(leave_id=leave.pk)

    def ask(self, span: tuple[date, date]) -> None:
        attendance.ask(participation_id=self.file.pk, since=span[0], until=span[1])

    def decide(self, name: str, at: int) -> None:
        more = {"reason": "za dużo osób"} if name == "refuse" else {}
        for request in FreeDayRequest.objects.order_by("pk")[at : at + 1]:
            getattr(attendance, name)(request_id=request.pk, **more)


def begun() -> Course:
    """Somebody in a workshop since the trial, whose extension is under way."""
    file = made.in_classes(since=BEGUN)
    Period.objects.filter(participation=file).delete()
    Period.objects.bulk_create(
        Period(participation=file, person_id=file.person_id, kind=kind, since=since, until=until)
        for kind, since, until in PERIODS
    )
    place = workshop()
    placed(file, place, since=BEGUN)
    # Days as far back as the others would otherwise need words.
    AttendanceSettings.objects.create(late_days=60)
    return Course(file, place, excuse())


def as_new_request() -> UUID:
    """What follows is another request, inside the same transaction."""
    key = uuid4()
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.request', %s, true)", [str(key)])
    return key


def recount() -> dict[PeriodKind, tuple[int, int, int]]:
    """Free, sick and unexcused days counted day by day, by nobody's rules but the plainest."""
    kind = dict(DayMark.objects.order_by("pk").values_list("day", "kind"))
    for leave in SickLeave.objects.order_by("pk"):
        for at in range((leave.until - leave.since).days + 1):
            kind[leave.since + timedelta(days=at)] = "sick"
    counted = Counter(
        (one, period, day.month)
        for day, one in kind.items()
        for period, since, until in PERIODS
        if since <= day <= until
    )

    def of(one: str, periods: set[PeriodKind], month: int | None = None) -> int:
        return sum(
            count
            for (what, period, when), count in counted.items()
            if what == one and period in periods and month in {None, when}
        )

    both = {PeriodKind.MAIN, PeriodKind.EXTENSION}
    return {
        period: (
            of("free", {period}),
            of("sick", both) if period in both else 0,
            of("unexcused", set(PeriodKind), min(until, TODAY).month),
        )
        for period, _, until in PERIODS
    }


def follow(course: Course, sequence: list[tuple[Any, ...]]) -> None:
    """Do the steps, each as a request of its own; one that is refused leaves nothing."""
    for step in sequence:
        request = as_new_request()
        try:
            with transaction.atomic():
                course.do(step)
        except (InputError, ValidationError):
            continue
        if step[0] != "undo":
            course.requests.append(request)


def check(course: Course) -> None:
    marked = list(DayMark.objects.order_by("pk").values_list("day", flat=True))
    assert len(marked) == len(set(marked))
    found = {}
    for period, _, until in PERIODS:
        one = balances.of([course.file.pk], min(until, TODAY))[course.file.pk]
        found[period] = (one.free.used, one.sick.used, one.unexcused.used)
        assert one.free.over == 0
    assert found == recount()
    linked = DayMark.objects.filter(free_day__isnull=False).exclude(free_day__state=FreeDayState.GRANTED)
    assert not linked.exists()


def test_any_sequence_leaves_one_mark_a_day_and_balances_that_a_recount_gives(world: World) -> None:
    with world.scope("cis", "ewa"):
        course = begun()

        @settings(max_examples=20, deadline=None)
        @example(
            [
                *(("mark", day, "free", "") for day in SEVEN[:6]),
                ("clear", SEVEN[0], ""),
                ("mark", SEVEN[6], "free", ""),
                ("undo", 1),
            ]
        )
        @example(
            [
                ("mark", SEVEN[0], "present", ""),
                ("clear", SEVEN[0], ""),
                ("leave", (SEVEN[0], SEVEN[0])),
                ("undo", 1),
            ]
        )
        @example(
            [
                ("ask", (SEVEN[0], SEVEN[0])),
                ("grant", 0),
                ("mark", SEVEN[0], "free", ""),
                ("clear", SEVEN[0], ""),
                ("withdraw", 0),
                ("undo", 1),
            ]
        )
        @given(st.lists(steps, max_size=12))
        def tried(sequence: list[tuple[Any, ...]]) -> None:
            with transaction.atomic():
                course.requests.clear()
                follow(course, sequence)
                check(course)
                transaction.set_rollback(True)

        tried()


def test_the_steps_of_a_sequence_are_steps_that_may_be_done(world: World) -> None:
    """None of them is refused whatever it says; otherwise sequences would try nothing."""
    trial, main, later = date(2026, 2, 3), date(2026, 10, 29), date(2026, 11, 5)
    sequence: list[tuple[Any, ...]] = [
        ("mark", trial, "unexcused", "na próbę"),
        ("mark_span", (main, later), "usual"),
        ("everybody", date(2026, 11, 6)),
        ("bring", [(date(2026, 2, 2), "NN"), (date(2026, 10, 27), "DW"), (date(2026, 10, 28), "U")]),
        ("clear", later, ""),
        ("leave", (trial, trial)),
        ("change", 0, (date(2026, 2, 2), trial)),
        ("remove", 0),
        ("ask", (later, later)),
        ("grant", 1),
        ("clear", main, ""),
    ]
    with world.scope("cis", "ewa"):
        course = begun()
        for step in sequence:
            done = len(course.requests)
            follow(course, [step])
            assert len(course.requests) == done + 1, step
            check(course)
        follow(course, [("undo", 0)])
        assert DayMark.objects.filter(day=main, kind="present").exists()
