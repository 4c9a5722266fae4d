"""Whatever a superuser without the keys does to history, `audit_verify` finds it."""

import os
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from django.db import connection

from reintegration.audit.models import Change, Event
from reintegration.audit.sealing import seal_all, seal_organisation
from reintegration.audit.verify import PATIENCE, Report, _Check
from reintegration.core.ids import uuid7
from tests.audit.conftest import blank, live
from tests.cast import World

ROUNDS = 100
HISTORY = ["audit_event", "audit_change"]
HEAD = "SELECT number, encode(mac, 'hex') FROM audit_seal WHERE {own} ORDER BY number DESC"

# The verifier orders links by their number; what else numbers them says nothing.
MEANINGLESS = {("audit_seal", "id")}

# How to make a value of each type another one.
OTHERWISE = {
    "uuid": "gen_random_uuid()",
    "text": "{0} || 'x'",
    "varchar": "CASE {0} WHEN 'U' THEN 'D' ELSE 'U' END",
    "timestamptz": "{0} + interval '1 microsecond'",
    "jsonb": "jsonb_build_object('last_name', '[\"X\", \"Y\"]'::jsonb)",
    "bytea": "set_byte({0}, 0, get_byte({0}, 0) # 1)",
    "int8": "{0} + 1000003",
    "_uuid": "array_append({0}, gen_random_uuid())",
    "_varchar": "array_append({0}, 'event')",
    "_int8": "array_append({0}, 5::bigint)",
    "_bytea": "array_append({0}, '\\x00'::bytea)",
}
# What stands for nothing, when there was nothing.
SOMETHING = {
    "uuid": "gen_random_uuid()",
    "jsonb": '\'{"last_name": ["X", "Y"]}\'',
    "bytea": "sha256('x')",
    "int8": "5",
}


class Past:
    """A sealed history of one organisation, and its head."""

    def __init__(self, world: World, superuser: psycopg.Connection) -> None:
        self.organisation = world.cis.pk
        self.db = superuser
        self.head = self.value(HEAD)

    def own(self, sql: str) -> str:
        return sql.replace("{own}", f"organisation_id = '{self.organisation}'")

    def value(self, sql: str, *params: Any) -> Any:
        row = self.db.execute(self.own(sql), params).fetchone()
        assert row is not None, sql
        return row if len(row) > 1 else row[0]

    def do(self, sql: str, *params: Any) -> None:
        done = self.db.execute(self.own(sql), params)
        assert done.rowcount > 0, f"nothing was tampered with: {sql}"

    def some(self, table: str, rng: random.Random, where: str = "true") -> int:
        numbers = self.db.execute(
            f"SELECT id FROM {table} WHERE organisation_id = %s AND {where} ORDER BY id", [self.organisation]
        ).fetchall()
        return int(rng.choice(numbers)[0])

    def report(self, *, head: bool = True, patience: timedelta = PATIENCE) -> Report:
        with self.db.transaction():
            return _Check(self.db, self.organisation, self.head if head else None, patience).run()

    @contextmanager
    def undone(self) -> Iterator[None]:
        with self.db.transaction(force_rollback=True):
            yield


@pytest.fixture
def past(
    cast: World, secrets: None, superuser: psycopg.Connection, as_role: Callable[[str], psycopg.Connection]
) -> Past:
    for _ in range(4):
        staff = live(cast, rounds=2)
        with cast.scope("cis", "ewa"), connection.cursor() as cursor:
            for number in range(3):
                key = random.randrange(10**9)
                cursor.execute(
                    "INSERT INTO secrets VALUES (%s, %s, %s, 'a', '\\x01')", [key, cast.cis.pk, uuid7()]
                )
                cursor.execute(
                    "UPDATE secrets SET note = %s, secret = %s WHERE id = %s", ["b", bytes([number]), key]
                )
        seal_organisation(organisation_id=cast.cis.pk)
    blank(as_role, cast.cis.pk, staff[0].pk)
    seal_all()
    found = Past(cast, superuser)
    assert found.report().findings == []
    return found


