"""How the duties towards people stand on a day, and what that stops."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, Q
from django.db.models.lookups import LessThan

from ipzs.enums import DutyEffect, DutyKind
from ipzs.models import DutyRecord, DutyRule, IssuedItem
from ipzs.queries.duties.ends import end_of
from ipzs.rules.duties import Done, Effect, Rule, Standing, standing
from ipzs.services.duties import built_in, rules
from participants.models import Participation
from reintegration.tenancy.enums import UnitType


@dataclass(frozen=True, slots=True)
class Missing:
    """A duty that was never done, or no longer holds."""

    kind: DutyKind
    name: str
    # Without it there are no first classes.
    blocks: bool
    # The last day on which it held; None when it was never done.
    until: date | None
    sentence: str


def as_rule(row: DutyRule) -> Rule:
    return Rule(Effect(row.effect), row.months, row.remind_days)


def standings(
    participation_ids: Iterable[UUID], day: date, *, of: Mapping[DutyKind, DutyRule] | None = None
) -> dict[UUID, dict[DutyKind, Standing]]:
    """How each duty that the unit has stands for each file, in two queries and those of the rules."""
    keys = list(participation_ids)
    own = {kind: row for kind, row in (of or rules()).items() if row.effect != DutyEffect.OFF}
    done: dict[tuple[UUID, str], list[Done]] = defaultdict(list)
    rows = DutyRecord.objects.filter(participation__in=keys, done_on__lte=day).order_by("done_on", "pk")
    for file_id, kind, *days in rows.values_list("participation_id", "kind", "done_on", "valid_until"):
        done[file_id, kind].append(Done(*days))
    issued: dict[tuple[UUID, str], list[Done]] = defaultdict(list)
    things = IssuedItem.objects.filter(
        Q(returned_on__isnull=True) | Q(returned_on__gt=day), participation__in=keys, issued_on__lte=day
    ).order_by("issued_on", "pk")
    for file_id, kind, *days in things.values_list("participation_id", "kind", "issued_on", "wear_until"):
        issued[file_id, kind].append(Done(*days))
    return {
        key: {
            kind: standing(as_rule(row), done[key, kind.value], issued[key, kind.value], day)
            for kind, row in own.items()
        }
        for key in keys
    }


def missing(participation_ids: Iterable[UUID], day: date) -> dict[UUID, tuple[Missing, ...]]:
    """What the unit still owes to each file on a day; what it has switched off is not asked for."""
    of = rules()
    return {
        key: tuple(_missing(kind, of[kind], one) for kind, one in found.items() if one.is_missing)
        for key, found in standings(participation_ids, day, of=of).items()
    }


def _missing(kind: DutyKind, rule: DutyRule, one: Standing) -> Missing:
    name = str(kind.label)
    return Missing(kind, name, rule.effect == DutyEffect.BLOCKS, one.until, one.sentence(name))


def entry_conditions(file: Participation, day: date) -> list[str]:
    """What has to be there on the day on which somebody comes for the first time (art. 14 ust. 2-4)."""
    return [one.sentence for one in missing([file.pk], day)[file.pk] if one.blocks]


def missing_paper(today: date) -> tuple[str, Q]:
    """Open files without a duty that the unit asks before the first class.

    The condition reads the unit's rules itself, so that a list of participants pays no query for them.
    """
    found = Q(pk__in=[])
    usual = {kind for kind, row in built_in().items() if row.effect == DutyEffect.BLOCKS}
    for kind in DutyKind:
        own = DutyRule.objects.filter(kind=kind)
        asked = Q(Exists(own.filter(effect=DutyEffect.BLOCKS)))
        if kind in usual:
            asked |= ~Exists(own) & Q(unit__unit_type=UnitType.CIS)
        found |= asked & Q(LessThan(end_of(kind, today), today))
    return "BHP, badania lub ochrona", Q(ended_on__isnull=True) & found
