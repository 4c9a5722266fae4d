"""The bell is a hint: it rings once for a transaction, and never holds up or fails what rings it."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
import redis
from django.db import transaction

from reintegration.jobs import doorbell, tasks, worker
from reintegration.jobs.services import enqueue
from reintegration.ops.redis import PrivateRedis
from tests.cast import World


@pytest.fixture
def server(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[PrivateRedis]:
    found = PrivateRedis(tmp_path / "redis").start()
    settings.REDIS_URL, settings.CELERY_BROKER_URL = found.url(), found.broker_url()
    monkeypatch.setattr(doorbell, "_quiet_until", 0.0)
    yield found
    found.stop()


def _rings(server: PrivateRedis) -> int:
    with redis.Redis(unix_socket_path=str(server.socket_path)) as client:
        return client.llen("reintegra")  # type: ignore[return-value]


def test_a_ring_reaches_the_queue(server):
    doorbell.ring()
    assert _rings(server) == 1


@pytest.mark.django_db
def test_a_transaction_rings_once_however_many_jobs_it_holds(
    server: PrivateRedis, world: World, django_capture_on_commit_callbacks: Any
):
    with django_capture_on_commit_callbacks(execute=True), world.scope("cis"):
        for number in range(20):
            enqueue(kind="test.quiet", key=str(number))
    assert _rings(server) == 1


@pytest.mark.django_db
def test_a_transaction_that_rolls_back_rings_for_nobody(
    server: PrivateRedis, world: World, django_capture_on_commit_callbacks: Any
):
    with django_capture_on_commit_callbacks(execute=True), world.scope("cis"):
        enqueue(kind="test.quiet")
        transaction.set_rollback(True)
    assert _rings(server) == 0


@pytest.mark.parametrize("fault", ["dead", "frozen"])
def test_without_redis_a_ring_takes_a_moment_and_the_next_ones_none(server, fault, caplog):
    doorbell.ring()
    if fault == "dead":
        server.kill()
    else:
        os.kill(server.pid, signal.SIGSTOP)
    try:
        began = monotonic()
        doorbell.ring()
        assert monotonic() - began < 5
        began = monotonic()
        for _ in range(100):
            doorbell.ring()
        assert monotonic() - began < 1
    finally:
        if fault == "frozen":
            os.kill(server.pid, signal.SIGCONT)
    assert caplog.text.count("The doorbell is silent") == 1


@pytest.mark.django_db
def test_whoever_is_rung_in_passes_the_ring_on_before_working(world, monkeypatch):
    passed = []
    monkeypatch.setattr(doorbell, "ring", lambda: passed.append("ring"))
    tasks.ring()
    assert passed == []
    with world.scope("cis"):
        enqueue(kind="test.quiet")
    tasks.ring()
    assert passed == ["ring"]
    assert not worker.run_next()