def columns(past: Past, tables: list[str]) -> list[tuple[str, str, str]]:
    return past.db.execute(
        "SELECT table_name::text, column_name::text, udt_name::text FROM information_schema.columns"
        " WHERE table_schema = 'public' AND table_name = ANY(%s) ORDER BY 1, 2",
        [tables],
    ).fetchall()


# The kinds of tampering. Each does it once, somewhere.


def change_a_column(past: Past, rng: random.Random) -> str:
    options = [c for c in columns(past, [*HISTORY, "audit_seal"]) if c[:2] not in MEANINGLESS]
    table, column, kind = rng.choice(options)
    row = past.some(table, rng)
    if past.value(f"SELECT {column} IS NULL FROM {table} WHERE id = %s", row):
        new = SOMETHING[kind]
    else:
        new = OTHERWISE[kind].format(column)
    past.do(f"UPDATE {table} SET {column} = {new} WHERE id = %s", row)
    return f"{table}.{column} of {row} := {new}"


def empty_a_column(past: Past, rng: random.Random) -> str:
    nullable = ["user_id", "salt", "content", "object_id", "detail"]
    nullable_of_change = ["user_id", "salt", "content", "subject_id", "values", "sealed"]
    table, column = rng.choice(
        [("audit_event", c) for c in nullable] + [("audit_change", c) for c in nullable_of_change]
    )
    row = past.some(table, rng, f"{column} IS NOT NULL")
    past.do(f"UPDATE {table} SET {column} = NULL WHERE id = %s", row)
    return f"{table}.{column} of {row} := NULL"


def remove_an_entry(past: Past, rng: random.Random) -> str:
    table = rng.choice(HISTORY)
    row = past.some(table, rng)
    past.do(f"DELETE FROM {table} WHERE id = %s", row)
    return f"{table} {row} removed"


def copy_an_entry(past: Past, rng: random.Random) -> str:
    """With a right digest of its own, and put between others or at the end."""
    table = rng.choice(HISTORY)
    row = past.some(table, rng)
    number = rng.choice([row * 100_000, -row])
    past.do(
        f"INSERT INTO {table} SELECT (jsonb_populate_record(e, jsonb_build_object('id', %s::bigint))).*"
        f" FROM {table} e WHERE id = %s",
        number,
        row,
    )
    forge_digest(past, table, number)
    return f"{table} {row} copied as {number}"


def exchange_two_entries(past: Past, rng: random.Random) -> str:
    table = rng.choice(HISTORY)
    one = past.some(table, rng)
    other = past.some(table, rng, f"id <> {one}")
    for old, new in ((one, -1_000_000), (other, one), (-1_000_000, other)):
        past.do(f"UPDATE {table} SET id = %s WHERE id = %s", new, old)
    if rng.random() < 0.5:
        for row in (one, other):
            forge_digest(past, table, row)
    return f"{table} {one} and {other} exchanged"


FORGED = {
    "audit_event": """UPDATE audit_event SET content = sha256(convert_to(salt || '|' || detail::text, 'UTF8'))
        WHERE detail IS NOT NULL AND id = %(id)s;
    UPDATE audit_event SET digest = sha256(convert_to(concat_ws('|', 'event', id, organisation_id,
        extract(epoch FROM at), coalesce(user_id::text, '-'), request_id, coalesce(object_id::text, '-'),
        persons::text, octet_length(source), source, octet_length(action), action, octet_length(outcome),
        outcome, octet_length(object_type), object_type, coalesce(encode(content, 'hex'), '-')), 'UTF8'))
        WHERE id = %(id)s""",
    "audit_change": """UPDATE audit_change SET
        content = sha256(convert_to(salt || '|' || values::text, 'UTF8'))
        WHERE values IS NOT NULL AND id = %(id)s;
    UPDATE audit_change SET digest = sha256(convert_to(concat_ws('|', 'change', id, organisation_id,
        extract(epoch FROM at), coalesce(user_id::text, '-'), request_id, row_id, operation,
        coalesce(subject_id::text, '-'), octet_length(source), source, octet_length(table_name), table_name,
        coalesce(encode(content, 'hex'), '-')), 'UTF8')) WHERE id = %(id)s""",
}


