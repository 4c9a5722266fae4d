"""The rolling part of a card: who writes, who reads, how a mistake is struck out."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from participants.models import CardEntry, Participation
from participants.services import cards as services
from participants.services.participations import add_team_member, assign_case_manager
from reintegration.core import clock
from reintegration.core.errors import InputError
from tests.cast import World, sign_in
from tests.participants.cards.made import HELD, entry
from tests.participants.participations.made import OPENED, TODAY, candidate

pytestmark = pytest.mark.django_db


def client_of(world: World, person: str) -> Client:
    client = Client()
    sign_in(client, world.people[person], world.organisation_of(person).pk)
    return client


def page(world: World, person: str, case: Participation, **query: str) -> str:
    answer = client_of(world, person).get(reverse("participants:card_show", args=[case.pk]), query)
    assert answer.status_code == 200
    return answer.content.decode()


FORM = {
    "kind": "counselling",
    "held_on": "18.11.2026",
    "minutes": "45",
    "service": "doradztwo zawodowe",
    "course": "Szukaliśmy ogłoszeń.",
    "next_on": "25.11.2026",
    "visibility": "team",
}


def test_an_entry_is_written_and_moves_the_last_contact(world: World):
    with world.scope("cis", "jan"):
        case = candidate()
    answer = client_of(world, "jan").post(reverse("participants:card_add", args=[case.pk]), FORM)
    assert answer.status_code == 302
    with world.scope("cis"):
        made = CardEntry.objects.get()
        assert (made.minutes, made.author_name, made.next_on) == (45, "Jan Dereń", date(2026, 11, 25))
        assert Participation.objects.get(pk=case.pk).last_contact_on == HELD


@pytest.mark.parametrize("kind", ["note", "family_assistant"])
def test_what_was_no_meeting_of_the_unit_is_no_contact(world: World, kind: str):
    with world.scope("cis", "jan"):
        case = candidate()
        entry(world, case, kind=kind, led_by="Iga Sowa")
        assert Participation.objects.get(pk=case.pk).last_contact_on is None


def test_the_family_assistant_is_named_by_who_types(world: World):
    with world.scope("cis", "jan"):
        case = candidate()
        made = entry(world, case, kind="family_assistant", led_by="Iga Sowa")
        assert (made.author_name, made.author) == ("Iga Sowa", world.people["jan"])
        with pytest.raises(InputError, match="asystenta"):
            entry(world, case, kind="family_assistant")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"held_on": TODAY + timedelta(days=1)}, "held_on"),
        ({"held_on": OPENED - timedelta(days=1)}, "held_on"),
        ({"next_on": HELD}, "next_on"),
    ],
)
def test_impossible_days_are_refused_at_their_field(world: World, wrong: dict[str, Any], field: str):
    with world.scope("cis", "jan"):
        case = candidate()
        with pytest.raises(InputError) as refused:
            entry(world, case, **wrong)
    assert refused.value.field == field


@pytest.mark.parametrize("minutes", ["0", "721", "dużo"])
def test_a_meeting_lasts_up_to_twelve_hours(world: World, minutes: str):
    with world.scope("cis", "jan"):
        case = candidate()
    url = reverse("participants:card_add", args=[case.pk])
    answer = client_of(world, "jan").post(url, {**FORM, "minutes": minutes})
    assert answer.status_code == 422
    assert "Szukaliśmy ogłoszeń." in answer.content.decode()


def test_the_database_refuses_impossible_minutes(world: World):
    with world.scope("cis", "jan"):
        made = entry(world, candidate())
        with pytest.raises(IntegrityError), transaction.atomic():
            CardEntry.objects.filter(pk=made.pk).update(minutes=721)


# Striking out


def test_a_struck_entry_stays_with_its_reason_and_counts_no_more(world: World):
    with world.scope("cis", "jan"):
        case = candidate()
        made = entry(world, case, minutes=45, course="Nie ta osoba.")
    url = reverse("participants:card_strike", args=[made.pk])
    assert client_of(world, "jan").post(url, {"reason": "Pomyłka osoby"}).status_code == 302
    shown = page(world, "ewa", case)
    assert "Pomyłka osoby" in shown
    assert "<del>Nie ta osoba.</del>" in shown
    assert "0 min" in shown


def test_a_strike_needs_a_reason(world: World):
    with world.scope("cis", "jan"):
        made = entry(world, candidate())
        with pytest.raises(InputError):
            services.strike_entry(entry_id=made.pk, reason=" ", by=world.people["jan"].pk)


def test_only_the_author_or_a_lead_strikes(world: World):
    with world.scope("cis", "jan"):
        case = candidate()
        add_team_member(
            participation_id=case.pk, user_id=world.people["olga"].pk, task="psycholog", since=OPENED
        )
        made = entry(world, case)
    url = reverse("participants:card_strike", args=[made.pk])
    assert client_of(world, "olga").post(url, {"reason": "Nie podoba mi się"}).status_code == 422
    assert client_of(world, "ewa").post(url, {"reason": "Powtórzony wpis"}).status_code == 302


def test_a_strike_is_undone_on_the_same_day_only(world: World):
    jan = world.people["jan"].pk
    with world.scope("cis", "jan"):
        made = entry(world, candidate())
        services.strike_entry(entry_id=made.pk, reason="Pomyłka", by=jan)
        services.restore_entry(entry_id=made.pk, by=jan)
        made.refresh_from_db()
        assert (made.struck_at, made.struck_reason) == (None, "")
        services.strike_entry(entry_id=made.pk, reason="Pomyłka", by=jan)
    with (
        clock.frozen(TODAY + timedelta(days=1)),
        world.scope("cis", "jan"),
        pytest.raises(InputError, match="tego samego dnia"),
    ):
        services.restore_entry(entry_id=made.pk, by=jan)


# Who reads what


@pytest.fixture
def case(world: World) -> Participation:
    """A file led by Jan, with Olga in its team, and an entry of each visibility by Anna."""
    with world.scope("cis", "anna"):
        found = candidate()
        assign_case_manager(participation_id=found.pk, user_id=world.people["jan"].pk)
        add_team_member(
            participation_id=found.pk, user_id=world.people["olga"].pk, task="psycholog", since=OPENED
        )
        for visibility in ("team", "case", "author"):
            entry(world, found, "anna", course=f"Widzi {visibility}.", visibility=visibility)
    return found


READERS = {
    "anna": {"team", "case", "author"},
    "jan": {"team", "case"},
    "ewa": {"team"},
    "olga": {"team"},
    # Not in the team of this person.
    "tomasz": set(),
}


@pytest.mark.parametrize(("person", "seen"), READERS.items())
def test_each_reader_sees_what_the_author_let_them(
    world: World, case: Participation, person: str, seen: set[str]
):
    shown = page(world, person, case)
    assert {one for one in ("team", "case", "author") if f"Widzi {one}." in shown} == seen


def test_who_is_not_in_the_team_sees_no_file_either(world: World, case: Participation):
    shown = page(world, "tomasz", case)
    assert "Widzisz tylko swoje wpisy" in shown
    assert "Część ogólna" not in shown
    assert "Część ogólna" in page(world, "olga", case)


def test_an_entry_that_is_not_mine_to_read_is_not_mine_to_strike(world: World, case: Participation):
    with world.scope("cis"):
        secret = CardEntry.objects.get(visibility="author")
    answer = client_of(world, "jan").get(reverse("participants:card_strike", args=[secret.pk]))
    assert answer.status_code == 404


def test_another_unit_finds_nothing(world: World, case: Participation):
    with world.scope("cis"):
        made = CardEntry.objects.first()
    client = client_of(world, "bozena")
    for name, pk in (
        ("card_show", case.pk),
        ("card_add", case.pk),
        ("card_print", case.pk),
        ("card_strike", made.pk),
    ):
        assert client.get(reverse(f"participants:{name}", args=[pk])).status_code == 404


@pytest.mark.parametrize("person", ["celina", "rafal"])
def test_accounting_and_office_have_no_card(world: World, case: Participation, person: str):
    answer = client_of(world, person).get(reverse("participants:card_show", args=[case.pk]))
    assert answer.status_code == 403


def test_sensitive_facts_stay_covered_on_screen(world: World):
    with world.scope("cis", "jan"):
        case = candidate("Marek Dąbek", serial=7)
        pesel = case.person.pesel
    shown = page(world, "ewa", case)
    assert pesel not in shown
    assert "zakryte" in shown


def test_chips_filter_by_kind_and_author(world: World, case: Participation):
    with world.scope("cis", "olga"):
        entry(world, case, "olga", kind="visit", course="Byłam w domu.")
    assert "Byłam w domu." not in page(world, "ewa", case, rodzaj="counselling")
    only = page(world, "ewa", case, kto=str(world.people["olga"].pk))
    assert "Byłam w domu." in only
    assert "Widzi team." not in only
    assert page(world, "ewa", case, rodzaj="cokolwiek", kto="nikt")
