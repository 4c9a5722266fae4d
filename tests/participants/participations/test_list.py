"""The list of participants: who stands on it, filters, order, files, and that it does not grow slow."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db.models import Q
from django.test import Client
from django.urls import reverse

from participants.forms.participations import ListFilter
from participants.models import Participation, PersonGroup
from participants.services import participations as services
from reintegration.audit.models import Event
from reintegration.core import slots
from reintegration.core.form_fields import ChoiceField
from reintegration.core.lists import Column
from tests.cast import World, sign_in
from tests.participants.participations.made import (
    TODAY,
    agreed,
    candidate,
    ended,
    in_classes,
    in_trial,
)

pytestmark = pytest.mark.django_db

URL = reverse("participants:list")


@pytest.fixture(autouse=True)
def _own_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("list_columns", "list_filters", "list_acts", "missing_papers"):
        monkeypatch.setitem(slots._filled, f"participants.{name}", [])


@pytest.fixture
def as_person(world: World) -> Callable[..., Client]:
    def signed_in(name: str) -> Client:
        client = Client()
        sign_in(client, world.people[name])
        return client

    return signed_in


def names(answer: Any) -> list[str]:
    return [str(row.name) for row in answer.context["rows"]]


def recent(file: Participation, days: int = 1) -> Participation:
    services.touch_contact(participation_id=file.pk, day=TODAY - timedelta(days=days))
    return file


def test_it_shows_those_in_care_in_the_polish_order(world: World, as_person: Any):
    with world.scope("cis", "anna"):
        for name in ("Jan Żuk", "Ewa Łoś", "Anna Lis", "Iga Zając"):
            candidate(name)
        ended("Adam Aster")
    with world.scope("kis", "bozena"):
        candidate("Obca Osoba")
    assert names(as_person("anna").get(URL)) == ["Anna Lis", "Ewa Łoś", "Iga Zając", "Jan Żuk"]


def test_stages_are_filtered_and_ordered(world: World, as_person: Any):
    with world.scope("cis", "anna"):
        candidate("Ada Kandydat")
        in_trial("Bea Próbna", since=date(2026, 11, 2))
        in_classes("Cyryl Zajęty")
        ended("Dan Dawny")
    client = as_person("anna")
    assert names(client.get(URL, {"etap": "trial"})) == ["Bea Próbna"]
    assert names(client.get(URL, {"etap": "ended"})) == ["Dan Dawny"]
    assert len(names(client.get(URL, {"etap": "wszystkie"}))) == 4
    ordered = names(client.get(URL, {"sort": "-stage", "etap": "wszystkie"}))
    assert ordered == ["Dan Dawny", "Cyryl Zajęty", "Bea Próbna", "Ada Kandydat"]


def test_a_worker_finds_their_own_and_those_nobody_leads(world: World, as_person: Any):
    with world.scope("cis", "anna"):
        mine, other = candidate("Ada Moja"), candidate("Bea Cudza")
        candidate("Iga Niczyja")
        services.assign_case_manager(participation_id=mine.pk, user_id=world.people["jan"].pk)
        services.assign_case_manager(participation_id=other.pk, user_id=world.people["anna"].pk)
    client = as_person("jan")
    assert names(client.get(URL, {"opiekun": "moi"})) == ["Ada Moja"]
    assert names(client.get(URL, {"opiekun": "nikt"})) == ["Iga Niczyja"]
    assert names(client.get(URL, {"opiekun": str(world.people["anna"].pk)})) == ["Bea Cudza"]


def test_silence_is_shown_and_filtered(world: World, as_person: Any):
    with world.scope("cis", "anna"):
        recent(candidate("Ada Głośna"), 13)
        recent(candidate("Bea Cicha"), 14)
    client = as_person("anna")
    assert names(client.get(URL, {"uwaga": "kontakt"})) == ["Bea Cicha"]
    assert "14 dni bez kontaktu" in client.get(URL).content.decode()


def test_missing_papers_are_named_and_filtered(world: World, as_person: Any):
    with world.scope("cis", "anna"):
        candidate("Ada Bezprogramowa")
        signed = candidate("Bea Podpisana")
        services.sign_programme(participation_id=signed.pk, signed_on=TODAY)
        agreed(candidate("Cyryl Uzgodniony"))
    client = as_person("anna")
    assert names(client.get(URL, {"braki": "0"})) == ["Ada Bezprogramowa"]
    assert names(client.get(URL, {"braki": "1"})) == ["Bea Podpisana"]
    assert names(client.get(URL, {"braki": "jakieś"})) == ["Ada Bezprogramowa", "Bea Podpisana"]
    assert "program bez uzgodnienia" in client.get(URL).content.decode()


def test_a_late_agreement_is_found(world: World, as_person: Any):
    with world.scope("cis", "anna"):
        late, soon = candidate("Ada Późna"), candidate("Bea Wczesna")
        for file in (late, soon):
            services.ask_agreement(participation_id=file.pk, body_name="OPS", signed_on=TODAY)
        late.agreements.update(due_on=TODAY - timedelta(days=1))
    assert names(as_person("anna").get(URL, {"uwaga": "uzgodnienie"})) == ["Ada Późna"]


def test_a_group_is_found_by_its_blind_index_and_only_by_case_workers(world: World, as_person: Any):
    with world.scope("cis", "anna"):
        inside, before = candidate("Ada Grupa"), candidate("Bea Dawniej")
        for file, until in ((inside, None), (before, TODAY - timedelta(days=1))):
            PersonGroup.objects.create(person=file.person, code="5", since=date(2026, 1, 1), until=until)
    assert names(as_person("anna").get(URL, {"grupa": "5"})) == ["Ada Grupa"]
    with world.scope("cis"):
        assert Event.objects.get(action="participants.participation.list").detail == {"filters": ["grupa"]}
    answer = as_person("tomasz").get(URL, {"grupa": "5"})
    assert "grupa" not in answer.context["filters"].fields
    assert len(names(answer)) == 2


def test_a_name_or_a_number_is_found(world: World, as_person: Any):
    with world.scope("cis", "anna"):
        file = candidate("Łucja Dąbek")
        candidate("Iga Zając")
    client = as_person("anna")
    for typed in ("dabek", "Łucja", file.number, file.number.lower()):
        assert names(client.get(URL, {"nazwisko": typed})) == ["Łucja Dąbek"]


def test_an_unreadable_filter_changes_nothing(world: World, as_person: Any):
    with world.scope("cis", "anna"):
        candidate("Ada Lis")
    client = as_person("anna")
    for name in ("etap", "opiekun", "braki", "uwaga", "grupa"):
        assert client.get(URL, {name: "bzdura"}).status_code == 200


def test_other_rooms_add_columns_filters_and_papers(world: World, as_person: Any):
    slots.fill("participants.list_columns", lambda request: Column("x", "Zostało", cell=lambda row: "4 z 6"))
    slots.fill(
        "participants.list_filters",
        lambda request: ListFilter(
            "dni",
            ChoiceField(label="Dni wolne", choices=[("malo", "mało")]),
            lambda rows, value: rows.filter(person__last_name="Lis"),
        ),
    )
    slots.fill("participants.missing_papers", lambda today: ("brak badania", Q(person__first_name="Ada")))
    with world.scope("cis", "anna"):
        candidate("Ada Lis")
        candidate("Iga Zając")
    client = as_person("anna")
    page = client.get(URL).content.decode()
    assert "4 z 6" in page
    assert "brak badania" in page
    assert names(client.get(URL, {"dni": "malo"})) == ["Ada Lis"]
    assert names(client.get(URL, {"braki": "2"})) == ["Ada Lis"]


def test_whose_rows_were_shown_or_taken_is_written_down(world: World, as_person: Any):
    with world.scope("cis", "anna"):
        file = candidate("=Ada Lis")
    client = as_person("anna")
    taken = client.get(URL, {"plik": "csv"})
    assert taken.content.decode("utf-8-sig").splitlines()[1].startswith("'=Ada Lis;U/1/2026;kandydat;")
    assert client.get(URL, {"plik": "xlsx"}).content[:2] == b"PK"
    with world.scope("cis"):
        events = Event.objects.filter(action="participants.participation.list")
        assert [event.persons for event in events] == [[file.person_id]] * 2


def test_an_empty_list_says_what_comes_next(world: World, as_person: Any):
    page = as_person("anna").get(URL).content.decode()
    assert "Nikogo nie ma w opiece" in page
    assert "Nic nie pasuje do filtrów" in as_person("anna").get(URL, {"etap": "trial"}).content.decode()
