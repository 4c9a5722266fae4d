"""Registers of a synthetic country, and the years of its units counted."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Model

from reintegration.administration.generation.country import UnitPlan
from reintegration.administration.generation.steps import Phase, Work, generate_step, noon
from reintegration.core.dates import ONE_DAY
from reporting.enums import DecisionKind
from reporting.models import EntryVersion, RegisterEntry, StatusDecision
from reporting.rules.registers import last_day_of_status
from reporting.services import rollups

ACTIVITY = "stolarnia, kuchnia, zieleń i prace porządkowe"


@generate_step("registers", phase=Phase.OFFICE, order=10)
def registers(work: Work) -> None:
    mine = [unit for unit in work.country.plans() if unit.voivodeship == work.voivodeship]
    work.put(*(row for unit in mine for row in _entry(work, unit)))


def _entry(work: Work, unit: UnitPlan) -> Iterator[Model]:
    since = work.country.opened_on
    own: dict[str, Any] = {"organisation_id": work.country.office(work.voivodeship)}
    number = f"{unit.number}/{since.year}"
    entry = RegisterEntry(
        id=work.keys(), unit_type=unit.type, number=number, joined_id=unit.id, changed_at=noon(since), **own
    )
    yield entry
    founder = f"Podmiot Wymyślony {unit.number}"
    yield EntryVersion(
        id=work.keys(), entry=entry, since=since, name=f"{unit.type} „Wymyślony {unit.number}”",
        street="ul. Wymyślona 1", postcode="00-001", town=unit.town, gmina=unit.town, created_on=since,
        starts_on=since, activity=ACTIVITY if unit.is_cis else "", founder_name=founder, founder_kind="ngo",
        founder_town=unit.town, **own,
    )  # fmt: skip
    for place, (first, last) in enumerate(_terms(unit, since, work.country.until)):
        kind = (
            DecisionKind.ENTERED
            if last is None
            else DecisionKind.PROLONGED
            if place
            else DecisionKind.GRANTED
        )
        yield StatusDecision(
            id=work.keys(), entry=entry, kind=kind, number=f"PS.{number}/{place + 1}", decided_on=first,
            since=first, until=last, **own,
        )  # fmt: skip


def _terms(unit: UnitPlan, since: date, until: date) -> Iterator[tuple[date, date | None]]:
    """A KIS stands from its entry on; the status of a CIS is given for five years and prolonged."""
    if not unit.is_cis:
        yield since, None
        return
    first = since
    while first <= until:
        last = last_day_of_status(first)
        yield first, last
        first = last + ONE_DAY


@generate_step("counted years", phase=Phase.COUNTED, order=10)
def counted(work: Work) -> None:  # noqa: ARG001 - the scope says of which unit
    rollups.recount_changed()
