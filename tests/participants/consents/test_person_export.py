"""Everything about one person, for the person: as data and as a paper, made by a job."""

import json
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse

from participants.models import Participation, Person, PersonFact
from participants.person_export import LEFT_OUT, SLOT, Section, collect, of_person
from reintegration.core import clock, slots
from reintegration.documents.files import read_file
from reintegration.documents.models import StoredFile
from reintegration.jobs.worker import drain
from tests.cast import World, sign_in
from tests.participants.cards.made import entry
from tests.participants.consents.made import consent
from tests.participants.consents.test_consents import text_of
from tests.participants.participations.made import candidate

pytestmark = pytest.mark.django_db


def client_of(world: World, person: str) -> Client:
    client = Client()
    sign_in(client, world.people[person], world.organisation_of(person).pk)
    return client


@pytest.fixture
def case(world: World, files_dir: Any) -> Participation:
    with world.scope("cis", "anna"):
        found = candidate("Marek Dąbek", serial=7)
        entry(world, found, "anna", course="Tylko dla mnie.", visibility="author")
        PersonFact.objects.create(
            person=found.person, kind="health", text="Choroba serca.", made_at=clock.now(),
            made_by=world.people["anna"],
        )  # fmt: skip
        consent(world, found)
    return found


@pytest.fixture
def higher_room(monkeypatch: pytest.MonkeyPatch) -> None:
    def benefits(person_id: UUID) -> list[Section]:
        return [Section("benefits.payment", "wypłaty", [{"kwota": "1966.06"}])]

    held = slots.providers(SLOT)
    monkeypatch.setitem(slots._filled, SLOT, [*((10, one) for one in held), (20, benefits)])


def made_files(world: World, case: Participation) -> dict[str, StoredFile]:
    client = client_of(world, "ewa")
    answer = client.post(reverse("participants:person_export", args=[case.person_id]))
    drain()
    shown = client.get(answer.url).content.decode()
    assert "Dane są gotowe" in shown
    with world.scope("cis"):
        rows = list(StoredFile.objects.filter(kind="documents.export"))
    return {row.media_type.rpartition("/")[2]: row for row in rows}


def test_the_export_holds_everything_in_both_files(world: World, case: Participation, higher_room: None):
    files = made_files(world, case)
    with world.scope("cis"):
        told = json.loads(read_file(files["json"]))
        text = text_of(read_file(files["pdf"]))
    assert told["jednostka"] == world.cis.name
    words = json.dumps(told, ensure_ascii=False)
    for said in (
        "Dąbek",
        case.person.pesel,
        "Choroba serca.",
        "Treść wydaje autor: Anna",
        "1966.06",
        "zdrowie",
    ):
        assert said in words
    assert "Tylko dla mnie." not in words + text, "the manager makes the export and may not read this"
    for said in ("Dąbek", case.person.pesel, "Choroba serca.", "Treść wydaje autor: Anna"):
        assert said in text
    # A program reads the code, a person the word.
    assert '"obywatelstwo": "PL"' in words
    assert "Polska" in text


def test_only_the_one_who_asked_opens_the_files(world: World, case: Participation):
    files = made_files(world, case)
    for person in ("anna", "jan", "rafal"):
        for one in files.values():
            answer = client_of(world, person).get(reverse("documents:file", args=[one.pk]))
            assert answer.status_code == 404


def test_every_table_that_names_a_person_is_in_the_export(world: World):
    named = {
        model
        for model in apps.get_app_config("participants").get_models()
        if any(field.related_model is Person for field in model._meta.fields if field.is_relation)
    }
    others = {model._meta.object_name for model in named - set(of_person()) - LEFT_OUT}
    # A person is merged into a person; what was is the row itself.
    assert others == {"Person"}


def test_nothing_of_another_person_or_unit_is_in_it(world: World, case: Participation):
    with world.scope("cis", "anna"):
        other = candidate("Iga Sowa")
        entry(world, other, "anna", course="O kimś innym.")
        words = repr(collect(case.person_id))
        assert "O kimś innym." not in words
        assert "Sowa" not in words
    with world.scope("kis", "bozena"):
        assert collect(case.person_id) == []


@pytest.mark.parametrize("person", ["anna", "jan", "olga", "rafal"])
def test_only_the_manager_takes_everything(world: World, case: Participation, person: str):
    url = reverse("participants:person_export", args=[case.person_id])
    assert client_of(world, person).post(url).status_code == 403


def test_another_unit_finds_neither_person_nor_export(world: World, case: Participation):
    client = client_of(world, "bozena")
    assert client.get(reverse("participants:person_export", args=[case.person_id])).status_code == 404
    answer = client_of(world, "ewa").post(reverse("participants:person_export", args=[case.person_id]))
    assert client.get(answer.url).status_code == 404
