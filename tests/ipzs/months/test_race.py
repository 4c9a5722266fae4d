"""Two threads at once: one closes a month, the other marks a day in it."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection

from ipzs.models import AttendanceMonth, DayMark
from ipzs.services import attendance
from ipzs.services import months as services
from participants.models import Participation
from participants.services.participations import end_participation
from reintegration.core import clock
from reintegration.core.errors import InputError
from tests.cast import World, known_world
from tests.ipzs.attendance.made import TODAY
from tests.ipzs.months.made import OCTOBER, marked
from tests.ipzs.months.test_closing import GAP
from tests.participants.participations import made

WAIT = 20


@pytest.fixture
def people(committed_db: str) -> World:
    return known_world()


def in_threads(*works: Callable[[], Any]) -> list[Any]:
    """What each gave, or the error that stopped it."""
    given: list[Any] = [None] * len(works)

    def run(number: int) -> None:
        try:
            with clock.frozen(TODAY):
                given[number] = works[number]()
        except Exception as error:  # noqa: BLE001 - told to the test
            given[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(len(works))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(WAIT)
        assert not thread.is_alive(), "They wait for each other."
    return given


def a_marked_month(people: World) -> Participation:
    with people.scope("cis", "ewa"):
        file = made.in_classes()
        marked([file])
        return file


def test_a_close_waits_for_the_mark_under_way_and_counts_it(people: World) -> None:
    """Who was taking a mark away is heard first, so the month stays open."""
    file = a_marked_month(people)
    taken, may_end = threading.Event(), threading.Event()

    def clearing() -> None:
        with people.scope("cis", "anna"):
            attendance.clear_mark(participation_id=file.pk, day=GAP, reason="pomyłka")
            taken.set()
            assert may_end.wait(WAIT)

    def closing() -> None:
        assert taken.wait(WAIT)
        threading.Timer(0.5, may_end.set).start()
        with people.scope("cis", "ewa"):
            services.close(month=OCTOBER)

    _, refused = in_threads(clearing, closing)
    assert isinstance(refused, InputError)
    assert "dni do poprawienia" in refused.message
    with people.scope("cis", "ewa"):
        assert not AttendanceMonth.objects.exists()
        assert not DayMark.objects.filter(day=GAP).exists()


def during_the_close(people: World, other: Callable[[], object]) -> Any:
    """What somebody else, who comes while the month is being closed, is told when it is."""
    closed, may_end = threading.Event(), threading.Event()

    def closing() -> None:
        with people.scope("cis", "ewa"):
            services.close(month=OCTOBER)
            closed.set()
            assert may_end.wait(WAIT)

    def coming() -> None:
        assert closed.wait(WAIT)
        threading.Timer(0.5, may_end.set).start()
        with people.scope("cis", "anna"):
            other()

    done, told = in_threads(closing, coming)
    assert done is None
    return told


def test_a_mark_that_comes_during_the_close_waits_and_is_refused(people: World) -> None:
    file = a_marked_month(people)
    refused = during_the_close(
        people,
        lambda: attendance.mark(participation_id=file.pk, day=GAP, kind="unexcused", reason="nie było go"),
    )
    assert isinstance(refused, IntegrityError)
    with people.scope("cis", "ewa"):
        assert AttendanceMonth.objects.get().state == "closed"
        assert DayMark.objects.get(day=GAP).kind == "present"


def test_an_end_that_comes_during_the_close_waits_and_is_refused(people: World) -> None:
    """What the month is counted from is held like its marks."""
    file = a_marked_month(people)
    refused = during_the_close(
        people,
        lambda: end_participation(
            participation_id=file.pk, ended_on=GAP, reason="job", destination="open_market"
        ),
    )
    assert isinstance(refused, IntegrityError)
    with people.scope("cis", "ewa"):
        assert Participation.objects.get().ended_on is None
