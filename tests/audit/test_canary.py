"""A person whose every value is a canary, through everything the ground does, and then erased."""

import io
import secrets
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import psycopg
import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.db import connection
from django.test import Client
from django.urls import reverse

from reintegration.accounts.models import User
from reintegration.audit import erasure, retention
from reintegration.audit.models import Event
from reintegration.audit.sealing import seal_all
from reintegration.audit.verify import verify_all
from reintegration.core import clock
from reintegration.core.sheets import WRITERS
from reintegration.documents import queries
from reintegration.documents.catalogue import STAFF_LIST
from reintegration.documents.files import read_file, store_bytes
from reintegration.documents.services import LOGO_FILE, issue_document
from reintegration.jobs.services import enqueue
from reintegration.notices.services import notify
from reintegration.ops.redis import PrivateRedis
from reintegration.tenancy.models import Membership, StaffMember
from tests import canary
from tests.audit.conftest import hire
from tests.audit.test_retention import run
from tests.cast import PASSWORD, World, sign_in
from tests.servers import dsn

LEFT = date(2026, 3, 31)
AFTER_TERM = date(2037, 1, 1)
SAID = ("tytul", "tresc", "szczegol", "powod", "plik", "arkusz")


class Places:
    """All places, as they are now."""

    def __init__(self, world: World, database_name: str, folder: Path, redis_url: str, caplog: Any) -> None:
        self.world, self.folder, self.redis_url, self.caplog = world, folder, redis_url, caplog
        self.url = dsn("postgres", database_name)

    def all(self) -> Iterator[tuple[str, bytes]]:
        connection.close()
        yield from canary.database(self.url)
        yield from canary.files(self.folder)
        yield from canary.stored(self.world.scope(name) for name in self.world.organisations)
        yield from canary.redis(self.redis_url)
        yield from canary.logs(self.url, self.caplog.text)

    def seen(self, canaries: list[str]) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for name, place in canary.sightings(self.all(), canaries):
            found.setdefault(name, []).append(place)
        return found


@pytest.fixture
def places(
    keeper: World, database_name: str, tmp_path: Path, settings: Any, caplog: pytest.LogCaptureFixture
) -> Iterator[Places]:
    caplog.set_level("DEBUG")
    settings.FILES_DIR = tmp_path / "files"
    settings.FILES_DIR.mkdir()
    with PrivateRedis(tmp_path / "redis") as server:
        settings.REDIS_URL, settings.CELERY_BROKER_URL = server.url(), server.broker_url()
        yield Places(keeper, database_name, settings.FILES_DIR, server.url(), caplog)


def singing(name: str) -> str:
    """A word that is nowhere else, with Polish letters, so that folding and escaping are tried too."""
    return f"Ćwirek{name}Źdźbło"


def personal_texts(label: str) -> dict[str, str]:
    """A canary for every personal column that takes a text."""
    return {name: singing(f"{label}{name}".replace("_", "")) for name in retention.tables()[label].personal}


def findings() -> list[str]:
    seal_all()
    return [sentence for report in verify_all() for sentence in report.findings]


def table_with(words: list[str]) -> bytes:
    write, _ = WRITERS["xlsx"]
    return write(["Kto"], iter([[word] for word in words]))


