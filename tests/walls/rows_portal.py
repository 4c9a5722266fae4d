"""The referrals of a body, and what a unit publishes and issues, for the addresses that ask for one."""

from typing import Any

from participants.models import BodyAccess, OpsNotice, PlaceOffer, Referral, ReferralFile, SignedLink
from participants.papers import REFERRAL_FILE
from reintegration.core import clock
from reintegration.documents.files import store_bytes
from reintegration.tenancy.scope import current_scope
from tests.cast import World
from tests.specimens import specimen
from tests.walls.routes import ROWS, Row


def _own(world: World, canary: str, **given: Any) -> Referral:
    values = {"unit_id": world.cis.pk, "sender_id": current_scope().organisation_id, **given}
    made: Referral = specimen(Referral, world, canary, **values)
    return made


def _sent(world: World, canary: str) -> dict[str, Any]:
    return {"pk": _own(world, canary).pk}


def _draft(world: World, canary: str) -> dict[str, Any]:
    return {"pk": _own(world, canary, state="draft", sent_at=None).pk}


def _withdrawn(world: World, canary: str) -> dict[str, Any]:
    made = _own(world, canary, state="withdrawn", reason="other", decided_at=clock.now())
    return {"pk": made.pk}


def _notified(world: World, canary: str) -> dict[str, Any]:
    told = {"source": "PUP", "ops_name": canary[:200], "ops_notified_on": clock.today()}
    return {"pk": _own(world, canary, **told).pk}


def _attached(world: World, canary: str) -> dict[str, Any]:
    referral = _own(world, canary)
    stored = store_bytes(canary.encode(), name=canary, media_type="text/plain", kind=REFERRAL_FILE)
    made = specimen(
        ReferralFile,
        world,
        canary,
        unit_id=referral.unit_id,
        sender_id=referral.sender_id,
        referral=referral,
        stored_file=stored.pk,
    )
    return {"pk": referral.pk, "file": made.pk}


def _offer(world: World, canary: str) -> dict[str, Any]:
    """Not published: what is published is for everybody to read."""
    return {"pk": specimen(PlaceOffer, world, canary, published=False).pk}


def _link(world: World, canary: str) -> dict[str, Any]:
    return {"pk": specimen(SignedLink, world, canary, referral=None, agreement=None).pk}


def _access(world: World, canary: str) -> dict[str, Any]:
    return {"pk": specimen(BodyAccess, world, canary).pk}


def _notice(world: World, canary: str) -> dict[str, Any]:
    return {"pk": specimen(OpsNotice, world, canary).pk}


def _nothing(world: World, canary: str) -> dict[str, Any]:
    """Without the code every address of a link answers alike, so that it names nothing."""
    return {"token": "nie-ma-takiego"}


ROWS.update(
    {
        "participants:own_referral": Row(_sent),
        "participants:own_referral_edit": Row(_draft),
        "participants:own_referral_opinion": Row(_sent),
        "participants:own_referral_message": Row(_sent),
        "participants:own_referral_attach": Row(_sent),
        "participants:own_referral_withdraw": Row(_sent),
        "participants:own_referral_resume": Row(_withdrawn),
        "participants:own_referral_file": Row(_attached),
        "participants:own_referral_notice": Row(_notified),
        "benefits:referral_forecast": Row(_sent),
        "benefits:referral_forecast_print": Row(_sent),
        "participants:offer_edit": Row(_offer),
        "participants:link_revoke": Row(_link),
        "participants:ops_notice": Row(_notice),
        "participants:access_close": Row(_access),
        "participants:opened": Row(_access),
        "participants:opened_take": Row(lambda *made: {**_access(*made), "name": "2026-10"}),
        "participants:link": Row(_nothing, "everybody"),
        "participants:link_file": Row(_nothing, "everybody"),
        "participants:link_take": Row(lambda *_: {"token": "nie-ma-takiego", "name": "x"}, "everybody"),
        "participants:api_referral": Row(_sent),
    }
)
