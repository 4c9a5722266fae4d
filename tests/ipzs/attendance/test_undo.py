"""What was done to marks in one request is taken back, within the same rules as a mark that is written."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from decimal import Decimal
from uuid import UUID

import pytest

from ipzs.enums import MarkKind
from ipzs.models import DayMark
from ipzs.services import attendance
from participants.models import Participation
from reintegration.core.errors import InputError
from reintegration.tenancy.scope import current_scope
from tests.cast import World
from tests.ipzs.attendance.made import MONDAY, NAMES, TODAY, in_workshop, mark, workshop
from tests.participants.participations import made

K = MarkKind


def test_undo_takes_back_one_request_and_keeps_the_words(world: World) -> None:
    with world.scope("cis", "tomasz"):
        place = workshop()
        one, other = in_workshop(place, *NAMES[:2])
        mark(one, kind=K.UNEXCUSED, reason="nie odebrał telefonu")
    with world.scope("cis", "tomasz") as _:
        mark(one, kind=K.PRESENT, hours=Decimal("3.50"))
        attendance.mark_all_present(workshop_id=place.pk, day=TODAY)
        request = current_scope().request_id
    with world.scope("cis", "tomasz"):
        assert attendance.undo_last(request_id=request) == 2
        row = DayMark.objects.get()
        assert (row.participation, row.kind, row.reason) == (one, "unexcused", "nie odebrał telefonu")
        assert row.hours is None
        assert row.revision > 2
    with world.scope("cis", "anna"), pytest.raises(InputError, match="Nie ma czego"):
        attendance.undo_last(request_id=request)


def test_undo_brings_back_a_mark_that_was_cleared(world: World) -> None:
    with world.scope("cis", "tomasz"):
        file = made.in_classes()
        mark(file, hours=Decimal("5.25"), reason="spóźnienie")
    with world.scope("cis", "tomasz"):
        attendance.clear_mark(participation_id=file.pk, day=TODAY)
        request = current_scope().request_id
    with world.scope("cis", "tomasz"):
        attendance.undo_last(request_id=request)
        row = DayMark.objects.get()
        assert (row.hours, row.reason, row.meal) == (Decimal("5.25"), "spóźnienie", True)


def test_undo_never_overwrites_what_another_wrote_since(world: World) -> None:
    with world.scope("cis", "tomasz"):
        file = made.in_classes()
    with world.scope("cis", "tomasz"):
        mark(file)
        request = current_scope().request_id
    with world.scope("cis", "anna"):
        mark(file, kind=K.UNEXCUSED)
    with world.scope("cis", "tomasz"), pytest.raises(InputError, match="zmienił te wpisy"):
        attendance.undo_last(request_id=request)


@contextmanager
def done(world: World) -> Iterator[list[UUID]]:
    """One request of Tomasz."""
    with world.scope("cis", "tomasz"):
        request = [current_scope().request_id]
        yield request


@pytest.mark.parametrize(
    "change",
    [
        lambda file: mark(file, kind=K.UNEXCUSED, reason="pomyłka"),
        lambda file: attendance.clear_mark(participation_id=file.pk, day=TODAY),
    ],
    ids=["corrected", "cleared"],
)
def test_undo_gives_back_a_mark_of_which_nothing_was_said(
    world: World, change: Callable[[Participation], object]
) -> None:
    with world.scope("cis", "tomasz"):
        file = made.in_classes()
        mark(file)
    with done(world) as request:
        change(file)
    with world.scope("cis", "tomasz"):
        attendance.undo_last(request_id=request[0])
        row = DayMark.objects.get()
        assert (row.kind, row.reason) == (K.PRESENT, "")


def test_undo_gives_no_seventh_free_day(world: World) -> None:
    with world.scope("cis", "tomasz"):
        file = made.in_classes()
        for back in range(6):
            mark(file, TODAY - timedelta(days=back), kind=K.FREE, reason="wniosek na papierze")
    with done(world) as request:
        attendance.clear_mark(participation_id=file.pk, day=TODAY)
    with world.scope("cis", "tomasz"):
        mark(file, TODAY - timedelta(days=7), kind=K.FREE, reason="wniosek na papierze")
    with world.scope("cis", "tomasz"), pytest.raises(InputError, match="Nie ma już dni wolnych"):
        attendance.undo_last(request_id=request[0])


def test_undo_puts_nobody_into_class_during_a_leave(world: World) -> None:
    with world.scope("cis", "tomasz"):
        file = made.in_classes()
        mark(file)
    with done(world) as request:
        attendance.clear_mark(participation_id=file.pk, day=TODAY)
    with world.scope("cis", "tomasz"):
        attendance.add_sick_leave(participation_id=file.pk, since=MONDAY, until=TODAY)
        DayMark.objects.filter(day=TODAY).delete()
    with world.scope("cis", "tomasz"), pytest.raises(InputError, match="trwa zwolnienie"):
        attendance.undo_last(request_id=request[0])


def test_undo_rests_on_no_request_that_was_withdrawn(world: World) -> None:
    with world.scope("cis", "tomasz"):
        file, ahead = made.in_classes(), TODAY + timedelta(days=3)
        asked = attendance.ask(participation_id=file.pk, since=ahead, until=ahead)
        attendance.grant(request_id=asked.pk)
        mark(file, ahead, kind=K.FREE)
    with done(world) as request:
        attendance.clear_mark(participation_id=file.pk, day=ahead)
    with world.scope("cis", "tomasz"):
        attendance.withdraw(request_id=asked.pk)
    with world.scope("cis", "tomasz"):
        attendance.undo_last(request_id=request[0])
        row = DayMark.objects.get()
        assert (row.kind, row.free_day_id) == (K.FREE, None)
