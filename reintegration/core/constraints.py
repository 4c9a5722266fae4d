"""Constraints on spans of days that every table with a span states beside its fields."""

from collections.abc import Sequence

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField
from django.db.models import CheckConstraint, F, Func, Q, TextField, Value


def span_ordered(since: str, until: str, *, name: str) -> CheckConstraint:
    """A span ends on its first day or later; without an end it is open."""
    return CheckConstraint(
        condition=Q(**{f"{until}__isnull": True}) | Q(**{f"{until}__gte": F(since)}),
        name=name,
        violation_error_message="Koniec nie może być wcześniejszy niż początek.",
    )


def exclude_overlap(
    *keys: str,
    texts: Sequence[str] = (),
    since: str,
    until: str,
    name: str,
    message: str,
    where: Q | None = None,
) -> ExclusionConstraint:
    """No two rows with the same keys (columns of UUIDs, then of texts) have a day in common.

    A range of one key stands in for equality, which GiST knows for these types only by an extension. A
    row without one of the keys would be a range without ends, so it stays outside the constraint.
    """
    types = dict.fromkeys(keys, "uuidrange") | dict.fromkeys(texts, "textrange")
    present = Q(**{f"{key}__isnull": False for key in types})
    return ExclusionConstraint(
        name=name,
        expressions=[
            *(
                (Func(F(key), F(key), Value("[]"), function=range_type, output_field=TextField()), "&&")
                for key, range_type in types.items()
            ),
            (
                Func(F(since), F(until), Value("[]"), function="daterange", output_field=DateRangeField()),
                "&&",
            ),
        ],
        condition=present if where is None else present & where,
        violation_error_message=message,
    )
