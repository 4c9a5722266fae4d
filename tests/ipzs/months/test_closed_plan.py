"""What a closed month was counted from stays: periods, ends, places, the plan, openings, days off."""

import re
from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any

import psycopg
import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from ipzs.imports.openings import COLUMNS
from ipzs.imports.table import TEXT
from ipzs.models import OpeningBalance, Placement, TimetableEntry, WorkshopPlace
from ipzs.services import catalogue, imports, opening, timetable
from ipzs.services.opening import OpeningData
from ipzs.services.timetable import EntryData
from participants.models import CardEntry, Participation, Period
from participants.rules import stages
from participants.rules.codes import PeriodKind
from participants.services import cards, participations
from participants.services.people import merge_persons
from reintegration.administration import services as unit_services
from reintegration.core.dates import DateSpan
from reintegration.core.errors import InputError, sentence_of
from reintegration.tenancy.models import ClosedDay, UnitCalendar
from tests.cast import World, known_world, sign_in
from tests.ipzs.attendance.made import TODAY, closed, without_the_program, workshop
from tests.ipzs.imports.made import OPENING_HEADINGS, as_csv, under
from tests.ipzs.months.made import OCTOBER
from tests.ipzs.timetable.made import practice
from tests.participants.participations import made

SAYS = "Październik 2026 jest zamknięty. Kierownik może otworzyć go ponownie."
MID = date(2026, 10, 14)
NOVEMBER = date(2026, 11, 1)
JUNE = date(2026, 6, 30)
NINE, TEN = time(9), time(10)


@pytest.fixture
def file(world: World) -> Any:
    """A file with a place, a plan of its own and an opening; October is closed."""
    with world.scope("cis", "ewa"):
        found = everything(world)
        closed(OCTOBER.first)
        yield found


def everything(world: World) -> Participation:
    found = made.in_classes()
    place = workshop()
    WorkshopPlace.objects.create(
        workshop=place, participation=found, person_id=found.person_id, since=made.TRIAL
    )
    TimetableEntry.objects.create(workshop=place, weekday=2, since=made.TRIAL, begins=NINE, ends=time(14))
    TimetableEntry.objects.create(
        participation=found, person_id=found.person_id, purpose="away", since=MID, until=MID,
        begins=NINE, ends=TEN,
    )  # fmt: skip
    practice(found, date(2026, 10, 5), date(2026, 10, 9))
    cards.add_entry(
        participation_id=found.pk,
        data=cards.EntryData("counselling", MID, "Rozmowa o pracy.", minutes=45),
        author_id=world.people["ewa"].pk,
    )
    opening.save_opening(participation_id=found.pk, data=OpeningData(until=JUNE, source="listy", sick_days=3))
    ClosedDay.objects.create(day=MID + timedelta(7), reason="szkolenie")
    if not UnitCalendar.objects.exists():
        UnitCalendar.objects.create(since=made.OPENED, weekdays=[1, 2, 3, 4, 5])
    return found


def _main(file: Participation) -> Period:
    return Period.objects.get(participation=file, kind="main")


def _weekly() -> TimetableEntry:
    return TimetableEntry.objects.get(weekday=2)


def _kept(file: Participation, main_until: date) -> list[stages.Period]:
    rows = Period.objects.filter(participation=file).order_by("since")
    return [
        stages.Period(
            PeriodKind(row.kind), DateSpan(row.since, main_until if row.kind == "main" else row.until)
        )
        for row in rows
    ]


