"""Every column that is declared personal is emptied when its row's time or its person's time is up."""

from datetime import date
from typing import Any

import pytest
from django.db import connection

from reintegration.audit import erasure
from reintegration.audit.retention import Table, Treatment, model_of, tables
from reintegration.core import clock
from reintegration.core.fields import EncryptedJSONField, EncryptedTextField
from reintegration.core.ids import uuid7
from tests import canary
from tests.cast import World
from tests.servers import dsn
from tests.specimens import specimen

# A paper, a file and an account are whole only with what stands on the disk or in the account's other
# tables: `test_canary.py` brings them to life. History is what the others leave behind.
ALIVE = frozenset({"accounts.User", "audit.Change", "documents.Document", "documents.StoredFile"})


def ground() -> list[str]:
    return [
        label
        for label, table in sorted(tables().items())
        if table.personal
        and (table.subject or table.term)
        and label not in ALIVE
        and not (table.erased_by and label.startswith("participants."))
    ]


def filled(label: str, world: World, word: str) -> dict[str, Any]:
    """A canary for every personal column that takes a text or a document."""
    values: dict[str, Any] = {}
    for name in tables()[label].personal:
        field = model_of(label)._meta.get_field(name)
        if isinstance(field, EncryptedJSONField) or field.get_internal_type() == "JSONField":
            values[name] = {"słowo": word}
        elif isinstance(field, EncryptedTextField) or field.get_internal_type() in {"CharField", "TextField"}:
            length = getattr(field, "max_length", None)
            values[name] = word if not length or length >= len(word) else word[:length]
        elif field.get_internal_type() == "EmailField":
            values[name] = f"{word.lower()}@example.invalid"
    return values


def seen(database_name: str, word: str) -> list[str]:
    connection.close()
    return [place for _, place in canary.sightings(canary.database(dsn("postgres", database_name)), [word])]


@pytest.mark.parametrize("label", ground())
def test_nothing_personal_is_left_of_a_row_whose_time_is_up(keeper: World, database_name: str, label: str):
    model, table = model_of(label), tables()[label]
    organisation, person = ("cis", "ewa") if hasattr(model, "tenant_field") else ("operator", "operator")
    word = "ĆwirekKolumna"
    place = keeper.organisations[organisation].pk
    with keeper.scope(organisation, person):
        values = filled(label, keeper, word)
        if label == "audit.LegalHold":
            values["released_at"] = clock.now()
        elif label == "reporting.Inspection":
            values |= all_said()
        subject = subject_of(table, model, keeper, values)
        row = specimen(model, keeper, "zwykły", **values)
    assert seen(database_name, word) != []

    if table.subject:
        with keeper.scope(organisation, person):
            erasure.erase_subject(subject_id=subject or row.pk, basis="próba")
    else:
        erasure.clear(erasure.Due(label, place, "próba", (row.pk,)))
    erasure.blank_histories(organisation_id=place, using="keeper")

    assert seen(database_name, word) == []
    with keeper.scope(organisation, person):
        gone = table.term is not None and table.term.treatment is Treatment.DELETE
        assert model._base_manager.filter(pk=row.pk).exists() is not gone


def all_said() -> dict[str, Any]:
    """The days of an inspection whose every word was written."""
    day = date(2026, 11, 20)
    return {
        **dict.fromkeys(("handed_on", "received_on", "objected_on", "replied_on"), day),
        "state": "protocol",
        "objections_due": date(2026, 11, 30),
        "objections_result": "none",
        "pack": uuid7(),
        "pack_digest": "0" * 64,
        "protocol": uuid7(),
    }


def subject_of(table: Table, model: Any, world: World, values: dict[str, Any]) -> Any:
    """Whose row it is: somebody of another table, made for it, or the row itself."""
    if table.subject in {"", "id"}:
        return None
    field = model._meta.get_field(table.subject)
    if not field.is_relation:
        values[table.subject] = uuid7()
        return values[table.subject]
    values[field.name] = specimen(field.related_model, world, "zwykły")
    return values[field.name].pk
