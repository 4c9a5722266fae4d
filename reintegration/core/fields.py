"""Columns of our own: amounts, and values that are encrypted before they reach the database.

An encrypted value is bound to its table, column and row (`core.crypto`), so it is encrypted when its row
is saved and opened when somebody reads the attribute; a query alone never yields the plain text.
Renaming such a table or column therefore needs a migration that encrypts its values again.
"""

import json
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any, TypeVar

from django import forms
from django.core import checks
from django.core.exceptions import ValidationError
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import lookups
from django.db.models.query_utils import DeferredAttribute
from django.db.models.signals import pre_save

from reintegration.core import form_fields
from reintegration.core.crypto import blind_index, bound_to, decrypt, encrypt, key_id_of
from reintegration.core.keys import field_keys, index_key

M = TypeVar("M", bound=models.Model)

# Where an instance keeps the ciphertexts of the values it has opened.
_KEPT = "_ciphertexts"


class MoneyField(models.DecimalField):  # type: ignore[type-arg]
    """An amount in złoty; the column rounds nothing, since what is finer than a grosz is refused."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_digits", 12)
        kwargs.setdefault("decimal_places", 2)
        super().__init__(*args, **kwargs)

    def to_python(self, value: Any) -> Any:
        if isinstance(value, float):
            raise TypeError("An amount is a Decimal: a float has already lost the grosz.")
        return super().to_python(value)

    def get_db_prep_save(self, value: Any, connection: BaseDatabaseWrapper) -> Any:
        if isinstance(value, float):
            raise TypeError("An amount is a Decimal: a float has already lost the grosz.")
        if isinstance(value, Decimal) and value != round(value, self.decimal_places):
            raise ValueError(f"{self.name} would be rounded by the database: {value}.")
        return super().get_db_prep_save(value, connection)

    def formfield(self, **kwargs: Any) -> Any:
        return models.Field.formfield(self, **{"form_class": form_fields.MoneyField, **kwargs})


class Ciphertext(bytes):
    """What a column holds. It shows nothing of itself, so a careless query or log shows nothing either."""

    row: str = ""

    def __repr__(self) -> str:
        return "<ciphertext>"

    __str__ = __repr__


def _row(instance: models.Model) -> str:
    """The row's key as every part of the program writes it."""
    key = instance._meta.pk.to_python(instance.pk)
    if key is None:
        raise ValueError("A value is encrypted for its row, so the row needs its key first.")
    return str(key)


def _keep(instance: models.Model, name: str, value: Ciphertext | None) -> None:
    # A new dictionary each time, because a copied instance shares the old one.
    instance.__dict__[_KEPT] = {**instance.__dict__.get(_KEPT, {}), name: value}


class EncryptedAttribute(DeferredAttribute):
    """Opens the value when it is first read and keeps the ciphertext for a save that changes nothing."""

    field: "_EncryptedField"

    def __get__(self, instance: models.Model | None, cls: type[models.Model] | None = None) -> Any:
        if instance is None:
            return self
        data, name = instance.__dict__, self.field.attname
        if name not in data:
            self._load(instance)
        value = data[name]
        if isinstance(value, Ciphertext):
            value = data[name] = self.field.open(value, instance)
        return value

    def __set__(self, instance: models.Model, value: Any) -> None:
        if isinstance(value, Ciphertext):
            # A row is loaded key first. The value stays with that key: a copy may get another later.
            if not value.row and instance._meta.pk.attname in instance.__dict__:
                value.row = _row(instance)
            _keep(instance, self.field.attname, value)
        instance.__dict__[self.field.attname] = value

    def _load(self, instance: models.Model) -> None:
        # refresh_from_db() would bring the open value and lose the ciphertext.
        rows = type(instance)._base_manager.db_manager(instance._state.db)
        loaded = rows.only(self.field.attname).get(pk=instance.pk)
        self.__set__(instance, loaded.__dict__[self.field.attname])


