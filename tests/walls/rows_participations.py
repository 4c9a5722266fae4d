"""The objects of files of participants, and of the agreements that a body is asked for."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.db import connection

from participants.models import Agreement, Participation, TeamMember
from reintegration.documents.files import store_bytes
from reintegration.tenancy import scope as scopes
from reintegration.tenancy.scope import Scope, current_scope
from tests.cast import World
from tests.specimens import specimen
from tests.walls.routes import ROWS, Row, row_of

OF_FILE = (
    "file",
    "file_history",
    "file_elsewhere",
    "case_manager",
    "team_add",
    "trial_start",
    "periods_edit",
    "end",
    "end_correct",
    "reopen",
    "certificate",
)


@contextmanager
def as_unit(unit_id: UUID) -> Iterator[None]:
    """Store as another organisation inside the scope of the current one, which the program never does."""
    here = current_scope()
    token = scopes._current.set(Scope(unit_id, here.user_id, here.request_id, here.source))
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('app.organisation', %s, true)", [str(unit_id)])
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('app.organisation', %s, true)", [str(here.organisation_id)])
        scopes._current.reset(token)


def _asked(world: World, canary: str) -> dict[str, Any]:
    """A programme that a unit asks the body of the current scope to agree to."""
    body_id = current_scope().organisation_id
    with as_unit(world.kis.pk):
        stored = store_bytes(
            canary.encode(), name=canary, media_type="text/plain", kind="participants.programme"
        )
        stored.shared_with_id = body_id
        stored.save(update_fields=["shared_with"])
        case = specimen(Participation, world, canary)
        made = specimen(
            Agreement, world, canary, participation=case, sender_id=body_id, stored_file=stored.pk
        )
    return {"pk": made.pk}


def _on_paper(world: World, canary: str) -> dict[str, Any]:
    """A file whose programme waits for an answer on paper."""
    return {"pk": specimen(Agreement, world, canary, sender_id=None).participation_id}


def _team(world: World, canary: str) -> dict[str, Any]:
    return {"pk": specimen(TeamMember, world, canary).pk}


def _led(world: World, canary: str) -> dict[str, Any]:
    """A worker who leads a file."""
    user_id = current_scope().user_id
    specimen(Participation, world, canary, case_manager_id=user_id)
    return {"pk": user_id}


ROWS.update(
    {
        **{f"participants:{name}": row_of("participants.Participation") for name in OF_FILE},
        "participants:participation_open": row_of("participants.Person"),
        "participants:agreement_record": Row(_on_paper),
        "participants:team_end": Row(_team),
        "participants:caseload_hand_over": Row(_led, "filtered"),
        "participants:agreement": Row(_asked),
        "participants:agreement_file": Row(_asked),
    }
)
