"""Sealing: what the database has queued becomes links of each organisation's chain.

It runs at least once a minute and may run in several places at once: an organisation has one sealer at a
time, and a batch is sealed and taken from the queue in one transaction.
"""

import hashlib
import logging
from collections.abc import Iterator
from uuid import UUID

from django.db import connection

from reintegration.audit.chain import CHANGE, CIPHER, EVENT, START, Link
from reintegration.audit.models import Seal, Unsealed
from reintegration.core import clock
from reintegration.core.keys import seal_keys
from reintegration.tenancy.scope import scope

logger = logging.getLogger(__name__)

MOST_IN_A_LINK = 1000
SOURCE = "job:audit.seal"
# The first half of an advisory lock's key; the second is made from the organisation.
LOCK = 0x5EA1

_DIGESTS = {
    EVENT: "SELECT id, digest FROM audit_event WHERE organisation_id = %s AND id = ANY(%s)",
    CHANGE: "SELECT id, digest FROM audit_change WHERE organisation_id = %s AND id = ANY(%s)",
    CIPHER: "SELECT id, sha256(convert_to(coalesce(sealed::text, ''), 'UTF8')) FROM audit_change"
    " WHERE organisation_id = %s AND id = ANY(%s)",
}


def seal_all() -> int:
    """Seal whatever waits, in every organisation; returns how many entries. Opens scopes of its own."""
    rows = Unsealed.objects.order_by("organisation_id").values_list("organisation_id", flat=True)
    waiting = list(rows.distinct())
    return sum(seal_organisation(organisation_id=organisation_id) for organisation_id in waiting)


def seal_organisation(*, organisation_id: UUID) -> int:
    """Seal what waits in one organisation, a link in a transaction; 0 when another sealer is at it."""
    total = 0
    while True:
        with scope(organisation_id=organisation_id, source=SOURCE):
            taken, sealed = _seal_some(organisation_id)
        total += sealed
        if taken < MOST_IN_A_LINK or not sealed:
            return total


def _seal_some(organisation_id: UUID) -> tuple[int, int]:
    if not _alone(organisation_id):
        return 0, 0
    queue = Unsealed.objects.filter(organisation_id=organisation_id).order_by("id")
    waiting = list(queue.select_for_update(skip_locked=True, of=("self",))[:MOST_IN_A_LINK])
    digests = _digests(organisation_id, waiting)
    # One entry may wait twice: its ciphertexts were rotated before they had been sealed.
    entries = list(dict.fromkeys((row.kind, row.entry_id) for row in waiting))
    found = [entry for entry in entries if entry in digests]
    if len(found) < len(entries):
        # They stay in the queue: `audit_verify` names each.
        logger.error("%s entries of %s are queued and gone.", len(entries) - len(found), organisation_id)
    if found:
        _append(organisation_id, found, [digests[entry] for entry in found])
        done = [row.pk for row in waiting if (row.kind, row.entry_id) in digests]
        Unsealed.objects.filter(pk__in=done).delete()
    return len(waiting), len(found)


def _alone(organisation_id: UUID) -> bool:
    folded = int.from_bytes(hashlib.sha256(organisation_id.bytes).digest()[:4], signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [LOCK, folded])
        row = cursor.fetchone()
    return bool(row and row[0])


def _digests(organisation_id: UUID, waiting: list[Unsealed]) -> dict[tuple[str, int], bytes]:
    return dict(_read_digests(organisation_id, waiting))


def _read_digests(organisation_id: UUID, waiting: list[Unsealed]) -> Iterator[tuple[tuple[str, int], bytes]]:
    with connection.cursor() as cursor:
        for kind, sql in _DIGESTS.items():
            ids = [row.entry_id for row in waiting if row.kind == kind]
            if ids:
                cursor.execute(sql, [organisation_id, ids])
                for entry_id, digest in cursor.fetchall():
                    yield (kind, entry_id), bytes(digest)


def _append(organisation_id: UUID, entries: list[tuple[str, int]], digests: list[bytes]) -> None:
    last = Seal.objects.order_by("-number").first()
    keys = seal_keys()
    link = Link(
        organisation_id=organisation_id,
        number=last.number + 1 if last else 1,
        at=clock.now(),
        kinds=[kind for kind, _ in entries],
        entry_ids=[entry_id for _, entry_id in entries],
        digests=digests,
        previous=bytes(last.mac) if last else START,
        key_id=keys.current.id,
    )
    Seal.objects.create(
        number=link.number,
        at=link.at,
        kinds=link.kinds,
        entry_ids=link.entry_ids,
        digests=link.digests,
        previous=link.previous,
        mac=link.mac(keys),
        key_id=link.key_id,
    )