def packed(name: str, content: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return target.getvalue()


def staff_list() -> bytes:
    """A paper that lists everybody, and so belongs to nobody; it is issued while the person works."""
    staff = queries.staff_list(on=clock.today())
    return read_file(issue_document(kind=STAFF_LIST.key, context={"staff": staff, "boxes": []}).file)


def live_a_life(world: World) -> tuple[StaffMember, list[str]]:
    """Put the canaries wherever the ground lets a member of staff leave something."""
    own = personal_texts("tenancy.StaffMember")
    earlier = {name: singing(f"dawniej{name}".replace("_", "")) for name in own}
    account = {"first_name": singing("imiekonta"), "last_name": singing("nazwiskokonta")}
    address = "cwirekadreskonta@example.invalid"
    said = {name: singing(name) for name in ("tytul", "tresc", "szczegol", "powod", "plik", "arkusz")}
    with world.scope("operator", "operator"):
        user = User.objects.create_user(address, PASSWORD, **account)
        EmailAddress.objects.create(user=user, email=address, verified=True, primary=True)
        Membership.objects.create(
            user=user, organisation=world.cis, role="instructor", since=date(2020, 1, 1), until=LEFT
        )
    with world.scope("cis", "ewa"):
        one = StaffMember(kind="instructor", basis="employment", fte=1, since=date(2020, 1, 1), user=user)
        for name, word in earlier.items():
            setattr(one, name, word)
        one.save()
    with world.scope("cis", "ewa"), clock.frozen(LEFT):
        for name, word in own.items():
            setattr(one, name, word)
        one.until = LEFT
        one.save()
        Event.objects.create(
            action="tenancy.staff.show", persons=[one.pk], detail={"szukano": said["szczegol"]}
        )
        hold = erasure.place_hold(subject_id=one.pk, reason=said["powod"], on=date(2026, 4, 1))
        erasure.release_hold(hold_id=hold.pk, reason=said["powod"])
        notify(
            kind="jobs.batch_ended", to=[world.people["ewa"]], title=said["tytul"], text=said["tresc"],
            link="/pulpit/", subject_id=one.pk,
        )  # fmt: skip
        paper = staff_list()
        for name, content in (
            (f"{said['plik']}.pdf", paper),
            ("wykaz.xlsx", table_with([said["arkusz"]])),
            ("paczka.zip", packed("w-srodku.pdf", paper)),
        ):
            store_bytes(content, name=name, media_type="x/y", kind=LOGO_FILE, subject=one.pk)
        enqueue(kind="audit.seal", key="canary", payload={"subject": one.pk})
    client = Client()
    sign_in(client, world.people["ewa"], world.cis.pk)
    for name in ("audit:journal", "audit:seen_by", "audit:history"):
        arguments = {"audit:seen_by": [one.pk], "audit:history": ["tenancy.staffmember", one.pk]}.get(
            name, []
        )
        assert client.get(reverse(name, args=arguments)).status_code == 200
    client.get(reverse("audit:journal"), {"plik": "xlsx"})
    return one, [
        *own.values(),
        *earlier.values(),
        *account.values(),
        address.split("@", maxsplit=1)[0],
        *said.values(),
    ]


def test_nothing_of_an_erased_person_is_left_anywhere(places: Places):
    one, canaries = live_a_life(places.world)
    assert findings() == []
    before = places.seen(canaries)
    # The control: each canary sings somewhere before.
    assert {name for name in canaries if name not in before} == set()

    with clock.frozen(AFTER_TERM):
        run("--write")

    assert places.seen(canaries) == {}
    assert findings() == []
    with places.world.scope("cis"):
        assert StaffMember.objects.get(pk=one.pk).kind == "instructor"
        assert Event.objects.filter(action="audit.history.blank", object_id=one.pk).exists()
    assert not [
        message for message in mail.outbox if any(name in str(message.message()) for name in canaries)
    ]


def plant_in_a_table(places: Places, word: str) -> None:
    with places.world.scope("cis", "ewa"):
        Event.objects.create(action="x", detail={"a": [word]})


def plant_in_a_ciphertext(places: Places, word: str) -> None:
    with places.world.scope("cis", "ewa"):
        erasure.place_hold(subject_id=places.world.cis.pk, reason=word, on=LEFT)


def plant_in_old_ciphertexts(places: Places, word: str) -> None:
    with places.world.scope("cis", "ewa"):
        hold = erasure.place_hold(subject_id=places.world.cis.pk, reason=word, on=LEFT)
        hold.reason = "inny"
        hold.save()


def plant_in_a_file(places: Places, word: str) -> None:
    with places.world.scope("cis", "ewa"), clock.frozen(LEFT):
        hire(word)
        paper = staff_list()
        StaffMember.objects.all().delete()
        store_bytes(packed("a.pdf", packed("b.pdf", paper)), name="a", media_type="x/y", kind=LOGO_FILE)


def plant_in_a_spreadsheet(places: Places, word: str) -> None:
    with places.world.scope("cis", "ewa"):
        store_bytes(table_with([word]), name="a", media_type="x/y", kind=LOGO_FILE)


def plant_on_the_disk(places: Places, word: str) -> None:
    (places.folder / "zapomniany.txt").write_text(word)


def plant_in_a_session(places: Places, word: str) -> None:
    client = Client()
    session = client.session
    session["szkic"] = {"x": word}
    session.save()


def plant_in_redis(places: Places, word: str) -> None:
    import redis

    with redis.Redis.from_url(places.redis_url) as server:
        server.rpush("celery", f'{{"body": "{word}"}}')


def plant_in_our_log(places: Places, word: str) -> None:
    import logging

    logging.getLogger("reintegration").info("zapisano %s", word)


def plant_in_the_servers_log(places: Places, word: str) -> None:
    with psycopg.connect(places.url) as superuser, pytest.raises(psycopg.Error):
        superuser.execute("SELECT %s::int", [word])


PLANTERS = [value for name, value in sorted(globals().items()) if name.startswith("plant_")]


@pytest.mark.parametrize("plant", PLANTERS, ids=lambda plant: plant.__name__)
def test_the_hunt_finds_a_canary_that_was_planted(places: Places, plant: Callable[[Places, str], None]):
    # The log of the server is one for all tests.
    word = singing(f"zasadzony{secrets.token_hex(4)}")
    assert places.seen([word]) == {}
    plant(places, word)
    assert places.seen([word]) != {}
