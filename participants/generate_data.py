"""Persons of a synthetic country: referred by a welfare centre, with a file that is open or has ended."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Model

from participants.models import (
    Agreement,
    CardEntry,
    Intake,
    IntakeSettings,
    NameKey,
    Participation,
    Period,
    Person,
    PersonGroup,
    Referral,
)
from participants.papers import CASE_SERIES
from participants.services.people.persons import name_keys
from reintegration.administration.generation.country import FilePlan
from reintegration.administration.generation.steps import Phase, Work, generate_step, noon
from reintegration.core.dates import ONE_DAY
from reintegration.documents.kinds import SERIES
from reintegration.documents.models import Counter
from reintegration.tenancy.enums import Role

CERTIFICATE = timedelta(days=7)
ANSWER = timedelta(days=14)
STORY = "Od dłuższego czasu bez pracy, chce wrócić do rytmu dnia."
TALK = "Rozmowa o postępach i o tym, co dalej. Najbliższy krok: dokumenty do urzędu pracy."


@generate_step("settings of intake", phase=Phase.UNIT, order=20)
def settings(work: Work) -> None:
    work.put(work.new(IntakeSettings))


@generate_step("persons and files", phase=Phase.YEAR, order=20)
def files(work: Work) -> None:
    work.put(*(row for plan in work.year.files for row in _rows(work, plan)))
    count_numbers(work, CASE_SERIES)


def count_numbers(work: Work, code: str) -> None:
    """Say how many numbers of a series were given in the year, so that the program goes on with the next."""
    if given := len(work.year.files):
        work.put(
            Counter(
                id=work.keys(), organisation_id=work.unit.id, series=code, year=work.year.year, value=given
            )
        )


def number_of(work: Work, plan: FilePlan, code: str) -> str:
    return SERIES[code].pattern.format(series=code, number=plan.place + 1, year=work.year.year)


def _rows(work: Work, plan: FilePlan) -> Iterator[Model]:
    unit = work.unit
    person = work.new(
        Person, id=plan.person, first_name=plan.first_name, last_name=plan.last_name, pesel=plan.pesel,
        birth_date=plan.birth_date, sex=plan.sex, street=f"ul. Wymyślona {plan.place + 1}", postcode="00-001",
        town=unit.town, education=plan.education, months_without_work=12 + plan.place % 60,
        made_at=noon(plan.opened_on),
    )  # fmt: skip
    yield person
    for key in sorted(name_keys(person.first_name, person.last_name)):
        yield work.new(NameKey, person=person, key=key)
    yield work.new(PersonGroup, person=person, code=plan.group, main=True, since=plan.opened_on)
    referral = _referral(work, plan)
    yield referral
    yield work.new(Intake, referral=referral, person=person, assigned_to_id=unit.user(Role.SOCIAL_WORKER))
    file = work.new(
        Participation, id=plan.key, person=person, number=number_of(work, plan, CASE_SERIES),
        referral=referral, opened_on=plan.opened_on, case_manager_id=unit.user(Role.CASE_MANAGER),
        programme_signed_on=plan.signed_on, last_contact_on=_talks(work, plan)[-1],
        ended_on=plan.ended_on, end_reason=plan.end_reason, destination=plan.destination,
        certificate_on=_certificate(work, plan),
    )  # fmt: skip
    yield file
    yield from _periods(work, plan)
    if unit.is_cis:
        yield agreement_of(work, plan)
    for day in _talks(work, plan):
        yield work.new(
            CardEntry, participation=file, person=person, kind="counselling", held_on=day, course=TALK,
            author_id=unit.user(Role.CASE_MANAGER), author_name="Jan Opiekun", made_at=noon(day),
        )  # fmt: skip


def _certificate(work: Work, plan: FilePlan) -> date | None:
    """On paper some days after the end; whoever left just now still waits for it."""
    given = plan.ended_on + CERTIFICATE if plan.ended_on is not None else None
    return given if given is not None and given <= work.country.until else None


def _referral(work: Work, plan: FilePlan) -> Referral:
    unit = work.unit
    first = date(work.year.year, 1, 1)
    sent = noon(max(first, plan.opened_on - ANSWER))
    return work.new(
        Referral, sender_id=unit.body, source="OPS", state="accepted", sender_name=unit.body_name,
        sender_person="Zofia Kierująca", sent_by_id=unit.user(Role.BODY_WORKER), made_at=sent, sent_at=sent,
        received_at=sent, decided_at=noon(plan.opened_on),
        first_name=plan.first_name, last_name=plan.last_name, pesel=plan.pesel, birth_date=plan.birth_date,
        sex=plan.sex, street=f"ul. Wymyślona {plan.place + 1}", postcode="00-001", town=unit.town,
        situation={"groups": [plan.group], "story": STORY, "insured": "unknown"}, person_agrees=True,
        trial_since=plan.since, started_on=plan.since, left_on=plan.ended_on,
    )  # fmt: skip


def _periods(work: Work, plan: FilePlan) -> Iterator[Period]:
    """A trial month and the main period, in a KIS the contract's days; an early end cuts the last of them."""
    kept = {"participation_id": plan.key, "person_id": plan.person}
    since = plan.since
    if work.unit.is_cis:
        yield work.new(Period, kind="trial", since=since, until=plan.trial_until, **kept)
        since = plan.trial_until + ONE_DAY
    cut = plan.planned_until if plan.last < plan.planned_until else None
    yield work.new(Period, kind="main", since=since, until=plan.last, planned_until=cut, **kept)


def agreement_of(work: Work, plan: FilePlan) -> Agreement:
    """The head of the welfare centre agrees the day before the first class (art. 12 ust. 4)."""
    unit = work.unit
    return work.new(
        Agreement, id=work.country.key("agreement", plan.key), sender_id=unit.body, participation_id=plan.key,
        version=1, person_name=plan.name, body_name=unit.body_name, signed_on=plan.signed_on, state="agreed",
        asked_at=noon(plan.signed_on), asked_by_id=unit.user(Role.SOCIAL_WORKER),
        due_on=plan.signed_on + ANSWER, answered_at=noon(max(plan.signed_on, plan.since - ONE_DAY)),
        answered_by_id=unit.user(Role.BODY_HEAD), answered_name="Paweł Uzgadniający",
    )  # fmt: skip


def _talks(work: Work, plan: FilePlan) -> list[date]:
    """A talk each two months that has been held, the first on the day on which the file was opened."""
    last = min(plan.last, work.country.until - ONE_DAY)
    return [plan.opened_on, *[plan.days[at] for at in range(20, len(plan.days), 40) if plan.days[at] <= last]]
