"""The referrals of a unit, for the addresses that ask for one."""

from typing import Any

from participants.models import Participation, Referral, ReferralFile
from participants.papers import REFERRAL_FILE
from reintegration.core import clock
from reintegration.documents.files import store_bytes
from tests.cast import World
from tests.specimens import specimen
from tests.walls.routes import ROWS, Row, row_of


def _attached(world: World, canary: str) -> dict[str, Any]:
    referral = specimen(Referral, world, canary)
    stored = store_bytes(canary.encode(), name=canary, media_type="text/plain", kind=REFERRAL_FILE)
    made = specimen(ReferralFile, world, canary, referral=referral, stored_file=stored.pk)
    return {"pk": referral.pk, "file": made.pk}


def _file(world: World, canary: str) -> dict[str, Any]:
    referral = specimen(Referral, world, canary)
    return {"pk": specimen(Participation, world, canary, referral=referral).pk}


def _refused(world: World, canary: str) -> dict[str, Any]:
    found = specimen(Referral, world, canary, state="refused", reason="no_places", decided_at=clock.now())
    return {"pk": found.pk}


STEPS = (
    "receive", "study", "invite", "wait", "offer", "accept", "refuse", "return", "obsolete", "withdraw",
    "reopen", "hand_over", "message", "opinion", "attach", "note", "assign",
)  # fmt: skip

ROWS.update(
    {
        "participants:referral": row_of("participants.Referral"),
        "participants:referral_file": Row(_attached),
        "participants:referral_refusal_print": Row(_refused),
        "participants:file_referral": Row(_file),
        **{f"participants:referral_{step}": row_of("participants.Referral") for step in STEPS},
    }
)
