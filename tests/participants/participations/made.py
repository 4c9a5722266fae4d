"""Persons and files on their way, made by the services themselves. All names are invented."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

from ipzs.queries import duties as duty_queries
from ipzs.services import duties
from participants.models import Agreement, Participation, Person
from participants.services import participations as services
from reintegration.core import clock, slots
from reintegration.core.identifiers import false_pesel

TODAY = date(2026, 11, 20)
OPENED = date(2026, 3, 1)
SIGNED = date(2026, 3, 2)
TRIAL = date(2026, 3, 9)


def person(name: str = "Marek Dąbek", serial: int = 0, **given: Any) -> Person:
    first_name, _, last_name = name.partition(" ")
    values = {"first_name": first_name, "last_name": last_name, "made_at": clock.now(), "sex": "M"}
    if serial:
        values["pesel"] = false_pesel(date(1885, 5, 4), serial, "M")
    else:
        values["no_pesel"] = "unknown"
    return Person.objects.create(**values | given)


def candidate(name: str = "Marek Dąbek", opened_on: date = OPENED, **given: Any) -> Participation:
    return services.open_participation(person_id=person(name, **given).pk, opened_on=opened_on)


def agreed(file: Participation, on: date = SIGNED) -> Agreement:
    """Sign the programme of a file and have it agreed on the same day."""
    asked = services.ask_agreement(participation_id=file.pk, body_name="OPS Modrzewno", signed_on=on)
    return services.record_answer(
        agreement_id=asked.pk, agreed=True, remarks="", name="Paweł Tarnina", answered_on=on
    )


def ready(file: Participation) -> None:
    """Do what the unit asks before the first class, so that only the programme is left."""
    today = clock.today()
    for one in duty_queries.missing([file.pk], today)[file.pk]:
        if one.blocks:
            data = duties.DutyData(one.kind.value, today, valid_until=today + timedelta(days=364))
            duties.record_duty(participation_id=file.pk, data=data)


@contextmanager
def alone() -> Iterator[None]:
    """What other rooms ask before the first day is theirs to test."""
    held = slots._filled.pop("participants.entry_conditions", None)
    try:
        yield
    finally:
        if held is not None:
            slots._filled["participants.entry_conditions"] = held


def in_trial(name: str = "Marek Dąbek", since: date = TRIAL, **given: Any) -> Participation:
    file = candidate(name, opened_on=min(OPENED, since), **given)
    agreed(file, on=min(SIGNED, since))
    ready(file)
    with alone():
        services.start_trial(participation_id=file.pk, since=since)
    file.refresh_from_db()
    return file


def in_classes(name: str = "Marek Dąbek", since: date = TRIAL, **given: Any) -> Participation:
    file = in_trial(name, since, **given)
    services.qualify(participation_id=file.pk)
    return file


def ended(name: str = "Marek Dąbek", on: date = TODAY - timedelta(days=5), **given: Any) -> Participation:
    file = in_classes(name, **given)
    return services.end_participation(
        participation_id=file.pk, ended_on=on, reason="job", destination="open_market"
    )
