"""Referrals and links on their way, for the pages that ask for a certain state."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.contrib.auth.hashers import make_password
from django.test import Client
from django.urls import reverse

from participants.models import Agreement, Referral, SignedLink
from participants.services import referrals as services
from participants.services.portal import links
from reintegration.core import clock
from reintegration.core.identifiers import false_pesel
from tests.cast import World, sign_in
from tests.fuzz.typed import LINK_CODE
from tests.specimens import specimen


def _received(world: World) -> dict[str, Any]:
    made = specimen(Referral, world, "Przykład")
    services.receive(referral_id=made.pk)
    return {"referral_id": made.pk}


def _refused(world: World) -> dict[str, Any]:
    key = _received(world)
    services.refuse(**key, reason="no_places", text="Brak miejsc do stycznia.")
    return key


def _studied(world: World) -> dict[str, Any]:
    """With the number of somebody, for the person that may be made of it."""
    made = specimen(Referral, world, "Przykład", pesel=false_pesel(date(1885, 5, 4), 7, "K"), email="")
    key = {"referral_id": made.pk}
    services.receive(**key)
    services.study(**key)
    return key


def _way(route: str, make: Callable[[World], dict[str, Any]]) -> Callable[[World, Client], str]:
    def go(world: World, client: Client) -> str:
        with world.scope("cis", "ewa"):
            key = make(world)
        return reverse(route, args=[key["referral_id"]])

    return go


def of_a_body(world: World, client: Client) -> str:
    """Only a sender with an account is given a referral back."""
    with world.scope("ops", "zofia"):
        sender = world.organisations["ops"]
        made = specimen(Referral, world, "Przykład", unit_id=world.cis.pk, sender_id=sender.pk)
    return reverse("participants:referral_return", args=[made.pk])


def in_the_inbox(world: World, client: Client) -> str:
    """Rows to tick."""
    with world.scope("cis", "ewa"):
        specimen(Referral, world, "Przykład")
    return reverse("participants:referral_list")


def head_of_a_body(world: World, client: Client) -> str:
    """The head of the body answers; its workers read."""
    sign_in(client, world.people["pawel"], world.organisations["ops"].pk)
    with world.scope("cis", "ewa"):
        made = specimen(Agreement, world, "Przykład", sender_id=world.organisations["ops"].pk)
    return reverse("participants:agreement", args=[made.pk])


def with_a_link(world: World, client: Client) -> str:
    """Whoever got the link by e-mail and its code by phone."""
    with world.scope("cis", "ewa"):
        made = specimen(
            SignedLink,
            world,
            "Przykład",
            referral=None,
            agreement=None,
            code_hash=make_password(LINK_CODE),
            expires_at=clock.now() + timedelta(days=14),
        )
    return reverse("participants:link", args=[links.token_of(made)])


WAYS: dict[str, Callable[[World, Client], str]] = {
    **{
        f"participants:referral_{step}": _way(f"participants:referral_{step}", make)
        for step, make in {
            "accept": _studied,
            "hand_over": _received,
            "invite": _received,
            "offer": _studied,
            "refuse": _received,
            "reopen": _refused,
            "wait": _received,
        }.items()
    },
    "participants:agreement": head_of_a_body,
    "participants:link": with_a_link,
    "participants:referral_list": in_the_inbox,
    "participants:referral_return": of_a_body,
}
