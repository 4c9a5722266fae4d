"""What the journal and the pages of history show, in words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import models
from django.db.models import Field, Model, QuerySet

from reintegration.audit.enums import Operation, Outcome
from reintegration.audit.models import Change, Event, EventPerson
from reintegration.audit.retention import tables
from reintegration.core import formats
from reintegration.core.fields import BlindIndexField, Ciphertext, _EncryptedField
from reintegration.tenancy.actions import REGISTRY
from reintegration.tenancy.enums import OrganisationKind
from reintegration.tenancy.principal import Place
from reintegration.tenancy.scope import OPERATOR_ID

COVERED = "wartość zakryta"
ERASED = "dane usunięto po terminie"
MOST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One column of a change; a covered one says only that it changed."""

    label: str
    before: str
    after: str
    covered: bool = False

    def __str__(self) -> str:
        if self.covered:
            return f"{self.label}: zmieniono, {self.before}"
        if self.after:
            return f"{self.label}: {self.before} → {self.after}"
        return f"{self.label}: poprzednio {self.before}"


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One change of one row, in words."""

    at: datetime
    by: str
    what: str
    thing: str
    blanked: bool
    fields: Sequence[FieldChange] = field(default_factory=tuple)

    @property
    def text(self) -> str:
        """The change in one line, as a file to take away has it."""
        return ERASED if self.blanked else "; ".join(map(str, self.fields))


def action_label(name: str) -> str:
    found = REGISTRY.get(name)
    return found.label if found else name


def model_named(label: str) -> type[Model] | None:
    """The model of a label as events write it: `tenancy.site`."""
    try:
        return apps.get_model(label)
    except (LookupError, ValueError):
        return None


def thing_label(object_type: str) -> str:
    model = model_named(object_type) if object_type else None
    return str(model._meta.verbose_name) if model else object_type


def events() -> QuerySet[Any]:
    rows: QuerySet[Any] = Event.objects.order_by("-at", "-id")
    return rows


def taken() -> QuerySet[Any]:
    """The events of files that somebody took away."""
    rows: QuerySet[Any] = events().filter(outcome=Outcome.TAKEN)
    return rows


def events_about(person_id: UUID) -> QuerySet[Any]:
    """The events that showed this person's data."""
    seen = EventPerson.objects.filter(person_id=person_id).values("event_id")
    rows: QuerySet[Any] = events().filter(pk__in=seen)
    return rows


def actor_names(entries: Iterable[Any], place: Place) -> dict[UUID, str]:
    """Who acted. The operator learns the names of its own people only."""
    ids = {entry.user_id for entry in entries if entry.user_id}
    if not ids:
        return {}
    users = get_user_model()._default_manager.filter(pk__in=ids).order_by("pk")
    if place.kind is OrganisationKind.OPERATOR:
        users = users.filter(memberships__organisation_id=OPERATOR_ID).distinct()
    return {user.pk: name for user in users if (name := str(user).strip())}


def actor_of(entry: Any, names: Mapping[UUID, str]) -> str:
    if entry.user_id is None:
        return "program" if entry.source != "web" else "ktoś niezalogowany"
    return names.get(entry.user_id, f"konto {str(entry.user_id)[-6:]}")


def actors(place: Place) -> list[tuple[str, str]]:
    """The people of an organisation, past and present, for a filter."""
    users = get_user_model()._default_manager.filter(memberships__organisation_id=place.id).distinct()
    return sorted(((str(user.pk), str(user)) for user in users.order_by("pk")), key=lambda one: one[1])


def changes_of_row(row_id: UUID, model: type[Model]) -> QuerySet[Any]:
    rows: QuerySet[Any] = Change.objects.filter(row_id=row_id, table_name=model._meta.db_table)
    return rows.order_by("-id")


def changes_of_request(request_id: UUID) -> QuerySet[Any]:
    rows: QuerySet[Any] = Change.objects.filter(request_id=request_id)
    return rows.order_by("id")


def in_words(changes: Sequence[Any], place: Place, *, opened: bool = False) -> list[HistoryEntry]:
    """Changes with labels, choices and names instead of columns, codes and keys.

    `opened` shows the old values of encrypted columns; the operator sees no personal value at all.
    """
    names = actor_names(changes, place)
    teller = _Teller(place, opened=opened)
    teller.learn(changes)
    return [
        HistoryEntry(
            at=change.at,
            by=actor_of(change, names),
            what=str(Operation(change.operation).label),
            thing=teller.thing(change),
            blanked=change.blanked_by is not None,
            fields=tuple(teller.fields(change)),
        )
        for change in changes
    ]


