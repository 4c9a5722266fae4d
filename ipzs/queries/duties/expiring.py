"""What runs out in the whole unit: a row for each person in care, a column for each duty."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db.models import DateField, QuerySet, Value
from django.db.models.functions import Least

from ipzs.enums import DutyEffect, DutyKind
from ipzs.models import DutyRule
from ipzs.queries.duties.ends import ALWAYS, NEVER, end_of
from participants.models import Participation
from participants.queries.participations import in_care
from reintegration.core.components import Badge
from reintegration.core.formats import format_table_date

SHORT = {
    DutyKind.SAFETY: "BHP",
    DutyKind.MEDICAL: "Badania",
    DutyKind.CLOTHING: "Odzież",
    DutyKind.PROTECTION: "Ochrona",
    DutyKind.MEAL: "Posiłek",
    DutyKind.ACCIDENT_COVER: "Wypadki",
    DutyKind.SPECIALISTS: "Specjaliści",
}
# What a list shows unasked.
SOON_DAYS = 60


def asked_for(of: Mapping[DutyKind, DutyRule]) -> list[DutyKind]:
    return [kind for kind, row in of.items() if row.effect != DutyEffect.OFF]


def expiring(kinds: list[DutyKind], *, today: date) -> QuerySet[Any]:
    """Files in care with the last day of each duty (`end_safety`…) and the first of them (`first_end`)."""
    rows = in_care(Participation.objects.select_related("person", "case_manager"), today=today)
    rows = rows.annotate(**{f"end_{kind.value}": end_of(kind, today) for kind in kinds})
    names = [f"end_{kind.value}" for kind in kinds]
    if len(names) > 1:
        return rows.annotate(first_end=Least(*names))
    if names:
        return rows.annotate(first_end=end_of(kinds[0], today))
    # Nothing is asked for, so nothing runs out; the list still orders by the column.
    return rows.filter(pk__in=[]).annotate(first_end=Value(ALWAYS, output_field=DateField()))


def soon(today: date) -> dict[str, date]:
    """The filter of those whose duty is missing or ends in the coming two months."""
    return {"first_end__lte": today + timedelta(days=SOON_DAYS)}


def needs_work(of: Mapping[DutyKind, DutyRule], *, today: date) -> QuerySet[Any]:
    """Whose duty is missing or runs out within the unit's time for a reminder, the most urgent first."""
    kinds = asked_for(of)
    longest = max((of[kind].remind_days for kind in kinds), default=0)
    rows = expiring(kinds, today=today)
    if not kinds:
        return rows
    found = rows.filter(first_end__lte=today + timedelta(days=longest))
    return found.order_by("first_end", "person__name_order", "pk")


def ends(row: Any, kinds: list[DutyKind]) -> dict[DutyKind, date]:
    return {kind: getattr(row, f"end_{kind.value}") for kind in kinds}


def badge(end: date, rule: DutyRule, *, today: date) -> Badge | date | str:
    """The state of one duty in a cell of a list; what holds for long is a plain day."""
    if end == NEVER:
        return Badge("brak", "bad" if rule.effect == DutyEffect.BLOCKS else "warn")
    if end == ALWAYS:
        return "jest"
    text = f"do {format_table_date(end)}"
    if end < today:
        return Badge(text, "bad")
    return Badge(text, "warn") if end - timedelta(days=rule.remind_days) <= today else end


def words(row: Any, of: Mapping[DutyKind, DutyRule], *, today: date) -> str:
    """What asks for work with one person: `Brak: posiłek. Po terminie: odzież. Badania do 30.11.2026.`"""
    never, late, soon_over = [], [], []
    for kind, end in ends(row, asked_for(of)).items():
        name = str(kind.label)
        if end == NEVER:
            never.append(name)
        elif end < today:
            late.append(name)
        elif end - timedelta(days=of[kind].remind_days) <= today:
            soon_over.append(f"{name} do {format_table_date(end)}")
    said = [("Brak", never), ("Po terminie", late), ("Kończy się", soon_over)]
    return " ".join(f"{word}: {', '.join(names)}." for word, names in said if names)