# Each comes as a service or a bare statement, and touches a day of October.
DOORS: dict[str, Callable[[Participation], object]] = {
    "period cut": lambda file: Period.objects.filter(pk=_main(file).pk).update(until=MID),
    "period later": lambda file: Period.objects.filter(pk=_main(file).pk).update(since=MID),
    "period of another kind": lambda _: Period.objects.filter(kind="main").update(kind="extension"),
    "period removed": lambda file: _main(file).delete(),
    "period planned otherwise": lambda file: Period.objects.filter(kind="main").update(planned_until=MID),
    "periods corrected": lambda file: participations.set_periods(
        participation_id=file.pk, periods=_kept(file, MID)
    ),
    "a late entry": lambda _: made.in_trial("Adam Modrzew", since=date(2026, 10, 20)),
    "ended in it": lambda file: participations.end_participation(
        participation_id=file.pk, ended_on=MID, reason="job", destination="open_market"
    ),
    "end alone": lambda _: Participation.objects.update(ended_on=MID, end_reason="job"),
    "place from a day": lambda _: WorkshopPlace.objects.update(since=MID),
    "place until a day": lambda _: catalogue.leave_place(place_id=WorkshopPlace.objects.get().pk, until=MID),
    "place elsewhere": lambda _: WorkshopPlace.objects.update(workshop=workshop("Ogrodnicza")),
    "place removed": lambda _: WorkshopPlace.objects.get().delete(),
    "place moved": lambda _: catalogue.move_place(
        place_id=WorkshopPlace.objects.get().pk, to_workshop_id=workshop("Ogrodnicza").pk, since=MID
    ),
    "workshop closed": lambda _: catalogue.save_workshop(
        workshop_id=_weekly().workshop_id,
        data=catalogue.WorkshopData("workshop", "Stolarska", date(2020, 1, 1), closed_on=MID),
    ),
    "hours of the plan": lambda _: TimetableEntry.objects.filter(weekday=2).update(ends=TEN),
    "weekday of the plan": lambda _: TimetableEntry.objects.filter(weekday=2).update(weekday=3),
    "plan ended": lambda _: TimetableEntry.objects.filter(weekday=2).update(until=MID),
    "plan removed": lambda _: _weekly().delete(),
    "one date moved away": lambda _: TimetableEntry.objects.filter(weekday=None).update(
        since=NOVEMBER, until=NOVEMBER
    ),
    "plan added": lambda _: TimetableEntry.objects.create(
        workshop=_weekly().workshop, weekday=4, since=MID, until=MID, begins=NINE, ends=TEN
    ),
    "practice added": lambda file: practice(file, MID, NOVEMBER),
    "practice with other hours": lambda _: Placement.objects.update(hours=5),
    "practice removed": lambda _: Placement.objects.get().delete(),
    "opening figures": lambda _: OpeningBalance.objects.update(sick_days=4),
    "opening moved": lambda _: OpeningBalance.objects.update(until=date(2026, 10, 31)),
    "opening removed": lambda _: OpeningBalance.objects.get().delete(),
    "day without classes added": lambda _: unit_services.close_days(first=MID, last=None, reason="awaria"),
    "day without classes removed": lambda _: unit_services.remove_closed_day(row=ClosedDay.objects.get()),
    "day without classes moved": lambda _: ClosedDay.objects.update(day=NOVEMBER),
    "week laid out otherwise": lambda _: unit_services.set_weekdays(since=MID, weekdays=[1, 2]),
    "week changed": lambda _: UnitCalendar.objects.update(weekdays=[1]),
}


@pytest.mark.parametrize("door", DOORS)
def test_what_a_closed_month_was_counted_from_stays(file: Participation, door: str) -> None:
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        DOORS[door](file)
    assert sentence_of(refused.value) == SAYS


def _ended_now(file: Participation) -> None:
    participations.end_participation(
        participation_id=file.pk, ended_on=TODAY, reason="job", destination="open_market"
    )
    assert _main(file).until == TODAY
    participations.correct_end(
        participation_id=file.pk, ended_on=NOVEMBER, reason="job", destination="open_market"
    )
    participations.reopen(participation_id=file.pk, reason="pomyłka")
    assert _main(file).planned_until is None


def _extended(file: Participation) -> None:
    last = _main(file).until
    participations.extend(participation_id=file.pk, until=last + timedelta(days=100))
    rows = _kept(file, last - timedelta(days=30))
    extension = stages.Period(PeriodKind.EXTENSION, DateSpan(last - timedelta(29), last + timedelta(50)))
    before = set(Period.objects.values_list("pk", flat=True))
    participations.set_periods(participation_id=file.pk, periods=[*rows[:2], extension])
    assert set(Period.objects.values_list("pk", flat=True)) == before


def _planned_on(file: Participation) -> None:
    entry = _weekly()
    data = EntryData(
        begins=NINE, ends=TEN, since=NOVEMBER, weekday=entry.weekday, workshop_id=entry.workshop_id
    )
    later = timetable.change_entry(entry_id=entry.pk, data=data, from_on=NOVEMBER)
    timetable.end_entry(entry_id=later.pk, until=TODAY)


def _moved_on(file: Participation) -> None:
    there = workshop("Ogrodnicza")
    catalogue.move_place(place_id=WorkshopPlace.objects.get().pk, to_workshop_id=there.pk, since=NOVEMBER)


def _merged(file: Participation) -> None:
    other = made.person("Marek Dabek")
    merge_persons(keep_id=other.pk, gone_id=file.person_id)
    assert set(Period.objects.values_list("person_id", flat=True)) == {other.pk}