class _Teller:
    """Turns columns into words; the objects that rows refer to are read once for all changes."""

    def __init__(self, place: Place, *, opened: bool) -> None:
        self.hides_personal = place.kind is OrganisationKind.OPERATOR
        self.opened = opened
        self.models = {model._meta.db_table: model for model in apps.get_models()}
        self.referred: dict[tuple[type[Model], str], str] = {}

    def learn(self, changes: Sequence[Any]) -> None:
        wanted: dict[type[Model], set[str]] = {}
        for change in changes:
            columns = self.columns(change.table_name)
            for name, values in (change.values or {}).items():
                target = columns[name].related_model if name in columns else None
                if isinstance(target, type) and issubclass(target, Model):
                    wanted.setdefault(target, set()).update(str(value) for value in values if value)
        for model, keys in wanted.items():
            for found in model._base_manager.filter(pk__in=keys).order_by("pk"):
                self.referred[model, str(found.pk)] = str(found)

    def columns(self, table: str) -> "dict[str, Field[Any, Any]]":
        model = self.models.get(table)
        if model is None:
            return {}
        return {str(found.column): found for found in model._meta.local_concrete_fields}

    def thing(self, change: Any) -> str:
        model = self.models.get(change.table_name)
        return str(model._meta.verbose_name) if model else str(change.table_name)

    def fields(self, change: Any) -> Iterable[FieldChange]:
        columns = self.columns(change.table_name)
        hidden = self.personal(change.table_name) if self.hides_personal else frozenset()
        for name, values in sorted((change.values or {}).items()):
            column = columns.get(name)
            if column is not None and (column.generated or column.primary_key):
                continue
            label = str(column.verbose_name) if column is not None else name
            if name in hidden:
                yield FieldChange(label, COVERED, "", covered=True)
                continue
            before, *after = [self.value(column, value) for value in values]
            yield FieldChange(label, before, after[0] if after else formats.NONE)
        for name, value in sorted((change.sealed or {}).items()):
            column = columns.get(name)
            if isinstance(column, BlindIndexField):
                continue
            label = str(column.verbose_name) if column is not None else name
            if self.opened and isinstance(column, _EncryptedField):
                yield FieldChange(label, self.open(column, value, change.row_id), "")
            else:
                yield FieldChange(label, COVERED, "", covered=True)

    def personal(self, table: str) -> frozenset[str]:
        model = self.models.get(table)
        declared = tables().get(model._meta.label) if model is not None else None
        return frozenset(declared.personal) if declared else frozenset()

    def open(self, column: _EncryptedField, value: str | None, row_id: UUID) -> str:
        if value is None:
            return formats.NONE
        sealed = Ciphertext(bytes.fromhex(value.removeprefix("\\x")))
        if not sealed:
            return formats.NONE
        sealed.row = str(row_id)
        opened = column.open(sealed, column.model())
        return formats.format_table_date(opened) if isinstance(opened, date) else str(opened)

    def value(self, column: "Field[Any, Any] | None", value: Any) -> str:
        if value is None or value in ("", []):
            return formats.NONE
        if column is None:
            return str(value)
        target = column.related_model
        if isinstance(target, type) and issubclass(target, Model):
            return self.referred.get((target, str(value)), f"…{str(value)[-6:]}")
        if column.choices:
            return str(dict(column.flatchoices).get(value, value))
        return plain(column, value)


def plain(column: "Field[Any, Any]", value: Any) -> str:
    """A value as JSON holds it, as a page shows it."""
    if isinstance(value, bool):
        return "tak" if value else "nie"
    if isinstance(column, models.DateTimeField):
        return formats.format_table_moment(datetime.fromisoformat(value))
    if isinstance(column, models.DateField):
        return formats.format_table_date(date.fromisoformat(value))
    if isinstance(column, models.DecimalField):
        return formats.format_number(Decimal(str(value)).normalize())
    if isinstance(value, list):
        return formats.join_words(str(one) for one in value)
    return str(value)
