"""Every tenant table against a stranger, with both walls, with either one, and with none."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import DatabaseError, transaction

from reintegration.tenancy.managers import ForeignTenant
from tests.cast import World, known_world
from tests.specimens import specimen, tenant_models
from tests.walls.modes import NONE, STANDING, walls

CANARY = "KANAREK-TABELA"

MODELS = {model._meta.label: model for model in tenant_models()}
# Their rows are written by the database alone (triggers), so a test cannot store one of its own.
WRITTEN_BY_TRIGGERS = {"audit.Change", "audit.EventPerson"}
# What the second wall says: the role may not write the table at all, or not in another tenant's name.
REFUSES = ("permission denied", "row-level security")


@pytest.fixture
def standing(request: Any, monkeypatch: pytest.MonkeyPatch, django_db_setup: None) -> Iterator[World]:
    """The cast, while the walls of `request.param` stand."""
    with walls(request.param, monkeypatch):
        request.getfixturevalue("db")
        yield known_world()


def seen(model: Any, foreign: Any) -> bool:
    return model.objects.filter(pk=foreign.pk).exists() or foreign.pk in model.objects.values_list(
        "pk", flat=True
    )


def changed(model: Any, foreign: Any) -> bool:
    field = next(field for field in model._meta.local_concrete_fields if not field.primary_key)
    return _does(
        lambda: model.objects.filter(pk=foreign.pk).update(**{field.attname: getattr(foreign, field.attname)})
    )


def removed(model: Any, foreign: Any) -> bool:
    return _does(lambda: model.objects.filter(pk=foreign.pk)._raw_delete("default"))


def planted(model: Any, foreign: Any) -> bool:
    """Store a copy of the foreign row, in the foreign tenant's name."""
    copy = model.objects.model(
        **{
            field.attname: getattr(foreign, field.attname)
            for field in model._meta.local_concrete_fields
            if not field.primary_key
        }
    )
    try:
        with transaction.atomic():
            copy.save(force_insert=True)
            copy = type(copy)._base_manager.get(pk=copy.pk)
    except (DatabaseError, ForeignTenant, ObjectDoesNotExist) as error:
        said = str(error)
        return isinstance(error, DatabaseError) and not any(wall in said for wall in REFUSES)
    return getattr(copy, f"{model.tenant_field}_id") == getattr(foreign, f"{model.tenant_field}_id")


def _does(act: Callable[[], int]) -> bool:
    try:
        with transaction.atomic():
            return act() > 0
    except DatabaseError as error:
        # A trigger or a foreign key refuses only a row that it sees.
        return REFUSES[0] not in str(error)


ATTACKS = {"seen": seen, "changed": changed, "removed": removed, "planted": planted}


def attack(world: World, model: Any) -> set[str]:
    """What a member of one CIS can do to a row of the other."""
    with world.scope("other_cis", "teresa"):
        foreign = specimen(model, world, CANARY)
        foreign.refresh_from_db()
    succeeded = set()
    for name, act in ATTACKS.items():
        with world.scope("cis", "ewa"):
            if act(model, foreign):
                succeeded.add(name)
            transaction.set_rollback(True)
    return succeeded


ATTACKED = sorted(set(MODELS) - WRITTEN_BY_TRIGGERS)


@pytest.mark.parametrize("label", ATTACKED)
@pytest.mark.parametrize("standing", STANDING, indirect=True)
def test_a_strangers_row_is_out_of_reach(standing: World, label: str):
    assert attack(standing, MODELS[label]) == set()


@pytest.mark.parametrize("label", ATTACKED)
@pytest.mark.parametrize("standing", [NONE], indirect=True)
def test_without_walls_the_same_attack_succeeds(standing: World, label: str):
    assert "seen" in attack(standing, MODELS[label])