GOES_ON: dict[str, Callable[[Participation], object]] = {
    "an end, its correction and its taking back": _ended_now,
    "an extension, and periods corrected beyond it": _extended,
    "a change of the plan from the next month": _planned_on,
    "another workshop from the next month": _moved_on,
    "a merge": _merged,
    "somebody new": lambda _: made.in_trial("Adam Modrzew", since=NOVEMBER),
    "where an opening comes from": lambda _: OpeningBalance.objects.update(source="zeszyt"),
    "why a day is without classes": lambda _: ClosedDay.objects.update(reason="szkolenie kadry"),
    "the description of a class": lambda _: TimetableEntry.objects.update(label="grupa A"),
    "a day without classes in the open month": lambda _: unit_services.close_days(
        first=NOVEMBER, last=None, reason="awaria"
    ),
    "another layout of the week from the open month": lambda _: unit_services.set_weekdays(
        since=NOVEMBER, weekdays=[1, 2]
    ),
}


@pytest.mark.parametrize("step", GOES_ON)
def test_what_touches_open_months_alone_goes_on(file: Participation, step: str) -> None:
    GOES_ON[step](file)


def test_an_opening_that_comes_or_goes_speaks_for_every_month_of_the_person(file: Participation) -> None:
    """With an opening, days ask for no mark: a month that was closed without one was counted from marks."""
    other = made.in_classes("Wiesława Kalina", since=NOVEMBER)
    data = OpeningData(until=TODAY, source="listy")
    assert opening.save_opening(participation_id=other.pk, data=data).until == TODAY
    opening.remove_opening(participation_id=other.pk)
    with pytest.raises(InputError, match="Październik 2026 jest zamknięty"):
        opening.remove_opening(participation_id=file.pk)
    with pytest.raises(InputError, match="Październik 2026 jest zamknięty"):
        opening.save_opening(participation_id=file.pk, data=data)


def test_figures_of_the_month_in_which_an_opening_ends_stay_with_it(world: World) -> None:
    with world.scope("cis", "ewa"):
        found = made.in_classes()
        opening.save_opening(participation_id=found.pk, data=OpeningData(OCTOBER.last, "listy"))
        closed(OCTOBER.first)
        data = OpeningData(OCTOBER.last, "listy", sick_days=2)
        assert opening.save_opening(participation_id=found.pk, data=data).sick_days == 2
        with pytest.raises(InputError, match="Październik 2026 jest zamknięty"):
            opening.save_opening(
                participation_id=found.pk, data=OpeningData(OCTOBER.last, "listy", 0, 0, 2, 0, 1)
            )
        with pytest.raises(IntegrityError), transaction.atomic():
            OpeningBalance.objects.update(unexcused_in_month=1)


def _periods(file: Participation) -> tuple[str, dict[str, str]]:
    rows = Period.objects.filter(participation=file).order_by("since")
    data = {f"since_{at}": f"{row.since:%d.%m.%Y}" for at, row in enumerate(rows)}
    data |= {f"until_{at}": f"{row.until:%d.%m.%Y}" for at, row in enumerate(rows)}
    return reverse("participants:periods_edit", args=[file.pk]), data | {"until_1": "14.10.2026"}


def _end(file: Participation) -> tuple[str, dict[str, str]]:
    data = {"ended_on": "14.10.2026", "end_reason": "job", "destination": "open_market"}
    return reverse("participants:end", args=[file.pk]), data


def _place(name: str, data: dict[str, str]) -> Callable[[Participation], tuple[str, dict[str, str]]]:
    return lambda _: (reverse(f"ipzs:{name}", args=[WorkshopPlace.objects.get().pk]), data)


def _entry(name: str, data: dict[str, str]) -> Callable[[Participation], tuple[str, dict[str, str]]]:
    return lambda _: (reverse(f"ipzs:{name}", args=[_weekly().pk]), data)


def _opening(name: str, data: dict[str, str]) -> Callable[[Participation], tuple[str, dict[str, str]]]:
    return lambda file: (reverse(f"ipzs:{name}", args=[file.pk]), data)


FIGURES = {
    "until": "30.06.2026", "free_days": "0", "free_days_extension": "0", "sick_days": "9",
    "sick_days_extension": "0", "unexcused_in_month": "0", "hours_in_month": "0", "source": "listy",
}  # fmt: skip
TALK = {"kind": "counselling", "course": "Rozmowa o pracy.", "visibility": "team"}


def _talk(file: Participation) -> CardEntry:
    return CardEntry.objects.get(participation=file)


