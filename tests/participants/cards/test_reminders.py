"""Whom a text message reminds of what, in which words, and who is left alone."""

from collections.abc import Iterator
from datetime import date, time, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from participants.models import CardEntry, Consent, FollowUp, Participation
from participants.queries import reminders as told
from participants.services import consents, reminders
from participants.services.cards import strike_entry
from reintegration.core import clock
from reintegration.core.errors import InputError
from reintegration.jobs.services import enqueue
from reintegration.jobs.worker import drain
from reintegration.notices.models import Mail
from reintegration.tenancy.models import Organisation
from tests.cast import World, sign_in
from tests.notices.sms_sink import Gateway, sms_sink, use
from tests.participants.cards.made import entry
from tests.participants.consents.made import consent
from tests.participants.participations.made import candidate, ended

pytestmark = pytest.mark.django_db

PHONE, OWN = "+48600100200", "+48227654321"
NEVER_SAID = ("CIS", "KIS", "Nowy Most", "integracj", "terapi", "świadczeni", "Dąbek", "Marek")


@pytest.fixture
def gateway(settings: Any) -> Iterator[Gateway]:
    with sms_sink() as found:
        use(settings, found.port)
        yield found


def tomorrow() -> date:
    return clock.today() + timedelta(days=1)


def somebody(world: World, *, phone: str = PHONE, agrees: bool = True, **given: Any) -> CardEntry:
    """Somebody with whom Jan meets tomorrow at half past ten."""
    Organisation.objects.update(phone=OWN)
    file = candidate("Marek Dąbek")
    file.person.phone = phone
    file.person.save()
    if agrees:
        consent(world, file, "contact", since=clock.today(), until=None, recipient="", parts=frozenset())
    values = {"held_on": clock.today(), "next_on": tomorrow(), "next_time": time(10, 30), **given}
    return entry(world, file, **values)


def night() -> None:
    """The job that comes every day, and what it promised."""
    enqueue(kind="participants.remind_daily")


def said(world: World, gateway: Gateway) -> list[str]:
    with world.scope("operator"):
        night()
    drain()
    return [form["message"] for form in gateway.taken]


def test_the_day_before_a_meeting_one_message_says_when_and_whom_to_call(world: World, gateway: Gateway):
    with world.scope("cis", "jan"):
        made = somebody(world)
    (words,) = said(world, gateway)
    assert words.startswith("Przypomnienie: spotkanie, ")
    assert f"{tomorrow():%d.%m.%Y}, godz. 10:30." in words
    assert words.endswith("tel. 227 654 321.")
    assert [one for one in NEVER_SAID if one in words] == []
    assert len(words.encode("utf-16-le")) // 2 <= 160
    assert gateway.taken[0]["to"] == PHONE.removeprefix("+")
    assert len(said(world, gateway)) == 1
    with world.scope("cis", "jan"):
        assert "SMS wysłano" in told.of_entries([made], today=clock.today())[made.pk]


def test_the_talk_half_a_year_later_is_announced_too(world: World, gateway: Gateway):
    with world.scope("cis", "jan"):
        Organisation.objects.update(phone=OWN)
        file = ended(on=clock.today() - timedelta(days=5))
        file.person.phone = PHONE
        file.person.save()
        consent(world, file, "contact", since=clock.today(), until=None, recipient="", parts=frozenset())
        FollowUp.objects.update(due_on=tomorrow())
    (words,) = said(world, gateway)
    assert words.startswith("Przypomnienie: rozmowa telefoniczna, ")
    assert "godz." not in words


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"agrees": False}, "nie ma zgody"),
        ({"phone": ""}, "nie ma telefonu"),
    ],
)
def test_without_a_consent_or_a_number_nobody_is_written_to(
    world: World, gateway: Gateway, given: dict[str, Any], why: str
):
    with world.scope("cis", "jan"):
        made = somebody(world, **given)
        assert why in told.of_entries([made], today=clock.today())[made.pk]
    assert said(world, gateway) == []
    with world.scope("cis", "jan"):
        assert why in told.of_entries([made], today=clock.today())[made.pk]


def withdrawn(world: World, made: CardEntry) -> None:
    consents.withdraw_consent(consent_id=Consent.objects.get().pk, how="paper")


def struck(world: World, made: CardEntry) -> None:
    strike_entry(entry_id=made.pk, reason="Pomyłka", by=world.people["jan"].pk)


def agreed_anew(world: World, made: CardEntry) -> None:
    entry(world, made.participation, held_on=clock.today(), next_on=tomorrow() + timedelta(days=3))


def over(world: World, made: CardEntry) -> None:
    Participation.objects.update(ended_on=clock.today(), end_reason="resigned", destination="unknown")


def without_own_phone(world: World, made: CardEntry) -> None:
    Organisation.objects.update(phone="")


@pytest.mark.parametrize("happens", [withdrawn, struck, agreed_anew, over, without_own_phone])
def test_what_holds_at_the_moment_of_sending_decides(world: World, gateway: Gateway, happens: Any):
    """Between the promise and the sending the consent is withdrawn, or the meeting is off."""
    with world.scope("cis", "jan"):
        made = somebody(world)
        assert reminders.remind(today=clock.today()) == 1
        happens(world, made)
    drain()
    assert gateway.taken == []
    with world.scope("cis", "jan"):
        assert Mail.objects.get().state == "failed"


def test_a_meeting_that_has_passed_is_not_announced(world: World, gateway: Gateway):
    with world.scope("cis", "jan"):
        made = somebody(world)
        reminders.remind(today=clock.today())
        CardEntry.objects.filter(pk=made.pk).update(
            held_on=clock.today() - timedelta(days=3), next_on=clock.today() - timedelta(days=1)
        )
    drain()
    assert gateway.taken == []


def test_without_a_gateway_the_screen_says_what_to_tell_the_person(world: World, settings: Any):
    settings.SMS_SENDER = "reintegration.notices.sms.ByHand"
    with world.scope("cis", "jan"):
        made = somebody(world)
    with world.scope("operator"):
        night()
    drain()
    client = Client()
    sign_in(client, world.people["jan"])
    page = client.get(reverse("participants:card_show", args=[made.participation_id])).content.decode()
    assert "Program nie wysyła tu SMS-ów" in page
    assert "godz. 10:30" in page
    with world.scope("cis", "jan"):
        assert not Mail.objects.exists()


def test_an_hour_needs_its_day(world: World):
    with world.scope("cis", "jan"), pytest.raises(InputError, match="Wpisz też dzień"):
        somebody(world, next_on=None)
