"""Three years of people in the large demo: persons, referrals, files and periods, written in bulk.

Each row is what the services would have written on its day; single people have their steps.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from participants.demo.lives import Life, Stay, lives
from participants.enums import AgreementState, FollowUpState, ReferralSource, ReferralState
from participants.models import (
    Agreement,
    FollowUp,
    NameKey,
    Participation,
    Period,
    Person,
    PersonGroup,
    Referral,
)
from participants.papers import CASE_SERIES
from participants.services import cards
from participants.services.people.persons import name_keys
from reintegration.accounts.models import User
from reintegration.administration import demo_country as country
from reintegration.administration.demo_data import email_of, id_of
from reintegration.core import clock
from reintegration.core.dates import add_months
from reintegration.core.demo import demo_step
from reintegration.documents.numbers import next_number
from reintegration.tenancy.scope import scope

# So many of the newest certificates are issued in the program.
IN_PROGRAM = 2
STREETS = ("ul. Wiśniowa", "ul. Zielona", "ul. Krótka", "ul. Nowa", "ul. Słoneczna", "ul. Polna")


@demo_step("three years of people", order=57, large=True)
def load_years() -> None:
    for unit in country.UNITS:
        leader = unit.user("social_worker" if unit.social_worker else "manager")
        with scope(organisation_id=id_of(unit.key), user_id=leader.pk, source="demo"):  # type: ignore[arg-type]
            if not Participation.objects.exists():
                found = lives(
                    unit.key, unit.places, is_cis=unit.is_cis, history=unit.history, today=clock.today()
                )
                _write(unit, leader, found)
                cards.plan_missing_follow_ups(today=clock.today())


def _write(unit: country.CountryUnit, leader: User, lived: Sequence[Life]) -> None:
    found = _certified(lived)
    people = [_person(unit, life, place) for place, life in enumerate(found)]
    Person.objects.bulk_create(people)
    NameKey.objects.bulk_create(
        NameKey(person=one, key=key)
        for one in people
        for key in sorted(name_keys(one.first_name, one.last_name))
    )
    PersonGroup.objects.bulk_create(
        PersonGroup(person=one, code=life.group.value, main=True, since=life.since - timedelta(days=30))
        for one, life in zip(people, found, strict=True)
    )
    referrals = _referrals(unit, people, found) if unit.is_cis else [None] * len(found)
    files = [
        _file(one, life, leader, referral)
        for one, life, referral in zip(people, found, referrals, strict=True)
    ]
    Participation.objects.bulk_create(files)
    Period.objects.bulk_create(
        _period(file, stay) for file, life in zip(files, found, strict=True) for stay in life.stays
    )
    if unit.is_cis:
        _agreements(unit, leader, files, found)
    FollowUp.objects.bulk_create(_talks(files, found, leader))


def _certified(found: Sequence[Life]) -> list[Life]:
    """The certificates of the newest ones were not given on paper: the program issues them."""
    given = sorted(
        (life for life in found if life.certificate_on), key=lambda life: life.ended_on or life.since
    )
    newest = {life.pesel for life in given[-IN_PROGRAM:]}
    return [replace(life, certificate_on=None) if life.pesel in newest else life for life in found]


def _person(unit: country.CountryUnit, life: Life, place: int) -> Person:
    return Person(
        first_name=life.first_name,
        last_name=life.last_name,
        pesel=life.pesel,
        birth_date=life.birth_date,
        sex=life.sex,
        street=f"{STREETS[place % len(STREETS)]} {place % 37 + 1}",
        postcode=unit.postcode,
        town=unit.town,
        education=life.education.value,
        months_without_work=life.months_without_work,
        made_at=_at(life.since - timedelta(days=28)),
    )


def _referrals(
    unit: country.CountryUnit, people: Iterable[Person], found: Iterable[Life]
) -> list[Referral | None]:
    """Who came by a welfare or labour office, in its name and answered."""
    workers = {
        body: User.objects.get(email=email_of(country.login(country.BODIES[body][7]), body))
        for body in (unit.ops, unit.pup)
    }
    made = []
    for person, life in zip(people, found, strict=True):
        body = unit.pup if life.from_labour_office else unit.ops
        sent = life.since - timedelta(days=27)
        made.append(
            Referral(
                state=ReferralState.ACCEPTED,
                source=ReferralSource.PUP if life.from_labour_office else ReferralSource.OPS,
                sender_id=id_of(body),
                sender_name=country.BODIES[body][1],
                sender_person=workers[body].get_full_name(),
                sent_by=workers[body],
                made_at=_at(sent),
                sent_at=_at(sent),
                first_name=person.first_name,
                last_name=person.last_name,
                pesel=life.pesel,
                birth_date=life.birth_date,
                sex=life.sex,
                town=unit.town,
                situation={"groups": [life.group.value], "insured": "unknown"},
                person_agrees=True,
                ops_notified_on=sent if life.from_labour_office else None,
                ops_name=country.BODIES[unit.ops][1] if life.from_labour_office else "",
                received_at=_at(sent + timedelta(days=2)),
                opinion_due_on=sent + timedelta(days=16),
                answer_due_on=sent + timedelta(days=23),
                decided_at=_at(sent + timedelta(days=9)),
                started_on=life.since,
                left_on=life.ended_on,
            )
        )
    Referral.objects.bulk_create(made)
    return list(made)


def _file(person: Person, life: Life, leader: User, referral: Referral | None) -> Participation:
    opened = life.since - timedelta(days=18)
    seen = clock.today() - timedelta(days=int(life.pesel[6:9]) % 12)
    return Participation(
        person=person,
        number=next_number(CASE_SERIES, on=opened),
        referral=referral,
        opened_on=opened,
        case_manager=leader,
        programme_signed_on=life.since - timedelta(days=6),
        last_contact_on=life.ended_on or max(seen, opened),
        ended_on=life.ended_on,
        end_reason=life.reason,
        destination=life.destination,
        certificate_on=life.certificate_on,
    )


def _period(file: Participation, stay: Stay) -> Period:
    return Period(
        participation=file,
        person=file.person,
        kind=stay.kind.value,
        since=stay.since,
        until=stay.until,
        planned_until=stay.planned,
    )


def _agreements(
    unit: country.CountryUnit, leader: User, files: Iterable[Participation], found: Iterable[Life]
) -> None:
    name = country.BODIES[unit.ops][8]
    head = User.objects.get(email=email_of(country.login(name), unit.ops))
    Agreement.objects.bulk_create(
        Agreement(
            participation=file,
            sender_id=id_of(unit.ops),
            version=1,
            person_name=str(file.person),
            body_name=country.BODIES[unit.ops][1],
            signed_on=life.since - timedelta(days=6),
            state=AgreementState.AGREED,
            asked_at=_at(life.since - timedelta(days=6)),
            asked_by=leader,
            due_on=life.since + timedelta(days=8),
            answered_at=_at(life.since - timedelta(days=2)),
            answered_by=head,
            answered_name=name,
        )
        for file, life in zip(files, found, strict=True)
    )


def _talks(files: Iterable[Participation], found: Iterable[Life], leader: User) -> list[FollowUp]:
    """Half a year later four of five were reached; whose term is still to come is planned by the service."""
    made = []
    for place, (file, life) in enumerate(zip(files, found, strict=True)):
        if life.ended_on is None:
            continue
        due = add_months(life.ended_on, 6)
        held = due + timedelta(days=place % 9)
        if held >= clock.today():
            continue
        reached = place % 5 != 0
        made.append(
            FollowUp(
                participation=file,
                person=file.person,
                due_on=due,
                state=FollowUpState.DONE if reached else FollowUpState.UNREACHABLE,
                held_on=held,
                situation=life.destination if reached else "",
                done_by=leader,
            )
        )
    return made


def _at(day: date) -> datetime:
    return datetime.combine(day, time(10, 15), clock.WARSAW)
