"""Duties and accidents, made by the services themselves in the current scope. All names are invented."""

from datetime import date, datetime, timedelta
from typing import Any

from ipzs.models import Accident, DutyRecord, IssuedItem
from ipzs.services import duties as services
from participants.models import Participation
from reintegration.core import clock

TODAY = date(2026, 11, 20)
CHECKED = date(2026, 3, 2)


def done(file: Participation, kind: str = "safety", on: date = CHECKED, **given: Any) -> DutyRecord:
    if kind == "medical":
        given.setdefault("valid_until", on + timedelta(days=364))
    data = services.DutyData(kind, on, **given)
    return services.record_duty(participation_id=file.pk, data=data)


def issued(
    file: Participation,
    kind: str = "clothing",
    name: str = "ubranie robocze",
    on: date = CHECKED,
    **given: Any,
) -> IssuedItem:
    item = services.ItemData(kind, name, **given)
    return services.issue_items(participation_id=file.pk, issued_on=on, items=[item])[0]


def accident_data(**given: Any) -> services.AccidentData:
    values = {
        "happened_at": clock.now() - timedelta(days=2),
        "place": "stolarnia",
        "circumstances": "Poślizgnięcie na mokrej podłodze.",
    }
    return services.AccidentData(**{**values, **given})


def accident(file: Participation, reported_on: date | None = None, **given: Any) -> Accident:
    day = reported_on or clock.today() - timedelta(days=1)
    return services.report_accident(participation_id=file.pk, data=accident_data(**given), reported_on=day)


def examined(file: Participation, **given: Any) -> Accident:
    made = accident(file, **{"injury": "Stłuczone kolano.", "witnesses": "Jan Dereń"} | given)
    return services.examine_accident(accident_id=made.pk)


def confirmed(file: Participation) -> Accident:
    made = examined(file)
    return services.confirm_accident(accident_id=made.pk, protocol_on=clock.today())


def at(day: date, hour: int = 10) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=clock.WARSAW)
