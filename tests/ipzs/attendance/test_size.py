"""Sixty people ask the database no more than ten do."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ipzs.models import Workshop
from ipzs.queries import attendance as queries
from ipzs.queries import balances
from ipzs.services import attendance
from reintegration.core.dates import Month
from reintegration.law.book import law_book
from tests.cast import World, sign_in
from tests.ipzs.attendance.made import TODAY, in_workshop, workshop

FEW, MANY = 10, 60
NOVEMBER = Month(2026, 11)


def crowd(place: Workshop, count: int, first: int = 0) -> None:
    files = in_workshop(
        place, *[f"Osoba Numer{chr(97 + n // 26)}{chr(97 + n % 26)}" for n in range(first, count)]
    )
    for file in files:
        attendance.add_sick_leave(participation_id=file.pk, since=date(2026, 11, 9), until=date(2026, 11, 10))


def asked(work: Callable[[], Any]) -> int:
    with CaptureQueriesContext(connection) as found:
        work()
    return len(found)


def test_a_month_of_sixty_asks_twelve_questions_at_most_and_as_many_as_ten(world: World) -> None:
    counts, pages, days = [], [], []
    client = Client()
    sign_in(client, world.people["tomasz"])
    with world.scope("cis", "ewa"):
        place = workshop()
        # The law is read once for all.
        law_book()
    for first, count in ((0, FEW), (FEW, MANY)):
        with world.scope("cis", "ewa"):
            crowd(place, count, first)
            attendance.mark_all_present(workshop_id=place.pk, day=TODAY)
            counts.append(asked(lambda: queries.grid(NOVEMBER, today=TODAY, pays=True)))
            shown = queries.grid(NOVEMBER, today=TODAY, pays=True)
            assert len(shown.rows) == count
            keys = [row.file.pk for row in shown.rows]
            assert asked(lambda keys=keys: balances.of(keys, TODAY)) <= 3
        pages.append(asked(lambda: client.get(reverse("ipzs:attendance_month"))))
        days.append(asked(lambda: client.get(reverse("ipzs:attendance_day", args=[place.pk]))))
    assert counts[0] == counts[1] <= 12
    assert pages[0] == pages[1]
    assert days[0] == days[1]


@pytest.mark.parametrize("name", ["sick_list", "free_list", "excuse_list", "attendance_today"])
def test_a_list_asks_as_much_for_few_as_for_many(world: World, name: str) -> None:
    client = Client()
    sign_in(client, world.people["ewa"])
    counts = []
    with world.scope("cis", "ewa"):
        place = workshop()
        law_book()
    for first, count in ((0, 2), (2, 12)):
        with world.scope("cis", "ewa"):
            crowd(place, count, first)
            attendance.save_excuse(name=f"powód {count}")
        counts.append(asked(lambda: client.get(reverse(f"ipzs:{name}"))))
    assert counts[0] == counts[1]
