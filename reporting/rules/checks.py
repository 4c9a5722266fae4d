"""Cells that must agree: which do not, with the sentence that says what to look at and where to begin."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from reporting.rules.layouts import Check, Layout, Relation, reckon


@dataclass(frozen=True, slots=True)
class Broken:
    """A check that fails: what both sides make, and the cells that they are made of."""

    check: Check
    left: Decimal
    right: Decimal

    @property
    def sentence(self) -> str:
        return self.check.sentence

    @property
    def key(self) -> str:
        return self.check.key

    @property
    def by(self) -> Decimal:
        """The difference: an explanation is of this one and of no other."""
        return self.left - self.right

    @property
    def cells(self) -> tuple[str, ...]:
        terms = (*self.check.left, *self.check.right)
        return tuple(dict.fromkeys(term.cell for term in terms if term.cell))


@dataclass(frozen=True, slots=True)
class Explanation:
    """What the unit says of a check that fails, and the difference of which it said it."""

    words: str
    by: Decimal


@dataclass(frozen=True, slots=True)
class Finding:
    """A check that fails, with what was said of it."""

    broken: Broken
    said: Explanation | None = None

    @property
    def words(self) -> str:
        return self.said.words if self.said is not None else ""

    @property
    def stale(self) -> bool:
        """Whether the difference is another one than when the explanation was written."""
        return self.said is not None and self.said.by != self.broken.by

    @property
    def answered(self) -> bool:
        return self.said is not None and not self.stale


def broken(layout: Layout, values: Mapping[str, Decimal]) -> Iterator[Broken]:
    """The checks that fail; one whose side has no value yet is not asked."""
    for check in layout.checks:
        left, right = reckon(check.left, values), reckon(check.right, values)
        if left is not None and right is not None and not holds(left, check.relation, right):
            yield Broken(check, left, right)


def holds(left: Decimal, relation: Relation, right: Decimal) -> bool:
    if relation is Relation.EQUAL:
        return left == right
    return left <= right if relation is Relation.AT_MOST else left >= right
