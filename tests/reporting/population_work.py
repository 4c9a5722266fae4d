"""What a unit does, made in bulk as dice fall: classes, talks, days in workshops, and who works there."""

from collections.abc import Callable
from datetime import date, time, timedelta
from decimal import Decimal
from random import Random
from uuid import UUID

from ipzs.models import ClassMeeting, ClassPresence, DayMark, Service, Workshop
from participants.models import CardEntry, Participation
from reintegration.core import clock
from reintegration.tenancy.enums import StaffKind, WorkBasis
from reintegration.tenancy.models import StaffMember
from reintegration.tenancy.scope import current_scope

FIRST = date(2025, 1, 1)
# No key stands here: keys are as random as the day, and the same dice choose the same rows.
BY_STAFF = ("last_name", "since", "kind", "basis", "fte", "until")
SERVICES = {
    "career_advice": ("Poradnictwo zawodowe", "vocational"),
    "money_management": ("Gospodarowanie pieniędzmi", "social"),
    "psychologist": ("Poradnictwo psychologiczne", "social"),
    "computer": ("Komputer i internet", "vocational"),
    "": ("Nasza świetlica", "social"),
}


def _day(dice: Random) -> date:
    return FIRST + timedelta(days=dice.randint(0, (clock.today() - FIRST).days))


def work(dice: Random) -> None:
    """Classes of so many services, talks with a name of one of them or of none, marks, and staff."""
    user_id = current_scope().user_id
    services = [
        Service.objects.create(
            key=key, name=name, area=area, form="both", dimension="promotional", provider="own"
        )
        for key, (name, area) in SERVICES.items()
    ]
    shop = Workshop.objects.create(kind="workshop", name="Próbna", opened_on=FIRST)
    meetings = [
        ClassMeeting.objects.create(
            service=dice.choice(services), leader_id=user_id, day=_day(dice), begins=time(9), ends=time(11),
            hours=dice.randint(1, 4), topic=f"Temat {place:02}",
            state=dice.choice(["held", "held", "held", "planned"]),
        )
        for place in range(40)
    ]  # fmt: skip
    for file in Participation.objects.order_by("number"):
        for meeting in dice.sample(meetings, dice.randint(0, 6)):
            ClassPresence.objects.create(
                meeting=meeting, participation=file, person_id=file.person_id, day=meeting.day,
                hours=Decimal(dice.randint(1, 30)) / 10,
            )  # fmt: skip
        for number in range(dice.randint(0, 3)):
            CardEntry.objects.create(
                participation=file, person_id=file.person_id, held_on=_day(dice), author_id=user_id,
                kind=dice.choice(["counselling", "counselling", "note"]), author_name="Ktoś",
                minutes=dice.choice([None, 20, 30, 50]), course="Przebieg",
                made_at=clock.now() - timedelta(minutes=number),
                service=dice.choice(["", "Rozmowa", "komputer i internet", "Nasza świetlica"]),
            )  # fmt: skip
        for day in sorted({_day(dice) for _ in range(dice.randint(0, 5))}):
            if not DayMark.objects.filter(person=file.person_id, day=day).exists():
                kind = dice.choice(["present", "present", "employer", "sick"])
                DayMark.objects.create(
                    participation=file, person_id=file.person_id, day=day, kind=kind, marked_by_id=user_id,
                    marked_at=clock.now(), workshop=shop if dice.random() < 0.6 else None,
                    hours=None if kind == "sick" else Decimal(dice.randint(8, 32)) / 4,
                )  # fmt: skip
    for place in range(12):
        hire(place, dice)


def hire(place: int, dice: Random) -> None:
    """Somebody on the staff; some are there under two agreements, and some have a namesake."""
    kind = StaffKind.VOLUNTEER if place % 4 == 3 else dice.choice(StaffKind.values)
    volunteer = kind == StaffKind.VOLUNTEER
    basis = WorkBasis.VOLUNTEERING if volunteer else dice.choice(WorkBasis.values[:-1])
    since = FIRST + timedelta(days=dice.randint(-300, 600))
    StaffMember.objects.create(
        first_name="Kadra", last_name=f"Numer {place % 7}", kind=kind, basis=basis, since=since,
        person_key=UUID(int=current_scope().organisation_id.int ^ place % 9),
        until=dice.choice([None, None, since + timedelta(days=dice.randint(0, 400))]),
        fte=Decimal(0) if volunteer else Decimal(dice.choice([250, 500, 1000])) / 1000,
    )  # fmt: skip


def correct_work(dice: Random) -> None:
    """Something of the work turns out to have been otherwise."""
    dice.choice(CORRECTIONS)(dice)


def _other_meeting(dice: Random) -> None:
    row = dice.choice(ClassMeeting.objects.order_by("topic"))
    row.state = "planned" if row.state == "held" else "held"
    row.save()


def _other_day(dice: Random) -> None:
    """A class was on another day, and who was there was there on that day."""
    row = dice.choice(ClassMeeting.objects.order_by("topic"))
    row.day = _day(dice)
    row.save()
    ClassPresence.objects.filter(meeting=row).update(day=row.day)


def _other_presence(dice: Random) -> None:
    seen = dice.choice(ClassPresence.objects.order_by("meeting__topic", "participation__number"))
    if dice.random() < 0.3:
        seen.delete()
    else:
        seen.hours = Decimal(dice.randint(1, 30)) / 10
        seen.save()


def _other_talk(dice: Random) -> None:
    there = CardEntry.objects.filter(struck_at__isnull=True)
    talk = dice.choice(there.order_by("participation__number", "made_at"))
    said: dict[str, object] = dice.choice(
        [
            {"service": dice.choice(["", "Rozmowa", "Poradnictwo psychologiczne"])},
            {"minutes": dice.choice([None, 15, 45])},
            {"held_on": _day(dice)},
            {"struck_at": clock.now(), "struck_by_id": current_scope().user_id},
        ]
    )
    CardEntry.objects.filter(pk=talk.pk).update(**said)


def _other_mark(dice: Random) -> None:
    there = DayMark.objects.filter(kind__in=["present", "employer"])
    mark = dice.choice(there.order_by("participation__number", "day"))
    if dice.random() < 0.3:
        mark.delete()
        return
    mark.kind = "employer" if mark.kind == "present" else "present"
    mark.workshop = dice.choice([None, *Workshop.objects.order_by("pk")])
    mark.hours = Decimal(dice.randint(8, 32)) / 4
    mark.save()


def _other_post(dice: Random) -> None:
    one = dice.choice(StaffMember.objects.exclude(kind="volunteer").order_by(*BY_STAFF))
    one.basis = dice.choice(WorkBasis.values[:-1])
    one.fte = Decimal(dice.choice([125, 750])) / 1000
    one.save()


def _other_days_of_staff(dice: Random) -> None:
    one = dice.choice(StaffMember.objects.order_by(*BY_STAFF))
    one.since = FIRST + timedelta(days=dice.randint(-300, 600))
    one.until = dice.choice([None, one.since, one.since + timedelta(days=dice.randint(0, 400))])
    one.save()


def _other_staff(dice: Random) -> None:
    """Somebody was left out of the register, or was in it by mistake."""
    rows = StaffMember.objects.order_by(*BY_STAFF)
    if len(rows) > 8 and dice.random() < 0.5:
        dice.choice(rows).delete()
    else:
        hire(dice.randint(0, 30), dice)


CORRECTIONS: tuple[Callable[[Random], None], ...] = (
    _other_meeting, _other_day, _other_presence, _other_talk, _other_mark, _other_post,
    _other_days_of_staff, _other_staff,
)  # fmt: skip
