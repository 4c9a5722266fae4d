"""What waits in the large demo's units this week: candidates, referrals on their way, cards, handed files.

The years behind them are written in bulk (`years`); this is little, and the services do it.
"""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any, Final

from participants.card_parts import CardPart
from participants.demo.lives import FAMILIES, MEN, WOMEN
from participants.demo.participations import Story, tell
from participants.demo.referrals import inside, refer
from participants.enums import ConsentKind, EntryKind, GivenHow
from participants.models import CardEntry, Consent, FileTransfer, Participation, Referral
from participants.services import consents
from participants.services.consents import ConsentData
from participants.services.transfers import send_transfer
from reintegration.accounts.models import User
from reintegration.administration import demo_country as country
from reintegration.administration.demo_data import email_of, id_of
from reintegration.audit import erasure
from reintegration.audit.models import LegalHold
from reintegration.core import clock
from reintegration.core.demo import demo_step
from reintegration.tenancy.models import Organisation
from reintegration.tenancy.scope import scope

# How far the referrals of this month have come.
STATES_OF_CLUB: Final = ("sent", "in_study", "waiting")
STATES: Final = (*STATES_OF_CLUB, "trial_offered")
STORIES: Final = (
    "Po latach opieki nad mamą chce wrócić do pracy.",
    "Mieszka w schronisku, trzeźwy od roku.",
    "Pracowała w kuchni, chce się uczyć dalej.",
    "Pracował na budowie, ma uprawnienia do odnowienia.",
)
TALKS: Final = (
    ("wsparcie socjalne", "Omówiliśmy zaległy czynsz i listy z administracji.", "Pismo o raty do piątku."),
    ("doradztwo zawodowe", "Przejrzeliśmy ogłoszenia i życiorys.", "Telefon do pracodawcy do piątku."),
    ("poradnictwo psychologiczne", "Rozmowa o tym, co pomaga wytrwać.", "Kolejna rozmowa za dwa tygodnie."),
)
# Of the files that go on, so many of the newest have a talk of this month on their card.
TOLD: Final = 6
TEN: Final = time(10)
PARTS: Final = frozenset({CardPart.PERSONAL.value, CardPart.SITUATION.value})
# Which club hands somebody on to which unit, which has not answered yet.
HANDED_ON: Final = (
    ("laweczka", "furtka"), ("laweczka", "kram"), ("laweczka", "zielnik"), ("laweczka", "razem"),
    ("drabinka", "czolenko"), ("drabinka", "kolowrotek"), ("drabinka", "przystan"),
    ("kolowrotek", "przeslo"), ("kolowrotek", "warsztat"), ("kolowrotek", "cegielka"),
    ("cegielka", "drabinka"), ("kladka", "dziupla"), ("dziupla", "kladka"), ("razem", "laweczka"),
)  # fmt: skip


def _as(key: str) -> AbstractContextManager[Any]:
    unit = country.BY_KEY[key]
    leader = unit.user("social_worker" if unit.social_worker else "manager")
    return scope(organisation_id=id_of(key), user_id=leader.pk, source="demo")  # type: ignore[arg-type]


@demo_step("who comes and waits in every unit", order=94, large=True)
def load_comers() -> None:
    for number, unit in enumerate(country.UNITS):
        with _as(unit.key):
            known = Participation.objects.filter(periods__isnull=True).exists()
        if not known:
            _candidates(unit, number)
        if unit.key != "warsztat":
            worker = country.login(country.BODIES[unit.ops][7])
            route = (unit.ops, worker, unit.key, country.login(unit.leader), unit.town)
            _referrals(route, STATES if unit.is_cis else STATES_OF_CLUB, number)
    route = ("ops-modrzewno", "zofia.kalina", "przystan", "bozena.lipa", "Modrzewno")
    _referrals(route, STATES_OF_CLUB, len(country.UNITS))


def _candidates(unit: country.CountryUnit, number: int) -> None:
    """In a centre the welfare office is asked about one programme; another one waits for a signature."""
    dice = Random(f"reintegra:candidates:{unit.key}")  # noqa: S311 - a story, no secret
    for place, agreed in enumerate(("asked", "unsigned") if unit.is_cis else ("unsigned",)):
        woman = (number + place) % 2 == 0
        name = f"{dice.choice(WOMEN if woman else MEN)} {dice.choice(FAMILIES)}"
        born = (dice.randint(1, 28), dice.randint(1, 12))
        story = Story(name, born, "K" if woman else "M", "5", "", agreed=agreed, contact=3 + place)
        leader = country.login(unit.leader)
        tell(unit.key, story, serial=700 + place, leader=leader, town=unit.town, sender=unit.ops)