class _EncryptedField(models.BinaryField):  # type: ignore[type-arg]
    """The common part: a subclass says how a value becomes bytes and back.

    The column is `bytea`. NULL and the empty text are stored as they are: that nothing is known is no
    secret, and they can be looked for.
    """

    descriptor_class = EncryptedAttribute
    empty_values = [None, ""]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("editable", True)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("editable", None)
        if not self.editable:
            kwargs["editable"] = False
        return name, path, args, kwargs

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        return [*super().check(**kwargs), *self._check_no_order()]

    def _check_no_order(self) -> list[checks.CheckMessage]:
        if self.unique or getattr(self, "db_index", False):
            message = "An encrypted column says nothing when compared: use a BlindIndexField beside it."
            return [checks.Error(message, obj=self, id="core.E001")]
        return []

    def _check_str_default_value(self) -> list[checks.CheckMessage]:
        return []

    def get_default(self) -> Any:
        return models.Field.get_default(self)

    # Plain value and ciphertext

    def dump(self, value: Any) -> bytes:
        raise NotImplementedError

    def load(self, data: bytes) -> Any:
        raise NotImplementedError

    def place(self, row: str) -> bytes:
        """Where a value of this column belongs."""
        return bound_to("value", self.model._meta.db_table, str(self.column), row)

    def open(self, value: Ciphertext, instance: models.Model) -> Any:
        """Turn what the column holds into the value."""
        return self.load(decrypt(field_keys(), value, self.place(value.row or _row(instance))))

    def seal(self, instance: models.Model) -> Ciphertext | None:
        """Turn the instance's value into what the column shall hold.

        An unchanged value keeps its ciphertext, so that history does not report a change; one under
        an older key is encrypted again, so that a late save cannot undo a rotation.
        """
        row, current = _row(instance), field_keys().current.id
        before: Ciphertext | None = instance.__dict__.get(_KEPT, {}).get(self.attname)
        if before is not None and (before.row != row or key_id_of(before) != current):
            before = None
        if before is not None and instance.__dict__.get(self.attname) is before:
            return before
        value = getattr(instance, self.attname)
        if value is None:
            return None
        if value == "" and self.empty_strings_allowed:
            return Ciphertext()
        data = self.dump(value)
        if before is not None and decrypt(field_keys(), before, self.place(row)) == data:
            return before
        sealed = Ciphertext(encrypt(field_keys(), data, self.place(row)))
        sealed.row = row
        _keep(instance, self.attname, sealed)
        return sealed

    # The way to the database and back

    def from_db_value(self, value: Any, expression: Any, connection: BaseDatabaseWrapper) -> Any:
        if value is None:
            return None
        return Ciphertext(value) if value else self.empty()

    def empty(self) -> Any:
        """What an empty column means."""
        return None

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        return self.seal(model_instance)

    def get_db_prep_value(self, value: Any, connection: BaseDatabaseWrapper, prepared: bool = False) -> Any:
        if value == "" and self.empty_strings_allowed:
            value = Ciphertext()
        if value is not None and not isinstance(value, Ciphertext):
            raise TypeError(
                f"{self.name} is encrypted for its row: save instances instead of updating a queryset."
            )
        return super().get_db_prep_value(value, connection, prepared)

    def get_lookup(self, lookup_name: str) -> Any:
        return lookups.IsNull if lookup_name == "isnull" else None

    def get_transform(self, lookup_name: str) -> Any:
        return None

    def to_python(self, value: Any) -> Any:
        return value

    def value_to_string(self, obj: models.Model) -> str:
        raise TypeError(f"{self.name} is encrypted and is not part of a fixture.")


class EncryptedTextField(_EncryptedField):
    """A text; `max_length` limits what is typed."""

    _pyi_private_set_type: str
    _pyi_private_get_type: str  # type: ignore[assignment]
    description = "zaszyfrowany tekst"

    def dump(self, value: Any) -> bytes:
        if not isinstance(value, str):
            raise TypeError(f"{self.name} holds a text, not {type(value).__name__}.")
        return value.encode()

    def load(self, data: bytes) -> str:
        return data.decode()

    def empty(self) -> str:
        return ""

    def to_python(self, value: Any) -> Any:
        return value if value is None or isinstance(value, str | Ciphertext) else str(value)

    def formfield(self, **kwargs: Any) -> Any:
        if self.max_length is None:
            return super().formfield(**{"form_class": form_fields.LongTextField, **kwargs})
        limits: dict[str, Any] = {"form_class": form_fields.TextField, "max_length": self.max_length}
        return super().formfield(**limits | kwargs)


class EncryptedJSONField(_EncryptedField):
    """A document of texts, numbers, lists and objects."""

    _pyi_private_set_type: Any
    _pyi_private_get_type: Any
    description = "zaszyfrowany dokument"
    empty_strings_allowed = False
    empty_values = [None, "", [], {}]

    def dump(self, value: Any) -> bytes:
        text = json.dumps(value, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))
        return text.encode()

    def load(self, data: bytes) -> Any:
        return json.loads(data)

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        super().validate(value, model_instance)
        try:
            self.dump(value)
        except (TypeError, ValueError) as error:
            raise ValidationError("Ten dokument nie daje się zapisać.", code="invalid") from error

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": forms.JSONField, **kwargs})


