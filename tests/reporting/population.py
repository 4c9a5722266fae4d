"""People of a unit made in bulk, as dice fall: straight into the tables, for counts and not for services."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from random import Random

from participants.enums import Destination, Education, EndReason, Group, ReferralSource
from participants.models import FollowUp, Participation, Period, Person, PersonGroup, Referral
from reintegration.core import clock
from reintegration.core.dates import add_months
from reintegration.tenancy.scope import current_scope
from reporting.models import Outcome
from reporting.services.outcomes import work_forms

FIRST = date(2024, 6, 1)
DAY = timedelta(days=1)
MONTHS = {"trial": 1, "main": 11, "extension": 12}
REASONS = [one.value for one in EndReason if one not in {EndReason.DEATH, EndReason.TRANSFER}] + ["death"]


def populate(number: int, dice: Random, *, club: bool = False) -> None:
    """So many files of fewer people; some candidates, some who ended, some asked half a year later.

    A club knows no trial and no extension.
    """
    user_id = current_scope().user_id
    people = [_person(place, dice) for place in range(-(-number * 5 // 6))]
    for place in range(number):
        # A file for each, and then a second one for the first of them, long after.
        person = people[place % len(people)]
        _file(place, person, dice, user_id, again=place >= len(people), club=club)


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


def _file(place: int, person: Person, dice: Random, user_id: object, *, again: bool, club: bool) -> None:
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
    if club:
        Period.objects.create(participation=file, person=person, kind="main", since=since, until=until)
    elif dice.random() < 0.9:
        trial = add_months(since, 1) - timedelta(days=1)
        Period.objects.create(participation=file, person=person, kind="trial", since=since, until=trial)
        if dice.random() < 0.8:
            first = trial + timedelta(days=1)
            Period.objects.create(participation=file, person=person, kind="main", since=first, until=until)
            if dice.random() < 0.2:
                after, until = until + DAY, until + timedelta(days=dice.randint(20, 90))
                Period.objects.create(
                    participation=file, person=person, kind="extension", since=after, until=until
                )
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
    _cut(file)
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
            work=_work(file, dice), own_changes=["goals"], own_reached=1,
        )  # fmt: skip


def _work(file: Participation, dice: Random) -> str:
    return dice.choice([one.value for one in work_forms(file.destination)] + [""])


def _cut(file: Participation) -> None:
    """What a file's periods planned after its end did not happen."""
    for period in Period.objects.filter(participation=file).order_by("-since"):
        if period.since > file.ended_on:
            period.delete()
        elif period.until > file.ended_on:
            period.until = file.ended_on
            period.save()


def correct(dice: Random, user_id: object) -> None:
    """Something in some row turns out to have been otherwise."""
    dice.choice(CORRECTIONS)(dice, user_id)


def _any(dice: Random, **narrow: object) -> Participation:
    return dice.choice(Participation.objects.filter(**narrow).order_by("number"))


def _ended(dice: Random) -> Participation:
    return _any(dice, ended_on__isnull=False)


def _other_person(dice: Random, user_id: object) -> None:
    born = date(dice.randint(1948, 2007), dice.randint(1, 12), dice.randint(1, 28))
    Person.objects.filter(pk=_any(dice).person_id).update(
        sex=dice.choice(["F", "M"]), education="higher", birth_date=born
    )


def _other_group(dice: Random, user_id: object) -> None:
    PersonGroup.objects.filter(person=_any(dice).person_id).update(
        since=FIRST + timedelta(days=dice.randint(0, 700)), until=None
    )


def _other_referral(dice: Random, user_id: object) -> None:
    file = _any(dice, referral__isnull=False)
    came = datetime.combine(file.opened_on - timedelta(days=dice.randint(0, 200)), time(0, 30), clock.WARSAW)
    Referral.objects.filter(pk=file.referral_id).update(
        received_at=came, source=dice.choice(ReferralSource.values)
    )


def _other_opening(dice: Random, user_id: object) -> None:
    file = _any(dice)
    file.opened_on -= timedelta(days=dice.randint(1, 60))
    file.save()


def _other_period(dice: Random, user_id: object) -> None:
    """A period began or ended on another day, as far as the periods beside it and the law leave room."""
    period = dice.choice(Period.objects.order_by("participation__number", "since"))
    beside = Period.objects.filter(person=period.person_id).exclude(pk=period.pk)
    file = period.participation
    before = beside.filter(until__lt=period.since).order_by("-until").first()
    after = beside.filter(since__gt=period.until).order_by("since").first()
    last = add_months(period.since, MONTHS[period.kind]) - DAY
    last = min(last, after.since - DAY if after else last, file.ended_on or last)
    if dice.random() < 0.5 and last >= period.since:
        period.until = dice.choice([period.since, last, _between(period.since, last, dice)])
    else:
        first = max(before.until + DAY if before else file.opened_on, add_months(period.until, -1))
        period.since = _between(min(first, period.since), period.until, dice)
    period.save()


def _between(first: date, last: date, dice: Random) -> date:
    return first + timedelta(days=dice.randint(0, (last - first).days))


def _other_end(dice: Random, user_id: object) -> None:
    """The file ended on another day; what was planned after it did not happen."""
    file = _ended(dice)
    last = min(file.ended_on + timedelta(days=60), clock.today())
    file.ended_on = _between(file.opened_on, max(file.opened_on, last), dice)
    file.save()
    _cut(file)


def _other_reason(dice: Random, user_id: object) -> None:
    file = _ended(dice)
    file.end_reason = dice.choice(REASONS)
    file.destination = "" if file.end_reason == "death" else dice.choice(Destination.values)
    file.save()


def _no_end(dice: Random, user_id: object) -> None:
    """Somebody did not leave after all; or did, who was thought to stay."""
    file = _any(dice)
    if file.ended_on is None:
        end(file, min(file.opened_on + timedelta(days=dice.randint(30, 400)), clock.today()), dice, user_id)
    elif not Participation.objects.filter(person=file.person_id, ended_on__isnull=True).exists():
        file.ended_on, file.end_reason, file.destination, file.certificate_on = None, "", "", None
        file.save()
        FollowUp.objects.filter(participation=file).delete()
        Outcome.objects.filter(participation=file).delete()


def _other_certificate(dice: Random, user_id: object) -> None:
    file = _ended(dice)
    file.certificate_on = dice.choice([None, file.ended_on + timedelta(days=dice.randint(0, 200))])
    file.save()


def _other_talk(dice: Random, user_id: object) -> None:
    talk = dice.choice(
        FollowUp.objects.filter(held_on__isnull=False).order_by("held_on", "participation__number")
    )
    talk.situation = dice.choice(Destination.values)
    talk.held_on += timedelta(days=dice.randint(-60, 60))
    talk.save()


def _other_outcome(dice: Random, user_id: object) -> None:
    row = dice.choice(Outcome.objects.order_by("noted_on", "participation__number"))
    row.reached, row.independent = dice.randint(0, 3), dice.choice([None, True, False])
    row.changes = ["ties", "goals", "emotions"][: row.reached]
    row.save()


def _other_work(dice: Random, user_id: object) -> None:
    """Another contract than was thought; what was noted before another destination stays as it was."""
    row = dice.choice(Outcome.objects.order_by("noted_on", "participation__number"))
    row.work = _work(row.participation, dice)
    row.save()


CORRECTIONS: tuple[Callable[[Random, object], None], ...] = (
    _other_person, _other_group, _other_referral, _other_opening, _other_period, _other_period, _other_end,
    _other_reason, _no_end, _other_certificate, _other_talk, _other_outcome,
    _other_work,
)  # fmt: skip
