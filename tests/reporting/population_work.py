"""What a unit does, made in bulk as dice fall: classes, talks, days in workshops, and who works there."""

from datetime import date, time, timedelta
from decimal import Decimal
from random import Random

from ipzs.models import ClassMeeting, ClassPresence, DayMark, Service, Workshop
from participants.models import CardEntry, Participation
from reintegration.core import clock
from reintegration.tenancy.enums import StaffKind, WorkBasis
from reintegration.tenancy.models import StaffMember
from reintegration.tenancy.scope import current_scope

FIRST = date(2025, 1, 1)
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
            hours=dice.randint(1, 4), topic="Temat", state=dice.choice(["held", "held", "held", "planned"]),
        )
        for _ in range(40)
    ]  # fmt: skip
    for file in Participation.objects.order_by("number"):
        for meeting in dice.sample(meetings, dice.randint(0, 6)):
            ClassPresence.objects.create(
                meeting=meeting, participation=file, person_id=file.person_id, day=meeting.day,
                hours=Decimal(dice.randint(1, 30)) / 10,
            )  # fmt: skip
        for _ in range(dice.randint(0, 3)):
            CardEntry.objects.create(
                participation=file, person_id=file.person_id, held_on=_day(dice), author_id=user_id,
                kind=dice.choice(["counselling", "counselling", "note"]), author_name="Ktoś",
                minutes=dice.choice([None, 20, 30, 50]), course="Przebieg", made_at=clock.now(),
                service=dice.choice(["", "Rozmowa", "komputer i internet", "Nasza świetlica"]),
            )  # fmt: skip
        for day in {_day(dice) for _ in range(dice.randint(0, 5))}:
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
    """Somebody on the staff; every third one is there under two agreements."""
    kind = dice.choice(StaffKind.values)
    volunteer = kind == StaffKind.VOLUNTEER
    basis = WorkBasis.VOLUNTEERING if volunteer else dice.choice(WorkBasis.values[:-1])
    since = FIRST + timedelta(days=dice.randint(-300, 600))
    StaffMember.objects.create(
        first_name="Kadra", last_name=f"Numer {place % 9}", kind=kind, basis=basis, since=since,
        until=dice.choice([None, None, since + timedelta(days=dice.randint(0, 400))]),
        fte=Decimal(0) if volunteer else Decimal(dice.choice([250, 500, 1000])) / 1000,
    )  # fmt: skip


def correct_work(dice: Random) -> None:
    """Something of the work turns out to have been otherwise."""
    what = dice.randrange(5)
    if what == 0:
        row = dice.choice(ClassMeeting.objects.order_by("day", "pk"))
        row.state = "planned" if row.state == "held" else "held"
        row.save()
    elif what == 1:
        seen = dice.choice(ClassPresence.objects.order_by("day", "pk"))
        seen.hours = Decimal(dice.randint(1, 30)) / 10
        seen.save()
    elif what == 2:
        talk = dice.choice(CardEntry.objects.order_by("held_on", "pk"))
        CardEntry.objects.filter(pk=talk.pk).update(service=dice.choice(["", "Poradnictwo psychologiczne"]))
    elif what == 3:
        mark = dice.choice(DayMark.objects.filter(kind__in=["present", "employer"]).order_by("day", "pk"))
        mark.kind = "employer" if mark.kind == "present" else "present"
        mark.hours = Decimal(dice.randint(8, 32)) / 4
        mark.save()
    else:
        one = dice.choice(StaffMember.objects.exclude(kind="volunteer").order_by("since", "pk"))
        one.basis = dice.choice(WorkBasis.values[:-1])
        one.fte = Decimal(dice.choice([125, 750])) / 1000
        one.save()
