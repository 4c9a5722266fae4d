"""Whom nobody has told yet what happens with their data: a missing paper of the list."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from participants.models import Participation
from tests.cast import World, sign_in
from tests.participants.consents.made import consent
from tests.participants.participations.made import TODAY, candidate, ended

pytestmark = pytest.mark.django_db

URL = reverse("participants:list")
LABEL = "brak informacji o danych"


def told(world: World, file: Participation) -> None:
    consent(world, file, "information", since=TODAY, until=None, recipient="", purpose="", parts=frozenset())


def test_who_was_not_told_of_their_data_is_found(world: World):
    with world.scope("cis", "anna"):
        candidate("Ada Niewie")
        knows = candidate("Bea Wie")
        told(world, knows)
        consent(world, candidate("Cyryl Inaczej"), since=TODAY, until=TODAY + timedelta(days=30))
        ended("Daria Dawna", on=TODAY - timedelta(days=5))
    client = Client()
    sign_in(client, world.people["anna"], world.cis.pk)
    answer = client.get(URL)
    choices = dict(answer.context["filters"].fields["braki"].choices)
    (key,) = (key for key, label in choices.items() if label == LABEL)
    found = client.get(URL, {"braki": key})
    assert [str(row.name) for row in found.context["rows"]] == ["Cyryl Inaczej", "Ada Niewie"]
    with world.scope("cis", "anna"):
        told(world, Participation.objects.get(person__first_name="Ada"))
    found = client.get(URL, {"braki": key})
    assert [str(row.name) for row in found.context["rows"]] == ["Cyryl Inaczej"]
    assert LABEL in found.content.decode()


def test_it_is_a_gap_of_the_club_as_well(world: World):
    with world.scope("kis", "bozena"):
        candidate("Ada Niewie")
    client = Client()
    sign_in(client, world.people["bozena"], world.kis.pk)
    assert LABEL in client.get(URL).content.decode()