class BlindAttribute(DeferredAttribute):
    """The index always follows the value beside it; nobody sets it."""

    field: "BlindIndexField"

    def __get__(self, instance: models.Model | None, cls: type[models.Model] | None = None) -> Any:
        if instance is None:
            return self
        data, source = instance.__dict__, self.field.source
        if source not in data:
            return super().__get__(instance, cls)
        if self.field.attname in data and isinstance(data[source], Ciphertext | models.Value):
            return data[self.field.attname]
        return self.field.fingerprint(getattr(instance, source))

    def __set__(self, instance: models.Model, value: Any) -> None:
        instance.__dict__[self.field.attname] = bytes(value) if value else None


class BlindIndexField(models.BinaryField):  # type: ignore[type-arg]
    """Finds the rows whose encrypted `source` equals a text, and tells nothing else.

    The lookups `exact` and `in` take the plain text in its canonical form. Fields with the same `label`
    (by default the source's name) have comparable indexes.
    """

    _pyi_private_set_type: bytes | None
    _pyi_private_get_type: bytes | None  # type: ignore[assignment]
    _pyi_lookup_exact_type: Any
    descriptor_class = BlindAttribute
    description = "ślepy indeks"

    def __init__(self, *args: Any, source: str, label: str = "", **kwargs: Any) -> None:
        self.source = source
        self.label = label
        kwargs |= {"null": True, "editable": False}
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("null", None)
        kwargs["source"] = self.source
        if self.label:
            kwargs["label"] = self.label
        return name, path, args, kwargs

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:
        super().contribute_to_class(cls, name, private_only)
        if not cls._meta.abstract:
            pre_save.connect(self._refuse_half, sender=cls)

    def _refuse_half(
        self, sender: Any, instance: models.Model, update_fields: Iterable[str] | None, **kwargs: Any
    ) -> None:
        saved = set(update_fields or ())
        forgotten = self.source in saved and self.name not in saved
        ahead = self.name in saved and self.source not in saved and self.source in instance.__dict__
        if forgotten or ahead:
            raise ValueError(f"{self.source} and {self.name} are saved together or not at all.")

    def fingerprint(self, value: Any) -> bytes | None:
        """The index of a plain value; nothing known has no index."""
        if value is None or value == "":
            return None
        return blind_index(index_key(), self.label or self.source, str(value))

    def from_db_value(self, value: Any, expression: Any, connection: BaseDatabaseWrapper) -> Any:
        return None if value is None else bytes(value)

    def get_prep_value(self, value: Any) -> Any:
        return self.fingerprint(value) if isinstance(value, str) else value

    def get_lookup(self, lookup_name: str) -> Any:
        return {"exact": lookups.Exact, "in": lookups.In, "isnull": lookups.IsNull}.get(lookup_name)

    def get_transform(self, lookup_name: str) -> Any:
        return None


class SealingQuerySet(models.QuerySet[M]):
    """A queryset whose `bulk_update` knows encrypted values and keeps their indexes in step."""

    def bulk_update(self, objs: Iterable[M], fields: Iterable[str], batch_size: int | None = None) -> int:
        rows, names = tuple(objs), set(fields)
        columns = self.model._meta.concrete_fields
        indexes = [field for field in columns if isinstance(field, BlindIndexField) and field.source in names]
        sealed = [field for field in columns if isinstance(field, _EncryptedField) and field.name in names]
        before = [(row, field.attname, getattr(row, field.attname)) for row in rows for field in sealed]
        try:
            for row in rows:
                for index in indexes:
                    setattr(row, index.attname, getattr(row, index.attname))
                for field in sealed:
                    # An expression is taken as it is; a plain value would not know its row.
                    row.__dict__[field.attname] = models.Value(field.seal(row), output_field=field)
            return super().bulk_update(rows, sorted(names | {index.name for index in indexes}), batch_size)
        finally:
            for row, name, value in before:
                row.__dict__[name] = value


def encrypted_fields(model: type[models.Model]) -> "Sequence[_EncryptedField]":
    """The encrypted columns that the model's own table holds."""
    return [field for field in model._meta.local_concrete_fields if isinstance(field, _EncryptedField)]
