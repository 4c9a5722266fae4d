"""Many days of many people by one key: all of it or nothing, with the rules of one mark."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ipzs.models import DayMark, Placement, Workshop
from ipzs.services import attendance
from ipzs.services.attendance.ranges import MOST, USUAL, Cell
from participants.models import Participation
from reintegration.core.errors import InputError
from reintegration.law.book import law_book
from reintegration.tenancy.scope import current_scope
from tests.cast import World, sign_in
from tests.ipzs.attendance.made import MONDAY, NAMES, TODAY, closed, excuse, in_workshop, workshop

WEEK = [MONDAY + timedelta(days=n) for n in range(5)]


def cells(*files: Participation, days: list[date] = WEEK) -> list[Cell]:
    standing = {(row.participation_id, row.day): row.revision for row in DayMark.objects.order_by("pk")}
    return [Cell(file.pk, day, standing.get((file.pk, day), 0)) for file in files for day in days]


def kinds(file: Participation) -> dict[date, str]:
    return dict(DayMark.objects.filter(participation=file).order_by("day").values_list("day", "kind"))


def practice(file: Participation, since: date, until: date) -> Placement:
    return Placement.objects.create(
        participation=file, person_id=file.person_id, employer="Tartak Dębowy", agreement_number="1",
        agreement_on=since, since=since, until=until,
    )  # fmt: skip


def test_a_week_of_everybody_is_one_go_and_one_undo(world: World) -> None:
    with world.scope("cis", "tomasz"):
        one, other = in_workshop(workshop(), *NAMES[:2])
        attendance.mark(participation_id=one.pk, day=MONDAY, kind="unexcused", reason="nie odebrał")
    with world.scope("cis", "tomasz"):
        done = attendance.mark_range(cells=cells(one, other), kind="present", reason="przepisane z listy")
        assert (done.changed, done.spared) == (10, 0)
        assert set(kinds(one).values()) == set(kinds(other).values()) == {"present"}
        assert DayMark.objects.filter(meal=True, hours=6).count() == 10
        request = current_scope().request_id
    with world.scope("cis", "tomasz"):
        assert attendance.undo_last(request_id=request) == 10
        row = DayMark.objects.get()
        assert (row.kind, row.day, row.reason) == ("unexcused", MONDAY, "nie odebrał")


def test_a_usual_day_on_practice_is_at_the_employers(world: World) -> None:
    with world.scope("cis", "tomasz"):
        (file,) = in_workshop(workshop(), NAMES[0])
        practice(file, WEEK[1], WEEK[2])
        attendance.mark_range(cells=cells(file), kind=USUAL, reason="przepisane")
        assert list(kinds(file).values()) == ["present", "employer", "employer", "present", "present"]


def test_a_paper_that_is_here_is_left_alone_and_so_is_a_day_without_classes(world: World) -> None:
    saturday = MONDAY + timedelta(days=5)
    with world.scope("cis", "ewa"):
        (file,) = in_workshop(workshop(), NAMES[0])
        attendance.add_sick_leave(participation_id=file.pk, since=WEEK[0], until=WEEK[0])
        asked = attendance.ask(participation_id=file.pk, since=WEEK[1], until=WEEK[1])
        attendance.grant(request_id=asked.pk)
        done = attendance.mark_range(
            cells=cells(file, days=[*WEEK, saturday]), kind="unexcused", reason="przepisane"
        )
        assert (done.changed, done.spared) == (3, 3)
        assert list(kinds(file).values()) == ["free", "unexcused", "unexcused", "unexcused"]


def test_one_day_that_may_not_stand_stops_all_of_them_and_is_named(world: World) -> None:
    with world.scope("cis", "tomasz"):
        one, other = in_workshop(workshop(), *NAMES[:2])
        later = TODAY + timedelta(days=3)
        with pytest.raises(InputError, match=r"Henryk Borsuk, 23.11.2026: .*nie nadszedł"):
            attendance.mark_range(
                cells=[*cells(one), *cells(other, days=[later])], kind="present", reason="przepisane"
            )
        with pytest.raises(InputError, match="dopiero teraz") as late:
            attendance.mark_range(cells=cells(one), kind="present")
        assert late.value.field == "reason"
        with pytest.raises(InputError, match="powód"):
            attendance.mark_range(cells=cells(one), kind="excused")
        with pytest.raises(InputError, match=str(MOST)):
            attendance.mark_range(cells=cells(one) * (MOST // 5 + 1), kind="present")
        assert not DayMark.objects.exists()
        closed(date(2026, 11, 1))
        with pytest.raises(InputError, match="zamknięty"):
            attendance.mark_range(cells=cells(one), kind="present")


def test_who_saw_an_older_mark_is_told_whose_day_changed(world: World) -> None:
    with world.scope("cis", "anna"):
        (file,) = in_workshop(workshop(), NAMES[0])
        seen = cells(file)
        attendance.mark(participation_id=file.pk, day=WEEK[3], kind="unexcused")
    with world.scope("cis", "tomasz"):
        with pytest.raises(attendance.Changed, match=r"19.11.2026: Anna Lawenda: nieobecność nieuspr"):
            attendance.mark_range(cells=seen, kind="present", reason="przepisane")
        assert attendance.mark_range(cells=seen, kind="unexcused", reason="przepisane").changed == 4


def test_free_days_end_in_the_middle_of_a_range(world: World) -> None:
    days = [date(2026, 11, day) for day in (3, 4, 5, 6, 9, 10, 12)]
    with world.scope("cis", "ewa"):
        (file,) = in_workshop(workshop(), NAMES[0])
        with pytest.raises(InputError, match=r"12.11.2026: Nie ma już dni wolnych"):
            attendance.mark_range(cells=cells(file, days=days), kind="free", reason="zaległe")
        attendance.mark_range(cells=cells(file, days=days[:6]), kind="free", reason="zaległe")
        assert set(kinds(file).values()) == {"free"}


def test_delete_clears_a_range(world: World) -> None:
    with world.scope("cis", "tomasz"):
        (file,) = in_workshop(workshop(), NAMES[0])
        attendance.mark_range(cells=cells(file), kind="present", reason="przepisane")
        assert attendance.mark_range(cells=cells(file), kind="", reason="pomyłka").changed == 5
        assert not DayMark.objects.exists()


def test_a_range_of_twenty_people_asks_as_much_as_one_of_two(world: World) -> None:
    names = [f"Osoba Numer{chr(97 + n)}" for n in range(20)]
    with world.scope("cis", "tomasz"):
        files = in_workshop(workshop(), *names)
        law_book()
        counts = []
        for some in (files[:2], files[2:]):
            for kind in ("present", "free"):
                with CaptureQueriesContext(connection) as asked:
                    attendance.mark_range(cells=cells(*some), kind=kind, reason="przepisane")
                counts.append(len(asked))
        # Each day of a free day asks for its readings once.
        assert counts[:2] == counts[2:]
        assert counts[0] <= 20


@pytest.fixture
def place(world: World) -> Workshop:
    with world.scope("cis", "ewa"):
        found = workshop()
        in_workshop(found, *NAMES[:2])
        excuse()
        return found


def test_a_range_answers_with_the_rows_that_it_touched(world: World, place: Workshop) -> None:
    client = Client()
    sign_in(client, world.people["tomasz"])
    with world.scope("cis"):
        files = list(Participation.objects.order_by("person__name_order"))
        practice(files[0], TODAY, TODAY)
    url = reverse("ipzs:mark_range")
    data: dict[str, Any] = {
        "cells": ",".join(f"{file.pk}:{day}:0" for file in files for day in WEEK[3:]),
        "kind": "usual",
        "dni": ",".join(str(day) for day in WEEK),
    }
    answer = client.post(url, data, HTTP_HX_REQUEST="true")
    text = answer.content.decode()
    assert answer.status_code == 200
    assert text.count('<tr id="g-') == 2
    assert text.count("hx-swap-oob") == 4
    assert "Zapisano: 4 wpisy." in text
    assert "praktyka: Tartak Dębowy" in text
    with world.scope("cis"):
        found = Counter(DayMark.objects.order_by("pk").values_list("kind", flat=True))
    assert found == {"present": 3, "employer": 1}
    again = client.post(url, data | {"kind": "unexcused"}, HTTP_HX_REQUEST="true")
    assert again.status_code == 409
    assert "Sprawdź i zapisz jeszcze raz" in again.content.decode()
    assert client.post(url, data | {"cells": "nic"}, HTTP_HX_REQUEST="true").status_code == 422
    assert client.post(url, data | {"cells": ""}).status_code == 302
