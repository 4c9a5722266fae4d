"""Sick leaves and free days: what they do to marks, and every step of a request from every state."""

from datetime import date, timedelta

import pytest

from ipzs.enums import FreeDayState, MarkKind
from ipzs.models import DayMark, FreeDayRequest, SickLeave
from ipzs.queries import balances
from ipzs.services import attendance
from ipzs.transitions.free_days import TABLE, Transition
from participants.models import Participation
from reintegration.core import clock
from reintegration.core.errors import InputError
from reintegration.core.transitions import WrongState
from tests.cast import World
from tests.ipzs.attendance.made import MONDAY, TODAY
from tests.participants.participations import made

S, T = FreeDayState, Transition
NEXT = date(2026, 11, 23)


def marked(file: Participation, day: date, kind: str) -> DayMark:
    return attendance.mark(participation_id=file.pk, day=day, kind=kind, reason="na próbę")


def kinds() -> dict[date, str]:
    return dict(DayMark.objects.order_by("day").values_list("day", "kind"))


def test_a_leave_turns_absences_into_sickness(world: World) -> None:
    with world.scope("cis", "anna"):
        file = made.in_classes()
        marked(file, MONDAY, "unexcused")
        leave = attendance.add_sick_leave(participation_id=file.pk, since=MONDAY, until=NEXT)
        row = DayMark.objects.get()
        assert (row.kind, row.sick_leave, row.reason) == ("sick", leave, "zwolnienie lekarskie")
        found = balances.of([file.pk], TODAY)[file.pk]
        assert (found.sick.used, found.unexcused.used) == (8, 0)


def test_a_leave_never_covers_a_presence(world: World) -> None:
    with world.scope("cis", "anna"):
        file = made.in_classes()
        marked(file, MONDAY, "present")
        with pytest.raises(InputError, match="jest obecność: 16 listopada"):
            attendance.add_sick_leave(participation_id=file.pk, since=MONDAY, until=TODAY)


def test_a_shorter_leave_lets_its_days_go(world: World) -> None:
    with world.scope("cis", "anna"):
        file = made.in_classes()
        leave = attendance.add_sick_leave(participation_id=file.pk, since=MONDAY, until=TODAY)
        marked(file, TODAY, "sick")
        attendance.change(leave_id=leave.pk, since=MONDAY, until=TODAY - timedelta(days=1))
        assert DayMark.objects.get().sick_leave is None
        attendance.remove(leave_id=leave.pk)
        assert not SickLeave.objects.exists()


def test_two_leaves_share_no_day(world: World) -> None:
    with world.scope("cis", "anna"):
        file = made.in_classes()
        attendance.add_sick_leave(participation_id=file.pk, since=MONDAY, until=TODAY)
        with pytest.raises(Exception, match="innego zwolnienia"):
            attendance.add_sick_leave(participation_id=file.pk, since=TODAY, until=NEXT)


def test_the_paper_may_be_earlier_than_the_sickness_and_never_ahead_of_today(world: World) -> None:
    with world.scope("cis", "anna"):
        file = made.in_classes()
        leave = attendance.add_sick_leave(participation_id=file.pk, since=MONDAY, until=TODAY)
        with pytest.raises(InputError, match="jest najwyżej 60 dni wcześniejsze"):
            attendance.confirm(leave_id=leave.pk, confirmed_on=MONDAY - timedelta(days=61))
        with pytest.raises(InputError, match="nie nadszedł"):
            attendance.confirm(leave_id=leave.pk, confirmed_on=NEXT)
        for day in (MONDAY - timedelta(days=60), TODAY):
            assert attendance.confirm(leave_id=leave.pk, confirmed_on=day).confirmed_on == day


def test_a_consent_marks_the_class_days(world: World) -> None:
    with world.scope("cis", "ewa"):
        file = made.in_classes()
        request = attendance.ask(participation_id=file.pk, since=TODAY, until=NEXT)
        assert kinds() == {}
        attendance.grant(request_id=request.pk)
        assert kinds() == {TODAY: "free", NEXT: "free"}
        assert balances.of([file.pk], TODAY)[file.pk].free.left == 4