def forge_digest(past: Past, table: str, row: int) -> None:
    """Make the entry fit its own digest again, as anybody can who reads the source."""
    for statement in FORGED[table].split(";"):
        past.db.execute(statement, {"id": row})


def rewrite_and_forge(past: Past, rng: random.Random) -> str:
    table, column, new = rng.choice(
        [
            ("audit_event", "persons", "'{}'"),
            ("audit_event", "user_id", "gen_random_uuid()"),
            ("audit_event", "detail", "'{\"strona\": 99}'"),
            ("audit_event", "at", "at - interval '1 day'"),
            ("audit_change", "values", '\'{"last_name": ["Kalina", "Inna"]}\''),
            ("audit_change", "user_id", "gen_random_uuid()"),
            ("audit_change", "table_name", "table_name || '_old'"),
        ]
    )
    where = f"{column} IS NOT NULL" + (" AND persons <> '{}'" if column == "persons" else "")
    row = past.some(table, rng, where)
    past.do(f"UPDATE {table} SET {column} = {new} WHERE id = %s", row)
    forge_digest(past, table, row)
    return f"{table}.{column} of {row} forged"


def blank_in_secret(past: Past, rng: random.Random) -> str:
    """Hide an entry behind a retention that took place, or behind another event."""
    row = past.some("audit_change", rng, "values IS NOT NULL")
    event = past.some("audit_event", rng, rng.choice(["true", "action = 'audit.history.blank'"]))
    past.do(
        "UPDATE audit_change SET values = NULL, sealed = NULL, salt = NULL, blanked_by = %s WHERE id = %s",
        event,
        row,
    )
    return f"change {row} blanked by {event}"


def remove_a_link(past: Past, rng: random.Random) -> str:
    row = past.some("audit_seal", rng)
    past.do("DELETE FROM audit_seal WHERE id = %s", row)
    return f"link {row} removed"


def exchange_two_links(past: Past, rng: random.Random) -> str:
    one = past.some("audit_seal", rng)
    other = past.some("audit_seal", rng, f"id <> {one}")
    first, second = (past.value("SELECT number FROM audit_seal WHERE id = %s", row) for row in (one, other))
    for row, number in ((one, -1), (other, first), (one, second)):
        past.do("UPDATE audit_seal SET number = %s WHERE id = %s", number, row)
    return f"links {first} and {second} exchanged"


def reorder_inside_a_link(past: Past, rng: random.Random) -> str:
    row = past.some("audit_seal", rng, "cardinality(digests) > 1")
    past.do(
        "UPDATE audit_seal SET digests = digests[2:] || digests[1],"
        " entry_ids = entry_ids[2:] || entry_ids[1], kinds = kinds[2:] || kinds[1] WHERE id = %s",
        row,
    )
    return f"link {row} reordered"


def cut_off_the_end(past: Past, rng: random.Random) -> str:
    """The last links with all that they hold: only a head that was exported tells."""
    keep = rng.randrange(past.head[0])
    for kind in ("event", "change"):
        past.db.execute(
            f"DELETE FROM audit_{kind} WHERE organisation_id = %s AND id IN (SELECT unnest(entry_ids)"
            " FROM audit_seal WHERE organisation_id = %s AND number > %s)",
            [past.organisation, past.organisation, keep],
        )
    past.db.execute(
        "DELETE FROM audit_eventperson p WHERE NOT EXISTS (SELECT FROM audit_event WHERE id = p.event_id)"
    )
    past.do("DELETE FROM audit_seal WHERE {own} AND number > %s", keep)
    return f"cut off after link {keep}"


def take_out_of_the_chain(past: Past, rng: random.Random) -> str:
    """Remove an entry, and its place in the link, and seal the link with a guessed key."""
    row = past.some("audit_seal", rng, "cardinality(digests) > 1")
    entry, kind = past.value("SELECT entry_ids[1], kinds[1] FROM audit_seal WHERE id = %s", row)
    table = "audit_event" if kind == "event" else "audit_change"
    past.do(f"DELETE FROM {table} WHERE id = %s", entry)
    past.do(
        "UPDATE audit_seal SET digests = digests[2:], entry_ids = entry_ids[2:], kinds = kinds[2:],"
        " mac = sha256('guessed') WHERE id = %s",
        row,
    )
    return f"{kind} {entry} taken out of link {row}"


