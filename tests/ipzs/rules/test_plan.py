from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipzs.rules.codes import ConflictKind, EntryPurpose, Weekday
from ipzs.rules.plan import (
    Closure,
    Entry,
    Named,
    Once,
    Weekly,
    class_days,
    conflicts,
    day_minutes,
    misses,
    off_days,
    only_class_days,
    plan_minutes,
    sessions,
)
from ipzs.rules.words import days_text, hours_text, in_month, span_text
from reintegration.core.dates import DateSpan, Month

NOVEMBER = Month(2026, 11)
ALWAYS = DateSpan(date(2026, 1, 1))
ANNA = Named("1", "Anna Lawenda")
HALL = Named("r1", "Sala 1")
JAN, EWA = Named("p1", "Jan Kos"), Named("p2", "Ewa Mak")


def weekly(weekday, hours=(8, 14), *, term=ALWAYS, name="Stolarska", key="s", **more):
    return Entry(key, name, Weekly(Weekday(weekday), term), time(hours[0]), time(hours[1]), **more)


def once(day, hours=(8, 14), *, name="Wycieczka", key="w", **more):
    return Entry(key, name, Once(day), time(hours[0]), time(hours[1]), **more)


WORK_WEEK = tuple(weekly(day) for day in range(5))


def planned(*entries, month=NOVEMBER, taking_part=(ALWAYS,), closures=()):
    return class_days(entries, month, taking_part=taking_part, off=off_days(month, closures))


def test_a_month_has_its_working_days_without_the_holiday():
    days = planned(*WORK_WEEK)
    assert len(days) == 20
    assert date(2026, 11, 11) not in days


def test_a_pattern_holds_while_its_term_lasts():
    term = DateSpan(date(2026, 11, 9), date(2026, 11, 16))
    assert planned(weekly(0, term=term)) == {date(2026, 11, 9), date(2026, 11, 16)}


def test_a_single_date_adds_a_saturday():
    assert planned(weekly(0), once(date(2026, 11, 14))) == {
        date(2026, 11, 14),
        *(date(2026, 11, day) for day in (2, 9, 16, 23, 30)),
    }


def test_nothing_takes_place_while_the_unit_is_closed():
    closed = Closure(DateSpan(date(2026, 11, 9), date(2026, 11, 13)), "inwentaryzacja")
    assert planned(weekly(0), weekly(4), closures=[closed]) == {
        date(2026, 11, day) for day in (2, 16, 23, 30, 6, 20, 27)
    }


def test_a_holiday_keeps_its_name_in_a_closure():
    closed = Closure(DateSpan(date(2026, 11, 9), date(2026, 11, 12)), "inwentaryzacja")
    named = off_days(NOVEMBER, [closed])
    assert named[date(2026, 11, 9)] == "inwentaryzacja"
    assert "Niepodległości" in named[date(2026, 11, 11)]
    assert list(named) == sorted(named)


def test_only_days_of_the_participation_count():
    days = planned(*WORK_WEEK, taking_part=[DateSpan(date(2026, 11, 23), date(2026, 11, 24))])
    assert days == {date(2026, 11, 23), date(2026, 11, 24)}


def test_who_belonged_to_a_group_for_a_week_has_its_classes_of_that_week():
    part = weekly(0).during(DateSpan(date(2026, 11, 9), date(2026, 11, 15)))
    assert planned(part) == {date(2026, 11, 9)}
    assert once(date(2026, 11, 14)).during(DateSpan(date(2026, 11, 15))) is None
    assert once(date(2026, 11, 14)).during(ALWAYS) == once(date(2026, 11, 14))
    assert weekly(0, term=DateSpan(date(2026, 1, 1), date(2026, 1, 31))).during(NOVEMBER.span) is None


def test_two_classes_at_once_are_one_and_therapy_is_no_class():
    therapy = weekly(0, (12, 13), purpose=EntryPurpose.AWAY)
    assert day_minutes([weekly(0, (8, 12)), weekly(0, (10, 14))]) == 6 * 60
    assert day_minutes([weekly(0, (8, 14)), therapy]) == 5 * 60


def test_a_day_filled_by_an_appointment_has_no_classes():
    away = weekly(0, (7, 16), purpose=EntryPurpose.AWAY)
    assert planned(weekly(0), away, weekly(1)) == {date(2026, 11, day) for day in (3, 10, 17, 24)}
    assert planned(away) == frozenset()


