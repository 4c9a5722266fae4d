"""Half a year after the end somebody asks how the person fares."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from participants.models import FollowUp, Participation
from participants.services import cards as services
from participants.services.participations import end_participation
from reintegration.core import clock
from reintegration.core.errors import InputError
from reintegration.jobs.services import enqueue
from reintegration.jobs.worker import drain
from tests.cast import World, sign_in
from tests.participants.cards.made import entry
from tests.participants.participations.made import TODAY, candidate

pytestmark = pytest.mark.django_db

ENDED = date(2026, 5, 20)
DUE = date(2026, 11, 20)


def client_of(world: World, person: str) -> Client:
    client = Client()
    sign_in(client, world.people[person], world.organisation_of(person).pk)
    return client


@pytest.fixture
def case(world: World) -> Participation:
    with world.scope("cis", "jan"):
        found = candidate()
        Participation.objects.filter(pk=found.pk).update(
            ended_on=ENDED, end_reason="job", destination="open_market"
        )
        found.refresh_from_db()
    return found


def test_the_talk_is_planned_half_a_year_after_the_end(world: World, case: Participation):
    with world.scope("operator"):
        enqueue(kind="participants.plan_follow_ups")
    drain()
    with world.scope("cis"):
        assert FollowUp.objects.get().due_on == DUE
    with world.scope("operator"):
        enqueue(kind="participants.plan_follow_ups", key="again")
    drain()
    with world.scope("cis"):
        assert FollowUp.objects.count() == 1


@pytest.mark.parametrize("reason", ["death", "resigned"])
def test_some_are_never_asked(world: World, case: Participation, reason: str):
    with world.scope("cis", "jan"):
        Participation.objects.filter(pk=case.pk).update(end_reason=reason)
        assert services.plan_missing_follow_ups(today=TODAY) == 0


def test_there_is_no_talk_before_the_end(world: World):
    with world.scope("cis", "jan"), pytest.raises(InputError):
        services.plan_follow_up(participation_id=candidate().pk)


def test_a_talk_is_recorded_from_the_list(world: World, case: Participation):
    with world.scope("cis", "jan"):
        made = services.plan_follow_up(participation_id=case.pk)
    client = client_of(world, "jan")
    listed = client.get(reverse("participants:follow_up_list")).content.decode()
    assert "Marek Dąbek" in listed
    sent = {
        "held_on": "20.11.2026",
        "situation": "open_market",
        "lasting": "yes",
        "livelihood": "pensja",
        "helped": "Stolarnia.",
        "needs": "",
        "keep_in_touch": "no",
    }
    url = reverse("participants:follow_up_record", args=[made.pk])
    assert client.post(url, sent).status_code == 302
    with world.scope("cis"):
        made.refresh_from_db()
        assert (made.state, made.situation) == ("done", "open_market")
        assert made.answers == {
            "lasting": True, "livelihood": "pensja", "helped": "Stolarnia.", "keep_in_touch": False
        }  # fmt: skip
    assert client.post(url, sent).status_code == 422


def test_nobody_reached_may_be_tried_again(world: World, case: Participation):
    with world.scope("cis", "jan"):
        made = services.plan_follow_up(participation_id=case.pk)
    url = reverse("participants:follow_up_miss", args=[made.pk])
    sent = {"held_on": "20.11.2026", "again_on": "4.12.2026"}
    assert client_of(world, "jan").post(url, sent).status_code == 302
    with world.scope("cis"):
        assert list(FollowUp.objects.order_by("due_on").values_list("due_on", "state")) == [
            (DUE, "unreachable"),
            (date(2026, 12, 4), "due"),
        ]


def test_a_talk_is_put_off_but_not_into_the_past(world: World, case: Participation):
    with world.scope("cis", "jan"):
        made = services.plan_follow_up(participation_id=case.pk)
    client = client_of(world, "jan")
    url = reverse("participants:follow_up_move", args=[made.pk])
    assert client.post(url, {"due_on": "1.11.2026"}).status_code == 422
    assert client.post(url, {"due_on": "1.12.2026"}).status_code == 302
    with world.scope("cis"):
        assert FollowUp.objects.get().due_on == date(2026, 12, 1)


def test_a_talk_cannot_be_before_the_end_or_tomorrow(world: World, case: Participation):
    with world.scope("cis", "jan"):
        made = services.plan_follow_up(participation_id=case.pk)
        for day in (ENDED - timedelta(days=1), TODAY + timedelta(days=1)):
            with pytest.raises(InputError):
                services.record_follow_up(
                    follow_up_id=made.pk, held_on=day, situation="unknown", answers={}, by=made.pk
                )


def test_the_desk_asks_for_the_talk_and_names_todays_meetings(world: World, case: Participation):
    with world.scope("cis", "jan"):
        services.plan_follow_up(participation_id=case.pk)
        other = candidate("Iga Sowa")
        entry(world, other, next_on=TODAY, service="poradnictwo")
    desk = client_of(world, "jan").get(reverse("notices:desk")).content.decode()
    assert "Rozmowa po zakończeniu: Marek Dąbek" in desk
    assert "Spotkanie: Iga Sowa" in desk
    # A meeting is its author's, not everybody's.
    assert "Spotkanie: Iga Sowa" not in client_of(world, "anna").get(reverse("notices:desk")).content.decode()


def test_an_ended_participation_offers_to_plan(world: World):
    with world.scope("cis", "jan"):
        case = candidate()
        end_participation(
            participation_id=case.pk, ended_on=TODAY, reason="resigned", destination="unknown", note=""
        )
    with clock.frozen(TODAY + timedelta(days=2)):
        url = reverse("participants:follow_up_plan", args=[case.pk])
        assert client_of(world, "jan").post(url, {"due_on": "20.5.2027"}).status_code == 302


@pytest.mark.parametrize("person", ["tomasz", "olga", "celina"])
def test_only_who_leads_cases_sees_the_talks(world: World, person: str):
    assert client_of(world, person).get(reverse("participants:follow_up_list")).status_code == 403


def test_another_unit_finds_no_talk(world: World, case: Participation):
    with world.scope("cis", "jan"):
        made = services.plan_follow_up(participation_id=case.pk)
    client = client_of(world, "bozena")
    for name in ("follow_up_record", "follow_up_miss", "follow_up_move"):
        assert client.get(reverse(f"participants:{name}", args=[made.pk])).status_code == 404
    assert "Marek" not in client.get(reverse("participants:follow_up_list")).content.decode()
