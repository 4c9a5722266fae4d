"""kill -9 of the workers while they make the papers of a list: each is there once at the end."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from benefits.models import Statement
from benefits.papers import STATEMENT
from benefits.queries.statement_papers import standing
from benefits.services import lists, statements
from reintegration.core import clock, slots
from reintegration.documents.files import read_file
from reintegration.documents.models import Document, StoredFile
from reintegration.jobs import doorbell
from reintegration.jobs.models import Job
from tests.benefits.statements.made import checked
from tests.cast import known_world
from tests.ipzs.attendance.made import TODAY
from tests.jobs.processes.fleet import Fleet, wait

pytestmark = pytest.mark.process

PEOPLE = 200
# A worker starts, and draws two hundred papers, while the machine does other things.
PATIENCE = 300


@pytest.fixture
def fleet(
    committed_db: str, tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Fleet]:
    monkeypatch.setitem(slots._filled, "participants.entry_conditions", [])
    settings.FILES_DIR = tmp_path / "files"
    found = Fleet(tmp_path, os.environ["DATABASE_URL"], FILES_DIR=str(settings.FILES_DIR))
    settings.REDIS_URL = found.redis.url()
    settings.CELERY_BROKER_URL = found.redis.broker_url()
    monkeypatch.setattr(doorbell, "_quiet_until", 0.0)
    yield found
    found.stop()
    connection.close()


def test_every_statement_is_made_once_while_the_workers_are_killed(fleet: Fleet):
    world = known_world()
    with clock.frozen(TODAY):
        row = checked(world, PEOPLE)
        with world.scope("cis", "ewa"):
            lists.approve(list_id=row.pk)

    def papers() -> int:
        with world.scope("cis", "ewa"):
            return int(Document.objects.filter(kind=STATEMENT.key).count())

    def all_done() -> bool:
        return not Job.objects.filter(kind=statements.WORK).exclude(state="done").exists()

    def at_least(count: int) -> Any:
        return lambda: papers() >= count

    fleet.start("beat")
    for seen in (15, 80):
        fleet.start("worker")
        wait(at_least(seen), fleet, seconds=PATIENCE)
        fleet.kill("worker")
    assert not all_done()
    fleet.start("worker")
    wait(at_least(130), fleet, seconds=PATIENCE)
    fleet.kill_one_child("worker")
    wait(all_done, fleet, seconds=PATIENCE)
    with world.scope("cis", "ewa"):
        found = list(Document.objects.filter(kind=STATEMENT.key).select_related("file").order_by("pk"))
        of_list = row.number.removeprefix("LW/")
        assert sorted(one.number for one in found) == sorted(
            f"RO/{of_list}/{position}" for position in range(1, PEOPLE + 1)
        )
        assert len({one.key for one in found}) == len({one.sha256 for one in found}) == PEOPLE
        assert StoredFile.objects.count() == PEOPLE
        assert all(read_file(one.file).startswith(b"%PDF") for one in found)
        left = standing(row, Statement.objects.filter(payroll_list=row).order_by("position"))
        assert (left.made, list(left.missing)) == (PEOPLE, [])
        assert left.progress is not None
        assert left.progress.text == f"{PEOPLE} z {PEOPLE}"
