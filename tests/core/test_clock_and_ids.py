import threading
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import override_settings

from reintegration.core import clock, ids
from reintegration.core.calendar_pl import (
    holiday_name,
    is_public_holiday,
    is_working_day,
    next_working_day,
    public_holidays,
    working_days,
)
from reintegration.core.dates import DateSpan, Month


def test_ids_made_one_after_another_are_in_order():
    made = [ids.uuid7() for _ in range(20_000)]
    assert made == sorted(set(made))


def test_ids_made_by_several_threads_never_repeat():
    made = []
    threads = [
        threading.Thread(target=lambda: made.extend([ids.uuid7() for _ in range(2_000)])) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(made)) == 8_000


def test_an_id_is_a_version_7_uuid_of_this_moment():
    made = ids.uuid7()
    assert (made.version, made.variant) == (7, "specified in RFC 4122")
    moment = datetime.fromtimestamp((made.int >> 80) / 1000, UTC)
    assert abs(moment - clock.now()) < timedelta(minutes=1)


def test_ids_keep_their_order_when_the_clock_steps_back(monkeypatch):
    before = ids.uuid7()
    monkeypatch.setattr(ids.time, "time_ns", lambda: 0)
    assert ids.uuid7() > before


def test_now_is_an_instant_in_utc():
    assert clock.now().tzinfo is UTC


def test_the_day_begins_at_midnight_in_poland():
    with clock.frozen(datetime(2026, 11, 19, 23, 30, tzinfo=UTC)):
        assert clock.today() == date(2026, 11, 20)
    with clock.frozen(datetime(2026, 7, 19, 21, 59, tzinfo=UTC)):
        assert clock.today() == date(2026, 7, 19)


def test_a_fixed_time_stands_still_and_ends():
    with clock.frozen(date(2026, 11, 20)):
        assert clock.now() == clock.now() == datetime(2026, 11, 20, 11, tzinfo=UTC)
        with clock.frozen(date(2024, 2, 29)):
            assert clock.today() == date(2024, 2, 29)
        assert clock.today() == date(2026, 11, 20)
    assert clock.now() < clock.now() + timedelta(microseconds=1)


def test_a_fixed_time_carries_its_zone():
    with pytest.raises(ValueError, match="zone"), clock.frozen(datetime(2026, 11, 20, 8)):
        pass


@pytest.mark.parametrize("text", ["2026-11-20", "2026-11-20T09:00:00+01:00"])
def test_a_process_learns_its_time_from_the_environment(monkeypatch, text):
    monkeypatch.setenv(clock.VARIABLE, text)
    assert clock.today() == date(2026, 11, 20)


@override_settings(PRODUCTION=True)
def test_production_refuses_a_fixed_time(monkeypatch):
    with pytest.raises(clock.ClockRefused), clock.frozen(date(2026, 11, 20)):
        pass
    monkeypatch.setenv(clock.VARIABLE, "2026-11-21")
    with pytest.raises(clock.ClockRefused):
        clock.now()


def test_the_next_working_day_is_the_day_itself_or_the_first_one_after_it():
    assert next_working_day(date(2026, 11, 20)) == date(2026, 11, 20)
    assert next_working_day(date(2026, 11, 21)) == date(2026, 11, 23)
    # Christmas on a Friday, and the weekend after it.
    assert next_working_day(date(2026, 12, 25)) == date(2026, 12, 28)


def test_the_holidays_are_those_of_the_act():
    assert [day.isoformat() for day in public_holidays(DateSpan(date(2026, 1, 1), date(2026, 12, 31)))] == [
        "2026-01-01",
        "2026-01-06",
        "2026-04-05",
        "2026-04-06",
        "2026-05-01",
        "2026-05-03",
        "2026-05-24",
        "2026-06-04",
        "2026-08-15",
        "2026-11-01",
        "2026-11-11",
        "2026-12-24",
        "2026-12-25",
        "2026-12-26",
    ]


def test_christmas_eve_is_free_from_2025():
    assert not is_public_holiday(date(2024, 12, 24))
    assert holiday_name(date(2025, 12, 24)) == "Wigilia Bożego Narodzenia"


def test_the_centenary_of_independence_was_free_once():
    assert is_public_holiday(date(2018, 11, 12))
    assert not is_public_holiday(date(2019, 11, 12))


def test_working_days_leave_out_weekends_and_holidays():
    assert len(working_days(Month(2026, 11))) == 20
    assert not is_working_day(date(2026, 11, 11))
    assert not is_working_day(date(2026, 11, 21))
    assert is_working_day(date(2026, 11, 20))
