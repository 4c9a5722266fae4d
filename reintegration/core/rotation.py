"""Old keys leave: every value is encrypted again under the current one, while the program works.

What remains is read off the envelopes themselves, so a run that was killed is simply started again. Rows
in use are passed over, not waited for: their own save encrypts them under the current key, or the next
pass finds them. A batch is one transaction, which the caller opens in the right scope.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial, reduce
from operator import or_
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import BinaryField, F, Func, Q, Value
from django.db.models.lookups import Exact

from reintegration.core.crypto import VALUE, Refused, header
from reintegration.core.fields import Ciphertext, encrypted_fields
from reintegration.core.keys import UnknownKey, field_keys

BATCH = 200


@dataclass(frozen=True, slots=True)
class Step:
    """What one batch did. `after` is where the next one begins; None says that this was the last."""

    after: Any
    rotated: int = 0
    unreadable: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Work:
    """One thing that holds ciphertexts: a table, or what a room registers."""

    name: str
    step: Callable[..., Step]
    remaining: Callable[..., int]
    # Whether it is done for each organisation, or once for all.
    tenants: bool = field(default=True, kw_only=True)


_registered: dict[str, Work] = {}


def register(work: Work) -> None:
    """Tell of ciphertexts that are no columns of a model: files on disk, documents inside JSON."""
    _registered[work.name] = work


def all_work() -> list[Work]:
    """Every table with encrypted columns, then whatever the rooms have registered."""
    tables = [table_work(model) for model in apps.get_models() if encrypted_fields(model)]
    return [*tables, *_registered.values()]


def table_work(model: type[models.Model]) -> Work:
    """The work on one model's table. A model that names its tenant is done for each organisation."""
    return Work(
        model._meta.db_table,
        partial(rotate_batch, model),
        partial(count_remaining, model),
        tenants=hasattr(model, "tenant_field"),
    )


def _stale(model: type[models.Model]) -> Q:
    """Rows with a value whose envelope does not begin as those of the current key do."""
    top = header(VALUE, field_keys().current.id)
    return reduce(or_, (Q(_begins_otherwise(column.attname, top)) for column in encrypted_fields(model)))


def _begins_otherwise(column: str, top: bytes) -> Q:
    def start(length: int) -> Func:
        return Func(F(column), Value(1), Value(length), function="substring", output_field=BinaryField())

    # An empty value is not encrypted, and NULL compares to nothing.
    return ~Q(Exact(start(1), Value(b"", BinaryField()))) & ~Q(
        Exact(start(len(top)), Value(top, BinaryField()))
    )


def _rows(model: type[models.Model], using: str) -> "models.QuerySet[Any]":
    return model._base_manager.using(using).filter(_stale(model))


def count_remaining(model: type[models.Model], *, using: str) -> int:
    """How many rows still hold a value under another key."""
    return _rows(model, using).count()


def rotate_batch(
    model: type[models.Model], *, after: Any = None, size: int = BATCH, using: str = "default"
) -> Step:
    """Encrypt the values of the next rows under the current key.

    A value that does not open is left as it is and named: the key it needs must not be thrown away.
    """
    columns = encrypted_fields(model)
    found = _rows(model, using) if after is None else _rows(model, using).filter(pk__gt=after)
    rows = list(
        found.only("pk", *(column.name for column in columns))
        .order_by("pk")
        .select_for_update(skip_locked=True, of=("self",))[:size]
    )
    rotated = 0
    unreadable: list[str] = []
    for row in rows:
        values: dict[str, Ciphertext | None] = {}
        for column in columns:
            before = row.__dict__[column.attname]
            if not isinstance(before, Ciphertext):
                continue
            try:
                sealed = column.seal(row)
            except (Refused, UnknownKey) as error:
                unreadable.append(f"{model._meta.db_table}.{column.column} {row.pk}: {error}")
            else:
                if sealed != before:
                    values[column.attname] = sealed
        rotated += model._base_manager.using(using).filter(pk=row.pk).update(**values) if values else 0
    return Step(rows[-1].pk if len(rows) == size else None, rotated, unreadable)
