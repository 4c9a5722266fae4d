"""What of today lies on the desk of whoever leads: a workshop to mark, a class to write down."""

from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ipzs.attendance_desk import workshops_to_mark
from ipzs.models import ClassMeeting
from ipzs.services import attendance, catalogue
from reintegration.tenancy.principal import memberships_of, principals
from tests.cast import World, sign_in
from tests.ipzs.attendance.made import NAMES, TODAY, mark
from tests.ipzs.timetable.made import OPENED, place, service, weekly, workshop
from tests.participants.participations.made import in_classes


@pytest.fixture
def joinery(world: World) -> dict[str, Any]:
    """Two people and a class on Friday, all of it Tomasz's."""
    with world.scope("cis", "ewa"):
        where, taught = workshop(), service()
        catalogue.add_leader(workshop_id=where.pk, user_id=world.people["tomasz"].pk, since=OPENED)
        files = [in_classes(name) for name in NAMES[:2]]
        for file in files:
            place(where, file)
        (entry,) = weekly(4, workshop=where, service=taught, leader=world.people["tomasz"])
    return {"workshop": where, "service": taught, "files": files, "entry": entry}


def desk(world: World, person: str, section: str = "dzis") -> str:
    client = Client()
    sign_in(client, world.people[person], world.cis.pk)
    answer: Any = client.get("/pulpit/")
    return str(answer.content.decode()).split(f'id="{section}"')[1].split("</section>", maxsplit=1)[0]


def test_whoever_leads_finds_their_workshop_and_class(world: World, joinery: dict[str, Any]) -> None:
    mine = desk(world, "tomasz")
    assert f"{reverse('ipzs:attendance_day', args=[joinery['workshop'].pk])}?dzien={TODAY}" in mine
    assert "2 osoby, bez wpisu: 2." in mine.replace("\xa0", " ")
    assert reverse("ipzs:meeting_open", args=[joinery["entry"].pk, TODAY.isoformat()]) in mine
    for other in ("ewa", "olga", "celina"):
        assert "Stolar" not in desk(world, other)


def test_what_is_written_is_done(world: World, joinery: dict[str, Any]) -> None:
    with world.scope("cis", "anna"):
        attendance.mark_all_present(workshop_id=joinery["workshop"].pk, day=TODAY)
        # Somebody else held the class in their stead.
        ClassMeeting.objects.create(
            entry=joinery["entry"], service=joinery["service"], workshop=joinery["workshop"],
            leader=world.people["anna"], day=TODAY, begins="08:00", ends="14:00", hours=8,
            topic="Czop", state="held",
        )  # fmt: skip
    mine = desk(world, "tomasz")
    assert "Wpisz obecność" not in mine
    assert "Wpisz do dziennika" not in mine
    assert mine.count("task-ok") == 2


def test_a_request_for_free_days_waits_for_the_manager_alone(world: World, joinery: dict[str, Any]) -> None:
    who = joinery["files"][0]
    with world.scope("cis", "tomasz"):
        asked = attendance.ask(participation_id=who.pk, since=TODAY, until=TODAY, asked_on=TODAY)
        waiting = f"Wniosek o dni wolne: {who.person}"
    assert waiting in desk(world, "ewa", "braki")
    assert waiting not in desk(world, "tomasz", "braki")
    with world.scope("cis", "ewa"):
        attendance.grant(request_id=asked.pk)
    assert waiting not in desk(world, "ewa", "braki")


def test_who_leads_nothing_is_asked_one_question(world: World, joinery: dict[str, Any]) -> None:
    with world.scope("cis", "olga"):
        key = world.people["olga"].pk
        (principal,) = principals(key, memberships_of(key, today=TODAY))
        with CaptureQueriesContext(connection) as asked:
            assert list(workshops_to_mark(SimpleNamespace(principal=principal), TODAY)) == []
    assert len(asked) == 1


def test_a_shorter_day_is_a_shorter_class(world: World, joinery: dict[str, Any]) -> None:
    late, whole = joinery["files"]
    with world.scope("cis", "tomasz"):
        mark(late, TODAY, hours=Decimal("4.5"))
        mark(whole, TODAY)
    client = Client()
    sign_in(client, world.people["tomasz"], world.cis.pk)
    url = reverse("ipzs:meeting_open", args=[joinery["entry"].pk, TODAY.isoformat()])
    form = client.get(url).context["form"]
    assert form[f"hours_{late.pk}"].value() == "6"
    assert form[f"hours_{whole.pk}"].value() is None
