"""The screen of „Co by było, gdyby…”: beside the month as it is; nothing of it is kept."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from benefits.models import Grant, Statement
from benefits.services import pay
from ipzs.enums import MarkKind
from ipzs.models import DayMark
from ipzs.services import attendance
from tests.benefits.lists import made
from tests.benefits.lists.made import OCTOBER, SEPTEMBER
from tests.cast import World, sign_in
from tests.ipzs.attendance.made import mark

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]
SAMPLE = reverse("benefits:what_if_sample")
ASKED = {
    "miesiac": "2026-10", "unexcused": "2", "sick": "1", "free": "0", "start": "9.3.2026",
    "granted_from": "9.3.2026", "premium": "", "pit2": "yes",
}  # fmt: skip


@pytest.fixture
def url(world: World) -> str:
    with world.scope("cis", "ewa"):
        made.rounding(world)
        (file,) = made.people(1)
        mark(file, OCTOBER.first.replace(day=6), MarkKind.UNEXCUSED, reason="późno")
        return reverse("benefits:what_if", args=[file.pk])


def read(client: Client, url: str, given: Any = None, **headers: str) -> str:
    answer = client.get(url, given, **headers)
    assert answer.status_code == 200
    return answer.content.decode().replace("\xa0", " ")


def test_unasked_it_shows_the_month_as_it_is(world: World, client: Client, url: str):
    sign_in(client, world.people["jan"])
    page = read(client, url, {"miesiac": "2026-10"})
    assert "z tego, co jest dziś zapisane" in page
    assert "2 033,65 zł" in page
    assert 'name="unexcused" value="1"' in page


def test_what_is_asked_stands_beside_what_is(world: World, client: Client, url: str):
    sign_in(client, world.people["jan"])
    page = read(client, url, ASKED)
    # Two unexcused days and one of sickness instead of one unexcused day.
    assert "1 873,10 zł" in page
    assert "−160,55 zł" in page
    part = read(client, url, ASKED, HTTP_HX_REQUEST="true")
    assert "1 873,10 zł" in part
    assert "<html" not in part
    with world.scope("cis", "ewa"):
        assert DayMark.objects.count() == 1
        assert Statement.objects.count() == 0


def test_a_month_on_a_locked_list_is_as_the_list_says(world: World, client: Client, url: str):
    row = made.approved(world)
    with world.scope("cis", "ewa"):
        pay.change_day(grant_id=Grant.objects.get().pk, granted_from=OCTOBER.last)
    sign_in(client, world.people["jan"])
    page = read(client, url, {"miesiac": "2026-10"})
    assert f"z listy {row.number}" in page
    assert "2 033,65 zł" in page


def test_months_before_that_the_list_puts_right_are_named(world: World, client: Client, url: str):
    with world.scope("cis", "ewa"):
        file, day = made.somebody(), SEPTEMBER.first
        mark(file, day, MarkKind.UNEXCUSED, reason="późno")
    made.approved(world, SEPTEMBER)
    with world.scope("cis", "ewa"):
        made.reopened(SEPTEMBER)
        attendance.clear_mark(participation_id=file.pk, day=day, reason="pomyłka")
        made.shut(SEPTEMBER)
    made.approved(world)
    sign_in(client, world.people["jan"])
    page = read(client, url, {"miesiac": "2026-10"})
    assert "wyrównania wcześniejszych miesięcy (107,03 zł)" in page
    assert "2 033,65 zł" in page


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"unexcused": "25"}, "nie ma tylu dni zajęć"),
        ({"unexcused": "dużo"}, "Wpisz liczbę bez przecinka"),
        ({"premium": "99999"}, "Tego nie można policzyć"),
        ({"start": "1.12.2026", "granted_from": "1.12.2026", "unexcused": "0", "sick": "0"}, "0,00 zł"),
    ],
)
def test_what_cannot_be_counted_is_said(
    world: World, client: Client, url: str, given: dict[str, str], said: str
):
    sign_in(client, world.people["jan"])
    assert said in read(client, url, ASKED | given)


def test_a_month_without_readings_or_out_of_reach(world: World, client: Client, url: str):
    sign_in(client, world.people["jan"])
    assert "Tego nie można policzyć." in read(client, url, {"miesiac": "2025-01"})
    for month in ("1950-01", "2990-01", "jutro"):
        assert client.get(url, {"miesiac": month}).status_code == 404


def test_the_sample_needs_nobody(world: World, client: Client):
    sign_in(client, world.people["celina"])
    # Nobody has chosen how the unit rounds.
    assert "Tego nie można policzyć." in read(client, SAMPLE)
    with world.scope("cis", "ewa"):
        made.rounding(world)
    assert "2 140,68 zł" in read(client, SAMPLE)
    given = {key: value for key, value in ASKED.items() if key != "miesiac"} | {"month": "10.2026"}
    page = read(client, SAMPLE, given)
    assert "Bez nieobecności" in page
    assert "1 873,10 zł" in page
    assert "−267,58 zł" in page


@pytest.mark.parametrize(("person", "status"), [("tomasz", 403), ("bozena", 404)])
def test_it_is_for_those_who_pay_or_lead_cases_in_a_centre(
    world: World, client: Client, person: str, status: int
):
    sign_in(client, world.people[person])
    assert client.get(SAMPLE).status_code == status
