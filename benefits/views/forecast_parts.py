"""What the page of the first payment, for a unit and for whoever refers, has in common."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from benefits.enums import HealthKind
from benefits.queries.health import terms_on
from benefits.rules.forecast import Living, Payment
from benefits.rules.health import Cover, Entry, Title, begins_on, until_insured
from benefits.views import health_words as words
from reintegration.core import clock
from reintegration.core.dates import DateSpan
from reintegration.core.formats import format_money, format_table_date


def query_of(asked: Mapping[str, Any]) -> dict[str, str]:
    """The question as an address says it, as its form reads it back."""
    shown = {date: format_table_date, Decimal: lambda one: format_money(one, unit=False), bool: _yes}
    return {
        name: shown.get(type(value), str)(value) for name, value in asked.items() if value not in (None, "")
    }


def _yes(value: bool) -> str:
    return "yes" if value else "no"


def living(asked: Mapping[str, Any], payments: Sequence[Payment]) -> Living | None:
    """What the OPS gives beside a typical month of the benefit; nothing where nobody typed it."""
    told = asked.get("help_now"), asked.get("help_then")
    if not payments or told == (None, None):
        return None
    return Living(*told, payments[-1].to_pay)


def entry_of(start: date, titles: Sequence[Title], *, known: bool) -> Entry:
    terms = terms_on(start)
    since = min(start, clock.today())
    return Entry(until_insured(start, titles, terms, seen_from=since), begins_on(start, terms), known)


def asked_titles(asked: Mapping[str, Any]) -> tuple[list[Title], bool]:
    """The insurance that was typed, and whether anything was."""
    kind, until = asked.get("insured", ""), asked.get("insured_until")
    if kind in {"", HealthKind.NONE}:
        return [], kind == HealthKind.NONE
    since = min(one for one in (clock.today(), asked["start"], until) if one is not None)
    return [Title(Cover(kind), DateSpan(since, until))], True


def parts(asked: Mapping[str, Any], payments: Sequence[Payment], entry: Entry | None) -> dict[str, Any]:
    """What the page shows below the payments."""
    if entry is None or not payments:
        return {}
    today = clock.today()
    return {
        "living": living(asked, payments),
        "entry": entry,
        "gap": DateSpan(entry.gap.since, entry.gap.until) if entry.gap is not None else None,
        "strip": words.strip(entry.segments, today),
        "covers": [
            (one, words.WORDS[one.cover], words.LAW.get(one.cover, ""), one is entry.last and not one.is_gap)
            for one in entry.segments
        ],
    }
