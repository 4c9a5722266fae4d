"""The book of confirmed values that a process keeps, and how it notices that a new one stands."""

from collections.abc import Iterable
from contextvars import ContextVar
from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from reintegration.core.planned import planned
from reintegration.law.enums import State, Unit
from reintegration.law.models import Parameter, ParameterValue
from reintegration.law.values import DatedValue, LawBook, LawParameter
from reintegration.tenancy.scope import scope_or_none

_EDITION = "SELECT md5(string_agg(id::text, ',' ORDER BY id)) FROM law_parametervalue WHERE state = %s"


@dataclass(slots=True)
class _Shelf:
    edition: str = ""
    book: LawBook | None = None


_shelf = _Shelf()
# The scope (by its request) that has looked already, and the edition it found.
_looked: ContextVar[tuple[UUID, str] | None] = ContextVar("law_edition", default=None)


def law_book() -> LawBook:
    """The confirmed values: no query when this scope has looked already, one when nothing is new."""
    current = scope_or_none()
    if (
        current is not None
        and _shelf.book is not None
        and _looked.get() == (current.request_id, _shelf.edition)
    ):
        return _shelf.book
    edition = _edition()
    if edition != _shelf.edition or _shelf.book is None:
        _shelf.edition, _shelf.book = edition, _read()
    if current is not None:
        _looked.set((current.request_id, edition))
    return _shelf.book


def look_again() -> None:
    """Forget that this scope has looked, because it has just changed what stands."""
    _looked.set(None)


def _edition() -> str:
    """Values that stand never change, so their ids together name the edition, even after a rollback."""
    with planned() as cursor:
        cursor.execute(_EDITION, [State.CONFIRMED.value])
        (edition,) = cursor.fetchone()
    return edition or ""


def _read() -> LawBook:
    rows = (
        ParameterValue.objects.filter(state=State.CONFIRMED)
        .select_related("parameter")
        .order_by("parameter__group", "parameter__order", "parameter_id", "since")
    )
    return LawBook.of(
        as_law(parameter, values) for parameter, values in groupby(rows, key=lambda row: row.parameter)
    )


def as_law(parameter: Parameter, values: Iterable[ParameterValue]) -> LawParameter:
    return LawParameter(
        key=parameter.key,
        label=parameter.label,
        unit=Unit(parameter.unit),
        act=parameter.act,
        article=parameter.article,
        values=tuple(DatedValue(one.since, one.value, one.source) for one in values),
        reaches_back=parameter.reaches_back,
    )
