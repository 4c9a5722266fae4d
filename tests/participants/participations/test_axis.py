"""The time of a file as a line, and the same in words."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from participants.models import Period
from participants.queries.participations.axis import WIDTH, Axis, axis
from participants.queries.participations.file import PERIOD_LABELS
from reintegration.core.dates import ONE_DAY
from tests.cast import World, sign_in
from tests.participants.participations.made import TODAY, in_classes

TRIAL = Period(kind="trial", since=date(2026, 3, 9), until=date(2026, 4, 8))
MAIN = Period(kind="main", since=date(2026, 4, 9), until=date(2027, 3, 8))
EXTENSION = Period(kind="extension", since=date(2027, 3, 9), until=date(2028, 3, 8))
FURTHEST = date(2028, 3, 8)


def drawn(*periods: Period, today: date = TODAY, more: date | None = None, ends_on: date = date.max) -> Axis:
    found = axis(periods, names=PERIOD_LABELS, extensible_until=more, today=today, ends_on=ends_on)
    assert found is not None
    return found


def test_what_is_over_stands_apart_from_what_is_left():
    found = drawn(TRIAL, MAIN, more=FURTHEST)
    assert [part.mark for part in found.parts] == ["ch-b", "ch-a", "ch-n", "ch-gap"]
    assert found.text.startswith("Oś uczestnictwa: okres próbny 9 marca")
    assert found.text.endswith("możliwe przedłużenie do 8 marca 2028.")
    assert ", dziś " in found.text


@pytest.mark.parametrize("day", [TRIAL.since, TRIAL.until, MAIN.since, MAIN.until, EXTENSION.until])
def test_nothing_leaves_the_drawing_and_nothing_overlaps(day: date):
    found = drawn(TRIAL, MAIN, EXTENSION, today=day)
    ends = [(float(part.x), float(part.x) + float(part.width)) for part in found.parts]
    assert ends[0][0] == 0
    assert ends[-1][1] <= WIDTH
    assert all(one[1] <= other[0] for one, other in zip(ends, ends[1:], strict=False))
    assert 0 <= float(found.now) <= WIDTH


def test_a_day_on_which_everything_ends_cuts_the_line():
    last = TODAY + 10 * ONE_DAY
    found = drawn(TRIAL, MAIN, EXTENSION, ends_on=last)
    assert [part.mark for part in found.parts] == ["ch-b", "ch-a", "ch-n"]
    assert "przedłużenie" not in found.text


@pytest.mark.parametrize("day", [TRIAL.since - ONE_DAY, MAIN.until + ONE_DAY])
def test_without_a_period_that_runs_there_is_no_line(day: date):
    assert axis([TRIAL, MAIN], names=PERIOD_LABELS, extensible_until=FURTHEST, today=day) is None


@pytest.mark.django_db
def test_a_file_shows_its_line_with_the_words(world: World):
    with world.scope("cis", "anna"):
        file = in_classes()
    client = Client()
    sign_in(client, world.people["anna"])
    page = client.get(reverse("participants:file", args=[file.pk])).content.decode()
    assert 'role="img" aria-label="Oś uczestnictwa: okres próbny' in page
    assert "dzień 226 z 334" in page
