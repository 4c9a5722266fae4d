"""The duties of one file, as its tab shows them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ipzs.enums import DutyEffect, DutyKind
from ipzs.models import DutyRecord, DutyRule
from ipzs.queries.duties.standing import standings
from ipzs.rules.duties import Standing, State
from ipzs.services.duties import rules
from participants.models import Participation
from reintegration.core.components import Badge
from reintegration.core.formats import format_table_date


@dataclass(frozen=True, slots=True)
class DutyLine:
    """One duty of the checklist with its entries, the newest first."""

    kind: DutyKind
    rule: DutyRule
    standing: Standing | None
    badge: Badge
    records: Sequence[DutyRecord]

    @property
    def name(self) -> str:
        return str(self.kind.label)

    @property
    def done_on(self) -> date | None:
        """The day of what counts, an entry or a thing in use."""
        found = self.standing.done if self.standing is not None else None
        return found.done_on if found is not None else None

    @property
    def done_by(self) -> str:
        return self.records[0].done_by if self.records else ""

    @property
    def is_asked(self) -> bool:
        return self.rule.effect != DutyEffect.OFF

    @property
    def blocks(self) -> bool:
        return self.rule.effect == DutyEffect.BLOCKS

    @property
    def is_handed_out(self) -> bool:
        return self.kind in {DutyKind.CLOTHING, DutyKind.PROTECTION}


def lines_of(file: Participation, *, today: date) -> list[DutyLine]:
    """The duties that the unit has, and those that have entries from the time when it had them."""
    of = rules()
    found = standings([file.pk], today, of=of)[file.pk]
    records: dict[str, list[DutyRecord]] = {}
    rows = DutyRecord.objects.filter(participation=file).select_related("made_by")
    for row in rows.order_by("-done_on", "-pk"):
        records.setdefault(row.kind, []).append(row)
    return [
        DutyLine(kind, rule, found.get(kind), _badge(found.get(kind), rule), records.get(kind.value, []))
        for kind, rule in of.items()
        if kind in found or kind.value in records
    ]


def _badge(one: Standing | None, rule: DutyRule) -> Badge:
    if one is None:
        return Badge("nie dotyczy")
    until = format_table_date(one.until) if one.until is not None else ""
    if one.state is State.MISSING:
        return Badge("brak", "bad" if rule.effect == DutyEffect.BLOCKS else "warn")
    if one.state is State.EXPIRED:
        return Badge(f"ważne było do {until}", "bad")
    if one.state is State.ENDING:
        return Badge(f"kończy się {until}", "warn")
    return Badge(f"ważne do {until}" if until else "jest", "ok")
