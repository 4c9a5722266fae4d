"""Checking history: every entry against its digest, every digest against the chain, the chain against
its keys and against heads that were exported before.

It trusts neither the program nor the database's functions: digests are computed here, from the rows. An
organisation is read in one snapshot, in which each entry is either in the chain or in the queue.
"""

import json
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

import psycopg
from django.db import connections

from reintegration.audit import digests
from reintegration.audit.chain import CHANGE, CIPHER, EVENT, START, Link
from reintegration.audit.digests import NULL
from reintegration.core.keys import KeyRing, UnknownKey, seal_keys
from reintegration.tenancy.models import Organisation
from reintegration.tenancy.scope import scope

BLANKED = b"audit.history.blank"
ROTATED = b"audit.keys.rotate"
# A seal comes within a minute; what waits longer shows that the sealer stands still.
PATIENCE = timedelta(minutes=5)
# Rotation of an organisation's history and its event are this close together.
NEAR = timedelta(days=1)
MOST_NAMED = 100
AT_ONCE = 20_000

Head = tuple[int, str]


@dataclass(slots=True)
class Report:
    """What was found in one organisation's history; no findings is the good answer."""

    organisation_id: UUID
    links: int = 0
    entries: int = 0
    seconds: float = 0.0
    findings: list[str] = field(default_factory=list)
    more: int = 0

    def find(self, sentence: str) -> None:
        if len(self.findings) < MOST_NAMED:
            self.findings.append(sentence)
        else:
            self.more += 1


def verify_all(
    *, heads: Mapping[UUID, Head] | None = None, patience: timedelta = PATIENCE, using: str = "default"
) -> Iterator[Report]:
    """Check each organisation, and those that heads were exported of."""
    known = set(Organisation.objects.using(using).order_by("pk").values_list("pk", flat=True))
    for organisation_id in sorted(known | set(heads or {})):
        head = (heads or {}).get(organisation_id)
        yield verify_organisation(organisation_id, head=head, patience=patience, using=using)


def verify_organisation(
    organisation_id: UUID, *, head: Head | None = None, patience: timedelta = PATIENCE, using: str = "default"
) -> Report:
    """Check one organisation. Opens a scope of its own."""
    began = time.perf_counter()
    with _snapshot(organisation_id, using) as connection:
        report = _Check(connection, organisation_id, head, patience).run()
    report.seconds = time.perf_counter() - began
    return report


@contextmanager
def _snapshot(organisation_id: UUID, using: str) -> Iterator[psycopg.Connection]:
    wrapper = connections[using]
    wrapper.ensure_connection()
    raw = wrapper.connection
    own = not wrapper.in_atomic_block
    if own:
        raw.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
    try:
        with scope(organisation_id=organisation_id, source="audit_verify", using=using):
            raw.execute("SET LOCAL statement_timeout = 0")
            yield raw
    finally:
        if own:
            raw.isolation_level = None


@dataclass(slots=True)
class _Entries:
    """The entries of one kind, read in the order of their numbers beside the chain."""

    kind: str
    # Forged numbers may lie below the first.
    last_read: int = -(2**63)
    highest: int = 0
    # In the chain and not read yet; read and not met in the chain yet.
    expected: dict[int, bytes] = field(default_factory=dict)
    unmatched: dict[int, bytes] = field(default_factory=dict)


@dataclass(slots=True)
class _Blanking:
    """The entries that name one retention event, and whom all of them concern."""

    counts: Counter[str] = field(default_factory=Counter)
    persons: set[bytes] | None = None

    def add(self, kind: str, persons: Iterable[bytes]) -> None:
        self.counts[kind] += 1
        self.persons = set(persons) if self.persons is None else self.persons & set(persons)


