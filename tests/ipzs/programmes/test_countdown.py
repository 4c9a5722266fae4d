"""The countdown stands wherever a name does: in the list, on the day's attendance and in the month."""

from datetime import date

import pytest
from django.urls import reverse

from ipzs.rules.programmes import left_text
from reintegration.core.formats import NBSP
from tests.cast import World
from tests.ipzs.attendance.made import in_workshop, workshop
from tests.ipzs.programmes.test_screens import at, client_of, text

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("until", "said"),
    [
        (date(2026, 11, 21), "1 dzień"),
        (date(2027, 3, 8), "108 dni"),
        (DAY, "ostatni dzień"),
        (date(2026, 11, 19), ""),
        (None, ""),
    ],
)
def test_what_is_left_is_said_in_days(until: date | None, said: str):
    assert left_text(until, DAY).replace(NBSP, " ") == said


def test_the_countdown_stands_beside_the_name(world: World):
    with world.scope("cis", "ewa"):
        place = workshop()
        in_workshop(place, "Marek Dąbek")
    client = client_of(world, "ewa")
    listed = text(client.get(reverse("participants:list")))
    assert listed.rindex("Okres do") < listed.rindex("Zostało") < listed.rindex("Ostatni kontakt")
    assert f"108{NBSP}dni" in listed
    for url in (f"{at('attendance_day', place.pk)}?dzien={DAY}", f"{at('attendance_month')}?miesiac=2026-11"):
        assert f"zostało: 108{NBSP}dni" in text(client.get(url))
