from collections.abc import Iterator
from datetime import date, time
from decimal import Decimal
from typing import Any

import pytest

from ipzs.models import ClassMeeting, ClassPresence, Placement, PracticalSkill
from ipzs.queries import timetable_week as weeks
from ipzs.queries.timetable_classes import of_day, people_of, skills_to_offer
from ipzs.rules.hours import week_of
from ipzs.services import timetable_classes as services
from ipzs.services import timetable_results as results
from ipzs.services.timetable_classes import MeetingData
from ipzs.transitions.meetings import TABLE, S, Transition
from reintegration.core import clock
from reintegration.core.errors import InputError
from reintegration.core.transitions import WrongState
from reintegration.tenancy.models import ClosedDay
from tests.cast import World
from tests.ipzs.timetable.made import place, practice, service, weekly, workshop
from tests.participants.participations.made import in_classes

MONDAY = date(2026, 11, 16)


@pytest.fixture
def cis(world: World) -> Iterator[World]:
    with world.scope("cis", "tomasz"):
        yield world


def data(world: World, **given: Any) -> MeetingData:
    values = {
        "service_id": service(f"Usługa {ClassMeeting.objects.count()}").pk,
        "leader_id": world.people["tomasz"].pk,
        "begins": time(8),
        "ends": time(14),
        "hours": Decimal(8),
        "topic": "Połączenia czopowe",
        "present": {},
    }
    return MeetingData(**values | given)


def test_a_class_of_the_plan_becomes_a_line_of_the_journal(cis: World) -> None:
    joinery, case = workshop(), in_classes()
    place(joinery, case)
    (entry,) = weekly(0, workshop=joinery, service=service())

    made = services.hold(data=data(cis, present={case.pk: Decimal(8)}), entry_id=entry.pk, day=MONDAY)

    assert (made.state, made.day, made.workshop) == ("held", MONDAY, joinery)
    presence = ClassPresence.objects.get()
    assert (presence.participation_id, presence.hours) == (case.pk, Decimal(8))


def test_a_second_line_of_the_same_class_is_refused(cis: World) -> None:
    (entry,) = weekly(0, workshop=workshop(), service=service())
    services.hold(data=data(cis), entry_id=entry.pk, day=MONDAY)

    with pytest.raises(InputError, match="już w dzienniku"):
        services.hold(data=data(cis), entry_id=entry.pk, day=MONDAY)


def test_nobody_is_present_who_does_not_take_part(cis: World) -> None:
    case = in_classes()
    (entry,) = weekly(0, workshop=workshop(), since=date(2026, 1, 5))

    with pytest.raises(InputError) as refused:
        services.hold(data=data(cis, present={case.pk: Decimal(8)}), entry_id=entry.pk, day=date(2026, 1, 5))
    assert refused.value.field == "present"


def test_who_was_ticked_by_mistake_goes_and_the_rest_stays(cis: World) -> None:
    joinery = workshop()
    cases = [in_classes(name) for name in ("Iga Sowa", "Adam Gil")]
    (entry,) = weekly(0, workshop=joinery)
    both = {case.pk: Decimal(8) for case in cases}
    made = services.hold(data=data(cis, present=both), entry_id=entry.pk, day=MONDAY)
    kept = ClassPresence.objects.get(participation=cases[0])

    services.hold(data=data(cis, present={cases[0].pk: Decimal(8)}), meeting_id=made.pk)

    assert [row.pk for row in ClassPresence.objects.order_by("pk")] == [kept.pk]


def test_a_cancelled_class_says_why_and_nobody_was_there(cis: World) -> None:
    joinery, case = workshop(), in_classes()
    (entry,) = weekly(0, workshop=joinery)
    made = services.hold(data=data(cis, present={case.pk: Decimal(8)}), entry_id=entry.pk, day=MONDAY)

    with pytest.raises(InputError):
        services.cancel(reason=" ", meeting_id=made.pk)
    services.cancel(reason="choroba prowadzącego", meeting_id=made.pk)

    assert not ClassPresence.objects.exists()
    assert ClassMeeting.objects.get().cancel_reason == "choroba prowadzącego"


def test_no_class_is_held_tomorrow(cis: World) -> None:
    ahead = date(clock.today().year + 1, 1, 4)
    (entry,) = weekly(ahead.weekday(), workshop=workshop())
    with pytest.raises(InputError, match="jeszcze nie nadszedł"):
        services.hold(data=data(cis), entry_id=entry.pk, day=ahead)


@pytest.mark.parametrize("state", list(S))
@pytest.mark.parametrize("transition", list(Transition))
def test_every_step_from_every_state(state: S, transition: Transition) -> None:
    meeting = ClassMeeting(state=state)
    if state in TABLE[transition].sources:
        TABLE.move(meeting, transition)
        assert meeting.state == TABLE[transition].to
    else:
        with pytest.raises(WrongState):
            TABLE.move(meeting, transition)
        assert meeting.state == state


