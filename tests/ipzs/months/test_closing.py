"""What keeps a month open, who may close it, and who is told when it opens again."""

from datetime import date, time, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ipzs.models import AttendanceMonth, ClassMeeting, ClassPresence
from ipzs.queries import attendance as attendance_queries
from ipzs.queries import months as queries
from ipzs.rules.codes import FindingCode
from ipzs.services import attendance
from ipzs.services import months as services
from participants.models import Participation
from participants.services import cards, participations
from reintegration.core import slots
from reintegration.core.dates import Month
from reintegration.core.errors import InputError
from reintegration.law.book import law_book
from reintegration.law.months import last_closed_month
from tests.cast import World
from tests.ipzs.attendance.made import TODAY
from tests.ipzs.months.made import OCTOBER, marked
from tests.ipzs.timetable import made as plan
from tests.participants.participations import made

GAP = date(2026, 10, 14)


def codes(file: Participation, month: Month = OCTOBER) -> set[FindingCode]:
    (person,) = [one for one in queries.check(month, today=TODAY).people if one.file == file]
    return {one.code for one in person.found}


def test_a_month_with_every_day_marked_is_closed_by_the_manager(world: World) -> None:
    with world.scope("cis", "ewa"):
        marked([made.in_classes()])
        row = services.close(month=OCTOBER)
        assert (row.state, row.closings, row.closed_by) == ("closed", 1, world.people["ewa"])
        assert last_closed_month(world.cis.pk) == OCTOBER
        with pytest.raises(InputError, match="zamknięty"):
            attendance.clear_mark(participation_id=Participation.objects.get().pk, day=GAP, reason="x")


def test_a_day_without_a_mark_keeps_the_month_open(world: World) -> None:
    with world.scope("cis", "ewa"):
        file, other = made.in_classes(), made.in_classes("Wiesława Kalina")
        marked([file, other])
        attendance.clear_mark(participation_id=file.pk, day=GAP, reason="pomyłka")
        with pytest.raises(InputError, match="1 osoba ma dni do poprawienia"):
            services.close(month=OCTOBER)
        assert [one.file for one in queries.check(OCTOBER, today=TODAY).blocked] == [file]
        assert not AttendanceMonth.objects.exists()


def test_a_leave_without_a_paper_keeps_the_month_open_and_sickness_over_the_limit_does_not(
    world: World,
) -> None:
    with world.scope("cis", "ewa"):
        file = made.in_classes()
        leave = attendance.add_sick_leave(
            participation_id=file.pk, since=date(2026, 9, 28), until=date(2026, 10, 31)
        )
        assert FindingCode.NO_PAPER in codes(file)
        attendance.confirm(leave_id=leave.pk, confirmed_on=date(2026, 10, 2))
        assert codes(file) == {FindingCode.SICK_OVER}
        assert services.close(month=OCTOBER).state == "closed"


def test_the_class_journal_and_the_days_say_the_same_before_a_month_is_closed(world: World) -> None:
    with world.scope("cis", "ewa"):
        came, missed, alone, talked, left = (made.in_classes(f"Ada Osoba{name}") for name in "abcde")
        joinery = plan.workshop()
        for file in (came, missed, talked):
            plan.place(joinery, file)
        plan.place(joinery, left, until=GAP - timedelta(days=1))
        once = plan.once(GAP, participation=alone, person=alone.person)
        marked([came, missed, alone, talked, left])
        held: dict[str, Any] = {
            "day": GAP, "begins": time(8), "ends": time(12), "hours": 4, "topic": "Miary", "state": "held",
            "leader": world.people["ewa"], "service": plan.service(),
        }  # fmt: skip
        group = ClassMeeting.objects.create(workshop=joinery, **held)
        single = ClassMeeting.objects.create(entry=once, **held)
        for meeting, file in ((group, came), (single, came)):
            ClassPresence.objects.create(
                meeting=meeting, participation=file, person_id=file.person_id, day=GAP, hours=1
            )
        data = cards.EntryData(kind="counselling", held_on=GAP, minutes=60, course="Rozmowa.")
        cards.add_entry(participation_id=talked.pk, data=data, author_id=world.people["ewa"].pk)
        blocked = [one.file for one in queries.check(OCTOBER, today=TODAY).blocked]
        assert blocked == [missed, alone]
        assert codes(missed) == codes(alone) == {FindingCode.JOURNAL}
        attendance.mark(participation_id=came.pk, day=GAP, kind="unexcused", reason="nie było")
        assert codes(came) == {FindingCode.JOURNAL}
        ClassMeeting.objects.filter(pk=single.pk).update(state="cancelled", cancel_reason="brak prądu")
        assert codes(alone) == set()


