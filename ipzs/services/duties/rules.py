"""What a unit asks before the first class, and how long a duty holds."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ipzs import catalogue
from ipzs.enums import DutyEffect, DutyKind
from ipzs.models import DutyRule
from participants.rules.codes import UnitType
from participants.services.participations.common import stored, unit_type


@dataclass(frozen=True, slots=True)
class RuleData:
    """How a unit takes one duty."""

    kind: str
    effect: str
    months: int | None = None
    remind_days: int = 30


def rules() -> dict[DutyKind, DutyRule]:
    """The rule of every duty: the unit's own, or the one that is built in.

    Art. 14 binds a CIS alone; a KIS switches on what it takes over for itself.
    """
    own = {DutyKind(row.kind): row for row in DutyRule.objects.order_by("pk")}
    missing = [kind for kind in DutyKind if kind not in own]
    if missing:
        usual = built_in() if unit_type() is UnitType.CIS else {}
        for kind in missing:
            own[kind] = usual.get(kind) or DutyRule(kind=kind.value, effect=DutyEffect.OFF.value)
    return {kind: own[kind] for kind in DutyKind}


def built_in() -> Mapping[DutyKind, DutyRule]:
    """The first of a kind in the catalogue says how strict it is."""
    found: dict[DutyKind, DutyRule] = {}
    for one in catalogue.duties():
        if one.kind.value in DutyKind.values:
            made = DutyRule(kind=one.kind.value, effect=one.effect.value, months=one.months)
            found.setdefault(DutyKind(one.kind.value), made)
    return found


def set_rules(*, wanted: Iterable[RuleData]) -> list[DutyRule]:
    """Change how the unit takes its duties; entries that stand keep the term they were given."""
    own = {row.kind: row for row in DutyRule.objects.select_for_update(of=("self",)).order_by("pk")}
    made = []
    for one in wanted:
        row = own.get(one.kind) or DutyRule(kind=one.kind)
        row.effect, row.months, row.remind_days = one.effect, one.months, one.remind_days
        made.append(stored(row))
    return made
