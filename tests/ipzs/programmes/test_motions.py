"""Who decides about time: the social worker moves an extension, the manager extends or says no (art. 15)."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from ipzs.models import ExtensionMotion, Programme
from ipzs.services import programmes as services
from participants.models import Period
from reintegration.core.dates import add_months
from reintegration.core.errors import InputError
from tests.cast import World
from tests.ipzs.programmes import made
from tests.ipzs.programmes.made import TODAY, TRIAL
from tests.ipzs.programmes.test_desk import desk
from tests.ipzs.programmes.test_screens import at, client_of, text

pytestmark = pytest.mark.django_db
UNTIL = add_months(TRIAL, 15)


def asked(programme: Programme, **given: Any) -> ExtensionMotion:
    values: dict[str, Any] = {
        "basis": "motion",
        "asked_on": TODAY,
        "until": UNTIL,
        "author": "Anna Lawenda",
        "analysis": "Kurs trwa do wiosny.",
    }
    return services.ask_extension(participation_id=programme.participation_id, **{**values, **given})


def test_the_social_worker_moves_and_the_manager_extends(world: World):
    with world.scope("cis", "anna"):
        programme = made.in_classes(until=add_months(TRIAL, 16))
    file = programme.participation_id
    worker, manager = client_of(world, "anna"), client_of(world, "ewa")
    page = text(worker.get(at("programme_show", file)))
    assert "O przedłużeniu decyduje kierownik" in page
    assert at("extend", file) not in page
    for name in ("extend", "qualify"):
        assert worker.get(at(name, file)).status_code == 403
    typed = {
        "basis": "motion", "asked_on": "20.11.2026", "until": "9.6.2027", "author": "Anna Lawenda",
        "analysis": "Kurs trwa do wiosny.",
    }  # fmt: skip
    assert worker.post(at("motion_add", file), typed).status_code == 302
    assert "czeka na kierownika" in text(worker.get(at("programme_show", file)))
    assert "Wniosek o przedłużenie" not in desk(world, "anna")
    assert "Wniosek o przedłużenie" in desk(world, "ewa")
    form = text(manager.get(at("extend", file)))
    for said in ("09.06.2027", "Anna Lawenda", "Kurs trwa do wiosny."):
        assert said in form
    typed |= {"basis_on": typed.pop("asked_on"), "decided_on": "20.11.2026"}
    assert manager.post(at("extend", file), typed).status_code == 302
    with world.scope("cis"):
        row = ExtensionMotion.objects.get()
        assert (row.state, row.decided_on, row.decided_by) == ("granted", TODAY, world.people["ewa"])
        assert Period.objects.get(kind="extension").until == date(2027, 6, 9)


def test_a_refusal_keeps_who_when_and_why(world: World):
    with world.scope("cis", "anna"):
        programme = made.in_classes()
        row = asked(programme)
    manager = client_of(world, "ewa")
    answer = {"decided_on": "20.11.2026", "answer": "Cele są już osiągnięte."}
    assert client_of(world, "anna").post(at("motion_refuse", row.pk), answer).status_code == 403
    assert manager.post(at("motion_refuse", row.pk), answer).status_code == 302
    page = text(client_of(world, "anna").get(at("programme_show", programme.participation_id)))
    for said in ("nie przedłużono", "Ewa Jarzębina", "Cele są już osiągnięte."):
        assert said in page
    assert "Nie przedłużono" in text(
        manager.get(reverse("participants:file", args=[row.programme.participation_id]))
    )
    with world.scope("cis", "anna"):
        assert not Period.objects.filter(kind="extension").exists()
        assert asked(programme).state == "asked"


def test_one_motion_waits_at_a_time_and_goes_with_the_programme(world: World):
    with world.scope("cis", "anna"):
        programme = made.in_classes()
        row = asked(programme)
        with pytest.raises(ValidationError, match="już czeka na kierownika"):
            asked(programme)
        services.end_by_statement(programme_id=programme.pk, statement_on=TODAY, ended_on=TODAY)
        row.refresh_from_db()
        assert row.state == "withdrawn"


def test_a_motion_is_taken_back(world: World):
    with world.scope("cis", "anna"):
        row = asked(made.in_classes())
    client = client_of(world, "anna")
    url = at("motion_withdraw", row.pk)
    assert "Kierownik nie będzie go rozpatrywać" in text(client.get(url))
    assert client.post(url).status_code == 302
    with world.scope("cis"):
        row.refresh_from_db()
        assert row.state == "withdrawn"


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"until": add_months(TRIAL, 25)}, "do 12 miesięcy"),
        ({"analysis": " "}, "dlaczego program potrzebuje więcej czasu"),
        ({"author": ""}, "który pracownik socjalny"),
    ],
    ids=["too long", "no reason", "nobody"],
)
def test_a_motion_asks_for_what_the_act_allows(world: World, given: dict[str, Any], sentence: str):
    with world.scope("cis", "anna"), pytest.raises(InputError, match=sentence):
        asked(made.in_classes(), **given)
