"""Part I of a report: who the unit is, from its own data and from what the register says of it on a day."""

from collections.abc import Collection
from datetime import date
from typing import Any

from reintegration.core.formats import format_table_date
from reintegration.tenancy.enums import FounderKind
from reintegration.tenancy.models import Unit
from reintegration.tenancy.scope import current_scope
from reporting.enums import DecisionKind, Standing
from reporting.models import StatusDecision
from reporting.queries.registers import TERMS, entry_on, known_on

_OF_VERSION = (
    "name", "regon", "street", "postcode", "town", "gmina", "powiat", "phone", "email", "founder_street",
    "founder_postcode", "founder_town", "founder_nip", "founder_regon", "founder_krs", "activity",
    "service_places",
)  # fmt: skip


def identity(day: date) -> dict[str, str]:
    """What is known of the unit that works now; where the register is silent, its own data speak."""
    unit = Unit.objects.select_related("organisation", "founder").get(pk=current_scope().organisation_id)
    own = _own(unit)
    version = entry_on(unit.pk, day)
    if version is None:
        return own
    # What was decided later is not known on the day, though it may already stand in the register.
    terms = StatusDecision.public.filter(known_on(day), entry=version.entry_id, kind__in=TERMS)
    said = told(version, list(terms.order_by("since", "pk")))
    return own | {key: value for key, value in said.items() if value}


def _own(unit: Unit) -> dict[str, str]:
    place, founder = unit.organisation, unit.founder
    return {
        **{name: getattr(place, name) for name in ("name", "regon", "nip", "street", "postcode", "town")},
        "phone": place.phone,
        "email": place.email,
        "founder": founder.name,
        "founder_kind": FounderKind(founder.kind).label,
        **{
            f"founder_{name}": getattr(founder, name)
            for name in ("street", "postcode", "town", "nip", "regon", "krs")
        },
        "number": unit.register_number,
        "starts_on": format_table_date(place.opened_on),
    }


def told(version: Any, terms: Collection[StatusDecision] = ()) -> dict[str, str]:
    """What a row of `registers.on_day` says, in words; `terms` are those decided until that day.

    How often a status was given nobody can tell whose old register says only from when and until when.
    """
    times = 0 if any(one.imported for one in terms) else _times(terms)
    return {
        **{name: getattr(version, name) for name in _OF_VERSION},
        "founder": version.founder_name,
        "founder_kind": FounderKind(version.founder_kind).label,
        "number": version.entry.number,
        "standing": Standing(version.standing).label,
        "since": _day(version.given_on),
        "times": str(times or ""),
        "last_since": _day(version.granted_on),
        "until": _day(version.valid_until),
        "ended": _day(version.ended_on),
        "starts_on": _day(version.starts_on),
    }


def _times(terms: Collection[StatusDecision]) -> int:
    return sum(one.kind != DecisionKind.ENTERED for one in terms)


def _day(day: date | None) -> str:
    return "" if day is None else format_table_date(day)