def test_a_month_that_has_not_passed_waits(world: World) -> None:
    with world.scope("cis", "ewa"):
        marked([made.in_classes()], Month(2026, 11), left_out=[date(2026, 11, d) for d in range(21, 31)])
        with pytest.raises(InputError, match="1 osoba"):
            services.close(month=Month(2026, 11))
        with pytest.raises(InputError, match="nie zaczął"):
            services.close(month=Month(2026, 12))


def test_several_months_are_closed_together_or_not_at_all(world: World) -> None:
    with world.scope("cis", "ewa"):
        file = made.in_classes(since=date(2026, 9, 1))
        marked([file], Month(2026, 9))
        marked([file])
        rows = services.close_all(months=[OCTOBER, Month(2026, 9)])
        assert [row.first_day.month for row in rows] == [9, 10]


def test_opening_again_asks_why_and_tells_the_rooms_above(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[tuple[str, UUID, Month]] = []
    for name in (services.CLOSED_SLOT, services.REOPENED_SLOT):
        monkeypatch.setitem(slots._filled, name, [])
        slots.fill(name, lambda unit_id, month, name=name: told.append((name, unit_id, month)))
    with world.scope("cis", "ewa"):
        marked([made.in_classes()])
        services.close(month=OCTOBER)
        with pytest.raises(InputError, match="Napisz"):
            services.reopen(month=OCTOBER, reason="  ")
        row = services.reopen(month=OCTOBER, reason="Zwolnienie przyszło później.")
        assert (row.state, row.closings) == ("open", 1)
        assert services.close(month=OCTOBER).closings == 2
        assert told == [
            (services.CLOSED_SLOT, world.cis.pk, OCTOBER),
            (services.REOPENED_SLOT, world.cis.pk, OCTOBER),
            (services.CLOSED_SLOT, world.cis.pk, OCTOBER),
        ]


def test_in_a_kis_nothing_of_the_benefit_keeps_a_month_open(world: World) -> None:
    with world.scope("kis", "bozena"):
        file = _in_kis()
        attendance.add_sick_leave(participation_id=file.pk, since=OCTOBER.first, until=OCTOBER.last)
        assert codes(file) == set()


def test_in_a_kis_who_came_to_a_class_needs_no_mark_and_in_a_cis_does(world: World) -> None:
    for unit, person, found in (("kis", "bozena", set()), ("cis", "ewa", {FindingCode.UNMARKED})):
        with world.scope(unit, person):
            file = _in_kis() if unit == "kis" else made.in_classes()
            entry = plan.once(GAP, participation=file, person=file.person)
            assert codes(file) == {FindingCode.UNMARKED}
            assert _missing() == (1, 1)
            held = ClassMeeting.objects.create(
                entry=entry, day=GAP, begins=time(8), ends=time(12), hours=4, topic="Miary", state="held",
                leader=world.people[person], service=plan.service(),
            )  # fmt: skip
            ClassPresence.objects.create(
                meeting=held, participation=file, person_id=file.person_id, day=GAP, hours=1
            )
            assert codes(file) == found
            assert _missing() == ((1, 1) if found else (0, 0))


def _missing() -> tuple[int, int]:
    """Days without a mark as the month shows them, and people without one as the overview of the day does."""
    month = attendance_queries.grid(OCTOBER, today=TODAY, pays=False)
    return month.missing, sum(not one.marked for one in attendance_queries.day_overview(GAP).loose)


def _in_kis() -> Participation:
    file = made.candidate()
    participations.sign_programme(participation_id=file.pk, signed_on=made.SIGNED)
    made.ready(file)
    participations.qualify(participation_id=file.pk, since=made.TRIAL, until=date(2027, 3, 8))
    return file


def test_sixty_persons_cost_as_many_queries_as_ten(world: World) -> None:
    costs = []
    with world.scope("cis", "ewa"):
        # The law is read once for all.
        law_book()
        for names in ([f"Ada Osoba{n}" for n in range(10)], [f"Ewa Osoba{n}" for n in range(50)]):
            marked([made.in_classes(name) for name in names])
            with CaptureQueriesContext(connection) as caught:
                queries.check(OCTOBER, today=TODAY)
            costs.append(len(caught))
    assert costs[0] == costs[1] <= 12