FORMS: dict[str, Callable[[Participation], tuple[str, dict[str, str]]]] = {
    "periods": _periods,
    "end": _end,
    "place ends": _place("place_end", {"until": "14.10.2026"}),
    "plan ends": _entry("entry_end", {"until": "14.10.2026"}),
    "plan removed": _entry("entry_remove", {}),
    "opening": _opening("opening_edit", FIGURES),
    "opening removed": _opening("opening_remove", {}),
    "counselling": lambda file: (
        reverse("participants:card_add", args=[file.pk]), TALK | {"held_on": "14.10.2026", "minutes": "60"},
    ),
    "counselling struck": lambda file: (
        reverse("participants:card_strike", args=[_talk(file).pk]), {"reason": "nie ta osoba"},
    ),
    "day off": lambda _: (
        reverse("administration:closed_day_add"), {"day": "14.10.2026", "last": "", "reason": "awaria"},
    ),
    "day off removed": lambda _: (
        reverse("administration:closed_day_remove", args=[ClosedDay.objects.get().pk]), {},
    ),
}  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_a_form_that_touches_a_closed_month_says_so_and_keeps_what_was_typed(
    world: World, client: Client, form: str
) -> None:
    with world.scope("cis", "ewa"):
        found = everything(world)
        closed(OCTOBER.first)
        url, data = FORMS[form](found)
    sign_in(client, world.people["ewa"])
    answer = client.post(url, data)
    assert answer.status_code == 422
    assert re.search("aździernik 2026 jest zamknięt[ya]", answer.content.decode())


def test_the_service_of_the_card_says_it_before_the_database_does(world: World) -> None:
    with world.scope("cis", "ewa"):
        found = everything(world)
        closed(OCTOBER.first)
        data = cards.EntryData(kind="counselling", held_on=OCTOBER.last, course="Praca.", minutes=60)
        for work in (
            lambda: cards.add_entry(participation_id=found.pk, data=data, author_id=world.people["ewa"].pk),
            lambda: cards.strike_entry(
                entry_id=_talk(found).pk, reason="nie ta", by=world.people["ewa"].pk, leads=True
            ),
        ):
            with pytest.raises(InputError, match="Październik 2026 jest zamknięty"):
                work()


def test_a_talk_without_minutes_is_written_whenever_somebody_comes_to_it(
    world: World, client: Client
) -> None:
    with world.scope("cis", "ewa"):
        found = everything(world)
        closed(OCTOBER.first)
    sign_in(client, world.people["ewa"])
    url = reverse("participants:card_add", args=[found.pk])
    for held_on, minutes in (("14.10.2026", ""), ("4.11.2026", "60")):
        answer = client.post(url, TALK | {"held_on": held_on, "minutes": minutes})
        assert answer.status_code == 302, answer.content.decode()
    with world.scope("cis", "ewa"):
        assert CardEntry.objects.filter(participation=found).count() == 3


def test_a_file_of_persons_cannot_bring_somebody_into_a_closed_month(world: World) -> None:
    with world.scope("cis", "ewa"):
        closed(OCTOBER.first)
        row = under(
            COLUMNS, first_name="Iga", last_name="Sowa", trial="12.10.2026", until="31.10.2026",
            signed_on="9.10.2026",
        )  # fmt: skip
        content = as_csv(OPENING_HEADINGS, [row])
        report = imports.check(kind=imports.OPENINGS, content=content, media_type=TEXT)
        assert [one.sentence for one in report.problems] == [SAYS]


@pytest.mark.parametrize("role", ["reintegra_owner", "reintegra_app"])
def test_whoever_comes_without_the_program_is_refused(
    committed_db: str, as_role: Callable[[str], psycopg.Connection], role: str
) -> None:
    world = known_world()
    with world.scope("cis", "ewa"):
        everything(world)
        closed(OCTOBER.first)
    door = without_the_program(as_role(role), world)
    for statement in (
        "UPDATE participants_period SET until = '2026-10-14' WHERE kind = 'main'",
        "DELETE FROM participants_period",
        "UPDATE participants_participation SET ended_on = '2026-10-14'",
        "UPDATE ipzs_workshopplace SET until = '2026-10-14'",
        "DELETE FROM ipzs_timetableentry",
        "UPDATE ipzs_openingbalance SET free_days = 6",
        "DELETE FROM tenancy_closedday",
        "UPDATE tenancy_unitcalendar SET weekdays = '{1}'",
    ):
        with pytest.raises(psycopg.errors.RestrictViolation, match="is closed"):
            door.execute(statement)
