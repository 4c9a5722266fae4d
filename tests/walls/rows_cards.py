"""The objects of cards, consents, files handed on and partners."""

from typing import Any

from participants.models import CardEntry, Consent, FileTransfer, Participation, PartnerRequest, Person
from participants.services.exports import start_person_export
from reintegration.core import clock
from reintegration.documents.files import store_bytes
from reintegration.tenancy.scope import current_scope
from tests.cast import World
from tests.specimens import specimen
from tests.walls.routes import ROWS, Row, row_of


def _own_entry(world: World, canary: str) -> dict[str, Any]:
    """An entry by who asks: an instructor outside the team reads no others."""
    return {"pk": specimen(CardEntry, world, canary, author_id=current_scope().user_id).pk}


def _consent(world: World, canary: str) -> Consent:
    case = specimen(Participation, world, canary)
    made: Consent = specimen(Consent, world, canary, person=case.person)
    return made


def _of_consent(**more: str) -> Row:
    return Row(lambda world, canary: {"pk": _consent(world, canary).pk, **more})


def _signed(world: World, canary: str) -> dict[str, Any]:
    consent = _consent(world, canary)
    consent.paper = store_bytes(
        canary.encode(), name=canary, media_type="text/plain", kind="participants.consent"
    )
    consent.save()
    return {"pk": consent.pk}


def _case(**more: str) -> Row:
    return Row(lambda world, canary: {"pk": specimen(Participation, world, canary).pk, **more})


def _transfer(world: World, canary: str) -> dict[str, Any]:
    personal = {"first_name": canary, "last_name": canary, "birth_date": "", "pesel": "", "phone": ""}
    return {
        "pk": specimen(FileTransfer, world, canary, content={"personal": personal}, parts=["personal"]).pk
    }


def _promised(world: World, canary: str) -> dict[str, Any]:
    """A request with something to take back."""
    given = {"state": "promised", "promised_for": clock.today(), "answered_at": clock.now()}
    user = world.people["ewa"]
    return {"pk": specimen(PartnerRequest, world, canary, answered_by=user, **given).pk}


def _export(world: World, canary: str) -> dict[str, Any]:
    return {"batch": start_person_export(person_id=specimen(Person, world, canary).pk)}


ROWS.update(
    {
        "participants:card_show": _case(),
        "participants:card_add": _case(),
        "participants:card_print": _case(),
        "participants:card_strike": Row(_own_entry, own=True),
        "participants:card_restore": Row(_own_entry, own=True),
        "participants:follow_up_plan": _case(),
        "participants:follow_up_record": row_of("participants.FollowUp"),
        "participants:follow_up_miss": row_of("participants.FollowUp"),
        "participants:follow_up_move": row_of("participants.FollowUp"),
        "participants:consent_list": _case(),
        "participants:consent_give": _case(kind="karta"),
        "participants:consent_form": _case(kind="karta", language="pl"),
        "participants:consent_print": _of_consent(language="pl"),
        "participants:consent_paper": _of_consent(),
        "participants:consent_open": Row(_signed),
        "participants:consent_confirm": _of_consent(),
        "participants:consent_withdraw": _of_consent(),
        "participants:consent_heed": _of_consent(),
        "participants:card_share": _of_consent(),
        "participants:transfer_send": _of_consent(),
        "participants:notice_print": Row(lambda world, canary: {"language": "pl"}, "everybody"),
        "participants:transfer_show": Row(_transfer),
        "participants:transfer_accept": Row(_transfer),
        "participants:transfer_refuse": Row(_transfer),
        "participants:transfer_cancel": Row(_transfer),
        "participants:network": _case(),
        "participants:partner_ask": _case(),
        "participants:partner_edit": row_of("participants.Partner"),
        "participants:partner_archive": row_of("participants.Partner"),
        "participants:partner_answer": row_of("participants.PartnerRequest"),
        "participants:partner_correct": Row(_promised),
        "participants:person_export": row_of("participants.Person"),
        "participants:export_show": Row(_export, "filtered", own=True),
    }
)