def test_sessions_stand_in_the_order_of_days_and_hours():
    late, early = weekly(0, (12, 14), key="b"), weekly(0, (8, 10), key="a")
    found = sessions([late, early], DateSpan(date(2026, 11, 2), date(2026, 11, 9)))
    assert [(one.day.day, one.entry.key) for one in found] == [(2, "a"), (2, "b"), (9, "a"), (9, "b")]


def test_an_entry_ends_after_it_begins():
    with pytest.raises(ValueError, match="later on the same day"):
        weekly(0, (14, 8))


def test_a_month_without_a_plan_has_working_days():
    week = [date(2026, 11, day) for day in range(9, 16)]
    assert [day.day for day in only_class_days(week, ())] == [9, 10, 12, 13]
    assert [day.day for day in only_class_days(week, [date(2026, 11, 14)])] == [14]
    assert [day.day for day in only_class_days(week, [date(2026, 10, 14)])] == [9, 10, 12, 13]


# Conflicts


def test_a_leader_in_two_places_is_named_with_both():
    (found,) = conflicts(
        [weekly(0, leader=ANNA), weekly(0, (12, 15), key="k", name="Kuchnia", leader=ANNA)],
        NOVEMBER.span,
    )
    assert found.kind is ConflictKind.LEADER
    assert found.sentence == (
        "Anna Lawenda prowadzi w tym samym czasie „Kuchnia” (pn. 12:00–15:00) i „Stolarska” "
        "(pn. 8:00–14:00), pierwszy raz 02.11.2026."
    )


def test_a_room_is_taken_by_a_single_date():
    (found,) = conflicts([weekly(0, room=HALL), once(date(2026, 11, 16), (13, 15), room=HALL)], NOVEMBER.span)
    assert (found.kind, found.day) == (ConflictKind.ROOM, date(2026, 11, 16))
    assert "„Sala 1”: są tam w tym samym czasie „Stolarska”" in found.sentence


def test_a_person_is_awaited_in_two_places():
    therapy = once(date(2026, 11, 2), (9, 10), name="Terapia", persons=frozenset([JAN]))
    group = weekly(0, persons=frozenset([JAN, EWA]))
    (found,) = conflicts([therapy, group], NOVEMBER.span)
    assert found.who == (JAN,)
    assert found.sentence.startswith("Jan Kos ma w tym samym czasie „Stolarska”")


def test_many_persons_are_counted_after_the_first_three():
    many = frozenset(Named(str(number), f"Osoba {number}") for number in range(8))
    (found,) = conflicts(
        [weekly(0, persons=many), weekly(0, key="k", name="Kuchnia", persons=many)], NOVEMBER.span
    )
    assert found.sentence.startswith("Osoba 0, Osoba 1, Osoba 2 i 5 innych osób mają w tym samym czasie")


def test_what_follows_without_a_break_is_no_conflict():
    assert conflicts([weekly(0, (8, 12), room=HALL), weekly(0, (12, 14), room=HALL)], NOVEMBER.span) == ()


def test_what_never_meets_is_no_conflict():
    first = weekly(0, term=DateSpan(date(2026, 11, 1), date(2026, 11, 10)), room=HALL)
    then = weekly(0, term=DateSpan(date(2026, 11, 10)), room=HALL)
    assert conflicts([first, then], NOVEMBER.span) == ()
    assert conflicts([first, weekly(0, room=Named("r2", "Sala 2"))], NOVEMBER.span) == ()


def test_a_meeting_on_a_holiday_is_no_conflict():
    holiday = DateSpan.single(date(2026, 11, 11))
    both = [weekly(2, term=holiday, room=HALL), weekly(2, room=HALL)]
    assert conflicts(both, NOVEMBER.span, off_days(NOVEMBER)) == ()


def test_one_pair_may_meet_for_two_reasons():
    both = [weekly(0, room=HALL, leader=ANNA), weekly(0, room=HALL, leader=ANNA)]
    assert [one.kind for one in conflicts(both, NOVEMBER.span)] == [ConflictKind.LEADER, ConflictKind.ROOM]


def test_a_single_date_on_a_holiday_is_told():
    trip = once(date(2026, 11, 11))
    (said,) = misses([trip, *WORK_WEEK], NOVEMBER.span, off_days(NOVEMBER))
    assert said.startswith("„Wycieczka” 11.11.2026 nie odbędzie się: ")