def test_the_day_has_what_is_planned_and_what_is_written(cis: World) -> None:
    joinery, kitchen = workshop(), workshop("Kuchnia")
    (entry,) = weekly(0, workshop=joinery, service=service())
    weekly(0, workshop=kitchen, begins=9)
    weekly(0, purpose="away", participation=(case := in_classes()), person=case.person)
    services.hold(data=data(cis), entry_id=entry.pk, day=MONDAY)

    off, slots = of_day(MONDAY)

    assert off == ""
    assert [(slot.group, slot.badge.text) for slot in slots] == [
        ("Stolarnia", "odbyły się"),
        ("Kuchnia", "bez wpisu"),
    ]


def test_a_closed_day_has_nothing_to_write(cis: World) -> None:
    weekly(0, workshop=workshop())
    ClosedDay.objects.create(day=MONDAY, reason="awaria")

    assert of_day(MONDAY) == ("awaria", [])


def test_whoever_belongs_that_day_may_have_been_there(cis: World) -> None:
    joinery, case, other = workshop(), in_classes(), in_classes("Iga Sowa")
    place(joinery, case)
    place(joinery, other, until=date(2026, 11, 1))
    (entry,) = weekly(0, workshop=joinery)

    assert people_of(entry, None, MONDAY) == [case]


# Practice and skills


def test_two_practices_never_meet(cis: World) -> None:
    case = in_classes()
    practice = results.PlacementData(
        employer="Zakład Wymyślony",
        agreement_number="1/2026",
        agreement_on=date(2026, 5, 1),
        since=date(2026, 6, 1),
        until=date(2026, 6, 30),
    )
    results.save_placement(participation_id=case.pk, data=practice)

    with pytest.raises(Exception, match="ma już praktykę"):
        results.save_placement(participation_id=case.pk, data=practice)


def test_a_practice_has_hours_of_the_day_or_their_number(cis: World) -> None:
    case = in_classes()
    values: dict[str, Any] = {
        "employer": "Tartak", "agreement_number": "1", "agreement_on": date(2026, 5, 1),
        "since": date(2026, 6, 1), "until": date(2026, 6, 30),
    }  # fmt: skip

    def saved(**given: Any) -> Any:
        data = results.PlacementData(**values, **given)
        held = Placement.objects.first()
        more = {"placement_id": held.pk} if held else {"participation_id": case.pk}
        return results.save_placement(data=data, **more)

    assert saved().hours == 6
    assert saved(begins=time(7), ends=time(14, 30), hours=Decimal(3)).hours == Decimal("7.5")
    assert saved(hours=Decimal(5), weekdays=(3, 1)).days_text == "pn., śr. po 5 godzin"
    with pytest.raises(InputError, match="obie godziny"):
        saved(begins=time(7))
    with pytest.raises(InputError, match="Zaznacz przynajmniej jeden dzień"):
        saved(weekdays=())


def test_a_class_at_the_hours_of_a_practice_is_a_conflict_and_stands_in_the_week(cis: World) -> None:
    joinery, case = workshop(), in_classes()
    place(joinery, case)
    (entry,) = weekly(0, workshop=joinery, since=MONDAY)
    at_work = practice(case, MONDAY, MONDAY, begins=time(12), ends=time(16), hours=Decimal(4))

    week = weeks.of_person(case, week_of(MONDAY), today=MONDAY, reasons=True)

    said = ["8:00–14:00", "praktyka, Tartak", "12:00–16:00"]
    for sentences in (
        week.conflicts,
        weeks.conflicts_of(entry),
        weeks.conflicts_of_practice(at_work),
        weeks.of_workshop(joinery, week_of(MONDAY), today=MONDAY).conflicts,
    ):
        (sentence,) = sentences
        assert all(part in sentence for part in said), sentence
    (_, items), *_ = week.lines[0].cells
    assert [(item.hours, item.name) for item in items][1] == ("12:00–16:00", "u pracodawcy")
    weekly(2, workshop=joinery, since=MONDAY)
    at_work.until, at_work.weekdays = date(2026, 11, 22), [1, 3]
    at_work.save()
    (sentence,) = weeks.of_person(case, week_of(MONDAY), today=MONDAY, reasons=True).conflicts
    assert sentence.endswith("pierwszy raz 16.11.2026. Tak samo: śr.")
    at_work.begins = at_work.ends = None
    at_work.save()
    assert weeks.of_person(case, week_of(MONDAY), today=MONDAY, reasons=True).conflicts == []


def test_the_trade_of_the_workshop_offers_its_skills_until_confirmed(cis: World) -> None:
    from ipzs import catalogue

    trade = catalogue.trades()[0]
    case = in_classes()
    place(workshop(trade=trade.key), case)
    assert [name for name, _ in skills_to_offer(case)] == list(trade.skills)

    results.confirm_skills(participation_id=case.pk, names=trade.skills[:1], acquired_on=MONDAY)

    assert [name for name, _ in skills_to_offer(case)] == list(trade.skills[1:])
    assert PracticalSkill.objects.get().confirmed_by == cis.people["tomasz"]
    with pytest.raises(InputError, match="już zapisana"):
        results.confirm_skills(participation_id=case.pk, names=trade.skills[:1], acquired_on=MONDAY)
