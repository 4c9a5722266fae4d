"""People who left, made by the services themselves. All names are invented."""

from datetime import date, timedelta
from typing import Any

from ipzs.enums import Area, Dimension, Form, MeetingState
from ipzs.models import ClassMeeting, ClassPresence, DayMark, PracticalSkill, Service, Workshop, WorkshopPlace
from participants.models import Participation
from participants.services import participations as services
from reintegration.core import clock
from reintegration.tenancy.scope import current_scope
from tests.participants.participations.made import (
    SIGNED,
    TODAY,
    TRIAL,
    alone,
    candidate,
    in_classes,
    in_trial,
)

LEFT = TODAY - timedelta(days=5)


def left(name: str = "Marek Dąbek", on: date = LEFT, **given: Any) -> Participation:
    """Eight months in a CIS, then work; a few days earlier than planned."""
    file = in_classes(name, **given)
    return _ended(file, on)


def left_trial(name: str = "Alicja Tuja", **given: Any) -> Participation:
    file = in_trial(name, since=date(2026, 10, 5), **given)
    return services.end_participation(
        participation_id=file.pk, ended_on=date(2026, 10, 20), reason="statement", destination="inactive"
    )


def left_club(name: str = "Ilona Czeremcha", reason: str = "job", **given: Any) -> Participation:
    """Eight months in a KIS."""
    file = candidate(name, **given)
    services.sign_programme(participation_id=file.pk, signed_on=SIGNED)
    with alone():
        services.qualify(participation_id=file.pk, since=TRIAL, until=date(2027, 3, 8))
    return _ended(file, LEFT, reason)


def _ended(file: Participation, on: date, reason: str = "job") -> Participation:
    return services.end_participation(
        participation_id=file.pk, ended_on=on, reason=reason, destination="open_market"
    )


def course(file: Participation) -> None:
    """A day of classes, an hour of counselling by the journal, a workshop and a skill."""
    user_id = current_scope().user_id
    day = date(2026, 5, 11)
    service = Service.objects.create(
        name="Doradztwo zawodowe", area=Area.VOCATIONAL, form=Form.BOTH, dimension=Dimension.PROMOTIONAL
    )
    meeting = ClassMeeting.objects.create(
        service=service, leader_id=user_id, day=day, begins="10:00", ends="11:30", hours=2,
        topic="Jak szukać pracy", state=MeetingState.HELD,
    )  # fmt: skip
    who = {"participation": file, "person_id": file.person_id}
    ClassPresence.objects.create(meeting=meeting, day=day, hours=2, **who)
    DayMark.objects.create(
        day=day, kind="present", hours=6, marked_by_id=user_id, marked_at=clock.now(), **who
    )
    shop = Workshop.objects.create(name="Stolarnia", opened_on=date(2026, 1, 1))
    WorkshopPlace.objects.create(workshop=shop, since=TRIAL, **who)
    PracticalSkill.objects.create(
        name="Montuje meble z gotowych części", acquired_on=day, confirmed_by_id=user_id, workshop=shop, **who
    )
