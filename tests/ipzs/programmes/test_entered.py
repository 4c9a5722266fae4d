"""A programme that runs already when the unit begins to write here."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from ipzs.models import Programme
from participants.models import Agreement, Participation, Period
from participants.services import participations as files
from reintegration.audit.models import Event
from reintegration.core.formats import format_span
from tests.cast import World, sign_in
from tests.ipzs.programmes.made import TODAY
from tests.participants.participations.made import alone, candidate

SINCE = date(2026, 9, 1)
AWAY = date(2026, 10, 31)
PAPER = {
    "number": "IPZS 7/2026",
    "signed_on": "28.08.2026",
    "since": "1.09.2026",
    "until": "31.08.2027",
    "body_name": "OPS Modrzewno",
    "agreed_by": "Paweł Tarnina",
    "agreed_on": "31.08.2026",
}


def entered(world: World, person: str, file: Participation, **changes: str) -> Any:
    client = Client()
    sign_in(client, world.people[person], world.organisation_of(person).pk)
    return client.post(reverse("ipzs:programme_enter", args=[file.pk]), PAPER | changes)


def test_who_takes_part_already_goes_on_with_a_programme(world: World):
    with world.scope("cis", "anna"):
        file = candidate(opened_on=SINCE - timedelta(days=10))
    assert entered(world, "anna", file).status_code == 302
    with world.scope("cis", "anna"):
        programme = Programme.objects.get()
        assert (programme.state, programme.number) == ("running", "IPZS 7/2026")
        assert (programme.since, programme.until) == (SINCE, date(2027, 8, 31))
        answer = Agreement.objects.get()
        assert (answer.state, answer.answered_name) == ("agreed", "Paweł Tarnina")
        with alone():
            files.start_trial(participation_id=file.pk, since=SINCE)
        assert Period.objects.get().since == SINCE
    again = entered(world, "anna", file)
    assert again.status_code == 422
    assert "ma już program" in again.content.decode()


def test_days_in_another_unit_are_told_as_far_as_the_paper_goes(world: World):
    with world.scope("kis", "bozena"):
        there = candidate("Marek Dąbek", serial=77)
        files.sign_programme(participation_id=there.pk, signed_on=SINCE - timedelta(days=90))
        with alone():
            files.qualify(participation_id=there.pk, since=SINCE - timedelta(days=90), until=AWAY)
    with world.scope("cis", "anna"):
        file = candidate("Marek Dąbek", serial=77)
    client = Client()
    sign_in(client, world.people["anna"])
    answer = client.post(reverse("ipzs:programme_enter", args=[file.pk]), PAPER, follow=True)
    page = answer.content.decode()
    days = format_span(SINCE, AWAY, today=TODAY)
    assert f"W tych dniach osoba jest też w innej jednostce: {days}." in page
    with world.scope("cis", "anna"):
        assert Event.objects.filter(action="participants.elsewhere.ask").count() == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"until": "1.08.2026"}, "until"),
        ({"signed_on": f"{TODAY.day + 1}.{TODAY.month}.{TODAY.year}"}, "signed_on"),
        ({"agreed_by": ""}, "agreed_by"),
        ({"since": "nie wiem"}, "since"),
    ],
)
def test_a_paper_that_cannot_be_is_refused_at_its_field(world: World, changes: dict[str, str], field: str):
    with world.scope("cis", "anna"):
        file = candidate(opened_on=SINCE - timedelta(days=10))
    answer = entered(world, "anna", file, **changes)
    assert answer.status_code == 422
    assert f'href="#id_{field}"' in answer.content.decode()


def test_a_contract_of_a_kis_asks_nobody(world: World):
    with world.scope("kis", "bozena"):
        file = candidate(opened_on=SINCE - timedelta(days=10))
    assert entered(world, "bozena", file, kind="social_contract").status_code == 302
    with world.scope("kis", "bozena"):
        assert Programme.objects.get().kind == "social_contract"
        assert not Agreement.objects.exists()