def _referrals(route: tuple[str, ...], states: Sequence[str], number: int) -> None:
    _, _, unit, colleague, _ = route
    with inside(unit, colleague):
        if Referral.objects.exclude(state="accepted").exists():
            return
    dice = Random(f"reintegra:referrals:{unit}")  # noqa: S311 - a story, no secret
    for place, state in enumerate(states):
        woman = (number + place) % 2 == 0
        born = (dice.randint(1, 28), dice.randint(1, 12))
        person = (
            dice.choice(WOMEN if woman else MEN), dice.choice(FAMILIES), born, "K" if woman else "M", ["5"],
            state, STORIES[place % len(STORIES)],
        )  # fmt: skip
        refer(route, person, serial=800 + 10 * number + place, key=f"{unit}:{place}")


@demo_step("cards of every unit", order=95, large=True)
def load_cards() -> None:
    for unit in country.UNITS:
        with _as(unit.key) as opened:
            if CardEntry.objects.exists():
                continue
            rows = Participation.objects.filter(ended_on__isnull=True, periods__isnull=False)
            files = list(rows.distinct().order_by("-opened_on", "pk")[:TOLD])
            CardEntry.objects.bulk_create(
                _talk(place, file, opened.user_id, unit.leader) for place, file in enumerate(files)
            )


def _talk(place: int, file: Participation, author: Any, name: str) -> CardEntry:
    day = clock.today() - timedelta(days=2 + 3 * place)
    service, course, plan = TALKS[place % len(TALKS)]
    return CardEntry(
        participation=file, person_id=file.person_id, kind=EntryKind.COUNSELLING, held_on=day, minutes=45,
        service=service, author_id=author, author_name=name, course=course, plan=plan, made_at=_at(day),
        next_on=day + timedelta(days=14) if place % 2 else None, next_time=TEN if place % 2 else None,
    )  # fmt: skip


@demo_step("data kept beyond their term in every unit", order=95, large=True)
def load_holds() -> None:
    """Of the first one who left: a dispute that is not over."""
    for unit in country.UNITS:
        with _as(unit.key):
            left = Participation.objects.filter(ended_on__isnull=False).order_by("ended_on", "pk").first()
            if left is not None and not LegalHold.objects.exists():
                erasure.place_hold(
                    subject_id=left.person_id,
                    reason="Sąd rozpatruje odwołanie tej osoby od decyzji o końcu uczestnictwa.",
                    on=clock.today() - timedelta(days=40),
                    until=clock.today() + timedelta(days=140),
                )


@demo_step("what the specialist sees today", order=96, large=True)
def load_specialist() -> None:
    """A talk that was agreed for today."""
    helper = User.objects.get(email=email_of("olga.mieta", "nowymost"))
    with scope(organisation_id=id_of("nowymost"), user_id=helper.pk, source="demo"):  # type: ignore[arg-type]
        mine = CardEntry.objects.filter(author=helper, next_on__gte=clock.today())
        file = Participation.objects.filter(team__user=helper, ended_on__isnull=True).order_by("pk").first()
        if file is not None and not mine.exists():
            entry = _talk(2, file, helper.pk, helper.get_full_name())
            entry.next_on = clock.today()
            entry.save()


@demo_step("files handed on by the clubs", order=96, large=True)
def load_handed_on() -> None:
    for club, receiver in HANDED_ON:
        to = Organisation.objects.get(pk=id_of(receiver))
        with _as(club) as opened:
            if not FileTransfer.objects.filter(sender=opened.organisation_id, unit=to.pk).exists():
                _hand_on(to, opened.user_id)


def _hand_on(to: Organisation, by: Any) -> None:
    """Of those who go on to come to the club, one more for each receiver."""
    open_files = Participation.objects.filter(ended_on__isnull=True, periods__isnull=False)
    told = Consent.objects.filter(kind=ConsentKind.FILE_TRANSFER).order_by("pk").values("person")
    case = open_files.exclude(person__in=told).order_by("opened_on", "pk")[0]
    consent = consents.give_consent(
        person_id=case.person_id,
        data=ConsentData(
            kind=ConsentKind.FILE_TRANSFER, since=clock.today(), until=clock.today() + timedelta(days=90),
            recipient=to.name, purpose="dalsze zajęcia", parts=PARTS, given_how=GivenHow.IN_PRESENCE,
        ),
        taken_by=by,
    )  # fmt: skip
    send_transfer(consent_id=consent.pk, participation_id=case.pk, to_unit_id=to.pk, parts=PARTS, sent_by=by)


def _at(day: date) -> datetime:
    return datetime.combine(day, time(13, 20), clock.WARSAW)