class _Check:
    def __init__(
        self,
        connection: psycopg.Connection,
        organisation_id: UUID,
        head: Head | None,
        patience: timedelta,
    ) -> None:
        self.connection = connection
        self.organisation_id = organisation_id
        self.organisation = str(organisation_id).encode()
        self.head = head
        self.patience = patience
        self.keys: KeyRing = seal_keys()
        self.report = Report(organisation_id)
        self.events, self.changes = _Entries(EVENT), _Entries(CHANGE)
        # The ciphertexts of changes: last digest in the chain, digest of the row, seals made anew.
        self.ciphers_expected: dict[int, bytes] = {}
        self.ciphers_unmatched: dict[int, bytes] = {}
        self.sealed_anew: list[tuple[int, datetime]] = []
        self.blankings: dict[int, _Blanking] = {}
        self.retention: dict[int, tuple[bytes, dict[str, Any]]] = {}
        self.rotations: list[datetime] = []

    def run(self) -> Report:
        numbers = self.rows(
            "SELECT number FROM audit_seal WHERE organisation_id = %s ORDER BY number", self.organisation_id
        )
        self.check_numbers([number for (number,) in numbers])
        previous = START
        for link, mac in self.links():
            previous = self.check_link(link, mac, previous)
            self.note(link)
            if max(len(self.events.expected), len(self.changes.expected)) >= AT_ONCE:
                self.read_up_to_the_chain()
        self.read_up_to_the_chain(everything=True)
        self.check_leftovers()
        self.check_ciphers()
        self.check_blankings()
        self.check_persons()
        return self.report

    # The chain

    def check_numbers(self, numbers: Sequence[int]) -> None:
        for expected, number in zip(range(1, len(numbers) + 1), numbers, strict=True):
            if number != expected:
                self.report.find(f"link {expected} is missing: the chain goes on with {number}")
                break
        last = numbers[-1] if numbers else 0
        if self.head is not None and last < self.head[0]:
            self.report.find(f"the chain ends at link {last}, but link {self.head[0]} was exported: cut off")

    def links(self) -> Iterator[tuple[Link, bytes]]:
        with psycopg.ServerCursor(self.connection, "links") as cursor:
            cursor.itersize = 50
            cursor.execute(
                "SELECT organisation_id, number, at, kinds::text[], entry_ids, digests, previous, key_id, mac"
                " FROM audit_seal WHERE organisation_id = %s ORDER BY number",
                [self.organisation_id],
                binary=True,
            )
            for *values, mac in cursor:
                yield Link(*values), mac

    def check_link(self, link: Link, mac: bytes, previous: bytes) -> bytes:
        self.report.links += 1
        if link.previous != previous:
            self.report.find(f"link {link.number} does not follow the link before it")
        if self.head is not None and link.number == self.head[0] and mac.hex() != self.head[1]:
            self.report.find(f"link {link.number} is not the one that was exported")
        try:
            if mac != link.mac(self.keys):
                self.report.find(f"link {link.number} was changed: its seal does not match")
        except UnknownKey:
            self.report.find(f"link {link.number} names the key {link.key_id}, which is not in the ring")
        except (ValueError, OverflowError, TypeError):
            self.report.find(f"link {link.number} was changed: its lists do not fit together")
        return mac

    def note(self, link: Link) -> None:
        """Remember what the link says of each entry, or compare it with an entry that was read before."""
        for kind, entry_id, digest in zip(link.kinds, link.entry_ids, link.digests, strict=False):
            if kind == CIPHER:
                self.note_cipher(entry_id, digest, link.at)
                continue
            entries = self.events if kind == EVENT else self.changes
            read = entries.unmatched.pop(entry_id, None)
            if read is None:
                entries.expected[entry_id] = digest
                entries.highest = max(entries.highest, entry_id)
            elif read != digest.hex().encode():
                self.report.find(f"{kind} {entry_id} is not what was sealed")

    def note_cipher(self, entry_id: int, digest: bytes, at: datetime) -> None:
        if entry_id in self.ciphers_expected or entry_id in self.ciphers_unmatched:
            self.sealed_anew.append((entry_id, at))
        elif entry_id <= self.changes.last_read:
            # Its row was read and fitted an earlier link.
            self.sealed_anew.append((entry_id, at))
        if self.ciphers_unmatched.get(entry_id) == digest:
            del self.ciphers_unmatched[entry_id]
            self.ciphers_expected.pop(entry_id, None)
        else:
            self.ciphers_expected[entry_id] = digest

    # The entries

    def read_up_to_the_chain(self, *, everything: bool = False) -> None:
        self.read(self.events, digests.EVENT_COLUMNS, everything=everything)
        self.read(self.changes, digests.CHANGE_COLUMNS, everything=everything)

    def read(self, entries: _Entries, columns: str, *, everything: bool) -> None:
        check = self.check_event if entries.kind == EVENT else self.check_change
        while everything or entries.last_read < entries.highest:
            count = 0
            for row in self.copied(columns, f"audit_{entries.kind}", entries.last_read):
                count += 1
                entries.last_read = int(row[0])
                self.match(entries, entries.last_read, check(row))
            self.report.entries += count
            if count < AT_ONCE:
                return

    def copied(self, columns: str, table: str, after: int) -> Iterator[list[bytes]]:
        # Columns and table are constants of this module, the rest are a number and a UUID.
        sql = (
            f"COPY (SELECT {columns} FROM {table} WHERE organisation_id = '{self.organisation_id}'"  # noqa: S608
            f" AND id > {after:d} ORDER BY id LIMIT {AT_ONCE:d}) TO STDOUT"
        )
        with psycopg.Cursor(self.connection) as cursor, cursor.copy(sql) as copy:
            for line in copy:
                yield bytes(line).rstrip(b"\n").split(b"\t")

    def match(self, entries: _Entries, entry_id: int, digest: bytes) -> None:
        sealed = entries.expected.pop(entry_id, None)
        if sealed is None:
            entries.unmatched[entry_id] = digest
        elif sealed.hex().encode() != digest:
            self.report.find(f"{entries.kind} {entry_id} is not what was sealed")

    def check_event(self, row: list[bytes]) -> bytes:
        id_, at, _, _, found, persons, _, action, _, _, content, salt, detail, stored, blanked_by = row
        digest = digests.event_digest(self.organisation, row)
        self.check_own(EVENT, id_, digest == stored)
        self.check_values(EVENT, id_, content, salt, detail, blanked=blanked_by != NULL)
        if blanked_by != NULL:
            self.blanked(EVENT, blanked_by, persons.strip(b"{}").split(b","))
        elif action == BLANKED and detail != NULL:
            self.retention[int(id_)] = found, json.loads(digests.unescaped(detail))
        elif action == ROTATED:
            self.rotations.append(datetime.fromtimestamp(float(at), UTC))
        return digest

    def check_change(self, row: list[bytes]) -> bytes:
        id_, _, _, _, _, _, subject, _, _, content, salt, values, stored, blanked_by, sealed = row
        digest = digests.change_digest(self.organisation, row)
        self.check_own(CHANGE, id_, digest == stored)
        self.check_values(CHANGE, id_, content, salt, values, blanked=blanked_by != NULL)
        if blanked_by != NULL:
            self.blanked(CHANGE, blanked_by, [subject])
            if sealed != NULL:
                self.report.find(f"change {int(id_)} is blanked and has ciphertexts again")
            self.ciphers_expected.pop(int(id_), None)
        elif sealed != NULL or int(id_) in self.ciphers_expected:
            self.match_cipher(int(id_), sealed)
        return digest

    def match_cipher(self, entry_id: int, sealed: bytes) -> None:
        text = b"" if sealed == NULL else digests.unescaped(sealed)
        digest = sha256(text).digest()
        if self.ciphers_expected.get(entry_id) == digest:
            del self.ciphers_expected[entry_id]
        else:
            # Sealed anew in a later link, or changed: the end will tell.
            self.ciphers_unmatched[entry_id] = digest

    def check_own(self, kind: str, id_: bytes, fits: bool) -> None:
        if not fits:
            self.report.find(f"{kind} {int(id_)} was changed after it was written")

    def check_values(
        self, kind: str, id_: bytes, content: bytes, salt: bytes, values: bytes, *, blanked: bool
    ) -> None:
        if blanked:
            if salt != NULL or values != NULL:
                self.report.find(f"{kind} {int(id_)} is blanked and has values again")
        elif values == NULL:
            if content != NULL or salt != NULL:
                self.report.find(f"{kind} {int(id_)} has lost its values")
        elif content != digests.content_digest(salt, values):
            self.report.find(f"the values of {kind} {int(id_)} were changed after they were written")

    # What remains at the end

    def blanked(self, kind: str, blanked_by: bytes, persons: Iterable[bytes]) -> None:
        self.blankings.setdefault(int(blanked_by), _Blanking()).add(kind, persons)

    def check_leftovers(self) -> None:
        queue = {
            (kind, entry_id): waits
            for kind, entry_id, waits in self.rows(
                "SELECT kind, entry_id, coalesce(e.at, c.at) < clock_timestamp() - %s"
                " FROM audit_unsealed u"
                " LEFT JOIN audit_event e ON u.kind = 'event' AND e.id = u.entry_id"
                " LEFT JOIN audit_change c ON u.kind <> 'event' AND c.id = u.entry_id"
                " WHERE u.organisation_id = %s ORDER BY u.id",
                self.patience,
                self.organisation_id,
            )
        }
        for entries in (self.events, self.changes):
            for entry_id in entries.expected:
                how = "was sealed twice" if self.exists(entries, entry_id) else "was removed"
                self.report.find(f"{entries.kind} {entry_id} {how}")
            for entry_id in entries.unmatched:
                if (entries.kind, entry_id) not in queue:
                    self.report.find(f"{entries.kind} {entry_id} is neither in the chain nor in the queue")
        late = [entry for entry, waits in queue.items() if waits]
        if late:
            kind, entry_id = late[0]
            self.report.find(f"{len(late)} entries wait too long for a seal, first {kind} {entry_id}")
        for (kind, entry_id), waits in queue.items():
            if waits is None:
                self.report.find(f"{kind} {entry_id} was removed before it was sealed")
        self.queued_ciphers = {entry_id for kind, entry_id in queue if kind == CIPHER}

    def exists(self, entries: _Entries, entry_id: int) -> bool:
        found = self.rows(f"SELECT 1 FROM audit_{entries.kind} WHERE id = %s", entry_id)  # noqa: S608
        return bool(list(found))

    def check_ciphers(self) -> None:
        """What did not fit at once: ciphertexts under a new key are sealed again, in a later link."""
        for entry_id, expected in self.ciphers_expected.items():
            self.ciphers_unmatched.pop(entry_id, None)
            if entry_id in self.queued_ciphers:
                continue
            for sealed, blanked_by in self.rows(
                "SELECT sha256(convert_to(coalesce(sealed::text, ''), 'UTF8')), blanked_by"
                " FROM audit_change WHERE id = %s",
                entry_id,
            ):
                if blanked_by is None and sealed != expected:
                    self.report.find(f"the ciphertexts of change {entry_id} are not what was sealed")
        for entry_id in self.ciphers_unmatched:
            if entry_id not in self.queued_ciphers:
                self.report.find(f"the ciphertexts of change {entry_id} are not in the chain")
        for entry_id, at in self.sealed_anew:
            if not any(abs(at - rotation) < NEAR for rotation in self.rotations):
                self.report.find(f"the ciphertexts of change {entry_id} were sealed anew without a rotation")

    def check_blankings(self) -> None:
        for event_id, blanking in self.blankings.items():
            event = self.retention.get(event_id)
            total = blanking.counts.total()
            if event is None:
                self.report.find(f"{total} entries are blanked by event {event_id}, which is no retention")
                continue
            person, detail = event
            if person not in (blanking.persons or ()):
                self.report.find(f"event {event_id} blanked entries of other people than it names")
        for event_id, (_, detail) in self.retention.items():
            counts = self.blankings.get(event_id, _Blanking()).counts
            if (counts[CHANGE], counts[EVENT]) != (detail.get("changes"), detail.get("events")):
                self.report.find(
                    f"event {event_id} says that {detail.get('changes')} changes and {detail.get('events')}"
                    f" events were blanked; {counts[CHANGE]} and {counts[EVENT]} are"
                )

    def check_persons(self) -> None:
        """The table by which "who saw this file" is answered says what the events say."""
        for (event_id,) in self.rows(
            "SELECT DISTINCT p.event_id FROM audit_eventperson p WHERE organisation_id = %s AND NOT EXISTS"
            " (SELECT FROM audit_event e WHERE e.id = p.event_id AND p.person_id = ANY (e.persons))"
            " UNION SELECT e.id FROM audit_event e, unnest(e.persons) AS person"
            " WHERE e.organisation_id = %s AND NOT EXISTS (SELECT FROM audit_eventperson p"
            " WHERE p.organisation_id = e.organisation_id AND p.person_id = person AND p.event_id = e.id)",
            self.organisation_id,
            self.organisation_id,
        ):
            self.report.find(f"the persons of event {event_id} differ from the index of who saw whom")

    def rows(self, sql: str, *params: Any) -> list[tuple[Any, ...]]:
        # Django's own cursors write the parameters into the text and answer in text.
        with psycopg.Cursor(self.connection) as cursor:
            return cursor.execute(sql, params, binary=True).fetchall()