def seal_again(past: Past, rng: random.Random) -> str:
    """Exchange a ciphertext of history and let the program itself seal it."""
    row = past.some("audit_change", rng, "sealed IS NOT NULL")
    past.do('UPDATE audit_change SET sealed = \'{"secret": "\\\\x7777"}\' WHERE id = %s', row)
    past.do(
        "INSERT INTO audit_unsealed (organisation_id, kind, entry_id) VALUES (%s, 'cipher', %s)",
        past.organisation,
        row,
    )
    return f"ciphertexts of change {row} put up for sealing"


def hide_who_saw(past: Past, rng: random.Random) -> str:
    event = past.some("audit_event", rng, "persons <> '{}'")
    how = rng.choice(
        [
            "DELETE FROM audit_eventperson WHERE event_id = %s",
            "UPDATE audit_eventperson SET person_id = gen_random_uuid() WHERE event_id = %s",
            "UPDATE audit_eventperson SET event_id = event_id + 1000003 WHERE event_id = %s",
        ]
    )
    past.do(how, event)
    return f"persons of event {event}: {how}"


KINDS = [
    change_a_column,
    empty_a_column,
    remove_an_entry,
    copy_an_entry,
    exchange_two_entries,
    rewrite_and_forge,
    blank_in_secret,
    remove_a_link,
    exchange_two_links,
    reorder_inside_a_link,
    cut_off_the_end,
    take_out_of_the_chain,
    hide_who_saw,
]


def test_random_rewrites_by_the_thousand_are_all_found(past: Past):
    seed = os.environ.get("TAMPERING_SEED") or str(random.randrange(10**9))
    rng = random.Random(seed)
    unseen = []
    for kind in KINDS * ROUNDS:
        with past.undone():
            what = kind(past, rng)
            if not past.report().findings:
                unseen.append(what)
    assert unseen == [], f"TAMPERING_SEED={seed}"
    assert past.report().findings == []


def test_every_column_of_history_is_covered(past: Past):
    unseen = []
    for table, column, kind in columns(past, [*HISTORY, "audit_seal"]):
        for where, new in (("IS NOT NULL", OTHERWISE[kind].format(column)), ("IS NULL", SOMETHING.get(kind))):
            row = past.db.execute(
                f"SELECT max(id) FROM {table} WHERE organisation_id = %s AND {column} {where}",
                [past.organisation],
            ).fetchone()
            if row is None or row[0] is None or new is None or (table, column) in MEANINGLESS:
                continue
            with past.undone():
                past.do(f"UPDATE {table} SET {column} = {new} WHERE id = %s", row[0])
                if not past.report().findings:
                    unseen.append(f"{table}.{column} {where}")
    assert unseen == []


def test_only_an_exported_head_tells_that_the_end_was_cut_off(past: Past):
    with past.undone():
        cut_off_the_end(past, random.Random("end"))
        assert past.report(head=False).findings == []
        assert "cut off" in past.report().findings[0]


def test_a_ciphertext_that_was_exchanged_and_sealed_again_is_found(past: Past, cast: World):
    seal_again(past, random.Random("again"))
    seal_all()
    past.head = past.value(HEAD)
    assert "sealed anew without a rotation" in past.report().findings[0]


def test_an_entry_removed_while_it_waits_is_found(past: Past, cast: World):
    live(cast, rounds=1)
    with cast.scope("cis"):
        event = Event.objects.exclude(persons=[]).latest("id")
        change = Change.objects.latest("id")
    past.do("DELETE FROM audit_event WHERE id = %s", event.pk)
    past.do("DELETE FROM audit_unsealed WHERE kind = 'change' AND entry_id = %s", change.pk)
    assert past.report().findings == [
        f"change {change.pk} is neither in the chain nor in the queue",
        f"event {event.pk} was removed before it was sealed",
        f"the persons of event {event.pk} differ from the index of who saw whom",
    ]


def test_a_sealer_that_stands_still_is_found(past: Past, cast: World):
    live(cast, rounds=1)
    assert past.report().findings == []
    assert "wait too long for a seal" in past.report(patience=timedelta(0)).findings[0]
