"""Two people at one day, a double click, and a month closed under a mark: threads and real commits."""

import threading
from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from ipzs.models import DayMark
from ipzs.services import attendance
from reintegration.core import clock
from reintegration.core.errors import InputError, sentence_of
from reintegration.tenancy.scope import current_scope
from tests.cast import World, known_world
from tests.ipzs.attendance.made import NAMES, TODAY, closed, in_workshop, workshop
from tests.participants.participations import made

WAITING = 10


@pytest.fixture
def people(committed_db: str) -> World:
    return known_world()


def together(*works: Callable[[], Any]) -> list[Any]:
    """Run works in threads that start at once; what each returned or raised."""
    barrier = threading.Barrier(len(works))
    answers: list[Any] = [None] * len(works)

    def run(at: int, work: Callable[[], Any]) -> None:
        try:
            # A frozen day belongs to one thread.
            with clock.frozen(TODAY):
                barrier.wait()
                answers[at] = work()
        except Exception as error:  # noqa: BLE001 - told to the test
            answers[at] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(at, work)) for at, work in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def marks(world: World, who: str, file: UUID, kind: str) -> Callable[[], DayMark]:
    def work() -> DayMark:
        with world.scope("cis", who):
            return attendance.mark(participation_id=file, day=TODAY, kind=kind, expected_revision=0)

    return work


def test_of_two_who_mark_the_same_day_one_is_told_what_the_other_wrote(people: World) -> None:
    with people.scope("cis", "anna"):
        file = made.in_classes()
    answers = together(
        marks(people, "anna", file.pk, "present"), marks(people, "tomasz", file.pk, "unexcused")
    )
    told = [one for one in answers if isinstance(one, attendance.Changed)]
    wrote = [one for one in answers if isinstance(one, DayMark)]
    assert (len(told), len(wrote)) == (1, 1)
    assert told[0].standing == wrote[0]
    with people.scope("cis", "anna"):
        assert DayMark.objects.get().kind == wrote[0].kind


def test_a_double_click_makes_one_mark(people: World) -> None:
    with people.scope("cis", "anna"):
        file = made.in_classes()
    answers = together(*[marks(people, "anna", file.pk, "present")] * 4)
    assert len({one.pk for one in answers}) == 1
    with people.scope("cis", "anna"):
        assert DayMark.objects.get().revision == 1


def test_everybody_present_twice_is_one_mark_each(people: World) -> None:
    with people.scope("cis", "anna"):
        place = workshop()
        in_workshop(place, *NAMES[:4])

    def work() -> int:
        with people.scope("cis", "tomasz"):
            return len(attendance.mark_all_present(workshop_id=place.pk, day=TODAY))

    assert sorted(together(work, work)) == [0, 4]


def test_different_people_of_one_day_never_wait_for_each_other_in_vain(people: World) -> None:
    with people.scope("cis", "anna"):
        place = workshop()
        files = in_workshop(place, *NAMES[:3])
    answers = together(*[marks(people, "anna", file.pk, "present") for file in files])
    assert {one.participation_id for one in answers} == {file.pk for file in files}


def test_an_undo_waits_for_a_mark_of_another_and_leaves_it(people: World) -> None:
    with people.scope("cis", "anna"):
        file = made.in_classes()
    with people.scope("cis", "tomasz"), clock.frozen(TODAY):
        attendance.mark(participation_id=file.pk, day=TODAY, kind="present", expected_revision=0)
        request = current_scope().request_id
    wrote, waits = threading.Event(), threading.Event()

    def another() -> None:
        with people.scope("cis", "anna"):
            attendance.mark(participation_id=file.pk, day=TODAY, kind="unexcused", expected_revision=1)
            wrote.set()
            waits.wait(WAITING)

    def undo() -> int:
        wrote.wait(WAITING)
        # The mark of the other is committed only after the undo has begun.
        threading.Timer(0.5, waits.set).start()
        with people.scope("cis", "tomasz"):
            return attendance.undo_last(request_id=request)

    _, answer = together(another, undo)
    assert isinstance(answer, InputError)
    assert "Ktoś w tym czasie zmienił" in answer.message
    with people.scope("cis", "anna"):
        assert DayMark.objects.get().kind == "unexcused"


def test_a_mark_that_comes_while_the_month_is_closed_waits_and_is_refused(people: World) -> None:
    with people.scope("cis", "ewa"):
        file = made.in_classes()
    held, tried = threading.Event(), threading.Event()

    def close() -> None:
        with people.scope("cis", "ewa"):
            attendance.hold_month(date(2026, 11, 1))
            held.set()
            tried.wait(WAITING)
            assert not DayMark.objects.exists()
            closed(date(2026, 11, 1))

    def late() -> DayMark:
        held.wait(WAITING)
        # The service looks before the close is committed, so that the refusal is the database's.
        threading.Timer(0.5, tried.set).start()
        return marks(people, "tomasz", file.pk, "present")()

    _, answer = together(close, late)
    said = answer.message if isinstance(answer, InputError) else sentence_of(answer)
    assert said == "Listopad 2026 jest zamknięty. Kierownik może otworzyć go ponownie."
    with people.scope("cis", "ewa"):
        assert not DayMark.objects.exists()
