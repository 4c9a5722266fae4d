"""What the tests of this part fill in and send."""

from datetime import date
from typing import Any

from django.test import Client

from participants.models import Referral
from participants.services import referrals
from participants.services.portal.drafts import save_draft
from reintegration.core.identifiers import false_pesel
from tests.cast import World, sign_in

LIST = "/moje-skierowania/"
NEW = "/moje-skierowania/nowe/"


def pesel() -> str:
    return false_pesel(date(1885, 3, 4), 11, "M")


def filled(world: World, **changed: Any) -> dict[str, Any]:
    """The form as somebody fills it in."""
    return {
        "first_name": "Roman",
        "last_name": "Sęk",
        "pesel": pesel(),
        "town": "Modrzewno",
        "groups": ["1", "5"],
        "story": "Od trzech lat bez pracy, mieszka u brata.",
        "help": ["permanent_benefit"],
        "insured": "yes",
        "barriers": ["distance"],
        "care": [],
        "person_agrees": "on",
        "unit": str(world.cis.pk),
        "intent": "send",
        **changed,
    }


def signed_in(world: World, person: str) -> Client:
    client = Client()
    sign_in(client, world.people[person], world.organisation_of(person).pk)
    return client


def told(**changed: Any) -> dict[str, Any]:
    """What a service is told of a candidate."""
    return {
        "first_name": "Roman",
        "last_name": "Sęk",
        "pesel": pesel(),
        "town": "Modrzewno",
        "groups": ["1"],
        "story": "Od trzech lat bez pracy.",
        "insured": "yes",
        "person_agrees": True,
        **changed,
    }


def draft(world: World, *, body: str = "ops", unit: str = "cis", **changed: Any) -> Referral:
    """A draft, in the open scope of its body."""
    return save_draft(
        referral_id=None,
        unit_id=world.organisations[unit].pk,
        sender_id=world.organisations[body].pk,
        source="OPS",
        data=told(**changed),
    )


def sent(world: World, person: str = "zofia", *, unit: str = "cis", **changed: Any) -> Referral:
    """A referral that was sent; opens and closes the scope of its body."""
    body = {"zofia": "ops", "pawel": "ops", "krystyna": "other_ops", "adam": "other_ops"}[person]
    with world.scope(body, person):
        made = draft(world, body=body, unit=unit, **changed)
        return referrals.send_referral(referral_id=made.pk)
