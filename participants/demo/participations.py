"""Files in every stage: two candidates, trials, classes, an extension, ends, a graduate; and a club."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from participants.models import Agreement, Participation, Person, PersonGroup
from participants.services import participations as services
from participants.services.people import PersonData, add_person
from reintegration.accounts.models import User
from reintegration.administration.demo_data import email_of
from reintegration.core import clock, slots
from reintegration.core.dates import add_months
from reintegration.core.demo import demo_id, demo_step
from reintegration.core.identifiers import false_pesel
from reintegration.tenancy.scope import scope


@dataclass(frozen=True, slots=True)
class Story:
    """Who somebody is and how far they came, in days before today."""

    name: str
    born: tuple[int, int]
    sex: str
    group: str
    leader: str
    since: int | None = None
    contact: int = 2
    agreed: str = "agreed"
    ended: int | None = None
    reason: str = ""
    destination: str = ""
    certificate: bool = False
    extended: int = 0


# In the CIS: since = the first day of the trial.
STORIES = (
    Story("Marek Dąbek", (2, 3), "M", "5", "anna.lawenda", since=263, contact=1),
    Story("Ryszard Kalina", (14, 5), "M", "2", "jan.deren", since=20, contact=4),
    Story("Wiesława Jodła", (9, 9), "K", "9", "anna.lawenda", since=11, contact=6),
    Story("Zdzisław Klon", (21, 1), "M", "6", "jan.deren", since=180, contact=19),
    Story("Irena Wierzba", (30, 11), "K", "8", "anna.lawenda", since=95, contact=3),
    Story("Lech Jawor", (6, 6), "M", "1", "jan.deren", since=330, contact=8),
    Story("Genowefa Lipa", (18, 8), "K", "5", "anna.lawenda", since=420, contact=5, extended=150),
    Story("Henryka Cis", (4, 12), "K", "9", "anna.lawenda", agreed="unsigned", contact=16),
    Story("Stanisław Grab", (12, 10), "M", "5", "jan.deren", agreed="asked", contact=2),
    Story("Bronisława Topola", (23, 2), "K", "4", "anna.lawenda", agreed="remarks", contact=7),
    Story(
        "Czesława Brzoza", (7, 7), "K", "5", "anna.lawenda", since=400, ended=40, reason="job",
        destination="open_market", certificate=True,
    ),
    Story(
        "Edward Sosna", (19, 4), "M", "2", "jan.deren", since=150, ended=110, reason="abandoned",
        destination="unknown",
    ),
    Story(
        "Krzysztof Dąb", (28, 9), "M", "6", "jan.deren", since=90, ended=62, reason="trial_failed",
        destination="inactive",
    ),
)  # fmt: skip

# The club leads one person who is also in the CIS: there the question about another unit has an answer.
CLUB = (
    Story("Marek Dąbek", (2, 3), "M", "5", "bozena.lipa", since=200, contact=10),
    Story("Ilona Czeremcha", (15, 6), "K", "9", "bozena.lipa", since=60, contact=21),
    Story("Waldemar Olcha", (1, 11), "M", "5", "bozena.lipa", agreed="unsigned", contact=5),
)

LEFT_CLUB = (
    Story(
        "Alfreda Sikora", (8, 4), "K", "5", "bozena.lipa", since=330, ended=70, reason="job",
        destination="open_market",
    ),
    Story(
        "Ludwik Perkoz", (20, 10), "M", "9", "bozena.lipa", since=300, ended=25, reason="statement",
        destination="unknown",
    ),
)  # fmt: skip


@demo_step("files of participants", order=55)
def load_participations() -> None:
    for serial, story in enumerate(STORIES, 500):
        tell("nowymost", story, serial=serial, sender="ops-modrzewno")
    for story, serial in zip(CLUB, (500, 551, 552), strict=True):
        tell("przystan", story, serial=serial)


@demo_step("who left the club", order=56, large=True)
def load_club() -> None:
    for serial, story in enumerate(LEFT_CLUB, 560):
        tell("przystan", story, serial=serial)


def _ago(days: int) -> date:
    return clock.today() - timedelta(days=days)


def tell(
    unit: str, story: Story, *, serial: int, leader: str = "", town: str = "Modrzewno", sender: str = ""
) -> None:
    """Open a file and lead it as far as its story goes; a sender is asked to agree to the programme."""
    who = User.objects.get(email=email_of(leader or story.leader, unit))
    with scope(organisation_id=demo_id(f"organisation:{unit}"), user_id=who.pk, source="demo"):
        pesel = false_pesel(date(1885, story.born[1], story.born[0]), serial, story.sex)
        if Person.objects.filter(pesel_index=pesel).exists():
            return
        file = _file(story, _person(story, pesel, town), who.pk)
        if story.agreed != "unsigned":
            _programme(story, file, demo_id(f"organisation:{sender}") if sender else None)
        if story.since is not None:
            _periods(unit, story, file)
        if story.ended is not None:
            _end(story, file)
        services.touch_contact(participation_id=file.pk, day=_ago(max(story.contact, story.ended or 0)))


def _person(story: Story, pesel: str, town: str) -> Person:
    first_name, _, last_name = story.name.partition(" ")
    made = add_person(
        data=PersonData(
            first_name=first_name,
            last_name=last_name,
            pesel=pesel,
            town=town,
            street="ul. Szkolna 7",
            postcode="22-001",
        )
    )
    PersonGroup.objects.create(person=made, code=story.group, main=True, since=_ago(600))
    return made


def _file(story: Story, person: Person, leader_id: UUID) -> Participation:
    return services.open_participation(
        person_id=person.pk, opened_on=_ago((story.since or 10) + 20), case_manager_id=leader_id
    )


def _programme(story: Story, file: Participation, sender_id: UUID | None) -> None:
    signed_on = _ago((story.since or 10) + 5)
    asked = _signed(story, file, signed_on, sender_id)
    if asked is None:
        return
    if story.agreed == "agreed":
        services.record_answer(
            agreement_id=asked.pk, agreed=True, remarks="", name="Paweł Tarnina", answered_on=signed_on
        )
    elif story.agreed == "remarks":
        services.record_answer(
            agreement_id=asked.pk,
            agreed=False,
            remarks="Dopisz wsparcie psychologa i termin oceny.",
            name="Paweł Tarnina",
            answered_on=_ago(3),
        )


def _signed(story: Story, file: Participation, signed_on: date, sender_id: UUID | None) -> Agreement | None:
    """Sign what was agreed on, and in a CIS ask OPS; the room that writes programmes writes one for it."""
    since = _ago(story.since) if story.since is not None else signed_on
    until = add_months(since, 12) + timedelta(days=story.extended - 1)
    for provider in slots.providers("participants.demo_programme"):
        made: Agreement | None = provider(
            file, signed_on=signed_on, since=since, until=until, sender_id=sender_id
        )
        return made
    if sender_id is None:
        services.sign_programme(participation_id=file.pk, signed_on=signed_on)
        return None
    return services.ask_agreement(
        participation_id=file.pk,
        signed_on=signed_on,
        summary="Zajęcia w pracowni, doradca zawodowy raz w tygodniu, pomoc w sprawach urzędowych.",
        sender_id=sender_id,
        body_name="",
    )


def _periods(unit: str, story: Story, file: Participation) -> None:
    since = _ago(story.since or 0)
    if unit != "nowymost":
        services.qualify(participation_id=file.pk, since=since, until=since + timedelta(days=364))
        return
    trial = services.start_trial(participation_id=file.pk, since=since)
    if trial.until < clock.today() and story.reason != "trial_failed":
        main = services.qualify(participation_id=file.pk)
        if story.extended:
            services.extend(participation_id=file.pk, until=main.until + timedelta(days=story.extended))


def _end(story: Story, file: Participation) -> None:
    for provider in slots.providers("participants.demo_end"):
        provider(file, reason=story.reason, ended_on=_ago(story.ended or 0), destination=story.destination)
    if Participation.objects.filter(pk=file.pk, ended_on__isnull=True).exists():
        services.end_participation(
            participation_id=file.pk,
            ended_on=_ago(story.ended or 0),
            reason=story.reason,
            destination=story.destination,
        )
    if story.certificate:
        services.note_certificate(participation_id=file.pk, day=_ago((story.ended or 0) - 2))
