from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from ipzs.models import TimetableFeed
from ipzs.queries.timetable import off_days
from ipzs.services import timetable_classes as classes
from ipzs.services import timetable_feeds as services
from ipzs.timetable_ics import _event, _folded
from reintegration.audit.models import Event
from reintegration.core import clock
from reintegration.core.dates import DateSpan
from reintegration.core.errors import InputError
from reintegration.tenancy.models import Membership
from reintegration.tenancy.scope import OPERATOR_ID, scope
from tests.cast import World, sign_in
from tests.ipzs.timetable.made import service, weekly, workshop
from tests.participants.participations.made import in_classes


@pytest.fixture
def token(world: World) -> str:
    """The address of the whole unit's plan, which Tomasz made."""
    with world.scope("cis", "tomasz"):
        weekly(0, 1, 2, 3, 4, workshop=workshop(), service=service("Stolarstwo, etap 1"))
        case = in_classes("Iga Sowa")
        weekly(1, participation=case, person=case.person, service=service("Doradztwo"), begins=9, ends=10)
        weekly(2, participation=case, person=case.person, purpose="away", label="poradnia", begins=9, ends=10)
        return services.make_feed(kind="unit")[1]


def read(token: str) -> Any:
    return Client().get(reverse("ipzs:feed", args=[token]))


def test_a_calendar_reads_the_plan_without_signing_in(token: str, world: World) -> None:
    answer = read(token)
    text = answer.content.decode()

    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/calendar")
    assert text.startswith("BEGIN:VCALENDAR\r\n")
    assert "SUMMARY:Stolarstwo\\, etap 1\r\n" in text
    with world.scope("cis"):
        assert Event.objects.filter(action="ipzs.feed.read").count() == 1


def test_of_people_the_calendar_has_no_more_than_initials(token: str) -> None:
    text = read(token).content.decode()

    assert "SUMMARY:Doradztwo (I. S.)\r\n" in text
    for word in ("Sowa", "Iga", "Klon", "poradnia"):
        assert word not in text


def test_hours_are_those_of_poland_in_both_times_of_the_year(world: World) -> None:
    with world.scope("cis", "tomasz"):
        rows = weekly(0, workshop=workshop(), begins=8, ends=14)
        found = [
            line
            for day in (date(2026, 7, 6), date(2026, 11, 16))
            for line in _event(rows[0], day, off=False, now=clock.now())
            if line.startswith("DTSTART")
        ]

    assert found == ["DTSTART:20260706T060000Z", "DTSTART:20261116T070000Z"]


def test_a_cancelled_class_is_cancelled_in_the_calendar(world: World) -> None:
    with world.scope("cis", "tomasz"):
        rows = weekly(0, 1, 2, 3, 4, workshop=workshop(), service=service())
        off = off_days(DateSpan(clock.today() - timedelta(days=27), clock.today()))
        day = next(
            day
            for back in range(27)
            if (day := clock.today() - timedelta(days=back)).weekday() < 5 and day not in off
        )
        classes.cancel(reason="awaria", entry_id=rows[day.weekday()].pk, day=day)
        token = services.make_feed(kind="unit")[1]

    assert read(token).content.decode().count("STATUS:CANCELLED") == 1


def test_a_revoked_address_is_no_address(token: str, world: World) -> None:
    with world.scope("cis", "tomasz"):
        services.revoke_feed(feed_id=TimetableFeed.objects.get().pk)

    assert read(token).status_code == 404


def test_an_address_ends_with_the_work_of_its_owner(token: str, world: World) -> None:
    with scope(organisation_id=OPERATOR_ID, source="test"):
        Membership.objects.filter(user=world.people["tomasz"]).update(until=date(2026, 1, 31))

    assert read(token).status_code == 404


def test_a_wrong_secret_and_a_forged_address_are_no_address(token: str) -> None:
    text, _, signature = token.rpartition(".")
    other = "y" if text[-1] == "x" else "x"
    for wrong in (f"{text[:-1]}{other}.{signature}", f"x{token}", "nie-ma-takiego"):
        assert read(wrong).status_code == 404


def test_the_secret_is_nowhere_in_the_database(token: str, world: World) -> None:
    named = services.read_token(token)
    assert named is not None
    with world.scope("cis"):
        held = TimetableFeed.objects.get()
    assert named.secret not in (held.token_hash, str(held.pk))
    assert len(held.token_hash) == 64


def test_nobody_holds_more_than_five_addresses(world: World) -> None:
    with world.scope("cis", "tomasz"):
        for _ in range(services.MOST_AT_ONCE):
            services.make_feed(kind="own")
        with pytest.raises(InputError, match="Masz już 5"):
            services.make_feed(kind="own")


def test_a_plan_of_a_workshop_names_the_workshop(world: World) -> None:
    with world.scope("cis", "tomasz"), pytest.raises(InputError) as refused:
        services.make_feed(kind="workshop")
    assert refused.value.field == "workshop"


def test_the_page_shows_the_address_once(world: World, client: Client) -> None:
    sign_in(client, world.people["tomasz"], world.cis.pk)
    made = client.post(reverse("ipzs:feed_list"), {"kind": "own", "workshop": ""})

    assert "/kalendarz/" in made.content.decode()
    assert ".ics" not in client.get(reverse("ipzs:feed_list")).content.decode()


def test_long_lines_are_folded_between_letters() -> None:
    parts = list(_folded("SUMMARY:" + "ż" * 100))
    assert all(len(part.encode()) <= 75 for part in parts)
    assert "".join(part.removeprefix(" ") for part in parts) == "SUMMARY:" + "ż" * 100
