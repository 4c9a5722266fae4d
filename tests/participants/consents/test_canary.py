"""A participant whose every value is a canary, erased by retention; and no plain PESEL in any dump.

What the ground does stands in tests/audit/test_canary.py; here are the rows, papers and files of this room,
on both sides of a referral.
"""

from collections.abc import Container, Iterator
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.models import CharField, EmailField, TextField
from django.test import Client
from django.urls import reverse

from participants import enums, models
from participants.erasure import Followed, follow
from participants.services.cards import EntryData, add_entry
from reintegration.accounts.models import User
from reintegration.administration.demo_data import email_of, id_of
from reintegration.audit import retention
from reintegration.audit.erasure import place_hold
from reintegration.audit.models import Erasure
from reintegration.core import clock
from reintegration.core.fields import EncryptedJSONField, EncryptedTextField, encrypted_fields
from reintegration.documents.files import read_file, store_bytes
from reintegration.documents.models import StoredFile
from reintegration.jobs.services import enqueue
from reintegration.jobs.worker import drain
from reintegration.notices.services import notify
from reintegration.ops.redis import PrivateRedis
from reintegration.tenancy.enums import OrganisationKind
from reintegration.tenancy.models import Organisation
from reintegration.tenancy.scope import scope
from tests import canary
from tests.audit.conftest import cast, keeper  # noqa: F401 - fixtures
from tests.audit.test_canary import (
    Places,
    findings,
    packed,
    places,  # noqa: F401 - a fixture
    plant_in_our_log,
    plant_in_redis,
    plant_in_the_servers_log,
    table_with,
)
from tests.audit.test_retention import run
from tests.cast import World, sign_in
from tests.participants.participations.made import candidate
from tests.specimens import specimen

ENDED = date(2026, 3, 31)
AFTER_TERM = date(2037, 1, 1)
SHORTEST = 12
HEALTH = "Choroba serca od 2019 roku."
PLAIN = "obojętne"
# Of a month that no calendar has.
PESEL = "85992512345"
_numbers = count(10)


class Nest:
    """Makes canaries and remembers them."""

    def __init__(self) -> None:
        self.words: list[str] = []

    def word(self, start: str = "Ćw") -> str:
        self.words.append(f"{start}{next(_numbers)}źdźbło")
        return self.words[-1]

    def values(self, model: Any, *, but: Container[str] = ()) -> dict[str, Any]:
        """A canary for every personal column of a table that has room for one."""
        found: dict[str, Any] = {}
        for name in retention.tables()[model._meta.label].personal:
            if name in but:
                continue
            field = model._meta.get_field(name)
            room = (field.max_length or SHORTEST) >= SHORTEST
            if isinstance(field, EncryptedJSONField):
                found[name] = {"x": self.word()}
            elif isinstance(field, EmailField):
                found[name] = f"{self.word()}@example.invalid"
            elif isinstance(field, CharField | TextField | EncryptedTextField) and room and not field.choices:
                found[name] = self.word()
        return found

    def row(self, model: Any, world: World, **given: Any) -> Any:
        return specimen(model, world, PLAIN, **self.values(model, but=given) | given)


def of_a_body(world: World, nest: Nest) -> models.Referral:
    """The side of a welfare centre: a referral, what was written to it, a file, a notice."""
    sides = {"unit_id": world.cis.pk, "sender_id": world.organisations["ops"].pk}
    with world.scope("ops", "zofia"):
        referral: models.Referral = nest.row(models.Referral, world, pesel=PESEL, no_pesel="", **sides)
        nest.words.append(PESEL)
        for model in (models.ReferralEntry, models.ReferralOpinion):
            nest.row(model, world, referral=referral, **sides)
        stored = store_bytes(
            nest.word().encode(), name=nest.word(), media_type="text/plain",
            kind="participants.referral_file", subject=referral.pk,
        )  # fmt: skip
        nest.row(models.ReferralFile, world, referral=referral, stored_file=stored.pk, **sides)
        notify(
            kind="jobs.batch_ended", to=[world.people["zofia"]], title=nest.word(), text=nest.word(),
            link="/pulpit/", subject_id=referral.pk,
        )  # fmt: skip
    return referral


