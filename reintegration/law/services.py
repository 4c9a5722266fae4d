"""What can be made to happen with the law: its files loaded, a value or a reading proposed and decided."""

from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse

from reintegration.core import clock, slots
from reintegration.core.dates import Month
from reintegration.core.errors import InputError
from reintegration.core.formats import format_long_date, format_month
from reintegration.law import kinds, readings, transitions, values
from reintegration.law.book import look_again
from reintegration.law.enums import Confidence, Evidence, Origin, State, Unit
from reintegration.law.models import Parameter, ParameterValue, Reading
from reintegration.law.months import first_open_month
from reintegration.law.queries import readings_of
from reintegration.law.sources import SourceParameter, SourceValue, read_sources
from reintegration.notices.services import raise_task, settle_task
from reintegration.tenancy.scope import current_scope

PROVENANCE = ("source", "checked_on", "evidence", "confidence")


class LawDiffers(RuntimeError):
    """A file and the table disagree about a value that stands; a person has to decide."""


def load_law() -> int:
    """Bring the reviewed files into the tables and return how many values are new.

    Values are added, never changed; of a value that stands already only the provenance is renewed. Runs
    in the operator's scope, after each migration.
    """
    return sum(_load_parameter(one) for one in read_sources())


def _load_parameter(found: SourceParameter) -> int:
    texts = {
        name: getattr(found, name)
        for name in ("group", "order", "label", "unit", "act", "article", "link", "note", "reaches_back")
    }
    parameter, created = Parameter.objects.get_or_create(key=found.key, defaults=texts)
    if not created:
        _renew(parameter, texts)
    standing = {one.since: one for one in parameter.values.filter(state=State.CONFIRMED).order_by("since")}
    return sum(_load_value(parameter, one, standing.get(one.since)) for one in found.values)


def _load_value(parameter: Parameter, found: SourceValue, standing: ParameterValue | None) -> bool:
    provenance = {name: getattr(found, name) for name in PROVENANCE}
    if standing is None:
        ParameterValue.objects.create(
            parameter=parameter,
            since=found.since,
            value=found.value,
            origin=Origin.FILE,
            state=State.CONFIRMED,
            **provenance,
        )
        return True
    if standing.value != found.value:
        message = (
            f"{parameter.key} from {found.since}: the file says {found.value}, the table {standing.value}."
        )
        raise LawDiffers(message)
    if standing.origin == Origin.FILE:
        _renew(standing, provenance)
    return False


def _renew(row: models.Model, texts: dict[str, object]) -> None:
    changed = [name for name, text in texts.items() if getattr(row, name) != text]
    if changed:
        for name in changed:
            setattr(row, name, texts[name])
        row.save(update_fields=changed)


def propose_value(
    *,
    parameter: Parameter,
    since: date,
    typed: str,
    source: str,
    evidence: Evidence,
    confidence: Confidence,
    by: UUID,
    today: date,
) -> ParameterValue:
    """Enter a new value, or with nothing typed confirm that the value of before stays."""
    unchanged = not typed.strip()
    if unchanged:
        value = _value_before(parameter, since)
    else:
        try:
            value = values.parse(typed, Unit(parameter.unit))
        except InputError as error:
            raise InputError(error.message, field="value") from error
    found = ParameterValue(
        parameter=parameter,
        since=since,
        value=value,
        unchanged=unchanged,
        source=source,
        checked_on=today,
        evidence=evidence,
        confidence=confidence,
        origin=Origin.OPERATOR,
        proposed_by_id=by,
        proposed_at=clock.now(),
    )
    if parameter.values.filter(since=since, state=State.CONFIRMED).exists():
        raise InputError(f"Od {format_long_date(since)} jest już wartość. Wpisz inny dzień.", field="since")
    _check(found, field="since")
    found.save(force_insert=True)
    raise_task(
        kind=kinds.VALUE_WAITING.key,
        key=str(found.pk),
        title=f"Do potwierdzenia: {parameter.label}",
        text=f"Od {format_long_date(since)}: {values.show(value, Unit(parameter.unit))}.",
        link=reverse("law:parameter", args=[parameter.key]),
    )
    return found


def _value_before(parameter: Parameter, since: date) -> str:
    before = parameter.values.filter(state=State.CONFIRMED, since__lt=since).order_by("-since").first()
    if before is None:
        raise InputError("Przed tym dniem nie ma wartości, więc wpisz ją.", field="value")
    return before.value


