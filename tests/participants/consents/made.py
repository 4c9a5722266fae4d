"""Consents, made by the service itself. All names are invented."""

from datetime import date
from typing import Any

from participants.models import Consent, Participation
from participants.services.consents import ConsentData, confirm_consent, give_consent
from tests.cast import World

SINCE = date(2026, 11, 1)
UNTIL = date(2027, 10, 31)
CLINIC = "Poradnia „Brzeg”"
PURPOSE = "wspólna terapia"
HELPS = "Poradnia poprowadzi terapię, której u nas nie ma."


def consent(world: World, case: Participation, kind: str = "card_sharing", **given: Any) -> Consent:
    values: dict[str, Any] = {
        "since": SINCE,
        "until": UNTIL,
        "recipient": CLINIC,
        "purpose": PURPOSE,
        "parts": frozenset({"personal", "entries"}),
        "given_how": "in_presence",
    }
    return give_consent(
        person_id=case.person_id,
        data=ConsentData(kind=kind, **values | given),
        taken_by=world.people["anna"].pk,
    )


def confirmed(world: World, case: Participation, **given: Any) -> Consent:
    made = consent(world, case, **given)
    return confirm_consent(consent_id=made.pk, worker_id=world.people["ewa"].pk, statement=HELPS, leads=True)
