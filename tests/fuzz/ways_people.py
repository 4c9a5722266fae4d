"""Ways to the forms of persons, files, cards, consents and files handed on: the object in the right state."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.test import Client
from django.urls import reverse

from participants.models import CardEntry, FileTransfer, FollowUp, Participation, PersonFact
from participants.services.cards import strike_entry
from participants.services.consents import withdraw_consent
from participants.services.partners import Asking, ask_partner, record_answer, save_partner
from participants.services.transfers import send_transfer
from reintegration.core import clock
from reintegration.core.dates import add_months
from reintegration.core.formats import format_table_date
from tests.cast import World
from tests.ipzs.programmes.made import in_force
from tests.participants.consents.made import confirmed, consent
from tests.participants.participations.made import candidate, ended, in_classes, in_trial, ready
from tests.specimens import specimen

Way = Callable[[World, Client], str]
PARTS = frozenset({"personal", "entries"})
CAME = {
    "first_name": "Iga",
    "last_name": "Sowa",
    "birth_date": "",
    "pesel": "",
    "no_pesel": "unknown",
    "phone": "",
}


def _at(name: str, make: Callable[[World, Any], Any]) -> Way:
    """The address of a form, of what is made in the scope of whoever opens it."""

    def way(world: World, client: Client) -> str:
        user_id = client.session["_auth_user_id"]
        person = next(key for key, one in world.people.items() if str(one.pk) == user_id)
        with world.scope("cis", person):
            return reverse(f"participants:{name}", args=[make(world, world.people[person]).pk])

    return way


def _enterable(world: World, user: Any) -> Participation:
    today = clock.today()
    file = candidate(opened_on=today)
    in_force(file, on=today, since=today)
    ready(file)
    return file


def _in_trial(world: World, user: Any) -> Participation:
    return in_trial(since=clock.today() - timedelta(days=20))


def _in_classes(world: World, user: Any) -> Participation:
    return in_classes(since=clock.today() - timedelta(days=60))


def _ended(world: World, user: Any) -> Participation:
    return ended(on=clock.today() - timedelta(days=5))


def _follow_up(world: World, user: Any) -> FollowUp:
    return FollowUp.objects.get(participation=_ended(world, user))


def _struck(world: World, user: Any) -> CardEntry:
    made = specimen(CardEntry, world, "Przykład", author_id=user.pk)
    return strike_entry(entry_id=made.pk, reason="Pomyłka", by=user.pk)


def _to_confirm(world: World, user: Any) -> Any:
    return consent(world, _in_classes(world, user), since=clock.today(), until=add_months(clock.today(), 6))


def _withdrawn(world: World, user: Any) -> Any:
    return withdraw_consent(consent_id=_to_confirm(world, user).pk, how="paper")


def _to_share(world: World, user: Any) -> Any:
    return confirmed(world, _in_classes(world, user), since=clock.today(), until=add_months(clock.today(), 6))


def _to_send(world: World, user: Any) -> Any:
    return _consent_for_the_other(world, _in_classes(world, user))


def _consent_for_the_other(world: World, file: Participation) -> Any:
    today = clock.today()
    return consent(
        world,
        file,
        "file_transfer",
        recipient=world.kis.name,
        purpose="dalsze zajęcia",
        parts=PARTS,
        since=today,
        until=add_months(today, 6),
    )


def _sent(world: World, user: Any) -> FileTransfer:
    file = _in_classes(world, user)
    return send_transfer(
        consent_id=_consent_for_the_other(world, file).pk,
        participation_id=file.pk,
        to_unit_id=world.kis.pk,
        parts=PARTS,
        sent_by=user.pk,
    )


def _come(world: World, user: Any) -> FileTransfer:
    made: FileTransfer = specimen(
        FileTransfer, world, "Przykład", content={"personal": CAME}, parts=["personal"]
    )
    return made


def _asked(world: World, user: Any) -> Any:
    file = in_classes(since=clock.today() - timedelta(days=60))
    partner = save_partner(
        partner_id=None,
        values={
            "name": "Gmina Modrzewno",
            "kind": "gmina",
            "helps_with": ["transport"],
            "email": "g@gmina.example",
        },
    )
    data = Asking(partner.pk, "transport", "Dojazd na zajęcia.", clock.today(), "phone")
    return ask_partner(participation_id=file.pk, data=data)


def _promised(world: World, user: Any) -> Any:
    return record_answer(request_id=_asked(world, user).pk, step="promise", on=clock.today())


def _of_asked(world: World, user: Any) -> Participation:
    made: Participation = _asked(world, user).participation
    return made


def _told_of(world: World, user: Any) -> Any:
    """Somebody of whom something stands covered."""
    return specimen(PersonFact, world, "Przykład").person


MADE: dict[str, Callable[[World, Any], Any]] = {
    "card_restore": _struck,
    "card_share": _to_share,
    "certificate": _ended,
    "consent_confirm": _to_confirm,
    "consent_heed": _withdrawn,
    "end": _in_classes,
    "end_correct": _ended,
    "follow_up_miss": _follow_up,
    "follow_up_plan": _ended,
    "network": _of_asked,
    "partner_answer": _asked,
    "partner_ask": _of_asked,
    "partner_correct": _promised,
    "person": _told_of,
    "periods_edit": _in_trial,
    "reopen": _ended,
    "transfer_accept": _come,
    "transfer_cancel": _sent,
    "transfer_send": _to_send,
    "trial_start": _enterable,
}
PEOPLE_WAYS: dict[str, Way] = {f"participants:{name}": _at(name, make) for name, make in MADE.items()}


def _today(page: Any) -> list[str]:
    return [format_table_date(clock.today())]


_END = {"ended_on": _today, "end_reason": ["job"], "destination": ["open_market"]}
PEOPLE_TYPED: dict[str, dict[str, Any]] = {
    "participants:certificate": {"day": _today},
    "participants:consent_confirm": {"statement": ["Poradnia poprowadzi terapię, której u nas nie ma."]},
    "participants:end": _END,
    "participants:end_correct": _END,
    "participants:follow_up_miss": {"held_on": _today},
    # Somebody new has no address for a mail yet.
    "participants:partner_ask": {"asked_how": ["phone"]},
    "participants:trial_start": {"since": _today},
}