def _check(row: ParameterValue | Reading, *, field: str) -> None:
    try:
        row.validate_constraints()
    except ValidationError as error:
        raise InputError(error.messages[0], field=field) from error


def confirm_value(*, pk: UUID, by: UUID) -> ParameterValue:
    """Let a proposed value stand; a second person does it."""
    row = transitions.lock(ParameterValue, pk)
    if row.parameter.values.filter(since=row.since, state=State.CONFIRMED).exists():
        raise InputError("Od tego dnia jest już potwierdzona wartość. Wycofaj ten wpis.")
    transitions.confirm(row, by=by, at=clock.now())
    look_again()
    settle_task(kind=kinds.VALUE_WAITING.key, key=str(row.pk))
    if row.parameter.key == "allowance":
        settle_task(kind=kinds.INDEXATION.key, key=row.since.isoformat())
    return row


def withdraw_value(*, pk: UUID, by: UUID, today: date) -> ParameterValue:
    """Withdraw a proposal, or a confirmed value before its first day."""
    row = transitions.lock(ParameterValue, pk)
    if row.stands and (row.since <= today or row.origin == Origin.FILE):
        raise InputError("Ta wartość obowiązuje. Nową wpisz od innego dnia.")
    transitions.withdraw(row, by=by, at=clock.now())
    look_again()
    settle_task(kind=kinds.VALUE_WAITING.key, key=str(row.pk))
    return row


def remind_of_indexation(gap: date | None) -> None:
    """Keep the operator's task while a 1 June has no allowance; runs in the operator's scope."""
    if gap is None:
        return
    raise_task(
        kind=kinds.INDEXATION.key,
        key=gap.isoformat(),
        title=f"Zasiłek od {format_long_date(gap)}: wpisz albo potwierdź",
        text="Minął 1 czerwca, a program liczy dotychczasową kwotą.",
        link=reverse("law:value_new", args=["allowance"]),
    )


def propose_reading(*, key: str, value: str, since: Month, by: UUID, today: date) -> Reading:
    """Propose how the unit reads an open point from a month on; a second person confirms."""
    unit_id = current_scope().organisation_id
    try:
        readings.checked(key, value)
    except InputError as error:
        raise InputError(error.message, field="value") from error
    refuse_reaching_back(unit_id, key, since, today=today)
    found = Reading(
        unit_id=unit_id,
        key=key,
        value=value,
        since_month=since.first,
        proposed_by_id=by,
        proposed_at=clock.now(),
    )
    _check(found, field="value")
    found.save(force_insert=True)
    spec = readings.READINGS[key]
    raise_task(
        kind=kinds.READING_WAITING.key,
        key=str(found.pk),
        title=f"Do potwierdzenia: {spec.label}",
        text=f"Od miesiąca {format_month(since)}: {spec.label_of(value)}.",
        link=reverse("law:reading", args=[key]),
    )
    return found


def refuse_reaching_back(unit_id: UUID, key: str, since: Month, *, today: date) -> None:
    """A reading governs whole months from now on; a month that is closed keeps what it was counted with.

    A month without any answer may still get its first one: nothing can have been counted by it.
    """
    if key not in readings_of(unit_id, since):
        return
    first = first_open_month(unit_id, today=today)
    if since < first:
        raise InputError(
            f"Odczyt nie działa wstecz. Najwcześniejszy miesiąc: {format_month(first)}.", field="since"
        )


def confirm_reading(*, pk: UUID, by: UUID, today: date) -> Reading:
    """Let a reading stand. Its month is looked at again: time passes between the two people."""
    row = transitions.lock(Reading, pk)
    if row.waits:
        refuse_reaching_back(row.unit_id, row.key, Month.of(row.since_month), today=today)
    transitions.confirm(row, by=by, at=clock.now())
    settle_task(kind=kinds.READING_WAITING.key, key=str(row.pk))
    for provider in slots.providers("law.reading_confirmed"):
        provider()
    return row


def withdraw_reading(*, pk: UUID, by: UUID) -> Reading:
    row = transitions.withdraw(transitions.lock(Reading, pk), by=by, at=clock.now())
    settle_task(kind=kinds.READING_WAITING.key, key=str(row.pk))
    return row
