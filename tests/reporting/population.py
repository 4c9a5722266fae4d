"""People of a unit made in bulk, as dice fall: straight into the tables, for counts and not for services."""

from datetime import date, datetime, time, timedelta
from random import Random

from participants.enums import Destination, Education, EndReason, Group, ReferralSource
from participants.models import FollowUp, Participation, Period, Person, PersonGroup, Referral
from reintegration.core import clock
from reintegration.core.dates import add_months
from reintegration.tenancy.scope import current_scope
from reporting.models import Outcome

FIRST = date(2024, 6, 1)
REASONS = [one.value for one in EndReason if one not in {EndReason.DEATH, EndReason.TRANSFER}] + ["death"]


def populate(number: int, dice: Random) -> None:
    """So many files of fewer people; some candidates, some who ended, some asked half a year later."""
    user_id = current_scope().user_id
    people = [_person(place, dice) for place in range(-(-number * 5 // 6))]
    for place in range(number):
        # A file for each, and then a second one for the first of them, long after.
        person = people[place % len(people)]
        _file(place, person, place >= len(people), dice, user_id)


def _person(place: int, dice: Random) -> Person:
    person = Person.objects.create(
        first_name="Osoba",
        last_name=f"Przykład {place}",
        made_at=clock.now(),
        no_pesel="unknown",
        sex=dice.choice(["F", "F", "M", "M", "M", ""]),
        birth_date=dice.choice(
            [None, date(dice.randint(1948, 2007), dice.randint(1, 12), dice.randint(1, 28))]
        ),
        education=dice.choice(["", *Education.values]),
    )
    for number, code in enumerate(dice.sample(Group.values, dice.randint(0, 3))):
        since = FIRST + timedelta(days=dice.randint(-400, 700))
        until = dice.choice([None, since + timedelta(days=dice.randint(0, 600))])
        main = number == 0 and until is None
        PersonGroup.objects.create(person=person, code=code, since=since, until=until, main=main)
    return person


def _file(place: int, person: Person, again: bool, dice: Random, user_id: object) -> None:
    opened = FIRST + timedelta(days=dice.randint(700, 850) if again else dice.randint(0, 300))
    referral = None
    if dice.random() < 0.8:
        came = datetime.combine(opened, time(23, 30), clock.WARSAW)
        referral = Referral.objects.create(
            source=dice.choice(ReferralSource.values), sex=person.sex, state="received",
            made_at=came, sent_at=came, received_at=came, sent_by_id=user_id,
        )  # fmt: skip
    file = Participation.objects.create(
        person=person, number=f"S/{place}", opened_on=opened, referral=referral
    )
    since = opened + timedelta(days=dice.randint(0, 40))
    until = since + timedelta(days=dice.randint(40, 300))
    if dice.random() < 0.9:
        trial = add_months(since, 1) - timedelta(days=1)
        Period.objects.create(participation=file, person=person, kind="trial", since=since, until=trial)
        if dice.random() < 0.8:
            first = trial + timedelta(days=1)
            Period.objects.create(participation=file, person=person, kind="main", since=first, until=until)
    if not again or dice.random() < 0.3:
        end(file, min(until, clock.today()), dice, user_id)


def end(file: Participation, on: date, dice: Random, user_id: object) -> None:
    """End a file somehow, and perhaps certify, ask and note what changed."""
    on = max(on, file.opened_on)
    file.ended_on, file.end_reason = on, dice.choice(REASONS)
    file.destination = "" if file.end_reason == "death" else dice.choice(["", *Destination.values])
    if dice.random() < 0.6:
        file.certificate_on = on + timedelta(days=dice.randint(0, 260))
    file.save()
    for period in Period.objects.filter(participation=file).order_by("-since"):
        if period.since > on:
            period.delete()
        elif period.until > on:
            period.until = on
            period.save()
    if dice.random() < 0.7:
        held = on + timedelta(days=dice.randint(100, 300))
        FollowUp.objects.create(
            participation=file, person_id=file.person_id, due_on=held, held_on=held, state="done",
            situation=dice.choice(Destination.values),
        )  # fmt: skip
    if dice.random() < 0.6:
        reached = dice.randint(0, 3)
        Outcome.objects.create(
            participation=file, person_id=file.person_id, changes=["ties", "goals", "emotions"][:reached],
            reached=reached, independent=dice.choice([None, True, False]), noted_on=on, noted_by_id=user_id,
        )  # fmt: skip


def correct(dice: Random, user_id: object) -> None:
    """Something in some row turns out to have been otherwise."""
    files = list(Participation.objects.order_by("number"))
    file = dice.choice(files)
    what = dice.randrange(5)
    if what == 0:
        Person.objects.filter(pk=file.person_id).update(sex=dice.choice(["F", "M"]), education="higher")
    elif what == 1 and file.ended_on is not None:
        file.destination = dice.choice(Destination.values)
        file.end_reason = dice.choice(["job", "statement", "completed"])
        file.save()
    elif what == 2:
        FollowUp.objects.filter(participation=file).update(situation=dice.choice(Destination.values))
    elif what == 3 and file.ended_on is not None:
        file.certificate_on = dice.choice([None, file.ended_on + timedelta(days=dice.randint(0, 200))])
        file.save()
    else:
        PersonGroup.objects.filter(person=file.person_id).update(
            since=FIRST + timedelta(days=dice.randint(0, 700)), until=None
        )