# Words


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ([date(2026, 11, 3)], "3 listopada"),
        ([date(2026, 11, day) for day in (9, 3, 4, 5)], "3–5 i 9 listopada"),
        ([date(2026, 11, 30), date(2026, 12, 1)], "30 listopada oraz 1 grudnia"),
        ([date(2026, 12, 31), date(2027, 1, 1)], "31 grudnia 2026 oraz 1 stycznia 2027"),
    ],
)
def test_days_are_written_as_one_reads_them(days, said):
    assert days_text(days) == said


def test_spans_and_hours_are_written_short():
    assert span_text(DateSpan(date(2026, 11, 16), date(2026, 11, 22))) == "16–22.11.2026"
    assert span_text(DateSpan(date(2026, 11, 30), date(2026, 12, 6))) == "30.11–06.12.2026"
    assert span_text(DateSpan(date(2026, 12, 28), date(2027, 1, 3))) == "28.12.2026–03.01.2027"
    assert span_text(DateSpan(date(2026, 12, 28))) == "od 28.12.2026"
    assert [hours_text(size) for size in (0, 60, 450, 1800)] == [
        "0 minut",
        "1 godzina",
        "7 godzin 30 minut",
        "30 godzin",
    ]


def test_september_takes_another_word():
    assert [in_month(Month(2026, month)) for month in (3, 9)] == ["w marcu 2026", "we wrześniu 2026"]


# Properties

days = st.dates(date(2026, 10, 1), date(2026, 12, 31))
rooms = st.sampled_from([None, HALL, Named("r2", "Sala 2")])
crowds = st.frozensets(st.sampled_from([JAN, EWA]))


@st.composite
def entries(draw):
    begins = draw(st.integers(6, 15))
    first = draw(days)
    length = draw(st.none() | st.integers(0, 60))
    last = None if length is None else first + timedelta(days=length)
    when = draw(
        st.builds(Once, days) | st.builds(Weekly, st.sampled_from(Weekday), st.just(DateSpan(first, last)))
    )
    return Entry(
        str(draw(st.integers())),
        draw(st.text("abc", min_size=1, max_size=3)),
        when,
        time(begins),
        time(draw(st.integers(begins + 1, 18))),
        draw(st.sampled_from(EntryPurpose)),
        draw(st.sampled_from([None, ANNA])),
        draw(rooms),
        draw(crowds),
    )


QUARTER = DateSpan(date(2026, 10, 1), date(2026, 12, 31))
closures = st.lists(st.builds(lambda day: Closure(DateSpan.single(day), "przerwa"), days), max_size=5)


def falls(entry, day):
    if isinstance(entry.when, Once):
        return entry.when.day == day
    return day in entry.when.term and day.weekday() == entry.when.weekday


def meet(one, other):
    if one.begins >= other.ends or other.begins >= one.ends:
        return 0
    leader = one.leader is not None and one.leader == other.leader
    room = one.room is not None and one.room == other.room
    return leader + room + bool(one.persons & other.persons)


@given(st.lists(entries(), max_size=6), closures, days)
def test_class_days_are_what_one_sees_day_by_day(plan, closed, begins):
    off = off_days(QUARTER, closed)
    found = plan_minutes(plan, QUARTER, taking_part=[DateSpan(begins)], off=off)
    for day in QUARTER:
        today = [entry for entry in plan if falls(entry, day)]
        hours = {
            hour
            for entry in today
            if entry.purpose is EntryPurpose.CLASS
            for hour in range(entry.begins.hour, entry.ends.hour)
        }
        for entry in today:
            if entry.purpose is EntryPurpose.AWAY:
                hours -= set(range(entry.begins.hour, entry.ends.hour))
        expected = 60 * len(hours) if day >= begins and day not in off else 0
        assert found.get(day, 0) == expected


@given(st.lists(entries(), max_size=5), closures)
def test_conflicts_are_what_one_sees_pair_by_pair(plan, closed):
    off = off_days(QUARTER, closed)
    expected = 0
    for index, one in enumerate(plan):
        for other in plan[index + 1 :]:
            common = [day for day in QUARTER if falls(one, day) and falls(other, day) and day not in off]
            expected += meet(one, other) if common else 0
    found = conflicts(plan, QUARTER, off)
    assert len(found) == expected
    assert {one.sentence for one in found} == {one.sentence for one in conflicts(plan[::-1], QUARTER, off)}
    assert all(falls(it.one, it.day) and falls(it.other, it.day) and it.day not in off for it in found)
