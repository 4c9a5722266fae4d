"""What the page of a person leads to: a file, everything about them, the other entry of the same person."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from participants.models import Participation
from reintegration.audit.models import Event
from tests.cast import World
from tests.participants.people.conftest import added, pesel
from tests.participants.people.test_screens import case_of, make, signed_in, text_of

DAY = date(2026, 11, 2)
HTMX = {"HX-Request": "true"}


def acts(client: Client, person: Any) -> str:
    return text_of(client.get(reverse("participants:person", args=[person.pk])))


@pytest.mark.parametrize(("person", "sees"), [("ewa", True), ("rafal", True), ("tomasz", False)])
def test_a_file_is_opened_from_the_page_while_none_is_open(world: World, person: str, sees: bool):
    somebody = make(world)
    opens = f'href="{reverse("participants:participation_open", args=[somebody.pk])}"'
    client = signed_in(world, person)
    assert (opens in acts(client, somebody)) is sees
    case_of(world, somebody)
    assert opens not in acts(client, somebody)
    with world.scope("cis", "ewa"):
        Participation.objects.update(ended_on=DAY + timedelta(days=1), end_reason="job")
    assert (opens in acts(client, somebody)) is sees


@pytest.mark.parametrize(("person", "sees"), [("ewa", True), ("anna", False), ("rafal", False)])
def test_everything_about_a_person_is_one_step_away(world: World, person: str, sees: bool):
    somebody = make(world)
    leads = f'href="{reverse("participants:person_export", args=[somebody.pk])}"'
    assert (leads in acts(signed_in(world, person), somebody)) is sees


def test_the_other_entry_is_found_and_led_to_the_merge(world: World):
    keep, gone = make(world, "Jan Bóbr", pesel=pesel(1)), make(world, "Janina Sowa", pesel=pesel(2))
    case_of(world, gone)
    client = signed_in(world, "anna")
    address = reverse("participants:double_find", args=[keep.pk])
    assert f'href="{address}"' in acts(client, keep)
    merge = reverse("participants:person_merge", args=[keep.pk, gone.pk])
    for typed in ("sowa", "U/1/2026"):
        page = text_of(client.post(address, {"q": typed}, follow=True))
        assert f'href="{merge}"' in page
    assert client.post(address, {"q": pesel(2)}).url == merge
    assert client.get(merge).status_code == 200
    with world.scope("cis"):
        event = Event.objects.filter(action="participants.double.find").latest("id")
    assert set(event.persons) == {keep.pk, gone.pk}


def test_nobody_is_offered_to_be_merged_with_themselves(world: World):
    person = make(world, "Jan Bóbr", pesel=pesel(1))
    client = signed_in(world, "anna")
    address = reverse("participants:double_find", args=[person.pk])
    for typed in ("bóbr", pesel(1)):
        assert "Nie ma nikogo takiego" in text_of(client.post(address, {"q": typed}, headers=HTMX))
        assert "Nie ma nikogo takiego" in text_of(client.post(address, {"q": typed}, follow=True))


@pytest.mark.parametrize("person", ["jan", "tomasz", "rafal"])
def test_who_does_not_merge_looks_for_no_other_entry(world: World, person: str):
    somebody = make(world)
    client = signed_in(world, person)
    address = reverse("participants:double_find", args=[somebody.pk])
    assert client.get(address).status_code == 403
    assert client.post(address, {"q": "x"}).status_code == 403
    assert address not in acts(client, somebody)


@pytest.mark.parametrize("typed", [pesel(1), f"{pesel(1)[:6]} {pesel(1)[6:]}", pesel(1)[:-1], f"{pesel(1)}7"])
def test_a_pesel_never_travels_in_an_address(world: World, typed: str):
    person = make(world, pesel=pesel(1))
    client = signed_in(world, "ewa")
    address = reverse("participants:search")
    answer = client.get(address, {"q": typed})
    assert answer.status_code == 302
    assert typed not in answer.url
    asked = text_of(client.get(answer.url))
    assert "Numer PESEL nie może stać w adresie strony." in asked
    assert str(person.pk) not in asked
    assert typed not in asked
    answer = client.post(address, {"q": typed})
    assert typed not in answer.headers.get("Location", "")
    title = text_of(answer).partition("</title>")[0]
    assert typed not in title


def test_a_posted_pesel_leads_straight_to_its_person(world: World):
    person = make(world, pesel=pesel(1))
    client = signed_in(world, "tomasz")
    answer = client.post(reverse("participants:search"), {"q": pesel(1)})
    assert answer.url == reverse("participants:person", args=[person.pk])
    with world.scope("cis"):
        event = Event.objects.filter(action="participants.person.search").latest("id")
    assert event.persons == [person.pk]
    answer = client.post(reverse("participants:search"), {"q": pesel(1)}, headers=HTMX)
    assert reverse("participants:person", args=[person.pk]) in text_of(answer)
    assert "<html" not in text_of(answer)
    assert "Nie ma nikogo takiego" in text_of(client.post(reverse("participants:search"), {"q": pesel(9)}))


@pytest.mark.parametrize("typed", ["Dąbek", "U/1/2026", "700 100 200", "+48 700 100 200"])
def test_what_is_no_pesel_goes_on_into_the_address(world: World, typed: str):
    person = make(world, pesel=pesel(1), phone="+48700100200")
    case_of(world, person)
    client = signed_in(world, "ewa")
    answer = client.post(reverse("participants:search"), {"q": typed}, follow=True)
    ((address, _),) = answer.redirect_chain
    assert address.startswith(f"{reverse('participants:search')}?q=")
    assert reverse("participants:person", args=[person.pk]) in text_of(answer)


def test_a_box_of_the_journal_finds_nobody_by_a_pesel(world: World):
    from participants.queries.people.names import find

    with world.scope("cis", "ewa"):
        person = added("Jan Bóbr", pesel=pesel(1))
        assert find(pesel(1)) == []
        assert find("bobr") == [person.pk]


def test_the_page_says_why_nothing_was_uncovered(world: World):
    person = make(world, pesel=pesel(1))
    answer = signed_in(world, "ewa").post(
        reverse("participants:number_reveal", args=[person.pk]), {"what": "pesel", "reason": ""}
    )
    page = text_of(answer)
    assert answer.status_code == 422
    assert '<a href="#powod-pesel">Bez powodu dane zostają zakryte. Wskaż powód.</a>' in page
    assert 'id="powod-pesel" aria-invalid="true"' in page
    assert "<title>Błąd: " in page


@pytest.mark.parametrize("name", ["number_reveal", "fact_reveal"])
def test_the_page_says_that_nothing_was_asked_for(world: World, name: str):
    person = make(world, pesel=pesel(1))
    answer = signed_in(world, "ewa").post(reverse(f"participants:{name}", args=[person.pk]))
    assert answer.status_code == 422
    assert "Nie wskazano, co pokazać." in text_of(answer)
    assert pesel(1) not in text_of(answer)