def of_a_unit(world: World, nest: Nest, referral: models.Referral) -> models.Person:
    """The side of the unit: a person with all that is known, and everything that was made with it."""
    with world.scope("cis", "ewa"):
        person: models.Person = nest.row(models.Person, world, pesel=PESEL, no_pesel="")
        case = nest.row(
            models.Participation,
            world,
            person=person,
            opened_on=date(2020, 1, 2),
            ended_on=ENDED,
            end_reason="job",
        )
        nest.row(models.Intake, world, referral=referral, person=person)
        nest.row(models.IntakeNote, world, referral=referral)
        gone = nest.row(models.Person, world, pesel="", no_pesel="unknown", merged_into=person)
        nest.row(models.Merge, world, kept=person, gone=gone)
        nest.row(models.PersonGroup, world, person=person, code="5")
        nest.row(models.Disability, world, person=person, degree="moderate")
        nest.row(models.Income, world, person=person, kind="none")
        for model in (models.NameKey, models.PersonFact, models.Barrier):
            nest.row(model, world, person=person)
        for model in (models.Diagnosis, models.SpecialistOpinion, models.CardEntry, models.FollowUp):
            values = {"content": {}} if model is models.Diagnosis else {}
            nest.row(model, world, person=person, participation=case, **values)
        consent = nest.row(
            models.Consent,
            world,
            person=person,
            kind=enums.ConsentKind.FILE_TRANSFER,
            recipient=PLAIN,
            purpose=PLAIN,
        )
        store_bytes(
            nest.word().encode(), name=nest.word(), media_type="text/plain",
            kind="participants.consent", subject=person.pk,
        )  # fmt: skip
        sides = {"unit_id": world.cis.pk, "sender_id": world.organisations["ops"].pk}
        nest.row(models.Agreement, world, participation=case, **sides)
        nest.row(
            models.FileTransfer, world, unit_id=world.kis.pk, sender_id=world.cis.pk, consent=consent.pk,
            from_participation=case.pk, parts=[], person=None,
        )  # fmt: skip
    return person


def seen_on_screens(world: World, person: models.Person) -> None:
    """Whoever looks leaves traces in the session and the journal; the export leaves two files."""
    client = Client()
    sign_in(client, world.people["ewa"], world.cis.pk)
    with world.scope("cis"):
        case = models.Participation.objects.get(person=person)
    for name in ("card_show", "consent_list"):
        assert client.get(reverse(f"participants:{name}", args=[case.pk])).status_code == 200
    client.post(reverse("participants:person_export", args=[person.pk]))
    drain()


def test_nothing_of_an_erased_participant_is_left_on_either_side(places: Places):  # noqa: F811
    nest, world = Nest(), places.world
    with clock.frozen(ENDED):
        referral = of_a_body(world, nest)
        person = of_a_unit(world, nest, referral)
        seen_on_screens(world, person)
    before = places.seen(nest.words)
    # The control: each canary sings somewhere before.
    assert {word for word in nest.words if word not in before} == set()

    with clock.frozen(AFTER_TERM):
        run("--write")
        with world.scope("operator"):
            enqueue(kind="participants.follow_erasures")
        drain()
        run("--write")

    assert places.seen(nest.words) == {}
    assert findings() == []
    with world.scope("cis"):
        kept = models.AnonymousFile.objects.get()
        assert (kept.end_reason, kept.groups) == ("job", ["5"])


def test_a_hold_on_one_side_does_not_reach_the_other(places: Places):  # noqa: F811
    """The body that sent a referral forgets it with the unit, unless it holds its own history."""
    world = places.world
    with clock.frozen(ENDED):
        referral = of_a_body(world, Nest())
    with world.scope("ops", "pawel"):
        place_hold(subject_id=referral.pk, reason="spór", on=ENDED)
        assert not follow(Followed(world.organisations["ops"].pk, referral.pk, "próba"))
        assert not Erasure.objects.exists()


# No plain PESEL and no health text in what a thief would take


SIDES = (OrganisationKind.UNIT, OrganisationKind.REFERRING_BODY)
# Scores are told in the words of the survey, which are nobody's; what is handed on holds an address too.
KNOWN = {"participants.Diagnosis.scores", "participants.FileTransfer.content"}


