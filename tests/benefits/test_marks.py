"""Beside each mark stands what it does to the money of the month."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from benefits.queries.marks import said_of_marks
from ipzs.enums import MarkKind
from reintegration.law.book import law_book
from tests.benefits.lists.made import rounding
from tests.benefits.pay.made import payable
from tests.cast import World, sign_in
from tests.ipzs.attendance.made import NAMES, TODAY, in_workshop, mark, workshop

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]


def said(file: Any, day: date = TODAY) -> dict[str, str]:
    found = said_of_marks([file.pk], day)[file.pk]
    return {kind: text.replace("\u00a0", " ") for kind, text in found.items()}


def test_each_mark_says_its_price(world: World):
    with world.scope("cis", "tomasz"):
        rounding(world)
        (file,) = in_workshop(workshop(), NAMES[0])
        payable(file)
        assert said(file) == {"unexcused": "−107,03 zł", "sick": "−53,52 zł"}
        for back in range(3):
            mark(file, date(2026, 11, 16 + back), MarkKind.UNEXCUSED, reason="późno")
        # 2140.68 less three times 107.034 is what the fourth day would take.
        assert said(file)["unexcused"] == "−1 819,58 zł"
        assert said(file)["next"] == "Następna NN zabierze 1 819,58 zł."


def test_before_the_grant_or_the_rounding_nothing_is_said(world: World):
    with world.scope("cis", "tomasz"):
        (file,) = in_workshop(workshop(), NAMES[0])
        assert said_of_marks([file.pk], TODAY) == {}
        rounding(world)
        assert said(file) == {}


def test_the_day_shows_it_to_whoever_marks_and_asks_no_more_for_more_people(world: World):
    client = Client()
    sign_in(client, world.people["tomasz"])
    counts = []
    with world.scope("cis", "tomasz"):
        rounding(world)
        place = workshop()
        law_book()
    for names in (NAMES[:2], NAMES[2:9]):
        with world.scope("cis", "tomasz"):
            for file in in_workshop(place, *names):
                payable(file)
                mark(file, TODAY, MarkKind.UNEXCUSED, reason="późno")
        with CaptureQueriesContext(connection) as asked:
            page = client.get(reverse("ipzs:attendance_day", args=[place.pk])).content.decode()
        counts.append(len(asked))
    assert page.replace("\u00a0", " ").count("−107,03 zł") == 9
    assert counts[0] == counts[1]
