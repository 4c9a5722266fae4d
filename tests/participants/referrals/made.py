"""Referrals on their way, made by the services themselves. All names are invented."""

from datetime import date, datetime, timedelta
from typing import Any

from participants.models import Referral
from participants.services import referrals as services
from reintegration.core import clock
from reintegration.core.identifiers import false_pesel
from tests.cast import World

TODAY = date(2026, 11, 20)
SITUATION = {"groups": ["1", "5"], "story": "Mieszka w noclegowni, szuka pracy."}
INTERVIEW = datetime(2026, 11, 25, 10, 30, tzinfo=clock.WARSAW)


def draft(world: World, name: str = "Marek Dąbek", serial: int = 1, **given: Any) -> Referral:
    """A draft of the current welfare centre to the CIS."""
    first_name, _, last_name = name.partition(" ")
    values = {
        "unit_id": world.cis.pk,
        "sender_id": world.organisations["ops"].pk,
        "source": "OPS",
        "made_at": clock.now(),
        "first_name": first_name,
        "last_name": last_name,
        "pesel": false_pesel(date(1885, 5, 4), serial, "M"),
        "sex": "M",
        "birth_date": date(1985, 5, 4),
        "town": "Modrzewno",
        "situation": SITUATION,
        "person_agrees": True,
        **given,
    }
    if values.get("no_pesel"):
        values["pesel"] = ""
    return Referral.objects.create(**values)


def sent(world: World, name: str = "Marek Dąbek", serial: int = 1, **given: Any) -> Referral:
    """Sent by the OPS; opens and closes the scope of its worker."""
    with world.scope("ops", "zofia"):
        made = draft(world, name, serial, **given)
        return services.send_referral(referral_id=made.pk)


def in_state(state: str, referral: Referral) -> Referral:
    """Bring a sent referral to a state, in the unit's scope."""
    key = {"referral_id": referral.pk}
    if state == "sent":
        return referral
    found = services.receive(**key)
    if state in {"in_study", "trial_offered", "accepted"}:
        found = services.invite(**key, interview_at=INTERVIEW, place="ul. Klonowa 4")
    if state == "waiting":
        found = services.put_on_waiting_list(**key)
    if state in {"trial_offered", "accepted"}:
        found = services.offer_trial(**key, since=TODAY + timedelta(days=7))
    if state == "accepted":
        services.accept(**key)
    if state == "refused":
        found = services.refuse(**key, reason="no_places", text="Brak miejsc do stycznia.")
    if state == "obsolete":
        found = services.make_obsolete(**key, reason="found_work")
    return found


def application(name: str = "Irena Jesion", serial: int = 7, **given: Any) -> Referral:
    """An own application on paper, in the unit's scope."""
    first_name, _, last_name = name.partition(" ")
    data = {
        "first_name": first_name,
        "last_name": last_name,
        "pesel": false_pesel(date(1885, 5, 4), serial, "K"),
        "person_agrees": True,
        "groups": ["9"],
        **given,
    }
    return services.enter_application(source="self", data=data)