def secrets_of_everybody() -> Iterator[str]:
    """Every PESEL and every sentence of every encrypted column of this room, read with our keys."""
    of_room = list(apps.get_app_config("participants").get_models())
    fields = [one for model in of_room for one in encrypted_fields(model) if str(one) not in KNOWN]
    for side in Organisation.objects.filter(kind__in=SIDES).order_by("pk"):
        with scope(organisation_id=side.pk, source="test"):
            for field in fields:
                for row in field.model.objects.order_by("pk"):
                    yield from said(getattr(row, field.name), whole=field.name == "pesel")


def said(value: Any, *, whole: bool = False) -> Iterator[str]:
    """What stands in a value in several words; a single one may be the code of a choice."""
    if isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from said(inner)
    elif isinstance(value, str) and (whole or " " in value):
        yield value


def taken(places: Places) -> Iterator[tuple[str, bytes]]:  # noqa: F811
    """What lies about without our keys: the dump, the files as they are, Redis, the logs."""
    connection.close()
    yield from (one for one in canary.database(places.url) if one[0] == "dump")
    yield from canary.files(places.folder)
    yield from canary.redis(places.redis_url)
    yield from canary.logs(places.url, places.caplog.text)


@pytest.fixture
def lair(new_db: str, tmp_path: Path, settings: Any, caplog: pytest.LogCaptureFixture) -> Iterator[Places]:
    """The places of a program that holds the small demo and nothing else."""
    caplog.set_level("DEBUG")
    settings.DEMO, settings.FILES_DIR = True, tmp_path / "files"
    settings.FILES_DIR.mkdir()
    with PrivateRedis(tmp_path / "redis") as server:
        settings.REDIS_URL, settings.CELERY_BROKER_URL = server.url(), server.broker_url()
        call_command("demo", small=True)
        yield Places(World(), new_db, settings.FILES_DIR, server.url(), caplog)


def test_a_thief_of_dump_files_and_logs_reads_no_pesel_and_no_health(lair: Places):
    unit = Organisation.objects.get(pk=id_of("nowymost"))
    ewa = User.objects.get(email=email_of("ewa.jarzebina", "nowymost"))
    with scope(organisation_id=unit.pk, user_id=ewa.pk, source="test"):
        case = candidate("Marek Dąbek", serial=71)
        models.PersonFact.objects.create(
            person=case.person, kind="health", text=HEALTH, made_at=clock.now(), made_by=ewa
        )
        entry = EntryData(kind="counselling", held_on=case.opened_on, course="Rozmowa o leczeniu serca.")
        add_entry(participation_id=case.pk, data=entry, author_id=ewa.pk)
    client = Client()
    sign_in(client, ewa, unit.pk)
    assert client.get(reverse("participants:card_show", args=[case.pk])).status_code == 200
    client.post(reverse("participants:person_export", args=[case.person_id]))
    drain()
    sought = sorted({one for one in secrets_of_everybody() if len(one) >= SHORTEST - 1})
    # A fact, an entry, what a referral tells; and enough besides.
    assert {case.person.pesel, HEALTH, "Rozmowa o leczeniu serca.", "Trzeźwy od dwóch lat."} <= set(sought)
    assert len([one for one in sought if " " in one]) > 40
    assert canary.sightings(taken(lair), sought) == []
    # The control: where one of them should not be, it is found.
    with scope(organisation_id=unit.pk, user_id=ewa.pk, source="test"):
        models.Person.objects.filter(pk=case.person_id).update(town=case.person.pesel)
    assert {place for _, place in canary.sightings(taken(lair), [case.person.pesel])} == {"dump"}
    with scope(organisation_id=unit.pk, source="test"):
        exported = [read_file(one) for one in StoredFile.objects.filter(subject_id=case.person_id)]
    paper = next(one for one in exported if one.startswith(b"%PDF"))
    lying = {"a.pdf": paper, "b.xlsx": table_with([HEALTH]), "c.zip": packed("d.pdf", paper)}
    for name, content in lying.items():
        (lair.folder / name).write_bytes(content)
    for plant in (plant_in_redis, plant_in_our_log, plant_in_the_servers_log):
        plant(lair, HEALTH)
    found = " ".join(place for _, place in canary.sightings(taken(lair), [HEALTH]))
    for place in (*(f"file {name}" for name in lying), "redis list", "our log", "server log"):
        assert place in found
