"""Cards, talks after the end and consents for the people whose files the demo has."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from participants.card_parts import CardPart
from participants.enums import ConsentKind, EntryKind, EntryVisibility, GivenHow
from participants.models import CardEntry, Consent, FollowUp, Participation
from participants.services import cards, consents
from participants.services.cards import EntryData
from participants.services.consents import ConsentData
from participants.services.transfers import send_transfer
from reintegration.accounts.models import User
from reintegration.administration.demo_data import email_of
from reintegration.core import clock
from reintegration.core.demo import demo_id, demo_step
from reintegration.tenancy.models import Organisation
from reintegration.tenancy.scope import scope

UNIT, CLUB = "nowymost", "przystan"


@dataclass(frozen=True, slots=True)
class Talk:
    """Who wrote, how many days ago, and what."""

    author: str
    ago: int
    kind: EntryKind
    course: str
    minutes: int | None = None
    service: str = ""
    plan: str = ""
    effect: str = ""
    visibility: EntryVisibility = EntryVisibility.TEAM
    again: int | None = None


TALKS = (
    Talk(
        "anna.lawenda", 240, EntryKind.COUNSELLING,
        "Omówiliśmy, co jest najpilniejsze: zaległy czynsz i brak telefonu.",
        minutes=60, service="wsparcie socjalne", plan="Pismo do administracji o raty, razem w czwartek.",
    ),
    Talk(
        "olga.mieta", 150, EntryKind.COUNSELLING, "Rozmowa o tym, co pomaga wytrwać w zajęciach.",
        minutes=50, service="poradnictwo psychologiczne", plan="Kolejna rozmowa za dwa tygodnie.",
        effect="Przychodzi na czas od trzech tygodni.", visibility=EntryVisibility.CASE,
    ),
    Talk(
        "anna.lawenda", 60, EntryKind.FAMILY_ASSISTANT,
        "Dziecko ma opiekę w czasie zajęć. Trudność: dojazd w piątki.",
    ),
    Talk(
        "anna.lawenda", 21, EntryKind.VISIT,
        "Wizyta w domu. Piec naprawiony, rachunki odłożone w jednym miejscu.",
        minutes=90, plan="Ugoda z administracją do końca miesiąca.", effect="Cztery raty zapłacone.",
    ),
    Talk(
        "anna.lawenda", 7, EntryKind.COUNSELLING,
        "Przejrzeliśmy ogłoszenia. Wybór: stolarnia, magazyn, ogród.",
        minutes=45, service="doradztwo zawodowe", plan="Telefon do stolarni do piątku.",
        effect="CV jest gotowe.", again=7,
    ),
)  # fmt: skip
# So many of the files have a card that goes on.
TOLD = 3


@demo_step("cards and consents", order=75)
def load_cards() -> None:
    with _as("anna.lawenda", UNIT):
        if CardEntry.objects.exists():
            return
    for talk in TALKS:
        with _as(talk.author, UNIT) as author:
            _write(author, talk)
    with _as("anna.lawenda", UNIT) as anna:
        _talks_after_the_end()
        _consents(anna)
    with _as("bozena.lipa", CLUB) as bozena:
        _handed_on(bozena)


@contextmanager
def _as(login: str, unit: str) -> Iterator[User]:
    """The scope of a unit, as one of its people."""
    user = User.objects.get(email=email_of(login, unit))
    with scope(organisation_id=demo_id(f"organisation:{unit}"), user_id=user.pk, source="demo"):
        yield user


def _open_cases() -> Iterator[Participation]:
    rows = Participation.objects.filter(ended_on__isnull=True, periods__isnull=False)
    yield from rows.select_related("person").distinct().order_by("opened_on", "pk")


def _write(author: User, talk: Talk) -> None:
    day = clock.today() - timedelta(days=talk.ago)
    for case in list(_open_cases())[:TOLD]:
        if case.opened_on <= day:
            cards.add_entry(
                participation_id=case.pk,
                data=EntryData(
                    kind=talk.kind,
                    held_on=day,
                    minutes=talk.minutes,
                    service=talk.service,
                    course=talk.course,
                    plan=talk.plan,
                    effect=talk.effect,
                    visibility=talk.visibility,
                    next_on=day + timedelta(days=talk.again) if talk.again else None,
                    led_by="Iga Sowa" if talk.kind == EntryKind.FAMILY_ASSISTANT else "",
                ),
                author_id=author.pk,
            )


def _talks_after_the_end() -> None:
    """One of those who left is asked today, the others when half a year has passed."""
    cards.plan_missing_follow_ups(today=clock.today())
    first = FollowUp.objects.order_by("due_on", "pk").first()
    if first is not None:
        cards.move_follow_up(follow_up_id=first.pk, due_on=clock.today())


def _consents(anna: User) -> None:
    today = clock.today()
    manager = User.objects.get(email=email_of("ewa.jarzebina", UNIT))
    for number, case in enumerate(_open_cases()):
        _give(case, anna, ConsentKind.INFORMATION)
        if number == 0:
            whole = frozenset({CardPart.PERSONAL.value, CardPart.SITUATION.value, CardPart.ENTRIES.value})
            made = _give(
                case, anna, ConsentKind.CARD_SHARING, recipient="OPS Modrzewno",
                purpose="wspólny plan pomocy",
                parts=whole, until=today + timedelta(days=300),
            )  # fmt: skip
            consents.confirm_consent(
                consent_id=made.pk,
                worker_id=manager.pk,
                statement="OPS opłaci opiekę nad dzieckiem w czasie zajęć.",
                leads=True,
            )
            _give(
                case, anna, ConsentKind.CARD_SHARING, recipient="Poradnia w Modrzewnie",
                purpose="wspólna terapia", parts=frozenset({CardPart.PERSONAL.value}),
                until=today + timedelta(days=180),
            )  # fmt: skip


def _give(case: Participation, taker: User, kind: ConsentKind, **more: Any) -> Consent:
    return consents.give_consent(
        person_id=case.person_id,
        data=ConsentData(kind=kind, since=clock.today(), given_how=GivenHow.IN_PRESENCE, **more),
        taken_by=taker.pk,
    )


def _handed_on(bozena: User) -> None:
    """The club hands the newest of its files on to the centre, which has not answered yet."""
    case = list(_open_cases())[-1]
    centre = Organisation.objects.get(pk=demo_id(f"organisation:{UNIT}"))
    parts = frozenset({CardPart.PERSONAL.value, CardPart.SITUATION.value, CardPart.ENTRIES.value})
    made = _give(
        case, bozena, ConsentKind.FILE_TRANSFER, recipient=centre.name, purpose="dalsze zajęcia w CIS",
        parts=parts, until=clock.today() + timedelta(days=90),
    )  # fmt: skip
    send_transfer(
        consent_id=made.pk, participation_id=case.pk, to_unit_id=centre.pk, parts=parts, sent_by=bozena.pk
    )
