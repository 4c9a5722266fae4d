"""kill -9 of the worker, of Redis and of the web process during 200 jobs: none lost, none doubled.

Beside each stands a control: the same work as stock Celery does it, without the row, is lost.
"""

import os
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
from django.db import connection

from reintegration.celery import app
from reintegration.jobs import doorbell
from reintegration.jobs.models import Job
from reintegration.jobs.services import enqueue
from reintegration.tenancy.scope import platform_scope
from tests.jobs.processes import work
from tests.jobs.processes.fleet import Fleet, wait

pytestmark = pytest.mark.process

JOBS = 200
KEYS = [f"k{number:03}" for number in range(JOBS)]

CUT = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE datname = current_database() AND usename = 'reintegra_app' AND pid <> %s"
)


@pytest.fixture
def fleet(
    committed_db: str, as_role: Any, tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Fleet]:
    as_role("postgres").execute(work.TABLE)
    found = Fleet(tmp_path, os.environ["DATABASE_URL"])
    settings.REDIS_URL = found.redis.url()
    settings.CELERY_BROKER_URL = found.redis.broker_url()
    monkeypatch.setattr(doorbell, "_quiet_until", 0.0)
    yield found
    found.stop()
    connection.close()


def effects() -> Counter[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT key FROM test_effect ORDER BY id")
        return Counter(key for (key,) in cursor.fetchall())


def promise(keys: list[str]) -> None:
    with platform_scope(source="test"):
        for key in keys:
            enqueue(kind="test.effect", payload={"key": key}, key=key)


def send_plain(fleet: Fleet, keys: list[str]) -> None:
    with app.connection_for_write(fleet.redis.broker_url()) as broker:
        for key in keys:
            app.send_task("test.plain", [key], connection=broker)


def all_done() -> bool:
    return not Job.objects.filter(kind="test.effect").exclude(state="done").exists()


def at_least(count: int) -> Any:
    return lambda: effects().total() >= count


def assert_each_once(keys: list[str] = KEYS) -> None:
    found = effects()
    assert sorted(found) == sorted(keys), "a job was lost"
    assert [key for key, count in found.items() if count > 1] == [], "an effect was doubled"


def settled(fleet: Fleet) -> None:
    """Wait until no effect has come for some seconds."""
    last, since = -1, monotonic()

    def quiet() -> bool:
        nonlocal last, since
        now = effects().total()
        if now != last:
            last, since = now, monotonic()
        return monotonic() - since > 3

    wait(quiet, fleet)


def test_the_worker_is_killed(fleet: Fleet):
    promise(KEYS)
    fleet.start("beat")
    for seen in (20, 90):
        fleet.start("worker")
        wait(at_least(seen), fleet)
        fleet.kill("worker")
    assert not all_done()
    fleet.start("worker")
    wait(all_done, fleet)
    assert_each_once()


def test_one_of_the_workers_children_is_killed(fleet: Fleet):
    promise(KEYS)
    fleet.start("beat")
    fleet.start("worker")
    for seen in (20, 90):
        wait(at_least(seen), fleet)
        fleet.kill_one_child("worker")
    wait(all_done, fleet)
    assert_each_once()


def test_control_stock_tasks_are_lost_when_the_worker_is_killed(fleet: Fleet):
    send_plain(fleet, KEYS)
    fleet.start("worker")
    wait(at_least(20), fleet)
    fleet.kill("worker")
    fleet.start("worker")
    settled(fleet)
    assert 20 <= effects().total() < JOBS


def test_redis_is_killed(fleet: Fleet):
    promise(KEYS[:150])
    fleet.start("beat")
    fleet.start("worker")
    wait(at_least(20), fleet)
    fleet.redis.kill()
    began = monotonic()
    for key in KEYS[150:]:
        promise([key])
    assert monotonic() - began < 20, "a promise waits for no broker"
    fleet.redis.start()
    wait(all_done, fleet)
    assert_each_once()


def test_redis_falls_again_and_again(fleet: Fleet):
    fleet.start("beat")
    fleet.start("worker")
    for start in range(0, 150, 30):
        promise(KEYS[start : start + 30])
        wait(at_least(start + 5), fleet)
        fleet.redis.kill()
        fleet.redis.start()
    promise(KEYS[150:])
    wait(all_done, fleet)
    assert_each_once()


def test_every_connection_to_the_database_is_cut(fleet: Fleet, as_role: Any):
    promise(KEYS)
    fleet.start("beat")
    fleet.start("worker")
    connection.ensure_connection()
    mine = connection.connection.info.backend_pid
    for seen in (20, 80, 140):
        wait(at_least(seen), fleet)
        as_role("postgres").execute(CUT, [mine])
    wait(all_done, fleet)
    assert_each_once()


def test_control_stock_tasks_are_lost_when_redis_is_killed(fleet: Fleet):
    send_plain(fleet, KEYS)
    fleet.redis.kill()
    fleet.redis.start()
    fleet.start("worker")
    send_plain(fleet, ["the worker works"])
    wait(at_least(1), fleet)
    settled(fleet)
    assert set(effects()) == {"the worker works"}


def test_the_web_process_is_killed(fleet: Fleet):
    fleet.start("beat")
    fleet.start("worker")
    fleet.start("web")
    wait(lambda: fleet.post("with-row/first/"), fleet)
    with ThreadPoolExecutor(4) as clients:
        answers = clients.map(lambda key: fleet.post(f"with-row/{key}/"), KEYS)
        wait(lambda: Job.objects.filter(kind="test.effect").count() > 40, fleet)
        fleet.kill("web")
    heard = {key for key, answer in zip(KEYS, answers, strict=True) if answer}
    unheard = [key for key in KEYS if key not in heard]
    assert unheard
    stored = set(Job.objects.filter(kind="test.effect").order_by("pk").values_list("key", flat=True))
    assert heard <= stored, "what was answered is promised"
    fleet.start("web")
    wait(lambda: fleet.post("with-row/first/"), fleet)
    assert all(fleet.post(f"with-row/{key}/") for key in unheard), "whoever heard nothing asks again"
    wait(all_done, fleet)
    assert_each_once(["first", *KEYS])


def test_the_web_process_dies_between_commit_and_ring(fleet: Fleet):
    fleet.start("web")
    wait(lambda: fleet.post("with-row/first/"), fleet)
    assert not fleet.post("with-row/second/?die")
    fleet.start("beat")
    fleet.start("worker")
    wait(at_least(2), fleet)
    wait(all_done, fleet)
    assert_each_once(["first", "second"])


def test_control_without_the_row_what_dies_after_commit_is_lost(fleet: Fleet):
    fleet.start("web")
    wait(lambda: fleet.post("without-row/first/"), fleet)
    assert not fleet.post("without-row/second/?die")
    fleet.start("worker")
    wait(lambda: "first" in effects(), fleet)
    settled(fleet)
    assert set(effects()) == {"business first", "business second", "first"}
