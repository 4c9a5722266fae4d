"""What an open point pays, on the page where the unit decides it."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from reintegration.core.dates import Month
from reintegration.law.readings import READINGS
from reintegration.law.services import confirm_reading, propose_reading
from tests.cast import World, sign_in

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)


def page(client: Client, world: World, person: str, key: str) -> str:
    sign_in(client, world.people[person])
    return client.get(reverse("law:reading", args=[key])).content.decode().replace("\u00a0", " ")


@pytest.mark.parametrize("key", READINGS)
def test_every_open_point_shows_what_its_answers_pay(client: Client, world: World, key: str):
    shown = page(client, world, "ewa", key)
    assert "Ile to złotych" in shown
    assert shown.count('<td class="num">') == len(READINGS[key].options)


def test_the_answer_of_the_unit_is_marked_and_counts_in_the_other_samples(client: Client, world: World):
    assert "tak liczy jednostka" not in page(client, world, "ewa", "rate_rounding")
    assert "2 140,68 zł" in page(client, world, "ewa", "rate_rounding")
    with world.scope("cis"):
        row = propose_reading(
            key="rate_rounding", value="up10", since=Month(2026, 11), by=world.people["ewa"].pk, today=TODAY
        )
        confirm_reading(pk=row.pk, by=world.people["celina"].pk, today=TODAY)
    assert "tak liczy jednostka" in page(client, world, "ewa", "rate_rounding")
    assert "2 087,18 zł" in page(client, world, "ewa", "payout_rounding")


def test_a_club_pays_nothing(client: Client, world: World):
    assert "Ile to złotych" not in page(client, world, "bozena", "sick_trial")