def test_who_came_on_a_free_day_gets_it_back(world: World) -> None:
    with world.scope("cis", "ewa"):
        file = made.in_classes()
        request = attendance.ask(participation_id=file.pk, since=TODAY, until=NEXT)
        attendance.grant(request_id=request.pk)
        marked(file, TODAY, "present")
        assert balances.of([file.pk], TODAY)[file.pk].free.left == 5


def test_a_request_asks_for_no_more_than_is_left(world: World) -> None:
    with world.scope("cis", "anna"):
        file = made.in_classes()
        with pytest.raises(InputError, match="Ponad limit: 30 listopada oraz 1 grudnia"):
            attendance.ask(participation_id=file.pk, since=TODAY, until=date(2026, 12, 1))


def test_a_request_in_the_trial_is_refused(world: World) -> None:
    with world.scope("cis", "anna"):
        file = made.in_trial(since=date(2026, 11, 2))
        with pytest.raises(InputError, match="okresie próbnym nie ma dni wolnych: 20 listopada"):
            attendance.ask(participation_id=file.pk, since=TODAY, until=TODAY)


def test_a_weekend_needs_no_free_day(world: World) -> None:
    with world.scope("cis", "anna"), pytest.raises(InputError, match="nie ma zajęć"):
        attendance.ask(
            participation_id=made.in_classes().pk, since=date(2026, 11, 21), until=date(2026, 11, 22)
        )


def test_a_granted_request_is_withdrawn_before_its_first_day_only(world: World) -> None:
    with world.scope("cis", "ewa"):
        file = made.in_classes()
        ahead = attendance.ask(participation_id=file.pk, since=NEXT, until=NEXT)
        attendance.grant(request_id=ahead.pk)
        attendance.withdraw(request_id=ahead.pk)
        assert kinds() == {}
        today = attendance.ask(participation_id=file.pk, since=TODAY, until=TODAY)
        attendance.grant(request_id=today.pk)
        with pytest.raises(InputError, match="już się zaczęły"):
            attendance.withdraw(request_id=today.pk)


def step(transition: Transition, request: FreeDayRequest) -> FreeDayRequest:
    if transition is T.GRANT:
        return attendance.grant(request_id=request.pk)
    if transition is T.REFUSE:
        return attendance.refuse(request_id=request.pk, reason="za dużo osób")
    return attendance.withdraw(request_id=request.pk)


@pytest.mark.parametrize("state", list(S), ids=lambda one: one.value)
@pytest.mark.parametrize("transition", list(T), ids=lambda one: one.value)
def test_every_step_is_made_from_the_states_of_the_table_and_from_no_other(
    world: World, transition: Transition, state: FreeDayState
) -> None:
    with world.scope("cis", "ewa"):
        file = made.in_classes()
        request = attendance.ask(participation_id=file.pk, since=NEXT, until=NEXT)
        decided = {"decided_on": clock.today(), "decided_by": world.people["ewa"]}
        FreeDayRequest.objects.filter(pk=request.pk).update(state=state, **decided)
        request.refresh_from_db()
        assert (transition in TABLE.possible(request)) == (state in TABLE[transition].sources)
        if state not in TABLE[transition].sources:
            with pytest.raises(WrongState, match=state.label):
                step(transition, request)
            return
        assert step(transition, request).state == TABLE[transition].to


def test_a_mark_says_free_without_a_request_and_the_request_takes_it(world: World) -> None:
    with world.scope("cis", "ewa"):
        file = made.in_classes()
        marked(file, TODAY, MarkKind.FREE)
        request = attendance.ask(participation_id=file.pk, since=TODAY, until=TODAY)
        attendance.grant(request_id=request.pk)
        assert DayMark.objects.get().free_day == request
        assert balances.of([file.pk], TODAY)[file.pk].free.used == 1
