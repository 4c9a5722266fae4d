"""The card says what counselling rests on, to each reader as much as is theirs."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from participants.models import Participation
from participants.services.consents import withdraw_consent
from participants.services.participations import add_team_member
from tests.cast import World, sign_in
from tests.participants.consents.made import CLINIC, confirmed, consent
from tests.participants.participations.made import OPENED, candidate

pytestmark = pytest.mark.usefixtures("world")


@pytest.fixture
def case(world: World) -> Participation:
    """A file with Olga in its team."""
    with world.scope("cis", "anna"):
        found = candidate()
        olga = world.people["olga"].pk
        add_team_member(participation_id=found.pk, user_id=olga, task="psycholog", since=OPENED)
    return found


def said(world: World, person: str, case: Participation) -> str:
    """The part of the page about consents, in words; nothing when there is none."""
    client = Client()
    sign_in(client, world.people[person], world.organisation_of(person).pk)
    page = client.get(reverse("participants:card_show", args=[case.pk])).content.decode()
    found = re.search(r'<section[^>]*id="zgody".*?</section>', page, re.S)
    words = re.sub(r"<[^a][^>]*>", " ", found.group()) if found else ""
    return " ".join(words.replace("\u00a0", " ").split())


def test_without_consents_the_card_stays_and_nobody_is_written_to(world: World, case: Participation):
    told = said(world, "anna", case)
    assert "Przekazanie karty nie ma Karta zostaje w jednostce." in told
    assert "Kontakt SMS lub e-mail nie ma Program nie przypomni" in told
    assert "Informacja o danych nie zapisano" in told
    assert reverse("participants:consent_list", args=[case.pk]) in told


def test_what_was_given_is_said_with_its_day_and_recipient(world: World, case: Participation):
    with world.scope("cis", "anna"):
        confirmed(world, case)
        for kind in ("contact", "information"):
            consent(world, case, kind, recipient="", purpose="", parts=frozenset(), until=None)
    told = said(world, "anna", case)
    assert f"Przekazanie karty obowiązuje {CLINIC}, do 31 października 2027." in told
    assert "Kontakt SMS lub e-mail obowiązuje Od 1 listopada." in told
    assert "Informacja o danych zapisano Od 1 listopada." in told


def test_who_does_not_read_consents_reads_no_recipient(world: World, case: Participation):
    with world.scope("cis", "anna"):
        first = consent(world, case)
    waits = said(world, "olga", case)
    assert "Przekazanie karty czeka na opiekuna Karta zostaje jeszcze w jednostce." in waits
    with world.scope("cis", "anna"):
        withdraw_consent(consent_id=first.pk, how="in_presence")
        confirmed(world, case)
    told = said(world, "olga", case)
    assert "Przekazanie karty obowiązuje Co czyta zespół, może zobaczyć także odbiorca." in told
    assert CLINIC not in waits + told
    assert reverse("participants:consent_list", args=[case.pk]) not in told


def test_a_withdrawal_is_said_until_another_is_given(world: World, case: Participation):
    with world.scope("cis", "anna"):
        for made in (confirmed(world, case), consent(world, case, "contact")):
            withdraw_consent(consent_id=made.pk, how="in_presence")
    told = said(world, "anna", case)
    assert "Przekazanie karty cofnięta Karta zostaje w jednostce." in told
    assert "Kontakt SMS lub e-mail cofnięta Program nie przypomni" in told


def test_who_is_not_in_the_team_reads_nothing_of_it(world: World, case: Participation):
    assert said(world, "tomasz", case) == ""
