"""Rotation of keys over everything that holds a ciphertext: tables, history, and what rooms register.

It runs as the keeper, whom the triggers of history let change a ciphertext and nothing else; each
organisation's part leaves an event. Killed at any moment it is started again and goes on.
"""

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connections

from reintegration.audit import perms
from reintegration.audit.models import Event
from reintegration.core import rotation
from reintegration.core.crypto import VALUE, Refused, decrypt, encrypt, header
from reintegration.core.fields import encrypted_fields
from reintegration.core.keys import UnknownKey, field_keys
from reintegration.core.rotation import BATCH, Step, Work
from reintegration.tenancy.models import Organisation
from reintegration.tenancy.scope import OPERATOR_ID, scope

SOURCE = "command:rotate_keys"
# Rows in use are passed over; what is left is tried again so often, a second apart.
PASSES = 5

Report = Callable[[str], None]


@dataclass(slots=True)
class Outcome:
    """What a run did. With anything remaining an old key must stay in the ring."""

    rotated: int = 0
    remaining: int = 0
    unreadable: set[str] = field(default_factory=set)


def rotate_keys(*, using: str, size: int = BATCH, report: Report) -> Outcome:
    """Encrypt every value under the current key; rows may be read and saved meanwhile."""
    outcome = Outcome()
    organisations = list(Organisation.objects.order_by("id").values_list("id", flat=True))
    work = [*rotation.all_work(), Work("audit_change", rotate_history, history_remaining)]
    for organisation_id in organisations:
        own = [one for one in work if one.tenants or organisation_id == OPERATOR_ID]
        with scope(organisation_id=organisation_id, source=SOURCE, using=using):
            waiting = sum(one.remaining(using=using) for one in own)
        if waiting:
            # Before the first row: the verifier accepts ciphertexts sealed anew only near this event.
            with scope(organisation_id=organisation_id, source=SOURCE):
                Event.objects.create(action=perms.KEYS_ROTATE.name, detail={"rows": waiting})
        for one in own:
            _rotate(one, organisation_id, outcome, using=using, size=size, report=report)
    return outcome


def _rotate(
    work: Work, organisation_id: UUID, outcome: Outcome, *, using: str, size: int, report: Report
) -> None:
    for attempt in range(PASSES):
        named: set[str] = set()
        for step in _steps(work, organisation_id, using=using, size=size):
            outcome.rotated += step.rotated
            named.update(step.unreadable)
            if step.rotated:
                report(f"{work.name}: {outcome.rotated}")
        with scope(organisation_id=organisation_id, source=SOURCE, using=using):
            remaining = work.remaining(using=using)
        if remaining == 0 or named:
            break
        if attempt < PASSES - 1:
            time.sleep(1)
    outcome.remaining += remaining
    outcome.unreadable |= named


def _steps(work: Work, organisation_id: UUID, *, using: str, size: int) -> Iterator[Step]:
    """Batch after batch, each in a transaction of its own."""
    after: Any = None
    while True:
        with scope(organisation_id=organisation_id, source=SOURCE, using=using):
            step = work.step(after=after, size=size, using=using)
        yield step
        if step.after is None:
            return
        after = step.after


# Earlier values in history are bound to the row that held them, so they are opened in its name.

_OLD = r"""
FROM audit_change AS entry WHERE sealed IS NOT NULL AND EXISTS (
    SELECT FROM jsonb_each_text(entry.sealed) AS part(name, value)
    WHERE entry.table_name || '.' || name = ANY(%(columns)s) AND value <> '\x'
        AND NOT starts_with(value, %(top)s))
"""


def _sought() -> tuple[dict[str, Callable[[str], bytes]], dict[str, Any]]:
    """The place of each encrypted column, and what the query looks for."""
    places: dict[str, Callable[[str], bytes]] = {
        f"{model._meta.db_table}.{column.column}": column.place
        for model in apps.get_models()
        for column in encrypted_fields(model)
    }
    top = "\\x" + header(VALUE, field_keys().current.id).hex()
    return places, {"columns": list(places), "top": top}


def history_remaining(*, using: str) -> int:
    """How many entries of history hold a value under another key."""
    with connections[using].cursor() as cursor:
        cursor.execute(f"SELECT count(*) {_OLD}", _sought()[1])  # noqa: S608
        return int(cursor.fetchone()[0])


def rotate_history(*, after: int | None = None, size: int = BATCH, using: str) -> Step:
    """Encrypt the earlier values of the next entries of history under the current key."""
    places, values = _sought()
    values |= {"after": after or 0, "size": size}
    unreadable: list[str] = []
    rotated = 0
    with connections[using].cursor() as cursor:
        cursor.execute(
            f"SELECT id, table_name, row_id, sealed::text {_OLD}"  # noqa: S608
            " AND id > %(after)s ORDER BY id LIMIT %(size)s FOR UPDATE SKIP LOCKED",
            values,
        )
        entries = cursor.fetchall()
        for number, table, row, text in entries:
            sealed: dict[str, str | None] = json.loads(text)
            changed = False
            for column, value in sealed.items():
                place = places.get(f"{table}.{column}")
                if place is None or value in {None, r"\x"} or str(value).startswith(values["top"]):
                    continue
                try:
                    opened = decrypt(field_keys(), bytes.fromhex(str(value)[2:]), place(str(row)))
                except (Refused, UnknownKey) as error:
                    unreadable.append(f"audit_change {number}, {table}.{column} {row}: {error}")
                    continue
                sealed[column] = "\\x" + encrypt(field_keys(), opened, place(str(row))).hex()
                changed = True
            if changed:
                cursor.execute(
                    "UPDATE audit_change SET sealed = %s WHERE id = %s", [json.dumps(sealed), number]
                )
                rotated += 1
    return Step(entries[-1][0] if len(entries) == size else None, rotated, unreadable)
